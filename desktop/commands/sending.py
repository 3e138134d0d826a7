"""What goes out: task packages down, the week up, the share for the unit's other PCs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

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
from desktop.errors import OneLedgerError

if TYPE_CHECKING:
    from desktop.exchange.written import Handed, Written
    from desktop.ledger.workspace import Book
    from desktop.reports.slips import Passphrases

folder_option = click.option(
    "-o", "--output", "folder", type=FILE, required=True, metavar="文件夹", help="U盘或文件夹。"
)


class SlipsTravelAlong(OneLedgerError):
    """The passphrases were to be written where the packages go: whoever finds one has both."""

    def __init__(self, target: Path) -> None:
        super().__init__(
            f"口令条不能和任务包放在一起，也不能写到U盘上：{target}。",
            "请写到本机硬盘的另一个文件夹，打印、电话告知后删掉；这次还没有下发。",
        )


@verb("hand-down")
@book_argument
@click.option("--unit", "units", multiple=True, metavar="单位", help="只下发给这个单位，可写多次。")
@click.option("--anew", is_flag=True, help="对方丢失电脑或账本：重新建立联系，发新的首次任务包。")
@click.option(
    "--slips", "target", type=FILE, metavar="文件", help="首次下发的口令写成口令条（PDF），供打印。"
)
@folder_option
@json_option
def hand_down(
    book: Path,
    units: tuple[str, ...],
    anew: bool,
    target: Path | None,
    folder: Path,
    as_json: bool,
) -> int:
    """给每个下级单位写一个任务包。首次下发的口令只显示一次，请电话告知对方。"""
    from desktop.exchange import sending
    from desktop.ledger import lookup

    if target is not None:
        _apart(target, folder)
    with opened(book) as store, progress("下发") as show:
        chosen = [lookup.find(store, "unit", unit) for unit in units] or None
        handed = sending.hand_down(store, folder, chosen, anew=anew, progress=show)
        values = None if target is None else _passphrases(store, handed)
    if as_json:
        emit(
            {
                "packages": [_plain(one) for one in handed.written],
                "slips": str(target) if values is not None and values.strips else None,
                "refused": [
                    {"unit": name, "error": error.name, "sentence": str(error)}
                    for name, error in handed.refused
                ],
                "stopped": str(handed.stopped) if handed.stopped else None,
            }
        )
    for one in handed.written:
        told = f"，口令 {one.passphrase}（请电话告知对方）" if one.passphrase else ""
        say(f"{one.name}：{one.path.name} 已写入并核对，可以拔出{told}。{one.rest}")
    for name, error in handed.refused:
        say(f"{name}：没有下发。{error}")
    if handed.stopped is not None:
        say(str(handed.stopped))
    if target is not None and values is not None:
        _write_slips(values, target)
    return 1 if handed.refused or handed.stopped is not None else 0


@verb("submit")
@book_argument
@period_option
@click.option("--filler", metavar="姓名", help="填表人。")
@click.option("--reviewer", metavar="姓名", help="审核人。")
@click.option("--correction", metavar="原因", help="更正已经上报的一周，写明原因。")
@click.option("--reply", is_flag=True, help="不上报，只带回执和其他改动。")
@click.option("--paper", is_flag=True, help="还没有与上级建立联系：登记上报，只报纸质周报。")
@click.option(
    "-o", "--output", "folder", type=FILE, metavar="文件夹", help="U盘或文件夹；--paper 不用。"
)
@json_option
def submit(
    book: Path,
    period: str | None,
    filler: str | None,
    reviewer: str | None,
    correction: str | None,
    reply: bool,
    paper: bool,
    folder: Path | None,
    as_json: bool,
) -> None:
    """上报一周：写成报告包放到U盘或文件夹，读回核对后才算写好。"""
    from desktop.exchange import sending

    if paper and (reply or folder is not None):
        said = "--paper 不写数据包，不能和 -o、--reply 一起用。"
        raise click.UsageError(said, click.get_current_context())
    with opened(book) as store, progress("上报") as show:
        names = {"filler": filler or store.operator, "reviewer": reviewer, "correction": correction}
        if paper:
            _registered(store, week_or_latest(store, period), names, show, as_json)
            return
        if folder is None:
            if sending.contact(store) is None:
                raise sending.NobodyAbove
            raise click.MissingParameter(ctx=click.get_current_context(), param_hint="-o")
        if reply:
            written = sending.report(store, folder, show)
        else:
            week, today = week_or_latest(store, period), store.clock().date()
            written = sending.submit(store, week, folder, today, progress=show, **names)
    _said(written, as_json)


@verb("share")
@book_argument
@click.option("--new-pc", "whole", is_flag=True, help="给一台还没有账本的新电脑：带全部内容。")
@folder_option
@json_option
def share(book: Path, whole: bool, folder: Path, as_json: bool) -> None:
    """给本单位的另一台电脑写一个互换包；新电脑用它和恢复码建账。"""
    from desktop.exchange import sending

    with opened(book) as store, progress("互换") as show:
        written = sending.share(store, folder, show, whole=whole)
    _said(written, as_json)


def _apart(target: Path, folder: Path) -> None:
    """See to it that the passphrases can be written, and not beside the packages.

    Raises :class:`SlipsTravelAlong` and what :func:`~desktop.reports.slips.ready` raises.
    """
    from desktop.ledger import drives
    from desktop.reports import slips

    if drives.kind_of(target) == "removable" or folder.resolve() in target.resolve().parents:
        raise SlipsTravelAlong(target)
    slips.ready(target)


def _passphrases(book: Book, handed: Handed) -> Passphrases:
    from desktop.exchange.building import unit_name
    from desktop.reports import slips

    return slips.Passphrases(
        sender=unit_name(book, book.unit),
        strips=tuple(
            slips.Passphrase(one.name, one.path.name, one.passphrase)
            for one in handed.written
            if one.passphrase
        ),
        made_on=book.clock().date(),
        demonstration=book.demonstration,
    )


def _write_slips(values: Passphrases, target: Path) -> None:
    """Draw the strips, after the passphrases themselves were said."""
    from desktop.reports import binding, slips

    if not values.strips:
        say("没有首次下发的单位，不需要口令条。")
        return
    binding.lay_down(slips.passphrases_pdf(values), target)
    say(f"口令条 {len(values.strips)} 张已写到 {target}：打印、电话告知后请删掉这个文件。")


def _registered(
    book: Book,
    period: str,
    names: dict[str, str | None],
    show: Callable[[int, int], None],
    as_json: bool,
) -> None:
    """Submit the week on paper alone."""
    from desktop.exchange import sending
    from desktop.exchange.building import unit_name

    today = book.clock().date()
    sending.on_paper(book, period, today, progress=show, **names)
    if as_json:
        unit = unit_name(book, book.unit)
        emit({"unit": unit, "kind": "paper", "period": period, "submitted_on": today, "path": None})
    say(f"{period} 已登记上报并锁定，没有写数据包：请把签字、盖章的周报送交上级。")


def _said(written: Written, as_json: bool) -> None:
    if as_json:
        emit(_plain(written))
    package = written.package
    say(
        f"{written.path.name} 已写入并核对，可以拔出：分录 {package.entries} 条，"
        f"照片附件 {package.attachments} 件，收件单位 {written.name}。{written.rest}"
    )


def _plain(written: Written) -> dict[str, Any]:
    package = written.package
    return {
        "unit": written.name,
        "kind": package.kind,
        "number": package.number,
        "digest": package.digest,
        "periods": package.periods,
        "entries": package.entries,
        "attachments": package.attachments,
        "following": written.following,
        "size": package.size,
        "path": str(written.path),
        "passphrase": written.passphrase,
    }
