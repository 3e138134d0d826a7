"""The restless clerk: one book on disk, anything in any order, against a plain model.

Whatever he does, the book reads like the model and verification finds nothing.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from desktop.ledger import backups, lock, records, undo, workspace
from desktop.ledger.entry import ledger_identity
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.values import WrongValue
from desktop.ledger.workspace import Book
from tests.ledger import books

Rows = dict[str, dict[str, dict[str, Any]]]
REGISTERS = ("project", "weekly", "problem")
PERIODS = ("2023-W08", "2023-W09", "2023-W10")
words = st.sampled_from(["征迁", "资金", "用地", "", None])
sums = st.none() | st.integers(0, 3)
project_fields = st.fixed_dictionaries({}, optional={"remark": words, "annual_plan": sums})
week_fields = st.fixed_dictionaries({}, optional={"problems": words, "completed_week": sums})
periods = st.sampled_from(PERIODS)
places = st.integers(0, 9)


class Gone(Exception):
    """What the clerk trips over in the middle of an act."""


class RestlessClerk(RuleBasedStateMachine):
    """The book and, beside it, what a plain dictionary says of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="clerk"))
        self.profile = self.folder / "profile"
        self.book: Book
        self.rows: Rows = {name: {} for name in REGISTERS}
        self.locked: set[str] = set()
        self.done: list[Rows] = []
        self.undone: list[Rows] = []
        self.saved: list[tuple[Path, Rows, set[str]]] = []
        self.made = self.sent = 0

    @initialize()
    def founds_a_book(self) -> None:
        self.book = books.found(self.folder / "账本.yzb", profile=self.profile)

    def teardown(self) -> None:
        if hasattr(self, "book"):
            self.book.close()
        shutil.rmtree(self.folder)

    # What the model knows ----------------------------------------------------------------------

    def one(self, register: str, place: int) -> str | None:
        """One of the present records, by any number."""
        records_ = sorted(self.rows[register])
        return records_[place % len(records_)] if records_ else None

    def hangs(self, subject: str) -> bool:
        return any(
            row["project"] == subject
            for name in ("weekly", "problem")
            for row in self.rows[name].values()
        )

    @contextmanager
    def act(self, *refusals: type[Exception]) -> Iterator[None]:
        """One act: the model's rows go along, or nothing changes if it is refused."""
        before, number = deepcopy(self.rows), self.book.number
        whole = books.everything(self.book)
        try:
            yield
        except refusals:
            self.rows = before
            assert books.everything(self.book) == whole
        else:
            assert not refusals
            if self.book.number > number:
                self.done.append(before)
                self.undone.clear()

    def fill(self, register: str, record: str, fields: dict[str, Any]) -> None:
        row = self.rows[register].setdefault(record, {})
        row.update(
            {name: value or None if value == "" else value for name, value in fields.items()}
        )

    # What the clerk does -----------------------------------------------------------------------

    @rule(fields=project_fields)
    def creates_a_project(self, fields: dict[str, Any]) -> None:
        self.made += 1
        values = {"name": f"项目{self.made}", "unit": self.book.unit, **fields}
        with self.act(), self.book.batch("create") as batch:
            self.fill("project", batch.create("project", values), values)

    @rule(place=places, fields=project_fields)
    def changes_a_project(self, place: int, fields: dict[str, Any]) -> None:
        record = self.one("project", place)
        if record:
            with self.act(), self.book.batch("change") as batch:
                batch.change("project", record, fields)
                self.fill("project", record, fields)

    @rule(place=places, period=periods, fields=week_fields)
    def fills_a_week(self, place: int, period: str, fields: dict[str, Any]) -> None:
        subject = self.one("project", place)
        if not subject:
            return
        record = ledger_identity("weekly", subject, period)
        values = {"project": subject, "period": period, **fields}
        old = self.rows["weekly"].get(record)
        new = {
            **(old or {}),
            **{name: value or None if value == "" else value for name, value in values.items()},
        }
        closed = (lock.WeekSubmitted,) if period in self.locked and old != stripped(new) else ()
        with self.act(*closed), self.book.batch("change") as batch:
            assert batch.create("weekly", values) == record
            self.fill("weekly", record, values)

    @rule(place=places)
    def notes_a_problem(self, place: int) -> None:
        subject = self.one("project", place)
        if subject:
            values = {"project": subject, "problem": f"问题{place}"}
            with self.act(), self.book.batch("create") as batch:
                self.fill("problem", batch.create("problem", values), values)

    @rule(register=st.sampled_from(REGISTERS), place=places)
    def removes_a_record(self, register: str, place: int) -> None:
        record = self.one(register, place)
        if not record:
            return
        refusals: tuple[type[Exception], ...] = ()
        if register == "project" and self.hangs(record):
            refusals = (records.InUse,)
        if register == "weekly" and self.rows[register][record]["period"] in self.locked:
            refusals = (lock.WeekSubmitted,)
        with self.act(*refusals), self.book.batch("remove") as batch:
            batch.remove(register, record)
            del self.rows[register][record]

    @rule(count=st.integers(1, 4), period=periods, trips=st.sampled_from([None, "value", "power"]))
    def reads_a_workbook(self, count: int, period: str, trips: str | None) -> None:
        backups.before(self.book, "import")
        refusals: tuple[type[Exception], ...] = ()
        if period in self.locked:
            refusals = (lock.WeekSubmitted,)
        elif trips:
            refusals = (WrongValue,) if trips == "value" else (Gone,)
        with self.act(*refusals), self.book.batch("import", "台账.xlsx") as batch:
            for at in range(count):
                self.made += 1
                values = {"name": f"项目{self.made}", "unit": self.book.unit, "remark": "读入"}
                origin = {"name": f"台账!B{at}"}
                subject = batch.create("project", values, origin=origin)
                self.fill("project", subject, values)
                week = {"project": subject, "period": period, "completed_week": at}
                self.fill("weekly", batch.create("weekly", week), week)
                batch.change("project", subject, {"remark": None})
                self.fill("project", subject, {"remark": None})
            if trips == "value":
                batch.create("project", {"name": "错", "unit": self.book.unit, "state": "烂尾"})
            if trips == "power":
                raise Gone

    @rule(place=places)
    def writes_on_a_record_that_is_gone(self, place: int) -> None:
        with self.act(NoSuchRecord), self.book.batch("change") as batch:
            batch.change("project", f"{place}" * 32, {"remark": "无此项目"})

    def steps_back_or_forth(
        self, step: Callable[[Book], undo.Undone], stack: list[Rows], other: list[Rows]
    ) -> None:
        whole = books.everything(self.book)
        if not stack:
            with pytest.raises(undo.NothingToUndo):
                step(self.book)
            return
        then = stack[-1]
        if any(
            then["weekly"].get(record) != self.rows["weekly"].get(record)
            and (then["weekly"].get(record) or self.rows["weekly"][record])["period"] in self.locked
            for record in then["weekly"].keys() | self.rows["weekly"].keys()
        ):
            with pytest.raises(lock.WeekSubmitted):
                step(self.book)
            assert books.everything(self.book) == whole
            return
        assert step(self.book).kept == ()
        stack.pop()
        other.append(self.rows)
        self.rows = deepcopy(then)

    @rule()
    def undoes(self) -> None:
        self.steps_back_or_forth(undo.undo, self.done, self.undone)

    @rule()
    def does_again(self) -> None:
        self.steps_back_or_forth(undo.redo, self.undone, self.done)

    @rule(period=periods)
    def submits_a_week(self, period: str) -> None:
        self.sent += 1  # What is submitted differs each time, be it in the day alone.
        values = {"unit": self.book.unit, "period": period, "projects": self.sent}
        with self.book.batch("submit") as batch:
            batch.create("submission", values)
        self.locked.add(period)

    @precondition(lambda self: self.locked)
    @rule(place=places, accepted=st.booleans())
    def gets_an_answer(self, place: int, accepted: bool) -> None:
        period = sorted(self.locked)[place % len(self.locked)]
        sent = self.book.present(
            "submission", ledger_identity("submission", self.book.unit, period)
        )
        assert sent is not None
        state = lock.ACCEPTED if accepted else lock.RETURNED
        with self.book.batch("accept" if accepted else "return") as batch:
            values = {"unit": self.book.unit, "period": period, "submission": " ".join(sent.heads)}
            batch.create("reception", {**values, "state": state})
        if not accepted:
            self.locked.discard(period)

    @rule()
    def goes_home_and_comes_back(self) -> None:
        replica = self.book.replica
        self.book = books.reopened(self.book)
        assert self.book.replica == replica

    @rule()
    def makes_a_backup(self) -> None:
        target = self.folder / f"备份{len(self.saved)}-{self.book.journal.position}.yzb"
        if not target.exists():
            backups.backup(self.book, target)
            self.saved.append((target, deepcopy(self.rows), set(self.locked)))

    @precondition(lambda self: self.saved)
    @rule(place=places)
    def restores_a_backup(self, place: int) -> None:
        source, rows, locked = self.saved[place % len(self.saved)]
        path, replica = self.book.path, self.book.replica
        self.book.close()
        path.unlink()
        backups.restore(source, path, profile=self.profile)
        self.book = workspace.open_book(path, profile=self.profile, clock=books.noon)
        assert self.book.replica != replica
        assert self.book.number == 0
        self.rows, self.locked = deepcopy(rows), set(locked)
        self.done, self.undone = [], []

    # What must hold all the time ---------------------------------------------------------------

    @invariant()
    def the_book_reads_like_the_model(self) -> None:
        for name in REGISTERS:
            formulas = {
                field.name for field in self.book.scheme.register(name).field if field.formula
            }
            found = {
                row.pop("record"): {
                    field: value
                    for field, value in row.items()
                    if value is not None and field not in {"heads", "conflicts", *formulas}
                }
                for row in self.book.rows(name)
            }
            assert found == {record: stripped(row) for record, row in self.rows[name].items()}

    @invariant()
    def verification_finds_nothing(self) -> None:
        assert books.clean(self.book)

    @invariant()
    def the_steps_are_counted(self) -> None:
        assert undo.waiting(self.book) == (len(self.done), len(self.undone))

    @invariant()
    def locks_are_as_told(self) -> None:
        assert {
            period for period in PERIODS if self.book.locked(self.book.unit, period)
        } == self.locked


def stripped(row: dict[str, Any]) -> dict[str, Any]:
    """A row without what is empty."""
    return {name: value for name, value in row.items() if value not in (None, "")}


TestRestlessClerk = RestlessClerk.TestCase
TestRestlessClerk.settings = settings(
    max_examples=20,
    stateful_step_count=40,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
