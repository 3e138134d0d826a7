"""Projects in the monthly report: yellow cards and watched ones, problems, who has not filled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from desktop.ledger import money
from desktop.ledger.months import ProjectMonth
from desktop.reports.content import Block, Column, Light, Paragraph, Row, Table
from desktop.reports.monthly_facts import Facts, Problem
from desktop.reports.monthly_overall import late_part
from desktop.reports.weekly_facts import amount, clause, headed, trimmed

#: So many names of projects are told before 等.
_NAMED = 5


def cautions(facts: Facts) -> list[Block]:
    """Projects that did too little of the month's plan, the least first: 黄牌, then 关注."""
    words, rules = facts.words, facts.rules
    limits = {"yellow": rules.yellow, "watched": rules.watched}
    parts: list[tuple[str, list[Block]]] = []
    for key, limit in limits.items():
        found = [one for one in facts.members if one.caution(rules) == key]
        found.sort(key=lambda one: (one.month_rate or 0, one.name))
        light: Light = "yellow" if key == "yellow" else ""
        most = words.fixed.settings.rows
        if len(found) > words.fixed.settings.paragraphs:
            members: list[Block] = [_caution_table(facts, found[:most])]
            left = len(found) - most
            members += [Paragraph(words.say("cautions.others", 数=left))] if left > 0 else []
        else:
            members = [_paragraph(facts, one, light, at) for at, one in enumerate(found, 1)]
        if members:
            parts.append((words.say(f"cautions.{key}", 数=len(found), 线=limit), members))
    if len(parts) == 1:
        title, members = parts[0]
        return [Paragraph(f"{title}：" if title else ""), *members]
    if parts:
        return headed(parts)
    if not any(one.filled for one in facts.members):
        return []
    if not any(one.month_rate is not None for one in facts.members):
        said = words.say("none.cautions_unplanned")
    else:
        said = words.say("none.cautions", 关注线=rules.watched)
    return [Paragraph(said)] if said else []


def _paragraph(facts: Facts, one: ProjectMonth, light: Light, number: int) -> Paragraph:
    words = facts.words
    unit = facts.links.name("unit", one.unit)
    if facts.consolidates and unit:
        lead = words.say("cautions.lead", 序号=number, 项目=one.name, 单位=unit)
    else:
        lead = words.say("cautions.lead_own", 序号=number, 项目=one.name)
    return Paragraph(_figures(facts, one) + _told(facts, one), lead=lead, light=light)


def _figures(facts: Facts, one: ProjectMonth) -> str:
    """本月计划…，完成…，占本月计划的…。年累计完成…"""
    said = facts.words.say(
        "cautions.figures",
        计划=amount(one.planned or 0),
        完成=amount(one.figure("completed_month") or 0),
        完成率=money.format_rate(one.month_rate),
    )
    rate = money.rate(one.year, one.annual_plan)
    if rate is not None:
        year = amount(one.year or 0)
        said += facts.words.say("cautions.year", 年累计=year, 完成率=money.format_rate(rate))
    return said


def _told(facts: Facts, one: ProjectMonth) -> str:
    """Progress, problem and next plan as the month has them; what is empty is not said."""
    row = one.row or {}
    parts = (
        ("progress", "形象进度", "physical_progress"),
        ("problem", "问题", "problems"),
        ("plan", "计划", "next_plan"),
    )
    texts = ((key, name, facts.brief(row.get(field))) for key, name, field in parts)
    return "".join(
        facts.words.say(f"cautions.{key}", **{name: text}) for key, name, text in texts if text
    )


def _caution_table(facts: Facts, found: Sequence[ProjectMonth]) -> Table:
    words = facts.words
    rows = [
        Row(
            (
                str(number),
                facts.name(one),
                money.format_rate(one.month_rate),
                money.format_rate(money.rate(one.year, one.annual_plan)),
                _told(facts, one),
            )
        )
        for number, one in enumerate(found, 1)
    ]
    (month,), (year,) = words.column("of_month"), words.column("of_year")
    columns = (
        Column(words.column("number"), "word", 3),
        Column(words.column("project"), "text", 10),
        Column((month, *words.column("month_rate")), "figure", 5),
        Column((year, *words.column("completion_rate")), "figure", 5),
        Column(words.column("situation"), "text", 20),
    )
    return Table(columns, tuple(rows))


def problems(facts: Facts) -> list[Block]:
    """How many problems stand open, by aspect, and the problems; of many only the late ones."""
    words = facts.words
    subject = facts.store.scheme.head.subject
    order = {one.project: (place, one) for place, one in enumerate(facts.members)}
    open_ = [one for one in facts.problems if one.open]
    open_.sort(key=lambda one: (-one.late, order[one.row[subject]][0], one.row["record"]))
    most = words.fixed.settings.problems
    shown = open_
    blocks: list[Block] = []
    if open_ or any(one.closed_now for one in facts.problems):
        said = words.say(
            "problems.summary",
            未销号=len(open_),
            其中超期=late_part(facts),
            新增=sum(one.new for one in facts.problems),
            销号=sum(one.closed_now for one in facts.problems),
        )
        if len(open_) > most:
            shown = [one for one in open_ if one.late][:most]
            said += words.say("problems.listed") if shown else ""
        blocks.append(Paragraph(said))
        by_aspect = _aspect_table(facts)
        if by_aspect is not None:
            blocks.append(by_aspect)
    rows = [(facts.name(order[one.row[subject]][1]), *_problem_cells(facts, one)) for one in shown]
    registered = {one.row[subject] for one in open_}
    rows += [
        (facts.name(one), facts.brief((one.row or {}).get("problems")))
        for one in facts.members
        if one.project not in registered and clause((one.row or {}).get("problems"))
    ][: max(most - len(rows), 0)]
    if rows:
        columns = (
            Column(words.column("number"), "word", 3),
            Column(words.column("project"), "text", 12),
            Column(words.column("problem"), "text", 13),
            Column(words.column("measure"), "text", 12),
            Column(words.column("responsible"), "text", 8),
            Column(words.column("due"), "word", 6),
        )
        blocks.append(trimmed(columns, [(str(at), *cells) for at, cells in enumerate(rows, 1)]))
    if not blocks and words.say("none.problems"):
        blocks.append(Paragraph(words.say("none.problems")))
    return blocks


def _aspect_table(facts: Facts) -> Table | None:
    """Open, late, new and closed problems of each aspect; None for one aspect."""
    words = facts.words
    codes = facts.store.scheme.codes.get("aspect")
    order: list[str | None] = [*(codes.names if codes else ()), None]
    groups = {
        aspect: [one for one in facts.problems if one.row.get("aspect") == aspect]
        for aspect in order
    }
    rows = [
        Row((aspect or words.say("phrases.unfilled"), *_counts(members)))
        for aspect, members in groups.items()
        if any(one.open or one.closed_now for one in members)
    ]
    if len(rows) < 2:
        return None
    rows.append(Row((words.say("phrases.total"), *_counts(facts.problems)), "total"))
    columns = (
        Column(words.column("aspect"), "text", 8),
        *(
            Column(words.column(name), "figure", 6)
            for name in ("open", "overdue", "found", "closed")
        ),
    )
    return Table(columns, tuple(rows))


def _counts(members: Sequence[Problem]) -> tuple[str, ...]:
    return (
        str(sum(one.open for one in members)),
        str(sum(one.late > 0 for one in members)),
        str(sum(one.new for one in members)),
        str(sum(one.closed_now for one in members)),
    )


def _problem_cells(facts: Facts, one: Problem) -> tuple[str, ...]:
    row = one.row
    late = facts.words.say("problems.overdue", 数=one.late) if one.late else ""
    return (
        facts.brief(row.get("problem")),
        facts.brief(row.get("measure")),
        row.get("responsible_unit") or "",
        "\n".join(text for text in (facts.day(row.get("due")), late) if text),
    )


def unfilled(facts: Facts) -> list[Block]:
    """Which projects were to fill the month and have not, by unit."""
    words = facts.words
    due = [one for one in facts.members if one.due]
    if not due:
        return []
    if not facts.silent:
        said = words.say("none.unfilled", 项目数=len(due))
        return [Paragraph(said)] if said else []
    key = "unfilled.none" if len(facts.silent) == len(due) else "unfilled.summary"
    said = words.say(key, 项目数=len(due), 数=len(facts.silent))
    if key == "unfilled.none" and not facts.compared:
        return [Paragraph(said)]
    expected: dict[str | None, list[ProjectMonth]] = defaultdict(list)
    for one in due:
        expected[one.unit].append(one)
    rows = []
    for unit, members in expected.items():
        silent = [one.name for one in members if not one.filled]
        if silent:
            names = _names(facts, silent, len(members))
            counts = (str(len(members)), str(len(silent)))
            rows.append(Row((facts.name_of_unit(unit), *counts, names)))
    columns = (
        Column(words.column("unit"), "text", 9),
        Column(words.column("due_projects"), "figure", 5),
        Column(words.column("not_filled"), "figure", 5),
        Column(words.column("names"), "text", 24),
    )
    return [Paragraph(said), Table(columns, tuple(rows))]


def _names(facts: Facts, silent: list[str], of: int) -> str:
    if len(silent) == of and of > _NAMED:
        return facts.words.say("unfilled.all")
    named = "、".join(silent[:_NAMED])
    if len(silent) <= _NAMED:
        return named
    return facts.words.say("unfilled.some", 项目=named, 数=len(silent))
