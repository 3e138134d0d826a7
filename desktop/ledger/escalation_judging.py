"""One unit, one rule, one month: whether the conditions hold, and the figures in words.

What the book holds is read once, and only when a rule asks for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.escalation_figures import (
    Month,
    Place,
    UnitMonth,
    growth_targets,
    judged_on,
    lit_projects,
    months_of,
    open_problems,
    ranked_units,
    reminders,
    streak,
)
from desktop.ledger.escalation_rules import By, Escalation, Rule, escalation
from desktop.ledger.money import MINUS
from desktop.ledger.periods import Period
from desktop.ledger.standing import Standing
from desktop.ledger.store import Store
from desktop.ledger.wording import day_in_words


class Judging:
    """A month of a book, by the rules of its scheme; ``names`` are the units that are judged."""

    def __init__(self, store: Store, month: Period) -> None:
        self.store, self.month = store, month
        self.rules: Escalation = escalation(store.scheme)
        self.names = ranked_units(store)
        self.months = months_of(store, self.rules.figures, self.names)
        self.first, self.last = periods.date_range(month, store.scheme.week_last_day)
        self.today = judged_on(store, month)

    @cached_property
    def targets(self) -> dict[str, Fraction]:
        return growth_targets(self.store, self.rules.figures, self.month)

    @cached_property
    def problems(self) -> dict[str, int]:
        return open_problems(self.store, self.today)

    @cached_property
    def letters(self) -> set[tuple[str, Period]]:
        return reminders(self.store)

    @cached_property
    def lights(self) -> tuple[date, list[Standing]]:
        return lit_projects(self.store, self.month)

    @cached_property
    def batches(self) -> dict[str, Sequence[str]]:
        subject = self.store.scheme.head.subject
        rows = self.store.select(f'SELECT record, batches FROM "v_{subject}"')
        return {
            row["record"]: msgspec.json.decode(row["batches"] or "[]", type=list[str])
            for row in rows
        }

    def judge(self, unit: str, rule: Rule) -> list[str] | None:
        """The figures that a rule found of a unit; None where a condition does not hold."""
        said: list[str] = []
        if rule.reminded is not None:
            run = streak(lambda at: self._reminded(unit, at), self.month)
            if len(run) < rule.reminded:
                return None
            said.append(self.rules.say("reminded", 各月=self._listed(run), 数=len(run)))
        for by in (rule.last, rule.first):
            if by is not None:
                found = self._placed(unit, rule, by)
                if found is None:
                    return None
                said += found
        if rule.short_of is not None:
            text = self._short(unit, rule)
            if text is None:
                return None
            said.append(text)
        if rule.problems is not None:
            many = self.problems.get(unit, 0)
            if many < rule.problems:
                return None
            said.append(self.rules.say("problems", 日期=self._day(self.today), 数=many))
        if rule.lit is not None:
            text = self._lit(unit, rule)
            if text is None:
                return None
            said.append(text)
        return said

    def remarks(self) -> tuple[str, ...]:
        """Why units have no place."""
        rules, here = self.rules, self.months.get(self.month)
        month = self.month.title
        if here is None:
            return tuple(text for text in (rules.say("no_month", 月份=month),) if text)
        found: list[str] = []
        for unit, name in self.names.items():
            one = here.units.get(unit)
            if one is None or one.completed is None:
                found.append(rules.say("no_completed", 单位=name, 月份=month))
                continue
            if one.growth is None:
                key = "no_last_year" if one.last_year is None else "zero_last_year"
                found.append(rules.say(key, 单位=name))
            if one.completion is None:
                found.append(rules.say("no_task", 单位=name))
        bys: tuple[By, By] = ("growth", "completion")
        for by in bys:
            shares = [one.share(by) for one in here.units.values()]
            many = sum(share is not None for share in shares)
            if many < rules.figures.least:
                called = rules.say(f"{by}_ranking")
                found.append(rules.say("too_few", 月份=month, 排名=called, 数=many))
        return tuple(text for text in found if text)

    # The conditions ------------------------------------------------------------------------

    def _placed(self, unit: str, rule: Rule, by: By) -> list[str] | None:
        """Last, or among the first, for so many months in a row."""

        def holds(at: Period) -> bool:
            place = self._place(at, unit, by)
            if place is None:
                return False
            if rule.last:
                return place.last
            return place.rank <= rule.places and not place.last and self._enough(at, unit, rule)

        run = streak(holds, self.month)
        if len(run) < rule.months:
            return None
        here = self.months[self.month]
        place = here.places[by][unit]
        called = self._called(place)
        one = here.units[unit]
        said = [
            self.rules.say(
                "growth",
                月份=_to_date(self.month),
                完成=_amount(one.completed),
                上年同期=_amount(one.last_year),
                增减=self._change(one.growth),
                数=place.of,
                名次=called,
            )
            if by == "growth"
            else self.rules.say(
                "completion",
                月份=_to_date(self.month),
                完成=_amount(one.completed),
                任务=_amount(one.task),
                完成率=money.format_rate(one.completion),
                数=place.of,
                名次=called,
            )
        ]
        if rule.months > 1:
            each = "、".join(
                f"{at.title if at.year != self.month.year else at.short}"
                f"{self._figure(self.months[at].units[unit], by)}"
                for at in run
            )
            key = "growth_run" if by == "growth" else "completion_run"
            named = self.rules.say("last") if rule.last else called
            said.append(self.rules.say(key, 数=len(run), 名次=named, 各月=each))
        return said

    def _enough(self, at: Period, unit: str, rule: Rule) -> bool:
        """Whether a unit among the first has grown at all, or keeps up with the schedule."""
        if rule.floor is None or rule.first is None:
            return True
        share = self.months[at].units[unit].share(rule.first)
        assert share is not None  # who has a place has a share
        if rule.first == "growth":
            return share * 100 > rule.floor
        return money.points(share, self._schedule(at)) >= rule.floor

    def _schedule(self, at: Period) -> Fraction:
        return periods.schedule_progress(at, self.store.scheme.week_last_day)

    def _short(self, unit: str, rule: Rule) -> str | None:
        """So many points below the target of growth, or below the schedule."""
        here = self.months.get(self.month)
        one = here.units.get(unit) if here else None
        if one is None:
            return None
        if rule.short_of == "growth":
            share, target = one.growth, self.targets.get(unit)
        else:
            share = one.completion
            target = self._schedule(self.month)
        if share is None or target is None or rule.points is None:
            return None
        short = money.points(target, share)
        if short < rule.points:
            return None
        gap = money.format_points(short, signed=False)
        if rule.short_of == "growth":
            return self.rules.say(
                "short_of_growth",
                月份=_to_date(self.month),
                增减=self._change(share),
                目标=self._change(target),
                差=gap,
            )
        return self.rules.say(
            "short_of_completion",
            月份=_to_date(self.month),
            完成=_amount(one.completed),
            任务=_amount(one.task),
            完成率=money.format_rate(share),
            差=gap,
        )

    def _reminded(self, unit: str, at: Period) -> bool:
        """A letter went out for the month; for the month judged, one is proposed as well."""
        if (unit, at) in self.letters:
            return True
        return at == self.month and any(
            rule.act == "reminder" and rule.reminded is None and self.judge(unit, rule) is not None
            for rule in self.rules.rules.values()
        )

    def _lit(self, unit: str, rule: Rule) -> str | None:
        """So many projects of the unit on which the rule of lights put its light."""
        day, standings = self.lights
        found: list[str] = []
        for one in standings:
            if one.unit != unit:
                continue
            if rule.batch is not None and rule.batch not in self.batches.get(one.project, ()):
                continue
            found += [
                self.rules.say("lit_project", 项目=one.name, 原因=reason.sentence.rstrip("。；"))
                for reason in one.reasons
                if reason.rule == rule.lit and reason.light in (rule.light, "red")
            ]
        if len(found) < rule.projects:
            return None
        light = self.rules.say(rule.light)
        named = "、".join(found)
        return self.rules.say("lit", 日期=self._day(day), 数=len(found), 灯=light, 项目=named)

    # How it is said ------------------------------------------------------------------------

    def _place(self, at: Period, unit: str, by: By) -> Place | None:
        month: Month | None = self.months.get(at)
        return month.places[by].get(unit) if month else None

    def _called(self, place: Place) -> str:
        if place.last:
            return self.rules.say("last_shared" if place.shared else "last")
        return self.rules.say("first_shared" if place.shared else "first", 名次=place.rank)

    def _figure(self, one: UnitMonth, by: By) -> str:
        return self._change(one.growth) if by == "growth" else money.format_rate(one.completion)

    def _change(self, share: Fraction | None) -> str:
        """增长5.0%, 下降3.2%, 持平; what rounds to nothing is level."""
        shown = money.format_rate(share)
        size = shown.removeprefix(MINUS)
        if not size.strip("0.%"):
            return self.rules.say("level")
        return self.rules.say("down" if shown.startswith(MINUS) else "up", 数=size)

    def _listed(self, run: Sequence[Period]) -> str:
        return "、".join(at.title if at.year != self.month.year else at.short for at in run)

    def _day(self, day: date) -> str:
        return day_in_words(day, 0)


def _to_date(month: Period) -> str:
    """2023年1—3月: the months whose sum the figures are."""
    return f"{month.year}年{'1月' if month.number == 1 else f'1—{month.number}月'}"


def _amount(yuan: int | None) -> str:
    return money.in_words(yuan).replace("-", MINUS) if yuan is not None else ""
