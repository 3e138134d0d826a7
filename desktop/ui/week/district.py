"""A district's week: who has sent what in the last weeks, how the units' projects stand.

The matrix of units and weeks is what :func:`desktop.ledger.cycle.submission` says of each of its
cells, read with a statement per register instead of several per cell.
"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import msgspec

from desktop.ledger import cycle, lock, periods
from desktop.ledger.indicators import indicators_of
from desktop.ledger.lock import RECEPTION, RETURNED, SUBMISSION
from desktop.ledger.presets import presets
from desktop.ledger.standing import Light, ranking, standing_of
from desktop.ledger.store import Store
from desktop.ui.week import due
from desktop.ui.week.due import Due
from desktop.ui.week.figures import Figures, figures_of

#: How many weeks the matrix goes back.
WEEKS = 10
#: What a cell says; the last is a week sent, or even accepted, whose records changed afterwards.
State: TypeAlias = Literal["未上报", "已上报", "已接收", "已退回", "上报后改动"]


#: States of a week that is still expected.
OUT = ("未上报", "已退回")


class Cell(msgspec.Struct, frozen=True):
    """A unit's week. ``answered`` is the day on which it was accepted or returned."""

    unit: str
    period: str
    state: State = "未上报"
    on: str | None = None
    number: int = 0
    filler: str | None = None
    correction: str | None = None
    answered: str | None = None
    reason: str | None = None
    changed: int = 0


class Line(msgspec.Struct, frozen=True):
    """One unit: its projects and their lights (green, yellow, red), its rate of the year with the
    light for it, its cells in the order of the weeks."""

    unit: str
    name: str
    projects: int
    lights: tuple[int, int, int]
    rate: Fraction | None
    light: Light | None
    cells: tuple[Cell, ...]


class District(msgspec.Struct, frozen=True):
    """The week of a unit that looks after others. ``asked`` are decisions and supervised items."""

    period: str
    figures: Figures
    weeks: tuple[str, ...]
    lines: tuple[Line, ...]
    asked: tuple[Due, ...]

    @property
    def now(self) -> tuple[Cell, ...]:
        """The cells of the week that is shown."""
        return tuple(line.cells[-1] for line in self.lines)

    @property
    def late(self) -> tuple[Line, ...]:
        """The units whose week is not in: not sent, or returned and not sent again."""
        return tuple(line for line in self.lines if line.cells[-1].state in OUT)

    @property
    def waiting(self) -> tuple[Cell, ...]:
        """Weeks that have been sent and neither accepted nor returned, the oldest first."""
        cells = (cell for line in self.lines for cell in line.cells if cell.state == "已上报")
        return tuple(sorted(cells, key=lambda cell: cell.period))

    @property
    def lights(self) -> tuple[int, int, int]:
        """All lights: green, yellow, red."""
        green, yellow, red = (sum(line.lights[at] for line in self.lines) for at in range(3))
        return green, yellow, red


def district_of(store: Store, period: str) -> District:
    """The week ``period`` of all reporting units of the book."""
    weeks = weeks_shown(store, period)
    cells = cells_of(store, weeks)
    lights: Counter[tuple[str | None, Light]] = Counter(
        (one.unit, one.light) for one in standing_of(store, period)
    )
    today = due.last_day(store, period)
    ranks = ranking(indicators_of(store, period, "unit"), presets(store.scheme), today)
    groups = {rank.row.key: rank for rank in ranks}
    lines = []
    for unit, name in cycle.reporting_units(store):
        rank = groups.get(unit)
        lines.append(
            Line(
                unit,
                name,
                rank.row.amount("projects") if rank else 0,
                (lights[unit, "green"], lights[unit, "yellow"], lights[unit, "red"]),
                rank.row.share("completion_rate") if rank else None,
                rank.light if rank else None,
                tuple(cells[unit, week] for week in weeks),
            )
        )
    return District(
        period=period,
        figures=figures_of(store, period),
        weeks=weeks,
        lines=tuple(lines),
        asked=tuple(
            due.most_urgent_first([*due.supervised(store, period), *due.decisions(store, period)])
        ),
    )


def weeks_shown(store: Store, period: str) -> tuple[str, ...]:
    """Up to ten weeks that end with ``period``, none before the first that was begun."""
    week = periods.parse_period(period)
    (first,) = store.connection.execute(
        f'SELECT min(period) FROM "{store.scheme.head.weekly}" WHERE removed = 0'
    ).fetchone()
    weeks = [str(week)]
    while len(weeks) < WEEKS and first is not None and weeks[0] > first:
        week = week.previous()
        weeks.insert(0, str(week))
    return tuple(weeks)


def cells_of(store: Store, weeks: tuple[str, ...]) -> dict[tuple[str, str], Cell]:
    """The cell of every reporting unit in every one of ``weeks``, which are in order."""
    span = (weeks[0], weeks[-1])
    sent = {
        (row["unit"], row["period"]): row
        for row in store.select(
            f'SELECT * FROM "{SUBMISSION}" WHERE removed = 0 AND period BETWEEN ? AND ?', span
        )
    }
    answers = {
        (row["unit"], row["period"]): row
        for row in store.select(
            f'SELECT * FROM "{RECEPTION}" WHERE removed = 0 AND period BETWEEN ? AND ?', span
        )
        if _answers(store, row, sent.get((row["unit"], row["period"])))
    }
    present = _present(store, span) if sent else {}
    return {
        (unit, week): _cell(unit, week, sent.get((unit, week)), answers.get((unit, week)), present)
        for unit, _ in cycle.reporting_units(store)
        for week in weeks
    }


def _answers(store: Store, answer: dict[str, Any], sent: dict[str, Any] | None) -> bool:
    """Whether an answer is to the submission that stands, also one that a withdrawal left."""
    if sent is None or answer["submission"] == sent["heads"]:
        return sent is not None
    reception = store.present(RECEPTION, answer["record"])
    submission = store.present(SUBMISSION, sent["record"])
    return bool(reception and submission and lock.answers(store, reception, submission))


def _cell(
    unit: str,
    week: str,
    sent: dict[str, Any] | None,
    answer: dict[str, Any] | None,
    present: dict[tuple[str, str], dict[str, str]],
) -> Cell:
    if sent is None:
        return Cell(unit, week)
    state: State = "已上报"
    if answer is not None:
        state = "已退回" if answer["state"] == RETURNED else "已接收"
    changed = 0
    if state != RETURNED:
        then = msgspec.json.decode(sent["contents"] or "{}", type=dict[str, str])
        now = present.get((unit, week), {})
        changed = sum(heads != then.get(record) for record, heads in now.items())
    return Cell(
        unit,
        week,
        "上报后改动" if changed else state,
        on=sent["submitted_on"],
        number=sent["number"] or 1,
        filler=sent["filler"],
        correction=sent["correction"],
        answered=answer["received_on"] if answer else None,
        reason=answer["reason"] if answer else None,
        changed=changed,
    )


def _present(store: Store, span: tuple[str, str]) -> dict[tuple[str, str], dict[str, str]]:
    """The heads of every record that a submission covers, by unit and week."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for register in store.scheme.registers.values():
        if not register.submitted or register.of is None:
            continue
        above = store.scheme.registers[register.of]
        owner = f's."{above.owner}"' if above.owner else "s.record"
        for unit, week, record, heads in store.connection.execute(
            f'SELECT {owner}, r.period, r.record, r.heads FROM "{register.name}" AS r'
            f' JOIN "{above.name}" AS s ON s.record = r."{register.of}"'
            " WHERE r.period BETWEEN ? AND ? AND r.removed = 0",
            span,
        ):
            found.setdefault((unit, week), {})[record] = heads
    return found
