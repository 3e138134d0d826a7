"""本周工作 of a township: four figures, four steps, what to look at, what was asked, the curve."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ledger import money
from desktop.reports.charts.progress import Week as CurveWeek
from desktop.reports.charts.progress import progress_curve
from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.parts import BigStep, Button, Card
from desktop.ui.week import headline
from desktop.ui.week.cards import FigureCard
from desktop.ui.week.curve import Point
from desktop.ui.week.look import Aim, Row, asked_row, to_look_at
from desktop.ui.week.reading import Week
from desktop.ui.week.rows import RowList
from desktop.ui.week.steps import TITLES, Step, note_of


class TownshipView(QWidget):
    """Shows a :class:`Week`; says where the person wants to go and which step to take.

    ``stepped`` gives a step's name, "new" for the first project of an empty book, or "give" for
    workbooks that others fill.
    """

    aimed = Signal(object)  # Aim
    stepped = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.cards = {
            name: FigureCard(caption)
            for name, caption in (
                ("fill", "应填项目"),
                ("money", "本周完成投资"),
                ("rate", "年度完成率"),
                ("check", "审核"),
            )
        }
        self.sentence = QLabel()
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.steps = {
            name: BigStep(number, title) for number, (name, title) in enumerate(TITLES.items(), 1)
        }
        self.new = Button("新建项目", primary=True, icon="plus")
        self.give = Button("发填报模板……", icon="users")
        self.look, self.asked = RowList("要看一眼的"), RowList("区里交办")
        self.look_card, self.asked_card = Card("要看一眼的"), Card("区里交办")
        self.calm, self.unasked = QLabel("没有要处理的。"), QLabel("没有未办结的事项。")
        self.curve_card, self.curve = Card("完成率与序时进度"), ChartView()
        self.curve.setAccessibleName("完成率与序时进度")
        self._arrange()
        self._connect()

    def show_week(
        self,
        week: Week,
        steps: Sequence[Step],
        sentence: str,
        unit: money.Unit,
        post: Sequence[Row] = (),
    ) -> None:
        """Show the week; ``sentence`` says what to do next, ``unit`` is that of the money.

        ``post`` are the lines of the exchange, which come first.
        """
        self.cards["fill"].show_figure(*headline.filling(week))
        self.cards["money"].show_figure(*headline.invested(week.figures, unit))
        self.cards["rate"].show_figure(*headline.completed(week.figures))
        self.cards["check"].show_figure(*headline.judged(week))
        self.sentence.setText(sentence)
        for step in steps:
            state = "next" if step.due else "done" if step.done else "plain"
            self.steps[step.name].set_state(state, note_of(step, week))
            self.steps[step.name].setVisible(bool(week.projects))
        self.give.setVisible(bool(week.projects))
        self.new.setVisible(not week.projects)
        self._list(self.look_card, "要看一眼的", self.look, self.calm, [*post, *to_look_at(week)])
        asked = [asked_row(item) for item in week.asked]
        self._list(self.asked_card, "区里交办", self.asked, self.unasked, asked)
        self.right.setStretchFactor(self.asked_card, 2 if asked else 0)

    def show_curve(self, points: Sequence[Point]) -> None:
        """Show the year so far."""
        weeks = [CurveWeek(f"第{one.week}周", one.rate, one.schedule) for one in points]
        self.curve.show_drawing(partial(progress_curve, weeks))

    def next_button(self) -> QWidget:
        """The button of the step that is due, or of the first one."""
        if self.new.isVisibleTo(self):
            return self.new
        due = (step for step in self.steps.values() if step.state() == "next")
        return next(due, self.steps["fill"])

    def heightForWidth(self, width: int) -> int:
        """As low as it can be: the lists scroll by themselves before the page does."""
        layout = self.layout()
        return layout.minimumHeightForWidth(width) if layout else 0

    def _list(self, card: Card, title: str, rows: RowList, calm: QLabel, shown: list[Row]) -> None:
        open_ = sum(not row.faint for row in shown)
        card.set_title(f"{title}（{open_}）" if open_ else title)
        rows.show_rows(shown)
        rows.setVisible(bool(shown))
        calm.setVisible(not shown)

    def _arrange(self) -> None:
        gap = theme.current().gap
        figures = QHBoxLayout()
        for card in self.cards.values():
            figures.addWidget(card, 1)
        steps_card = Card("这一周，按顺序做")
        steps_card.head.addWidget(self.give)
        self.sentence.setContentsMargins(0, 0, 0, theme.current().px(6))
        buttons = QHBoxLayout()
        for step in self.steps.values():
            buttons.addWidget(step, 1)
        steps_card.body.addWidget(self.sentence)
        steps_card.body.addLayout(buttons)
        steps_card.body.addWidget(self.new, 0, Qt.AlignmentFlag.AlignLeft)
        for around, rows, calm in (
            (self.look_card, self.look, self.calm),
            (self.asked_card, self.asked, self.unasked),
        ):
            around.body.addWidget(rows, 1)
            around.body.addWidget(calm, 0, Qt.AlignmentFlag.AlignTop)
        self.curve_card.body.addWidget(self.curve, 1)
        left, below, whole = QVBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        self.right = right = QVBoxLayout()
        left.addWidget(steps_card)
        left.addWidget(self.look_card, 1)
        right.addWidget(self.asked_card)
        right.addWidget(self.curve_card, 3)
        below.addLayout(left, 13)
        below.addLayout(right, 10)
        whole.addLayout(figures)
        whole.addLayout(below, 1)
        for layout in (figures, buttons, left, right, below, whole):
            layout.setSpacing(gap)
            layout.setContentsMargins(0, 0, 0, 0)
        pad = theme.current().pad
        whole.setContentsMargins(pad, pad, pad, pad)

    def _follow(self, row: Row) -> None:
        if row.aim is not None:
            self.aimed.emit(row.aim)

    def _connect(self) -> None:
        self.cards["fill"].clicked.connect(lambda: self.stepped.emit("fill"))
        self.cards["money"].clicked.connect(lambda: self.aimed.emit(Aim("grid")))
        self.cards["rate"].clicked.connect(lambda: self.aimed.emit(Aim("figures")))
        self.cards["check"].clicked.connect(lambda: self.stepped.emit("check"))
        for name, step in self.steps.items():
            step.clicked.connect(partial(self.stepped.emit, name))
        self.new.clicked.connect(lambda: self.stepped.emit("new"))
        self.give.clicked.connect(lambda: self.stepped.emit("give"))
        for rows in (self.look, self.asked):
            rows.chosen.connect(self._follow)
