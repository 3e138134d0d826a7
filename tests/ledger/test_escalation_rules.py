"""The file of the rules: what is shipped is read, what is wrong is refused with file and key."""

from __future__ import annotations

import pytest

from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.escalation_rules import FILE, escalation
from tests.ledger.books import shipped, texts

RULE = '\n[[rule]]\nname = "new"\nact = "talk"\nmatter = "甲"\nbasis = "乙"\n'


def test_the_shipped_rules_are_those_of_the_regime() -> None:
    rules = escalation(shipped()).rules
    assert {rule.act for rule in rules.values()} == {"praise", "criticism", "reminder", "talk"}
    assert [(rules[name].last, rules[name].months) for name in ("criticism", "talk_deputy")] == [
        ("growth", 1),
        ("growth", 2),
    ]
    leader = rules["talk_leader"]
    assert (leader.months, leader.level, leader.talked) == (3, "主要领导", "主要负责同志")
    assert (rules["talk_reminded"].reminded, rules["talk_reminded"].last) == (2, "growth")
    assert all(rule.basis and rule.matter for rule in rules.values())
    levels = shipped().codes["talk_level"].names
    assert all(rule.level in levels for rule in rules.values() if rule.act == "talk")


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        ("[figures]", RULE + "[figures]", "rule.new", "应写明条件"),
        ("[figures]", f'{RULE}last = "growth"\nfirst = "growth"\n[figures]', "rule.new", "同时"),
        ("[figures]", f"{RULE}problems = 3\nmonths = 2\n[figures]", "rule.new", "months 只"),
        ("[figures]", f"{RULE}problems = 3\nfloor = 2\n[figures]", "rule.new", "floor 只"),
        ("[figures]", f'{RULE}short_of = "growth"\n[figures]', "rule.new", "要同时写"),
        ("[figures]", f"{RULE}points = 3\nproblems = 1\n[figures]", "rule.new", "要同时写"),
        ("[figures]", f"{RULE}problems = 0\n[figures]", "rule.new", "不小于 1"),
        ("[figures]", f'{RULE}lit = "bright"\n[figures]', "rule.new", "亮灯规则"),
        ("[figures]", f'{RULE}problems = 1\nover = ["new"]\n[figures]', "rule.new", "另一条"),
        ("[figures]", f'{RULE}last = "speed"\n[figures]', "rule.new.last", "不能取值"),
        ("[figures]", f"{RULE}colour = 1\n[figures]", "rule.new", "不认识的键 colour"),
        ('name = "criticism"', 'name = "praise_growth"', "rule.praise_growth", "重名"),
        ("least = 3", "least = 1", "figures.least", "不小于 2"),
        ('"annual_task"', '"task"', "figures.task", "没有名为“task”的金额栏"),
        ('"completed_year"', '"growth"', "figures.completed", "金额栏"),
        ('"monthly_unit"', '"target_x"', "", ""),
        ('"monthly_unit"', '"weekly"', "figures.register", "不是各单位的月度台账"),
        ('level = "持平"', 'level = "持平{数}"', "words.level", "没有占位“{数}”"),
        ('level = "持平"', "", "words.level", "缺少这一句"),
        ('level = "持平"', 'level = ""\nlevels = ""', "words.levels", "没有这一句"),
        ("通报〔{年}〕{序号}号", "通报", "numbers.praise", "{序号}"),
    ],
)
def test_what_is_wrong_is_refused_by_name(old: str, new: str, key: str, reason: str) -> None:
    text = shipped().texts[FILE]
    assert old in text
    scheme = schemes.parse(texts(escalation=text.replace(old, new, 1)))
    if not reason:  # a register still to come is no mistake: there are no figures yet
        assert escalation(scheme).figures.register == "target_x"
        return
    with pytest.raises(MalformedScheme) as refused:
        escalation(scheme)
    assert (refused.value.file, refused.value.key) == (FILE, key)
    assert reason in refused.value.reason


def test_a_batch_needs_the_field_that_says_it() -> None:
    project = shipped().texts["registers/project.toml"]
    without = project.replace('"batches"', '"batches_once"')
    scheme = schemes.parse(texts(registers__project=without))
    with pytest.raises(MalformedScheme) as refused:
        escalation(scheme)
    assert refused.value.key == "rule.talk_bond"
