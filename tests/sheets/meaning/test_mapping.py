"""Headings understood: words, paths, similarity, values."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.sheets.meaning import evidence, vocabulary
from desktop.sheets.meaning.candidates import Heading
from desktop.sheets.meaning.mapping import Headings, read_headings
from desktop.sheets.meaning.synonyms import FILE
from desktop.sheets.meaning.wording import When, said, spellings
from tests.sheets.making import investment

WORDS = vocabulary.load(investment())
CODE = "2108-411102-04-01-583920"


def read(
    *headings: str | tuple[str, ...],
    values: dict[str, list[Any]] | None = None,
    year: int | None = 2023,
    title: str | None = None,
) -> Headings:
    paths = [(heading,) if isinstance(heading, str) else heading for heading in headings]
    return read_headings(
        WORDS,
        [Heading(path, evidence.profile((values or {}).get(path[-1], []))) for path in paths],
        year=year,
        title=title,
    )


def fields(found: Headings) -> list[str]:
    return [
        "" if one.target is None else "+".join(one.target.fields) or one.target.what
        for one in found.columns
    ]


def test_every_listed_heading_is_understood_as_its_field() -> None:
    """In a table of its register each synonym leads to its own field, surely."""
    scheme = investment()
    listed = scheme.toml(FILE)
    count = 0
    for register in ("project", "weekly"):
        for name, texts in listed[register].items():
            for text in texts:
                beside = [("项目名称",)] if name != "name" else []
                if register == "weekly":
                    beside.append(("本周完成投资",) if name != "completed_week" else ("形象进度",))
                path = tuple(text.split("/"))
                found = read_headings(
                    WORDS,
                    [Heading(one, evidence.Profile()) for one in (path, *beside)],
                    year=None,
                    title=None,
                )
                first = found.columns[0]
                assert first.target is not None, text
                pair = first.target.what == "pair"
                assert name in first.target.fields or pair, (text, first)
                assert not first.asked
                count += 1
    assert count > 700


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("2023年计划投资", "annual_plan"),
        ("2023年度计划投资（万元）", "annual_plan"),
        ("今年计划", "annual_plan"),
        ("截至3月底累计完成投资", "completed_year"),
        ("1-3月累计完成投资", "completed_year"),
        ("1—3月份完成投资", "completed_year"),
        ("自开工以来累计完成投资", "completed_total"),
        ("第9周完成投资", "completed_week"),
        ("项 目 名 称（全称）", "name"),
        ("*总投资", "total_investment"),
        ("总投资（亿元）", "total_investment"),
        ("建设规模及主要建设内容", "content"),
        (("资金来源", "专项债"), "funds_bond"),
        (("资金来源", "其他"), "funds_other"),
        (("开工时间", "计划"), "planned_start"),
        (("开工时间", "实际"), "actual_start"),
        (("2023年", "计划投资"), "annual_plan"),
        (("投资情况", "总投资"), "total_investment"),
        (("项目基本情况", "建设地点"), "place"),
        ("建设起止年限", "planned_start+planned_finish"),
        ("责任人及联系电话", "responsible_person+phone"),
        ("占年度计划比例", "completed_year+annual_plan"),
        ("序 号", "sequence"),
    ],
)
def test_heading(heading: str | tuple[str, ...], field: str) -> None:
    beside = {"name": "项目名称", "completed_week": "本周完成投资"}
    others = [text for name, text in beside.items() if name != field]
    assert fields(read(heading, *others))[0] == field


@pytest.mark.parametrize(
    "heading",
    [
        "上周完成投资",
        "2022年完成投资",
        "2024年计划投资",
        "未完成投资",
        "剩余投资",
        "用地面积",
        "预计税收",
        "同比增长",
        ("投资构成", "其他"),
        "完成投资同比增速",
    ],
)
def test_headings_that_mean_something_else_are_not_taken(heading: str | tuple[str, ...]) -> None:
    found = read(heading, "项目名称", "本周完成投资").columns[0]
    assert found.target is None or found.asked


def test_similar_headings_count_when_nothing_turns_them_round() -> None:
    (first, *_) = read("首席服务贝", "项目名称").columns
    assert first.target is not None
    assert (first.target.fields, first.asked) == (("service_officer",), True)
    assert "相近" in first.reason


LISTED = sorted(
    text
    for text, targets in WORDS.headings.items()
    for target in targets
    if target.what == "field" and target.register == "project" and len(text) > 2
)


@given(
    st.sampled_from(LISTED),
    st.sampled_from(["", "1.", "12、", "一、", "（三）", "(2)", "*"]),
    st.sampled_from(["", " ", "\n", "　", " \n "]),
    st.sampled_from(["", "（万元）", "(万元)", "（单位：万元）"]),
)
def test_how_a_heading_is_set_down_changes_nothing(
    heading: str, ordinal: str, blank: str, unit: str
) -> None:
    """Ordinals, blanks, line breaks, full-width brackets and units of money are no part of it."""
    money = WORDS.headings[heading][0].fields[:1] == ("total_investment",)
    half = len(heading) // 2
    text = f"{ordinal}{heading[:half]}{blank}{heading[half:]}{unit if money else ''}"
    text = text.replace("(", "（").replace(")", "）")
    plain, written = (read(one, "建设期数").columns[0] for one in (heading, text))
    assert (written.target, written.confidence) == (plain.target, plain.confidence)


OPEN = "高标准农田区域责任部门"


@pytest.mark.parametrize(
    ("heading", "values", "field"),
    [
        (OPEN, ["区农业农村局", "区水利局"], "responsible_unit"),
        (OPEN, ["2023年5月", "2023-06-01"], ""),
        (OPEN, ["12", "35.5"], ""),
        ("本镇对口跟班联系人", ["王建国", "李敏"], "responsible_person"),
        ("本镇对口跟班联系人", ["区住建局", "空冢郭镇"], ""),
        ("经开片区总投资概数", ["1200", "3600"], "total_investment"),
        ("经开片区总投资概数", ["已批复", "正在编制"], ""),
    ],
)
def test_unheard_of_modifiers_are_taken_only_with_values_that_suit(
    heading: str, values: list[Any], field: str
) -> None:
    found = read(heading, "项目名称", values={heading: values})
    assert (fields(found)[0], found.columns[0].asked) == (field, False)


def test_unheard_of_modifiers_without_values_are_a_question() -> None:
    first = read(OPEN, "项目名称").columns[0]
    assert first.target is not None
    assert (first.target.fields, first.asked) == (("responsible_unit",), True)


@pytest.mark.parametrize(
    "heading",
    [
        "总体进度（%）",
        "建设工期（天）",
        "固定资产投资占比",
        "施工许可证号",
        "二期建筑面积",
        "是否专项债项目",
        "第二个月形象进度",
        "上月完成投资额",
        "专项债利率",
        "监理单位负责人",
        "计划投资（单位自筹）",
        ("施工单位", "项目经理"),
        ("前期手续办理情况", "立项"),
    ],
)
def test_what_is_plainly_another_thing_is_not_read_and_not_asked(
    heading: str | tuple[str, ...],
) -> None:
    assert read(heading, "项目名称", "责任单位").columns[0].target is None


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("开工时间（实际）", "actual_start"),
        ("责任单位（配合）", "cooperating_units"),
        ("累计完成投资（开工以来）", "completed_total"),
        ("责任单位（乡镇、部门）", "responsible_unit"),
        (("本周情况", "完成投资"), "completed_week"),
        (("3月份", "投资完成额"), "completed_month"),
    ],
)
def test_brackets_and_groups_turn_what_they_stand_by(
    heading: str | tuple[str, ...], field: str
) -> None:
    assert fields(read(heading, "项目名称", "形象进度"))[0] == field


def test_a_bare_date_beside_a_planned_one_is_the_real_one() -> None:
    both = ("项目名称", "计划开工时间", "开工时间", "拟竣工日期", "竣工日期")
    assert fields(read(*both))[1:] == [
        "planned_start",
        "actual_start",
        "planned_finish",
        "actual_finish",
    ]
    assert fields(read("项目名称", "开工时间"))[1] == "planned_start"


def test_a_table_without_project_names_is_none_of_ours() -> None:
    assert read("指标", "上年", "本年").kind == ""


@pytest.mark.parametrize(
    ("headings", "title", "kind"),
    [
        (("项目名称", "总投资"), None, "project"),
        (("项目名称", "存在问题", "整改措施", "完成时限"), None, "problem"),
        (("项目名称", "存在问题"), "项目问题清单", "problem"),
        (("项目名称", "存在问题"), "项目进展情况", "project"),
        (("项目名称", "本周完成投资", "存在问题", "整改措施", "完成时限"), "问题清单", "project"),
        (("项目名称", "总投资", "存在问题", "解决措施", "责任单位"), None, "problem"),
        (("项目名称", "节点名称", "计划完成时间"), None, "milestone"),
        (("项目名称", "停工时间", "停工原因"), None, "stopped"),
    ],
)
def test_what_a_table_is_about(headings: tuple[str, ...], title: str | None, kind: str) -> None:
    assert read(*headings, title=title).kind == kind


def test_cumulative_beside_this_years_is_since_the_start() -> None:
    assert fields(read("项目名称", "本年累计完成投资", "累计完成投资")) == [
        "name",
        "completed_year",
        "completed_total",
    ]


def test_one_field_goes_to_one_column_and_the_other_is_said() -> None:
    found = read("项目名称", "总投资", "项目总投资")
    assert fields(found) == ["name", "total_investment", ""]
    assert "总投资" in found.columns[2].reason


def test_of_two_columns_the_one_that_bears_the_field_s_title_is_read() -> None:
    """牵头领导 is taken for the one responsible only where nobody is called so."""
    problems = ("项目名称", "存在问题", "牵头领导", "责任人及电话", "解决时限")
    found = read(*problems, title="问题清单")
    assert fields(found)[2:4] == ["", "responsible_person+phone"]
    assert found.columns[2].reason == "与“责任人及电话”一栏重复"
    assert fields(read(*problems[:3], problems[4], title="问题清单"))[2] == "responsible_person"


def test_the_latest_year_in_the_headings_is_this_year_when_nothing_says_it() -> None:
    found = read("项目名称", "2022年计划投资", "2023年计划投资", year=None)
    assert fields(found) == ["name", "", "annual_plan"]


def test_values_as_evidence() -> None:
    found = read("项目名称", "赋码情况", values={"赋码情况": [CODE, "", CODE]})
    assert fields(found)[1] == "code"
    found = read("项目名称", "责任人", values={"责任人": ["李建国 13800000001", "王敏13800000002"]})
    assert fields(found)[1] == "responsible_person+phone"
    found = read("项目名称", "联系人电话", values={"联系人电话": ["13800000001", "0395-1234567"]})
    assert fields(found)[1] == "phone"


def test_values_that_plainly_disagree_make_a_question() -> None:
    found = read(
        "项目名称", "总投资", values={"总投资": ["在谈", "洽谈", "未定", "待定", "缓", "停"]}
    )
    assert found.columns[1].asked
    found = read("项目名称", "总投资", values={"总投资": ["待定", 5.0, 6.0, 7.0, 8.0]})
    assert not found.columns[1].asked


def test_times_in_headings_are_made_relative() -> None:
    assert said("2023年\n计划投资", When(2023)) == "本年计划投资"
    assert said("2022年完成投资", When(2023)) == "上年完成投资"
    assert said("2021年完成投资", When(2023)) == "2021完成投资"
    assert said("截至2023年3月底累计完成投资", When(2023)) == "累计完成投资"
    assert next(spellings(("资金来源", "（万元）", "其他"))) == ("资金来源其他", 2)


def scheme_with(text: str) -> dict[str, str]:
    return {**investment().texts, FILE: text}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("[project]\nname = 5", "project.name"),
        ("[nothing]\nname = ['x']", "nothing"),
        ("[project]\nnothing = ['x']", "project.nothing"),
        ("[[pair]]\nheadings = ['x']\nfields = ['nothing']", "pair"),
        ("[[known.rate]]\nheadings = ['x']", "known"),
        ("[value.level]\n'国' = ['国家']", "value.level"),
        ("[known]\nwrong = 1", "known"),
    ],
)
def test_malformed_synonyms_are_refused_with_file_and_key(text: str, key: str) -> None:
    scheme = schemes.parse(scheme_with(text))
    with pytest.raises(MalformedScheme) as raised:
        vocabulary.load(scheme)
    assert raised.value.file == FILE
    assert raised.value.key.startswith(key)


def test_a_scheme_without_synonyms_still_knows_its_own_titles() -> None:
    texts = {name: text for name, text in investment().texts.items() if name != FILE}
    words = vocabulary.load(schemes.parse(texts))
    headings = [Heading((text,), evidence.Profile()) for text in ("项目名称", "总投资", "工程名称")]
    found = read_headings(words, headings, year=None, title=None)
    assert fields(found) == ["name", "total_investment", ""]


def test_one_spelling_belongs_to_one_field_of_a_register() -> None:
    for register, section in investment().toml(FILE).items():
        if register not in investment().registers:
            continue
        owners: dict[str, str] = {}
        for name, texts in section.items():
            for text in texts:
                assert owners.setdefault(said(text), name) == name, (register, text)
