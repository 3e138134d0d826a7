"""Letters: which units fall under which rule in a month, and the letters made of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.commands.frame import book_argument, emit, json_option, opened, say, verb

if TYPE_CHECKING:
    from desktop.ledger.escalation_writing import Advised

_DAY = click.DateTime(["%Y-%m-%d"])


@verb("letters")
@book_argument
@click.option("--month", "period", metavar="月份", help="如 2023-02；省略时为最近一月。")
@click.option("--write", "writing", is_flag=True, help="把还没有拟的提醒函、约谈通知记入账本。")
@click.option("--on", type=_DAY, metavar="日期", help="发函日期，如 2023-03-09；省略时为今天。")
@click.option("--due", type=_DAY, metavar="日期", help="反馈时限；省略时不写。")
@json_option
def letters(
    book: Path, period: str | None, writing: bool, on: Any, due: Any, as_json: bool
) -> None:
    """列出一个月按规则应通报、提醒、约谈的单位；加 --write 拟函。

    一个单位的同一种函件合成一件；通报是全区一份，用 report 账本 circular 生成。
    """
    from desktop.ledger import escalation, escalation_writing
    from desktop.reports import making
    from desktop.reports.kinds import kind
    from desktop.reports.saying import admit

    with opened(book) as store:
        admit(store, kind("reminder"))
        month = making.month_or_latest(store, period)
        found = escalation_writing.advised(store, month)
        remarks = escalation.remarks(store, month)
        written: tuple[str, ...] = ()
        if writing:
            wanted = [one.proposal for one in found if one.open]
            day = on.date() if on else date.today()
            written = escalation_writing.write(store, wanted, day, due.date() if due else None)
            found = escalation_writing.advised(store, month)
    if as_json:
        listed = [_said(one) for one in found]
        emit({"month": month, "proposals": listed, "remarks": remarks, "written": written})
    _tell(month, found, remarks, written, writing)


def _said(one: Advised) -> dict[str, Any]:
    proposal = one.proposal
    return {
        "unit": proposal.unit_name,
        "kind": one.kind,
        "act": proposal.act,
        "rule": proposal.rule,
        "matter": proposal.matter,
        "basis": proposal.basis,
        "figures": proposal.figures,
        "level": proposal.level or None,
        "talked": proposal.talked or None,
        "letter": one.letter or None,
    }


def _tell(
    month: str,
    found: tuple[Advised, ...],
    remarks: tuple[str, ...],
    written: tuple[str, ...],
    writing: bool,
) -> None:
    """For people: each proposal with its figures, and what is to be done next."""
    if not found:
        say(f"{month} 没有按规则应通报、提醒、约谈的单位。")
    for one in found:
        proposal = one.proposal
        state = "在通报中" if one.by_circular else "已拟函" if one.letter else "未拟函"
        figures = "；".join(proposal.figures)
        say(f"{proposal.unit_name}　{one.kind}　{proposal.matter}（{state}）：{figures}。")
    for remark in remarks:
        say(f"· {remark}。")
    if writing:
        say(f"已拟发函件 {len(written)} 件。" if written else "没有还要拟的函件。")
    elif count := len({(one.proposal.unit, one.kind) for one in found if one.open}):
        say(f"还要拟发函件 {count} 件；加 --write 记入账本。")
