"""Another last day of the week: a new version of the scheme, and what it means, in words.

Only ``scheme.toml`` changes, and in it only two values; comments and everything else stay as the
district wrote them.
"""

from __future__ import annotations

import re

from desktop.ledger import periods
from desktop.ledger.definitions import WEEKDAYS, MalformedScheme, Scheme
from desktop.ledger.scheme import parse

FILE = "scheme.toml"
TITLES = ("星期一", "星期二", "星期三", "星期四", "星期五", "星期六", "星期日")
_DAY = re.compile(r'^(\s*week_last_day\s*=\s*)(?:"[^"\n]*"|\'[^\'\n]*\')', re.MULTILINE)
_VERSION = re.compile(r"^(\s*version\s*=\s*)[0-9_]+", re.MULTILINE)
_TABLE = re.compile(r"^\s*\[", re.MULTILINE)


def with_last_day(scheme: Scheme, day: int) -> Scheme:
    """The next version of ``scheme``, whose weeks end on weekday ``day`` (0 Monday … 6 Sunday).

    Raises :class:`~desktop.ledger.definitions.MalformedScheme` when the file is written in a way
    in which it cannot be changed here.
    """
    text = scheme.texts[FILE]
    table = _TABLE.search(text)
    head, rest = (text[: table.start()], text[table.start() :]) if table else (text, "")
    head, versions = _VERSION.subn(rf"\g<1>{scheme.version + 1}", head)
    head, days = _DAY.subn(rf'\g<1>"{WEEKDAYS[day]}"', head)
    if not days:  # it was left to the program
        head = f'week_last_day = "{WEEKDAYS[day]}"\n{head}'
    changed = parse({**scheme.texts, FILE: head + rest})
    if versions != 1 or days > 1 or changed.week_last_day != day:
        raise MalformedScheme(FILE, "week_last_day", "写法特殊，程序不能代为修改")
    return changed


def consequences(scheme: Scheme, day: int, period: str) -> tuple[str, ...]:
    """What another last day means, in sentences; ``period`` (``2023-W09``) is the example."""
    week = periods.parse_period(period)
    before, after = (periods.label(week, one) for one in (scheme.week_last_day, day))
    progress = [
        f"{float(periods.schedule_progress(week, one)):.1%}" for one in (scheme.week_last_day, day)
    ]
    return (
        f"各期的起止日期都随之改变：{before}将成为{after.removeprefix(week.title)}，周次不变。",
        "已经填报的数字一个也不变，仍属于原来的那一周。",
        f"序时进度按新的截止日计算（{week.short}由 {progress[0]} 变为 {progress[1]}），"
        "亮灯、超期天数和以前各期报告中的日期也会随之不同。",
        "各乡镇在装入下一次下发的任务以后才按新的截止日填报，请先通知到位。",
        "这一步不能用撤销收回；要改回来，再改一次。",
    )
