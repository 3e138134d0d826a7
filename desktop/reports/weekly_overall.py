"""The overall paragraph of the weekly report 总体情况: sentences with figures in words."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from desktop.ledger import money
from desktop.ledger.indicators import Row as Group
from desktop.reports.content import Paragraph
from desktop.reports.weekly_facts import Facts, amount
from desktop.reports.weekly_words import Words


def overall(facts: Facts) -> list[Paragraph]:
    """The whole in words: 本周（…）全区调度重点项目120个，完成投资4.36亿元；…, then the counts."""
    whole, words = facts.whole, facts.words
    said = {"起止": facts.span(), "范围": facts.scope}
    if not whole.amount("projects"):
        return [Paragraph(words.say("overall.nothing", **said))]
    said |= {
        "项目数": str(whole.amount("projects")),
        "年累计": amount(whole.amount("completed_year")),
        "占计划": against_plan(words, whole),
    }
    if whole.values["completed_week"] is None:
        sentences = [words.say("overall.silent", **said)]
    else:
        week = amount(whole.amount("completed_week"))
        sentences = [words.say("overall.main", **said, 本周完成=week)]
        if whole.amount("unreported"):
            count = whole.amount("unreported")
            sentences.append(words.say("overall.some_unreported", 未填报=count))
    unplanned = whole.amount("unplanned")
    if 0 < unplanned < whole.amount("projects"):
        sentences.append(words.say("overall.some_unplanned", 无计划=unplanned))
    texts = ("".join(sentences), "".join(_counts(facts)))
    return [Paragraph(text) for text in texts if text]


def _counts(facts: Facts) -> list[str]:
    """The sentences about starts, finishes, milestones, problems, lights, where there are any."""
    whole, words = facts.whole, facts.words
    rate = {name: money.format_rate(whole.share(name)) for name in whole.values if "rate" in name}
    found = []
    if whole.amount("planned_starts"):
        found.append(
            words.say(
                "overall.starts",
                计划开工=whole.amount("planned_starts"),
                已开工=whole.amount("started"),
                开工率=rate["start_rate"],
            )
        )
    if whole.amount("finishes_due"):
        found.append(
            words.say(
                "overall.finishes",
                应竣工=whole.amount("finishes_due"),
                按期竣工=whole.amount("finished_on_time"),
                按期竣工率=rate["on_time_finish_rate"],
            )
        )
    if whole.amount("milestones_due"):
        found.append(
            words.say(
                "overall.milestones",
                到期节点=whole.amount("milestones_due"),
                按期完成=whole.amount("milestones_on_time"),
                节点完成率=rate["milestone_rate"],
            )
        )
    if whole.amount("problems"):
        found.append(
            words.say(
                "overall.problems",
                问题数=whole.amount("problems"),
                已销号=whole.amount("problems_closed"),
                销号率=rate["close_out_rate"],
                未销号=whole.amount("problems_open"),
                超期=whole.amount("problems_overdue"),
            )
        )
    colours = Counter(one.light for one in facts.standings)
    lit = [words.say(f"lights.{c}", 数=colours[c]) for c in ("red", "yellow") if colours[c]]
    if lit:
        found.append(words.say("overall.lights", 亮灯="、".join(lit)))
    if whole.amount("stopped"):
        found.append(words.say("overall.stopped", 停工=whole.amount("stopped")))
    return found


def against_plan(words: Words, group: Group) -> str:
    """占年度计划的16.2%，低于序时进度0.6个百分点; without a plan that there is none."""
    rate, gap = group.share("completion_rate"), group.share("gap")
    if rate is None or gap is None:
        return words.say("phrases.unplanned")
    size = money.format_points(gap, signed=False)
    level = size == money.format_points(Fraction(0), signed=False)
    side = "level" if level else "ahead" if gap > 0 else "behind"
    compared = words.say(f"phrases.{side}", 差=size)
    return words.say("phrases.planned", 完成率=money.format_rate(rate), 比序时=compared)
