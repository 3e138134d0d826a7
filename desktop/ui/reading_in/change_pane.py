"""What would change: chips with counts, then the records, each with its fields old → new."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ledger.definitions import Scheme
from desktop.sheets.plans.plan import SAID
from desktop.sheets.workbook.grid import place
from desktop.ui import theme
from desktop.ui.parts import ChipRow, Passage
from desktop.ui.parts.words import draw, width
from desktop.ui.reading_in import changes
from desktop.ui.reading_in.changes import Line
from desktop.ui.reading_in.line_list import LineList, LinePainter, Lines
from desktop.ui.reading_in.reading import Found

TONES = {"new": "good", "changed": "accent", "same": "faint", "different": "accent",
         "open": "explain", "barred": "must"}  # fmt: skip


class ChangePane(QWidget):
    """``wanted`` gives the sheet, row and column of the line that was gone to."""

    wanted = Signal(str, int, int)

    def __init__(self) -> None:
        super().__init__()
        self._found: Found | None = None
        self._scheme: Scheme | None = None
        self._kind = ""
        self._unfolded: frozenset[int] | None = None
        self.chips, self.nothing = ChipRow(), Passage("没有可以写入的内容。", role="ink_soft")
        self.more = Passage("", "small", "ink_soft")
        self.model: Lines[Line] = Lines(self, self.told)
        self.list = LineList("将写入的内容", self.model, _Painter(self))
        self.list.setUniformItemSizes(True)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(8))
        for widget in (self.chips, self.nothing):
            whole.addWidget(widget)
        whole.addWidget(self.list, 1)
        whole.addWidget(self.more)
        whole.addStretch(0)
        self.chips.chosen.connect(self._narrow)
        self.list.clicked.connect(self._go)
        self.list.opened.connect(self._fold)
        self.setFocusProxy(self.list)

    def tell(self, found: Found, scheme: Scheme) -> None:
        """Show another plan."""
        self._found, self._scheme = found, scheme
        chips = found.summary.chips
        if self._kind not in {key for key, _, _ in chips}:
            self._kind = ""
        self._unfolded = None
        self.chips.set_chips([(key, words, count) for key, words, count in chips])
        self.chips.choose(self._kind)
        for one in (self.chips, self.list):
            one.setVisible(bool(found.plan.steps))
        self.nothing.setVisible(not found.plan.steps)
        self._fill()

    def told(self, line: Line) -> str:
        """A line in one sentence."""
        scheme = self.scheme
        if line.field is None:
            register = scheme.register(line.step.register).title
            return f"{changes.KINDS[changes.kind_of(line.step)]}　{register}　{line.step.label}"
        title, old, new = changes.values(scheme, line.step, line.field)
        return f"{title}：{old or '空'} → {new}（{SAID[line.field.what]}）"

    @property
    def scheme(self) -> Scheme:
        """The scheme of the book whose changes are shown."""
        assert self._scheme is not None
        return self._scheme

    def _narrow(self, kind: str) -> None:
        self._kind, self._unfolded = kind, None
        self._fill()

    def _fill(self) -> None:
        if self._found is None or self._scheme is None:
            return
        counts = {key: count for key, _, count in self._found.summary.chips}
        self.more.setVisible(counts.get(self._kind, 0) > changes.LISTED)
        self.more.setText(f"这里只列出前 {changes.LISTED:,} 条，其余在左边的表中逐格可看。")
        at = self.list.verticalScrollBar().value()
        row = self.list.currentIndex().row()
        self.model.show(changes.lines(self._found.plan, self._kind, self._unfolded))
        self.list.setCurrentIndex(self.model.index(max(0, min(row, len(self.model.lines) - 1))))
        self.list.verticalScrollBar().setValue(at)

    def _go(self, index: QModelIndex) -> None:
        line = self.model.lines[index.row()]
        if line.field is not None:
            sheet, row, column = place_of(line.field.origin)
        else:
            first = next(iter(line.step.fields), None)
            column = place_of(first.origin)[2] if first is not None else 0
            sheet, row = line.step.sheet, line.step.row
        self.wanted.emit(sheet, row, column)

    def _fold(self, index: QModelIndex) -> None:
        """Enter or two clicks on a record: its fields come, or go."""
        line = self.model.lines[index.row()]
        if self._found is None:
            return
        steps = self._found.plan.steps
        at = next((at for at, step in enumerate(steps) if step is line.step), -1)
        if self._unfolded is None:
            shown = {id(one.step) for one in self.model.lines if one.field is not None}
            self._unfolded = frozenset(n for n, step in enumerate(steps) if id(step) in shown)
        self._unfolded = self._unfolded ^ {at}
        self._fill()


class _Painter(LinePainter):
    """A record bold with its kind, a field below it as old → new."""

    def __init__(self, pane: ChangePane) -> None:
        super().__init__(pane)
        self._pane = pane

    def heads(self, row: int) -> bool:
        return self._pane.model.lines[row].field is None

    def line(self, painter: QPainter, room: QRect, row: int) -> None:
        line = self._pane.model.lines[row]
        (self._record if line.field is None else self._field)(painter, room, line)

    def _record(self, painter: QPainter, room: QRect, line: Line) -> None:
        now, kind, scheme = theme.current(), changes.kind_of(line.step), self._pane.scheme
        small = theme.font("small")
        right = f"{scheme.register(line.step.register).title}・{changes.KINDS[kind]}"
        wide = width(right, small)
        draw(painter, room, right, theme.TONES[TONES[kind]][0], small, Qt.AlignmentFlag.AlignRight)
        room = room.adjusted(0, 0, -wide - now.px(8), 0)
        draw(painter, room, line.step.label, "ink", theme.font("small", bold=True))

    def _field(self, painter: QPainter, room: QRect, line: Line) -> None:
        scheme, field = self._pane.scheme, line.field
        assert field is not None
        now, small = theme.current(), theme.font("small")
        title, old, new = changes.values(scheme, line.step, field)
        room = room.adjusted(now.px(12), 0, 0, 0)
        wide = min(width(title, small), now.px(110))
        draw(painter, QRect(room.x(), room.y(), wide + 1, room.height()), title, "ink_soft", small)
        room.setLeft(room.left() + wide + now.px(10))
        if field.what in ("open", "barred"):
            said = "等待答复" if field.what == "open" else "本级不填"
            tail = width(said, small)
            tone = theme.TONES[TONES[field.what]][0]
            draw(painter, room, said, tone, small, Qt.AlignmentFlag.AlignRight)
            room.setRight(room.right() - tail - now.px(8))
        if old:
            half = min(width(old, small), room.width() // 2 - now.px(16))
            draw(
                painter, QRect(room.x(), room.y(), half + 1, room.height()), old, "ink_faint", small
            )
            room.setLeft(room.left() + half + now.px(6))
            draw(painter, room, "→", "ink_soft", small)
            room.setLeft(room.left() + width("→", small) + now.px(6))
        bold = theme.font("small", bold=field.what == "different")
        draw(painter, room, " ".join(new.split()), "ink", bold)


def place_of(origin: str) -> tuple[str, int, int]:
    """``sheet!B5`` as sheet, row, column."""
    sheet, _, cell = origin.rpartition("!")
    return sheet, *place(cell)
