"""Presets 预设: the rules of lights and ranking as data, ``presets.toml`` of a scheme, examined.

Local thresholds are never law in code (STANDARDS, Lights, rankings, escalation).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias

import msgspec

from desktop.ledger.definitions import MalformedScheme, Scheme
from desktop.ledger.indicator_definitions import by_name, definitions, each, kept
from desktop.ledger.scheme import convert
from desktop.ledger.wording import examine

FILE = "presets.toml"


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule; exactly one of ``below``, ``figure``, ``since`` says how it measures."""

    name: str
    title: str
    reason: str
    below: str | None = None
    figure: str | None = None
    since: str | None = None
    every: Literal["day", "week", "month"] | None = None
    yellow: int | None = None
    red: int | None = None

    @property
    def expression(self) -> str | None:
        """The SQL of a rule that looks at the project itself."""
        return self.figure if self.figure is not None else self.since


class Judging(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``judged``: which projects get lights; ``ranking``: the indicator that ranks units."""

    judged: str
    ranking: str


class MonthRules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a month is judged: below so many per cent of the month's plan a project is ``watched``,
    below ``yellow`` it gets a yellow card; ``ranking`` is what ranks units."""

    watched: int = 80
    yellow: int = 60
    ranking: Literal["completion_rate", "month_rate", "growth"] = "completion_rate"


#: By which figure a target stands: the dispatch figure, the statistics figure, its growth, the rank
#: by growth, the share of the task.
Measure: TypeAlias = Literal["dispatch", "statistics", "growth", "growth_rank", "task_rate"]


class Presets(msgspec.Struct, frozen=True):
    """``presets.toml`` of one scheme, examined."""

    judging: Judging
    rules: Mapping[str, Rule]
    month: MonthRules = MonthRules()
    targets: Mapping[str, Measure] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    lights: Judging
    light: list[dict[str, Any]] = []
    month: MonthRules = MonthRules()
    targets: dict[str, Measure] = {}


def presets(scheme: Scheme) -> Presets:
    """The scheme's presets, read and examined once; raises :class:`MalformedScheme`."""
    return kept(scheme, FILE, lambda: _read(scheme))


def _read(scheme: Scheme) -> Presets:
    if FILE not in scheme.texts:
        raise MalformedScheme(FILE, "", "方案中没有这个文件")
    file = convert(FILE, scheme.toml(FILE), _File)
    rules = by_name(FILE, "light", each(FILE, "light", file.light, Rule))
    for rule in rules.values():
        key = f"light.{rule.name}"
        if sum(way is not None for way in (rule.below, rule.figure, rule.since)) != 1:
            raise MalformedScheme(FILE, key, "应写明且只写明一种量法：below、figure、since")
        if (rule.since is None) != (rule.every is None):
            raise MalformedScheme(FILE, f"{key}.every", "since 要写明 every，其他量法不写")
        if rule.yellow is None and rule.red is None:
            raise MalformedScheme(FILE, key, "yellow 和 red 至少写一个")
        if rule.yellow is not None and rule.red is not None and rule.red <= rule.yellow:
            raise MalformedScheme(FILE, f"{key}.red", "应大于 yellow")
        names = ("数", "日期") if rule.since is not None else ("数",)
        examine(FILE, f"{key}.reason", rule.reason, names)
        if rule.below is not None:
            _compares(scheme, f"{key}.below", rule.below)
    _compares(scheme, "lights.ranking", file.lights.ranking)
    if not 0 < file.month.yellow <= file.month.watched:
        raise MalformedScheme(FILE, "month.yellow", "应大于 0，且不大于 watched")
    return Presets(file.lights, rules, file.month, file.targets)


def _compares(scheme: Scheme, key: str, name: str) -> None:
    """Refuse what is no rate and no difference of rates."""
    indicator = definitions(scheme).indicators.get(name)
    if indicator is None or indicator.expression is not None:
        raise MalformedScheme(FILE, key, f"没有名为“{name}”的比率或差值指标")
