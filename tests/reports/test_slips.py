"""The papers of the exchange: what they say, that nothing of it is lost or cut, same bytes."""

from __future__ import annotations

import re
import stat
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.errors import NotWritable
from desktop.reports import slip_pdf, slips
from desktop.reports.content import Table
from desktop.reports.making import NoSuchFormat
from desktop.reports.page import MM
from desktop.reports.slip_content import Form, Slip
from desktop.reports.slips import Package, Passphrase, Passphrases, Receipt, Recovery
from tests.reports import read_back

DIGEST = "3f0a91c477de0123" + "ab" * 24
CODE = "7K3M-9QXW-4T0B-8S5Z-2DJN-1VGH"
DAY = date(2023, 3, 2)
LONG = "源汇区空冢郭镇人民政府经济发展和重点项目建设服务中心（招商引资与营商环境办公室）"
REASON = "“空冢郭镇”已更换密钥，这个包是用旧密钥写的，没有装入。账本没有改动。"


def package(**more: Any) -> Package:
    values: dict[str, Any] = {
        "unit": "空冢郭镇",
        "kind": "report",
        "number": 4,
        "digest": DIGEST,
        "periods": ("2023-W09",),
        "subjects": 12,
        "added": 3,
        "fields": 25,
        "removed": 1,
        "photos": 6,
    }
    return Package(**{**values, **more})


def receipt(*packages: Package, **more: Any) -> Receipt:
    values: dict[str, Any] = {
        "receiver": "源汇区",
        "packages": packages,
        "taken_at": datetime(2023, 3, 2, 9, 15),
        "taken_by": "郭汇总",
        "paper_code": "3F0A-91C4-77DE",
    }
    return Receipt(**{**values, **more})


def recovery(**more: Any) -> Recovery:
    values: dict[str, Any] = {
        "unit": "空冢郭镇",
        "machine": "1号机",
        "code": CODE,
        "made_on": DAY,
        "comparison": "AB12-CD34-EF56",
        "compared_with": "源汇区",
    }
    return Recovery(**{**values, **more})


def strips(*units: str) -> Passphrases:
    return Passphrases(
        sender="源汇区",
        strips=tuple(
            Passphrase(unit, f"T{number:04}.yzp", f"1234-5678-9012-{number:04}")
            for number, unit in enumerate(units, 1)
        ),
        made_on=DAY,
    )


def entries(slip: Slip) -> dict[str, str]:
    """What the forms of a slip say, by label."""
    return {
        entry.label: entry.text
        for block in slip.blocks
        if isinstance(block, Form)
        for entry in block.entries
    }


def pressed(data: bytes) -> str:
    """All that a reader copies, without blanks and line ends."""
    return re.sub(r"\s+", "", "".join(read_back.copied(data)))


def sound(data: bytes) -> list[Any]:
    """The pages, none of which has anything outside its sheet or one text on another."""
    pages = read_back.sheets(data)
    for page in pages:
        assert read_back.outside(page) == []
        assert read_back.collisions(page) == []
    assert all(read_back.fonts(data).values())
    return pages


def measures(page: Any) -> tuple[int, int]:
    """Width and height of a sheet in millimetres."""
    return round(page.width / MM), round(page.height / MM)


def test_a_receipt_of_one_package_says_what_came_and_what_became_of_it() -> None:
    said = entries(slips.receipt(receipt(package())))
    assert said == {
        "收件单位": "源汇区",
        "寄件单位": "空冢郭镇",
        "数据包": "报告包 第4号",
        "期次": "2023年第9周",
        "内容": "项目 12 个，新增 3 条，改动 25 处，删除 1 条\n照片附件 6 件",
        "校验值": "3F0A 91C4 77DE 0123（前 16 位）",
        "装入时间": "2023年3月2日 09:15",
        "装入人": "郭汇总",
        "结果": "已装入",
        "账本校验码": "3F0A-91C4-77DE",
    }
    data = slips.receipt_pdf(receipt(package(), silent=("问十乡",), period="2023-W09"))
    (page,) = sound(data)
    assert measures(page) == (210, 297)
    text = pressed(data)
    for part in (*said.values(), "收件单位（签章）：", "寄件单位（签章）：", "送件人："):
        assert re.sub(r"\s+", "", part) in text
    assert "oneledgerverify账本--paper3F0A-91C4-77DE" in text
    assert "问十乡" not in text  # goes to the sender, whom the others do not concern


@pytest.mark.parametrize(
    ("outcome", "result"),
    [
        ("已隔离", f"未装入：{REASON}"),
        ("待处理", f"未装入（等装入）：{REASON}"),
        ("已装入过", "此前已经装入，本次没有重复装入"),
    ],
)
def test_a_package_not_taken_in_says_why_and_names_no_figures(outcome: str, result: str) -> None:
    said = entries(slips.receipt(receipt(package(outcome=outcome, reason=REASON))))
    assert said["结果"] == result
    assert said["内容"] == "—（账本没有改动）"
    assert said["处理时间"] == "2023年3月2日 09:15"
    assert "装入时间" not in said


def test_conflicts_and_remarks_of_a_package_taken_in_are_said() -> None:
    said = entries(slips.receipt(receipt(package(conflicts=2, reason="缺第 3 号，内容已含"))))
    assert said["内容"].endswith("照片附件 6 件，待定 2 处")
    assert said["结果"] == "已装入；待定 2 处；缺第 3 号，内容已含"


def test_what_is_not_known_is_a_dash_or_left_out() -> None:
    said = entries(slips.receipt(receipt(Package(unit="A.yzp", outcome="已隔离", reason="不是包"))))
    assert (said["数据包"], said["期次"], said["校验值"]) == ("数据包", "—", "—")
    book = package(effect=False, entries=37, periods=("2023-W09", "坏期次"))
    said = entries(slips.receipt(receipt(book)))
    assert said["内容"] == "分录 37 条，照片附件 6 件"
    assert said["期次"] == "2023年第9周、坏期次"


def thirty() -> Receipt:
    packages = [
        package(unit=f"第{number}镇", number=number, digest=f"{number:064x}"[::-1])
        for number in range(1, 29)
    ]
    packages.append(package(unit=LONG, number=29))
    packages.append(package(unit="空冢郭镇", number=30, outcome="已隔离", reason=REASON * 3))
    return receipt(*packages, silent=("问十乡", "大刘镇"), period="2023-W09", demonstration=True)


def test_thirty_packages_stand_in_one_table_with_its_heading_on_every_page() -> None:
    data = slips.receipt_pdf(thirty())
    pages = sound(data)
    assert len(pages) > 2
    copied = [re.sub(r"\s+", "", text) for text in read_back.copied(data)]
    for number, text in enumerate(copied, 1):
        assert measures(pages[number - 1]) == (297, 210)
        for part in ("寄件单位", "校验值", "项目", "改动", "演示数据"):
            assert part in text
        assert f"账本校验码3F0A-91C4-77DE第{number}页共{len(pages)}页" in text
    whole = "".join(copied)
    for number in range(1, 29):
        assert f"第{number}镇报告包第{number}号" in whole
    assert LONG in whole
    assert re.sub(r"\s+", "", f"未装入：{REASON * 3}") in whole
    assert "本次共30个数据包：已装入29个，未装入1个。" in copied[0]
    assert "2023年第9周未报的单位（2个）：问十乡、大刘镇。" in copied[-1]
    assert "收件单位（签章）：" in copied[-1] and "送件人：" in copied[-1]


def test_a_row_of_the_table_says_what_the_form_says_of_one() -> None:
    said = slips.receipt(
        receipt(
            package(conflicts=1), package(outcome="待处理", reason="待核对"), package(effect=False)
        )
    )
    (table,) = (block for block in said.blocks if isinstance(block, Table))
    which, digest = "报告包\n第4号", "3F0A 91C4\n77DE 0123"
    first = ("空冢郭镇", which, "2023年第9周")
    assert [row.cells for row in table.rows] == [
        ("1", *first, "12", "3", "25", "6", digest, "已装入；待定 1 处"),
        ("2", *first, "—", "—", "—", "—", digest, "未装入（等装入）：待核对"),
        ("3", *first, "—", "—", "—", "6", digest, "已装入"),
    ]
    assert len(table.columns) == len(table.rows[0].cells) + 1  # the last one is to be signed


def test_the_end_of_the_table_is_signed_on_its_own_page() -> None:
    for count in range(2, 14):
        data = slips.receipt_pdf(receipt(*[package(number=n) for n in range(1, count + 1)]))
        last = re.sub(r"\s+", "", read_back.copied(data)[-1])
        assert f"第{count}号" in last and "送件人：" in last


def test_a_sitting_without_packages_says_so() -> None:
    text = pressed(slips.receipt_pdf(receipt(silent=("问十乡",), period="2023-W09")))
    assert "本次没有收到数据包" in text and "未报的单位（1个）：问十乡" in text
    assert "未报" not in pressed(slips.receipt_pdf(receipt()))


@pytest.mark.parametrize("unit", ["空冢郭镇", LONG])
def test_the_recovery_sheet_is_one_page_and_its_code_is_found_and_copied(unit: str) -> None:
    data = slips.recovery_pdf(recovery(unit=unit, compared_with=unit, machine="12号机"))
    (page,) = sound(data)
    text = pressed(data)
    assert CODE in text
    for part in (unit, "12号机", "AB12-CD34-EF56", "密封，由专人保管", "不得拍照", "更换密钥",
                 "2023年3月2日", "经手人：", "监督人："):  # fmt: skip
        assert part in text
    boxed = [char for char in page.chars if char["size"] > 26 and char["text"] in CODE]
    assert "".join(char["text"] for char in boxed) == CODE.replace("-", "")
    assert "核对码" not in pressed(slips.recovery_pdf(recovery(comparison="", compared_with="")))


def test_every_sign_of_the_code_has_a_place_of_the_same_width() -> None:
    """The widest and the narrowest signs: none leaves its box, all middles are equally far."""
    data = slips.recovery_pdf(recovery(code="WWMM-JJJJ-1111-WJM1-MMMM-WWWW"))
    (page,) = sound(data)
    rows: dict[float, list[float]] = {}
    for char in page.chars:
        if char["size"] > 26:
            assert char["x1"] - char["x0"] < slip_pdf._CELL_WIDTH
            middle = (char["x0"] + char["x1"]) / 2
            rows.setdefault(round(char["matrix"][5]), []).append(middle)
    assert [len(row) for row in rows.values()] == [12, 12]
    for row in rows.values():
        for group in (row[:4], row[4:8], row[8:]):
            steps = [after - before for before, after in pairwise(group)]
            assert steps == pytest.approx([slip_pdf._CELL_WIDTH] * 3, abs=0.3)


@pytest.mark.parametrize(
    "units", [[f"第{number}镇" for number in range(1, 11)] + [LONG], [LONG * 2] * 11]
)
def test_strips_are_whole_each_with_its_unit_file_and_passphrase(units: list[str]) -> None:
    data = slips.passphrases_pdf(strips(*units))
    pages = sound(data)
    copied = [re.sub(r"\s+", "", text) for text in read_back.copied(data)]
    assert 1 < len(pages) < 11
    for number, unit in enumerate(units, 1):
        where = [text for text in copied if f"收件单位{unit}任务包文件T{number:04}.yzp" in text]
        assert len(where) == 1 and f"1234-5678-9012-{number:04}" in where[0]
    for text in copied:
        count = text.count("一次性口令1234")
        assert 1 <= count == text.count("请电话告知，不得随U盘同行。") == text.count("沿虚线剪开")
        assert count == text.count("接听人：") == text.count("只对这一个任务包有效")
    assert "口令条共11张" in copied[0]


@pytest.mark.parametrize(
    "draw",
    [
        lambda: slips.receipt_pdf(receipt(package())),
        lambda: slips.receipt_pdf(thirty()),
        lambda: slips.recovery_pdf(recovery()),
        lambda: slips.passphrases_pdf(strips("空冢郭镇")),
    ],
)
def test_the_same_values_give_the_same_bytes(draw: Any) -> None:
    assert draw() == draw()


def test_another_day_gives_other_bytes() -> None:
    other = recovery(made_on=date(2023, 3, 3))
    assert slips.recovery_pdf(recovery()) != slips.recovery_pdf(other)


SIGNS = "源汇区（）“”、。，AW1 -\n\t\u200b\U00020000龘\ud800"
TEXTS = st.text(st.sampled_from(SIGNS), max_size=200)


@settings(max_examples=8)
@given(unit=TEXTS, reason=TEXTS, operator=TEXTS)
def test_no_text_breaks_a_paper_or_leaves_it(unit: str, reason: str, operator: str) -> None:
    odd = package(unit=unit, outcome="已隔离", reason=reason)
    for packages in ((odd,), (odd, package())):
        sound(slips.receipt_pdf(receipt(*packages, taken_by=operator, receiver=unit)))
    sound(slips.recovery_pdf(recovery(unit=unit, machine=operator, code=CODE)))
    sound(slips.passphrases_pdf(strips(unit, unit)))


def test_a_reason_longer_than_a_sheet_loses_nothing() -> None:
    reason = "".join(f"原因{number}，" for number in range(400))
    data = slips.receipt_pdf(receipt(package(outcome="已隔离", reason=reason)))
    assert len(sound(data)) > 1
    text = pressed(data)
    assert re.findall(r"原因(\d+)，", text.replace("续", "")) == [str(n) for n in range(400)]


def test_ready_asks_for_a_pdf_that_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / "new" / "回执.pdf"
    slips.ready(target)
    assert not target.exists() and list(target.parent.iterdir()) == []
    with pytest.raises(NoSuchFormat):
        slips.ready(tmp_path / "回执.docx")
    (tmp_path / "file").write_text("")
    with pytest.raises(NotWritable):
        slips.ready(tmp_path / "file" / "回执.pdf")
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(NotWritable):
        slips.ready(tmp_path / "folder.pdf")
    kept = tmp_path / "old.pdf"
    kept.write_bytes(b"old")
    slips.ready(kept)
    assert kept.read_bytes() == b"old"
    kept.chmod(stat.S_IREAD)
    with pytest.raises(NotWritable):
        slips.ready(kept)
