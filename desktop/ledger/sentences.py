"""Sentences with figures 带数的句子: Chinese text with placeholders that the book fills.

``本周完成 {completed_week}，应为 {last.completed_year + completed_week | money}``: a field, said as
its type is said, or an SQL expression with a format after ``|``. Money is in the scheme's unit and
names it; negative figures print a real minus sign; what is empty reads 未填.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ledger.expressions import ALIASES, BadExpression

EMPTY = "未填"
#: A text within a sentence is cut to so many signs.
LONGEST = 40

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_FORMATTED = re.compile(r"(.*[^|])\|\s*([A-Za-z]\w*)\s*", re.DOTALL)
_FIELD = re.compile(r"(?:([a-z]\w*)\.)?([a-z]\w*)")


class Figure(msgspec.Struct, frozen=True):
    """A placeholder: the SQL expression that gives the value, and how it is said."""

    expression: str
    form: str


class Sentence(msgspec.Struct, frozen=True):
    """``texts`` stand before, between and after the ``figures``: one more of them."""

    texts: tuple[str, ...]
    figures: tuple[Figure, ...] = ()

    def filled(self, values: Sequence[Any], unit: money.Unit) -> str:
        """The sentence with ``values``, one for each figure, money in ``unit``."""
        said = [self.texts[0]]
        for figure, value, text in zip(self.figures, values, self.texts[1:], strict=True):
            said += (say(value, figure.form, unit), text)
        return "".join(said)


def read(template: str, scheme: Scheme, register: Register, where: str) -> Sentence:
    """The sentence that ``template`` writes over the names of ``register``.

    The names within expressions are not judged here. Raises :class:`BadExpression` for braces that
    do not match, an unknown field or format, an expression without a format.
    """
    *parts, last = _PLACEHOLDER.split(template.strip())
    texts, inner = (*parts[::2], last), parts[1::2]
    if any("{" in text or "}" in text for text in texts):
        raise BadExpression(where, "花括号不成对")
    return Sentence(texts, tuple(_figure(text, scheme, register, where) for text in inner))


def _figure(inner: str, scheme: Scheme, register: Register, where: str) -> Figure:
    named = _FORMATTED.fullmatch(inner)
    expression, form = (named[1].strip(), named[2]) if named else (inner.strip(), "")
    if form and form not in FORMATS:
        raise BadExpression(where, f"没有格式“{form}”，可用的有：{'、'.join(FORMATS)}")
    if form:
        return Figure(expression, form)
    plain = _FIELD.fullmatch(expression)
    if plain is None or plain[1] not in (None, *ALIASES):
        raise BadExpression(where, f"“{{{inner}}}”要写明格式，如 {{{inner} | money}}")
    looked_in = register
    if plain[1] == "subject" and register.of is not None:
        looked_in = scheme.registers[register.of]
    field = looked_in.by_name.get(plain[2])
    if field is None:
        raise BadExpression(where, f"“{looked_in.title}”没有栏目“{plain[2]}”")
    return Figure(_labelled(expression, field, scheme), form_of(field))


def _labelled(expression: str, field: Field, scheme: Scheme) -> str:
    """For a link an expression that gives the name of the record it points to."""
    target = scheme.registers[field.of] if field.of else None
    if target is None or target.label is None:
        return expression
    return (
        f'(SELECT linked."{target.label}" FROM "{target.name}" AS linked'
        f" WHERE linked.record = {expression})"
    )


def form_of(field: Field) -> str:
    """The format in which a field's value is said."""
    if field.name == "period":
        return "period"
    return field.type if field.type in FORMATS else "text"


def say(value: Any, form: str, unit: money.Unit) -> str:
    """A stored value as a sentence says it; what does not fit its format is said as text."""
    if value is None:
        return EMPTY
    try:
        return FORMATS[form](value, unit)
    except (TypeError, ValueError, msgspec.DecodeError):
        return _text(value, unit)


def _amount(value: Any, unit: money.Unit) -> str:
    return money.format_money(_whole(value), unit).replace("-", money.MINUS)


def _money(value: Any, unit: money.Unit) -> str:
    return f"{_amount(value, unit)} {unit}"


def _signed(value: Any, unit: money.Unit) -> str:
    return _amount(value, unit) if _whole(value) < 0 else f"＋{_amount(value, unit)}"


def _percent(value: Any, _: money.Unit) -> str:
    return money.format_rate(Fraction(value))


def _integer(value: Any, _: money.Unit) -> str:
    return f"{_whole(value):,}".replace("-", money.MINUS)


def _number(value: Any, _: money.Unit) -> str:
    return f"{value:,.15g}".replace("-", money.MINUS)


def _date(value: Any, _: money.Unit) -> str:
    day = date.fromisoformat(value)
    return f"{day.year}年{day.month}月{day.day}日"


def _month(value: Any, _: money.Unit) -> str:
    first = date.fromisoformat(f"{value}-01")
    return f"{first.year}年{first.month}月"


def _period(value: Any, _: money.Unit) -> str:
    return periods.parse_period(value).short


def _flag(value: Any, _: money.Unit) -> str:
    return "是" if value else "否"


def _choices(value: Any, _: money.Unit) -> str:
    return "、".join(msgspec.json.decode(value, type=list[str]))


def _text(value: Any, _: money.Unit) -> str:
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST else f"{line[:LONGEST]}…"


def _whole(value: Any) -> int:
    """A figure of SQL as an integer; half away from zero."""
    return money.nearest(Fraction(value))


#: How a value can be said: ``amount`` is money without the unit's name, ``signed`` an amount with
#: its sign.
FORMATS: Mapping[str, Callable[[Any, money.Unit], str]] = {
    "money": _money,
    "amount": _amount,
    "signed": _signed,
    "percent": _percent,
    "integer": _integer,
    "number": _number,
    "date": _date,
    "month": _month,
    "period": _period,
    "flag": _flag,
    "choices": _choices,
    "text": _text,
}
