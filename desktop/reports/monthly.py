"""The monthly report 月报 as content (S3): plan, actual, schedule and the same month of last year.

A district's has a red head and ranks its units, a unit's is signed. Words come from
``monthly-report.toml``; drawing is done elsewhere.
"""

from __future__ import annotations

from desktop.ledger import paper_code
from desktop.ledger.months import MONTHLY
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports.content import (
    Block,
    Closing,
    Footer,
    Heading,
    Ledger,
    Paper,
    RedHead,
    Signatures,
)
from desktop.reports.ledger_content import ledger_of
from desktop.reports.ledger_sections import numeral
from desktop.reports.monthly_charts import months_charts, units_chart
from desktop.reports.monthly_facts import Facts, gather
from desktop.reports.monthly_figures import category_table, main_table
from desktop.reports.monthly_overall import overall
from desktop.reports.monthly_projects import cautions, problems, unfilled
from desktop.reports.monthly_statistics import statistics
from desktop.reports.monthly_targets import departments, targets


def monthly_paper(
    store: Store,
    month: str | Period,
    *,
    issue: int | None = None,
    red_head: bool | None = None,
    demonstration: bool = False,
) -> Paper:
    """The report of a month, as its book sees it on the month's last day.

    ``issue`` is the bulletin's number (None: the month's); ``red_head`` None: for a book that looks
    after several units. A month without data gives a paper that says so. Raises
    :class:`~desktop.ledger.escalation_figures.NotAMonth`,
    :class:`~desktop.ledger.months_reading.NoMonths`,
    :class:`~desktop.ledger.definitions.MalformedScheme`
    and what no period raises.
    """
    facts = gather(store, month)
    red = facts.consolidates if red_head is None else red_head
    words = facts.words
    return Paper(
        _title(facts),
        (*_body(facts), *_closing(facts)),
        Footer(facts.unit, facts.month.title, paper_code.code(store.journal.head)),
        facts.last,
        head=_head(facts, issue) if red else None,
        subtitle="" if red else words.say("head.subtitle", 期次=facts.month.title),
        appendices=tuple(_appendices(facts)),
        author=facts.unit,
        demonstration=demonstration,
    )


def _head(facts: Facts, issue: int | None) -> RedHead:
    words, unit, day = facts.words, facts.unit, facts.last
    number = facts.month.number if issue is None else issue
    issuer = words.say("head.issuer", 单位=unit)
    return RedHead(
        words.say("head.mark", 单位=unit, 范围=facts.scope),
        words.say("head.issue", 期号=number, 年=facts.month.year),
        issuer,
        f"{day.year}年{day.month}月{day.day}日" if issuer else "",
    )


def _title(facts: Facts) -> str:
    key = "head.title" if facts.consolidates else "head.title_own"
    month = facts.month
    return facts.words.say(key, 单位=facts.unit, 范围=facts.scope, 月份=month.short, 年=month.year)


def _body(facts: Facts) -> list[Block]:
    """The sections that have something to say, numbered."""
    if not facts.members:
        sections = [("statistics", statistics(facts)), ("targets", targets(facts))]
        return [*overall(facts), *_numbered(facts, sections)]
    main, categories = main_table(facts), category_table(facts)
    charts = [*units_chart(facts), *months_charts(facts)]
    return _numbered(
        facts,
        [
            ("overall", [*overall(facts), *([main] if main else []), *charts]),
            ("categories", [categories] if categories else []),
            ("departments", departments(facts)),
            ("statistics", statistics(facts)),
            ("cautions", cautions(facts)),
            ("problems", problems(facts)),
            ("targets", targets(facts)),
            ("unfilled", unfilled(facts)),
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


def _closing(facts: Facts) -> list[Block]:
    """A unit signs its own report."""
    if facts.consolidates:
        return []
    words, day = facts.words, facts.last
    names = (words.say(f"closing.{name}") for name in ("filler", "reviewer", "head"))
    return [
        Signatures(tuple(name for name in names if name)),
        Closing(facts.unit, f"{day.year}年{day.month}月{day.day}日"),
    ]


def _appendices(facts: Facts) -> list[Ledger]:
    """The month's ledger with every project that counts, where any has filled it."""
    if all(one.row is None for one in facts.members):
        return []
    label = facts.words.say("appendix.label")
    month = str(facts.month)
    return [ledger_of(facts.store, MONTHLY, month, label=label, size="A4 landscape")]
