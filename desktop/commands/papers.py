"""Papers: report, export."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.commands.frame import (
    book_argument,
    emit,
    json_option,
    opened,
    output_option,
    period_option,
    say,
    verb,
    waiting,
    week_or_latest,
)
from desktop.reports.kinds import CARD, KINDS, kind

if TYPE_CHECKING:
    from desktop.ledger.workspace import Book
    from desktop.reports.kinds import Kind

_SIZES = sorted({size for one in KINDS.values() for size in one.sizes}, reverse=True)


@verb("report")
@book_argument
@click.argument("name", type=click.Choice(list(KINDS)), metavar="报表")
@click.option("--period", metavar="期次", help="周如 2023-W09，月如 2023-02；省略时为最近一期。")
@click.option(
    "--subject",
    "named",
    metavar="记录",
    multiple=True,
    help="哪个项目、函件、督办或会议：名称、文号或编号；项目一张表可写多个。",
)
@click.option("--all", "every", is_flag=True, help="全部项目的一张表，合成一个文件。")
@click.option("--size", type=click.Choice(_SIZES), metavar="纸张", help="挂图 A3、A1、A0。")
@click.option("--issue", type=click.IntRange(1, 9999), metavar="期号", help="第几期。")
@click.option("--red-head/--plain", default=None, help="套红头，或用普通标题。")
@output_option
@json_option
def report(
    book: Path,
    name: str,
    period: str | None,
    named: tuple[str, ...],
    every: bool,
    size: str | None,
    issue: int | None,
    red_head: bool | None,
    target: Path,
    as_json: bool,
) -> None:
    """生成报表，按文件扩展名写成 PDF、Word（.docx）或 Excel（.xlsx）。

    weekly 周报、monthly 月报、circular 通报、reminder 提醒函、supervision 督办通知单、talk
    约谈通知、minutes 会议纪要、tasks 交办清单、card 项目一张表、wall-chart 挂图、hand-over 交接单。
    """
    from desktop.reports import making
    from desktop.reports.saying import Request, admit
    from desktop.reports.subjects import subject_named, subjects

    known = kind(name)
    subject = next((text for text in named if text), "")
    _refuse(known, issue=issue, red_head=red_head, size=size, period=period, subject=subject)
    _refuse_several(known, named, every=every)
    with opened(book) as store, waiting(f"生成{known.title}"):
        admit(store, known)
        at = _period(store, known, period)
        record, called, records = "", "", list[str]()
        if every or len(named) > 1:
            if every:
                records = [one.record for one in subjects(store, known)]
            else:
                records = [subject_named(store, known, text).record for text in named]
            records = list(dict.fromkeys(records))
            called = f"{len(records)} 个项目"
            written = making.make_cards(store, Request(name, at), records, target)
        else:
            if known.subject:
                one = subject_named(store, known, subject)
                record, called = one.record, one.label
            request = Request(name, at, record, size or "", issue, red_head)
            written = making.make(store, request, target)
    if as_json:
        said = {"report": name, "period": at or None, "subject": record or records or None}
        made = {"file": str(target), "pages": written.pages or None}
        emit({**said, **made, "missing": sorted(written.missing), "remarks": written.remarks})
    when, whose = (f" {at} " if at else ""), (f"（{called}）" if called else "")
    count = f"，共 {written.pages} 页" if written.pages else ""
    say(f"已生成{when}{known.title}{whose} {target}{count}。")
    if written.missing:
        say(f"· 这些字在字体中没有，印成了〓：{'　'.join(sorted(written.missing))}")
    for remark in written.remarks:
        say(f"· {remark}")


@verb("export")
@book_argument
@click.argument("register", metavar="册")
@period_option
@click.option("--since", metavar="校验码", default="", help="只印这张纸以后有变动的行。")
@output_option
@json_option
def export(
    book: Path, register: str, period: str | None, since: str, target: Path, as_json: bool
) -> None:
    """导出一个册，按文件扩展名写成 Excel（.xlsx）或 PDF（.pdf）。

    台账省略期次时导出最近一期。校验码印在每页页脚。
    """
    from desktop.reports import making

    with opened(book) as store, waiting("导出"):
        definition = store.scheme.register(register)
        at = None
        if definition.shape == "ledger":
            at = making.period_to_export(store, definition, period)
        made = making.export(store, register, at, target, changed_since=since)
    if as_json:
        said = {"register": register, "period": at, "file": str(target), "since": since or None}
        emit({**said, "rows": made.rows, "remarks": made.remarks})
    changed = "有变动的 " if since else ""
    say(f"已导出“{definition.title}”{at or ''} {changed}{made.rows} 行到 {target}。")
    for remark in made.remarks:
        say(f"· {remark}")


def _period(book: Book, known: Kind, period: str | None) -> str:
    """The week or month as given, or the latest; "" for a paper about one record."""
    if known.period == "week":
        return week_or_latest(book, period)
    if known.period == "month":
        from desktop.reports import making

        return making.month_or_latest(book, period)
    return ""


def _refuse_several(known: Kind, named: tuple[str, ...], *, every: bool) -> None:
    """Only cards of projects are put together into one file."""
    if (every or len(named) > 1) and known.name != CARD:
        raise click.UsageError(f"{known.title}一次只能生成一份；项目一张表可以合成一个文件。")
    if every and named:
        raise click.UsageError("--all 和 --subject 只能选一个。")


def _refuse(
    known: Kind,
    *,
    issue: int | None,
    red_head: bool | None,
    size: str | None,
    period: str | None,
    subject: str,
) -> None:
    """An option that this paper has not is wrong usage, not silently passed over."""
    for option, given, has in (
        ("--issue", issue is not None, known.issue),
        ("--red-head/--plain", red_head is not None, known.red_head),
        ("--size", bool(size), bool(known.sizes)),
        ("--period", period is not None, bool(known.period)),
        ("--subject", bool(subject), bool(known.subject)),
    ):
        if given and not has:
            raise click.UsageError(f"{known.title}没有选项 {option}。")
    if size and size not in known.sizes:
        raise click.UsageError(f"{known.title}的纸张可选：{'、'.join(known.sizes)}。")
