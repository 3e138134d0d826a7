"""The card at the head of a project: its light, name, marks, code, five figures; to its paper."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Card, Chip, Flow, IconButton, LightMark, Words
from desktop.ui.project.reading import Head
from desktop.ui.theme import TONES

#: From this width, at size 1.0, all figures stand in one line.
ONE_LINE = 700
#: A figure that needs more room than this is cut where the others need theirs.
WIDE = 220


class HeadCard(Card):
    """Shows a :class:`Head`."""

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.light = LightMark()
        self.name = Words("", "title", bold=True)
        self.code = Words("", "body", "ink_soft", right=True)
        self.paper = IconButton("printer", "看“项目一张表”，可以打印（Ctrl+P）")
        self.remark = Words("", "small", "explain", right=True)
        self.head.removeWidget(self.title)
        self.head.addWidget(self.light)
        self.head.addWidget(self.name, 1)
        self.head.addWidget(self.code)
        self.head.addWidget(self.paper)
        self._chips = QWidget()
        self._flow = Flow(self._chips, gap=now.px(6))
        self._marks = QHBoxLayout()
        self._marks.addWidget(self._chips, 1)
        self._marks.addWidget(self.remark)
        self.reasons = Words("", "small", "ink_soft")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(now.gap)
        self._grid.setVerticalSpacing(now.px(2))
        self.captions: list[Words] = []
        self.values: list[Words] = []
        self.body.addLayout(self._marks)
        self.body.addSpacing(now.px(4))
        self.body.addLayout(self._grid)
        self.body.addWidget(self.reasons)

    def show_head(self, head: Head) -> None:
        """Show another project, or the same one anew."""
        self.light.set_light(head.light)
        self.name.set_text(head.name)
        self.code.set_text(head.code)
        self.remark.set_text(f"▲ {head.remark}" if head.remark else "")
        self.remark.setVisible(bool(head.remark))
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        chips = list(head.chips)
        if head.conflicts:
            chips.insert(0, (f"有冲突 {head.conflicts} 处", "must"))
        for text, tone in chips:
            self._flow.addWidget(Chip(text, tone))
        self._show_figures(head)
        self.reasons.set_text("；".join(head.reasons))
        tone = {"red": "must", "yellow": "explain"}.get(head.light, "plain")
        self.reasons.set_role(TONES[tone][0])
        self.reasons.setVisible(bool(head.reasons))

    def _show_figures(self, head: Head) -> None:
        while len(self.values) < len(head.figures):
            caption = Words(head.figures[len(self.values)].caption, "small", "ink_soft")
            self.captions.append(caption)
            self.values.append(Words("", "big", bold=True))
        for words, figure in zip(self.values, head.figures, strict=True):
            words.set_text(figure.value)
            words.set_role(TONES[figure.tone][0])
        self._arrange()

    def _arrange(self) -> None:
        """The figures side by side, in two lines where there is too little room; each as wide as
        it needs, as long as the others have their part."""
        now, most = theme.current(), len(self.values)
        wide_enough = self.width() >= now.px(ONE_LINE)
        (self.head if wide_enough else self._marks).addWidget(self.code)  # the name needs its line
        self.head.addWidget(self.paper)
        columns = most if wide_enough else (most + 1) // 2
        for column in range(most):
            self._grid.setColumnStretch(column, 0)
        for at, (caption, value) in enumerate(zip(self.captions, self.values, strict=True)):
            row, column = divmod(at, max(columns, 1))
            self._grid.addWidget(caption, 2 * row, column)
            self._grid.addWidget(value, 2 * row + 1, column)
            needed = max(caption.sizeHint().width(), value.sizeHint().width())
            wide = max(self._grid.columnStretch(column), min(needed, now.px(WIDE)))
            self._grid.setColumnStretch(column, wide)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()
