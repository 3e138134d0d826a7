"""What an indicator is 指标定义: ``indicators.toml`` of a scheme, read and examined once.

An indicator is a count or a sum over a register, a share of two of these, a difference of two
rates, or the calendar's own rate. A mistake is refused with file, key and reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Protocol, TypeVar

import msgspec

from desktop.ledger.definitions import NAME, MalformedScheme, Register, Scheme
from desktop.ledger.expressions import BadExpression, qualify
from desktop.ledger.scheme import convert

FILE = "indicators.toml"
#: Dimensions that every scheme has, beside those of the file.
PROJECT, ALL = "project", "all"
T = TypeVar("T")


class Indicator(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One indicator; ``of`` names the register that is counted, "" the projects themselves.

    Exactly one way is given: ``count`` (an SQL condition), ``sum`` (an SQL expression of whole
    numbers), ``part`` and ``whole``, ``of_rate`` and ``against`` (names of earlier indicators),
    ``calendar``.
    """

    name: str
    title: str
    of: str = ""
    count: str | None = None
    sum: str | None = None
    part: str | None = None
    whole: str | None = None
    of_rate: str | None = None
    against: str | None = None
    calendar: Literal["schedule_progress"] | None = None

    @property
    def expression(self) -> str | None:
        """The SQL of a count or sum."""
        return self.count if self.count is not None else self.sum

    @property
    def is_rate(self) -> bool:
        """Whether it is a share or the calendar's."""
        return self.part is not None or self.calendar is not None


class Dimension(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A grouping of projects by one of their fields."""

    name: str
    title: str
    by: str


class Scope(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``dispatched``: which projects count this year; ``cumulative``: the weekly field that a row
    must have filled to be a project's latest one."""

    dispatched: str
    cumulative: str


class Definitions(msgspec.Struct, frozen=True):
    """``indicators.toml`` of one scheme, examined."""

    scope: Scope
    dimensions: Mapping[str, Dimension]
    indicators: Mapping[str, Indicator]


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    scope: Scope
    dimension: list[dict[str, Any]] = []
    indicator: list[dict[str, Any]] = []


def definitions(scheme: Scheme) -> Definitions:
    """The scheme's indicators; raises :class:`MalformedScheme`."""
    return kept(scheme, FILE, lambda: _read(scheme))


def kept(scheme: Scheme, key: str, make: Callable[[], T]) -> T:
    """What ``make`` makes of a scheme, made once and kept beside it: a scheme never changes."""
    if key not in vars(scheme):
        vars(scheme)[key] = make()
    made: T = vars(scheme)[key]
    return made


def require(scheme: Scheme, names: Iterable[str], wanted_by: str) -> None:
    """Raise :class:`MalformedScheme` when an indicator that a paper or a rule uses is missing."""
    known = definitions(scheme).indicators
    for name in names:
        if name not in known:
            raise MalformedScheme(FILE, "indicator", f"没有{wanted_by}要用的指标“{name}”")


def known_parameters(scheme: Scheme) -> frozenset[str]:
    """The values that an expression may ask for; :mod:`desktop.ledger.dispatch` gives them."""
    fixed = ("period", "first_week", "first_day", "last_day", "year_start", "year_end")
    return frozenset((*fixed, *(f"closed_{name}" for name in scheme.codes)))


def qualified(scheme: Scheme, register: Register, expression: str, file: str, key: str) -> str:
    """``expression`` with plain names.

    Raises :class:`MalformedScheme` for a field or parameter that does not exist.
    """
    try:
        plain = qualify(expression, scheme, register, key)
    except BadExpression as error:
        raise MalformedScheme(file, key, error.reason) from None
    parameters = known_parameters(scheme)
    for name in sorted(plain.parameters - parameters):
        known = " ".join(f":{one}" for one in sorted(parameters))
        raise MalformedScheme(file, key, f"没有“:{name}”，可用的有 {known}")
    return plain


def each(file: str, key: str, tables: list[dict[str, Any]], kind: type[T]) -> list[T]:
    """An array of tables ``[[key]]``, every one a ``kind``; a mistake is told by a table's name."""
    read: list[T] = []
    for number, table in enumerate(tables, 1):
        try:
            read.append(convert(file, table, kind))
        except MalformedScheme as error:
            place = f"{key}.{table.get('name', number)}.{error.key}"
            raise MalformedScheme(file, place.rstrip("."), error.reason) from None
    return read


class _Named(Protocol):
    @property
    def name(self) -> str: ...


N = TypeVar("N", bound=_Named)


def by_name(file: str, key: str, tables: list[N]) -> dict[str, N]:
    """Tables by their names; raises :class:`MalformedScheme` for a name that comes twice."""
    named: dict[str, N] = {}
    for table in tables:
        if not NAME.fullmatch(table.name):
            reason = "名称应由小写字母、数字和下划线组成"
            raise MalformedScheme(file, f"{key}.{table.name}", reason)
        if table.name in named:
            raise MalformedScheme(file, f"{key}.{table.name}", "重名")
        named[table.name] = table
    return named


def _read(scheme: Scheme) -> Definitions:
    if FILE not in scheme.texts:
        raise MalformedScheme(FILE, "", "方案中没有这个文件")
    file = convert(FILE, scheme.toml(FILE), _File)
    defined = Definitions(
        file.scope,
        by_name(FILE, "dimension", each(FILE, "dimension", file.dimension, Dimension)),
        by_name(FILE, "indicator", each(FILE, "indicator", file.indicator, Indicator)),
    )
    subject = scheme.registers[scheme.head.subject]
    weekly = scheme.registers[scheme.head.weekly]
    if not _stored(weekly, defined.scope.cumulative):
        raise MalformedScheme(FILE, "scope.cumulative", f"“{weekly.title}”没有这个栏目")
    for dimension in defined.dimensions.values():
        key = f"dimension.{dimension.name}"
        if dimension.name in (PROJECT, ALL):
            raise MalformedScheme(FILE, key, "这个名称另有所用")
        if not _stored(subject, dimension.by):
            raise MalformedScheme(FILE, f"{key}.by", f"“{subject.title}”没有栏目“{dimension.by}”")
    earlier: dict[str, Indicator] = {}
    for indicator in defined.indicators.values():
        reason = _unsound(scheme, indicator, earlier)
        if reason:
            raise MalformedScheme(FILE, f"indicator.{indicator.name}", reason)
        earlier[indicator.name] = indicator
    return defined


def _stored(register: Register, name: str) -> bool:
    field = register.by_name.get(name)
    return field is not None and field.formula is None


def _unsound(scheme: Scheme, indicator: Indicator, earlier: Mapping[str, Indicator]) -> str:
    """What is wrong with an indicator, "" when it is sound."""
    ways = (
        (indicator.count,),
        (indicator.sum,),
        (indicator.part, indicator.whole),
        (indicator.of_rate, indicator.against),
        (indicator.calendar,),
    )
    given = [way for way in ways if any(part is not None for part in way)]
    if len(given) != 1 or None in given[0]:
        return "应写明且只写明一种算法：count、sum、part 和 whole、of_rate 和 against、calendar"
    if indicator.of and indicator.expression is None:
        return "of 只用于 count 和 sum"
    subject = scheme.head.subject
    register = scheme.registers.get(indicator.of or subject)
    if register is None or subject not in (register.name, register.of):
        return f"of 应是“{subject}”或它下面的册，不能是“{indicator.of}”"
    for name in (indicator.part, indicator.whole):
        if name is not None and (name not in earlier or earlier[name].expression is None):
            return f"前面没有名为“{name}”的 count 或 sum 指标"
    for name in (indicator.of_rate, indicator.against):
        if name is not None and (name not in earlier or not earlier[name].is_rate):
            return f"前面没有名为“{name}”的比率指标"
    return ""
