"""Which village a text names: 道路硬化 in 大郭村 is not 道路硬化 in 小郭村."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from desktop.sheets.tables.rows import plain

_ABOVE = re.compile(r".*?(?:镇|乡|街道|办事处|(?<!社)区|县)(?!村)")
_VILLAGE = re.compile(r"(?P<stem>[\u4e00-\u9fff]{1,6}?)(?:村委会|村民委员会|村|社区|居委会)")
#: Most texts have none of the signs that a village's name has.
_KINDS = frozenset("村社居")
#: What stands before 村 and names no village.
_COMMON = re.compile(r".*(?:农|乡|各|全|本|该|城中|涉及|多个|以及|个|新|美丽|行政|自然|示范|贫困)")


def villages(text: Any) -> frozenset[str]:
    """The villages and communities that a place or a name of a sheet names, without their kind."""
    return _named(text) if isinstance(text, str) else frozenset()


@lru_cache(maxsize=20_000)
def _named(text: str) -> frozenset[str]:
    if _KINDS.isdisjoint(text):
        return frozenset()
    found: set[str] = set()
    for part in re.split(r"[、，,;；/\s()]+|和|与|至|到", plain(text)):
        for match in _VILLAGE.finditer(_ABOVE.sub("", part)):
            if not _COMMON.fullmatch(match["stem"]):
                found.add(match["stem"])
    return frozenset(found)


def apart(one: Any, other: Any) -> bool:
    """Whether two texts name villages, and none of them the same."""
    ours, theirs = villages(one), villages(other)
    if not ours or not theirs:
        return False
    return not any(a.endswith(b) or b.endswith(a) for a in ours for b in theirs)
