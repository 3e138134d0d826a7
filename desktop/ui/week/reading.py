"""A township's week: what is to be filled, what the checks say, what is due, where it stands.

Read once for the page; frozen, made for showing, no Qt.
"""

from __future__ import annotations

import msgspec

from desktop.ledger import checks, cycle
from desktop.ledger.checks import Finding
from desktop.ledger.conditions import MISSING
from desktop.ledger.entry import json_text, ledger_identity
from desktop.ledger.lock import SUBMISSION
from desktop.ledger.store import Store
from desktop.ui.week import due
from desktop.ui.week.due import Due
from desktop.ui.week.figures import Figures, figures_of


class Sent(msgspec.Struct, frozen=True):
    """Where the unit stands with the week, and who signed what it sent.

    ``changed``: how many records differ from what was submitted (上报后改动). ``open_again``: what
    was submitted never left and may be taken back here.
    """

    state: cycle.State
    on: str | None = None
    number: int = 0
    filler: str | None = None
    reviewer: str | None = None
    correction: str | None = None
    reason: str | None = None
    changed: int = 0
    open_again: bool = False

    @property
    def locked(self) -> bool:
        """Whether nothing can be written in the week."""
        return self.state in ("已上报", "已接收")


class Week(msgspec.Struct, frozen=True):
    """The week of a unit that reports; ``weekly`` is the register of its ledger.

    Of the unit's ``projects``, ``expected`` report in it; ``unfilled`` are the findings that name,
    one for each project, its first required cell that is empty. ``findings`` are all but those of
    a missing row, errors first, explained ones last.
    ``reached`` is the journal's position at which what a submission covers last changed.
    """

    period: str
    weekly: str
    figures: Figures
    projects: int
    expected: int
    unfilled: tuple[Finding, ...]
    findings: tuple[Finding, ...]
    sent: Sent
    milestones: tuple[Due, ...]
    problems: tuple[Due, ...]
    asked: tuple[Due, ...]
    reached: int

    @property
    def filled(self) -> int:
        """How many projects have all their required cells."""
        return self.expected - len(self.unfilled)

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Must be corrected; a project without a row is not counted here but as unfilled."""
        return tuple(one for one in self.findings if one.level == "must")

    @property
    def open(self) -> tuple[Finding, ...]:
        """Ask for a written explanation that is not there or counts no more."""
        return tuple(checks.unexplained(self.findings))

    @property
    def explained(self) -> tuple[Finding, ...]:
        """Have their explanation, which goes up and is printed with the report."""
        return tuple(one for one in self.findings if one.explained)

    @property
    def passed(self) -> bool:
        """Whether nothing blocks the submission."""
        return not (self.unfilled or self.errors or self.open)


def week_of(store: Store, period: str) -> Week:
    """The week ``period`` of the book's own unit."""
    found = checks.check_period(store, period, store.unit)
    weekly = store.scheme.head.weekly
    unfilled: dict[str, Finding] = {}
    for one in found:
        if one.check == MISSING or one.check.startswith(f"{weekly}."):
            unfilled.setdefault(one.subject, one)
    missing = {one.subject for one in unfilled.values() if one.check == MISSING}
    rest = [one for one in found if one.check != MISSING]
    projects, rows = _counted(store, period)
    return Week(
        period=period,
        weekly=weekly,
        figures=figures_of(store, period),
        projects=projects,
        expected=len(missing) + rows,
        unfilled=tuple(unfilled.values()),
        findings=tuple(sorted(rest, key=lambda one: (one.level != "must", one.explained))),
        sent=sent(store, period),
        milestones=tuple(due.milestones(store, period)),
        problems=tuple(due.problems(store, period)),
        asked=tuple(
            due.most_urgent_first(
                [
                    *due.supervised(store, period, store.unit),
                    *due.decisions(store, period, store.unit),
                ]
            )
        ),
        reached=_reached(store, period),
    )


def sent(store: Store, period: str) -> Sent:
    """Where the book's own unit stands with the week."""
    stands = cycle.submission(store, store.unit, period)
    present = store.present(SUBMISSION, ledger_identity(SUBMISSION, store.unit, period))
    if present is None or present.removed:
        return Sent(stands.state)
    values = present.values
    return Sent(
        stands.state,
        on=stands.submitted_on,
        number=values["number"] or 1,
        filler=values["filler"],
        reviewer=values["reviewer"],
        correction=values["correction"],
        reason=stands.reason,
        changed=len(stands.changed),
        open_again=cycle.may_withdraw(store, store.unit, period),
    )


def _reached(store: Store, period: str) -> int:
    """Where in the journal the newest entry stands that a submission of the week would cover."""
    heads = " ".join(cycle.contents(store, store.unit, period).values()).split()
    (position,) = store.connection.execute(
        "SELECT max(position) FROM journal WHERE entry IN (SELECT value FROM json_each(?))",
        (json_text(heads),),
    ).fetchone()
    return position or 0


def _counted(store: Store, period: str) -> tuple[int, int]:
    """How many projects the unit has, and how many of them have a row in the week."""
    subject = store.scheme.registers[store.scheme.head.subject]
    projects, rows = store.connection.execute(
        f'SELECT count(*), count(w.record) FROM "{subject.name}" AS p'
        f' LEFT JOIN "{store.scheme.head.weekly}" AS w ON w."{subject.name}" = p.record'
        " AND w.period = ? AND w.removed = 0"
        f' WHERE p.removed = 0 AND p."{subject.owner}" = ?',
        (period, store.unit),
    ).fetchone()
    return int(projects), int(rows)
