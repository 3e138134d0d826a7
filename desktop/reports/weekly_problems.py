"""Problems 存在问题 and what needs coordinating 需协调事项 in the weekly report."""

from __future__ import annotations

from collections.abc import Sequence

from desktop.reports.content import Block, Column, Paragraph, Row, Table
from desktop.reports.weekly_facts import Facts, Problem, clause, headed, trimmed
from desktop.reports.weekly_words import late_part


def problems(facts: Facts) -> list[Block]:
    """Open problems by aspect with their age, one by one, and what needs the upper level.

    Of very many only those that are late or need the upper level; all stand in the appendices.
    """
    words = facts.words
    subject = facts.store.scheme.head.subject
    order = {project: place for place, project in enumerate(facts.projects)}
    found = [one for one in facts.problems if one.open]
    found.sort(key=lambda one: (-one.late, order[one.row[subject]], one.row["record"]))
    many = len(found) > words.settings.rows
    registered: list[Block] = []
    if found or any(one.closed_now for one in facts.problems):
        summary = words.say(
            "problems.summary",
            未销号=len(found),
            其中超期=late_part(words, "problems", sum(one.late > 0 for one in found)),
            新增=sum(one.new for one in facts.problems),
            销号=sum(one.closed_now for one in facts.problems),
        )
        if many:
            summary += words.say("problems.listed", 附件=facts.appendix(2))
        registered.append(Paragraph(summary))
    by_aspect = _aspect_table(facts)
    if by_aspect is not None:
        registered.append(by_aspect)
    told = [one for one in found if not many or one.late or one.row.get("needs_level")]
    rows = [*_problem_rows(facts, told), *_ledger_rows(facts, found)]
    shown = rows[: max(words.settings.rows, len(told))]
    if shown:
        numbered = [(str(number), *cells) for number, cells in enumerate(shown, 1)]
        registered.append(_problem_table(facts, numbered))
    if len(shown) < len(rows):
        left, label = len(rows) - len(shown), facts.appendix(1)
        registered.append(Paragraph(words.say("problems.other_needs", 数=left, 附件=label)))
    parts = (("registered", registered), ("needs", _needs(facts, found)))
    blocks = headed([(words.say(f"problems.{key}"), part) for key, part in parts if part])
    return blocks or [Paragraph(words.say("none.problems"))]


def _aspect_table(facts: Facts) -> Table | None:
    """Open, late, new and closed problems and the oldest, for each aspect; None for one."""
    words = facts.words
    codes = facts.store.scheme.codes.get("aspect")
    order: list[str | None] = [*(codes.names if codes else ()), None]
    groups = [
        (aspect, [one for one in facts.problems if one.row.get("aspect") == aspect])
        for aspect in order
    ]
    groups = [
        (aspect, members)
        for aspect, members in groups
        if any(one.open or one.closed_now for one in members)
    ]
    if len(groups) < 2:
        return None
    aged = words.settings.aged
    rows = [
        Row((aspect or words.say("phrases.unfilled"), *_counts(members, aged)))
        for aspect, members in groups
    ]
    rows.append(Row((words.say("phrases.total"), *_counts(facts.problems, aged)), "total"))
    columns = (
        Column(words.column("aspect"), "text", 8),
        *(
            Column(words.column(name), "figure", 6)
            for name in ("open", "overdue", "found", "closed")
        ),
        Column((words.say("problems.aged", 天数=aged),), "figure", 6),
        Column(words.column("oldest"), "figure", 6),
    )
    return Table(columns, tuple(rows))


def _counts(members: Sequence[Problem], aged: int) -> tuple[str, ...]:
    ages = [one.age for one in members if one.open and one.age is not None]
    return (
        str(sum(one.open for one in members)),
        str(sum(one.late > 0 for one in members)),
        str(sum(one.new for one in members)),
        str(sum(one.closed_now for one in members)),
        str(sum(age > aged for age in ages)),
        str(max(ages)) if ages else "",
    )


def _problem_rows(facts: Facts, found: Sequence[Problem]) -> list[tuple[str, ...]]:
    subject, words = facts.store.scheme.head.subject, facts.words
    rows: list[tuple[str, ...]] = []
    for problem in found:
        row = problem.row
        state = row.get("state") or ""
        if state in facts.closed("problem") and row.get("closed_on"):
            state = words.say("problems.closed_later", 日期=facts.day(row["closed_on"]))
        elif problem.late:
            state = words.say("decisions.overdue", 状态=state, 数=problem.late)
        rows.append(
            (
                facts.name(row[subject]),
                facts.brief(row["problem"], 2),
                facts.brief(row.get("measure"), 2),
                row.get("responsible_unit") or "",
                "\n".join(text for text in (facts.day(row.get("due")), state) if text),
            )
        )
    return rows


def _ledger_rows(facts: Facts, found: Sequence[Problem]) -> list[tuple[str, ...]]:
    """What the week's ledger names where no problem is registered for the project."""
    subject = facts.store.scheme.head.subject
    registered = {one.row[subject] for one in found}
    return [
        (facts.name(project), facts.brief(row["problems"], 1))
        for project, row in facts.in_order(facts.reported)
        if project not in registered and clause(row.get("problems"))
    ]


def _problem_table(facts: Facts, rows: list[tuple[str, ...]]) -> Table:
    words = facts.words
    columns = (
        Column(words.column("number"), "word", 3),
        Column(words.column("project"), "text", 13),
        Column(words.column("problem"), "text", 12),
        Column(words.column("measure"), "text", 12),
        Column(words.column("responsible"), "text", 8),
        Column(words.column("due_state"), "word", 7),
    )
    return trimmed(columns, rows)


def _needs(facts: Facts, found: Sequence[Problem]) -> list[Block]:
    """What has to be coordinated: the week's words, then problems marked for the upper level.

    Where there is much of it, only what concerns the projects with lights that are told of.
    """
    subject, words = facts.store.scheme.head.subject, facts.words
    said = [
        (project, facts.brief(row["needs"], 1))
        for project, row in facts.in_order(facts.reported)
        if clause(row.get("needs"))
    ]
    told = {project for project, _ in said}
    said += [
        (one.row[subject], facts.brief(one.row["problem"], 2))
        for one in found
        if one.row.get("needs_level") and one.row[subject] not in told
    ]
    shown = said
    if len(said) > words.settings.rows:
        shown = [(project, text) for project, text in said if project in facts.foremost]
    blocks: list[Block] = []
    if len(shown) > words.settings.paragraphs:
        columns = (
            Column(words.column("number"), "word", 3),
            Column(words.column("project"), "text", 14),
            Column(words.column("need"), "text", 24),
        )
        cells = ((facts.name(project), text) for project, text in shown)
        blocks.append(Table(columns, tuple(Row((str(n), *row)) for n, row in enumerate(cells, 1))))
    else:
        for number, (project, text) in enumerate(shown, 1):
            lead = f"{number}. {facts.name(project)}："
            blocks.append(Paragraph(words.say("problems.need", 事项=text), lead=lead))
    if len(shown) < len(said):
        left = len(said) - len(shown)
        blocks.append(Paragraph(words.say("problems.other_needs", 数=left, 附件=facts.appendix(1))))
    return blocks
