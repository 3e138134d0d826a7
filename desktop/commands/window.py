"""The window; until it exists, says so and what can be done meanwhile."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.frame import FILE, say, verb


@verb("window")
@click.argument("book", type=FILE, required=False, metavar="[账本]")
def window(book: Path | None) -> int:
    """打开程序窗口。"""
    if book is not None:
        from desktop.ledger.workspace import refuse_file

        refuse_file(book)
    say("程序窗口还在建设中，本版本请用命令操作：oneledger --help 列出全部命令。")
    say("想先看看样子，可运行 oneledger demo 文件夹，生成演示区县的账本和报告。")
    return 0
