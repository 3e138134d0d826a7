"""The post book 收发登记 as two tables: what was sent and what was taken in; no Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from desktop.exchange.postbook import Sent, Took
from desktop.ledger.correspondence import ACKNOWLEDGED, PENDING, SET_ASIDE, WITHDRAWN, WRITTEN
from desktop.ui.exchange.words import day_and_time, package_in_words, size_in_words, weeks_in_words
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.project.reading import Table

SENT = (
    Column("time", "时间", kind="date"),
    Column("unit", "收件单位", kind="unit", width=160),
    Column("package", "种类、编号", kind="choice"),
    Column("weeks", "期次", kind="choice"),
    Column("content", "内容", kind="choice"),
    Column("state", "状态", kind="choice"),
    Column("file", "文件名", kind="text", width=190),
)
TAKEN = (
    Column("time", "时间", kind="date"),
    Column("unit", "寄件单位", kind="unit", width=160),
    Column("package", "种类、编号", kind="choice"),
    Column("weeks", "期次", kind="choice"),
    Column("content", "内容", kind="choice"),
    Column("state", "状态", kind="choice"),
    Column("note", "说明", kind="long_text", width=190),
)
TONES = {PENDING: "must", WRITTEN: "explain", ACKNOWLEDGED: "good", WITHDRAWN: "faint"}


def sent_table(packages: Sequence[Sent], names: Mapping[str, str]) -> Table:
    """What was sent, the newest first; ``names`` of units by record."""
    rows = tuple(
        (
            Cell(day_and_time(one.time)),
            Cell(names.get(one.unit, "—")),
            Cell(package_in_words(one.kind, one.number)),
            Cell(weeks_in_words(one.periods) or "—"),
            Cell(f"{_content(one.entries, one.attachments)}，{size_in_words(one.size)}"),
            Cell(one.state, tone=TONES.get(one.state, "plain")),
            Cell(one.file, tone="faint"),
        )
        for one in reversed(packages)
    )
    return Table(SENT, rows, tuple(one.record for one in reversed(packages)))


def taken_table(packages: Sequence[Took], names: Mapping[str, str]) -> Table:
    """What was taken in, the newest first."""
    rows = tuple(
        (
            Cell(day_and_time(one.time)),
            Cell(names.get(one.unit, "—")),
            Cell(package_in_words(one.kind, one.number)),
            Cell(weeks_in_words(one.periods) or "—"),
            Cell(_content(one.entries, one.attachments)),
            Cell(one.state, tone="faint" if one.state == SET_ASIDE else "good"),
            Cell(one.note, tone="explain"),
        )
        for one in reversed(packages)
    )
    return Table(TAKEN, rows, tuple(one.record for one in reversed(packages)))


def may_write_again(package: Sent) -> bool:
    """Whether the package may still be needed on a stick: nobody has acknowledged it."""
    return package.state in (PENDING, WRITTEN)


def may_withdraw(package: Sent) -> bool:
    """Whether the package never left the PC."""
    return package.state == PENDING


def told(package: Sent, name: str) -> str:
    """What one package sent is, in full."""
    state = {
        PENDING: "还没有写到U盘上，可以再写一次，或撤回。",
        WRITTEN: "已写出并读回核对；收到对方的包后这里显示“已回执”。",
        ACKNOWLEDGED: "对方已经装入。",
        WITHDRAWN: "没有写成，已撤回；编号不再使用。",
    }.get(package.state, "")
    return f"给{name}的{package_in_words(package.kind, package.number)}：{state}"


def taken_told(package: Took, name: str) -> str:
    """What one package taken in is, in full."""
    if package.state == SET_ASIDE:
        state = "已撤销装入，内容不算在账本里；可以重新装入。"
    else:
        state = "内容已在账本里。"
    note = f"{package.note}。" if package.note else ""
    return f"{name}的{package_in_words(package.kind, package.number)}：{state}{note}"


def _content(entries: int, attachments: int) -> str:
    photos = f"，照片附件 {attachments} 个" if attachments else ""
    return f"{entries} 条改动{photos}" if entries or attachments else "只有回执"
