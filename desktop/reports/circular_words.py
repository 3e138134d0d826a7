"""The words of the ranking circular: ``circular.toml`` of a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import msgspec

from desktop.reports import templates
from desktop.reports.templates import Template

FILE = "circular.toml"
#: Every sentence and the placeholders that it may use.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "head.mark": ("单位", "范围"),
    "head.number": ("年", "期号"),
    "head.unnumbered": ("年",),
    "head.title": ("累计月份", "范围", "单位"),
    "head.addressee": ("单位", "范围"),
    "head.opening": ("累计月份", "范围"),
    "sections.overall": (),
    "sections.ranking": (),
    "sections.praise": (),
    "sections.criticism": (),
    "sections.measures": (),
    "sections.demands": (),
    "overall.main": ("累计月份", "范围", "完成", "增减"),
    "overall.task": ("任务", "完成率", "比序时"),
    "overall.task_partial": ("数", "任务", "完成率", "比序时"),
    "overall.no_task": (),
    "overall.comparable": ("总数", "数"),
    "overall.growing": ("总数", "增长", "下降"),
    "overall.on_schedule": ("数", "低于"),
    "overall.none_on_schedule": (),
    "overall.all_on_schedule": (),
    "phrases.year_on_year": ("增减",),
    "phrases.partial": ("增减",),
    "phrases.no_last_year": (),
    "phrases.zero_last_year": (),
    "phrases.up": ("数",),
    "phrases.down": ("数",),
    "phrases.level": (),
    "phrases.ahead": ("差",),
    "phrases.behind": ("差",),
    "phrases.even": (),
    "phrases.no_last_year_cell": (),
    "phrases.zero_last_year_cell": (),
    "phrases.no_task_cell": (),
    "phrases.not_ranked": (),
    "phrases.units": ("单位",),
    "phrases.not_reported": (),
    "phrases.total": ("数",),
    "phrases.comparable": ("总数", "数"),
    "phrases.task_only": ("数",),
    "phrases.figures": (),
    "ranking.growth": (),
    "ranking.overall_line": ("范围",),
    "praise.rule": ("规则",),
    "praise.unit": ("序号", "单位"),
    "criticism.rule": ("规则",),
    "criticism.unit": ("序号", "单位"),
    "measures.intro": (),
    "measures.unit": ("序号", "单位", "方式"),
    "measures.rule": ("规则",),
    "measures.reminder": (),
    "measures.talk": ("约谈人", "对象"),
    "measures.talk_open": (),
    "demands.text": (),
    "closing.undated": ("年",),
    "imprint.copied": ("单位", "范围"),
    "imprint.office": ("单位",),
}
#: The headings of the table.
COLUMNS = (
    "growth_rank", "unit", "completed", "last_year", "growth", "task", "completion", "gap",
    "completion_rank",
)  # fmt: skip


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The unit of money, and for how many ranked units a chart is drawn (0: never)."""

    money_unit: Literal["", "亿元", "万元"] = ""
    chart_units: int = 4


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the file says besides sentences."""

    settings: Settings = Settings()


Words: TypeAlias = templates.Words[Fixed]
TEMPLATE = Template(FILE, SENTENCES, Fixed, COLUMNS)
