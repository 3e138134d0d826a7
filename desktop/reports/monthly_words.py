"""The words of the monthly report: ``monthly-report.toml`` of a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from desktop.reports import templates
from desktop.reports.templates import Template

FILE = "monthly-report.toml"
_YEAR = ("月份", "范围", "项目数", "年累计", "占年计划")
_HEAD = ("单位", "范围", "月份", "年")
#: Every sentence and the placeholders that it may use.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "head.mark": ("单位", "范围"),
    "head.issue": ("期号", "年"),
    "head.issuer": ("单位",),
    "head.title": _HEAD,
    "head.title_own": _HEAD,
    "head.subtitle": ("期次",),
    "sections.overall": (),
    "sections.categories": (),
    "sections.departments": (),
    "sections.statistics": (),
    "sections.cautions": (),
    "sections.problems": (),
    "sections.targets": (),
    "sections.unfilled": (),
    "none.cautions": ("关注线",),
    "none.cautions_unplanned": (),
    "none.problems": (),
    "none.unfilled": ("项目数",),
    "overall.main": (*_YEAR, "本月完成", "占月计划", "同月比", "累计比"),
    "overall.silent": _YEAR,
    "overall.nothing": ("月份", "范围"),
    "overall.some_unfilled": ("数",),
    "overall.some_unplanned": ("数",),
    "overall.some_month_unplanned": ("数",),
    "overall.comparable": ("总数", "数"),
    "overall.cautions": ("黄牌", "关注"),
    "overall.problems": ("未销号", "其中超期"),
    "phrases.month_planned": ("完成率",),
    "phrases.month_unplanned": (),
    "phrases.same_month": ("增减",),
    "phrases.no_same_month": (),
    "phrases.year_planned": ("完成率", "比序时"),
    "phrases.year_unplanned": (),
    "phrases.ahead": ("差",),
    "phrases.behind": ("差",),
    "phrases.on_schedule": (),
    "phrases.year_on_year": ("增减",),
    "phrases.no_last_year": (),
    "phrases.zero_last_year": (),
    "phrases.up": ("数",),
    "phrases.down": ("数",),
    "phrases.level": (),
    "phrases.partial": ("增减",),
    "phrases.no_plan": (),
    "phrases.no_last_year_cell": (),
    "phrases.zero_last_year_cell": (),
    "phrases.not_filled": (),
    "phrases.not_ranked": (),
    "phrases.units": ("单位",),
    "phrases.unfilled": (),
    "phrases.late_problems": ("数",),
    "phrases.total_units": ("数",),
    "phrases.total_projects": ("数",),
    "phrases.total": (),
    "phrases.overlap": (),
    "phrases.without_projects": ("单位",),
    "phrases.as_zero": (),
    "phrases.comparable": ("各组",),
    "phrases.comparable_group": ("名称", "总数", "数"),
    "charts.units": (),
    "charts.months": ("年", "单位"),
    "charts.pace": (),
    "charts.done": (),
    "charts.schedule": (),
    "cautions.yellow": ("数", "线"),
    "cautions.watched": ("数", "线"),
    "cautions.lead": ("序号", "项目", "单位"),
    "cautions.lead_own": ("序号", "项目"),
    "cautions.figures": ("计划", "完成", "完成率"),
    "cautions.year": ("年累计", "完成率"),
    "cautions.progress": ("形象进度",),
    "cautions.problem": ("问题",),
    "cautions.plan": ("计划",),
    "cautions.others": ("数",),
    "problems.summary": ("未销号", "其中超期", "新增", "销号"),
    "problems.listed": (),
    "problems.whole": (),
    "problems.overdue": ("数",),
    "statistics.summary": ("累计月份", "范围", "统计数", "增减"),
    "statistics.growth": ("增减",),
    "statistics.growth_partial": ("增减", "总数", "数"),
    "statistics.own": ("累计月份", "统计数", "增减", "任务"),
    "statistics.task": ("完成率",),
    "statistics.no_task": (),
    "statistics.difference": (),
    "statistics.comparable": ("总数", "数"),
    "statistics.no_task_cell": (),
    "targets.quarter": ("指标", "期次"),
    "targets.category": ("指标", "类别"),
    "targets.reached": (),
    "targets.no_figure": (),
    "targets.place": ("数",),
    "targets.points": ("数",),
    "targets.places": ("数",),
    "targets.listed": ("总数", "数"),
    "targets.none_behind": ("总数",),
    "unfilled.summary": ("项目数", "数"),
    "unfilled.none": ("项目数",),
    "unfilled.some": ("项目", "数"),
    "unfilled.all": (),
    "closing.filler": (),
    "closing.reviewer": (),
    "closing.head": (),
    "appendix.label": (),
}
#: The headings of the tables.
COLUMNS = (
    "of_month", "of_year", "number", "rank", "unit", "project", "category", "projects", "planned",
    "completed", "month_rate", "last_year_month", "month_growth", "annual_plan", "year",
    "completion_rate", "gap", "year_growth", "caution", "caution_yellow", "caution_watched",
    "situation", "aspect", "open", "overdue", "found", "closed", "problem", "measure",
    "responsible", "due", "dispatch", "statistics", "difference", "last_year_to_date", "task",
    "task_rate", "department", "indicator", "assured",
    "striven", "now", "share", "schedule_gap", "left", "each_month", "due_projects", "not_filled",
    "names",
)  # fmt: skip


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much is said: see the file's own words."""

    money_unit: Literal["", "亿元", "万元"] = ""
    paragraphs: int = 10
    rows: int = 40
    problems: int = 10
    words: int = 200
    chart_units: int = 4
    chart_months: int = 4


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says besides sentences."""

    settings: Settings = Settings()


Words: TypeAlias = templates.Words[Fixed]
TEMPLATE = Template(FILE, SENTENCES, Fixed, COLUMNS)
