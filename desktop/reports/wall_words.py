"""The words of the wall chart: ``wall.toml`` of a scheme."""

from __future__ import annotations

from typing import Literal

import msgspec

from desktop.reports.templates import Template


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The unit of all sums on the sheet, "" for the one that suits them."""

    money_unit: Literal["", "亿元", "万元"] = ""


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What ``wall.toml`` says beside its sentences."""

    settings: Settings


COLUMNS = ("light", "number", "name", "plan", "done", "bar", "rate", "milestone", "date")
_SUMS = ("项目数", "红", "黄", "绿", "年度计划", "年累计", "占计划")
SENTENCES = {
    "head.title": ("单位",),
    "head.period": ("期次",),
    "head.sheet": ("张", "总张"),
    "head.summary": _SUMS,
    "head.nothing": (),
    "head.unit": ("单位", "单位名", *_SUMS),
    "head.again": ("单位",),
    "phrases.planned": ("完成率", "比序时"),
    "phrases.unplanned": (),
    "phrases.planned_unit": ("完成率",),
    "phrases.unplanned_unit": (),
    "phrases.ahead": ("差",),
    "phrases.behind": ("差",),
    "phrases.level": (),
    "phrases.no_plan": (),
    "phrases.unfilled": (),
    "phrases.figures": ("年累计", "年度计划", "单位名"),
    "phrases.figures_unplanned": ("年累计", "单位名"),
    "phrases.late": ("数",),
    "phrases.start": (),
    "phrases.finish": (),
    "phrases.finished": (),
    "phrases.none": (),
    "legend.lights": (),
    "legend.bar": ("序时",),
    "legend.milestone": (),
}
TEMPLATE = Template("wall.toml", SENTENCES, Fixed, COLUMNS)
