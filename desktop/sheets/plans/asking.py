"""Which project is meant: what the question says and offers, and what an answer to it means.

Offered are projects of the book and those that the same workbook makes; each is answered by its
name, of several of one name by its code, its unit or the cell where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from desktop.sheets.meaning.known import Known, bare_name

#: An answer that asks for a new project.
NEW = "新建"
YES = (True, "是", "对", "是的", "是同一个")
NO = (NEW, "新建项目", "不是", "否", "不对")
#: So many projects are offered by name.
MOST = 5


class Offer(msgspec.Struct, frozen=True):
    """A project that may be meant: its ``key`` in a plan, ``word`` answers it; ``new`` when the
    same workbook makes it."""

    key: str
    name: str
    word: str
    new: bool


def offers(
    known: Known,
    records: Iterable[str],
    fresh: Known,
    keys: Iterable[str],
    unit: Callable[[str], str],
) -> tuple[Offer, ...]:
    """The projects ``records`` of the book and ``keys`` of the workbook, told apart by a word;
    ``unit`` names a unit of the tree."""
    listed = [(f"={one}", known.rows[one], known.name(one)) for one in records]
    listed += [(one, fresh.rows[one], fresh.name(one)) for one in keys]
    named: dict[str, list[Mapping[str, Any]]] = {}
    for _, row, name in listed:
        named.setdefault(bare_name(name), []).append(row)
    return tuple(
        Offer(key, name, _word(row, name, named[bare_name(name)], unit), key.startswith("+"))
        for key, row, name in listed[:MOST]
    )


def _word(
    row: Mapping[str, Any],
    name: str,
    named: list[Mapping[str, Any]],
    unit: Callable[[str], str],
) -> str:
    """What tells a project from all others of its name: the code, else its unit or its cell."""
    if len(named) == 1:
        return name
    codes = [one.get("code") for one in named]
    if all(codes) and len(set(codes)) == len(codes):
        return str(row["code"])
    units = [unit(str(one.get("unit"))) for one in named]
    if all(units) and len(set(units)) == len(units):
        return f"{name}（{unit(str(row.get('unit')))}）"
    return f"{name}（{row.get('place') or row['record']}）"


def sentence(name: str, offered: tuple[Offer, ...]) -> str:
    """What is asked about a name that is only like those of ``offered``, or that none has."""
    if not name:
        return "表中没有写是哪个项目的，属于哪个项目？请答项目名称。"
    held = "、".join(f"“{one.word}”" for one in offered if not one.new)
    made = "、".join(f"“{one.word}”" for one in offered if one.new)
    if not held and not made:
        return f"账本中没有“{name}”，属于哪个项目？请答项目名称，或答“{NEW}”。"
    known = f"账本中有{held}，" if held else "账本中没有，"
    if made:
        known += f"本工作簿新增的有{made}，"
    if len(offered) == 1:
        return f"{known}是同一个项目吗？是则答它的名称，不是则答“{NEW}”。"
    return f"{known}是其中一个吗？是则答它的名称，都不是则答“{NEW}”。"


def several(offered: tuple[Offer, ...]) -> str:
    """What is asked where more than one project bears the name."""
    where = "本工作簿中" if all(one.new for one in offered) else "账本中"
    words = "、".join(one.word for one in offered)
    coded = not any(one.word.startswith(one.name) for one in offered)
    what = "项目代码" if coded else "其中一个"
    return f"{where}有 {len(offered)} 个同名项目，请答{what}：{words}。"


def chosen(answer: Any, proposed: Any, offered: tuple[Offer, ...]) -> str | None:
    """The key of the offer that an answer means; "" for a new project, None for neither."""
    if answer in YES and proposed is not None:
        answer = proposed
    text = str(answer)
    if text in NO:
        return ""
    found = [one.key for one in offered if text == one.word]
    found = found or [one.key for one in offered if bare_name(text) == bare_name(one.word)]
    return found[0] if len(found) == 1 else None
