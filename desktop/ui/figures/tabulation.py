"""A sheet of figures as a table to show, to sort and to copy: texts as the papers print them.

Money is in 万元 and rounded balanced, so that the shown lines add up to the shown total; rates come
from unrounded sums (STANDARDS, Money).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Literal, TypeAlias

import msgspec

from desktop.ledger import money
from desktop.ledger.definitions import Scheme
from desktop.ledger.indicator_definitions import PROJECT, Indicator, definitions
from desktop.ledger.money import PLACES, Unit
from desktop.reports import sums
from desktop.reports.charts.forms import LIGHT_NAMES
from desktop.reports.weekly_words import Words, words_of
from desktop.ui.figures.aspects import PROGRESS, aspect_of, short_title
from desktop.ui.figures.reading import UNIT, Line, Sheet

MONEY_UNIT: Unit = "万元"
TOTAL = "合计"
#: Tables of more lines are not rounded.
LONG = 500
Kind: TypeAlias = Literal["text", "figure", "light"]
#: What a column is sorted by; None comes last either way.
Sorted: TypeAlias = int | Fraction | str | None


class Heading(msgspec.Struct, frozen=True):
    """A column; one that ``grows`` takes what room is left. ``tip`` says what is counted."""

    name: str
    title: str
    kind: Kind = "figure"
    grows: bool = False
    tip: str = ""


class TableRow(msgspec.Struct, frozen=True):
    """A line as texts: ``key`` leads to what is behind it, ``light`` "" for none."""

    key: str | None
    cells: tuple[str, ...]
    sorting: tuple[Sorted, ...] = ()
    light: str = ""
    tip: str = ""


class Table(msgspec.Struct, frozen=True):
    """Headings, lines in their first order, the total, what has to be said below and above."""

    headings: tuple[Heading, ...]
    rows: tuple[TableRow, ...]
    total: TableRow
    note: str
    unit: str


class Column(msgspec.Struct, frozen=True):
    """A column: the texts of all lines, of the total, and what the lines are sorted by."""

    heading: Heading
    cells: Sequence[str]
    total: str
    sorting: Sequence[Sorted]
    note: str | None = None


def tabulated(sheet: Sheet, scheme: Scheme, aspect: str = PROGRESS) -> Table:
    """The table of a sheet for an aspect of its figures.

    Raises :class:`~desktop.ledger.definitions.MalformedScheme`.
    """
    words, shown = words_of(scheme), aspect_of(scheme, aspect)
    indicators = [definitions(scheme).indicators[name] for name in shown.indicators]
    projects = sheet.scope.by == PROJECT
    columns = _project_columns(sheet, words) if projects else _group_columns(sheet, words)
    if projects and shown.name != PROGRESS:
        columns.append(_words(sheet, "level", "级别", lambda line: line.level))
        columns.append(_words(sheet, "state", "状态", lambda line: line.state))
    columns += [_figures(sheet, indicator, words) for indicator in indicators]
    if shown.name == PROGRESS:
        columns += _reasons(sheet) if projects else _lit(sheet)
    notes = [] if sheet.apart else [words.say("phrases.overlap")]
    notes += [column.note for column in columns if column.note]
    rows = tuple(
        TableRow(
            line.key,
            tuple(column.cells[place] for column in columns),
            tuple(column.sorting[place] for column in columns),
            line.light or "",
            "\n".join((line.name, *(one.sentence for one in line.reasons))),
        )
        for place, line in enumerate(sheet.lines)
    )
    return Table(
        tuple(column.heading for column in columns),
        rows,
        TableRow(None, tuple(column.total for column in columns)),
        sums.note_below(*notes),
        f"单位：{MONEY_UNIT}" if any(one.sum is not None for one in indicators) else "",
    )


# Columns ------------------------------------------------------------------------------------------


def _group_columns(sheet: Sheet, words: Words) -> list[Column]:
    """Rank, name, light, number of projects."""
    not_ranked = words.say("phrases.not_ranked")
    names = [
        line.name if line.key is not None else words.say("phrases.unfilled") for line in sheet.lines
    ]
    return [
        Column(
            Heading("rank", "名次"),
            [str(line.rank) if line.rank else not_ranked for line in sheet.lines],
            "",
            [line.rank for line in sheet.lines],
        ),
        Column(
            Heading("name", sheet.title, "text", grows=True),
            names,
            words.say("phrases.total") or TOTAL,
            names,
        ),
        _light(sheet),
        _counts(sheet, "projects", "项目数", lambda line: line.row.amount("projects")),
    ]


def _project_columns(sheet: Sheet, words: Words) -> list[Column]:
    """Name, light, unit where there are several."""
    count = sheet.total.row.amount("projects")
    said = words.say("phrases.total_projects", 数=count) or TOTAL
    names = [line.name for line in sheet.lines]
    columns = [Column(Heading("name", "项目", "text", grows=True), names, said, names)]
    columns.append(_light(sheet))
    if sheet.many_units and sheet.scope.within != UNIT:
        columns.append(_words(sheet, "unit", "单位", lambda line: line.unit))
    return columns


def _light(sheet: Sheet) -> Column:
    """Sorted from the worst, in growing order."""
    places = {"red": 0, "yellow": 1, "green": 2}
    sorting = [places[line.light] if line.light else None for line in sheet.lines]
    return Column(Heading("light", "灯", "light"), [""] * len(sheet.lines), "", sorting)


def _words(sheet: Sheet, name: str, title: str, word: Callable[[Line], str]) -> Column:
    said = [word(line) for line in sheet.lines]
    return Column(Heading(name, title, "text"), said, "", [one or None for one in said])


def _counts(sheet: Sheet, name: str, title: str, count: Callable[[Line], int]) -> Column:
    counts = [count(line) for line in sheet.lines]
    *shown, total = (f"{one:,}" for one in (*counts, count(sheet.total)))
    return Column(Heading(name, title), shown, total, counts)


def _lit(sheet: Sheet) -> list[Column]:
    """How many of a group's projects have which light, how many have not reported."""
    return [
        _counts(sheet, "red", LIGHT_NAMES["red"], lambda line: line.red),
        _counts(sheet, "yellow", LIGHT_NAMES["yellow"], lambda line: line.yellow),
        _counts(sheet, "unreported", "未报", lambda line: line.row.amount("unreported")),
    ]


def _reasons(sheet: Sheet) -> list[Column]:
    """Why a project's light is on; below them how many are."""
    said = ["；".join(one.sentence for one in line.reasons) for line in sheet.lines]
    total = sheet.total
    counted = "，".join(
        f"{LIGHT_NAMES[light]} {count} 个"
        for light, count in (("red", total.red), ("yellow", total.yellow))
        if count
    )
    heading = Heading("reasons", "亮灯原因", "text", grows=True)
    return [Column(heading, said, counted, [one or None for one in said])]


def _figures(sheet: Sheet, indicator: Indicator, words: Words) -> Column:
    """A column of the indicator's kind."""
    heading = Heading(indicator.name, short_title(indicator), tip=indicator.title)
    if indicator.sum is not None:
        return _money(sheet, heading, words)
    if indicator.count is not None:
        column = _counts(sheet, heading.name, "", lambda line: line.row.amount(indicator.name))
        return msgspec.structs.replace(column, heading=heading)
    shares = [line.row.share(indicator.name) for line in (*sheet.lines, sheet.total)]
    if indicator.is_rate:
        plain = indicator.name == "completion_rate"
        missing = words.say("phrases.no_plan") if plain else "—"
        shown = [money.format_rate(share, missing=missing) for share in shares]
    else:
        shown = [money.format_points(share) for share in shares]
    if not sheet.total.row.amount("projects"):
        shown = [""] * len(shown)
    return Column(heading, shown[:-1], shown[-1], shares[:-1])


def _money(sheet: Sheet, heading: Heading, words: Words) -> Column:
    """Balanced where no line's projects are counted in another one too."""
    values = [_yuan(line, heading.name) for line in sheet.lines]
    whole = _yuan(sheet.total, heading.name)
    decimals = _decimals([*values, whole])
    note = None
    if sheet.apart and values:
        printed = sums.printed(values, MONEY_UNIT, decimals)
        shown, total, note = list(printed.cells), printed.total, printed.note
    else:
        *shown, total = (
            sums.minus(money.format_money(value, MONEY_UNIT, decimals))
            for value in (*values, whole)
        )
    if heading.name == "completed_week" and sheet.lines:
        silent = words.say("phrases.not_reported")
        shown = [text or silent for text in shown]
        total = total or silent
    return Column(heading, shown, total, values, note)


def _decimals(values: Sequence[int | None]) -> int:
    """Two at the most, as in papers; in a long table as many as hold a yuan, if it takes them.

    Balancing thousands of lines takes seconds; exact figures add up by themselves.
    """
    fewest = sums.fewest_decimals(values, MONEY_UNIT)
    step = 10 ** (PLACES[MONEY_UNIT] - fewest)
    exact = not any((value or 0) % step for value in values)
    return fewest if exact or len(values) <= LONG else PLACES[MONEY_UNIT]


def _yuan(line: Line, name: str) -> int | None:
    value = line.row.values[name]
    return None if value is None else line.row.amount(name)


# Order and clipboard ------------------------------------------------------------------------------


def ordered(table: Table, column: str, *, descending: bool) -> tuple[TableRow, ...]:
    """The rows sorted by a column, what is empty last; as they came where there is no such one."""
    names = [heading.name for heading in table.headings]
    if column not in names:
        return table.rows
    place = names.index(column)
    filled = [row for row in table.rows if row.sorting[place] is not None]
    empty = [row for row in table.rows if row.sorting[place] is None]

    def sorting(row: TableRow) -> tuple[Fraction, str]:
        value = row.sorting[place]
        return (Fraction(0), value) if isinstance(value, str) else (Fraction(value or 0), "")

    return (*sorted(filled, key=sorting, reverse=descending), *empty)


def copied(headings: Sequence[Heading], rows: Sequence[TableRow]) -> str:
    """Rows as Excel and WPS take them from the clipboard: cells by tabs, lines by line ends.

    Figures lose their thousands separators and take the plain sign, lights are named.
    """
    lines = ["\t".join(heading.title for heading in headings)]
    for row in rows:
        cells = []
        for heading, text in zip(headings, row.cells, strict=True):
            if heading.kind == "light":
                cells.append(LIGHT_NAMES[row.light] if row.light else "")
            elif heading.kind == "figure":
                cells.append(text.replace(",", "").replace(money.MINUS, "-"))
            else:
                cells.append(_harmless(text))
        lines.append("\t".join(cells))
    return "\n".join(lines) + "\n"


def _harmless(text: str) -> str:
    """A text on one line that no spreadsheet takes for a formula."""
    line = " ".join(text.split())
    return f"'{line}" if line[:1] in ("=", "+", "-", "@") else line
