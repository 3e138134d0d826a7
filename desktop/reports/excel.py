"""A paper as a workbook: every table on a sheet of its own, the prose on a first sheet 说明.

The cells are those of the paper; charts are left out, a table beside them says the same. The looks
are those of all workbooks of the program (:mod:`desktop.sheets`).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, assert_never

from desktop.errors import of_the_system
from desktop.reports.binding import lay_down
from desktop.reports.content import (
    Addressee,
    Attachments,
    Attendance,
    Block,
    Chart,
    Closing,
    Column,
    Footer,
    Form,
    Heading,
    Imprint,
    Ledger,
    LedgerPaper,
    LetterHead,
    Paper,
    Paragraph,
    Signatures,
    Slip,
    Table,
)
from desktop.reports.footing import origin
from desktop.reports.pen import LIGHTS
from desktop.reports.prose import clean, clean_lines
from desktop.sheets.writing.printed import (
    PrintedColumn,
    PrintedRow,
    PrintedSheet,
    ProseSheet,
    workbook_of,
)

PROSE = "说明"
_NARROWEST, _WIDEST = {"text": 10, "figure": 9, "word": 7, "light": 4}, 40
_SIGNATURE_GAP = " " * 16


def write_paper(paper: Paper | LedgerPaper, target: Path | BinaryIO) -> tuple[str, ...]:
    """Write a paper as .xlsx; ``target`` is replaced only by a whole file.

    Same content, same bytes. Returns sentences about what had to be cut or cleaned. Raises
    ``DiskFull``, ``NotWritable`` and :class:`~desktop.sheets.writing.registers.TooManyRows`.
    """
    sheets: list[PrintedSheet | ProseSheet]
    if isinstance(paper, Paper):
        title = paper.title
        sheets = [_prose(paper), *_tables(paper)]
    else:
        title = paper.ledger.title
        sheets = [_ledger(paper.ledger, paper.footer, paper.demonstration)]
    try:
        data, remarks = workbook_of(sheets, clean(title), clean(paper.author), paper.made_on)
    except OSError as error:  # rows wait in the system's temporary folder
        raise of_the_system(error) from error
    lay_down(data, target)
    return remarks


def _tables(paper: Paper) -> Iterator[PrintedSheet]:
    """The tables of the body under their caption or the heading above them, then the ledgers."""
    heading = ""
    for block in _all(paper.blocks):
        if isinstance(block, Heading):
            heading = block.text
        elif isinstance(block, Table):
            title = block.caption or heading or paper.title
            yield _sheet(block, title, paper.demonstration, subtitle=paper.subtitle)
    for ledger in paper.appendices:
        yield _ledger(ledger, None, paper.demonstration)


def _all(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """The blocks, those of a slip under its title as a heading."""
    for block in blocks:
        if isinstance(block, Slip):
            yield Heading(1, block.title)
            yield from block.blocks
        else:
            yield block


def _ledger(ledger: Ledger, footer: Footer | None, demonstration: bool) -> PrintedSheet:
    signed = _SIGNATURE_GAP.join(f"{clean(name).rstrip('：:')}：" for name in ledger.signatures)
    below = (signed, origin(footer) if footer else "")
    title = f"{ledger.label}　{ledger.title}" if ledger.label else ledger.title
    return _sheet(
        ledger.table, title, demonstration, ledger.subtitle, ledger.prepared, below, ledger.title
    )


def _sheet(
    table: Table,
    title: str,
    demonstration: bool,
    subtitle: str = "",
    left: str = "",
    below: tuple[str, ...] = (),
    name: str = "",
) -> PrintedSheet:
    lights = [number for number, one in enumerate(table.columns) if one.kind == "light"]
    width = len(table.columns)
    rows = []
    for row in table.rows:
        cells = [clean_lines(text) for text in row.cells[:width]]
        cells += [""] * (width - len(cells))
        for number in lights if row.light else ():
            cells[number] = LIGHTS[row.light][0]
        span = width if row.kind == "section" else row.span
        rows.append(PrintedRow(tuple(cells), row.kind != "row", span))
    if not rows:
        rows.append(PrintedRow((clean(table.empty),), span=width))
    return PrintedSheet(
        clean(title),
        tuple(_column(one, table, number) for number, one in enumerate(table.columns)),
        rows,
        name=clean(name or title),
        subtitle=clean(subtitle),
        left=clean(left),
        right=clean(table.unit),
        below=tuple(text for text in (clean(table.note), *below) if text),
        demonstration=demonstration,
    )


def _column(column: Column, table: Table, number: int) -> PrintedColumn:
    """As wide as its weight says, or as its longest cell within reason, in half-width signs."""
    path = tuple(clean(title.replace("\n", "")) for title in column.title_path)
    if column.weight:
        wide = round(column.weight * 2)
    else:
        texts = [
            row.cells[number] for row in table.rows if row.span <= number < len(row.cells)
        ] or [""]
        wide = max(len(text.encode("gbk", "replace")) for text in texts) + 2
    return PrintedColumn(path, column.kind, min(max(wide, _NARROWEST[column.kind]), _WIDEST))


def _prose(paper: Paper) -> ProseSheet:
    """Everything that is no table, in order; where a table stands its title says so."""
    lines = [
        *_head(paper),
        *(line for block in paper.blocks for line in _said(block)),
        (False, origin(paper.footer)),
    ]
    return ProseSheet(
        clean(paper.title),
        tuple((heading, clean(text)) for heading, text in lines if text),
        PROSE,
        clean(paper.subtitle),
        paper.demonstration,
    )


def _head(paper: Paper) -> Iterator[tuple[bool, str]]:
    head = paper.head
    if isinstance(head, LetterHead):
        yield False, "　".join(text for text in (head.mark, head.degree, head.number) if text)
    elif head is not None:
        texts = (head.mark, head.issue, head.issuer, head.date)
        yield False, "　".join(text for text in texts if text)


def _said(block: Block) -> Iterator[tuple[bool, str]]:
    """A block as rows of text: (whether a heading, text)."""
    match block:
        case Heading():
            yield True, block.text
        case Paragraph():
            light = f"{LIGHTS[block.light][0]} " if block.light else ""
            yield False, f"{light}{block.lead}{block.text}"
        case Addressee():
            yield False, block.text
        case Attendance():
            yield False, f"{block.lead.rstrip('：')}：{block.names}"
        case Attachments():
            for number, name in enumerate(block.names, 1):
                yield False, f"附件{number if len(block.names) > 1 else ''}：{name}"
        case Form():
            yield True, block.caption
            for row in block.rows:
                for entry in row:
                    yield False, f"{entry.label}：{entry.text}"
        case Slip():
            yield True, block.title
            yield False, block.subtitle
            for inner in block.blocks:
                yield from _said(inner)
        case Signatures():
            yield False, _SIGNATURE_GAP.join(f"{name.rstrip('：:')}：" for name in block.names)
        case Closing():
            yield False, block.issuer
            yield False, block.date
        case Imprint():
            yield False, block.copied and f"抄送：{block.copied.removeprefix('抄送：')}"
            yield False, f"{block.office}　{block.date}"
        case Table() | Chart():
            pass  # a table has its own sheet; a chart says what a table says
        case _:
            assert_never(block)
