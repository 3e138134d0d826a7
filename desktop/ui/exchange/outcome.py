"""What came of the last thing done, big: green with the number and digest, red with what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.exchange.words import listed
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.messages import Remedy
from desktop.ui.parts import Button, IconButton, Passage
from desktop.ui.project.reading import Table
from desktop.ui.project.table_view import TableModel

PASSPHRASES = (
    Column("unit", "首次联系的单位", kind="unit", width=260),
    Column("passphrase", "一次性口令（16 位数字）", kind="choice"),
    Column("number", "任务包", kind="text", width=200),
)
#: So many passphrases are seen at once; more scroll.
SEEN = 8


@dataclass(frozen=True)
class Outcome:
    """``tone`` is good, explain or must; ``sentence`` big, ``lines`` below it.

    ``passphrases`` are (unit, passphrase, file), shown this once.
    """

    tone: str
    sentence: str
    lines: tuple[str, ...] = ()
    passphrases: tuple[tuple[str, str, str], ...] = ()
    remedies: tuple[Remedy, ...] = field(default=())


_ICONS = {"good": "circle-check", "explain": "info", "must": "circle-x"}


class OutcomeCard(QWidget):
    """Shows one outcome until the person has seen it or the next one comes.

    Passphrases are nowhere else: they stay when another outcome comes, and ``dismiss_wanted`` lets
    the page ask before they go.
    """

    dismiss_wanted = Signal()
    print_wanted = Signal(object)  # the passphrases

    def __init__(self) -> None:
        super().__init__()
        self.outcome: Outcome | None = None
        self.mark, self.sentence = QLabel(), Passage("", "title")
        self.lines = Passage("", "body", "ink")
        for words in (self.sentence, self.lines):
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.seen = IconButton("x", "知道了（Esc）")
        self.seen.clicked.connect(lambda: self.dismiss_wanted.emit())
        self.model = TableModel(self)
        self.table = PlainTable(self.model)
        self.table.setAccessibleName("首次联系口令")
        self.copy = Button("复制口令单", icon="copy")
        self.copy.clicked.connect(self.copy_passphrases)
        self.print = Button("打印口令单", icon="printer")
        self.print.clicked.connect(lambda: self.print_wanted.emit(self.passphrases))
        self._buttons = QHBoxLayout()
        self._made: list[Button] = []
        self._arrange()
        theme.notifier.changed.connect(self._draw_mark)
        self.hide()

    def show_outcome(self, outcome: Outcome) -> None:
        """Say what came of it, under the passphrases that have not been dismissed."""
        before = {one[0]: one for one in self.passphrases}
        now = {one[0]: one for one in outcome.passphrases}
        outcome = replace(outcome, passphrases=tuple((before | now).values()))
        self.outcome = outcome
        self.sentence.setText(outcome.sentence)
        self.sentence.set_role(outcome.tone)
        self.lines.setText("\n".join(outcome.lines))
        self.lines.setVisible(bool(outcome.lines))
        self.setAccessibleName("\n".join((outcome.sentence, *outcome.lines)))
        self._show_passphrases(outcome.passphrases)
        self._offer(outcome.remedies)
        self._draw_mark()
        self.show()
        self.update()

    @property
    def passphrases(self) -> tuple[tuple[str, str, str], ...]:
        """The passphrases that are shown."""
        return self.outcome.passphrases if self.outcome is not None else ()

    def dismiss(self) -> None:
        """The person has seen it."""
        held, parent = QApplication.focusWidget(), self.parentWidget()
        self.outcome = None
        if held is not None and self.isAncestorOf(held) and parent is not None:
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()

    def copy_passphrases(self) -> None:
        """The list of passphrases onto the clipboard, a unit a line."""
        from PySide6.QtGui import QGuiApplication

        if self.outcome is not None:
            said = "\r\n".join(f"{unit}\t{code}" for unit, code, _ in self.outcome.passphrases)
            QGuiApplication.clipboard().setText(said)
            self.copy.setText("已复制")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A soft ground in the tone, with its edge on the left."""
        if self.outcome is None:
            return
        now = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(f"{self.outcome.tone}_soft"))
        painter.drawRoundedRect(self.rect(), now.radius, now.radius)
        painter.setBrush(QColor(getattr(now, self.outcome.tone)))
        painter.drawRoundedRect(0, 0, now.px(5), self.height(), now.px(2), now.px(2))

    def _show_passphrases(self, found: Sequence[tuple[str, str, str]]) -> None:
        rows = tuple(
            (Cell(unit), Cell(code, bold=True), Cell(file, tone="faint"))
            for unit, code, file in found
        )
        self.model.show(Table(PASSPHRASES, rows, tuple(unit for unit, *_ in found)))
        for widget in (self.table, self.copy, self.print):
            widget.setVisible(bool(found))
        self.copy.setText("复制口令单")
        row = theme.current().row
        head = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(head + min(len(found), SEEN) * row + 2)

    def _offer(self, remedies: Sequence[Remedy]) -> None:
        for button in self._made:
            self._buttons.removeWidget(button)
            button.hide()
            button.setParent(None)
            button.deleteLater()
        self._made = [Button(one.text) for one in remedies]
        for at, (button, one) in enumerate(zip(self._made, remedies, strict=True)):
            button.clicked.connect(partial(self._do, one))
            self._buttons.insertWidget(at + 1, button)

    def _do(self, remedy: Remedy) -> None:
        remedy.run()
        if not self.passphrases:
            self.dismiss()

    def _draw_mark(self) -> None:
        if self.outcome is not None:
            size = theme.current().px(26)
            icon = icons.icon(_ICONS[self.outcome.tone], self.outcome.tone)
            self.mark.setPixmap(icon.pixmap(size, size))

    def _arrange(self) -> None:
        now = theme.current()
        words = QVBoxLayout()
        words.setSpacing(now.px(6))
        self._buttons.setSpacing(now.px(8))
        self._buttons.addWidget(self.print)
        self._buttons.addWidget(self.copy)
        self._buttons.addStretch(1)
        for part in (self.sentence, self.lines, self.table):
            words.addWidget(part)
        words.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(now.pad, now.px(12), now.px(10), now.px(12))
        row.setSpacing(now.gap)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self.seen, 0, Qt.AlignmentFlag.AlignTop)


def left_out(refused: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The units that were left out, with the reason of each, or their names where many."""
    if len(refused) > 3:
        return (f"没有下发：{listed([name for name, _ in refused])}（{refused[0][1]}）",)
    return tuple(f"没有下发 {name}：{reason}" for name, reason in refused)
