"""What is told of the matrix in sentences."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ui.week.district import Cell, District, Line
from desktop.ui.week.figures import Figures
from desktop.ui.week.matrix_words import cell_in_words, district_in_words, lights_in_words


def cell(state: str = "未上报", **given: Any) -> Cell:
    return Cell("u", "2023-W09", state, **given)  # type: ignore[arg-type]


def line(name: str, *cells: Cell, projects: int = 3) -> Line:
    return Line(name, name, projects, (projects, 0, 0), None, None, cells or (cell(),))


def district(*lines: Line, projects: int = 9) -> District:
    figures = Figures(projects, None, None, 0, 0, None, None, None, None)
    return District("2023-W09", figures, ("2023-W09",), lines, ())


SENT = {"on": "2023-03-02", "number": 1, "filler": "张晓燕"}


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (cell(), "大刘镇第9周：未上报。"),
        (cell("已上报", **SENT), "大刘镇第9周：已上报（3月2日，填表人张晓燕），待接收。"),
        (
            cell("已接收", on="2023-03-02", number=2, correction="口径调整。"),
            "大刘镇第9周：已接收（3月2日第 2 次）；更正原因：口径调整。",
        ),
        (
            cell("已退回", **SENT, reason="累计数不符。"),
            "大刘镇第9周：已退回（3月2日，填表人张晓燕）；退回原因：累计数不符。",
        ),
        (
            cell("上报后改动", on="2023-03-02", changed=2),
            "大刘镇第9周：上报后改动（3月2日），有 2 条与上报时不同。",
        ),
        (cell("已上报", on="2024-01-04"), "大刘镇第9周：已上报（2024年1月4日），待接收。"),
    ],
)
def test_a_cell(asked: Cell, words: str) -> None:
    assert cell_in_words("大刘镇", asked) == words


def test_the_lights_of_a_unit() -> None:
    assert lights_in_words(line("大刘镇")) == "大刘镇：3 个项目，绿灯 3，黄灯 0，红灯 0。"
    assert lights_in_words(line("问十乡", projects=0)) == "问十乡：还没有项目。"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (district(), "还没有填报单位。请先新增乡镇、街道、园区。"),
        (district(line("甲"), projects=0), "还没有项目。请先新建项目，落到各填报单位。"),
        (district(line("甲"), line("乙")), "本周 2 家都还没有报。"),
        (
            district(line("甲", cell("已接收")), line("乙"), line("丙", cell("已上报"))),
            "有 1 份上报待接收，本周还有 1 家未报。",
        ),
        (
            district(line("甲", cell("已接收")), line("乙", cell("已接收"))),
            "本周已全部收齐，可以打印调度报告。",
        ),
    ],
)
def test_what_the_district_has_to_do(asked: District, words: str) -> None:
    assert district_in_words(asked) == words
