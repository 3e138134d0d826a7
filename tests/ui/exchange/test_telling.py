"""The strip over the page in words: what it says and which buttons go with it."""

from __future__ import annotations

from desktop.errors import DiskFull
from desktop.ui.exchange import telling
from desktop.ui.exchange.packages import Tally

STICK = "U盘 KINGSTON"


def test_without_a_stick_what_waits_can_be_looked_at() -> None:
    assert telling.idle(0).look == ""
    assert telling.idle(0).roomy
    waiting = telling.idle(3)
    assert waiting.look == "看等装入的 3 个"
    assert "3 个包等装入" in waiting.note


def test_a_look_offers_to_take_in_what_can_be() -> None:
    told = telling.looked(Tally(good=4, refused=1), STICK, 20)
    assert (told.title, told.take, told.look) == (
        "U盘 KINGSTON 上有 5 个包",
        "装入 4 个",
        "只看不装",
    )
    known = telling.looked(Tally(known=2), STICK, 20)
    assert (known.take, known.look) == ("", "重新查看")
    empty = telling.looked(Tally(), STICK, 1203)
    assert (empty.take, empty.note) == ("", "看了 1203 个文件和文件夹。")


def test_only_a_sitting_without_any_trouble_is_green() -> None:
    assert telling.taken(Tally(good=2), STICK, secured=True).tone == "good"
    assert telling.taken(Tally(good=2, known=1), STICK, secured=True).tone == "good"
    for trouble in (
        Tally(good=2, refused=1),
        Tally(good=2, waiting=1),
        Tally(good=2, conflicts=1),
        Tally(known=3),
    ):
        assert telling.taken(trouble, STICK, secured=True).tone == "explain"
    told = telling.taken(Tally(good=2, conflicts=3), STICK, secured=True)
    assert told.note == "装入前已自动备份。U盘 KINGSTON 可以拔出。"
    assert told.apart == 3
    assert telling.taken(Tally(good=2), "", secured=False).note == ""


def test_what_stops_on_this_pc_says_what_is_in() -> None:
    told = telling.stopped(DiskFull(), 2)
    assert told.tone == "must"
    assert told.note.endswith("已经装入的 2 个包都已保存，其余没有动。")
    assert "已经装入" not in telling.stopped(DiskFull()).note
    assert telling.cancelled(taking=False).note == "账本没有改动。"
    assert "已保存" in telling.cancelled(taking=True).note


def test_after_the_stick_is_gone_the_result_stays() -> None:
    taken = telling.taken(Tally(good=2, conflicts=1), STICK, secured=True)
    gone = telling.pulled_out(taken, STICK, 0)
    assert (gone.title, gone.note) == (taken.title, "U盘 KINGSTON 已拔出。")
    assert (gone.look, gone.take, gone.apart) == ("", "", 1)
    assert telling.pulled_out(taken, STICK, 2).look == "看等装入的 2 个"
