"""How packages, sticks and effects are said."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath
from typing import cast

import pytest

from desktop.exchange.effect import Effect
from desktop.exchange.volumes import Volume
from desktop.ui.exchange import words


def test_weeks_of_one_year_share_their_sign_and_others_say_their_year() -> None:
    assert words.weeks_in_words(["2023-W09"]) == "第9周"
    assert words.weeks_in_words(["2023-W10", "2023-W09"]) == "第9、10周"
    assert words.weeks_in_words(["2023-W01", "2022-W52"]) == "2022年第52周，2023年第1周"
    assert words.weeks_in_words([]) == ""
    assert words.weeks_in_words(["nonsense"]) == "nonsense"


@pytest.mark.parametrize(
    ("path", "label", "said"),
    [
        ("/media/wang/KINGSTON", "KINGSTON", "U盘 KINGSTON"),
        ("/media/wang/1234-ABCD", "", "U盘 1234-ABCD"),
        ("/m/x", "源汇区统计局王会计的旧优盘二号", "U盘 源汇区统计局王会计…优盘二号"),
    ],
)
def test_a_stick_is_called_by_its_label(path: str, label: str, said: str) -> None:
    assert words.stick_in_words(Volume(Path(path), label, 1, 2, False, True)) == said


def test_a_stick_of_windows_has_its_letter_too() -> None:
    drive = cast(Path, PureWindowsPath("E:\\"))
    assert words.stick_in_words(Volume(drive, "KINGSTON", 1, 2, False, True)) == (
        "U盘 KINGSTON（E:）"
    )
    assert words.stick_in_words(Volume(drive, "", 1, 2, False, True)) == "U盘 E:"


def test_what_follows_a_name_stands_off_letters_only() -> None:
    assert words.after("U盘 KINGSTON", "可以拔出") == "U盘 KINGSTON 可以拔出"
    assert words.after("U盘 KINGSTON（E:）", "可以拔出") == "U盘 KINGSTON（E:）可以拔出"


def test_an_effect_names_only_what_it_has() -> None:
    whole = Effect(12, 12, 3, 1, 5, 0, 0, 5, 40)
    assert words.effect_in_words(whole) == "12 个项目，新增 12 行，改 5 处，删 1 行，照片附件 5 个"
    assert words.effect_in_words(Effect(0, 0, 0, 0, 0, 0, 0, 0, 0)) == "没有新内容"
    assert words.effect_in_words(Effect(0, 0, 0, 0, 0, 0, 0, 0, 2)) == "没有可见的改动"


def test_sizes_and_lists() -> None:
    assert words.size_in_words(10) == "1 KB"
    assert words.size_in_words(35 * 1024) == "35 KB"
    assert words.size_in_words(3_565_158) == "3.4 MB"
    assert words.listed(["甲", "乙"]) == "甲、乙"
    assert words.listed([str(n) for n in range(9)], 2) == "0、1等 9 个"
