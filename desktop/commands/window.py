"""The window: opened on a book, or where there is none on the first start."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from desktop.commands.frame import FILE, say, verb


@verb("window")
@click.argument("book", type=FILE, required=False, metavar="[账本]")
def window(book: Path | None) -> int:
    """打开程序窗口。"""
    if not _has_screen():
        if book is not None:
            from desktop.ledger.workspace import refuse_file

            refuse_file(book)
        say("这台电脑没有图形界面，不能打开窗口。")
        say("请用命令操作：oneledger --help 列出全部命令；oneledger demo 文件夹 生成演示账本。")
        return 1
    from desktop import app

    return app.main(book)


def _has_screen() -> bool:
    """Whether there is anything to show a window on; Qt itself would end the process."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(one) for one in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
