"""The weekly dispatch report 周调度报告 as content: a district's with red head and ranks, a unit's.

Sections stand in the order in which a meeting goes through them; one that has nothing to say tells
so in a sentence, one that would be silly for a small book is left out. The ledger is the appendix.
Words come from ``weekly-report.toml``; drawing is done elsewhere.
"""

from __future__ import annotations

from desktop.ledger import cycle, paper_code
from desktop.ledger.lock import RETURNED, SUBMISSION
from desktop.ledger.periods import Period, label
from desktop.ledger.store import Store
from desktop.reports.content import (
    Block,
    Closing,
    Column,
    Footer,
    Heading,
    Ledger,
    Paper,
    Paragraph,
    RedHead,
    Row,
    Signatures,
    Table,
)
from desktop.reports.ledger_content import ledger_of
from desktop.reports.ledger_sections import numeral
from desktop.reports.weekly_charts import units_chart, weeks_charts
from desktop.reports.weekly_decisions import decisions
from desktop.reports.weekly_facts import Facts, gather
from desktop.reports.weekly_figures import category_table, main_table
from desktop.reports.weekly_lights import lights, lights_list
from desktop.reports.weekly_next import next_week
from desktop.reports.weekly_overall import overall
from desktop.reports.weekly_problems import problems


def weekly_paper(
    store: Store,
    period: str | Period,
    *,
    issue: int | None = None,
    red_head: bool | None = None,
    demonstration: bool = False,
) -> Paper:
    """The report of a week, as its book sees it on the week's last day.

    ``issue`` is the bulletin's number (None: the week's); ``red_head`` None: for a book that looks
    after several units. Raises :class:`~desktop.ledger.dispatch.NotAWeek`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises.
    """
    facts = gather(store, period)
    return Paper(
        _title(facts),
        (*_body(facts), *_closing(facts, _is_red(facts, red_head))),
        Footer(facts.unit, facts.week.title, paper_code.code(store.journal.head)),
        facts.last,
        head=_head(facts, issue) if _is_red(facts, red_head) else None,
        subtitle="" if _is_red(facts, red_head) else _subtitle(facts),
        appendices=tuple(_appendices(facts)),
        author=facts.unit,
        demonstration=demonstration,
    )


def _is_red(facts: Facts, red_head: bool | None) -> bool:
    return facts.consolidates if red_head is None else red_head


def _head(facts: Facts, issue: int | None) -> RedHead:
    words, unit = facts.words, facts.unit
    number = facts.week.number if issue is None else issue
    issuer = words.say("head.issuer", 单位=unit)
    day = facts.last
    return RedHead(
        words.say("head.mark", 单位=unit, 范围=facts.scope),
        words.say("head.issue", 期号=number, 年=facts.week.year),
        issuer,
        f"{day.year}年{day.month}月{day.day}日" if issuer else "",
    )


def _title(facts: Facts) -> str:
    key = "head.title" if facts.consolidates else "head.title_own"
    week = facts.week
    return facts.words.say(key, 单位=facts.unit, 范围=facts.scope, 周次=week.short, 年=week.year)


def _subtitle(facts: Facts) -> str:
    said = label(facts.week, facts.store.scheme.week_last_day)
    return facts.words.say("head.subtitle", 期次=said)


def _body(facts: Facts) -> list[Block]:
    """The sections that have something to say, numbered."""
    if not facts.whole.amount("projects"):
        return [*overall(facts), *_numbered(facts, [("unsent", _unsent(facts))])]
    main, categories = main_table(facts), category_table(facts)
    charts = [*units_chart(facts), *weeks_charts(facts)]
    return _numbered(
        facts,
        [
            ("overall", [*overall(facts), *([main] if main else []), *charts]),
            ("categories", [categories] if categories else []),
            ("lights", lights(facts)),
            ("problems", problems(facts)),
            ("decisions", decisions(facts)),
            ("next", next_week(facts)),
            ("explanations", _explanations(facts)),
            ("unsent", _unsent(facts)),
        ],
    )


def _numbered(facts: Facts, sections: list[tuple[str, list[Block]]]) -> list[Block]:
    blocks: list[Block] = []
    number = 0
    for name, members in sections:
        if members:
            number += 1
            title = facts.words.say(f"sections.{name}")
            blocks += [Heading(1, f"{numeral(number)}、{title}"), *members]
    return blocks


def _explanations(facts: Facts) -> list[Block]:
    """What units said about figures that the checks found doubtful; nothing where there is none."""
    words, subject = facts.words, facts.store.scheme.head.subject
    if "explanation" not in facts.store.scheme.registers:
        return []
    written = facts.store.rows("explanation", str(facts.week))
    rows = sorted(
        (facts.name(row[subject]), row.get("sentence") or "", row.get("text") or "")
        for row in written
        if row[subject] in facts.projects
    )
    columns = (
        Column(words.column("project"), "text", 10),
        Column(words.column("finding"), "text", 16),
        Column(words.column("explanation"), "text", 14),
    )
    return [Table(columns, tuple(Row(cells) for cells in rows))] if rows else []


def _unsent(facts: Facts) -> list[Block]:
    """Which units have not sent the week; for a book that looks after several units only.

    A unit whose figures came another way (read from its Excel) is not late in a book in which no
    unit submits packages.
    """
    if not facts.consolidates:
        return []
    words, store = facts.words, facts.store
    projects: dict[str, list[str]] = {}
    owner = str(store.scheme.registers[store.scheme.head.subject].owner)
    for project, row in facts.projects.items():
        projects.setdefault(row[owner], []).append(project)
    units = [one for one in cycle.submissions(store, str(facts.week)) if one.unit in projects]
    submitting = bool(store.rows(SUBMISSION))
    rows = []
    for one in units:
        silent = sum(project not in facts.reported for project in projects[one.unit])
        if one.state == RETURNED:
            reason = f"：{one.reason}" if one.reason else ""
            situation = words.say("unsent.returned") + reason
        elif one.state != "未上报" or not (silent or submitting):
            continue
        elif silent == len(projects[one.unit]):
            situation = words.say("unsent.not_sent")
        elif silent:
            situation = words.say("unsent.partly", 数=silent)
        else:
            situation = words.say("unsent.not_submitted")
        rows.append(
            Row((facts.links.name("unit", one.unit), str(len(projects[one.unit])), situation))
        )
    if not units:
        return []
    if not rows:
        return [Paragraph(words.say("none.unsent" if submitting else "none.unsent_direct"))]
    columns = (
        Column(words.column("unit"), "text", 12),
        Column(words.column("projects"), "figure", 6),
        Column(words.column("situation"), "text", 22),
    )
    key = "unsent.all" if len(rows) == len(units) else "unsent.summary"
    summary = words.say(key, 单位数=len(units), 数=len(rows))
    return [Paragraph(summary), Table(columns, tuple(rows))]


def _closing(facts: Facts, red: bool) -> list[Block]:
    """A unit signs its own report; a red head says already whose a district's is."""
    words, day = facts.words, facts.last
    closing = Closing(facts.unit, f"{day.year}年{day.month}月{day.day}日")
    if facts.consolidates:
        return [] if red else [closing]
    names = (words.say(f"closing.{name}") for name in ("filler", "reviewer", "head"))
    return [Signatures(tuple(name for name in names if name)), closing]


def _appendices(facts: Facts) -> list[Ledger]:
    """The week's ledger; open problems and projects with lights where there are too many."""
    if not facts.projects:
        return []
    subject = facts.store.scheme.head.subject
    open_ = {one.row["record"] for one in facts.problems if one.open}
    weekly, week = facts.store.scheme.head.weekly, str(facts.week)
    ledgers = [ledger_of(facts.store, weekly, week, label=facts.appendix(1), size="A4 landscape")]
    if facts.listed:
        ledgers.append(
            ledger_of(
                facts.store,
                "problem",
                label=facts.appendix(2),
                size="A4 landscape",
                only=lambda entry: entry.row["record"] in open_ and entry.row[subject] is not None,
            )
        )
    if facts.crowded:
        ledgers.append(lights_list(facts))
    return ledgers
