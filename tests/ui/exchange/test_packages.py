"""The table of a sitting, its lights and its words."""

from __future__ import annotations

from desktop.exchange import refusals, sender_refusals
from desktop.exchange.effect import Effect, Row
from desktop.exchange.sitting import Result, Sitting
from desktop.ui.exchange import packages
from desktop.ui.exchange.packages import Tally

ROW = Row("周调度台账", "北环路改造 第9周", "本周完成投资", "820", "1,120")
EFFECT = Effect(1, 0, 1, 0, 1, 0, 0, 0, 1, (ROW,))


def result(outcome: str, **more: object) -> Result:
    given = {"unit": "u", "name": "空冢郭镇", "kind": "report", "number": 12, **more}
    return Result(f"/media/stick/{outcome}.yzp", outcome, **given)  # type: ignore[arg-type]


GOOD = result("可装入", periods=("2023-W09",), effect=EFFECT)
APART = result("可装入", effect=Effect(1, 0, 1, 0, 2, 2, 0, 0, 2))
KNOWN = result("已装入过", error=refusals.AlreadyTaken("空冢郭镇", 12))
WAITING = result("待处理", error=sender_refusals.Unconfirmed("空冢郭镇"))
BAD = result("已隔离", error=sender_refusals.ForgedSignature("空冢郭镇"))
NO_PACKAGE = Result("E:\\报表.yzp", "已隔离", error=refusals.NotAPackage())


def cells(one: Result, *, dry: bool = True) -> list[str]:
    (row,) = packages.table(Sitting((one,)), dry=dry).rows
    return [cell.text for cell in row]


def test_a_package_that_can_be_taken_in_says_what_it_changes() -> None:
    assert cells(GOOD) == ["●", "空冢郭镇", "第9周", "报告包 第12号", "1 个项目，改 1 处", "可装入"]


def test_conflicts_make_it_yellow_and_are_counted() -> None:
    assert packages.light(APART) == "yellow"
    assert cells(APART)[-1] == "可装入，有 2 处待定"


def test_a_refused_package_only_claims_its_name_and_lies_in_quarantine_once_taken() -> None:
    assert cells(BAD)[1] == "（自称）空冢郭镇"
    assert cells(BAD)[-1] == "不能装入　看原因"
    assert cells(BAD, dry=False)[-1] == "已隔离　看原因"
    assert "签名不对" in cells(BAD)[4]
    assert cells(NO_PACKAGE)[1] == "报表.yzp"
    assert cells(NO_PACKAGE)[3] == "—"


def test_known_and_waiting_packages_say_so() -> None:
    assert cells(KNOWN)[0] == "○"
    assert cells(KNOWN)[-1] == "已装入过，不再装"
    assert cells(WAITING)[0] == "▲"
    assert cells(WAITING)[-1] == "等装入：先核对核对码"


def test_what_is_for_another_unit_stands_last_and_is_no_trouble() -> None:
    other = result("不归本机", error=refusals.NotForUs("问十乡"))
    assert cells(other)[0] == "○"
    assert cells(other)[-1] == "别的单位的，不用装"
    found = packages.tally(Sitting((other, GOOD)))
    assert (found.good, found.elsewhere, found.refused, found.all) == (1, 1, 0, 2)
    assert packages.table(Sitting((other, GOOD)), dry=True).keys == ("1", "0")
    assert packages.summary(found, "", dry=False) == "已装入 1 个包，1 个是别的单位的"
    assert packages.verb(packages.tally(Sitting((other,)))) == ""


def test_what_brings_something_stands_first_and_keys_lead_back() -> None:
    sitting = Sitting((KNOWN, BAD, GOOD, WAITING))
    table = packages.table(sitting, dry=True)
    assert [sitting.results[int(key)] for key in table.keys] == [GOOD, WAITING, BAD, KNOWN]


def test_a_sitting_is_counted_and_what_lies_beside_the_book_is_not_fresh() -> None:
    kept = Result("d" * 64, "待处理", digest="d" * 64, error=refusals.BaseMissing("问十乡", 3, 2))
    found = packages.tally(Sitting((GOOD, APART, KNOWN, WAITING, kept, BAD)), {"d" * 64})
    assert found == Tally(good=2, known=1, waiting=2, fresh=1, refused=1, conflicts=2)
    assert found.all == 6


def test_the_button_offers_what_there_is_to_do() -> None:
    assert packages.verb(Tally(good=4, refused=1)) == "装入 4 个"
    assert packages.verb(Tally(known=1, waiting=2, fresh=2)) == "收下 2 个等装入的"
    assert packages.verb(Tally(refused=1)) == "隔离 1 个"
    assert packages.verb(Tally(known=3, waiting=1)) == ""


def test_all_of_it_in_a_sentence() -> None:
    found = Tally(good=4, known=1, waiting=1, refused=1)
    assert packages.summary(found, "U盘 KINGSTON", dry=True) == "U盘 KINGSTON 上有 7 个包"
    assert packages.summary(found, "", dry=False) == (
        "已装入 4 个包，1 个已装入过，1 个等装入，1 个隔离"
    )
    assert packages.summary(Tally(known=2), "", dry=False) == "没有装入新的包，2 个已装入过"
    assert packages.summary(Tally(), "U盘 A", dry=True) == "U盘 A 上没有数据包"


def test_changes_are_listed_before_and_after() -> None:
    looked = packages.changes(EFFECT, dry=True)
    assert [cell.text for cell in looked.rows[0]] == [
        "周调度台账",
        "北环路改造 第9周",
        "本周完成投资",
        "820",
        "1,120",
    ]
    assert looked.columns[-1].title == "装入后"
    assert packages.changes(EFFECT, dry=False).columns[-1].title == "现在"
