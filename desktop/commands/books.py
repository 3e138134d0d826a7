"""Books: new, verify, backup, restore."""

from __future__ import annotations

from pathlib import Path

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

    with workspace.create(
        book,
        unit,
        level,
        under=under,
        scheme=scheme.load(folder) if folder else None,
        operator=operator or paths.account(),
    ) as made:
        if as_json:
            emit({"book": str(book), "unit": unit, "level": level, "head": made.journal.head})
    say(f"已建账本 {book}，所属单位：{unit}。")


@verb("verify")
@book_argument
@click.option("--rebuild", is_flag=True, help="按流水重建各表；流水本身不动。")
@json_option
def verify(book: Path, rebuild: bool, as_json: bool) -> int:
    """核验账本：流水未被改动，各表与流水一致。"""
    from desktop.ledger import backups
    from desktop.ledger import verify as verification

    with opened(book) as opened_book, progress("核验") as show:
        if rebuild:
            verification.rebuild(opened_book, backups.anchors(opened_book))
            say("已按流水重建各表。")
        found = verification.verify(opened_book, backups.anchors(opened_book), show)
    if as_json:
        emit(found)
    if found.ok:
        say(f"账本完好：{found.entries} 条流水，首尾相接，各表与流水一致。")
        return 0
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
    say(f"已备份到 {made.path}，共 {made.entries} 条流水，已核验。")


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
    say(f"已恢复为 {made.path}，共 {made.entries} 条流水，已核验。")
