"""What a column may be said to be: the fields of the scheme, register by register. No Qt."""

from __future__ import annotations

import msgspec

from desktop.ledger.definitions import Field, Scheme
from desktop.sheets.proposals.overview import ColumnSeen, TableSeen
from desktop.ui.reading_in.fields import field_named

#: No cell of a table can be one of these.
NEVER = frozenset({"photo", "attachment"})
#: What a column of a form is to which nothing is written.
UNFILLED = "unfilled"


class Offer(msgspec.Struct, frozen=True):
    """A field to choose; ``taken`` where another column of the table is that field already."""

    name: str
    title: str
    group: str
    taken: bool


def offers(
    scheme: Scheme, table: TableSeen, column: ColumnSeen, *, every_ledger: bool = False
) -> tuple[Offer, ...]:
    """The fields that ``column`` of ``table`` may be, those of the table's own register first;
    of the weekly ledger only, or of ``every_ledger`` of the projects."""
    subject, weekly = scheme.head.subject, scheme.head.weekly
    ledgers = [
        one.name
        for one in scheme.registers.values()
        if every_ledger and one.shape == "ledger" and one.of == subject and not one.internal
    ]
    order = dict.fromkeys(one for one in (table.kind, subject, weekly, *ledgers) if one)
    used = {
        name
        for one in table.columns
        if one.head != column.head
        for name in one.fields
        if one.fields
    }
    found: dict[str, Offer] = {}
    for name in order:
        register = scheme.registers[name]
        for field in register.field:
            link = field.of is not None and name not in (subject, weekly, *ledgers)
            if field.formula is not None or field.retired or field.type in NEVER:
                continue
            if field.of is not None and not link and field.of != "unit":
                continue
            title = title_of(scheme, field)
            found.setdefault(
                field.name, Offer(field.name, title, register.title, field.name in used)
            )
    return tuple(found.values())


def title_of(scheme: Scheme, field: Field) -> str:
    """A field's title; of the link to the project, what the project's name is called."""
    subject = scheme.register(scheme.head.subject)
    if field.of == subject.name and subject.label is not None:
        return subject.by_name[subject.label].title
    return field.title


def said(scheme: Scheme, column: ColumnSeen) -> str:
    """A column's heading in the band: its fields, or that it is not read."""
    if column.fields:
        homes = dict(zip(column.fields, column.homes, strict=True))
        titles = [
            title_of(scheme, field) if (field := field_named(scheme, name, homes[name])) else name
            for name in column.fields
        ]
        return "、".join(titles)
    quiet = {"sequence": "序号", "rate": "只核对", "shown": "只参看", UNFILLED: "不填"}
    return quiet.get(column.what, "不读入")
