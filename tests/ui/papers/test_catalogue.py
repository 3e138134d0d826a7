"""The list of papers, the remembered choice, the proposed name."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from desktop.ui.papers.catalogue import REPORT, Offer, offers
from desktop.ui.papers.choice import Choice, file_name, kept, remembered
from tests.ledger import books
from tests.ledger.district import WEEK, district


def by_key(found: tuple[Offer, ...]) -> dict[str, Offer]:
    return {one.key: one for one in found}


def test_the_report_comes_first_then_the_weekly_ledger(tmp_path: Path) -> None:
    book, _ = district(tmp_path / "a.yzb")
    with book:
        found = offers(book, WEEK)
    ledgers = [one for one in found if one.kind is None]
    assert (found[0].key, ledgers[0].key) == (REPORT, "weekly")
    assert found[0].rows == 7
    assert ledgers[0].rows == 4  # 甲, 丙, 丁, 戊 reported this week
    assert {one.key for one in found} >= {"problem", "milestone", "stopped", "project", "unit"}


def test_a_register_without_records_is_no_paper(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        found = by_key(offers(book, WEEK))
    assert {key for key, one in found.items() if one.kind is None} == {"weekly", "unit"}
    assert not any(one.key in ("submission", "reception", "explanation") for one in found.values())


def test_a_register_kept_by_year_offers_its_periods_newest_first(tmp_path: Path) -> None:
    book, made = district(tmp_path / "a.yzb")
    with book:
        with book.batch("create") as batch:
            for period in ("2022", "2023", "2023-Q1"):
                values = {"unit": made["大刘镇"], "period": period, "indicator": "完成投资"}
                batch.create("target", values)
        found = by_key(offers(book, WEEK))["target"]
    assert (found.weekly, found.rows) == (False, 3)
    assert found.periods == ("2023-Q1", "2023", "2022")


def test_what_can_be_cut_by_unit_and_level(tmp_path: Path) -> None:
    book, _ = district(tmp_path / "a.yzb")
    with book:
        found = by_key(offers(book, WEEK))
    cut = {key: (one.by_unit, one.by_level) for key, one in found.items()}
    assert cut["weekly"] == cut["problem"] == cut["project"] == (True, True)
    assert cut["unit"] == (False, False)


REPORT_OFFER = Offer(REPORT, "周调度报告")
LEDGER = Offer("weekly", "周调度台账", "ledger")
YEARLY = Offer("target", "目标任务分解", "ledger", weekly=False, periods=("2023", "2022"))
LIST = Offer("problem", "问题清单", "list", weekly=False)


def test_a_choice_is_remembered_but_the_week_is_the_one_shown() -> None:
    chosen = Choice(REPORT, "2023-W08", red_head=True, later=2, size="A3")
    again = remembered(kept(chosen), REPORT_OFFER, "2023-W09")
    assert again == msgspec.structs.replace(chosen, period="2023-W09")
    assert again.issue == 11
    assert Choice(REPORT, "2023-W09").issue is None


def test_another_period_is_remembered_while_it_is_there() -> None:
    assert remembered({"period": "2022"}, YEARLY, "2023-W09").period == "2022"
    assert remembered({"period": ""}, YEARLY, "2023-W09").period == ""
    assert remembered({"period": "2021"}, YEARLY, "2023-W09").period == "2023"
    assert remembered({"period": "2022"}, LIST, "2023-W09").period == ""


@pytest.mark.parametrize(
    "kept", [None, 7, "x", {"size": "A5"}, {"later": "x"}, {"sections": "colour"}, {"red_head": 9}]
)
def test_a_nonsensical_memory_leaves_the_choice_open(kept: object) -> None:
    assert remembered(kept, LEDGER, "2023-W09") == Choice("weekly", "2023-W09")


@pytest.mark.parametrize(
    ("unit", "title", "choice", "name"),
    [
        (
            "空冢郭镇",
            "周调度报告",
            Choice(REPORT, "2023-W09"),
            "空冢郭镇 2023年第9周周调度报告.pdf",
        ),
        ("空冢郭镇", "问题清单", Choice("problem"), "空冢郭镇 问题清单.pdf"),
        (
            "源汇区",
            "目标任务分解",
            Choice("target", "2023-Q1"),
            "源汇区 2023年一季度目标任务分解.pdf",
        ),
        ('A/B:"C"', "清单", Choice("problem"), "ABC 清单.pdf"),
    ],
)
def test_the_proposed_name_says_whose_and_when(
    unit: str, title: str, choice: Choice, name: str
) -> None:
    assert file_name(unit, title, choice, ".pdf") == name


@pytest.mark.parametrize("ending", [".pdf", ".xlsx"])
def test_a_long_unit_is_cut_and_week_and_title_stay_whole(ending: str) -> None:
    choice = Choice("weekly", "2023-W09")
    name = file_name("镇" * 200, "重点项目工作台账", choice, ending)
    assert name.endswith(f" 2023年第9周重点项目工作台账{ending}")
    assert 195 < len(name.encode()) <= 200
    assert set(name.split(" ")[0]) == {"镇"}  # no half of a sign
