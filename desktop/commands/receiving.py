"""What comes in: a book from its first task package, packages taken in, a week returned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import paths, slip_filling
from desktop.commands import packages
from desktop.commands.frame import (
    FILE,
    book_argument,
    emit,
    json_option,
    opened,
    period_option,
    progress,
    say,
    verb,
    week_or_latest,
)
from desktop.commands.keys import write_recovery_sheet
from desktop.errors import OneLedgerError

if TYPE_CHECKING:
    from desktop.exchange.sitting import Sitting
    from desktop.ledger.workspace import Book
    from desktop.reports.slips import Receipt


class NothingTakenIn(OneLedgerError):
    """A receipt was asked for a dry run: nothing would stand behind it."""

    def __init__(self) -> None:
        super().__init__("只看不装不能出回执。", "请去掉 --dry-run 装入，或去掉 --receipt 只看。")


@verb("open-task")
@click.argument("package", type=FILE, metavar="包")
@click.option(
    "--passphrase",
    required=True,
    metavar="口令",
    help="上级电话告知的口令；用本单位互换包建账时为恢复码。",
)
@click.option("-o", "--output", "target", type=FILE, required=True, metavar="账本")
@click.option("--sheet", type=FILE, metavar="文件", help="恢复单写成 PDF，打印后删掉文件。")
@click.option("--another", is_flag=True, help="这台电脑上已有本单位的账本，仍另建一本。")
@json_option
def open_task(
    package: Path,
    passphrase: str,
    target: Path,
    sheet: Path | None,
    another: bool,
    as_json: bool,
) -> None:
    """用首次任务包（或本单位另一台电脑的互换包）在这台电脑上建账。"""
    from desktop.exchange import already, opening

    if sheet is not None:
        from desktop.reports import slips

        slips.ready(sheet)
    if not another:
        header = opening.kind_of(package)
        here = already.book_of(header.receiver, paths.profile(), [target.parent])
        if here is not None:
            raise already.BookHere(header.receiver_name, here)
    context = click.get_current_context()
    operator = context.find_root().obj or paths.account()
    begun = opening.open_package(package, passphrase, target, operator=operator)
    with begun.book as book:
        entries = book.journal.position
        wanted = sheet is not None and begun.recovery
        values = slip_filling.recovery(book, begun.recovery) if wanted else None
    if as_json:
        emit(
            {
                "book": str(target),
                "unit": begun.name,
                "entries": entries,
                "code": begun.code,
                "recovery": begun.recovery,
                "sheet": None if values is None else str(sheet),
            }
        )
    say(f"{begun.name}的账本已建好：{target}，分录 {entries} 条。")
    if begun.code:
        say(f"核对码 {begun.code}：第一次上报后请与上级电话核对，两边应完全一致。")
    if begun.recovery:
        say(f"恢复码 {begun.recovery}：请抄写或打印后锁好，换电脑、恢复备份时要用。")
    if sheet is not None:
        if values is None:
            say("本单位的恢复码没有变，沿用原来的恢复单，没有另写。")
        else:
            write_recovery_sheet(values, sheet)


@verb("take-in")
@book_argument
@click.argument("places", type=FILE, nargs=-1, required=True, metavar="包或文件夹…")
@click.option("--dry-run", is_flag=True, help="只看不装：列出每个包会改什么。")
@click.option("--receipt", "paper", type=FILE, metavar="文件", help="回执写成 PDF，供打印签字。")
@json_option
def take_in(
    book: Path, places: tuple[Path, ...], dry_run: bool, paper: Path | None, as_json: bool
) -> int:
    """装入U盘或文件夹里的包：逐个核对、逐个装入，不合格的隔离，其余照常。"""
    from desktop.exchange import sitting

    if paper is not None:
        from desktop.reports import slips

        if dry_run:
            raise NothingTakenIn
        slips.ready(paper)
    with opened(book) as store, progress("装入") as show:
        done = (sitting.look if dry_run else sitting.take_in)(store, places, show)
        values = _receipt(store, done) if paper is not None and done.results else None
    if as_json:
        emit({**packages.plain(done), "receipt": None if values is None else str(paper)})
    packages.tell(done)
    if not done.results and not done.troubles:
        say("没有找到数据包。")
    if paper is not None and values is not None:
        _write_receipt(values, paper)
    return 1 if done.refused or done.stopped is not None or done.nothing else 0


@verb("return")
@book_argument
@click.option("--unit", required=True, metavar="单位", help="退回哪个单位的一周。")
@period_option
@click.option("--reason", required=True, metavar="原因", help="退回原因，随下一个任务包下达。")
@json_option
def return_(book: Path, unit: str, period: str | None, reason: str, as_json: bool) -> None:
    """退回一个单位上报的一周；随下一个任务包带下去，对方即可修改后再报。"""
    from desktop.ledger import cycle, lookup

    with opened(book) as store:
        week = week_or_latest(store, period)
        record = lookup.find(store, "unit", unit)
        answer = cycle.return_week(store, record, week, store.clock().date(), reason)
    if as_json:
        emit({"unit": unit, "period": week, "record": answer, "reason": reason})
    say(f"已退回 {unit} {week}。请写任务包下发，对方装入后即可修改。")


def _receipt(book: Book, done: Sitting) -> Receipt:
    """The receipt of a sitting; a district's says whose week is missing.

    That week is the one that most of the packages bring, else the latest of the book.
    """
    from collections import Counter

    from desktop.exchange import directory
    from desktop.exchange.building import unit_name
    from desktop.ledger import cycle, paper_code
    from desktop.reports import slips

    brought = Counter(week for one in done.results for week in one.periods)
    week = brought.most_common(1)[0][0] if brought else book.latest_week() or ""
    expected = cycle.submissions(book, week) if week and directory.below(book) else []
    return slips.Receipt(
        receiver=unit_name(book, book.unit),
        packages=tuple(
            slip_filling.package(one) for one in done.results if one.outcome != "不归本机"
        ),
        taken_at=book.clock(),
        taken_by=book.operator,
        paper_code=paper_code.code(book.journal.head),
        silent=tuple(one.name for one in expected if one.state == "未上报"),
        period=week,
        demonstration=book.demonstration,
    )


def _write_receipt(values: Receipt, target: Path) -> None:
    from desktop.reports import binding, slips

    binding.lay_down(slips.receipt_pdf(values), target)
    say(f"回执已写到 {target}，账本校验码 {values.paper_code}，请打印签字。")
