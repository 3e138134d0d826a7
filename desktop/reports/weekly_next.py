"""Next week's work 下周工作安排: what falls due, and what the projects plan."""

from __future__ import annotations

from datetime import timedelta

from desktop.reports.content import Block, Column, Paragraph, Row, Table
from desktop.reports.weekly_facts import Facts, clause, trimmed


def next_week(facts: Facts) -> list[Block]:
    """What falls due next week, and the plans: all, or where many those of projects with lights."""
    words = facts.words
    blocks: list[Block] = []
    due = _due(facts)
    if due:
        blocks.append(Paragraph(words.say("next.due", 起止=facts.span(1), 数=len(due))))
        due_columns = (
            Column(words.column("due"), "word", 5),
            Column(words.column("project"), "text", 12),
            Column(words.column("matter"), "text", 16),
            Column(words.column("responsible"), "text", 8),
        )
        blocks.append(trimmed(due_columns, due))
    plans = [
        (project, facts.brief(row["next_plan"], 1))
        for project, row in facts.in_order(facts.reported)
        if clause(row.get("next_plan"))
    ]
    shown = plans
    if len(plans) > words.settings.rows:
        shown = [(project, plan) for project, plan in plans if project in facts.foremost]
    if shown:
        columns = (
            Column(words.column("number"), "word", 3),
            Column(words.column("project"), "text", 14),
            Column(words.column("plan"), "text", 24),
        )
        rows = (
            Row((str(number), facts.name(project), plan))
            for number, (project, plan) in enumerate(shown, 1)
        )
        blocks.append(Table(columns, tuple(rows)))
    if len(shown) < len(plans):
        blocks.append(Paragraph(words.say("next.others", 附件=facts.appendix(1))))
    return blocks or [Paragraph(words.say("none.next"))]


def _due(facts: Facts) -> list[tuple[str, ...]]:
    """Milestones and open problems whose limit lies in the next week, and starts planned for it."""
    words, subject = facts.words, facts.store.scheme.head.subject
    begin = (facts.first + timedelta(weeks=1)).isoformat()
    end = (facts.last + timedelta(weeks=1)).isoformat()
    found: list[tuple[str | None, str, str, str]] = []
    for row in facts.rows("milestone"):
        if row[subject] in facts.projects and not row.get("actual_finish"):
            said = words.say("next.milestone", 事项=clause(row["name"]))
            found.append((row["due"], row[subject], said, row.get("responsible_unit") or ""))
    for problem in facts.problems:
        if problem.open and problem.row.get("due"):
            said = words.say("next.problem", 事项=facts.brief(problem.row["problem"], 2))
            responsible = problem.row.get("responsible_unit") or ""
            found.append((problem.row["due"], problem.row[subject], said, responsible))
    for project, file in facts.projects.items():
        if file.get("planned_start") and not file.get("actual_start"):
            responsible = file.get("responsible_unit") or ""
            found.append((file["planned_start"], project, words.say("next.start"), responsible))
    coming = [
        (due, facts.name(project), said, responsible)
        for due, project, said, responsible in found
        if due and begin <= due <= end
    ]
    return [(facts.day(due), *rest) for due, *rest in sorted(coming)]
