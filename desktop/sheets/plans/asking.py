"""Which project is meant: what the question says and offers, and what an answer to it means.

Offered are projects of the book and those that the same workbook makes; each is answered by its
name, of several of one name by its code, its unit or the cell where it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from desktop.sheets.meaning import places
from desktop.sheets.meaning.known import Known, Match, bare_name
from desktop.sheets.proposals.answers import agrees, declines
from desktop.sheets.proposals.proposal import Record
from desktop.sheets.proposals.whose import site

#: An answer that asks for a new project.
NEW = "新建"
_ONE, _TWO = ("是同一个", "同一个"), (NEW, "新建项目", "不是同一个")
#: How a question about one offered project is answered.
DECIDE = f"是则答“是”，不是则答“{NEW}”。"
#: The row that a project is made of by the workbook; its ``place`` is the cell of its name.
RECORD = "record_read"
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


def lies(row: Mapping[str, Any]) -> str:
    """Where a project lies, of the book or of those that the workbook makes; "" for nowhere."""
    record = row.get(RECORD)
    return site(record) if isinstance(record, Record) else str(row.get("place") or "")


def _word(
    row: Mapping[str, Any],
    name: str,
    named: list[Mapping[str, Any]],
    unit: Callable[[str], str],
) -> str:
    """What tells a project from all others of its name: the code, else its unit, its place or its
    cell."""
    if len(named) == 1:
        return name
    codes = [one.get("code") for one in named]
    if all(codes) and len(set(codes)) == len(codes):
        return str(row["code"])
    units = [unit(str(one.get("unit"))) for one in named]
    if all(units) and len(set(units)) == len(units):
        return f"{name}（{unit(str(row.get('unit')))}）"
    sites = [lies(one) for one in named]
    if all(sites) and len(set(sites)) == len(sites):
        return f"{name}（{lies(row)}）"
    return f"{name}（{row.get('place') or row['record']}）"


def same(answer: Any) -> bool:
    """Whether an answer says that it is the one project."""
    return agrees(answer) or answer in _ONE


def apart(answer: Any) -> bool:
    """Whether an answer says that it is another project, or a new one."""
    return declines(answer) or answer in _TWO


def sentence(name: str, offered: tuple[Offer, ...]) -> str:
    """What is asked about a name that is only like those of ``offered``, or that none has."""
    if not name:
        return "表中没有写是哪个项目的。请答项目名称；不答则这张表的内容不读入。"
    held = "、".join(f"“{one.word}”" for one in offered if not one.new)
    made = "、".join(f"“{one.word}”" for one in offered if one.new)
    if not held and not made:
        return f"账本中没有“{name}”。请答账本中的项目名称，或答“{NEW}”。"
    known = f"账本中有{held}，" if held else "账本中没有，"
    if made:
        known += f"本工作簿新增的有{made}，"
    if len(offered) == 1:
        kept = "是则答“是”，仍用账本中的名称；" if held else "是则答“是”；"
        return f"{known}与“{name}”是同一个项目吗？{kept}不是则答“{NEW}”。"
    return f"{known}“{name}”是其中一个吗？是则答它的名称，都不是则答“{NEW}”。"


def several(offered: tuple[Offer, ...]) -> str:
    """What is asked where more than one project bears the name."""
    where = "本工作簿中" if all(one.new for one in offered) else "账本中"
    words = "、".join(one.word for one in offered)
    coded = not any(one.word.startswith(one.name) for one in offered)
    what = "项目代码" if coded else "其中一个"
    return f"{where}有 {len(offered)} 个同名项目，请答{what}：{words}。"


def one_name(name: str, offered: tuple[Offer, ...]) -> bool:
    """Whether all that is offered bears the name itself."""
    return len(offered) > 1 and all(bare_name(one.name) == bare_name(name) for one in offered)


def recoded(name: str, held: str, code: str) -> str:
    """What is asked where the project of a name has another code."""
    return (
        f"账本中“{name}”的代码是 {held}，工作簿写的是 {code}，是同一个项目吗？"
        f"是则答“是”，代码按工作簿改；不是则答“{NEW}”。"
    )


def elsewhere(name: str, held: str, said: str) -> str:
    """What is asked where the project of a name belongs to another unit, or lies elsewhere."""
    return f"账本中的“{name}”{held}，工作簿写的{said}，是同一个项目吗？{DECIDE}"


def doubted(code: str, offered: tuple[Offer, ...]) -> str:
    """What is asked where a code's project bears quite another name."""
    return (
        f"项目代码 {code} 在账本中是“{offered[0].name}”，名称不像，是同一个项目吗？"
        f"是则答“是”，仍用账本中的名称；不是则答“{NEW}”。"
    )


def contrary(_: str, offered: tuple[Offer, ...]) -> str:
    """What is asked where the code is one project's and the name another's."""
    words = "、".join(f"“{one.word}”" for one in offered[1:])
    return (
        f"按项目代码是账本中的“{offered[0].name}”，按名称是{words}，是哪一个？"
        f"请答项目名称，都不是则答“{NEW}”。"
    )


#: What is asked where the code says another thing than the name, by how it was found.
BY_CODE: Mapping[str, Callable[[str, tuple[Offer, ...]], str]] = {
    "doubted": doubted,
    "contrary": contrary,
}


def wording(
    record: Record,
    name: str,
    code: str | None,
    unit: str | None,
    match: Match,
    offered: tuple[Offer, ...],
    known: Known,
    named: Callable[[str], str],
) -> str:
    """What is asked of a row's project, by what speaks against joining it without asking; ``named``
    names a unit of the tree."""
    if match.how == "new" and one_name(name, offered):
        return several(offered)
    held = known.rows[str(match.record)] if match.record else {}
    if match.how == "recoded":
        return recoded(offered[0].name, str(held.get("code")), str(code))
    if match.how == "name" and places.apart(where := site(record), stands := lies(held)):
        return elsewhere(offered[0].name, f"在{stands}", f"在{where}")
    if match.how == "name":
        theirs, ours = named(str(held.get("unit"))), named(str(unit))
        return elsewhere(offered[0].name, f"属于{theirs}", f"是{ours}")
    if match.how in BY_CODE:
        return BY_CODE[match.how](str(code), offered)
    return several(offered) if match.how == "several" else sentence(name, offered)


def chosen(answer: Any, proposed: Any, offered: tuple[Offer, ...]) -> str | None:
    """The key of the offer that an answer means; "" for a new project, None for neither."""
    if apart(answer):
        return ""
    text = str(proposed if same(answer) and proposed is not None else answer)
    found = [one.key for one in offered if text == one.word]
    found = found or [one.key for one in offered if bare_name(text) == bare_name(one.word)]
    return found[0] if len(found) == 1 else None
