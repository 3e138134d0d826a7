"""A PC without the unit's keys is told so once, with the way to get them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from desktop.exchange.key_refusals import KeysMissing
from desktop.ui.exchange.keys_watch import KeysWatch
from desktop.ui.messages import Warned
from desktop.ui.page import Landing
from tests.ui.conftest import TestDesk, settle
from tests.ui.exchange.apart import with_keys


def test_it_is_said_once_and_leads_to_the_sheet(desk: TestDesk) -> None:
    heard: list[Warned] = []
    desk.messages.warned.connect(heard.append)
    for _ in range(2):
        KeysWatch(desk)
        settle(desk)
    (warned,) = heard
    assert isinstance(warned.error, KeysMissing) and desk.facts.unit_name in warned.error.sentence
    assert [one.text for one in warned.remedies] == ["输入恢复码", "以后再说"]
    warned.remedies[0].run()
    assert desk.places == [("settings", Landing(tab="keys"))]


def test_a_refused_sending_offers_the_same_way(desk: TestDesk) -> None:
    KeysWatch(desk)
    settle(desk)
    heard: list[Warned] = []
    desk.messages.warned.connect(heard.append)
    desk.warn(KeysMissing("空冢郭镇"))
    assert [one.text for one in heard[0].remedies] == ["输入恢复码", "以后再说"]


def test_a_pc_with_its_keys_is_left_alone(
    demonstration: Path,
    profile: Path,
    book_copy: Callable[[str], Path],
    make_desk: Callable[[Path], TestDesk],
) -> None:
    with_keys(demonstration, profile)
    desk = make_desk(book_copy("townships/01.yzb"))
    KeysWatch(desk)
    settle(desk)
    assert desk.warnings == []
