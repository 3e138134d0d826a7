"""What became of the packages of a sitting, for every verb that takes some in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.commands.frame import say

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result, Sitting

KINDS = {"task": "任务包", "report": "报告包", "share": "互换包", "": "数据包"}


def tell(done: Sitting) -> None:
    """Every package in a line; what else went wrong."""
    for one in done.results:
        say(line(one))
    for text in done.troubles:
        say(text)
    if done.stopped is not None:
        say(str(done.stopped))


def line(one: Result) -> str:
    """One package in a line: what became of it, whose it is, what it changes or why it did not."""
    who = f"{one.name} {KINDS[one.kind]} 第{one.number}号" if one.name else one.source
    weeks = f"（{'、'.join(one.periods)}）" if one.periods else ""
    text = f"{'等装入' if one.outcome == '待处理' else one.outcome}　{who}{weeks}"
    if one.effect is not None:
        effect = one.effect
        text += (
            f"：项目 {effect.subjects} 个，新增 {effect.added} 条，改 {effect.fields} 处，"
            f"删除 {effect.removed} 条，照片附件 {effect.attachments} 件"
        )
        text += f"，待定 {effect.conflicts} 处" if effect.conflicts else ""
    if one.note:
        text += f"；{one.note}"
    if one.error is not None:
        text += f"：{one.error}"
    if one.code:
        text += f"　核对码 {one.code}"
    return text


def plain(done: Sitting) -> dict[str, Any]:
    """A sitting as JSON says it; ``ok`` where nothing was refused, broken off or lacking."""
    import msgspec

    return {
        "ok": not (done.refused or done.nothing) and done.stopped is None,
        "packages": [
            {
                **{
                    name: getattr(one, name)
                    for name in (
                        "source", "outcome", "kind", "number", "digest", "periods", "note", "code"
                    )
                },
                "unit": one.name,
                "effect": msgspec.structs.asdict(one.effect) if one.effect else None,
                "error": one.error.name if one.error else None,
                "sentence": str(one.error) if one.error else None,
            }
            for one in done.results
        ],
        "troubles": done.troubles,
        "stopped": str(done.stopped) if done.stopped else None,
        "backup": done.backup.path if done.backup else None,
    }  # fmt: skip
