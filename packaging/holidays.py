"""Writes the scheme's holiday list from the years that chinesecalendar knows.

A developer runs it when a new chinesecalendar is out, usually in November, after the State
Council's notice for the next year: ``python packaging/holidays.py``. The program itself only reads
the list.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from chinese_calendar import constants

LIST = Path(__file__).resolve().parent.parent / "resources/scheme/investment/holidays.toml"
HEAD = """\
# 节假日表：每年一节。holidays 为放假的日期（含落在假期里的周末），workdays 为调休上班的周末。
# 依据国务院办公厅每年的放假通知；新一年公布后补上一节。没有列出的年份只按周末计算。
# 由 packaging/holidays.py 从 chinesecalendar 生成。
"""


def holiday_list(holidays: Iterable[date], workdays: Iterable[date]) -> str:
    """The text of ``holidays.toml``: a table per year, a line per month."""
    kinds = {"holidays": sorted(holidays), "workdays": sorted(workdays)}
    lines: list[str] = []
    for year in sorted({day.year for days in kinds.values() for day in days}):
        lines += ["", f"[{year}]"]
        for kind, days in kinds.items():
            lines.append(f"{kind} = [")
            for month in range(1, 13):
                named = [str(day) for day in days if (day.year, day.month) == (year, month)]
                lines += [f"  {', '.join(named)},"] if named else []
            lines.append("]")
    return "\n".join([HEAD.rstrip(), *lines, ""])


if __name__ == "__main__":
    LIST.write_text(holiday_list(constants.holidays, constants.workdays), "utf-8", newline="\n")
