"""The rules of circular, reminder and talk 通报、提醒函、约谈 as data: ``escalation.toml``.

Local thresholds are never law in code (REGIME S16). A book whose scheme is older than the file goes
by the one that the program ships. A mistake is refused with file, key and reason.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, get_args

import msgspec

from desktop.ledger.definitions import MalformedScheme, Scheme, read_toml
from desktop.ledger.indicator_definitions import by_name, each, kept
from desktop.ledger.presets import presets
from desktop.ledger.scheme import convert
from desktop.ledger.wording import examine, say
from desktop.paths import scheme_folder

FILE = "escalation.toml"
SHIPPED = "investment"

#: What follows from a rule: named in the circular with praise or criticism, a letter, a talk.
Act: TypeAlias = Literal["praise", "criticism", "reminder", "talk"]
#: By what units are ranked: growth over last year, completion of the year's task.
By: TypeAlias = Literal["growth", "completion"]

#: Every sentence and the placeholders that it may use.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "growth": ("月份", "完成", "上年同期", "增减", "数", "名次"),
    "completion": ("月份", "完成", "任务", "完成率", "数", "名次"),
    "growth_run": ("数", "名次", "各月"),
    "completion_run": ("数", "名次", "各月"),
    "short_of_growth": ("月份", "增减", "目标", "差"),
    "short_of_completion": ("月份", "完成", "任务", "完成率", "差"),
    "problems": ("日期", "数"),
    "reminded": ("各月", "数"),
    "lit": ("日期", "数", "灯", "项目"),
    "lit_project": ("项目", "原因"),
    "up": ("数",),
    "down": ("数",),
    "level": (),
    "last": (),
    "last_shared": (),
    "first": ("名次",),
    "first_shared": ("名次",),
    "red": (),
    "yellow": (),
    "no_last_year": ("单位",),
    "zero_last_year": ("单位",),
    "no_month": ("月份",),
    "no_completed": ("单位", "月份"),
    "no_task": ("单位",),
    "too_few": ("月份", "排名", "数"),
    "growth_ranking": (),
    "completion_ranking": (),
}


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One rule; every condition that it names must hold (see the file's own words).

    ``points`` and ``floor`` are percentage points; ``months`` and ``reminded`` are months in a row
    that end with the month judged.
    """

    name: str
    act: Act
    matter: str
    basis: str
    over: tuple[str, ...] = ()
    level: str = ""
    talked: str = ""
    last: By | None = None
    first: By | None = None
    places: int = 1
    floor: int | None = None
    months: int = 1
    short_of: By | None = None
    points: int | None = None
    problems: int | None = None
    reminded: int | None = None
    lit: str | None = None
    light: Literal["red", "yellow"] = "red"
    projects: int = 1
    batch: str | None = None


class Figures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where the figures stand: a register by unit and month, and its fields.

    ``growth_target``: the indicator of the register of targets; ``least``: so many units must be
    ranked for the order to count.
    """

    register: str
    completed: str
    last_year: str
    task: str
    growth_target: str = ""
    least: int = 2


class Escalation(msgspec.Struct, frozen=True):
    """``escalation.toml`` of one scheme, examined."""

    figures: Figures
    rules: Mapping[str, Rule]
    words: Mapping[str, str]
    numbers: Mapping[Act, str]

    def say(self, key: str, /, **values: object) -> str:
        """A sentence with its placeholders filled; "" where the district left it out."""
        return say(self.words[key], values)


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    figures: Figures
    words: dict[str, str]
    numbers: dict[Act, str]
    rule: list[dict[str, Any]] = []


def escalation(scheme: Scheme) -> Escalation:
    """The scheme's rules, read and examined once; raises :class:`MalformedScheme`."""
    return kept(scheme, FILE, lambda: _read(scheme))


def _read(scheme: Scheme) -> Escalation:
    text = scheme.texts.get(FILE)
    if text is None:
        text = (scheme_folder(SHIPPED) / FILE).read_text("utf-8")
    file = convert(FILE, read_toml(FILE, text), _File)
    rules = by_name(FILE, "rule", each(FILE, "rule", file.rule, Rule))
    for rule in rules.values():
        reason = _unsound(scheme, rule, rules)
        if reason:
            raise MalformedScheme(FILE, f"rule.{rule.name}", reason)
    if file.figures.least < 2:
        raise MalformedScheme(FILE, "figures.least", "一个单位无从排名，应不小于 2")
    _fields(scheme, file.figures)
    for key, template in file.words.items():
        if key not in SENTENCES:
            raise MalformedScheme(FILE, f"words.{key}", "没有这一句，请核对键名")
        examine(FILE, f"words.{key}", template, SENTENCES[key])
    for key in SENTENCES:
        if key not in file.words:
            raise MalformedScheme(FILE, f"words.{key}", "缺少这一句；不要这一句请写成空的")
    for act in get_args(Act):
        template = file.numbers.get(act, "")
        examine(FILE, f"numbers.{act}", template, ("年", "序号"))
        if template.count("{序号}") != 1:
            raise MalformedScheme(FILE, f"numbers.{act}", "文号中要有一处{序号}")
    return Escalation(file.figures, rules, file.words, file.numbers)


def _fields(scheme: Scheme, figures: Figures) -> None:
    """Refuse a field that the register lacks; a scheme may be older than the register."""
    register = scheme.registers.get(figures.register)
    if register is None:
        return
    if (register.of, "month" in register.period) != ("unit", True):
        raise MalformedScheme(FILE, "figures.register", f"“{register.title}”不是各单位的月度台账")
    for key in ("completed", "last_year", "task"):
        name = getattr(figures, key)
        field = register.by_name.get(name)
        if field is None or field.type != "money":
            reason = f"“{register.title}”没有名为“{name}”的金额栏"
            raise MalformedScheme(FILE, f"figures.{key}", reason)


def _unsound(scheme: Scheme, rule: Rule, rules: Mapping[str, Rule]) -> str:
    """What is wrong with a rule, "" when it is sound."""
    conditions = (rule.last, rule.first, rule.short_of, rule.problems, rule.reminded, rule.lit)
    if all(condition is None for condition in conditions):
        return "应写明条件：last、first、short_of、problems、reminded、lit 中的一项或几项"
    if rule.last is not None and rule.first is not None:
        return "last 和 first 不能同时写"
    if rule.months != 1 and rule.last is None and rule.first is None:
        return "months 只和 last、first 同用"
    if rule.floor is not None and rule.first is None:
        return "floor 只和 first 同用"
    if (rule.short_of is None) != (rule.points is None):
        return "short_of 和 points 要同时写"
    counts = (rule.places, rule.months, rule.points, rule.problems, rule.reminded, rule.projects)
    if any(count is not None and count < 1 for count in counts):
        return "各项数目应不小于 1"
    if rule.lit is not None and rule.lit not in presets(scheme).rules:
        return f"没有名为“{rule.lit}”的亮灯规则"
    if rule.batch is not None and "batches" not in scheme.registers[scheme.head.subject].by_name:
        return "项目档案没有“专项活动”（batches）这一栏"
    for name in rule.over:
        if name not in rules or name == rule.name:
            return f"没有名为“{name}”的另一条规则"
    return ""
