"""What stands on the figure cards."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from PySide6.QtWidgets import QApplication

from desktop.ui import theme
from desktop.ui.week import headline
from desktop.ui.week.cards import FigureCard, Piece
from desktop.ui.week.figures import Figures
from tests.ui.week.test_matrix_words import cell, district, line
from tests.ui.week.test_steps import finding, week

W = 10_000
FIGURES = Figures(
    12, 24_962_500, 21_960_000, W, W, Fraction(139, 1000), Fraction(1), Fraction(-14, 5), "green"
)


def said(pieces: tuple[Sequence[Piece], Sequence[Piece]] | Any) -> str:
    return " | ".join("".join(piece.text for piece in part) for part in pieces[:2])


def test_filled_and_to_fill() -> None:
    left = (finding(name="甲"), finding(name="乙"), finding(name="丙"))
    assert said(headline.filling(week(unfilled=left))) == "12  | 已填 9，待填 3"
    assert said(headline.filling(week())) == "12  | 全部填完"
    assert said(headline.filling(week(expected=0))) == "0  | 本周没有要填的"


def test_money_of_the_week() -> None:
    assert said(headline.invested(FIGURES, "万元")) == "2,496.25 万元 | 比上周多 300.25 万元"
    silent = msgspec.structs.replace(FIGURES, done=None)
    assert said(headline.invested(silent, "万元")) == "—  | 本周还没有填报"


def test_the_rate_and_its_light() -> None:
    shown = headline.completed(FIGURES)
    assert said(shown) == "13.9% | 低于序时进度 2.8 个百分点"
    assert shown[2] == "green"
    late = msgspec.structs.replace(FIGURES, light="yellow")
    ahead = msgspec.structs.replace(FIGURES, gap=Fraction(14, 5))
    roles = [headline.completed(one)[1][0].role for one in (FIGURES, late, ahead)]
    assert roles == ["ink_soft", "explain", "good"]  # behind, but within what is allowed: grey
    without = msgspec.structs.replace(FIGURES, rate=None, gap=None, light=None)
    assert said(headline.completed(without)) == "—  | 没有年度计划"
    assert headline.completed(without)[2] == ""


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (
            {"findings": (finding(), finding(), finding("explain"))},
            "2 错误　1 待说明 | 点开即到单元格",
        ),
        ({"unfilled": (finding(),)}, "—  | 填完后看结果"),
        ({"expected": 0}, "—  | 没有要审核的"),
        ({}, "通过 | 没有错误，没有疑点"),
        ({"findings": (finding("explain", explained=True),)}, "通过 | 已说明 1 处"),
    ],
)
def test_what_the_checks_say(given: dict[str, Any], words: str) -> None:
    assert said(headline.judged(week(**given))) == words


def test_the_districts_figures() -> None:
    mixed = district(line("甲", cell("已上报")), line("乙"), line("丙", cell("已接收")))
    assert said(headline.sent(mixed)) == "2 / 3 家 | 待接收 1，未报 1"
    assert said(headline.sent(district(line("丙", cell("已接收"))))) == "1 / 1 家 | 全部收齐"
    assert said(headline.sent(district())) == "0 / 0 家 | 还没有填报单位"
    assert said(headline.lit(mixed)) == "■ 0　▲ 0　● 9 | 共 9 个项目"


def test_a_card_tells_all_of_it_to_who_cannot_see(qapp: object) -> None:
    card = FigureCard("年度完成率")
    card.show_figure(*headline.completed(FIGURES))
    assert card.accessibleName() == "年度完成率，13.9%，绿灯，低于序时进度 2.8 个百分点"


def test_a_note_in_large_type_goes_on_in_a_second_line(qapp: QApplication) -> None:
    theme.apply(qapp, dark=False, scale=1.5)
    try:
        card = FigureCard("年度完成率")
        card.show_figure(*headline.completed(FIGURES))
        narrow, wide = ink_rows(card, 255), ink_rows(card, 600)
        # Cut to one line the note would end higher than where the second line stands.
        assert narrow > wide
        assert narrow < card.minimumSizeHint().height() - 4
    finally:
        theme.apply(qapp, dark=False, scale=1.0)


def ink_rows(card: FigureCard, width: int) -> int:
    """The lowest row of pixels on which something is written."""
    card.resize(width, card.minimumSizeHint().height())
    shown = card.grab().toImage()
    ground = shown.pixel(width // 2, 12)
    inside = range(12, width - 12)
    rows = range(12, shown.height() - 3)
    return max(y for y in rows if any(shown.pixel(x, y) != ground for x in inside))
