"""Which of a scheme's indicators stand in a table together: progress, works, items, the others."""

from __future__ import annotations

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.ledger.indicator_definitions import Indicator, definitions

PROGRESS = "progress"


class Aspect(msgspec.Struct, frozen=True):
    """Indicators that are looked at together, in the order of their columns."""

    name: str
    title: str
    indicators: tuple[str, ...]


_KNOWN = (
    Aspect(
        PROGRESS,
        "投资进度",
        ("annual_plan", "completed_week", "completed_year", "completion_rate", "gap"),
    ),
    Aspect(
        "works",
        "开工竣工",
        (
            "planned_starts", "started", "start_rate", "finishes_due", "finished_on_time",
            "on_time_finish_rate", "stopped",
        ),
    ),
    Aspect(
        "items",
        "问题节点",
        (
            "problems", "problems_closed", "problems_open", "problems_overdue", "close_out_rate",
            "milestones_due", "milestones_on_time", "milestone_rate",
        ),
    ),
)  # fmt: skip
#: Shown beside the name, in the charts, or as words in another column.
_ELSEWHERE = frozenset({"projects", "schedule_progress", "unreported", "unplanned"})
#: As the papers head their columns; a title that the district changed stands as it is.
_SHORT = {
    "年度计划投资": "年度计划",
    "本周完成投资": "本周完成",
    "本年累计完成投资": "年累计",
    "投资完成率": "完成率",
    "与序时进度之差": "与序时比",
    "今年计划开工项目数": "计划开工",
    "其中已开工项目数": "已开工",
    "今年以来应竣工项目数": "应竣工",
    "其中按期竣工项目数": "按期竣工",
    "停工项目数": "停工",
    "问题数": "问题",
    "已销号问题数": "已销号",
    "未销号问题数": "未销号",
    "超期未销号问题数": "超期未销号",
    "问题销号率": "销号率",
    "今年以来到期节点数": "到期节点",
    "其中按期完成节点数": "按期完成",
    "节点按期完成率": "按期完成率",
}


def aspects_of(scheme: Scheme) -> tuple[Aspect, ...]:
    """The aspects of which the scheme defines an indicator; a district's own come last."""
    defined = definitions(scheme).indicators
    found = [
        msgspec.structs.replace(
            aspect, indicators=tuple(name for name in aspect.indicators if name in defined)
        )
        for aspect in _KNOWN
    ]
    known = {name for aspect in _KNOWN for name in aspect.indicators} | _ELSEWHERE
    own = tuple(name for name in defined if name not in known)
    return tuple(one for one in (*found, Aspect("own", "其他指标", own)) if one.indicators)


def aspect_of(scheme: Scheme, name: str) -> Aspect:
    """The aspect called ``name``, the first one where there is none."""
    aspects = aspects_of(scheme)
    return next((aspect for aspect in aspects if aspect.name == name), aspects[0])


def short_title(indicator: Indicator) -> str:
    """The heading of an indicator's column: 计划开工 for 今年计划开工项目数."""
    return _SHORT.get(indicator.title, indicator.title)
