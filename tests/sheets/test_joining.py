"""A proposal beside a book: whose row it is, what each field becomes, what is written."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.workspace import Book
from desktop.sheets.joining import plan
from desktop.sheets.meaning.known import Known
from desktop.sheets.meaning.tree import Tree
from desktop.sheets.plans.plan import Plan
from desktop.sheets.plans.taking import summary, take
from desktop.sheets.proposing import propose
from desktop.sheets.workbook.refusals import AnswerNotUnderstood, PeriodUnknown, UnknownAnswer
from tests.sheets.joined import notes, planned, units
from tests.sheets.making import book_of, sheet

CODE = "2108-411102-04-01-583920"
OTHER = "2109-411102-04-01-226712"
UNIT = ["单位：万元"]


def whats(found: Plan, register: str = "project") -> dict[str, str]:
    (step,) = [step for step in found.steps if step.register == register]
    return {one.name: one.what for one in step.fields}


HEAD = ["项目名称", "项目代码", "总投资", "建设地点"]


def test_new_same_different_kept(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["甲项目", CODE, 100, "某村"]))
    found = planned(town, UNIT, [*HEAD, "建设内容"], ["甲项目", CODE, 120, "/", "厂房"])
    assert whats(found) == {
        "name": "same",
        "code": "same",
        "total_investment": "different",
        "place": "kept",
        "content": "new",
    }
    (step,) = found.steps
    different = next(one for one in step.fields if one.what == "different")
    assert (different.workbook, different.book) == (1_200_000, 1_000_000)
    assert take(town, found)["project_changed"] == 1
    (row,) = town.rows("project")
    assert (row["total_investment"], row["place"], row["content"]) == (1_200_000, "某村", "厂房")


def test_an_open_field_is_left_out_and_said(town: Book) -> None:
    found = planned(town, UNIT, HEAD, ["甲项目", CODE, "待定", "某村"])
    assert whats(found)["total_investment"] == "open"
    counts = take(town, found)
    assert town.rows("project")[0]["total_investment"] is None
    assert any("等待答复" in line for line in summary(town, found, counts))


def test_joined_by_code_whatever_the_name(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["奥昌迈得设备生产项目", CODE, 100, None]))
    found = planned(town, UNIT, HEAD, ["奥昌迈得设备项目（二厂）", CODE, 100, None])
    assert whats(found)["name"] == "different"
    assert take(town, found)["project_changed"] == 1
    assert len(town.rows("project")) == 1


def test_a_code_under_a_wholly_different_name_is_asked_about(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["奥昌迈得设备生产项目", CODE, 100, None]))
    found = planned(town, UNIT, HEAD, ["污水管网改造工程", CODE, 100, None])
    assert [question.id for question in found.questions] == ["Sheet1!A3:match"]
    assert found.steps == ()


def test_a_similar_name_is_asked_about(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["艾宝克联想智能终端制造项目", None, 100, None]))
    rows = (UNIT, HEAD, ["艾宝克联想智能终端生产制造项目", None, 120, None])
    found = planned(town, *rows)
    (question,) = found.questions
    assert question.value == "艾宝克联想智能终端制造项目"
    assert take(town, found) == {}
    joined = planned(town, *rows, answers={question.id: question.value})
    assert take(town, joined)["project_changed"] == 1
    apart = planned(
        town,
        UNIT,
        HEAD,
        ["艾宝克联想智能终端制造项", None, 90, None],
        answers={"Sheet1!A3:match": "新建"},
    )
    assert take(town, apart)["project_new"] == 1
    none = planned(
        town,
        UNIT,
        HEAD,
        ["艾宝克联想智能终端制造工项目", None, 90, None],
        answers={"Sheet1!A3:match": None},
    )
    assert none.steps == ()
    with pytest.raises(AnswerNotUnderstood):
        planned(
            town,
            UNIT,
            HEAD,
            ["艾宝克联想智能终端制造项目部", None, 90, None],
            answers={"Sheet1!A3:match": "没有的项目"},
        )


def test_two_phases_are_two_projects(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["标准化厂房建设项目一期", None, 100, None]))
    found = planned(town, UNIT, HEAD, ["标准化厂房建设项目二期", None, 100, None])
    assert found.questions == ()
    assert take(town, found)["project_new"] == 1


def test_an_unknown_answer_is_refused(town: Book) -> None:
    with pytest.raises(UnknownAnswer):
        planned(town, UNIT, HEAD, ["甲项目", None, 100, None], answers={"Sheet1!A9:name": "乙"})


def test_one_name_with_two_codes_are_two_new_projects(town: Book) -> None:
    found = planned(town, UNIT, HEAD, ["道路工程", CODE, 100, None], ["道路工程", OTHER, 200, None])
    assert take(town, found)["project_new"] == 2
    again = planned(town, UNIT, ["项目名称", "总投资"], ["道路工程", 300])
    (question,) = again.questions
    assert CODE in question.question
    chosen = planned(
        town, UNIT, ["项目名称", "总投资"], ["道路工程", 300], answers={question.id: OTHER}
    )
    take(town, chosen)
    assert {row["code"]: row["total_investment"] for row in town.rows("project")} == {
        CODE: 1_000_000,
        OTHER: 3_000_000,
    }


def test_a_workbook_that_says_two_things_is_asked_which(town: Book) -> None:
    rows = (UNIT, HEAD, ["甲项目", CODE, 100, "某村"], ["甲项目", CODE, 120, "某村"])
    found = planned(town, *rows)
    (question,) = found.questions
    assert question.id == "Sheet1!C4:total_investment"
    assert whats(found)["total_investment"] == "open"
    chosen = planned(town, *rows, answers={question.id: 1_200_000})
    assert whats(chosen)["total_investment"] == "new"
    take(town, chosen)
    assert town.rows("project")[0]["total_investment"] == 1_200_000
    first = planned(town, *rows, answers={"Sheet1!C3:total_investment": 1_200_000})
    assert first.questions == ()


def test_two_rows_of_one_name_are_one_project_only_if_a_person_says_so(town: Book) -> None:
    rows = (UNIT, ["项目名称", "总投资"], ["道路硬化", 20], ["道路硬化", 20], ["道路硬化", 30])
    found = planned(town, *rows)
    (question,) = found.questions
    assert (question.id, question.value) == ("Sheet1!A3:twice", "道路硬化")
    assert "A3 和 A4" in question.question
    assert len(found.steps) == 1  # the others wait
    apart = planned(town, *rows, answers={question.id: "新建"})
    assert [step.label for step in apart.steps] == ["道路硬化"] * 3
    same = planned(town, *rows, answers={question.id: "道路硬化"})
    assert [one.id for one in same.questions] == ["Sheet1!B5:total_investment"]
    with pytest.raises(AnswerNotUnderstood):
        planned(town, *rows, answers={question.id: "三个"})


def test_a_project_that_is_the_same_keeps_its_name(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["粮食烘干中心项目", None, 100, None]))
    rows = (UNIT, HEAD, ["粮食烘干中心建设项目", None, 120, None])
    (question,) = planned(town, *rows).questions
    said = planned(town, *rows, answers={question.id: "粮食烘干中心项目"})
    assert "name" not in whats(said)
    assert any("项目名称仍记“粮食烘干中心项目”" in note for note in said.notes)
    take(town, said)
    (row,) = town.rows("project")
    assert (row["name"], row["total_investment"]) == ("粮食烘干中心项目", 1_200_000)


def test_two_spellings_in_one_workbook_are_no_conflict_of_names(town: Book) -> None:
    found = planned(
        town, UNIT, HEAD, ["产业园一期", CODE, 38, None], ["产业园（一期）", CODE, 38, None]
    )
    assert found.questions == ()
    assert take(town, found)["project_new"] == 1
    assert town.rows("project")[0]["name"] == "产业园一期"


def test_a_list_asks_once_for_each_name(town: Book) -> None:
    head = ["项目名称", "存在问题", "整改措施"]
    rows = (["问题清单"], head, ["甲项目", "用地", "协调"], ["甲项目", "用电", "协调"])
    (question,) = planned(town, *rows).questions
    assert question.id == "Sheet1!A3:match"
    found = planned(town, *rows, answers={question.id: "新建"})
    assert [step.register for step in found.steps] == ["project", "problem", "problem"]


def test_what_names_no_project_says_so(town: Book) -> None:
    rows = (
        ["工程节点倒排工期表"],
        ["节点名称", "计划完成时间", "责任人"],
        ["基础", "2023-05-01", "王"],
    )
    (question,) = planned(town, *rows).questions
    assert "没有写是哪个项目" in question.question
    assert "None" not in question.question + question.text


WEEK = ["项目名称", "总投资", "本周完成投资", "形象进度", "备注"]


def test_weekly_fields_go_to_the_week_of_the_title(town: Book) -> None:
    rows = (["某镇台账（2023年第9周）"], UNIT, WEEK, ["甲项目", 100, 5, "基础", "春节后复工晚"])
    counts = take(town, planned(town, *rows))
    assert (counts["project_new"], counts["weekly_new"]) == (1, 1)
    (row,) = town.rows("weekly", "2023-W09")
    assert (row["completed_week"], row["remark"]) == (50_000, "春节后复工晚")
    assert town.rows("project")[0]["remark"] is None
    later = planned(town, *rows, period="2023-W10")
    assert "第9周" in later.notes[0]
    take(town, later)
    assert [row["period"] for row in town.rows("weekly")] == ["2023-W09", "2023-W10"]


def test_a_bare_week_is_of_the_year_that_the_book_has_come_to(town: Book) -> None:
    rows = (["某镇台账（第9周）"], UNIT, WEEK, ["甲项目", 100, 5, "基础", None])
    assert planned(town, *rows).asked
    take(town, planned(town, *rows, period="2023-W09"))
    assert str(planned(town, *rows).period) == "2023-W09"


def test_a_week_that_nothing_states_is_asked_about(town: Book) -> None:
    rows = (["填报时间：2023年3月14日"], UNIT, WEEK, ["甲项目", 100, 5, "基础", None])
    found = planned(town, *rows)
    (question,) = [one for one in found.questions if one.field == "period"]
    assert (question.id, question.value) == ("Sheet1!A1:period", "2023-W10")
    with pytest.raises(PeriodUnknown) as raised:
        take(town, found)
    assert "2023-W10" in raised.value.advice
    assert town.rows("project") == []
    take(town, planned(town, *rows, answers={question.id: "第10周"}))
    assert len(town.rows("weekly", "2023-W10")) == 1
    for wrong in ("三月", "2023-03", "x"):
        with pytest.raises(AnswerNotUnderstood):
            planned(town, *rows, answers={question.id: wrong})
    without = planned(town, UNIT, WEEK, ["甲项目", 100, 5, "基础", None])
    assert [one.value for one in without.questions] == [None]


@pytest.mark.parametrize(
    ("day", "week"),
    [
        ("2023年3月9日", "2023-W10"),
        ("2023年3月12日", "2023-W10"),
        ("2023年3月13日", None),
        ("2023年3月15日", None),
        ("2023年3月16日", "2023-W11"),
    ],
)
def test_the_week_of_a_filling_date(town: Book, day: str, week: str | None) -> None:
    found = planned(town, [f"填报时间：{day}"], UNIT, WEEK, ["甲项目", 100, 5, "基础", None])
    assert (str(found.period) if found.period else None) == week
    assert found.asked == (week is None)
    assert len(notes(found)) == (week is not None)


def test_a_list_without_figures_of_a_week_needs_no_week(town: Book) -> None:
    found = planned(town, UNIT, ["项目名称", "总投资", "存在问题"], ["甲项目", 100, "/"])
    assert (found.asked, found.period) == (False, None)
    assert take(town, found)["project_new"] == 1


ITEMS = ["项目名称", "存在问题", "整改措施", "完成时限"]


def test_items_join_their_project_and_change_on_the_second_reading(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["甲项目", CODE, 100, None]))
    take(town, planned(town, ITEMS, ["甲项目", "缺地", "报批", "2023年4月底"]))
    found = planned(
        town,
        ITEMS,
        ["甲 项目", "缺地。", "已报批", "2023年4月底"],
        ["甲项目", "缺电", None, "2023.5.1"],
    )
    counts = take(town, found)
    assert (counts["problem_changed"], counts["problem_new"]) == (1, 1)
    assert {row["problem"]: row["measure"] for row in town.rows("problem")} == {
        "缺地。": "已报批",
        "缺电": None,
    }


def test_an_item_of_an_unknown_project_is_asked_about(town: Book) -> None:
    rows = (ITEMS, ["新项目", "缺地", "报批", "2023年4月底"])
    found = planned(town, *rows)
    assert [(q.id, q.record) for q in found.questions] == [("Sheet1!A2:match", "缺地")]
    counts = take(town, planned(town, *rows, answers={"Sheet1!A2:match": "新建"}))
    assert (counts["project_new"], counts["problem_new"]) == (1, 1)
    assert [row["name"] for row in town.rows("project")] == ["新项目"]


def test_items_of_a_project_that_the_same_workbook_brings(town: Book) -> None:
    found = planned(
        town,
        [*ITEMS[:1], "总投资（万元）", *ITEMS[1:]],
        ["新项目", 100, "缺地", "报批", "2023年4月底"],
    )
    assert found.questions == ()
    assert take(town, found) == {
        "fields_new": 5,
        "problem_new": 1,
        "project_new": 1,
    }


def test_other_lists_are_written_too(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["甲项目", CODE, 100, None]))
    take(
        town,
        planned(town, ["项目名称", "节点名称", "计划完成时间"], ["甲项目", "封顶", "2023年6月"]),
    )
    stopped = (
        ["项目名称", "停工时间", "停工原因", "原因类别"],
        ["甲项目", "2023年2月", "缺资金", "资金"],
    )
    take(town, planned(town, *stopped))
    assert town.rows("milestone")[0]["due"] == "2023-06-30"
    assert town.rows("stopped")[0]["since"] == "2023-02-01"
    assert planned(town, *stopped).counts()["stopped_same"] == 1


def test_a_township_owns_all_it_reads(town: Book) -> None:
    found = planned(
        town,
        UNIT,
        [*HEAD, "责任单位"],
        ["甲项目", None, 100, None, "空冢郭镇政府"],
        ["乙项目", None, 100, None, "沙澧高新区"],
        ["丙项目", None, 100, None, "区住建局"],
        ["丁项目", None, 100, None, "沙澧高新区"],
    )
    (note,) = notes(found)
    assert note.startswith("Sheet1!E4 等 2 行写的单位是“沙澧高新区”")
    take(town, found)
    assert set(units(town).values()) == {"空冢郭镇"}


def test_where_a_project_lies_tells_its_unit_where_nothing_else_does(district: Book) -> None:
    found = planned(
        district,
        UNIT,
        HEAD,
        ["甲项目", None, 100, "源汇区空冢郭镇大郭村"],
        ["乙项目", None, 100, "空冢郭镇、问十乡"],
        ["丙项目", None, 100, "区产业园"],
    )
    assert notes(found) == (
        "有 2 个新项目没有认出所属单位，归入源汇区。",
        "Sheet1!D3 新项目没有写所属单位，按建设地点归入所在的单位，请核对。",
    )
    take(district, found)
    assert units(district) == {"甲项目": "空冢郭镇", "乙项目": "源汇区", "丙项目": "源汇区"}


def test_a_unit_that_is_named_goes_before_the_place(district: Book) -> None:
    row = ["甲项目", None, 100, "空冢郭镇大郭村", "问十乡"]
    found = planned(district, UNIT, [*HEAD, "责任单位"], row)
    assert notes(found) == ()
    take(district, found)
    assert units(district) == {"甲项目": "问十乡"}


def test_a_township_is_told_that_a_workbook_looks_like_another_units(town: Book) -> None:
    rows = (UNIT, HEAD, ["甲项目", None, 100, None])
    assert notes(planned(town, ["填报单位：空冢郭镇人民政府"], *rows)) == ()
    (note,) = notes(planned(town, ["填报单位：问十乡"], *rows))
    assert "问十乡" in note
    assert "空冢郭镇" in note


def test_a_district_gives_projects_to_the_units_that_rows_name(district: Book) -> None:
    found = planned(
        district,
        UNIT,
        [*HEAD, "责任单位"],
        ["甲项目", None, 100, None, "空冢郭镇人民政府"],
        ["乙项目", None, 100, None, "沙澧高新区"],
        ["丙项目", None, 100, None, "空冢郭乡"],
        ["丁项目", None, 100, None, "区文化旅游局"],
    )
    assert found.questions == ()
    assert notes(found) == ("有 1 个新项目没有认出所属单位，归入源汇区。",)
    take(district, found)
    assert units(district) == {
        "甲项目": "空冢郭镇",
        "乙项目": "沙澧高新技术产业开发区",
        "丙项目": "空冢郭镇",
        "丁项目": "源汇区",
    }


def test_a_reporting_unit_owns_what_its_rows_do_not_say(district: Book) -> None:
    take(
        district,
        planned(
            district, ["填报单位：问十乡人民政府（盖章）"], UNIT, HEAD, ["甲项目", None, 1000, None]
        ),
    )
    assert units(district) == {"甲项目": "问十乡"}


def test_a_unit_that_is_only_like_one_is_asked_about(district: Book) -> None:
    rows = (UNIT, [*HEAD, "责任单位"], ["甲项目", None, 100, None, "高新技术开发区"])
    found = planned(district, *rows)
    (question,) = found.questions
    assert (question.id, question.value) == ("Sheet1!E3:unit", "沙澧高新技术产业开发区")
    take(district, planned(district, *rows, answers={question.id: "沙澧高新区"}))
    assert units(district) == {"甲项目": "沙澧高新技术产业开发区"}
    with pytest.raises(AnswerNotUnderstood):
        planned(
            district,
            UNIT,
            [*HEAD, "责任单位"],
            ["乙项目", None, 100, None, "高新技术开发区"],
            answers={question.id: "没有的单位"},
        )


def test_fields_of_another_level_are_left_out_and_said(town: Book) -> None:
    from desktop.sheets.plans.drafts import Draft
    from tests.sheets.making import investment

    scheme = investment()
    draft = Draft(scheme, scheme.register("decision"), "k", None, None, "township")  # type: ignore[arg-type]
    draft.put("matter", "议定", "Sheet1!A1")
    draft.put("feedback", "已办", "Sheet1!B1")
    assert {name: one.what for name, one in draft.fields.items()} == {
        "matter": "barred",
        "feedback": "new",
    }


def test_a_refused_batch_leaves_nothing(town: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop.errors import DiskFull
    from desktop.ledger.records import Batch

    found = planned(town, UNIT, HEAD, ["甲项目", CODE, 100, None], ["乙项目", OTHER, 100, None])
    real = Batch.create
    made: list[str] = []

    def failing(self: Batch, register: str, fields: Any, **more: Any) -> str:
        if made:
            raise DiskFull
        made.append(register)
        return real(self, register, fields, **more)

    monkeypatch.setattr(Batch, "create", failing)
    with pytest.raises(DiskFull):
        take(town, found)
    assert town.rows("project") == []


def test_a_plan_as_json(town: Book) -> None:
    import json

    found = planned(town, UNIT, HEAD, ["甲项目", CODE, 100, None]).to_json()
    assert found["counts"] == {"fields_new": 3, "project_new": 1}
    assert found["steps"][0]["fields"]["code"] == {"what": "new", "workbook": CODE, "book": None}
    json.dumps(found)


KNOWN = Known(
    [
        {"record": "1", "name": "奥昌迈得设备生产项目", "code": CODE, "unit": "u"},
        {"record": "2", "name": "道路工程", "code": None, "unit": "u"},
        {"record": "3", "name": "道路工程", "code": None, "unit": "v"},
    ],
    "name",
    ["空冢郭镇"],
)


@pytest.mark.parametrize(
    ("name", "code", "unit", "how", "record"),
    [
        ("奥昌迈得设备生产项目", None, None, "name", "1"),
        ("奥昌迈得 设备生产 项目", None, None, "name", "1"),
        ("奥昌迈得设备生产项目", OTHER, None, "recoded", "1"),
        ("奥昌迈得设备制造项目", CODE, None, "code", "1"),
        ("奥昌迈得设备生产项目二期", CODE, None, "doubted", "1"),
        ("污水管网", CODE, None, "doubted", "1"),
        ("道路工程", CODE, "u", "contrary", "1"),
        ("空冢郭镇奥昌迈得设备生产项目", None, None, "similar", "1"),
        ("奥昌迈得设备生产加工项目", None, None, "similar", "1"),
        ("道路工程", None, None, "several", None),
        ("道路工程", None, "v", "name", "3"),
        ("污水厂", None, None, "new", None),
    ],
)
def test_matching_projects(
    name: str, code: str | None, unit: str | None, how: str, record: str | None
) -> None:
    match = KNOWN.match(name, code, unit)
    assert (match.how, match.record) == (how, record)


def test_a_text_of_thousands_of_signs_is_like_no_name() -> None:
    long = "道路工程" * 10_000
    known = Known([{"record": "1", "name": long + "甲"}], "name")
    assert known.match(long + "乙", None).how == "new"
    assert known.match(long + "甲", None).how == "name"


def test_the_tree_of_units() -> None:
    tree = Tree(
        [
            {"record": "1", "name": "沙澧高新技术产业开发区", "short": None, "aliases": None},
            {
                "record": "2",
                "name": "空冢郭镇",
                "short": "空镇",
                "aliases": "空冢郭乡、郭镇",
                "above": "1",
            },
            {"record": "3", "name": "东城街道办事处", "short": None, "aliases": None},
        ],
        own="1",
    )
    assert [tree.find(text) for text in ("空冢郭镇政府", "郭镇", "东城街道", "高新区", "")] == [
        "2",
        "2",
        "3",
        None,
        None,
    ]
    near = tree.near("高新技术开发区")
    assert near is not None
    assert near.record == "1"
    assert tree.near("区水利局") is None
    assert not tree.alone
    assert Tree([{"record": "2", "name": "空冢郭镇", "above": "1"}], own="2").alone


def test_an_older_workbook_does_not_take_back_what_came_later(town: Book) -> None:
    head = ["项目名称", "总投资", "本周完成投资"]
    take(town, planned(town, ["2023年第11周"], UNIT, head, ["甲项目", 120, 5]))
    rows = (["2023年第9周"], UNIT, head, ["甲项目", 100, 3])
    found = planned(town, *rows)
    (question,) = found.questions
    assert question.id == "Sheet1!B4:older"
    assert "第9周" in question.question
    assert "第11周" in question.question
    assert (whats(found)["total_investment"], whats(found, "weekly")["completed_week"]) == (
        "open",
        "new",
    )
    kept = planned(town, *rows, answers={question.id: False})
    assert whats(kept)["total_investment"] == "kept"
    taken = planned(town, *rows, answers={question.id: True})
    assert whats(taken)["total_investment"] == "different"
    newer = planned(town, ["2023年第12周"], UNIT, head, ["甲项目", 100, 3])
    assert newer.questions == ()


def test_both_figures_of_what_differs_are_said(town: Book) -> None:
    take(town, planned(town, UNIT, HEAD, ["甲项目", CODE, 9800, "某村"]))
    found = planned(town, UNIT, HEAD, ["甲项目", CODE, 9900, "某村"])
    assert "甲项目 总投资：账本 9,800 万元，工作簿 9,900 万元（Sheet1!C3）" in summary(town, found)


def test_a_sheet_for_each_town(district: Book) -> None:
    head = ["项目名称", "总投资（万元）"]
    sheets = [sheet(head, [f"{town}项目", 100], name=town) for town in ("空冢郭镇", "问十乡")]
    found = plan(district, propose(book_of(*sheets), district.scheme))
    take(district, found)
    assert units(district) == {"空冢郭镇项目": "空冢郭镇", "问十乡项目": "问十乡"}
