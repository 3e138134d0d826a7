"""Indicators 指标 of a week, by project, unit, category, level or all of a book.

Defined in the scheme's ``indicators.toml`` as SQL over field names: counts and sums in whole
numbers (yuan), from which rates and differences follow as exact fractions (STANDARDS, Indicators).
One statement, one pass over the projects. Year-to-date figures come from a project's latest weekly
row of the year up to the week, so a project that did not report keeps its place in the totals; the
week's own figure comes from the week's row alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import money, periods
from desktop.ledger.definitions import Field, MalformedScheme, Scheme
from desktop.ledger.dispatch import latest_rows, parameters, week_of, with_weeks
from desktop.ledger.expressions import BadExpression, guarded
from desktop.ledger.indicator_definitions import (
    ALL,
    FILE,
    PROJECT,
    Definitions,
    Indicator,
    definitions,
    kept,
    qualified,
)
from desktop.ledger.periods import Period
from desktop.ledger.store import Store, named

#: Whole numbers and sums in yuan are ``int``, rates and percentage points ``Fraction``; None where
#: there is nothing to count or no denominator (无计划).
Value: TypeAlias = int | Fraction | None
#: What the group of projects is called whose field is empty.
UNFILLED = "未填"


class NoSuchDimension(OneLedgerError):
    """A grouping that the scheme does not define."""

    def __init__(self, by: str, known: str) -> None:
        super().__init__(f"没有名为“{by}”的指标维度。", f"可用的维度：{known}。")


class Row(msgspec.Struct, frozen=True):
    """All indicators of one group: ``key`` is what the book stores (None: the field is empty)."""

    by: str
    key: str | None
    title: str
    values: Mapping[str, Value]

    def amount(self, name: str) -> int:
        """A count or a sum in yuan, 0 where nothing was reported."""
        value = self.values[name]
        return value if isinstance(value, int) else 0

    def share(self, name: str) -> Fraction | None:
        """A rate or a difference, unrounded."""
        value = self.values[name]
        return value if isinstance(value, Fraction) else None


class _Counting(msgspec.Struct, frozen=True):
    """The statement that gives (group, value of each of ``indicators`` …)."""

    indicators: tuple[Indicator, ...]
    statement: str


def indicators_of(store: Store, period: str | Period, by: str = "unit") -> list[Row]:
    """Every indicator of the week for each group of dispatched projects.

    ``by``: ``"project"``, ``"all"`` (always one row) or a dimension of the scheme (``"unit"``,
    ``"category"``, ``"level"``). Groups come in the book's order, those of projects whose field is
    empty last; a project counts in each of its categories. Raises
    :class:`~desktop.ledger.dispatch.NotAWeek`, :class:`NoSuchDimension`, :class:`MalformedScheme`.
    """
    week, scheme = week_of(period), store.scheme
    defined = definitions(scheme)
    field = _field(scheme, defined, by)
    counting = kept(scheme, f"{FILE}/{by}", lambda: _counting(scheme, _all(defined), field))
    names = [indicator.name for indicator in counting.indicators]
    groups = {
        key: dict(zip(names, values, strict=True))
        for key, *values in _counted(store, week, counting)
    }
    titles = _titles(store, field) if groups else {}
    order = [key for key in titles if key in groups]
    order += sorted(groups.keys() - titles.keys(), key=lambda key: (key is None, key or ""))
    progress = periods.schedule_progress(week, scheme.week_last_day)
    return [
        Row(by, key, titles.get(key, key or UNFILLED), _values(defined, groups[key], progress))
        for key in order
    ]


def _field(scheme: Scheme, defined: Definitions, by: str) -> Field | None:
    """The project's field by which ``by`` groups, None for all in one."""
    subject = scheme.registers[scheme.head.subject]
    if by == ALL:
        return None
    if by == PROJECT:
        return Field(name="record", title=subject.title, type="link", of=subject.name)
    if by not in defined.dimensions:
        known = "、".join(f"{one.name}（{one.title}）" for one in defined.dimensions.values())
        raise NoSuchDimension(by, f"{PROJECT}、{ALL}、{known}")
    return subject.by_name[defined.dimensions[by].by]


def _all(defined: Definitions) -> tuple[Indicator, ...]:
    return tuple(one for one in defined.indicators.values() if one.expression is not None)


def _counting(scheme: Scheme, indicators: tuple[Indicator, ...], field: Field | None) -> _Counting:
    """One pass over the dispatched projects; their lists are counted by project and joined."""
    subject = scheme.head.subject
    clause = with_weeks(scheme)
    column = "NULL" if field is None else f'this."{field.name}"'
    if field is not None and field.type == "choices":
        clause += f" JOIN json_each(coalesce({column}, '[null]')) AS part"
        column = "part.value"
    columns = [column]
    lists: dict[str, list[str]] = {}
    for indicator in indicators:
        over = scheme.registers[indicator.of or subject]
        key = f"indicator.{indicator.name}"
        sql = qualified(scheme, over, str(indicator.expression), FILE, key)
        counts = indicator.count is not None
        counted = f"count(CASE WHEN ({sql}) THEN 1 END)" if counts else f"sum({sql})"
        if over.name != subject:
            found = lists.setdefault(over.name, [])
            alias = f'of_{over.name}."{len(found)}"'
            found.append(f'{counted} AS "{len(found)}"')
            counted = f"coalesce(sum({alias}), 0)" if counts else f"sum({alias})"
        columns.append(counted)
    for name, figures in lists.items():
        clause += f" LEFT JOIN ({_by_project(scheme, name, figures)}) AS of_{name}"
        clause += f" ON of_{name}.project = this.record"
    statement = f"SELECT {', '.join(columns)} FROM {clause}"
    return _Counting(indicators, statement + (" GROUP BY 1" if field else ""))


def _by_project(scheme: Scheme, register: str, figures: list[str]) -> str:
    """A select of ``figures`` over a register's records (``this``) by project (``subject``)."""
    subject = scheme.head.subject
    return (
        f'SELECT this."{subject}" AS project, {", ".join(figures)} FROM "{register}" AS this'
        f' LEFT JOIN "{subject}" AS subject ON subject.record = this."{subject}"'
        " WHERE this.removed = 0 GROUP BY 1"
    )


def _counted(store: Store, week: Period, counting: _Counting) -> list[tuple[Any, ...]]:
    """The rows of a statement; :class:`MalformedScheme` names the indicator that is at fault."""
    values = parameters(store.scheme, week)
    try:
        with guarded(store.connection, FILE):
            cursor = store.connection.execute(counting.statement, values)
            if len(cursor.description) != 1 + len(counting.indicators):
                raise BadExpression(FILE, "写成了几个表达式")
            rows = cursor.fetchall()
    except BadExpression as error:
        latest_rows(store, week)  # the scope may be what is wrong
        if len(counting.indicators) == 1:
            key = f"indicator.{counting.indicators[0].name}"
            raise MalformedScheme(FILE, key, error.reason) from error
        for indicator in counting.indicators:
            _counted(store, week, _counting(store.scheme, (indicator,), None))
        raise
    except sqlite3.Error as error:
        raise named(error, store.name) from error
    for place, indicator in enumerate(counting.indicators, 1):
        if any(type(row[place]) not in (int, type(None)) for row in rows):
            key = f"indicator.{indicator.name}"
            raise MalformedScheme(FILE, key, "每一项都应是整数（金额以元为单位）")
    return rows


def _values(
    defined: Definitions, counted: Mapping[str, Any], progress: Fraction
) -> dict[str, Value]:
    """All values of a group in the order of the file; rates and differences are computed here."""
    values: dict[str, Any] = {}
    for name, indicator in defined.indicators.items():
        if indicator.expression is not None:
            values[name] = counted.get(name, 0 if indicator.count is not None else None)
        elif indicator.calendar is not None:
            values[name] = progress
        elif indicator.part is not None:
            values[name] = money.rate(values[indicator.part], values[str(indicator.whole)])
        else:
            rate, against = values[str(indicator.of_rate)], values[str(indicator.against)]
            both = rate is not None and against is not None
            values[name] = money.points(rate, against) if both else None
    return values


def _titles(store: Store, field: Field | None) -> dict[str | None, str]:
    """What the groups are called, in the book's order."""
    if field is None:
        return {None: "合计"}
    codes = store.scheme.code_list(field)
    if codes is not None:
        return {item.name: item.title or item.name for item in codes.items}
    if field.of is None:
        return {}
    linked = store.scheme.registers[field.of]
    label = f'"{linked.label or "record"}"'
    order = f'"order" IS NULL, "order", {label}' if "order" in linked.by_name else label
    title = f"coalesce(short, {label})" if "short" in linked.by_name else label
    return dict(
        store.connection.execute(f'SELECT record, {title} FROM "{linked.name}" ORDER BY {order}')
    )
