"""The questions, one after another: its words, choices by number, another value, and the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.parts import Button, Passage, Separator, Words
from desktop.ui.parts.words import tip
from desktop.ui.reading_in.case import Case, Choice
from desktop.ui.reading_in.intake import Given
from desktop.ui.reading_in.question_list import QuestionList

#: Choices of so few signs stand side by side, so many in a line.
SHORT, ACROSS = 4, 3
#: What is offered while typing, at most.
OFFERED = 20_000


class QuestionPane(QWidget):
    """``answered`` gives the case and the choice, ``typed`` the case and a text; ``shown`` the case
    that is looked at; ``taken_back`` the id of an answered one."""

    answered = Signal(object, object)
    typed = Signal(object, str)
    shown = Signal(object)
    taken_back = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cases: tuple[Case, ...] = ()
        self.case: Case | None = None
        self.buttons: list[Button] = []
        self.left = Words("", bold=True)
        self.title, self.sentence = Passage("", "small", "ink_soft"), Passage("")
        self.text = Passage("", "small", "ink_soft")
        self.wrong = Passage("", "small", "must")
        self.box, self.skip = QLineEdit(), Button("跳过 ↓")
        self.skip.setToolTip("这一问先放着，到下一问（↓）")
        self.list = QuestionList()
        self._arrange()
        self._listen()
        self.tell((), {})

    # What is shown ----------------------------------------------------------------------------

    def tell(self, cases: Sequence[Case], given: dict[str, Given]) -> None:
        """Show what is open now and what has been answered; one stays where one is."""
        before = self.case
        at = self._place()
        self.cases = tuple(cases)
        known = {case.id for case in self.cases}
        self.left.set_text(f"还有 {len(self.cases)} 个问题" if self.cases else "没有要答复的问题")
        self.list.tell(self.cases, given)
        if before is not None and before.id in known:
            self._look(next(case for case in self.cases if case.id == before.id))
        elif self.cases:
            self._look(self.cases[min(at, len(self.cases) - 1)])
        else:
            self._look(None)

    def refuse(self, sentence: str, identity: str) -> bool:
        """The answer ``identity`` could not be taken: why, in its question's card. False where it
        is none of the question that is shown."""
        case = self.case
        if case is None or identity not in {case.id, *(one.id for one in case.choices)}:
            return False
        # A question is named by what it is about, not by its id.
        self.wrong.setText(sentence.replace(identity, case.title))
        self.wrong.show()
        self.box.setFocus()
        self.box.selectAll()
        return True

    def look_at(self, identity: str) -> None:
        """Go to a question."""
        for case in self.cases:
            if case.id == identity and (self.case is None or self.case.id != identity):
                self._look(case)

    def step(self, by: int) -> None:
        """The next question, or the one before."""
        if self.cases:
            self._look(self.cases[(self._place() + by) % len(self.cases)])

    # -----------------------------------------------------------------------------------------

    def _place(self) -> int:
        ids = [case.id for case in self.cases]
        return ids.index(self.case.id) if self.case and self.case.id in ids else 0

    def _look(self, case: Case | None) -> None:
        again = case is not None and self.case is not None and case.id == self.case.id
        same = again and case == self.case
        self.case = case
        self.card.setVisible(case is not None)
        self.none.setVisible(case is None)
        if case is None:
            return
        if not same:
            self._dress(case)
        self.list.mark(case.id)
        if not again:
            self.shown.emit(case)

    def _dress(self, case: Case) -> None:
        had = any(button.hasFocus() for button in self.buttons) or self.box.hasFocus()
        several = len({one.sheet for one in self.cases}) > 1
        where = f"{case.sheet} {case.place}" if several else case.place
        self.title.setText(f"{where}　{case.title}")
        self.sentence.setText(case.sentence)
        self.text.setText(f"原文：{case.text}")
        self.text.setVisible(bool(case.text))
        self.refuse_nothing()
        for button in self.buttons:
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self.buttons = [
            self._button(case, number, choice) for number, choice in enumerate(case.choices, 1)
        ]
        self.box.clear()
        self.box.setVisible(bool(case.typed))
        self.box.setPlaceholderText(f"{case.typed}（F2）")
        completer = QCompleter(list(case.offers[:OFFERED]), self.box) if case.offers else None
        if completer is not None:
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.box.setCompleter(completer)  # type: ignore[arg-type]  # None takes it away
        if had:
            self.setFocus()

    def refuse_nothing(self) -> None:
        """No answer has been refused."""
        self.wrong.hide()

    def _button(self, case: Case, number: int, choice: Choice) -> Button:
        words = choice.words if len(choice.words) <= 30 else choice.words[:29] + "…"
        first = number == 1 and case.proposed
        button = Button(f"{number}　{words}", primary=first)
        button.setToolTip(tip(choice.words))
        button.setAutoDefault(False)
        button.setStyleSheet("text-align: left;")
        button.clicked.connect(partial(self._choose, choice))
        short = all(len(one.words) <= SHORT for one in case.choices)
        across = ACROSS if short else 1
        self._choices.addWidget(button, *divmod(number - 1, across), 1, 1 if short else ACROSS)
        return button

    def _choose(self, choice: Choice) -> None:
        if self.case is not None:
            self.answered.emit(self.case, choice)

    def _type(self) -> None:
        text = self.box.text().strip()
        if self.case is not None and text:
            self.typed.emit(self.case, text)
        else:
            self.step(1)

    # Keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1, 2, 3 choose; Enter takes what is proposed; anything else typed is another value."""
        case, key, text = self.case, event.key(), event.text()
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if case is None or held & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif text.isdigit() and 1 <= int(text) <= len(case.choices):
            self._choose(case.choices[int(text) - 1])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if case.proposed:
                self._choose(case.choices[0])
            else:
                self._enter_box("") if case.typed else self.step(1)
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.step(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_F2:
            self._enter_box("")
        elif text and text.isprintable() and not text.isspace():
            self._enter_box(text)
        else:
            super().keyPressEvent(event)

    def _enter_box(self, text: str) -> None:
        if self.box.isVisibleTo(self):
            self.box.setText(text)
            self.box.setFocus(Qt.FocusReason.OtherFocusReason)
            self.box.deselect()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Chinese that is typed before the box was entered goes into the box."""
        if self.case is not None and self.box.isVisibleTo(self):
            self._enter_box("")
            QApplication.sendEvent(self.box, event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the box and on the buttons: Esc back to the numbers, the arrows to another question;
        on a button its keys are those of the pane."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if watched is self.box:
                if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                    self._type()
                    return True
                if key == Qt.Key.Key_Escape:
                    self.box.clear()
                    self.setFocus()
                    return True
                popup = self.box.completer().popup() if self.box.completer() else None
                open_ = popup is not None and popup.isVisible()
                if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and not open_:
                    self.step(1 if key == Qt.Key.Key_Down else -1)
                    self.setFocus()
                    return True
        return super().eventFilter(watched, event)

    def _go(self, identity: str) -> None:
        self.look_at(identity)
        self.setFocus()

    def _take_back(self, identity: str) -> None:
        self.taken_back.emit(identity)
        self.setFocus()

    # Making -----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        now = theme.current()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("问题")
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self.box.setAccessibleName("另填")
        self.box.installEventFilter(self)
        self.list.gone.connect(self._go)
        self.list.taken_back.connect(self._take_back)
        self._choices = QGridLayout()
        self._choices.setSpacing(now.px(6))
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(now.px(6))
        self.card = QWidget()
        self.card.setLayout(inside)
        for widget in (self.title, self.sentence, self.text):
            inside.addWidget(widget)
        inside.addLayout(self._choices)
        inside.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.setSpacing(now.px(8))
        foot.addWidget(self.box, 1)
        foot.addStretch(0)
        foot.addWidget(self.skip)
        inside.addLayout(foot)
        self.none = Passage("可以写入的都已看明白。", role="ink_soft")
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, now.px(4), 0)
        column.addWidget(self.card)
        column.addWidget(self.none)
        column.addStretch(1)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(held)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(now.px(8))
        whole.addWidget(self.left)
        whole.addWidget(self.area, 1)
        whole.addWidget(Separator())
        whole.addWidget(self.list)
        self.wrong.hide()

    def _listen(self) -> None:
        self.skip.clicked.connect(lambda: self.step(1))
        for number in range(1, 10):
            shortcut = QShortcut(QKeySequence(f"Alt+{number}"), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._by_number, number))

    def _by_number(self, number: int) -> None:
        if self.case is not None and number <= len(self.case.choices):
            self._choose(self.case.choices[number - 1])
