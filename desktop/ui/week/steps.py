"""The four steps of a township's week, 填报 → 审核 → 打印周报 → 上报, and the next one in words."""

from __future__ import annotations

from datetime import date
from typing import Literal, TypeAlias

import msgspec

from desktop.ledger.wording import day_in_words
from desktop.ui.week.look import short
from desktop.ui.week.reading import Sent, Week

Name: TypeAlias = Literal["fill", "check", "print", "submit"]
#: What a step's button says.
TITLES: dict[Name, str] = {"fill": "填报", "check": "审核", "print": "打印周报", "submit": "上报"}


class Step(msgspec.Struct, frozen=True):
    """One big button; at most one of the four is ``due``."""

    name: Name
    done: bool
    due: bool = False

    @property
    def title(self) -> str:
        """What the button says."""
        return TITLES[self.name]


def steps_of(week: Week, printed: bool) -> tuple[Step, ...]:
    """The steps in order; the first that is not done is due, none once the week is sent.

    ``printed`` says that the report was printed as the week stands now. Without a project that
    reports nothing is due.
    """
    sent = week.sent.locked and not week.sent.changed
    done: dict[Name, bool] = {
        "fill": bool(week.expected) and not week.unfilled,
        "check": bool(week.expected) and week.passed,
        "print": bool(week.expected) and printed and (sent or week.passed),
        "submit": sent,
    }
    waiting = bool(week.expected) and not sent
    due = next((name for name in TITLES if not done[name]), None) if waiting else None
    return tuple(Step(name, done[name], name == due) for name in TITLES)


def next_in_words(week: Week, steps: tuple[Step, ...], above: str) -> str:
    """One sentence that says what to do now, or that all is done; ``above`` is the unit above."""
    if not week.projects:
        return "账本里还没有项目，先新建项目。"
    if not week.expected:
        return "项目都已竣工，本周没有要填报的。"
    sent = week.sent
    if sent.locked and sent.changed:
        return f"上报以后又有 {sent.changed} 条改动，请写明原因，更正上报。"
    if sent.locked:
        return f"{submitted_in_words(sent, week.period)}{_answered(sent, above)}"
    returned = ""
    if sent.state == "已退回":
        returned = f"{above or '上级'}退回了这一周：{_ended(sent.reason)}"
    due = next((step.name for step in steps if step.due), None)
    return returned + {
        "fill": _fill(week),
        "check": f"填报已完成，审核还有 {_blocks(week)}。" if not week.unfilled else "",
        "print": "填报、审核都已完成。请打印周报，送签盖章。",
        "submit": "周报已打印。签字盖章后，到“收发”上报。"
        if not returned
        else "改好后到“收发”重新上报。",
        None: "",
    }.get(due, "")


def submitted_in_words(sent: Sent, period: str) -> str:
    """本周已上报（已锁定）：3月2日上报，填表人张晓燕，审核人刘伟。"""
    year = int(period[:4])
    parts = []
    if sent.on:
        day = day_in_words(date.fromisoformat(sent.on), year)
        again = f"（第 {sent.number} 次）" if sent.number > 1 else ""
        parts.append(f"{day}上报{again}")
    if sent.filler:
        parts.append(f"填表人{sent.filler}")
    if sent.reviewer:
        parts.append(f"审核人{sent.reviewer}")
    if sent.correction:
        parts.append(f"更正原因：{sent.correction.rstrip('。')}")
    told = f"：{'，'.join(parts)}" if parts else ""
    return f"本周已上报（已锁定）{told}。"


def note_of(step: Step, week: Week) -> str:
    """A few words below a step's button: 待填 3, 错误 2　待说明 3, 3月2日."""
    match step.name:
        case "fill" if week.unfilled:
            return f"待填 {len(week.unfilled)} 个"
        case "fill" if step.done:
            return f"{week.expected} 个项目"
        case "check" if week.errors or week.open:
            parts = (("错误", len(week.errors)), ("待说明", len(week.open)))
            return "　".join(f"{word} {count}" for word, count in parts if count)
        case "check" if step.done:
            return "通过"
        case "submit" if week.sent.locked and week.sent.changed:
            return f"要更正：改动 {week.sent.changed} 条"
        case "submit" if week.sent.state == "已退回":
            return "已退回，重新上报"
        case "submit" if step.done and week.sent.on:
            return day_in_words(date.fromisoformat(week.sent.on), int(week.period[:4]))
    return ""


def blocked_in_words(week: Week) -> str:
    """What keeps the week from being submitted, "" when nothing does."""
    parts = []
    if week.unfilled:
        parts.append(f"{len(week.unfilled)} 个项目没有填完")
    left = _blocks(week)
    if left:
        parts.append(left)
    return f"还不能上报：{'，'.join(parts)}。" if parts else ""


def _fill(week: Week) -> str:
    first = short(week.unfilled[0].subject_name) if week.unfilled else ""
    if len(week.unfilled) == week.expected:
        return f"本周 {week.expected} 个项目要填报，从“{first}”开始。"
    return f"还有 {len(week.unfilled)} 个项目没有填完，下一个是“{first}”。"


def _blocks(week: Week) -> str:
    """2 处错误要改正、3 处待说明."""
    parts = []
    if week.errors:
        parts.append(f"{len(week.errors)} 处错误要改正")
    if week.open:
        parts.append(f"{len(week.open)} 处待说明")
    return "、".join(parts)


def _answered(sent: Sent, above: str) -> str:
    who = above or "上级"
    if sent.state == "已接收":
        return f"{who}已接收。"
    if sent.open_again:
        return "要修改，到“收发”撤回。"
    return f"要修改，请{who}退回。"


def _ended(text: str | None) -> str:
    return f"{(text or '').rstrip('。')}。" if text else ""
