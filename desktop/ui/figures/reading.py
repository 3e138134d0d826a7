"""The figures of a week as they stand in the papers: groups of projects, or one group's projects.

One reading gives all that the page shows besides the trend: lines with their indicators, lights and
ranks, and what they make together. Rates and lights come from the ledger's own indicators.
"""

from __future__ import annotations

from datetime import date

import msgspec

from desktop.ledger.definitions import Field, Scheme
from desktop.ledger.dispatch import consolidates, week_of
from desktop.ledger.indicator_definitions import ALL, PROJECT, definitions, require
from desktop.ledger.indicators import Row, indicators_of
from desktop.ledger.periods import week_range
from desktop.ledger.presets import presets
from desktop.ledger.standing import Light, Reason, Standing, ranking, standing_of
from desktop.ledger.store import Store

#: The indicators that the page shows.
INDICATORS = (
    "projects", "annual_plan", "completed_week", "completed_year", "completion_rate",
    "schedule_progress", "gap", "unreported",
)  # fmt: skip
#: The dimension of units: of no use in the book of a single one.
UNIT = "unit"


class Dimension(msgspec.Struct, frozen=True):
    """By what one may look at the figures: 单位, 类别 … 项目."""

    name: str
    title: str


class Scope(msgspec.Struct, frozen=True):
    """What is looked at: the groups of ``by``, or, where ``within`` names a dimension, the projects
    of its group ``key`` (None: those whose field is empty)."""

    by: str
    within: str = ""
    key: str | None = None


class Line(msgspec.Struct, frozen=True):
    """One line: a group or a project. ``light`` None and ``rank`` None stand for none.

    ``red`` and ``yellow`` count a group's projects with such a light; ``unit``, ``level``,
    ``state``, ``reasons`` are a project's.
    """

    row: Row
    light: Light | None
    rank: int | None = None
    red: int = 0
    yellow: int = 0
    unit: str = ""
    level: str = ""
    state: str = ""
    reasons: tuple[Reason, ...] = ()

    @property
    def key(self) -> str | None:
        """The group's key or the project's record."""
        return self.row.key

    @property
    def name(self) -> str:
        """What the line is called."""
        return self.row.title


class Sheet(msgspec.Struct, frozen=True):
    """Lines and their total for a week.

    ``group`` names the group within which one is, "" for the whole book; ``total`` and ``light``
    are those of all lines together; ``apart``: no project is counted in two lines; ``projects`` are
    the records counted.
    """

    period: str
    scope: Scope
    title: str
    group: str
    lines: tuple[Line, ...]
    total: Line
    apart: bool
    many_units: bool
    projects: tuple[str, ...]


def dimensions_of(store: Store) -> tuple[Dimension, ...]:
    """What the figures can be looked at by: those of the scheme, and the projects themselves."""
    scheme = store.scheme
    found = [
        Dimension(one.name, one.title)
        for one in definitions(scheme).dimensions.values()
        if one.name != UNIT or consolidates(store)
    ]
    return (*found, Dimension(PROJECT, "项目"))


def sheet_of(store: Store, period: str, scope: Scope) -> Sheet:
    """The figures of the week ``period`` for ``scope``.

    A dimension or a group that is no more shows the first dimension, or no lines. Raises what the
    indicators raise (:class:`~desktop.ledger.definitions.MalformedScheme`).
    """
    require(store.scheme, INDICATORS, "指标与图")
    known = {one.name: one.title for one in dimensions_of(store)}
    by = scope.by if scope.by in known else next(iter(known))
    within = scope.within if scope.within in known and scope.within != PROJECT else ""
    standings = standing_of(store, period)
    if within:
        keys = _keys(store, _field(store.scheme, within))
        inside = [one for one in standings if scope.key in keys.get(one.project, ())]
        row = next(
            (one for one in indicators_of(store, period, within) if one.key == scope.key), None
        )
        scope = Scope(PROJECT, within, scope.key)
        group = row.title if row else ""
        total = row or msgspec.structs.replace(_nothing(store, period), title=group)
        lines = _projects(store, inside)
    else:
        scope, group, inside = Scope(by), "", standings
        total = indicators_of(store, period, ALL)[0]
        lines = _projects(store, inside) if by == PROJECT else _groups(store, period, by, standings)
    counted = sum(line.row.amount("projects") for line in lines)
    return Sheet(
        period=period,
        scope=scope,
        title=known[within or by],
        group=group,
        lines=lines,
        total=_total(store, period, total, inside),
        apart=counted == total.amount("projects"),
        many_units=consolidates(store),
        projects=tuple(one.project for one in inside),
    )


def _nothing(store: Store, period: str) -> Row:
    """The figures of no project at all."""
    row = indicators_of(store, period, ALL)[0]
    kept = {"projects": 0, "schedule_progress": row.values["schedule_progress"]}
    return msgspec.structs.replace(row, values={name: kept.get(name) for name in row.values})


def _total(store: Store, period: str, row: Row, inside: list[Standing]) -> Line:
    """What all lines make together, with the light that a unit of these figures would have."""
    (ranked,) = ranking([row], presets(store.scheme), _last_day(store, period))
    return Line(row, ranked.light, None, *_lit(inside))


def _groups(store: Store, period: str, by: str, standings: list[Standing]) -> tuple[Line, ...]:
    """The groups of a dimension from the first rank to the last, those without a rank last."""
    keys = _keys(store, _field(store.scheme, by))
    members: dict[str | None, list[Standing]] = {}
    for one in standings:
        for key in keys.get(one.project, ()):
            members.setdefault(key, []).append(one)
    rows = indicators_of(store, period, by)
    ranked = ranking(rows, presets(store.scheme), _last_day(store, period))
    return tuple(
        Line(one.row, one.light, one.rank, *_lit(members.get(one.row.key, []))) for one in ranked
    )


def _projects(store: Store, standings: list[Standing]) -> tuple[Line, ...]:
    """Projects, those furthest ahead first, ranked as groups are."""
    subject = store.scheme.registers[store.scheme.head.subject]
    names = [name for name in ("level", "state") if name in subject.by_name]
    columns = ", ".join(f'"{name}"' for name in names)
    words = {
        record: dict(zip(names, values, strict=True))
        for record, *values in store.connection.execute(
            f'SELECT record{", " + columns if columns else ""} FROM "{subject.name}"'
        )
    }
    units = dict(
        store.connection.execute("SELECT record, coalesce(short, name) FROM unit").fetchall()
    )
    lines = []
    for one in sorted(standings, key=_standing_order):
        said = words[one.project]
        lines.append(
            Line(
                one.row,
                one.light,
                unit=units.get(one.unit or "", ""),
                level=said.get("level") or "",
                state=said.get("state") or "",
                reasons=one.reasons,
            )
        )
    return tuple(lines)


def _standing_order(one: Standing) -> tuple[bool, float, str]:
    gap = one.row.share("gap")
    return gap is None, -float(gap or 0), one.name


def _lit(standings: list[Standing]) -> tuple[int, int]:
    """How many projects have a red, how many a yellow light."""
    lights = [one.light for one in standings]
    return lights.count("red"), lights.count("yellow")


def _field(scheme: Scheme, dimension: str) -> Field:
    """The project's field by which a dimension groups."""
    subject = scheme.registers[scheme.head.subject]
    return subject.by_name[definitions(scheme).dimensions[dimension].by]


def _keys(store: Store, field: Field) -> dict[str, tuple[str | None, ...]]:
    """The groups in which each project counts; those of a field of several choices are several."""
    subject = store.scheme.head.subject
    found: dict[str, tuple[str | None, ...]] = {}
    for record, value in store.connection.execute(
        f'SELECT record, "{field.name}" FROM "{subject}" WHERE removed = 0'
    ):
        if field.type == "choices" and value is not None:
            found[record] = tuple(msgspec.json.decode(value, type=list[str]))
        else:
            found[record] = (value,)
    return found


def _last_day(store: Store, period: str) -> date:
    return week_range(week_of(period), store.scheme.week_last_day)[1]
