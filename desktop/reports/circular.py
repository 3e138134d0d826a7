"""The ranking circular 通报 as content (S16): ranks, praise, criticism, the rule and the figures.

Whom a rule praises, criticises, reminds or calls in follows from ``escalation.toml``; words come
from ``circular.toml``; drawing is done elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from itertools import groupby
from typing import Literal

from desktop.errors import OneLedgerError
from desktop.ledger import money, months, paper_code, periods
from desktop.ledger.dispatch import consolidates
from desktop.ledger.escalation import Proposal, proposals, remarks
from desktop.ledger.escalation_figures import month_of
from desktop.ledger.escalation_rules import Rule, escalation
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.reports.circular_figures import (
    Ranking,
    behind,
    growth_chart,
    ranking_of,
    ranking_table,
)
from desktop.reports.circular_words import TEMPLATE, Words
from desktop.reports.content import (
    Addressee,
    Block,
    Closing,
    Footer,
    Heading,
    Imprint,
    Paper,
    Paragraph,
    RedHead,
)
from desktop.reports.ledger_columns import Links
from desktop.reports.ledger_sections import numeral
from desktop.reports.weekly_facts import amount
from desktop.reports.weekly_words import words_of


class OnlyFromAbove(OneLedgerError):
    """A unit that reports itself asked for the circular that ranks it."""

    def __init__(self) -> None:
        super().__init__(
            "通报由汇总单位印发，填报单位的账本中没有其他单位的数。",
            "请在区县的账本中生成；本单位的情况见月报。",
        )


class NoStatistics(OneLedgerError):
    """No unit has a figure in the month."""

    def __init__(self, month: Period) -> None:
        super().__init__(
            f"{month.title}还没有单位月度投资数据，不能排名。",
            "请先在“单位月度投资”中填写各单位统计部门核定的数，再生成通报。",
        )


def circular_paper(
    store: Store,
    month: str | Period,
    *,
    issue: int | None = None,
    issued_on: date | None = None,
    demonstration: bool = False,
) -> Paper:
    """The circular of a month; ``issue`` is its number of the year, left open when None.

    Without ``issued_on`` room is left for the day to be written in by hand. Raises
    :class:`OnlyFromAbove`, :class:`NoStatistics`,
    :class:`~desktop.ledger.escalation_figures.NotAMonth`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises.
    """
    at = month_of(month)
    if not consolidates(store):
        raise OnlyFromAbove
    found = ranking_of(store, at)
    if found is None:
        raise NoStatistics(at)
    words, unit = TEMPLATE.of(store.scheme), Links(store).name("unit", store.unit)
    said = {
        "单位": unit,
        "范围": words_of(store.scheme).scope(unit),
        "累计月份": months.to_date(at),
        "年": at.year,
    }
    mark = words.say("head.mark", **said)
    key = "head.unnumbered" if issue is None else "head.number"
    opening: list[Block] = [
        Addressee(words.say("head.addressee", **said)),
        Paragraph(words.say("head.opening", **said)),
    ]
    day = words.say("closing.undated", 年=_year_after(at))
    if issued_on is not None:
        day = f"{issued_on.year}年{issued_on.month}月{issued_on.day}日"
    office = words.say("imprint.office", **said)
    imprint = [Imprint(office, day, words.say("imprint.copied", **said))] if office else []
    return Paper(
        words.say("head.title", **said),
        (*opening, *_body(store, words, found, said), Closing(mark, day), *imprint),
        Footer(unit, at.title, paper_code.code(store.journal.head)),
        issued_on or periods.date_range(at, store.scheme.week_last_day)[1],
        head=RedHead(mark, words.say(key, **said, 期号=issue)),
        author=unit,
        demonstration=demonstration,
    )


def _year_after(month: Period) -> int:
    """The year of the day on which a month's circular goes out: that of the next month."""
    return month.next().year


def _body(store: Store, words: Words, found: Ranking, said: dict[str, object]) -> list[Block]:
    """The sections that have something to say, numbered."""
    proposed, rules = proposals(store, found.month), escalation(store.scheme).rules
    notes = [Paragraph(f"{'；'.join(out)}。") for out in [remarks(store, found.month)] if out]
    demands = words.say("demands.text")
    sections: list[tuple[str, list[Block]]] = [
        ("overall", [Paragraph(_overall(words, found, said))]),
        (
            "ranking",
            [ranking_table(words, found), *growth_chart(words, found, str(said["范围"])), *notes],
        ),
        ("praise", _named(words, "praise", proposed, found, rules)),
        ("criticism", _named(words, "criticism", proposed, found, rules)),
        ("measures", _measures(words, [one for one in proposed if rules[one.rule].lit is None])),
        ("demands", [Paragraph(demands)] if demands and behind(found) else []),
    ]
    blocks: list[Block] = []
    number = 0
    for name, members in sections:
        if members:
            number += 1
            blocks += [Heading(1, f"{numeral(number)}、{words.say(f'sections.{name}')}"), *members]
    return blocks


def _overall(words: Words, found: Ranking, said: dict[str, object]) -> str:
    """The whole in words: completed, growth, task, schedule, how many grow and fall."""
    growth, partial = found.total_growth, len(found.compared) < found.reported
    if growth is None:
        known = bool(found.compared)
        change = words.say("phrases.zero_last_year" if known else "phrases.no_last_year")
    else:
        key = "phrases.partial" if partial else "phrases.year_on_year"
        change = words.say(key, 增减=_change(words, growth))
    sentences = [words.say("overall.main", **said, 完成=amount(found.completed), 增减=change)]
    if partial and growth is not None:
        counts = {"总数": found.reported, "数": len(found.compared)}
        sentences.append(words.say("overall.comparable", **counts))
    share = found.total_completion
    if share is None:
        sentences.append(words.say("overall.no_task"))
    else:
        key = "task" if len(found.tasked) == found.reported else "task_partial"
        sentences.append(
            words.say(
                f"overall.{key}",
                数=len(found.tasked),
                任务=amount(found.task),
                完成率=money.format_rate(share),
                比序时=_schedule(words, money.points(share, found.schedule)),
            )
        )
    ranked = [found.figures[unit].growth or Fraction(0) for unit in found.growth]
    if ranked:
        up, down = sum(one > 0 for one in ranked), sum(one < 0 for one in ranked)
        sentences.append(words.say("overall.growing", 总数=len(ranked), 增长=up, 下降=down))
    if found.tasked:
        late = len(behind(found))
        on_time = len(found.tasked) - late
        key = (
            "on_schedule" if late and on_time else "none_on_schedule" if late else "all_on_schedule"
        )
        if len(found.tasked) > 1:
            sentences.append(words.say(f"overall.{key}", 数=on_time, 低于=late))
    return "".join(sentences)


def _named(
    words: Words,
    act: Literal["praise", "criticism"],
    proposed: list[Proposal],
    found: Ranking,
    rules: Mapping[str, Rule],
) -> list[Block]:
    """Rule by rule the units that it names, each with its figures, the first place first."""
    order = list(rules)
    chosen = [one for one in proposed if one.act == act]
    chosen.sort(key=lambda one: (order.index(one.rule), _rank(found, rules[one.rule], one.unit)))
    blocks: list[Block] = []
    for _, group in groupby(chosen, key=lambda one: one.rule):
        members = list(group)
        blocks.append(Paragraph(words.say(f"{act}.rule", 规则=members[0].basis)))
        blocks += [
            Paragraph(_figures(one), lead=words.say(f"{act}.unit", 序号=at, 单位=one.unit_name))
            for at, one in enumerate(members, 1)
        ]
    return blocks


def _rank(found: Ranking, rule: Rule, unit: str) -> int:
    """The unit's place in the ranking that a rule looks at, 0 where it looks at none."""
    by = rule.first or rule.last
    if by is None:
        return 0
    place = (found.growth if by == "growth" else found.completion).get(unit)
    return place.rank if place else 0


def _measures(words: Words, proposed: list[Proposal]) -> list[Block]:
    """Who is reminded or called in for the unit's figures, by which rule; letters on single
    projects go out by themselves."""
    chosen = [one for one in proposed if one.act in ("reminder", "talk")]
    if not chosen:
        return []
    blocks: list[Block] = [Paragraph(words.say("measures.intro"))]
    for at, one in enumerate(chosen, 1):
        way = words.say("measures.reminder")
        if one.act == "talk":
            key = "measures.talk" if one.level else "measures.talk_open"
            way = words.say(key, 约谈人=one.level, 对象=one.talked)
        lead = words.say("measures.unit", 序号=at, 单位=one.unit_name, 方式=way)
        text = _figures(one) + words.say("measures.rule", 规则=one.basis)
        blocks.append(Paragraph(text, lead=lead))
    return blocks


def _figures(one: Proposal) -> str:
    return f"{'；'.join(one.figures)}。" if one.figures else ""


def _change(words: Words, share: Fraction) -> str:
    """增长5.0%, 下降3.2%, 持平; what rounds to nothing is level."""
    size = money.format_rate(abs(share))
    if not size.strip("0.%"):
        return words.say("phrases.level")
    return words.say("phrases.up" if share > 0 else "phrases.down", 数=size)


def _schedule(words: Words, gap: Fraction) -> str:
    """超（低于）序时进度…个百分点."""
    size = money.format_points(gap, signed=False)
    side = "even" if not size.strip("0.") else "ahead" if gap > 0 else "behind"
    return words.say(f"phrases.{side}", 差=size)
