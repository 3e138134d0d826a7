"""Fill-in workbooks 填报模板 for those without the program: what stands in each.

One workbook per recipient (a unit, an enterprise, a department): the rows that are theirs, what is
known of them shown and locked, last period's figures beside, and open cells for what this book's
level fills. Drawn by :mod:`~desktop.sheets.fill_in.drawing`, written by
:mod:`~desktop.sheets.fill_in.files`, taken back by :mod:`~desktop.sheets.fill_in.returning`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import periods
from desktop.ledger.definitions import BOOK, Field, Register
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.columns import FillColumn, path_of
from desktop.sheets.fill_in.marks import GivenRow, Mark
from desktop.sheets.fill_in.rows import Asked, asked
from desktop.sheets.writing.registers import Labels, in_order

#: What is shown of a project beside a ledger's and a list's own fields.
OF_LEDGER, OF_LIST = ("name", "code", "unit", "annual_plan"), ("name", "unit")
#: Blank rows for new records of a list.
SPARE_ROWS = 10
#: Whose rows nobody was named for.
NOBODY = "未注明"
_COUNTED = frozenset({"photo", "attachment"})
_FIGURES = frozenset({"money", "number", "percent", "integer"})
_TIMES = {"week": "周", "month": "月", "quarter": "季度", "year": "年"}


class NothingToFill(OneLedgerError):
    """A register of which this book's level fills no field, or that has no rows to be filled."""

    def __init__(self, title: str, reason: str) -> None:
        super().__init__(f"“{title}”不能做填报模板：{reason}。", "请核对册名和期次。")


class WhichPeriod(OneLedgerError):
    """A ledger's workbook needs a period of its kind, a list's has none."""

    def __init__(self, title: str, kinds: Sequence[str]) -> None:
        wanted = "、".join(kinds)
        what = f"按{wanted}填报，请写明是哪一期" if kinds else "不分期次，不要写期次"
        super().__init__(f"“{title}”{what}。", "例如 --period 2023-W09。" if kinds else "")


class FillIn(msgspec.Struct, frozen=True):
    """One workbook: the mark it carries, its columns, its rows, and how many blank rows follow.

    ``subjects`` are the names that a new row may belong to; ``where`` says the dates.
    """

    title: str
    recipient: str
    where: str
    mark: Mark
    columns: tuple[FillColumn, ...]
    rows: tuple[GivenRow, ...]
    spare: int
    subjects: tuple[str, ...]
    demonstration: bool


def fill_ins(
    book: Book, register: str, period: str | None = None, *, by: str | None = None
) -> tuple[FillIn, ...]:
    """The workbooks of a register for a period, one per value of the field ``by``.

    ``by`` is a field of the register or of its subject; without it rows are divided by unit where
    the book has several. Raises :class:`NothingToFill`, :class:`WhichPeriod`,
    :class:`~desktop.ledger.definitions.NoSuchRegister`,
    :class:`~desktop.ledger.definitions.NoSuchField`, :class:`~.periods.NoSuchPeriod`.
    """
    return _Making(book, book.scheme.register(register), period, by).made()


class _Making:
    def __init__(self, book: Book, register: Register, period: str | None, by: str | None) -> None:
        self.book, self.register, self.labels = book, register, Labels(book)
        self.period = self._period(period)
        self.subject = book.scheme.registers[register.of] if register.of else None
        self.by = self._divider(by)
        self.open = tuple(field for field in register.shown if self._fillable(field))
        if register.internal or not self.open:
            raise NothingToFill(register.title, "没有由本级填写的栏目")

    def made(self) -> tuple[FillIn, ...]:
        """The rows in order, divided among their recipients."""
        rows = {one.record: one for one in asked(self.book, self.register, self.period)}
        link = str(self.register.of)
        ordered = in_order(
            self.book,
            self.register,
            [{**one.present, "record": one.record, link: one.subject} for one in rows.values()],
            self.labels,
        )
        divided: dict[str, list[Asked]] = {}
        for row in ordered:
            one = rows[row["record"]]
            divided.setdefault(self._recipient(one), []).append(one)
        if self._may_add():
            for who in self._subjects() or [self.labels.of("unit", self.book.unit) or NOBODY]:
                divided.setdefault(who, [])
        if not divided:
            raise NothingToFill(self.register.title, "没有需要填报的行")
        return tuple(self._workbook(who, some) for who, some in divided.items())

    def _workbook(self, recipient: str, rows: list[Asked]) -> FillIn:
        columns = self._columns(rows)
        said = self.period.title if self.period else ""
        dates = periods.label(self.period, self.book.week_last_day) if self.period else ""
        (book,) = self.book.rows(BOOK.name)
        mark = Mark(
            book=book["record"],
            unit=self.labels.of("unit", self.book.unit) or "",
            register=self.register.name,
            period=str(self.period) if self.period else None,
            version=self.book.scheme.version,
            money=self.book.scheme.head.money_unit,
            recipient=recipient,
            depth=max(len(column.path) for column in columns),
            columns={column.key: column.path for column in columns},
        )
        return FillIn(
            title=f"{said}{self.register.title}填报表",
            recipient=recipient,
            where=dates,
            mark=mark,
            columns=tuple(columns),
            rows=tuple(self._row(one, columns) for one in rows),
            spare=SPARE_ROWS if self._may_add() else 0,
            subjects=self._subjects().get(recipient, ()) if self._may_add() else (),
            demonstration=bool(self.book.demonstration),
        )

    # What is asked --------------------------------------------------------------------------------

    def _period(self, text: str | None) -> Period | None:
        kinds = self.register.period if self.register.shape == "ledger" else ()
        found = periods.parse_period(text, self.book.year) if text else None
        if (found.kind if found else None) not in (kinds or (None,)):
            raise WhichPeriod(self.register.title, [_TIMES[kind] for kind in kinds])
        return found

    def _fillable(self, field: Field) -> bool:
        levels = field.filled_by or self.register.filled_by
        ours = not levels or not self.book.level or self.book.level in levels
        kept = field.formula is None and field.of is None and field.type not in _COUNTED
        return ours and kept and field.name not in self.register.key

    def _may_add(self) -> bool:
        """Whether a list may grow by rows of the filler: all that a record needs can be filled."""
        needed = {field for field in self.register.shown if field.required}
        return self.register.shape == "list" and needed <= set(self.open)

    def _subjects(self) -> dict[str, tuple[str, ...]]:
        """Whom a new row may be about, by recipient; nobody where items themselves are divided."""
        if self.subject is None or not self.subject.label:
            return {}
        found: dict[str, dict[str, None]] = {}
        for row in self.book.rows(self.subject.name, ours=True):
            who = self._recipient(Asked(row["record"], ""))
            found.setdefault(who, {})[str(row[self.subject.label])] = None
        return {who: tuple(names) for who, names in found.items()}

    # Whose ----------------------------------------------------------------------------------------

    def _divider(self, by: str | None) -> Field | None:
        """The field whose value says the recipient."""
        if by is not None:
            if self.subject is not None and by not in self.register.by_name:
                return self.subject.get(by)
            return self.register.get(by)
        if self.subject is not None and self.subject.owner:
            return self.subject.by_name[self.subject.owner]
        if self.register.owner:
            return self.register.by_name[self.register.owner]
        return self.register.by_name["unit"] if self.register.of == "unit" else None

    def _recipient(self, one: Asked) -> str:
        if self.by is None:
            return self.labels.of("unit", self.book.unit) or NOBODY
        if self.by.name == self.register.of:
            return self.labels.of(self.register.of, one.subject) or NOBODY
        own = self.by.name in self.register.by_name
        value = one.value(self.by.name) if own else self._of_subject(one.subject, self.by.name)
        shown = self.labels.shown(self.by, value)
        return str(shown).strip() if shown else NOBODY

    def _of_subject(self, record: str, name: str) -> Any:
        return self.labels.rows(self.subject.name).get(record, {}).get(name) if self.subject else ""

    # Columns and cells ----------------------------------------------------------------------------

    def _columns(self, rows: list[Asked]) -> list[FillColumn]:
        columns = [
            FillColumn(f"={field.name}", "given", path_of(field), field)
            for field in self._shown(rows)
        ]
        for field in self.register.shown:
            path = path_of(field)
            if field in self.open:
                if self._shows_before(field, rows):
                    then, now = self._times(rows)
                    before = FillColumn(f"<{field.name}", "before", (*path, then), field)
                    columns += [before, FillColumn(field.name, "fill", (*path, now), field)]
                else:
                    columns.append(FillColumn(field.name, "fill", path, field))
            elif field.name in self.register.key or self._tells(field, rows):
                columns.append(FillColumn(f"!{field.name}", "given", path, field))
        return columns

    def _times(self, rows: list[Asked]) -> tuple[str, str]:
        """What the period before and this one are called: 上周 only where it is the week before."""
        assert self.period is not None
        word = _TIMES[self.period.kind]
        found = {one.before["period"] for one in rows if one.before}
        if found <= {str(self.period.previous())}:
            return f"上{word}", f"本{word}"
        one = periods.parse_period(found.pop())
        return "上期" if found else one.short, f"本{word}"

    def _tells(self, field: Field, rows: list[Asked]) -> bool:
        """Whether a field that is not filled here says something that fits into a cell."""
        shown = field.formula is None and field.type not in _COUNTED
        return shown and any(one.value(field.name) for one in rows)

    def _shown(self, rows: list[Asked]) -> list[Field]:
        """The fields of the subject that say whose row it is; the unit where there are several."""
        if self.subject is None:
            return []
        wanted: tuple[str, ...] = (self.subject.label,) if self.subject.label else ()
        if self.subject.name == self.book.scheme.head.subject:
            wanted = OF_LEDGER if self.register.shape == "ledger" else OF_LIST
        owner = self.subject.owner
        if owner and len({self._of_subject(one.subject, owner) for one in rows}) < 2:
            wanted = tuple(name for name in wanted if name != owner)
        named = (self.subject.by_name.get(name) for name in wanted)
        return [field for field in named if field is not None and not field.retired]

    def _shows_before(self, field: Field, rows: list[Asked]) -> bool:
        """Figures always stand beside last period's; texts that are not carried where there are."""
        if self.period is None or field.carry:
            return False
        told = any(one.before.get(field.name) is not None for one in rows)
        return told and (field.type in _FIGURES or field.name != "remark")

    def _row(self, one: Asked, columns: list[FillColumn]) -> GivenRow:
        cells: dict[str, Any] = {}
        carried = set()
        for column in columns:
            field = column.field
            if column.key.startswith("="):
                value = self._of_subject(one.subject, field.name)
            elif column.kind == "before":
                value = one.before.get(field.name)
            else:
                value = one.value(field.name) if column.kind == "given" else self._now(one, field)
                if column.kind == "fill" and value is not None and field.name not in one.present:
                    carried.add(column.key)
            cells[column.key] = self.labels.shown(field, value)
        return GivenRow(one.subject, one.record, cells, frozenset(carried))

    def _now(self, one: Asked, field: Field) -> Any:
        """What stands in an open cell: the record's value; before there is one, what is carried."""
        if one.present:
            return one.present.get(field.name)
        return one.before.get(field.name) if field.carry else None
