"""Excel: read a workbook into the book, or see first what it would bring."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.commands.frame import (
    FILE,
    book_argument,
    emit,
    json_option,
    opened,
    say,
    verb,
    waiting,
)
from desktop.errors import NotFound

if TYPE_CHECKING:
    from desktop.ledger.definitions import Scheme
    from desktop.ledger.workspace import Book
    from desktop.sheets.plans.plan import Plan
    from desktop.sheets.proposals.answers import Answers
    from desktop.sheets.proposals.proposal import Proposal, Skipped
    from desktop.sheets.workbook.grid import Workbook

#: More places of which the same is said are counted.
FEW = 3


@verb("read-excel")
@book_argument
@click.argument("file", type=FILE, metavar="工作簿")
@click.option("--period", metavar="期次", help="周台账、月台账的期次，省略时按工作簿所写。")
@click.option("--dry-run", is_flag=True, help="只看会读入什么，不写入账本。")
@click.option("--tables", is_flag=True, help="只列出工作簿中的各个表，不写入账本。")
@click.option("--answers", type=FILE, metavar="文件", help="对疑问的答复（JSON：编号 → 值）。")
@click.option("--mapping", type=FILE, metavar="文件", help="采用并记住别处导出的表头对应关系。")
@click.option("--save-mapping", type=FILE, metavar="文件", help="导出本工作簿的表头对应关系。")
@json_option
def read_excel(
    book: Path,
    file: Path,
    period: str | None,
    dry_run: bool,
    tables: bool,
    answers: Path | None,
    mapping: Path | None,
    save_mapping: Path | None,
    as_json: bool,
) -> int:
    """从 Excel 读入：认表头、认单位、认项目，先列出再写入；一次读入可一步撤销。

    有疑问的数不写入，列出编号；答复后再读一次即可。
    """
    from desktop.ledger import backups
    from desktop.ledger.periods import parse_period
    from desktop.sheets import joining, proposing
    from desktop.sheets.meaning import vocabulary
    from desktop.sheets.plans import taking
    from desktop.sheets.proposals import answers as answering
    from desktop.sheets.proposals.answers import Answers
    from desktop.sheets.tables import as_found
    from desktop.sheets.workbook import reading

    with opened(book) as store, waiting("读表"):
        workbook = reading.read(file)
        if tables:
            emit(as_found.as_json(workbook, vocabulary.load(store.scheme).known))
            return 0
        given = answering.load(answers) if answers else None
        week = None if period is None else parse_period(period, store.year)
        year = week.year if week else store.year
        habits = _Habits(workbook, mapping)
        given = habits.over(store.scheme, given, year)
        proposal = proposing.propose(workbook, store.scheme, given, year=year)
        plan = joining.plan(store, proposal, week, given)
        known = habits.meant(plan, store)
        if known:
            used, given = given.used, Answers({**known, **given.given})
            given.used |= used
            proposal = proposing.propose(workbook, store.scheme, given, year=year)
            plan = joining.plan(store, proposal, week, given)
        written: dict[str, int] | None = None
        if not dry_run:
            if not plan.asked:
                backups.before(store, "read-excel")
            written = taking.take(store, plan)
            habits.spell(plan)
        habits.keep(proposal, given, save_mapping, dry_run=dry_run)
        lines = taking.summary(store, plan, written)
    if as_json:
        emit(_document(proposal, plan, written))
    _tell(proposal, plan, lines, written)
    return 0


class _Habits:
    """What is remembered of tables with these headings, and what is to be."""

    def __init__(self, workbook: Workbook, mapping: Path | None) -> None:
        from desktop import paths
        from desktop.sheets.proposals import signatures, spellings

        self.workbook, self.file = workbook, paths.profile() / signatures.FILE
        self.spelled = paths.profile() / spellings.FILE
        try:
            self.memory = signatures.load(self.file)
        except signatures.MemoryMalformed:  # a habit is no reason not to read a workbook
            self.memory, aside = signatures.Memory(), self.file.with_suffix(".damaged")
            self.file.replace(aside)
            say(f"本机记住的表头对应关系读不出，已改名为 {aside.name}，这次没有采用。")
        if mapping is not None:
            if not mapping.exists():
                raise NotFound(str(mapping))
            self.memory = signatures.joined(self.memory, signatures.load(mapping))
        self.taken = mapping is not None

    def over(self, scheme: Scheme, given: Answers | None, year: int | None) -> Answers:
        """The answers of today over those that are remembered."""
        from desktop.sheets import proposing
        from desktop.sheets.proposals import answers, signatures

        now = given or answers.Answers()
        if not self.memory.tables:
            return now
        tables = proposing.propose(self.workbook, scheme, year=year).tables
        found = signatures.proposed(self.memory, tables, now, scheme)
        if len(found.given) > len(now.given):
            say("按以前对同样表头的答复读入；本次答复优先。")
        return found

    def meant(self, plan: Plan, store: Book) -> dict[str, Any]:
        """Answers to the questions which project is meant, by spellings that are known."""
        from desktop.sheets.plans.subjects import MATCH
        from desktop.sheets.proposals import spellings

        known = spellings.load(self.spelled)
        if not known or not any(one.field == MATCH for one in plan.questions):
            return {}
        records = {row["record"] for row in store.rows(store.scheme.head.subject)}
        return dict(spellings.answers(known, plan.questions, MATCH, records))

    def spell(self, plan: Plan) -> None:
        """Remember by which spellings projects were meant."""
        from desktop.sheets.proposals import spellings

        if plan.called:
            spellings.keep(self.spelled, plan.called)

    def keep(
        self, proposal: Proposal, given: Answers, export: Path | None, *, dry_run: bool
    ) -> None:
        """Remember the answers about columns; a trial remembers nothing."""
        from desktop.sheets.proposals import signatures

        name = proposal.workbook.rsplit(".", 1)[0]
        after = signatures.remembered(self.memory, proposal.tables, given, name)
        if export is not None:
            own = {signatures.signature(table) for table in proposal.tables}
            tables = tuple(one for one in after.tables if one.signature in own)
            signatures.save(signatures.Memory(tables), export)
        if not dry_run and (self.taken or after != self.memory):
            signatures.save(after, self.file)


def _document(proposal: Proposal, plan: Plan, written: dict[str, int] | None) -> dict[str, Any]:
    """What ``--json`` prints: the proposal, under ``joined`` what of it the book knows and asks."""
    return {**proposal.to_json(), "joined": plan.to_json(), "written": written}


def _where(row: Skipped) -> str:
    return f"{row.sheet} 第 {row.row} 行" if row.row else f"工作表 {row.sheet}"


def _tell_alike(lines: Iterable[tuple[str, str]]) -> None:
    """Lines as (where, what is said there); what is said of many places is said once."""
    told: dict[str, list[str]] = {}
    for where, what in lines:
        told.setdefault(what, []).append(where)
    for what, places in told.items():
        if len(places) > FEW:
            say(f"· {places[0]} 等 {len(places)} 处{what}")
        else:
            for place in places:
                say(f"· {place}{what}")


def _tell(proposal: Proposal, plan: Plan, lines: list[str], written: dict[str, int] | None) -> None:
    """Everything that was left out, asked or done, a line each."""
    from desktop.ledger.periods import together

    stated = [*plan.periods] or ([proposal.period] if proposal.period else [])
    say(f"{proposal.workbook}：{together(stated) if stated else '未写明期次'}")
    _tell_alike(
        (f"没有读入的列：{one.sheet} {one.column}", f" “{one.heading}”，{one.reason}。")
        for one in proposal.unmapped
    )
    for used in (False, True):
        _tell_alike(
            (
                f"{'' if used else '没有读入：'}{_where(one)}",
                f"{'：' if used else '，'}{one.reason.rstrip('。')}。",
            )
            for one in proposal.skipped
            if one.used == used
        )
    _tell_alike((f"{one.sheet} {one.cell}", f"：{one.text}") for one in proposal.notes)
    for question in (*proposal.questions, *plan.questions):
        say(f"？{question.question}（编号 {question.id}）")
    for line in lines:
        say(f"· {line}")
    if written is None:
        say("以上为试读，账本没有改动。")
