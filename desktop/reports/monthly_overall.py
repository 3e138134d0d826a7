"""The overall paragraphs of the monthly report 总体情况: sentences with figures in words."""

from __future__ import annotations

from desktop.ledger import money
from desktop.ledger.months import Comparison
from desktop.reports.content import Paragraph
from desktop.reports.monthly_facts import Facts
from desktop.reports.weekly_facts import amount


def overall(facts: Facts) -> list[Paragraph]:
    """2月，全区调度重点项目…，完成投资…，占本月计划的…；年累计完成…, then the counts."""
    whole, words = facts.whole, facts.words
    said = {"月份": facts.month.short, "范围": facts.scope}
    if not facts.members:
        return [Paragraph(words.say("overall.nothing", **said))]
    said |= {
        "项目数": str(len(facts.members)),
        "年累计": amount(whole.year or 0),
        "占年计划": _year_plan(facts),
    }
    if whole.completed is None:
        sentences = [words.say("overall.silent", **said)]
    else:
        said |= {
            "本月完成": amount(whole.completed),
            "占月计划": _month_plan(facts),
            "同月比": _same_month(facts),
            "累计比": _year_on_year(facts, whole.to_date),
        }
        sentences = [words.say("overall.main", **said)]
        base = whole.to_date
        if base.partial and base.growth is not None:
            sentences.append(words.say("overall.comparable", 总数=base.of, 数=base.many))
        if facts.silent:
            sentences.append(words.say("overall.some_unfilled", 数=len(facts.silent)))
    unplanned = whole.count(lambda one: not one.annual_plan)
    if 0 < unplanned < len(facts.members):
        sentences.append(words.say("overall.some_unplanned", 数=unplanned))
    without = whole.count(lambda one: one.filled and not one.planned)
    if whole.planned and without:
        sentences.append(words.say("overall.some_month_unplanned", 数=without))
    texts = ("".join(sentences), "".join(_counts(facts)))
    return [Paragraph(text) for text in texts if text]


def late_part(facts: Facts) -> str:
    """，其中超期2个, or nothing where none is late."""
    late = sum(one.late > 0 for one in facts.problems)
    return facts.words.say("phrases.late_problems", 数=late) if late else ""


def _counts(facts: Facts) -> list[str]:
    words, found = facts.words, []
    cautions = [one.caution(facts.rules) for one in facts.members]
    if any(cautions):
        yellow, watched = cautions.count("yellow"), cautions.count("watched")
        found.append(words.say("overall.cautions", 黄牌=yellow, 关注=watched))
    open_ = sum(one.open for one in facts.problems)
    if open_:
        found.append(words.say("overall.problems", 未销号=open_, 其中超期=late_part(facts)))
    return found


def _month_plan(facts: Facts) -> str:
    rate = facts.whole.month_rate
    if rate is None:
        return facts.words.say("phrases.month_unplanned")
    return facts.words.say("phrases.month_planned", 完成率=money.format_rate(rate))


def _year_plan(facts: Facts) -> str:
    """占年度计划的16.2%，低于序时进度0.6个百分点; without a plan that there is none."""
    words = facts.words
    rate, gap = facts.whole.completion_rate, facts.whole.gap
    if rate is None or gap is None:
        return words.say("phrases.year_unplanned")
    size = money.format_points(gap, signed=False)
    side = "on_schedule" if not size.strip("0.") else "ahead" if gap > 0 else "behind"
    compared = words.say(f"phrases.{side}", 差=size)
    return words.say("phrases.year_planned", 完成率=money.format_rate(rate), 比序时=compared)


def _same_month(facts: Facts) -> str:
    """，比上年同月增长5.2%; in January the year so far says it."""
    found = facts.whole.month
    if facts.month.number == 1:
        return ""
    change = facts.compared_in_words(found)
    if change:
        return facts.words.say("phrases.same_month", 增减=change)
    return facts.words.say("phrases.no_same_month") if found.before is None else ""


def _year_on_year(facts: Facts, found: Comparison) -> str:
    change = facts.compared_in_words(found)
    if change:
        return facts.words.say("phrases.year_on_year", 增减=change)
    key = "no_last_year" if found.before is None else "zero_last_year"
    return facts.words.say(f"phrases.{key}")
