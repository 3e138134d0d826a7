"""The words of the weekly report: ``weekly-report.toml`` of a scheme."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

from desktop.ledger.definitions import MalformedScheme, Scheme
from desktop.reports import templates
from desktop.reports.templates import Template

FILE = "weekly-report.toml"
_FIGURES = ("起止", "范围", "项目数", "年累计", "占计划")
#: Every sentence and the placeholders that it may use.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "head.mark": ("单位", "范围"),
    "head.issue": ("期号", "年"),
    "head.issuer": ("单位",),
    "head.title": ("单位", "范围", "周次", "年"),
    "head.title_own": ("单位", "范围", "周次", "年"),
    "head.subtitle": ("期次",),
    "sections.overall": (),
    "sections.categories": (),
    "sections.lights": (),
    "sections.problems": (),
    "sections.decisions": (),
    "sections.next": (),
    "sections.explanations": (),
    "sections.unsent": (),
    "none.lights": (),
    "none.problems": (),
    "none.decisions": (),
    "none.next": (),
    "none.unsent": (),
    "none.unsent_direct": (),
    "overall.main": (*_FIGURES, "本周完成"),
    "overall.silent": _FIGURES,
    "overall.nothing": ("起止", "范围"),
    "overall.some_unreported": ("未填报",),
    "overall.some_unplanned": ("无计划",),
    "overall.starts": ("计划开工", "已开工", "开工率"),
    "overall.finishes": ("应竣工", "按期竣工", "按期竣工率"),
    "overall.milestones": ("到期节点", "按期完成", "节点完成率"),
    "overall.problems": ("问题数", "已销号", "销号率", "未销号", "超期"),
    "overall.lights": ("亮灯",),
    "overall.stopped": ("停工",),
    "phrases.planned": ("完成率", "比序时"),
    "phrases.unplanned": (),
    "phrases.ahead": ("差",),
    "phrases.behind": ("差",),
    "phrases.level": (),
    "phrases.no_plan": (),
    "phrases.not_ranked": (),
    "phrases.not_reported": (),
    "phrases.unfilled": (),
    "phrases.late_problems": ("数",),
    "phrases.late_items": ("数",),
    "phrases.total_units": ("数",),
    "phrases.total_projects": ("数",),
    "phrases.total": (),
    "phrases.overlap": (),
    "phrases.without_projects": ("单位",),
    "phrases.as_zero": (),
    "charts.units": (),
    "charts.weeks": ("周数", "单位"),
    "charts.pace": (),
    "charts.done": (),
    "charts.schedule": (),
    "lights.red": ("数",),
    "lights.yellow": ("数",),
    "lights.lead": ("序号", "项目", "单位"),
    "lights.lead_own": ("序号", "项目"),
    "lights.as_zero": ("原因",),
    "lights.figures": ("年度计划", "年累计", "完成率", "本周完成"),
    "lights.figures_nothing": ("年度计划",),
    "lights.figures_unfilled": ("年度计划",),
    "lights.figures_unplanned": ("年累计", "本周完成"),
    "lights.progress": ("形象进度",),
    "lights.problem": ("问题",),
    "lights.measure": ("措施",),
    "lights.responsible": ("责任",),
    "lights.due": ("时限",),
    "lights.plan": ("计划",),
    "lights.others": ("数", "附件"),
    "lights.list": ("单位",),
    "problems.summary": ("未销号", "其中超期", "新增", "销号"),
    "problems.listed": ("附件",),
    "problems.whole": ("附件",),
    "problems.closed_later": ("日期",),
    "problems.aged": ("天数",),
    "problems.registered": (),
    "problems.needs": (),
    "problems.need": ("事项",),
    "problems.other_needs": ("数", "附件"),
    "decisions.meeting": ("会议", "总数", "办结", "未办结", "其中超期"),
    "decisions.open": ("未办结", "其中超期"),
    "decisions.supervision": ("总数", "其中超期"),
    "decisions.overdue": ("状态", "数"),
    "decisions.closed_later": ("日期",),
    "next.due": ("起止", "数"),
    "next.milestone": ("事项",),
    "next.problem": ("事项",),
    "next.start": (),
    "next.others": ("附件",),
    "unsent.summary": ("单位数", "数"),
    "unsent.all": ("单位数", "数"),
    "unsent.not_sent": (),
    "unsent.not_submitted": (),
    "unsent.partly": ("数",),
    "unsent.returned": (),
    "closing.filler": (),
    "closing.reviewer": (),
    "closing.head": (),
    "appendix.label": ("序号",),
}
#: The headings of the tables.
COLUMNS = (
    "number", "rank", "unit", "project", "category", "projects", "annual_plan", "completed_week",
    "completed_year", "completion_rate", "gap", "light", "reason", "measure", "measures", "aspect",
    "open", "overdue", "found", "closed", "oldest", "problem", "need", "responsible", "due",
    "state", "due_state", "matter", "feedback", "plan", "finding", "explanation", "situation",
)  # fmt: skip


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much is said: see the file's own words."""

    money_unit: Literal["", "亿元", "万元"]
    paragraphs: int
    rows: int
    done: frozenset[str]
    words: int = 150
    aged: int = 30
    chart_units: int = 4
    chart_weeks: int = 8


class _Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    settings: Settings
    scope: dict[str, str]


class Words(templates.Words[_Fixed], frozen=True):
    """The report's sentences, the names of areas, the settings."""

    @property
    def settings(self) -> Settings:
        """How much is said."""
        return self.fixed.settings

    def scope(self, unit: str) -> str:
        """全区, 全镇 … by how the unit's name ends, the longest ending first."""
        scopes = self.fixed.scope
        endings = sorted((end for end in scopes if unit.endswith(end)), key=len)
        return scopes[endings[-1] if endings else "other"]


def late_part(words: Words, of: Literal["problems", "items"], count: int) -> str:
    """，其中超期2件, or nothing where none is late."""
    return words.say(f"phrases.late_{of}", 数=count) if count else ""


_TEMPLATE = Template(FILE, SENTENCES, _Fixed, COLUMNS)


def words_of(scheme: Scheme) -> Words:
    """The scheme's words for the weekly report; raises :class:`MalformedScheme`."""
    words = _TEMPLATE.of(scheme)
    if "other" not in words.fixed.scope:
        raise MalformedScheme(FILE, "scope.other", "缺少必需的键")
    return Words(words.sentences, words.fixed)
