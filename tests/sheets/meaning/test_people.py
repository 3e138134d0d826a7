"""Cells of people and telephones: what is surely wrong is asked about, nothing is thrown away."""

from __future__ import annotations

import pytest

from desktop.sheets.meaning.people import person, person_and_phone, phone
from tests.sheets.making import proposed


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13800000001", "13800000001"),
        ("1380000 0001", "13800000001"),
        ("138-0000-0001", "13800000001"),
        ("0395-2345678", "0395-2345678"),
        ("13800000001、13800000002", "13800000001、13800000002"),
        ("2345678 13800000001", "2345678 13800000001"),
        ("12345", "12345"),
        ("/", None),
    ],
)
def test_telephones(cell: str, value: str | None) -> None:
    read = phone(cell)
    assert (read.value, read.question) == (value, "")


@pytest.mark.parametrize(
    "cell", ["1380000000", "138000000011", "13800000001、1380000000", 1380000000.0]
)
def test_a_mobile_number_of_another_length_is_asked_about(cell: str | float) -> None:
    assert "位" in phone(cell).question


def test_a_number_beside_one_name_is_no_part_of_the_name() -> None:
    read = person("张三13800000001")
    assert (read.value, "13800000001" in read.question) == ("张三", True)
    assert person("张三、李四").value == "张三、李四"
    assert person("张三").question == person("无").question == ""


@pytest.mark.parametrize(
    ("cell", "people", "number"),
    [
        ("王五（局长）13903950000", "王五（局长）", "13903950000"),
        ("王五(13903950000)", "王五", "13903950000"),
        ("王五（电话：13903950000）", "王五", "13903950000"),
        ("王五(手机)13903950000", "王五", "13903950000"),
        ("王五13903950000、赵六0395-2621111", "王五、赵六", "13903950000、0395-2621111"),
        ("王五", "王五", None),
    ],
)
def test_a_person_and_a_number_are_parted(cell: str, people: str, number: str | None) -> None:
    assert [one.value for one in person_and_phone(cell)] == [people, number]


def test_one_such_cell_in_a_column_is_asked_about() -> None:
    found = proposed(
        ["项目名称", "总投资（万元）", "责任人", "联系电话"],
        ["甲项目", 100, "张三13800000001", ""],
        ["乙项目", 100, "李四", "13800000002"],
        ["丙项目", 100, "王五", "13800000003"],
    )
    assert [(one.cell, one.value) for one in found.questions] == [("C2", "张三")]
