"""Which columns a sheet has: last week's beside this week's, the project's own, what is computed.

They follow from the scheme. A ledger of the weekly dispatch shows the project's name (frozen), its
plan, last week's cumulative figure and completion, then its own fields; a list or another ledger
shows whose it is, then its own fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Literal

import msgspec

from desktop.ledger.definitions import Field, Register, Scheme
from desktop.ui.grid.cells import Column

#: Whose field it is: the row's own, the period's before, the file's that the row hangs under, the
#: row's identity (whose and which period).
Part = Literal["own", "last", "subject", "identity"]
FIGURES = frozenset({"money", "number", "integer", "percent"})
#: What cannot be typed into a cell.
_NOT_TYPED = frozenset({"photo", "attachment"})
#: What a person may want to see beside the row or filter by, but not from the first.
_ASIDE = ("level", "categories", "state", "stage", "responsible_person", "phone")
_NARROWEST, _WIDEST_TEXT, _NAME = 56, 190, 180


class Placed(msgspec.Struct, frozen=True):
    """A column and where its value comes from.

    ``closed`` says why nobody types in it, "" where one does; ``summed`` whether 合计 adds it up;
    ``aside`` that it is hidden until somebody wants it.
    """

    column: Column
    part: Part
    field: Field
    closed: str = ""
    summed: bool = False
    aside: bool = False

    @property
    def name(self) -> str:
        """The column's name: the field's, led by ``subject.`` or ``last.``."""
        return self.column.name


def weekly_columns(
    scheme: Scheme, register: Register, level: str, *, many_units: bool
) -> tuple[Placed, ...]:
    """The columns of the ledger that is filled each week.

    ``level`` is the book's; ``many_units`` puts the unit first, for a book that looks after
    several.
    """
    subject = scheme.registers[str(register.of)]
    last = "上周" if "week" in register.period else "上期"
    this = "本周" if "week" in register.period else "本期"
    placed = [*_of_subject(scheme, subject, many_units=many_units)]
    placed += [
        _placed(scheme, field, "last", group=last, closed=f"{last}的数，这里只供对照。")
        for field in beside(register)
    ]
    for field in register.shown:
        group = this if field.type in FIGURES else field.group or ""
        placed.append(_own(scheme, register, field, level, group))
    return (*placed, *_aside(scheme, subject))


def record_columns(
    scheme: Scheme, register: Register, level: str, *, many_units: bool
) -> tuple[Placed, ...]:
    """The columns of a list, of a file or of a ledger that is not filled each week."""
    placed: list[Placed] = []
    subject = scheme.registers[register.of or register.name]
    if register.of is not None:
        placed += _of_subject(scheme, subject, many_units=many_units, plan=False)
    for field in register.identity:
        if field.name == "period":
            why = "是哪一期在新增时已定。"
            placed.append(_placed(scheme, field, "identity", closed=why))
    for field in register.shown:
        one = _own(scheme, register, field, level, field.group or "")
        if register.of is None and field.name == register.label:
            one = _frozen(one)
        placed.append(one)
    if register.of is None:
        placed.sort(key=lambda one: not one.column.frozen)
        return tuple(placed)
    return (*placed, *_aside(scheme, subject))


def beside(register: Register) -> tuple[Field, ...]:
    """The fields of the period before that stand beside: a cumulative figure and what adds to it.

    Those that an offer names: the cumulative figure that is offered first, then what it adds.
    """
    for field in register.shown:
        if field.offer is not None and f"last.{field.name}" in field.offer:
            words = re.findall(r"(?<![\w.])[a-z_][a-z0-9_]*(?!\s*\()", field.offer)
            added = [one for one in register.shown if one.name in words and one.type == field.type]
            return (field, *(one for one in added if one.name != field.name))
    return ()


def closed(scheme: Scheme, register: Register, field: Field, level: str) -> str:
    """Why a field of ``register`` is not typed in this book, as a sentence; "" where it is."""
    if field.formula is not None:
        return f"“{field.title}”由程序计算，不用填写。"
    if field.type in _NOT_TYPED:
        return f"“{field.title}”不在格中填写：把照片拖到这一行上，或在项目页添加。"
    levels = field.filled_by or register.filled_by
    if levels and level and level not in levels:
        titles = "、".join(one.title for one in scheme.head.level if one.name in levels)
        return f"“{field.title}”由{titles}填写，本级不能改。"
    if field.name in register.key:
        return f"“{field.title}”在新增时已定。"
    return ""


def short_title(title: str, group: str = "") -> str:
    """A title short enough for a heading: under 本周 本周完成投资 is 完成."""
    short = title
    if group:
        for head in (group, "本周", "本月", "本期"):
            short = short.removeprefix(head)
    if short.startswith("本年累计"):
        short = short.removeprefix("本年")
    for tail in ("完成投资", "投资"):
        if short.endswith(tail) and len(short) - len(tail) >= 2 and short != "总投资":
            return short.removesuffix(tail)
    return short


def width(field: Field) -> int:
    """How wide a column is at first, px at standard size; the scheme counts characters."""
    if field.type == "long_text":
        return max(120, min(_WIDEST_TEXT, field.width * 5))
    if field.type in FIGURES:
        return max(_NARROWEST, 8 + field.width * 5, _title_width(field.title))
    return max(_NARROWEST, min(_NAME, 16 + field.width * 7), _title_width(field.title))


def _title_width(title: str) -> int:
    """The room that a heading of at most eight characters needs."""
    return 18 + 14 * min(len(short_title(title)), 8)


def _of_subject(
    scheme: Scheme, subject: Register, *, many_units: bool, plan: bool = True
) -> Iterator[Placed]:
    """Whose the row is: its unit first where there are several, its name, its plan."""
    why = f"在“{subject.title}”中填写。"
    owner = subject.by_name.get(subject.owner or "")
    if owner is not None and many_units:
        yield _frozen(_placed(scheme, owner, "subject", closed=why), width=92)
    label = subject.by_name.get(subject.label or "")
    if label is not None:
        yield _frozen(_placed(scheme, label, "subject", closed=why))
    field = subject.by_name.get("annual_plan")
    if plan and field is not None and not field.retired:
        yield _placed(scheme, field, "subject", closed=why)


def _aside(scheme: Scheme, subject: Register) -> Iterator[Placed]:
    """The project's fields that are there when somebody asks; last, so that nothing hidden lies
    between the columns over which a table is pasted."""
    for name in _ASIDE if subject.name == scheme.head.subject else ():
        field = subject.by_name.get(name)
        if field is not None and not field.retired:
            placed = _placed(scheme, field, "subject", closed=f"在“{subject.title}”中填写。")
            yield msgspec.structs.replace(placed, aside=True)


def _own(scheme: Scheme, register: Register, field: Field, level: str, group: str) -> Placed:
    why = closed(scheme, register, field, level)
    return _placed(scheme, field, "own", group=group, closed=why)


def _placed(
    scheme: Scheme, field: Field, part: Part, *, group: str = "", closed: str = ""
) -> Placed:
    figure = field.type in FIGURES
    name = field.name if part in ("own", "identity") else f"{part}.{field.name}"
    column = Column(
        name=name,
        title=short_title(field.title, group),
        group=group,
        width=width(field),
        kind=field.type,
        right=figure and field.formula is None,
        editable=not closed,
        field=field,
        choices=_choices(scheme, field),
    )
    return Placed(column, part, field, closed, summed=field.type == "money")


def _frozen(placed: Placed, width: int = _NAME) -> Placed:
    column = placed.column
    frozen = Column(
        name=column.name,
        title=column.title,
        width=width,
        kind=column.kind,
        frozen=True,
        editable=column.editable,
        field=column.field,
        choices=column.choices,
    )
    return msgspec.structs.replace(placed, column=frozen)


def _choices(scheme: Scheme, field: Field) -> tuple[str, ...]:
    if field.type == "flag":
        return ("是", "否")
    codes = scheme.code_list(field)
    return tuple(item.name for item in codes.items if not item.retired) if codes else ()


def hidden_at_first(placed: Iterable[Placed]) -> list[str]:
    """The names of the columns that are there when somebody asks for them."""
    return [one.name for one in placed if one.aside]
