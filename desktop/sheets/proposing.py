"""A workbook's cells → its proposal: every sheet, table and card in turn, nothing left unsaid."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import partial
from operator import itemgetter

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.sheets.fill_in.layout import find_layouts, find_mark
from desktop.sheets.meaning import vocabulary
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.proposals import assumed, chosen_rows, hidden, merging, overview, whose
from desktop.sheets.proposals.answers import Answers
from desktop.sheets.proposals.filling import Filling
from desktop.sheets.proposals.gathering import Gathering
from desktop.sheets.proposals.proposal import Proposal
from desktop.sheets.tables import sources
from desktop.sheets.tables.cards import Card
from desktop.sheets.tables.finding import Table, find
from desktop.sheets.tables.surroundings import Around, look, unit_name
from desktop.sheets.uncollected import uncollected
from desktop.sheets.workbook.grid import Sheet, Text, Workbook

_NAMED_BY_UNIT = re.compile(
    r"[\u4e00-\u9fff]{2,10}(?:镇|乡|街道|高新区|新区|开发区|示范区|园区|产业区)"
)


def propose(
    workbook: Workbook,
    scheme: Scheme,
    answers: Answers | None = None,
    *,
    year: int | None = None,
) -> Proposal:
    """What ``workbook`` would bring to a book of ``scheme``.

    ``answers`` to questions of an earlier proposal of the same workbook are worked in; which were
    met is remembered in them. ``year`` completes dates where the workbook names no year. Raises
    :class:`~desktop.ledger.definitions.MalformedScheme` for wrong synonyms and
    :class:`~desktop.sheets.workbook.refusals.AnswerNotUnderstood`.
    """
    mark = find_mark(workbook)
    if mark is not None:  # a fill-in workbook of ours
        from desktop.sheets.fill_in.returning import propose_returned

        layouts = find_layouts(workbook, mark)
        if layouts:
            return propose_returned(layouts, workbook, scheme, answers or Answers())
    with uncollected():
        return _proposed(workbook, scheme, answers or Answers(), year)


def _proposed(workbook: Workbook, scheme: Scheme, answers: Answers, year: int | None) -> Proposal:
    words = vocabulary.load(scheme)
    gathering = Gathering(answers)
    named = _workbook_around(workbook)
    whole = named.over(Around(year=year))
    said = Around()
    for sheet in workbook.sheets:
        said = said.over(_read_sheet(words, sheet, whole, gathering))
    if year is not None and said.year is None and named.year is None:
        assumed.note(workbook, scheme, year, gathering)
    said = said.over(whole)
    projects, questions = merging.merge(
        whose.of_tables(scheme, gathering),
        gathering.starts,
        scheme.register(scheme.head.subject).label or "name",
        gathering.answers,
        scheme,
    )
    order = {sheet.name: number for number, sheet in enumerate(workbook.sheets)}
    gathering.skipped.sort(key=lambda one: (order[one.sheet], one.row or 0))
    return Proposal(
        workbook=workbook.name,
        unit=said.reporter,
        year=said.year,
        week=said.week,
        filled_on=said.filled_on,
        projects=tuple(projects),
        items=tuple(gathering.items),
        questions=(*gathering.questions, *questions),
        unmapped=tuple(gathering.unmapped),
        skipped=tuple(gathering.skipped),
        notes=tuple(gathering.notes),
        columns=tuple(gathering.columns),
        tables=tuple(gathering.tables),
        month=said.month,
        quarter=said.quarter,
    )


def _workbook_around(workbook: Workbook) -> Around:
    """What the file's name says; sheets' names are looked at with their sheet."""
    stem = workbook.name.rsplit(".", 1)[0]
    around = look((), (), [stem])
    return msgspec.structs.replace(around, title=None, money=None, reporter=None, filled_on=None)


def _read_sheet(words: Vocabulary, sheet: Sheet, whole: Around, gathering: Gathering) -> Around:
    """Read one sheet; what its texts say about unit, week and date."""
    if not sheet.rows:
        return Around()
    found = find(sheet, words.known)
    hidden.mark(sheet, gathering)
    if not found.tables and not found.cards:
        gathering.skip(sheet, None, "没有找到表格")
    sheet_said = look((), (), [sheet.name], year_else=whole.year)
    named = msgspec.structs.replace(
        sheet_said, title=None, money=None, reporter=None, filled_on=None
    )
    reading = _OnSheet(words, sheet, named.over(whole), gathering)
    blocks = [(one.top, partial(reading.card, one)) for one in found.cards]
    blocks += [(one.header.top, partial(reading.table, one)) for one in found.tables]
    for _, read in sorted(blocks, key=itemgetter(0)):
        read()
    gathering.skip_texts(sheet, found.outside, "表格之外的文字")
    outside = look((), [text.text for text in found.outside])
    return reading.said.over(Around(reporter=outside.reporter)).over(named)


class _OnSheet:
    """The tables and cards of one sheet, read from the top: what the texts over one say of its
    money holds for those below, until others say it, and a table without projects is of the card
    above it. ``said`` is what all their texts say."""

    def __init__(
        self, words: Vocabulary, sheet: Sheet, whole: Around, gathering: Gathering
    ) -> None:
        self.words, self.sheet, self.whole, self.out = words, sheet, whole, gathering
        self.turns = chosen_rows.turns_of(gathering.answers)
        self.said = self._held = Around()
        self._owner: sources.Owner | None = None

    def table(self, as_found: Table) -> None:
        """Read a table."""
        table, aside = chosen_rows.turned(as_found, self.turns, self.out.answers)
        around = self._around(_lines(table.above), _lines(table.below))
        before = len(self.out.projects) + len(self.out.items)
        source = sources.of_table(self.sheet, table, self._owner)
        filled = Filling(self.words, source, around, self.out).fill()
        self.out.tables.append(overview.of_table(table, *filled))
        if len(self.out.projects) + len(self.out.items) == before:
            _nothing_read(self.sheet, table, self.out)
        _set_aside(self.sheet, table, self.out)
        for row in aside:
            self.out.skip(self.sheet, row, chosen_rows.REASON)

    def card(self, card: Card) -> None:
        """Read a card."""
        around = self._around(_lines(card.above))
        before = len(self.out.projects)
        filled = Filling(self.words, sources.of_card(self.sheet, card), around, self.out).fill()
        self.out.tables.append(overview.of_card(card, *filled))
        subject = self.words.scheme.register(self.words.project_registers[0])
        name = subject.label or "name"
        self._owner = None
        for record in self.out.projects[before:]:
            self._owner = sources.Owner(str(record.values[name]), record.place(name))

    def _around(self, above: Iterable[str], below: Iterable[str] = ()) -> Around:
        here = look(above, below, year_else=self.whole.year)
        self.said = self.said.over(here)
        self._held = Around(money=here.money or self._held.money)
        self.out.starts.append(len(self.out.projects))
        reporter = here.reporter or _unit_named(self.sheet.name)
        self.out.reporters.append((self.sheet.name, reporter))
        return here.over(self._held).over(self.whole)


def _unit_named(name: str) -> str | None:
    """The unit that a sheet is named by: 问十乡."""
    unit = unit_name(name)
    return unit if _NAMED_BY_UNIT.fullmatch(unit) else None


def _lines(texts: Iterable[Text]) -> list[str]:
    """Texts around a table; a label whose value stands in the next cell takes it (填表人：)."""
    lines: list[str] = []
    row = -1
    for text in texts:
        if lines and row == text.row and lines[-1].rstrip().endswith(("：", ":")):
            lines[-1] += text.text
        else:
            lines.append(text.text)
        row = text.row
    return lines


def _nothing_read(sheet: Sheet, table: Table, gathering: Gathering) -> None:
    """A table that is understood and brings nothing: one line in front of those of its rows."""
    if gathering.tables[-1].kind and table.data:
        reason = f"这张表的 {len(table.data)} 行一行也没有读入，原因见各行"
        gathering.skip(sheet, table.header.top, reason)


def _set_aside(sheet: Sheet, table: Table, gathering: Gathering) -> None:
    """The rows of a table that are no data, each with its reason."""
    for row in table.totals:
        gathering.skip(sheet, row, "合计行，不作为项目")
    for row in table.repeated:
        gathering.skip(sheet, row, "重复的表头")
    for row in table.numbering:
        gathering.skip(sheet, row, "栏次行")
    gathering.skip_texts(sheet, table.below, "表下的说明")
