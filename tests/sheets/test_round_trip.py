"""Any register of the scheme, any values: written and read again it is the same, in the book too.

Twice: as every export through the reader of strangers' workbooks, and as a fill-in workbook through
its own marks.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop.ledger.definitions import Register
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in import files as fill_in_files
from desktop.sheets.fill_in.contents import fill_ins
from desktop.sheets.joining import plan
from desktop.sheets.plans.plan import Plan
from desktop.sheets.proposing import propose
from desktop.sheets.writing.registers import register_sheet, write_register
from tests.sheets.any_values import CODES, typed
from tests.sheets.filler import district
from tests.sheets.making import investment, read_here
from tests.sheets.strict import complaints

PERIODS = {"week": "2023-W10", "month": "2023-03", "quarter": "2023-Q1", "year": "2023"}
#: Registers that people keep, each with each kind of its periods.
ALL = [
    (register.name, PERIODS[kind] if kind else None)
    for register in investment().registers.values()
    if not register.internal
    for kind in (register.period or (None,))
]
#: Files of the book itself; no workbook of a stranger brings them.
OWN = ("unit", "meeting")
#: A failing example of a hundred drawn values is not worth minutes of shrinking.
QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
NO_CELL = ("photo", "attachment")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with district(tmp_path) as made:
        yield made


class _BackToBefore(Exception):
    pass


@contextmanager
def for_now(book: Book) -> Iterator[None]:
    """What is written within is gone afterwards: a book is made once for many examples."""
    with suppress(_BackToBefore), book.atomic():
        yield
        raise _BackToBefore


def fill(book: Book, register: Register, period: str | None, data: Any, most: int = 3) -> None:
    """Records of ``register`` with any values, under the first subjects of the book."""
    fields = [
        field
        for field in register.field
        if field.formula is None and field.of is None and field.type not in NO_CELL
    ]
    with book.batch("add") as batch:
        subjects = [row["record"] for row in book.rows(register.of)] if register.of else [None]
        if not subjects:
            above = book.scheme.register(str(register.of))
            subjects = [batch.create(above.name, {str(above.label): "某次会议"})]
        for number in range(data.draw(st.integers(1, most), label="rows")):
            values: dict[str, Any] = {}
            for field in fields:
                must = field.required or field.name == register.label or field.name in register.key
                value = typed(book.scheme, field)
                drawn = data.draw(value if must else st.none() | value, label=field.name)
                named = field.name == register.label and isinstance(drawn, str)
                values[field.name] = f"第{number}个{drawn}" if named else drawn
                if field.code == "project" and drawn:
                    values[field.name] = CODES[number]
            if register.of:
                values[register.of] = subjects[number % len(subjects)]
            if register.owner:
                values[register.owner] = book.rows("unit")[0]["record"]
            if period:
                values["period"] = period
            batch.create(register.name, values)


def nothing_changes(planned: Plan) -> None:
    changes = [
        (step.label, one.name, one.workbook, one.book)
        for step in planned.steps
        for one in step.fields
        if one.what not in ("same", "kept")
    ]
    assert changes == []
    assert [step.label for step in planned.steps if step.record is None] == []


@pytest.mark.parametrize(
    ("name", "period"), [(name, period) for name, period in ALL if name not in OWN]
)
@settings(max_examples=6, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_an_export_read_again_changes_nothing(
    book: Book, tmp_path: Path, name: str, period: str | None, data: Any
) -> None:
    with for_now(book):
        register = book.scheme.register(name)
        fill(book, register, period, data)
        path = tmp_path / f"{name}.xlsx"
        write_register(path, [register_sheet(book, name, period)])
        found = propose(read_here(path), book.scheme)
        planned = plan(book, found)
        assert [one.question for one in (*found.questions, *planned.questions)] == []
        nothing_changes(planned)
        known = [step for step in planned.steps if step.register == name]
        assert len(known) == len(book.rows(name, period))


@pytest.mark.parametrize(("name", "period"), ALL)
@settings(max_examples=6, deadline=None, phases=QUICK, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_fill_in_workbook_read_again_changes_nothing(
    book: Book, tmp_path: Path, name: str, period: str | None, data: Any
) -> None:
    with for_now(book):
        register = book.scheme.register(name)
        fill(book, register, period, data)
        read = 0
        for _, path, remarks in fill_in_files.write(
            book.scheme, fill_ins(book, name, period), tmp_path / "out"
        ):
            assert remarks == ()
            found = propose(read_here(path), book.scheme)
            planned = plan(book, found)
            assert found.returned is not None
            assert [one.question for one in (*found.questions, *planned.questions)] == []
            assert (found.unmapped, found.notes, planned.notes) == ((), (), ())
            nothing_changes(planned)
            read += len([step for step in planned.steps if step.record])
            path.unlink()
        assert read == len(book.rows(name, period))


SOFFICE = shutil.which("soffice")


def everything(book: Book, folder: Path) -> list[Path]:
    """Every register, and fill-in workbooks of several, as written."""
    paths = []
    for number, (name, period) in enumerate(ALL):
        paths.append(folder / f"{number}.xlsx")
        write_register(paths[-1], [register_sheet(book, name, period)])
    for name, period in (("weekly", "2023-W09"), ("project", None), ("problem", None)):
        made = fill_in_files.write(book.scheme, fill_ins(book, name, period), folder / "out")
        paths += [path for _, path, _ in made]
    return paths


def test_excel_has_nothing_to_repair(book: Book, tmp_path: Path) -> None:
    for path in everything(book, tmp_path):
        assert complaints(path) == [], path.name


def test_what_excel_would_repair_is_found(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

    path, workbook = tmp_path / "a.xlsx", Workbook()
    page = workbook.active
    assert page is not None
    page["A1"] = "x"
    page.merge_cells("A1:B2")
    page.merged_cells.add("B2:C3")
    page.data_validations.append(DataValidation("list", f'"{"a" * 300}"', sqref="A5"))
    workbook.save(path)
    merge, rule = complaints(path)
    assert ("merge" in merge, "rule A5" in rule) == (True, True)


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_another_program_opens_every_register_and_saves_it_the_same(
    book: Book, tmp_path: Path, ending: str
) -> None:
    """LibreOffice opens all written workbooks without complaint; what it saves reads the same."""
    paths = everything(book, tmp_path)
    command = [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/lo", "--headless"]
    there = tmp_path / "there"
    done = subprocess.run(
        [*command, "--convert-to", ending, "--outdir", str(there), *map(str, paths)],
        check=True,
        capture_output=True,
        timeout=300,
        text=True,
    )
    assert "rror" not in done.stderr
    for path in paths:
        ours, theirs = read_here(path), read_here(there / f"{path.stem}.{ending}")
        for one, other in zip(ours.sheets, theirs.sheets, strict=True):
            assert (one.name, one.hidden, set(one.merges)) == (
                other.name,
                other.hidden,
                set(other.merges),
            )
            assert (one.hidden_rows, one.hidden_columns) == (
                other.hidden_rows,
                other.hidden_columns,
            )
            for row, cells in enumerate(one.rows):
                for column, cell in enumerate(cells):
                    if cell != "":  # a sum of ours is computed by the other program only
                        assert _told(other.at(row, column)) == _told(cell), (one.name, row, column)
        if ending == "xlsx":
            assert rules(there / f"{path.stem}.xlsx") == rules(path)


def rules(path: Path) -> dict[tuple[str, int, int], tuple[Any, ...]]:
    """What each cell of a workbook takes, and whether it is locked under a protected sheet."""
    from openpyxl import load_workbook

    found: dict[tuple[str, int, int], tuple[Any, ...]] = {}
    for page in load_workbook(path).worksheets:
        for rule in page.data_validations.dataValidation:
            bounds = str(rule.formula1).replace("'选项'", "选项"), rule.errorStyle or "stop"
            for area in rule.sqref.ranges:
                for row, column in area.cells:
                    found[page.title, row, column] = (rule.type, *bounds, rule.error, rule.prompt)
        if page.protection.sheet:
            for row in page.iter_rows():
                for cell in row:
                    if cell.value is not None:
                        place = (page.title, -cell.row, cell.column)
                        found[place] = (cell.protection.locked,)
    return found


def _told(cell: Any) -> Any:
    """Dates as days, numbers as numbers."""
    if isinstance(cell, float | int) and not isinstance(cell, bool):
        return round(float(cell), 6)
    return cell.date() if hasattr(cell, "hour") and hasattr(cell, "date") else cell
