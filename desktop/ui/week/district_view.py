"""本周工作 of a district: four figures, the matrix of units and weeks, who is late, what is due."""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ledger import money
from desktop.reports.charts.ranks import Rank, completion_by_unit
from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.parts import Button, Card
from desktop.ui.parts.words import Words
from desktop.ui.week import headline
from desktop.ui.week.cards import FigureCard
from desktop.ui.week.district import District, Line
from desktop.ui.week.look import Aim, Row, asked_row
from desktop.ui.week.matrix import MatrixView
from desktop.ui.week.matrix_painting import LEGEND
from desktop.ui.week.matrix_words import district_in_words
from desktop.ui.week.rows import RowList

#: With so many units at most there is room for their rates below the matrix.
FEW = 10
#: So many units of the matrix are always seen; with more it scrolls.
SEEN = 6
#: So many lines of what the exchange asks for; they go before the lists below.
SEEN_POST = 3


class DistrictView(QWidget):
    """Shows a :class:`District`; says where the person wants to go and what is to be done.

    ``stepped`` gives "accept" (all that waits), "print", "unit" (add one), "new" (a project) or
    "give" (workbooks that others fill).
    """

    aimed = Signal(object)  # Aim
    stepped = Signal(str)
    asked = Signal(object, QPoint)  # Cell, where

    def __init__(self) -> None:
        super().__init__()
        self.cards = {
            name: FigureCard(caption)
            for name, caption in (
                ("sent", "本周上报"),
                ("money", "本周完成投资"),
                ("rate", "年度完成率"),
                ("lights", "亮灯项目"),
            )
        }
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.accept, self.print = Button("全部接收"), Button("打印调度报告", icon="printer")
        self.unit = Button("新增单位", icon="plus")
        self.give = Button("发填报模板……", icon="users")
        self.new = Button("新建项目", primary=True, icon="plus")
        self.matrix, self.legend = MatrixView(), Words(LEGEND, "small", "ink_soft")
        self.late, self.due = RowList("本周未报"), RowList("议定和督办")
        self.none_late, self.none_due = QLabel("全部已报。"), QLabel("没有未办结的事项。")
        self.matrix_card, self.rates_card = Card("上报情况"), Card("各单位年度完成率")
        self.rates = ChartView()
        self.rates.setAccessibleName("各单位年度完成率")
        self.late_card, self.due_card = Card("本周未报"), Card("议定和督办")
        self.post, self.post_card = RowList("收发", SEEN_POST), Card("收发")
        self._arrange()
        self._connect()

    def show_district(self, district: District, unit: money.Unit) -> None:
        """Show the week of all units; ``unit`` is that of the money."""
        self.cards["sent"].show_figure(*headline.sent(district))
        self.cards["money"].show_figure(*headline.invested(district.figures, unit))
        self.cards["rate"].show_figure(*headline.completed(district.figures))
        self.cards["lights"].show_figure(*headline.lit(district))
        self.sentence.setText(district_in_words(district))
        units, projects = bool(district.lines), bool(district.figures.projects)
        waiting = len(district.waiting)
        self.accept.setVisible(bool(waiting))
        self.accept.setText(f"全部接收（{waiting}）")
        self.accept.set_primary(True)
        self.print.setVisible(units and projects)
        self.give.setVisible(projects)
        self.print.set_primary(not waiting and not district.late)
        self.unit.set_primary(not units)
        self.new.setVisible(units and not projects)
        for widget in (self.matrix, self.legend):
            widget.setVisible(units)
        body = self.matrix_card.body
        body.setStretch(body.count() - 1, 0 if units else 1)
        self.matrix.show_district(district)
        seen = min(len(district.lines), SEEN) + 1
        self.matrix.setMinimumHeight(theme.current().row * seen + theme.current().px(4))
        self._show_rates(district)
        late = [Row(text=line.name, mark="none", right=_why_late(line)) for line in district.late]
        due = [asked_row(item, units=True) for item in district.asked]
        for card, title, rows, calm, shown in (
            (self.late_card, "本周未报", self.late, self.none_late, late),
            (self.due_card, "议定和督办", self.due, self.none_due, due),
        ):
            self.side.setStretchFactor(card, min(max(len(shown), 3), 8) if shown else 0)
            card.set_title(f"{title}（{len(shown)}）" if shown else title)
            rows.show_rows(shown)
            rows.setVisible(bool(shown))
            calm.setVisible(not shown)
        self.side.setStretch(3, 0 if late or due else 1)
        self.none_late.setText("全部已报。" if units else "还没有填报单位。")

    def show_post(self, rows: list[Row]) -> None:
        """What the exchange asks for; nothing when it asks for nothing."""
        self.post.show_rows(rows)
        self.post_card.setVisible(bool(rows))

    def _show_rates(self, district: District) -> None:
        """The units' rates as bars, where they are few; a low page is scrolled to them."""
        ranks = [
            Rank(line.name, line.rate, line.light or "", "无计划")
            for line in district.lines
            if line.projects
        ]
        self.rates_card.setVisible(bool(ranks) and len(district.lines) <= FEW)
        now = theme.current()  # Bars may stand in two columns; the matrix goes before them.
        self.rates.setMinimumHeight(now.row * math.ceil(len(ranks) / 2) + now.px(34))
        schedule = district.figures.schedule
        self.rates.show_drawing(partial(completion_by_unit, ranks, schedule))

    def next_button(self) -> QWidget:
        """What the keyboard begins with: the button that is due, or the matrix."""
        for button in (self.unit, self.new, self.accept):
            if button.isVisibleTo(self) and button.property("primary"):
                return button
        return self.matrix

    def heightForWidth(self, width: int) -> int:
        """As low as it can be: matrix and lists scroll by themselves before the page does."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else 0

    def _arrange(self) -> None:
        now = theme.current()
        figures = QHBoxLayout()
        for card in self.cards.values():
            figures.addWidget(card, 1)
        self.matrix_card.head.setSpacing(now.gap)
        for button in (self.accept, self.new, self.print, self.give, self.unit):
            self.matrix_card.head.addWidget(button)
        self.matrix_card.body.addWidget(self.sentence)
        self.matrix_card.body.addWidget(self.matrix, 1)
        self.matrix_card.body.addWidget(self.legend)
        self.matrix_card.body.addStretch(0)
        for around, rows, calm in (
            (self.late_card, self.late, self.none_late),
            (self.due_card, self.due, self.none_due),
        ):
            around.body.addWidget(rows, 1)
            around.body.addWidget(calm, 0, Qt.AlignmentFlag.AlignTop)
        self.rates_card.body.addWidget(self.rates, 1)
        self.side = side = QVBoxLayout()
        main, below, whole = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        main.addWidget(self.matrix_card, 3)
        main.addWidget(self.rates_card, 2)
        self.post_card.body.addWidget(self.post)
        self.post_card.hide()
        side.addWidget(self.post_card)
        side.addWidget(self.late_card)
        side.addWidget(self.due_card)
        side.addStretch(0)
        below.addLayout(main, 2)
        below.addLayout(side, 1)
        whole.addLayout(figures)
        whole.addLayout(below, 1)
        for layout in (figures, side, main, below, whole):
            layout.setSpacing(now.gap)
            layout.setContentsMargins(0, 0, 0, 0)
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.pad)

    def _follow(self, row: Row) -> None:
        if row.aim is not None:
            self.aimed.emit(row.aim)

    def _connect(self) -> None:
        self.cards["sent"].clicked.connect(self.matrix.setFocus)
        self.cards["money"].clicked.connect(lambda: self.aimed.emit(Aim("figures")))
        self.cards["rate"].clicked.connect(lambda: self.aimed.emit(Aim("figures")))
        self.cards["lights"].clicked.connect(lambda: self.aimed.emit(Aim("project")))
        for button, step in (
            (self.accept, "accept"),
            (self.print, "print"),
            (self.unit, "unit"),
            (self.new, "new"),
            (self.give, "give"),
        ):
            button.clicked.connect(lambda _checked=False, name=step: self.stepped.emit(name))
        self.matrix.asked.connect(self.asked)
        self.late.chosen.connect(self._to_unit)
        for rows in (self.due, self.post):
            rows.chosen.connect(self._follow)

    def _to_unit(self, row: Row) -> None:
        district = self.matrix.matrix.district
        for line in district.late if district else ():
            if line.name == row.text:
                self.matrix.go_to(line.unit)


def _why_late(line: Line) -> str:
    if line.cells[-1].state == "已退回":
        return "已退回"
    return "" if line.projects else "没有项目"
