"""The forms kept beside a book, and what is understood of a form that is being learned. No Qt."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger.definitions import PeriodKind, Scheme
from desktop.ledger.forms_beside import folder_of
from desktop.ledger.workspace import Book
from desktop.sheets import proposing
from desktop.sheets.forms import filling, keeping, learning
from desktop.sheets.forms.form import Form
from desktop.sheets.forms.learning import Learned
from desktop.sheets.proposals.overview import COLUMN, TableSeen
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.proposals.told import MONEY_UNIT
from desktop.sheets.workbook.grid import Workbook, address
from desktop.sheets.writing.drafts import put_in_place
from desktop.ui.papers import saving
from desktop.ui.reading_in.reading import Corrections

_KINDS: tuple[PeriodKind, ...] = ("week", "month", "quarter", "year")


class Kept(msgspec.Struct, frozen=True):
    """A form beside the book; ``form`` is None where its files were spoilt, ``lack`` says how."""

    name: str
    template: Path
    form: Form | None = None
    lack: str = ""


class Studied(msgspec.Struct, frozen=True):
    """A workbook being learned: what the answers given so far come to."""

    path: Path
    workbook: Workbook
    given: Mapping[str, Any]
    proposal: Proposal
    learned: Learned

    @property
    def table(self) -> TableSeen | None:
        """The table, or the card, that is filled."""
        form = self.learned.form
        tables = [
            one for one in self.proposal.tables if one.sheet == form.sheet and one.card == form.card
        ]
        if form.card:
            return tables[0] if tables else None
        return next((one for one in tables if one.header[1] + 1 == form.heading), None)


class Filled(msgspec.Struct, frozen=True):
    """A form that was filled: where it lies, how many rows it has, what is to be known."""

    path: Path
    rows: int
    remarks: tuple[str, ...]


def kept(book: Path) -> tuple[Kept, ...]:
    """All forms of a book by name; one that is spoilt does not hide the others."""
    return tuple(_kept(book, one) for one in sorted(folder_of(book).glob("*.json")))


def _kept(book: Path, path: Path) -> Kept:
    try:
        form, template = keeping.find(book, path.stem)
    except OneLedgerError as error:
        return Kept(path.stem, path.with_suffix(".xlsx"), None, error.sentence)
    return Kept(path.stem, template, form)


def study(
    scheme: Scheme, workbook: Workbook, path: Path, name: str, given: Mapping[str, Any]
) -> Studied:
    """What ``workbook`` comes to as a form with the answers ``given``.

    Raises what :func:`~desktop.sheets.forms.learning.learn` raises.
    """
    learned = learning.learn(scheme, workbook, path, name, Corrections(given))
    proposal = proposing.propose(workbook, scheme, Corrections(given))
    return Studied(path, workbook, given, proposal, learned)


def answers_of(form: Form) -> dict[str, Any]:
    """The answers that a learned form stands on, to go on correcting it."""
    given: dict[str, Any] = {}
    for one in form.columns:
        label = one.label or address(form.heading - 1, one.column - 1)
        if one.field != learning.RATE:
            given[f"{form.sheet}!{label}:{COLUMN}"] = one.field
            given[f"{form.sheet}!{label}:{MONEY_UNIT}"] = one.unit
    for cell in form.fixed:
        if cell.text:
            place = address(cell.row - 1, cell.column - 1)
            given[f"{form.sheet}!{place}:{learning.TEXT}-{cell.label}"] = cell.text
    return given


def kinds_of(scheme: Scheme, form: Form) -> tuple[PeriodKind, ...]:
    """For which kinds of period a form can be filled, the likely one first: those of the ledgers
    that its figures stand in; none where it has no figures of a period.

    A form with a figure that only a month knows is a monthly one, whatever else it shows.
    """
    homes = {one.register: one.field for one in form.columns if one.register in scheme.registers}
    found: set[PeriodKind] = set()
    longest: PeriodKind = "week"
    for name, field in homes.items():
        home = scheme.registers[name]
        if home.shape == "ledger":
            longest = max(longest, home.period[0], key=_KINDS.index)
            for one in scheme.registers.values():
                if one.shape == "ledger" and not one.internal and one.of == home.of:
                    found |= set(one.period) if one is home or field in one.by_name else set()
    return tuple(sorted(found, key=lambda kind: (kind != longest, _KINDS.index(kind))))


def fill(book: Book, name: str, period: str, on: date, target: Path) -> Filled:
    """Fill a form of this book for ``period`` ("" for none) and write it to ``target``.

    Raises what finding, filling and writing raise.
    """
    form, template = keeping.find(book.path, name)
    at = periods.parse_period(period) if period else None
    made = filling.fill(book, form, template, at, on)
    with saving.named(target):
        put_in_place(target, memoryview(made.data))
    return Filled(target, made.rows, made.remarks)


def column_titles(scheme: Scheme, form: Form) -> tuple[str, ...]:
    """What the columns of a form are, register and field."""
    found = []
    for one in form.columns:
        home = scheme.registers.get(one.register)
        field = home.by_name.get(one.field) if home else None
        found.append(f"{home.title}・{field.title}" if home and field else one.field)
    return tuple(found)
