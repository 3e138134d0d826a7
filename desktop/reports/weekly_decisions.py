"""What was decided and what came of it 议定事项落实情况, with the supervised items 督办."""

from __future__ import annotations

from typing import Any

from desktop.reports.content import Block, Column, Paragraph
from desktop.reports.weekly_facts import Facts, trimmed
from desktop.reports.weekly_words import late_part


def decisions(facts: Facts) -> list[Block]:
    """The last meeting's decisions and their state, then the supervised items still open.

    No blocks at all in a book that knows neither meetings nor decisions nor supervision.
    """
    words = facts.words
    last = facts.last.isoformat()
    held = [row for row in facts.rows("meeting") if row["held_on"] and row["held_on"] <= last]
    everything = facts.rows("decision")
    supervised = facts.rows("supervision")
    if not held and not everything and not supervised:
        return []
    blocks: list[Block] = []
    if held:
        meeting = max(held, key=lambda row: (row["held_on"], row.get("number") or 0, row["name"]))
        items = [row for row in everything if row["meeting"] == meeting["record"]]
        said = {
            "会议": meeting["name"],
            "总数": len(items),
            "办结": sum(_done(facts, row) for row in items),
        }
        key = "decisions.meeting"
    else:
        items = [row for row in everything if not _done(facts, row)]
        said, key = {}, "decisions.open"
    if items:
        blocks += _matters(facts, items, key, said, "due")
    supervised = [
        row for row in supervised if not _done(facts, row) and (row.get("issued_on") or "") <= last
    ]
    if supervised:
        said = {"总数": len(supervised)}
        blocks += _matters(facts, supervised, "decisions.supervision", said, "extended_to", "due")
    return blocks or [Paragraph(words.say("none.decisions"))]


def _done(facts: Facts, row: dict[str, Any]) -> bool:
    """Whether an item was done by the week's last day."""
    if row.get("closed_on"):
        return bool(row["closed_on"] <= facts.last.isoformat())
    return row.get("state") in facts.words.settings.done


def _matters(
    facts: Facts, items: list[dict[str, Any]], key: str, said: dict[str, Any], *limits: str
) -> list[Block]:
    """The sentence about items and their table; the first of ``limits`` that is filled is due."""
    words = facts.words
    rows: list[tuple[str, ...]] = []
    late = undone = 0
    for item in items:
        due = next((item[name] for name in limits if item.get(name)), None)
        state = item.get("state") or ""
        if not _done(facts, item):
            undone += 1
            days = facts.after(due)
            if item.get("closed_on"):
                state = words.say("decisions.closed_later", 日期=facts.day(item["closed_on"]))
            elif days:
                late += 1
                state = words.say("decisions.overdue", 状态=state, 数=days)
        unit = facts.links.name("unit", item.get("unit"))
        responsible = "、".join(name for name in (unit, item.get("responsible_unit")) if name)
        rows.append(
            (
                str(len(rows) + 1),
                item["matter"],
                responsible,
                facts.day(due),
                state,
                item.get("feedback") or "",
            )
        )
    columns = (
        Column(words.column("number"), "word", 3),
        Column(words.column("matter"), "text", 14),
        Column(words.column("responsible"), "text", 8),
        Column(words.column("due"), "word", 6),
        Column(words.column("state"), "word", 6),
        Column(words.column("feedback"), "text", 12),
    )
    sentence = words.say(key, **said, 未办结=undone, 其中超期=late_part(words, "items", late))
    return [Paragraph(sentence), trimmed(columns, rows)]
