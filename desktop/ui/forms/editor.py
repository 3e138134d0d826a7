"""What every editor of a field is: a text in the typed form, looked at when it is left.

An editor never writes. It says that it was typed in and that it was left, and answers with the
stored value of what stands in it, or with the error that says why it cannot be taken.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTextEdit, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger import values
from desktop.ledger.definitions import Field
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms import typed

Inner = QLineEdit | QTextEdit
Taken = Callable[[Any], None]
Refused = Callable[[OneLedgerError], None]


class Editor(QWidget):
    """One field's editor around ``inner``, the widget that is typed in."""

    typed = Signal()  # the text is no longer what it was
    left = Signal()  # the person is done with it: focus is elsewhere, or something was chosen
    finished = Signal()  # Ctrl+Enter in what it opened: done with the whole form

    def __init__(self, desk: Desk, field: Field, inner: Inner) -> None:
        super().__init__()
        self.desk, self.field, self.inner = desk, field, inner
        self.hint = typed.hint(field)
        self._put = ""
        self._stored: Any = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inner)
        self.setFocusProxy(inner)
        inner.setAccessibleName(field.title)
        inner.installEventFilter(self)

    # What stands in it -----------------------------------------------------------------------

    def text(self) -> str:
        """The text as it stands."""
        inner = self.inner
        return inner.text() if isinstance(inner, QLineEdit) else inner.toPlainText()

    def put(self, text: str, stored: Any = None) -> None:
        """Show what the book holds: the typed form and the stored value."""
        self._put, self._stored = text, stored
        if self.text() != text:
            self._set_text(text)

    def rebase(self, text: str, stored: Any) -> None:
        """The book now holds this; what is being typed stays as it is."""
        self._put, self._stored = text, stored

    @property
    def dirty(self) -> bool:
        """Whether something was typed that the book does not hold."""
        return self.text() != self._put

    @property
    def stored(self) -> Any:
        """The value that the book holds."""
        return self._stored

    def revert(self) -> None:
        """Take back what was typed."""
        self._set_text(self._put)

    def value(self) -> Any:
        """What stands in it as the book would store it; raises what the field's reader raises."""
        if not self.dirty:
            return self._stored
        scheme = self.desk.facts.scheme
        return values.typed(scheme, self.field, self.text(), year=self.year())

    def ask(self, then: Taken, refused: Refused) -> None:
        """Give ``then`` the stored value, or ``refused`` the reason; either may come later."""
        try:
            found = self.value()
        except OneLedgerError as error:
            refused(error)
        else:
            then(found)

    def year(self) -> int:
        """The year that 3月底前 means: that of the week being shown."""
        return int(self.desk.period[:4])

    def finish(self) -> None:
        """The whole form is being saved: take what is chosen in an open list."""

    def hear_finish(self, popup: QWidget, decide: Callable[[], object]) -> None:
        """Ctrl+Enter in ``popup``: first ``decide`` what was chosen there, then all is done."""

        def finish() -> None:
            decide()
            self.finished.emit()

        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), popup, finish)

    # How it looks ----------------------------------------------------------------------------

    def set_closed(self, closed: bool) -> None:
        """Read only: the text can be copied, nothing typed."""
        self.inner.setReadOnly(closed)

    @property
    def closed(self) -> bool:
        """Whether nothing can be typed."""
        return self.inner.isReadOnly()

    def set_wrong(self, wrong: bool) -> None:
        """Frame it as one whose text was refused."""
        now = theme.current()
        sheet = f"border-color: {now.must}; background: {now.must_soft};" if wrong else ""
        if self.inner.styleSheet() != sheet:
            self.inner.setStyleSheet(sheet)

    # Keys and focus --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self.inner:
            return super().eventFilter(watched, event)
        if isinstance(event, QFocusEvent):
            self._show_hint(event.gotFocus())
            if event.lostFocus() and event.reason() != Qt.FocusReason.PopupFocusReason:
                self._leave()
        elif isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                return self._leaves_to_program(event)
            if event.type() == QEvent.Type.KeyPress:
                return self._pressed(event)
        return super().eventFilter(watched, event)

    def _show_hint(self, focus: bool) -> None:
        """An example where one is about to type; elsewhere it would look like a value."""
        self.inner.setPlaceholderText(self.hint if focus and not self.closed else "")

    def _leave(self) -> None:
        self.left.emit()

    def _leaves_to_program(self, event: QKeyEvent) -> bool:
        """Undo and redo are the program's as long as nothing is being typed here."""
        if not self.dirty and _takes_back(event):
            event.ignore()
            return True
        return False

    def _pressed(self, event: QKeyEvent) -> bool:
        """Whether the key was ours: Enter goes on to the next field, Esc takes the typing back."""
        if _takes_back(event) and not self.dirty:
            event.ignore()
            return True
        bare = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if event.key() == Qt.Key.Key_Escape and bare and self.dirty:
            self.revert()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and bare:
            return self._entered()
        return False

    def _entered(self) -> bool:
        if not self.inner.focusNextChild() or self.inner.hasFocus():
            self._leave()
        return True

    def _set_text(self, text: str) -> None:
        inner = self.inner
        if isinstance(inner, QLineEdit):
            inner.setText(text)
            inner.setCursorPosition(0)
        else:
            inner.setPlainText(text)


def _takes_back(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(
        QKeySequence.StandardKey.Redo
    )
