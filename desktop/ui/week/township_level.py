"""What happens on 本周工作 of a township: fill, check, print, submit."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from desktop.ledger import cycle
from desktop.ledger.workspace import Book
from desktop.ui.fill_ins.giving import Giving
from desktop.ui.messages import Remedy
from desktop.ui.page import Landing
from desktop.ui.week import printed
from desktop.ui.week.curve import Point, curve_of
from desktop.ui.week.level import Level, Watching
from desktop.ui.week.look import Aim, aim_of
from desktop.ui.week.post import EXCHANGE, Post, packed, post_of, rows_of
from desktop.ui.week.reading import Week, week_of
from desktop.ui.week.steps import next_in_words, steps_of, submitted_in_words
from desktop.ui.week.township import TownshipView


class TownshipLevel(Level):
    """The page of a unit that reports."""

    view: TownshipView

    def __init__(self, page: Watching) -> None:
        super().__init__(page)
        self.view = TownshipView()
        self.week: Week | None = None
        self.post = Post()
        self.packed = False
        self.giving = Giving(self.desk, page)
        self.view.aimed.connect(self.go)
        self.view.stepped.connect(self.step)

    def refresh(self) -> None:
        """Read the week, then the year so far."""
        period = self.desk.period

        def read(book: Book) -> tuple[Week, Post, bool]:
            return week_of(book, period), post_of(book), packed(book, period)

        self.desk.read(self.page, read, self._show, key="week")

    def first(self) -> QWidget:
        """The button of the step that is due."""
        return self.view.next_button()

    def land(self, landing: Landing) -> None:
        """``check`` leads to the list of findings."""
        if landing.text == "check":
            self.view.look.setFocus()

    def shown(self) -> None:
        """The report may have been printed meanwhile."""
        if self.week is not None:
            self._show_steps(self.week)

    def _show(self, found: tuple[Week, Post, bool]) -> None:
        week, self.post, self.packed = found
        fresh, self.week = self.week is None, week
        self._show_steps(week)
        if fresh:
            self.begin()
        self.desk.read(self.page, partial(_curve, week=week), self.view.show_curve, key="curve")

    def _show_steps(self, week: Week) -> None:
        steps = steps_of(week, printed.is_printed(self.desk.memory, week))
        sentence = next_in_words(week, steps, self._above())
        post = [*self.sticks(), *rows_of(self.post, self._above(), week.period)]
        self.view.show_week(week, steps, sentence, self.unit, post)

    # Steps -----------------------------------------------------------------------------------

    def step(self, name: str) -> None:
        """Take a step of the week: ``fill``, ``check``, ``print``, ``submit``, ``new``."""
        week = self.week
        if week is None:
            return
        match name:
            case "fill":
                first = week.unfilled[0] if week.unfilled else None
                self.go(aim_of(first, week.weekly) if first else Aim("grid", week.weekly))
            case "check":
                self._check(week)
            case "print":
                self.go(Aim("papers", week.weekly, text="print"))
            case "submit":
                self._submit(week)
            case "new":
                self.go(Aim("project", text="new"))
            case "give":
                self.giving.begin(week.weekly)

    def _check(self, week: Week) -> None:
        """The checks have run on what is shown: say what came of it and lead to the list."""
        self.refresh()
        if week.errors or week.open:
            self.desk.say(f"审核：错误 {len(week.errors)} 处，待说明 {len(week.open)} 处")
        elif week.unfilled:
            self.desk.say(f"审核：还有 {len(week.unfilled)} 个项目没有填完")
        else:
            self.desk.say("审核通过：没有错误，疑点都已说明")
        if not week.passed:
            self.view.look.setFocus()

    def _submit(self, week: Week) -> None:
        """The page 收发 submits and writes the package; what blocks is said with the way there."""
        if week.sent.locked and not week.sent.changed:
            self.desk.say(submitted_in_words(week.sent, week.period))
            # A week on paper has no package: the card 上报 says where it stands.
            self.go(Aim(EXCHANGE, tab="sent") if self.packed else Aim(EXCHANGE, text="submit"))
        elif not week.expected:
            self.desk.say("本周没有要上报的项目")
        elif not week.passed:
            self._say_blocked(week)
        else:
            self.go(Aim(EXCHANGE, text="submit"))

    def _say_blocked(self, week: Week) -> None:
        must = {(one.record, one.cell) for one in (*week.errors, *week.unfilled)}
        first = next(iter((*week.errors, *week.unfilled, *week.open)))
        there = Remedy("到第一处", lambda: self.go(aim_of(first, week.weekly)))
        self.desk.warn(cycle.Blocked(len(must), len(week.open)), there)

    def _above(self) -> str:
        facts = self.desk.facts
        own = next((unit for unit in facts.units if unit.record == facts.unit), None)
        return facts.unit_named(own.above) if own is not None and own.above else ""


def _curve(book: Book, week: Week) -> list[Point]:
    return curve_of(book, week.period, week.figures)
