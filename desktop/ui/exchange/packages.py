"""The packages of a sitting as a table, and what is said of one and of all; no Qt."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec

from desktop.slip_filling import name_of
from desktop.ui.exchange.words import (
    after,
    effect_in_words,
    package_in_words,
    weeks_in_words,
)
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.lights import SIGNS
from desktop.ui.project.reading import Table

if TYPE_CHECKING:
    from desktop.exchange.effect import Effect
    from desktop.exchange.sitting import Result, Sitting

COLUMNS = (
    Column("light", "", kind="light"),
    Column("unit", "单位", kind="unit", width=220),
    Column("weeks", "期次", kind="choice"),
    Column("package", "种类、编号", kind="choice"),
    Column("content", "内容", kind="long_text", width=300),
    Column("outcome", "结果", kind="choice"),
)
_ORDER = {"可装入": 0, "已装入": 0, "待处理": 1, "已隔离": 2, "已装入过": 3, "不归本机": 4}
TONES = {"green": "good", "yellow": "explain", "red": "must", "none": "faint"}
ROWS = (
    Column("register", "册", kind="choice"),
    Column("label", "名称", kind="text", width=240),
    Column("field", "栏目", kind="text", width=130),
    Column("before", "原来", kind="long_text", width=200),
    Column("after", "装入后", kind="long_text", width=200),
)


class Tally(msgspec.Struct, frozen=True):
    """How many packages of a sitting can be (or were) taken in, bring nothing new, wait, are bad.

    ``fresh`` are those that wait and do not yet lie beside the book, ``elsewhere`` those of other
    units; ``conflicts`` the fields that stand apart after it.
    """

    good: int = 0
    known: int = 0
    waiting: int = 0
    fresh: int = 0
    refused: int = 0
    elsewhere: int = 0
    conflicts: int = 0

    @property
    def all(self) -> int:
        """All of them."""
        return self.good + self.known + self.waiting + self.refused + self.elsewhere


def tally(sitting: Sitting, held: Collection[str] = ()) -> Tally:
    """Counts a sitting; ``held`` are the digests of what waits beside the book already."""
    counts = dict.fromkeys(
        ("good", "known", "waiting", "fresh", "refused", "elsewhere", "conflicts"), 0
    )
    for one in sitting.results:
        match one.outcome:
            case "可装入" | "已装入":
                counts["good"] += 1
                counts["conflicts"] += one.effect.conflicts if one.effect else 0
            case "已装入过":
                counts["known"] += 1
            case "待处理":
                counts["waiting"] += 1
                counts["fresh"] += one.digest not in held
            case "已隔离":
                counts["refused"] += 1
            case "不归本机":
                counts["elsewhere"] += 1
    return Tally(**counts)


def kept(result: Result) -> bool:
    """Whether the package waits beside the book already, and was not found on a stick."""
    return not re.search(r"[\\/]", result.source)


def light(result: Result, *, aside: bool = False) -> str:
    """The light of a package; ``aside``: it was in the book, and was taken back."""
    match result.outcome:
        case "可装入" | "已装入":
            apart = result.effect is not None and result.effect.conflicts
            return "yellow" if apart or aside else "green"
        case "待处理":
            return "yellow"
        case "已隔离":
            return "red"
    return "none"


def outcome_in_words(result: Result, *, dry: bool, own: str = "", aside: bool = False) -> str:
    """可装入，有 2 处待定; 已装入过，不再装; 不能装入 (looking) or 已隔离 (taken in).

    ``own`` is this book's unit; ``aside``: the package was in the book, and was taken back.
    """
    match result.outcome:
        case "不归本机" if own and result.unit == own:
            return "本单位写的，不用装"
        case "已装入过":
            return "已装入过，不再装"
        case "不归本机":
            return "别的单位的，不用装"
        case "已隔离":
            return "不能装入　看原因" if dry else "已隔离　看原因"
        case "待处理":
            return f"等装入：{_wait(result)}"
    apart = result.effect.conflicts if result.effect is not None else 0
    said = "撤销过，可重新装入" if aside and result.outcome == "可装入" else result.outcome
    return f"{said}，有 {apart} 处待定" if apart else said


def content_in_words(result: Result) -> str:
    """What it changes, or why it is not read."""
    if result.effect is not None:
        said = effect_in_words(result.effect)
        if result.effect.conflicts:
            said += f"，{result.effect.conflicts} 处两边填得不同"
        return f"{said}（{result.note}）" if result.note else said
    if result.outcome == "已装入过":
        return "—"
    return result.error.sentence if result.error is not None else "—"


def table(
    sitting: Sitting,
    *,
    dry: bool,
    ranks: Mapping[str, int] | None = None,
    own: str = "",
    aside: Collection[str] = (),
) -> Table:
    """The packages, those that bring something first; the key is the place in the sitting.

    ``ranks`` is the order of the units, by record; a unit's packages stand by their number.
    ``own`` is this book's unit; ``aside`` are the digests of what was taken in and taken back.
    """
    known = ranks or {}

    def place(at: int) -> tuple[int, int, str, int]:
        one = sitting.results[at]
        return _ORDER[one.outcome], known.get(one.unit, len(known)), one.name, one.number

    order = sorted(range(len(sitting.results)), key=place)
    rows = []
    for one in (sitting.results[at] for at in order):
        back = one.digest in aside
        shade = light(one, aside=back)
        tone = TONES[shade]
        rows.append(
            (
                Cell(SIGNS[shade], tone=tone),
                Cell(name_of(one), tone="faint" if shade == "none" else "plain"),
                Cell(weeks_in_words(one.periods) or "—", tone="plain" if one.periods else "faint"),
                Cell(package_in_words(one.kind, one.number) if one.kind else "—"),
                Cell(content_in_words(one), tone="faint" if shade in ("none", "red") else "plain"),
                Cell(outcome_in_words(one, dry=dry, own=own, aside=back), tone=tone),
            )
        )
    return Table(COLUMNS, tuple(rows), tuple(map(str, order)))


def changes(effect: Effect, *, dry: bool) -> Table:
    """What a package changes, field by field, before and after."""
    columns = tuple(
        _retitled(column, "现在") if column.name == "after" and not dry else column
        for column in ROWS
    )
    rows = tuple(
        (
            Cell(row.register),
            Cell(row.label),
            Cell(row.field),
            Cell(row.before, tone="faint"),
            Cell(row.after, tone="must" if row.after == "删除" and not row.field else "plain"),
        )
        for row in effect.rows
    )
    return Table(columns, rows, tuple(str(at) for at in range(len(rows))))


def summary(found: Tally, where: str, *, dry: bool) -> str:
    """U盘 KINGSTON（E:）上有 6 个包; after taking in: 已装入 4 个，1 个已装入过，1 个隔离."""
    if dry:
        if not found.all:
            return after(where, "上没有数据包") if where else "没有等装入的包"
        return after(where, f"上有 {found.all} 个包") if where else f"等装入的有 {found.all} 个包"
    parts = [f"已装入 {found.good} 个包"] if found.good else ["没有装入新的包"]
    if found.known:
        parts.append(f"{found.known} 个已装入过")
    if found.waiting:
        parts.append(f"{found.waiting} 个等装入")
    if found.refused:
        parts.append(f"{found.refused} 个隔离")
    if found.elsewhere:
        parts.append(f"{found.elsewhere} 个是别的单位的")
    return "，".join(parts)


def verb(found: Tally) -> str:
    """What the button says that takes in; "" where there is nothing to take in."""
    if found.good:
        return f"装入 {found.good} 个"
    if found.fresh:
        return f"收下 {found.fresh} 个等装入的"
    return f"隔离 {found.refused} 个" if found.refused else ""


def _wait(result: Result) -> str:
    """Why it waits, in a few words."""
    name = result.error.name if result.error is not None else ""
    return {
        "Unconfirmed": "先核对核对码",
        "BaseMissing": "缺先前的包",
        "NewerScheme": "先装新方案",
        "NewerPackage": "要升级程序",
        "KeyNotYetKnown": "密钥未到",
        "KeysMissing": "要输恢复码",
        "ParentsMissing": "缺先前的包",
    }.get(name, "看原因")


def _retitled(column: Column, title: str) -> Column:
    """The same column under another heading."""
    return replace(column, title=title)
