"""A fault of ours: saved as a report file for those who mend it, told to the clerk in a sentence.

The data is safe: what was being written was rolled back. The report holds the traceback and the
versions, not the values of the book; arguments are kept because without them nothing can be found.
"""

from __future__ import annotations

import faulthandler
import itertools
import os
import platform
import sqlite3
import sys
import traceback
from datetime import datetime
from pathlib import Path
from typing import IO

from desktop import __version__, paths
from desktop.errors import OneLedgerError


class Fault(OneLedgerError):
    """We went wrong; the report that was saved is named in the advice, ``report`` where it is."""

    report: Path | None = None


def save(error: BaseException, arguments: list[str]) -> Fault:
    """Save a report of ``error`` and return what is told of it."""
    told = f"程序出现故障（{type(error).__name__}），已填写的数据不受影响。"
    try:
        report = _write(error, arguments)
    except OSError:
        return Fault(told, "故障报告也无法保存，请检查磁盘空间后重试，并告知维护人员。")
    fault = Fault(told, f"故障报告已存为 {report}，请转交维护人员。")
    fault.report = report
    return fault


def crash_log() -> IO[str] | None:
    """Where the interpreter writes if Qt itself should fall; None where nothing can be written."""
    folder = paths.reports_folder()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        log = (folder / "window-crash.txt").open("a", encoding="utf-8")
    except OSError:
        return None
    faulthandler.enable(log)
    return log


def _write(error: BaseException, arguments: list[str]) -> Path:
    folder = paths.reports_folder()
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"故障-{datetime.now():%Y%m%d-%H%M%S}-{os.getpid()}"
    names = (f"{stem}{f'-{again}' if again else ''}.txt" for again in itertools.count())
    path = next(place for name in names if not (place := folder / name).exists())
    lines = [
        f"一本账 {__version__}，Python {sys.version.split()[0]}，SQLite {sqlite3.sqlite_version}",
        f"{platform.platform()}",
        f"命令：{' '.join(arguments)}",
        "",
        *traceback.format_exception(error),
    ]
    path.write_text("\n".join(lines), "utf-8", "backslashreplace")
    return path
