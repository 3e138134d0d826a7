"""Refusals: each has its name, its fate, and a sentence and advice that a clerk can act on."""

from __future__ import annotations

import inspect
import re
from typing import Any

import pytest

from desktop.exchange import key_refusals, refusals, sender_refusals
from desktop.exchange.refusals import Held, Refusal

ALL: list[type[Refusal]] = [
    one
    for room in (refusals, key_refusals, sender_refusals)
    for one in vars(room).values()
    if inspect.isclass(one) and issubclass(one, Refusal) and one not in (Refusal, Held)
]
#: By name and not by class: what a file of results or a test of another room relies on.
HELD = {
    "Unconfirmed", "BaseMissing", "NewerPackage", "NewerScheme", "KeyNotYetKnown", "NoRoomToWait",
}  # fmt: skip
GIVEN: dict[str, Any] = {"str": "空冢郭镇", "int": 7, "bool": True, "int | None": 7}


def with_everything(one: type[Refusal]) -> Refusal:
    wanted = [e for e in inspect.signature(one.__init__).parameters.values() if e.name != "self"]
    named = {e.name: GIVEN[str(e.annotation)] for e in wanted if e.kind is e.KEYWORD_ONLY}
    return one(*(GIVEN[str(e.annotation)] for e in wanted if e.name not in named), **named)


def with_little(one: type[Refusal]) -> Refusal:
    wanted = inspect.signature(one.__init__).parameters.values()
    needed = [each for each in wanted if each.name != "self" and each.default is each.empty]
    return one(*(GIVEN[str(each.annotation)] for each in needed))


@pytest.mark.parametrize("make", [with_everything, with_little])
@pytest.mark.parametrize("one", ALL, ids=lambda one: one.__name__)
def test_every_refusal_speaks_in_whole_sentences(one: type[Refusal], make: Any) -> None:
    refusal = make(one)
    assert refusal.name == one.__name__
    for text in (
        (refusal.sentence, refusal.advice) if refusal.kind != "known" else (refusal.sentence,)
    ):
        assert text.endswith("。")
        assert re.search("[一-鿿]", text)
        assert not re.search(r"[{}]|“”|（）|None|  |。。", text)


@pytest.mark.parametrize("one", ALL, ids=lambda one: one.__name__)
def test_every_refusal_says_what_becomes_of_the_package(one: type[Refusal]) -> None:
    expected = (
        "held" if one.__name__ in HELD else "known" if one.__name__ == "AlreadyTaken" else "refused"
    )
    assert one.kind == expected
    assert ("等装入" in with_everything(one).sentence) == (expected == "held")


def test_what_names_a_thing_names_it() -> None:
    assert "第 12 号" in refusals.NumberReused("空冢郭镇", 12).sentence
    assert "缺 3 条" in refusals.BaseMissing("空冢郭镇", 12, 3).sentence
    assert "任务包" in refusals.WrongDirection("空冢郭镇", "task").sentence
    assert "国密" in refusals.UnknownSuite(2).sentence
    assert "（7）" in refusals.UnknownSuite(7).sentence
    assert "演示用" in refusals.DemonstrationMixed(True).sentence
    assert "正式的" in refusals.DemonstrationMixed(False).sentence
    assert "第 3 版" in refusals.NewerScheme(3, 2).sentence
