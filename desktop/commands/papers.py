"""Papers: report, export."""

from __future__ import annotations

from pathlib import Path

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
    week_or_latest,
)


@verb("report")
@book_argument
@click.argument("kind", type=click.Choice(["weekly"]), metavar="报表")
@period_option
@output_option
@json_option
def report(book: Path, kind: str, period: str | None, target: Path, as_json: bool) -> None:
    """生成报表：weekly 为周调度报告（PDF）。"""
    from desktop.reports import making

    with opened(book) as store:
        week = week_or_latest(store, period)
        pages = making.weekly_report(store, week, target)
    if as_json:
        emit({"report": kind, "period": week, "file": str(target), "pages": pages})
    say(f"已生成 {week} 周调度报告 {target}，共 {pages} 页。")


@verb("export")
@book_argument
@click.argument("register", metavar="册")
@period_option
@output_option
@json_option
def export(book: Path, register: str, period: str | None, target: Path, as_json: bool) -> None:
    """导出一个册，按文件扩展名写成 Excel（.xlsx）或 PDF（.pdf）。

    台账省略期次时导出最近一周。
    """
    from desktop.reports import making

    with opened(book) as store:
        definition = store.scheme.register(register)
        week = None
        if definition.shape == "ledger":
            week = making.period_to_export(store, definition, period)
        made = making.export(store, register, week, target)
    if as_json:
        said = {"register": register, "period": week, "file": str(target)}
        emit({**said, "rows": made.rows, "remarks": made.remarks})
    say(f"已导出“{definition.title}”{week or ''} {made.rows} 行到 {target}。")
    for remark in made.remarks:
        say(f"· {remark}")
