"""Projects with lights 亮灯项目: each with reason, figures, measure and time limit.

Of very many only those furthest behind stand in the body; an appendix lists them all.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from desktop.ledger import money, periods
from desktop.ledger.presets import presets
from desktop.ledger.standing import Standing
from desktop.reports.content import Block, Column, Ledger, Paragraph, Row, Table
from desktop.reports.ledger_sections import numeral
from desktop.reports.weekly_facts import Facts, amount, clause, headed


class Measure(msgspec.Struct, frozen=True):
    """What stands against a project and what is done about it; ``due`` as stored."""

    problem: str
    measure: str = ""
    responsible: str = ""
    due: str | None = None


def lights(facts: Facts) -> list[Block]:
    """Red, then yellow projects, the furthest behind first; paragraphs, or a table when many."""
    words = facts.words
    measures = _measures(facts)
    parts: list[tuple[str, list[Block]]] = []
    most = words.settings.rows
    for light, found in facts.lit.items():
        if len(found) > words.settings.paragraphs:
            members: list[Block] = [_table(facts, _rows(facts, found[:most], measures))]
            left = max(len(found) - most, 0)
            if left:
                label = facts.appendix(facts.lights_appendix)
                members.append(Paragraph(words.say("lights.others", 数=left, 附件=label)))
        else:
            members = [_paragraph(facts, one, measures, at) for at, one in enumerate(found, 1)]
        if members:
            parts.append((words.say(f"lights.{light}", 数=len(found)), members))
    if len(parts) == 1:
        title, members = parts[0]
        return [Paragraph(f"{title}：" if title else ""), *members]
    return headed(parts) or [Paragraph(words.say("none.lights"))]


def lights_list(facts: Facts) -> Ledger:
    """All projects with lights as an appendix, red ones first."""
    words, measures = facts.words, _measures(facts)
    rows: list[Row] = []
    for light, found in facts.lit.items():
        if found:
            mark = numeral(1 + sum(row.kind == "section" for row in rows))
            rows.append(Row((f"{mark}、{words.say(f'lights.{light}', 数=len(found))}",), "section"))
            rows += _rows(facts, found, measures)
    return Ledger(
        words.say("lights.list", 单位=facts.unit),
        _table(facts, rows),
        subtitle=periods.label(facts.week, facts.store.scheme.week_last_day),
        label=facts.appendix(facts.lights_appendix),
        prepared=f"填报单位：{facts.unit}",
    )


def _paragraph(
    facts: Facts, one: Standing, measures: Mapping[str, Sequence[Measure]], number: int
) -> Paragraph:
    words = facts.words
    said = [_reasons(facts, one), _figures(facts, one)]
    progress = facts.brief(facts.latest.get(one.project, {}).get("physical_progress"), 1)
    if progress:
        said.append(words.say("lights.progress", 形象进度=progress))
    said.append(_told(facts, one.project, measures))
    unit = facts.unit_of(one.project)
    if facts.consolidates and unit:
        lead = words.say("lights.lead", 序号=number, 项目=one.name, 单位=unit)
    else:
        lead = words.say("lights.lead_own", 序号=number, 项目=one.name)
    return Paragraph("".join(said), lead=lead, light=one.light)


def _rows(
    facts: Facts, found: Sequence[Standing], measures: Mapping[str, Sequence[Measure]]
) -> list[Row]:
    no_plan = facts.words.say("phrases.no_plan")
    return [
        Row(
            (
                str(number),
                facts.name(one.project),
                money.format_rate(one.row.share("completion_rate"), missing=no_plan),
                _reasons(facts, one),
                _told(facts, one.project, measures),
                "",
            ),
            light=one.light,
        )
        for number, one in enumerate(found, 1)
    ]


def _table(facts: Facts, rows: Sequence[Row]) -> Table:
    words = facts.words
    columns = (
        Column(words.column("number"), "word", 3),
        Column(words.column("project"), "text", 12),
        Column(words.column("completion_rate"), "figure", 5),
        Column(words.column("reason"), "text", 13),
        Column(words.column("measures"), "text", 16),
        Column(words.column("light"), "light", 2),
    )
    return Table(columns, tuple(rows))


def _reasons(facts: Facts, one: Standing) -> str:
    """Why the light is on; what a rate says of a project that never reported is called so."""
    rules = presets(facts.store.scheme).rules
    said = []
    for reason in one.reasons:
        by_rate = rules[reason.rule].below is not None
        if by_rate and one.project not in facts.latest:
            said.append(facts.words.say("lights.as_zero", 原因=reason.sentence))
        else:
            said.append(reason.sentence)
    return "；".join(said) + "。"


def _figures(facts: Facts, one: Standing) -> str:
    """年度计划1.20亿元，年累计完成…，完成率…"""
    row, rate = one.row, one.row.share("completion_rate")
    year = amount(row.amount("completed_year"))
    week = amount(row.amount("completed_week"))
    if rate is None:
        return facts.words.say("lights.figures_unplanned", 年累计=year, 本周完成=week)
    plan = amount(row.amount("annual_plan"))
    if not row.amount("completed_year"):
        filled = one.project in facts.latest
        key = "lights.figures_nothing" if filled else "lights.figures_unfilled"
        return facts.words.say(key, 年度计划=plan)
    return facts.words.say(
        "lights.figures",
        年度计划=plan,
        年累计=year,
        本周完成=week,
        完成率=money.format_rate(rate),
    )


def _told(facts: Facts, project: str, measures: Mapping[str, Sequence[Measure]]) -> str:
    """The measures of a project as sentences; what is not filled is not said."""
    words = facts.words
    known = measures.get(project, ())
    said = []
    for one in known:
        parts = (
            ("lights.problem", "问题", clause(one.problem)),
            ("lights.measure", "措施", clause(one.measure)),
            ("lights.responsible", "责任", clause(one.responsible)),
            ("lights.due", "时限", facts.day(one.due)),
        )
        said += [words.say(key, **{name: text}) for key, name, text in parts if text]
    plan = clause(facts.latest.get(project, {}).get("next_plan"))
    if project in facts.reported:
        plan = facts.brief(plan, 1)
    if plan and not any(one.measure for one in known):
        said.append(words.say("lights.plan", 计划=plan))
    return "".join(said)


def _measures(facts: Facts) -> dict[str, list[Measure]]:
    """By project its open stop and open problems, else the problems that its ledger names."""
    subject = facts.store.scheme.head.subject
    found: dict[str, list[Measure]] = {}
    for row in facts.rows("stopped"):
        if _stands(facts, row):
            stop = _measure(row, row.get("reason"), row.get("plan"))
            found.setdefault(row[subject], []).append(stop)
    for problem in facts.problems:
        if problem.open:
            texts = (facts.brief(problem.row.get(name), 2) for name in ("problem", "measure"))
            open_ = _measure(problem.row, *texts)
            found.setdefault(problem.row[subject], []).append(open_)
    for project, latest in facts.latest.items():
        if project not in found and latest.get("problems"):
            found[project] = [Measure(facts.brief(latest["problems"], 1))]
    return found


def _measure(row: Mapping[str, Any], problem: str | None, measure: str | None) -> Measure:
    return Measure(
        problem or "",
        measure or "",
        row.get("responsible_unit") or "",
        row.get("due"),
    )


def _stands(facts: Facts, row: Mapping[str, Any]) -> bool:
    """Whether a stop stood on the week's last day."""
    last = facts.last.isoformat()
    if (row.get("since") or "") > last:
        return False
    if row.get("resumed_on"):
        return bool(row["resumed_on"] > last)
    return row.get("state") not in facts.closed("stopped")
