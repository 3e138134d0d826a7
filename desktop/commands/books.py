"""Books: new, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop import paths
from desktop.commands.frame import (
    FILE,
    book_argument,
    emit,
    json_option,
    opened,
    output_option,
    progress,
    say,
    verb,
)

if TYPE_CHECKING:
    from desktop.ledger.paper_code import Trace


@verb("new")
@book_argument
@click.option("--unit", required=True, metavar="名称", help="账本所属单位。")
@click.option("--level", default="district", metavar="层级", help="district 或 township。")
@click.option("--under", metavar="名称", help="上级单位。")
@click.option(
    "--scheme", "folder", type=FILE, metavar="文件夹", help="方案文件夹，省略时用自带的。"
)
@json_option
@click.pass_obj
def new(
    operator: str,
    book: Path,
    unit: str,
    level: str,
    under: str | None,
    folder: Path | None,
    as_json: bool,
) -> None:
    """新建账本。"""
    from desktop.ledger import scheme, workspace

    given = scheme.load(folder) if folder else None
    if given is not None:
        from desktop.reports import wordings
        from desktop.sheets.meaning import vocabulary

        wordings.examine(given)
        vocabulary.load(given)
    with workspace.create(
        book,
        unit,
        level,
        under=under,
        scheme=given,
        operator=operator or paths.account(),
    ) as made:
        if as_json:
            emit({"book": str(book), "unit": unit, "level": level, "head": made.journal.head})
    say(f"已建账本 {book}，所属单位：{unit}。")


@verb("verify")
@book_argument
@click.option("--rebuild", is_flag=True, help="按流水重建各表；流水本身不动。")
@click.option("--paper", metavar="校验码", help="核对纸上印的校验码（12 位）是否出自本账本。")
@json_option
def verify(book: Path, rebuild: bool, paper: str | None, as_json: bool) -> int:
    """核验账本：流水未被改动，各表与流水一致；或核对一张纸是否出自本账本。"""
    import msgspec

    from desktop.ledger import backups, paper_code
    from desktop.ledger import verify as verification

    with opened(book) as opened_book, progress("核验") as show:
        traced = None if paper is None else paper_code.trace(opened_book, paper)
        if rebuild:
            verification.rebuild(opened_book, backups.anchors(opened_book))
            say("已按流水重建各表。")
        found = verification.verify(opened_book, backups.anchors(opened_book), show)
    if as_json:
        emit(found if traced is None else {"paper": traced, **msgspec.structs.asdict(found)})
    absent = traced is not None and not traced.found
    if traced is not None:
        say(_paper(traced))
    if found.ok:
        say(f"账本完好：{found.entries} 条流水，首尾相接，各表与流水一致。")
        return 1 if absent else 0
    for problem in found.problems[:20]:
        say(f"· {problem.sentence}")
    more = f"（只列出前 20 处，共 {len(found.problems)} 处）" if len(found.problems) > 20 else ""
    whats = {problem.what for problem in found.problems}
    if whats <= verification.BESIDE:
        say(f"流水和各表完好；照片、附件有缺失或改动{more}。请从备份找回，或重新添加。")
    elif whats <= verification.REPAIRABLE | verification.BESIDE:
        say(f"流水完好，表与流水不符{more}。可用 verify --rebuild 按流水重建。")
    else:
        say(f"账本未通过核验{more}。请停止填写，保留此文件，从备份恢复并报告上级。")
    return 1


def _paper(traced: Trace) -> str:
    """What is said of a paper's code."""
    from desktop.ledger.undo import TITLES

    if not traced.found:
        return f"校验码 {traced.code} 不出自本账本：流水中从未有过。"
    said = f"校验码 {traced.code} 出自本账本：流水第 {traced.position} 条（{traced.time}）之后印出"
    first = traced.first_later
    if first is None:
        return f"{said}，此后没有改动。"
    act = TITLES.get(first.act, first.act)
    return (
        f"{said}；此后又有 {traced.later} 条，"
        f"第一条是 {first.time[:16]} {first.operator} {act}（第 {first.position} 条）。"
    )


@verb("backup")
@book_argument
@output_option
@json_option
def backup(book: Path, target: Path, as_json: bool) -> None:
    """备份：复制、逐条核验、校验，写好才算数。"""
    from desktop.ledger import backups

    with opened(book) as opened_book, progress("备份") as show:
        made = backups.backup(opened_book, target, progress=show)
    if as_json:
        emit(made)
    say(f"已备份到 {made.path}，共 {made.entries} 条流水，已核验。{made.forms.told}")


@verb("restore")
@click.argument("source", type=FILE, metavar="备份文件")
@output_option
@json_option
def restore(source: Path, target: Path, as_json: bool) -> None:
    """从备份恢复成一个新账本文件；原有文件不动。"""
    from desktop.ledger import backups

    made = backups.restore(source, target)
    if as_json:
        emit(made)
    say(f"已恢复为 {made.path}，共 {made.entries} 条流水，已核验。{made.forms.told}")
