"""How packages, sticks and what a package changes are said to people; no Qt."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from desktop.exchange.volumes import Volume
from desktop.ledger import periods

if TYPE_CHECKING:
    from desktop.exchange.effect import Effect

KINDS = {"task": "任务包", "report": "报告包", "share": "互换包"}
#: A stick's label and a folder's name are cut after so many characters, where they stand on a
#: button.
LONGEST = 14
_DRIVE = re.compile(r"[A-Za-z]:\\?")


def weeks_in_words(weeks: Iterable[str]) -> str:
    """第8、9周; weeks of several years with their year. What is no week stays as it is."""
    years: dict[int, list[int]] = {}
    others = []
    for week in sorted(weeks):
        try:
            period = periods.parse_period(week)
        except periods.NoSuchPeriod:
            others.append(week)
            continue
        years.setdefault(period.year, []).append(period.number)
    said = [
        f"{f'{year}年' if len(years) > 1 else ''}第{'、'.join(map(str, numbers))}周"
        for year, numbers in years.items()
    ]
    return "，".join([*said, *others])


def package_in_words(kind: str, number: int) -> str:
    """报告包 第12号."""
    return f"{KINDS.get(kind, '数据包')} 第{number}号"


def effect_in_words(effect: Effect) -> str:
    """12 个项目，新增 12 行，改 3 处，照片附件 5 个; 没有新内容 when nothing changes."""
    parts = (
        (effect.subjects, "{} 个项目"),
        (effect.added, "新增 {} 行"),
        (effect.fields, "改 {} 处"),
        (effect.removed, "删 {} 行"),
        (effect.attachments, "照片附件 {} 个"),
        (effect.waiting, "{} 条待新方案"),
    )
    said = "，".join(words.format(count) for count, words in parts if count)
    return said or ("没有可见的改动" if effect.entries else "没有新内容")


def cut(name: str, most: int = LONGEST) -> str:
    """A long name cut in its middle: 城乡建设…U盘2."""
    if len(name) <= most:
        return name
    tail = most // 3
    return f"{name[: most - tail - 1]}…{name[-tail:]}"


def stick_in_words(stick: Volume) -> str:
    """U盘 KINGSTON（E:）; without letters of drives U盘 KINGSTON."""
    path = str(stick.path)
    drive = path.rstrip("\\/") if _DRIVE.fullmatch(path) else ""
    label = cut(stick.label)
    if drive and label:
        return f"U盘 {label}（{drive}）"
    return f"U盘 {label or drive or cut(stick.path.name or path)}"


def after(name: str, words: str) -> str:
    """``words`` behind a name, with a gap after a letter: U盘 KINGSTON 可以拔出."""
    return f"{name} {words}" if name[-1:].isascii() and name[-1:].isalnum() else f"{name}{words}"


def size_in_words(size: int) -> str:
    """12 KB, 3.4 MB."""
    if size < 1 << 20:
        return f"{max(1, round(size / 1024))} KB"
    return f"{size / (1 << 20):.1f} MB"


def listed(names: Sequence[str], most: int = 6) -> str:
    """干河陈乡、顺河街街道、老街街道等 9 个."""
    head = "、".join(names[:most])
    return head if len(names) <= most else f"{head}等 {len(names)} 个"


def counted(parts: Iterable[tuple[int, str]]) -> str:
    """项目调整 3 处、督办 2 件: what is not there is not said."""
    return "、".join(words.format(count) for count, words in parts if count)


def day_and_time(moment: str) -> str:
    """2023-03-02 12:05 out of a journal's time."""
    return moment.replace("T", " ")[:16]
