"""Reminder, talk notice, supervision notice: every word of them, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import paper_code
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from desktop.reports.content import (
    Addressee,
    Closing,
    Entry,
    Footer,
    Form,
    Heading,
    LetterHead,
    Paper,
    Paragraph,
    Slip,
)
from desktop.reports.letters import WrongLetter, letter_paper, reminder_paper, talk_paper
from desktop.reports.letters_facts import LetterLacks, listed
from desktop.reports.letters_notice import supervision_paper
from tests.ledger import books
from tests.ledger.books import change
from tests.ledger.district import district

OFFICE = "源汇区重点项目建设办公室"
BLANK = "　　　　年　　月　　日"
REMINDER = {
    "kind": "提醒函",
    "number": "提醒〔2023〕3号",
    "matter": "投资增速与目标差距较大",
    "month": "2023-03",
    "rule": "增速低于目标10个百分点以上的，出具提醒函",
    "figures": "2023年1—3月固定资产投资同比下降29.4%，低于目标37.9个百分点",
    "issued_on": "2023-04-06",
    "due": "2023-04-14",
}
TALK = {
    **REMINDER,
    "kind": "约谈通知",
    "number": "约谈〔2023〕1号",
    "matter": "投资增速连续三个月排名末位",
    "figures": "1. 增速居末位。\n\n2、连续3个月居末位；",
    "talk_level": "主要领导",
    "talked": "主要负责同志",
    "held_on": "2023-04-12",
    "held_time": "上午9时",
    "place": "区政府第二会议室",
}
MATTER = {
    "number": "督办〔2023〕7号",
    "matter": "丙项目进度滞后，限期提出赶工措施",
    "sheet": "督办",
    "source": "进度滞后",
    "issued_on": "2023-04-06",
    "due": "2023-04-20",
    "responsible_unit": "区交通局",
    "responsible_person": "赵六",
}


class District:
    """A district with what a test writes in it, for 空冢郭镇."""

    def __init__(self, book: Book, records: dict[str, str]) -> None:
        self.book, self.records = book, records
        self.unit = records["空冢郭镇"]

    def create(self, register: str, **fields: Any) -> str:
        with self.book.batch("create") as batch:
            return batch.create(register, {"unit": self.unit, **fields})

    def letter(self, fields: dict[str, Any], **more: Any) -> str:
        return self.create("letter", **{**fields, **more})

    @property
    def footer(self) -> Footer:
        return Footer("源汇区", "2023年3月", paper_code.code(self.book.journal.head))


@pytest.fixture
def district_(tmp_path: Path) -> Iterator[District]:
    book, records = district(tmp_path / "d.yzb", profile=tmp_path / "profile")
    with book:
        yield District(book, records)


def texts(paper: Paper) -> list[str]:
    """The running text of a paper."""
    return [block.lead + block.text for block in paper.blocks if isinstance(block, Paragraph)]


def slip(paper: Paper) -> Slip:
    [found] = [block for block in paper.blocks if isinstance(block, Slip)]
    assert found is paper.blocks[-1]
    return found


# Reminder -----------------------------------------------------------------------------------------


def test_a_reminder_word_by_word(district_: District) -> None:
    letter = district_.letter(REMINDER, contact="王敏", phone="0395-3123456")
    assert reminder_paper(district_.book, letter) == Paper(
        "关于投资增速与目标差距较大的提醒函",
        (
            Addressee("空冢郭镇"),
            Paragraph("经调度，你单位2023年1—3月固定资产投资同比下降29.4%，低于目标37.9个百分点。"),
            Paragraph("依据“增速低于目标10个百分点以上的，出具提醒函”的规定，现予提醒。"),
            Paragraph(
                "请你单位认真查找原因，提出整改措施，明确责任人和完成时限，抓好落实。"
                f"整改情况请于2023年4月14日前书面报送{OFFICE}。"
            ),
            Paragraph("联系人：王敏，联系电话：0395-3123456。"),
            Closing(OFFICE, "2023年4月6日"),
        ),
        district_.footer,
        date(2023, 4, 6),
        head=LetterHead(OFFICE, "提醒〔2023〕3号"),
        author=OFFICE,
    )


def test_a_reminder_of_several_rules_about_a_project_with_a_demand(district_: District) -> None:
    letter = district_.letter(
        REMINDER,
        rule="规则甲。\n规则乙",
        figures="数据甲；\n数据乙。",
        demand="一周内复工；\n每周报送进展。",
        phone="0395-3123456",
        subject_project=district_.records["丙"],
    )
    assert texts(reminder_paper(district_.book, letter, demonstration=True)) == [
        "经调度，你单位有以下情况：",
        "1. 数据甲。",
        "2. 数据乙。",
        "涉及项目：丙。",
        "依据“规则甲”“规则乙”的规定，现予提醒。",
        "一周内复工。",
        "每周报送进展。",
        f"整改情况请于2023年4月14日前书面报送{OFFICE}。",
        "联系电话：0395-3123456。",
    ]
    assert reminder_paper(district_.book, letter, demonstration=True).demonstration


def test_a_letter_not_yet_numbered_and_dated_keeps_the_places_free(district_: District) -> None:
    bare = {name: REMINDER[name] for name in ("kind", "matter", "rule", "figures")}
    paper = reminder_paper(district_.book, district_.letter(bare))
    assert paper.head == LetterHead(OFFICE, "　　〔2023〕　　号")
    assert paper.blocks[-1] == Closing(OFFICE, BLANK)
    assert paper.made_on == date(2023, 3, 2), "the day of the book's last entry"
    assert texts(paper)[-1].endswith(f"整改情况请于收到本函之日起5个工作日内书面报送{OFFICE}。")
    assert paper.footer.period == ""


@pytest.mark.parametrize(("name", "title"), [("figures", "依据的数据"), ("rule", "依据的规则")])
@pytest.mark.parametrize("fields", [REMINDER, TALK])
def test_a_letter_without_figures_or_rule_is_refused(
    district_: District, fields: dict[str, Any], name: str, title: str
) -> None:
    letter = district_.letter({**fields, name: " \n；"})
    with pytest.raises(LetterLacks, match=f"没有填写“{title}”，不能印发"):
        letter_paper(district_.book, letter)


def test_each_kind_is_its_own_paper(district_: District) -> None:
    reminder, talk = district_.letter(REMINDER), district_.letter(TALK)
    assert letter_paper(district_.book, reminder) == reminder_paper(district_.book, reminder)
    assert letter_paper(district_.book, talk) == talk_paper(district_.book, talk)
    with pytest.raises(WrongLetter, match="是约谈通知，不能印成提醒函"):
        reminder_paper(district_.book, talk)
    with pytest.raises(WrongLetter, match="是提醒函，不能印成约谈通知"):
        talk_paper(district_.book, reminder)
    for kind, said in (("通报", "是通报，不能印成"), (None, "是没有填种类的函件")):
        change(district_.book, "letter", reminder, kind=kind)
        with pytest.raises(WrongLetter, match=said):
            letter_paper(district_.book, reminder)
    with pytest.raises(NoSuchRecord):
        letter_paper(district_.book, "nothing")


def test_three_thousand_characters_are_kept_whole(district_: District) -> None:
    long = "土地指标未落实，" * 375
    paper = reminder_paper(district_.book, district_.letter(REMINDER, figures=long))
    assert long.rstrip("，") in texts(paper)[0]


def test_what_a_letter_said_stays_when_the_book_goes_on(district_: District) -> None:
    letter = district_.letter(REMINDER)
    before = reminder_paper(district_.book, letter)
    identity = {"unit": district_.unit, "period": "2023-03"}
    with district_.book.batch("create") as batch:
        batch.create("monthly_unit", {**identity, "completed_year": 1})
    after = reminder_paper(district_.book, letter)
    assert after.blocks == before.blocks
    assert after.footer.code != before.footer.code


# Talk ---------------------------------------------------------------------------------------------


def test_a_talk_word_by_word(district_: District) -> None:
    paper = talk_paper(district_.book, district_.letter(TALK))
    assert paper.title == "关于投资增速连续三个月排名末位的约谈通知"
    assert paper.head == LetterHead(OFFICE, "约谈〔2023〕1号")
    assert texts(paper) == [
        "经调度，你单位有以下情况：",
        "1. 增速居末位。",
        "2. 连续3个月居末位。",
        "依据“增速低于目标10个百分点以上的，出具提醒函”的规定，"
        "由源汇区主要领导对你单位主要负责同志进行约谈。现将有关事项通知如下：",
        "（一）时间：2023年4月12日上午9时。",
        "（二）地点：区政府第二会议室。",
        "（三）事项：投资增速连续三个月排名末位。",
        "（四）要求：请准备书面材料，说明情况、原因和下一步措施。",
        f"请于2023年4月14日前将参加人员回执报送{OFFICE}。",
    ]
    assert slip(paper) == Slip(
        "约谈参加人员回执",
        (
            Form(
                (
                    (Entry("文号", "约谈〔2023〕1号"),),
                    (Entry("单位", "空冢郭镇"),),
                    (Entry("约谈时间", "2023年4月12日上午9时"),),
                    (Entry("约谈地点", "区政府第二会议室"),),
                    *[(Entry("姓名"), Entry("职务"))] * 4,
                    (Entry("联系人"), Entry("联系电话")),
                    (Entry("单位签章", BLANK, 4),),
                )
            ),
        ),
    )


def test_a_talk_whose_time_is_still_open(district_: District) -> None:
    names = ("held_on", "held_time", "place", "talk_level", "talked", "due")
    fields = {**TALK, **dict.fromkeys(names), "talker": None, "attendees": "镇长\n分管副镇长"}
    said = texts(talk_paper(district_.book, district_.letter(fields)))
    assert said[3].endswith("的规定，对你单位负责同志进行约谈。现将有关事项通知如下：")
    assert said[4:7] == [
        "（一）时间：另行通知。",
        "（二）地点：另行通知。",
        "（三）参加人员：镇长；分管副镇长。",
    ]
    assert said[-1] == f"请收到本通知后即将参加人员回执报送{OFFICE}。"


def test_who_holds_the_talk_is_named(district_: District) -> None:
    letter = district_.letter(TALK, talker="副区长李明", demand="带齐用地手续。\n说明开工计划")
    said = texts(talk_paper(district_.book, letter))
    assert "由副区长李明对你单位主要负责同志进行约谈" in said[3]
    assert "（三）约谈人：副区长李明。" in said
    assert "（五）要求：带齐用地手续；说明开工计划。" in said


# Supervision --------------------------------------------------------------------------------------


def test_a_supervision_notice_word_by_word(district_: District) -> None:
    project = district_.records["丙"]
    record = district_.create("supervision", subject_project=project, **MATTER)
    footer = Footer("源汇区", "", paper_code.code(district_.book.journal.head))
    assert supervision_paper(district_.book, record) == Paper(
        "督办通知单",
        (
            Addressee("空冢郭镇、区交通局"),
            Paragraph("现将下列事项交你单位办理，请按时限要求抓紧落实。"),
            Form(
                (
                    (Entry("涉及项目", "丙"),),
                    (Entry("责任部门", "区交通局"), Entry("责任人", "赵六")),
                    (Entry("办结时限", "2023年4月20日"),),
                )
            ),
            Heading(1, "一、督办事项"),
            Paragraph("丙项目进度滞后，限期提出赶工措施。"),
            Heading(1, "二、督办依据"),
            Paragraph("截至2023年3月2日，该项目年累计完成投资50万元，没有年度计划。"),
            Paragraph(
                "本事项来源为进度滞后。依据“进度滞后、亮红灯的项目列入督办，限期整改，逐项销号”"
                "的规定，予以督办。"
            ),
            Heading(1, "三、办理要求"),
            Paragraph(
                f"请于2023年4月20日前办结，并将办理情况回执签章后报送{OFFICE}。"
                "不能按期办结的，应提前书面说明原因，申请延期。"
            ),
            Closing(OFFICE, "2023年4月6日"),
            Slip(
                "督办事项办理情况回执",
                (
                    Form(
                        (
                            (Entry("文号", "督办〔2023〕7号"), Entry("办结时限", "2023年4月20日")),
                            (Entry("单位", "空冢郭镇、区交通局"),),
                            (Entry("督办事项", "丙项目进度滞后，限期提出赶工措施"),),
                            (Entry("办理情况", "", 10),),
                            (Entry("责任人", "赵六"), Entry("联系电话")),
                            (Entry("单位签章", BLANK, 4),),
                        )
                    ),
                ),
            ),
        ),
        footer,
        date(2023, 4, 6),
        head=LetterHead(OFFICE, "督办〔2023〕7号"),
        author=OFFICE,
    )


def test_a_notice_about_a_project_says_how_far_it_was_when_it_went_out(
    district_: District,
) -> None:
    """By the last week filled that had ended by then: March 2 is the last day of week 9."""
    about = {**MATTER, "subject_project": district_.records["甲"]}
    said = {}
    for day in ("2023-03-01", "2023-03-02", "2023-03-08"):
        record = district_.create("supervision", **{**about, "issued_on": day})
        said[day] = texts(supervision_paper(district_.book, record))[2]
    assert said == {
        "2023-03-01": "截至2023年2月23日，该项目年累计完成投资500万元，占年度计划的13.7%，"
        "低于序时进度1.1个百分点。",
        **dict.fromkeys(
            ("2023-03-02", "2023-03-08"),
            "截至2023年3月2日，该项目年累计完成投资610万元，占年度计划的16.7%，与序时进度持平。",
        ),
    }
    about["subject_project"] = district_.records["庚"]  # reports from week 10 on
    record = district_.create("supervision", **{**about, "issued_on": "2023-03-02"})
    assert texts(supervision_paper(district_.book, record))[2].startswith("本事项来源为进度滞后。")


def test_the_letter_that_orders_it_says_figures_and_rule(district_: District) -> None:
    record = district_.create("supervision", **{**MATTER, "source": None, "sheet": "挂牌"})
    with pytest.raises(LetterLacks, match=r"督办通知单“丙项目.*没有填写“来源”"):
        supervision_paper(district_.book, record)
    fields = {**REMINDER, "kind": "督办通知单", "supervision": record}
    district_.letter(fields, issued_on="2023-03-01", rule="旧规则", figures="旧数据")
    letter = district_.letter(fields)
    later = {**REMINDER, "supervision": record, "issued_on": "2023-05-01", "rule": "提醒的规则"}
    district_.letter(later)
    paper = letter_paper(district_.book, letter)
    assert paper.title == "挂牌督办通知单"
    assert texts(paper)[2:4] == [
        "经调度，你单位2023年1—3月固定资产投资同比下降29.4%，低于目标37.9个百分点。",
        "依据“增速低于目标10个百分点以上的，出具提醒函”的规定，予以督办。",
    ]
    change(district_.book, "letter", letter, supervision=None)
    with pytest.raises(LetterLacks, match="没有填写“对应督办事项”"):
        letter_paper(district_.book, letter)


def test_an_extended_limit_is_told_with_the_first(district_: District) -> None:
    record = district_.create("supervision", **MATTER, extended_to="2023-04-28")
    paper = supervision_paper(district_.book, record)
    assert texts(paper)[-1] == (
        "原定2023年4月20日前办结，经同意延期至2023年4月28日。"
        f"请按延期后的时限办结，并将办理情况回执签章后报送{OFFICE}。"
        "不能按期办结的，应提前书面说明原因，申请延期。"
    )
    [form] = slip(paper).blocks
    assert isinstance(form, Form)
    assert form.rows[0][1] == Entry("办结时限", "2023年4月28日")


def test_a_matter_that_is_hardly_filled_and_one_of_three_thousand_characters(
    district_: District,
) -> None:
    long = "甲" * 1500 + "\n" + "乙" * 1500
    record = district_.create("supervision", matter=long, source="领导批示")
    paper = supervision_paper(district_.book, record)
    assert paper.head == LetterHead(OFFICE, "　　〔2023〕　　号")
    assert not [block for block in paper.blocks if isinstance(block, Form)]
    assert texts(paper)[1:3] == ["甲" * 1500, "乙" * 1500 + "。"]
    assert texts(paper)[-1] == "不能按期办结的，应提前书面说明原因，申请延期。"
    [form] = slip(paper).blocks
    assert isinstance(form, Form)
    assert form.rows[2][0].text == "甲" * 60 + "…", "the slip is one sheet"


# Words --------------------------------------------------------------------------------------------


def test_numbers_of_their_own_are_taken_away_and_figures_are_not() -> None:
    text = "1. 甲；\n2、乙\n（三）丙。\n2.3亿元\n3、4号楼\n\n  。"
    assert listed(text) == ["甲", "乙", "丙", "2.3亿元", "3、4号楼"]


def test_the_district_words_its_letters(district_: District) -> None:
    shipped = books.shipped().texts["letters.toml"]
    edited = shipped.replace("{单位}重点项目建设办公室", "{单位}发展改革委")
    edited = edited.replace("attendees = 4", "attendees = 2")
    district_.book.use(schemes.parse(books.texts(letters=edited)))
    paper = talk_paper(district_.book, district_.letter(TALK))
    assert isinstance(paper.head, LetterHead)
    assert paper.head.mark == "源汇区发展改革委"
    [form] = slip(paper).blocks
    assert isinstance(form, Form)
    assert [row[0].label for row in form.rows].count("姓名") == 2


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("现予提醒", "{时限}", "reminder.rule"),
        ('other = "督办通知单"', "", "titles.other"),
        ("attendees = 4", "attendees = 0", "settings.attendees"),
    ],
)
def test_a_mistake_in_the_words_is_told_by_its_key(
    district_: District, old: str, new: str, key: str
) -> None:
    edited = books.shipped().texts["letters.toml"].replace(old, new, 1)
    district_.book.use(schemes.parse(books.texts(letters=edited)))
    with pytest.raises(MalformedScheme) as refused:
        reminder_paper(district_.book, district_.letter(REMINDER))
    assert (refused.value.file, refused.value.key) == ("letters.toml", key)
