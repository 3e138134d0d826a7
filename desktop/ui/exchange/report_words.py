"""What the card 上报 says of a week that goes up; no Qt."""

from __future__ import annotations

from desktop.ui.exchange.outgoing import Fresh, Upward
from desktop.ui.week.steps import submitted_in_words

NO_CONTACT = "还没有与上级建立联系，不写数据包；打印、签字、盖章后登记上报。"


def title_in_words(upward: Upward) -> str:
    """上报 第9周; 更正上报 第9周; 第9周已上报."""
    if upward.done:
        return f"{upward.title}已上报"
    return f"{'更正上报' if upward.correcting else '上报'} {upward.title}"


def contents_in_words(upward: Upward) -> str:
    """12 个项目，台账 14 行，照片 5 张，说明 2 处。"""
    week = upward.week
    if not week.projects:
        return "账本里还没有项目。"
    if not week.expected:
        return "项目都已竣工，本周没有要上报的。"
    parts = [f"{week.expected} 个项目", f"台账 {upward.rows} 行"]
    if upward.photos:
        parts.append(f"照片附件 {upward.photos} 个")
    if week.explained:
        parts.append(f"说明 {len(week.explained)} 处")
    return f"{'，'.join(parts)}。"


def state_in_words(upward: Upward) -> str:
    """Where the week stands, and what to do before it can be sent; without contact, how."""
    sent = upward.week.sent
    if not upward.done:
        said = "" if upward.contact else NO_CONTACT
        if upward.correcting:
            said = f"上报以后又有 {sent.changed} 条改动，要写明原因更正上报。{said}"
        if upward.week.expected and not upward.week.passed:
            return f"处理完以上各条，就可以上报。{said}"
        return said
    said = submitted_in_words(sent, upward.week.period)
    return f"{said}登记的是纸质周报，没有写数据包。" if upward.on_paper else said


def hint_in_words(upward: Upward, fresh: Fresh | None) -> str:
    """What one should know before the button is pressed; ``fresh`` is what would travel along."""
    if upward.done:
        return _after_in_words(fresh)
    if not upward.contact:
        return "登记前自动备份，登记后本周锁定；要改，先撤回登记。"
    return "写完会读回核对，看到“可以拔出”再拔。上报后本周锁定，要改须由上级退回。"


def _after_in_words(fresh: Fresh | None) -> str:
    """What a further package would bring, once the week is submitted."""
    another = "需要时可另写一个报告包，送回执和以后的改动。"
    if fresh is None:
        return another
    if fresh.entries:
        new = f"上次写包以后又有新内容：{fresh.words}"
        return f"{new}；可另写一个报告包送去，也可随下次上报一起送。"
    said = "内容都已随包写出，等对方回执。" if fresh.written else "对方已有全部内容。"
    return f"{said}{another}"
