"""What the command line is told to answer is not said beside buttons; everything else is."""

from __future__ import annotations

import pytest

from desktop.ui.reading_in.wording import shown


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (
            "账本中“甲”的代码是 1，工作簿写的是 2，是同一个项目吗？是则答“是”，代码按工作簿改；"
            "不是则答“新建”。",
            "账本中“甲”的代码是 1，工作簿写的是 2，是同一个项目吗？是则代码按工作簿改。",
        ),
        (
            "账本中没有“甲”“乙”，都新建吗？都新建则答“是”；答“不是”则逐个指定；不答则它们的内容不读入。",
            "账本中没有“甲”“乙”，都新建吗？不答则它们的内容不读入。",
        ),
        ("账本中没有“甲”。请答账本中的项目名称，或答“新建”。", "账本中没有“甲”。"),
        (
            "“造价”一栏是不是“总投资”？（表头相近）答“是”，或答别的栏目名称；答“不是”则这一栏不读入。",
            "“造价”一栏是不是“总投资”？（表头相近）",
        ),
        ("数额对吗？对则答“是”，不对请连单位填写，如“5800万元”。", "数额对吗？"),
        (
            "“甲”是表中新增的一行，账本中没有它：新建则答“新建”，是账本中另一个则答它的名称；"
            "不答则不读入。",
            "“甲”是表中新增的一行，账本中没有它；不答则不读入。",
        ),
        ("请核对金额，没有错就答“是”；比例本身不入账。", "请核对金额；比例本身不入账。"),
    ],
)
def test_the_advice_goes_and_what_follows_stays(question: str, sentence: str) -> None:
    assert shown(question) == sentence


@pytest.mark.parametrize(
    "question",
    [
        "“答辩中心，一期；请答”读不成金额：写的是一个范围。应是多少？",
        "标题、表名和文件名都没有写明是哪一年第几周，周进度属于哪一周？",
        "请答其中之一。",
    ],
)
def test_quotations_and_questions_without_advice_stay_whole(question: str) -> None:
    assert shown(question) == question
