"""The steps of a township's week, and what is said of the next one."""

from __future__ import annotations

from typing import Any

import pytest

from desktop.ledger.checks import Finding
from desktop.ui.week.figures import Figures
from desktop.ui.week.reading import Sent, Week
from desktop.ui.week.steps import blocked_in_words, next_in_words, note_of, steps_of

FIGURES = Figures(12, 1, 1, 1, 1, None, None, None, None)


def finding(level: str = "must", name: str = "甲", *, explained: bool = False) -> Finding:
    return Finding(
        id="0", check="c", title="t", level=level, register="weekly", record="r",  # type: ignore[arg-type]
        subject=name, subject_name=name, period="2023-W09", cell="completed_week",
        sentence="不对。", explained=explained, explanation="属实" if explained else None,
    )  # fmt: skip


def week(**given: Any) -> Week:
    values: dict[str, Any] = {
        "period": "2023-W09", "weekly": "weekly", "figures": FIGURES, "projects": 12,
        "expected": 12, "unfilled": (), "findings": (), "sent": Sent("未上报"),
        "milestones": (), "problems": (), "asked": (), "reached": 0,
    }  # fmt: skip
    return Week(**{**values, **given})


def due(asked: Week, printed: bool = False) -> str | None:
    return next((step.name for step in steps_of(asked, printed) if step.due), None)


def done(asked: Week, printed: bool = False) -> list[str]:
    return [step.name for step in steps_of(asked, printed) if step.done]


def said(asked: Week, printed: bool = False, above: str = "源汇区") -> str:
    return next_in_words(asked, steps_of(asked, printed), above)


def test_the_steps_one_after_another() -> None:
    unfilled = week(unfilled=(finding(name="甲"), finding(name="乙")))
    assert (due(unfilled), done(unfilled)) == ("fill", [])
    assert said(unfilled) == "还有 2 个项目没有填完，下一个是“甲”。"
    wrong = week(findings=(finding(), finding("explain"), finding("explain", explained=True)))
    assert (due(wrong), done(wrong)) == ("check", ["fill"])
    assert said(wrong) == "填报已完成，审核还有 1 处错误要改正、1 处待说明。"
    sound = week(findings=(finding("explain", explained=True),))
    assert (due(sound), done(sound)) == ("print", ["fill", "check"])
    assert said(sound) == "填报、审核都已完成。请打印周报，送签盖章。"
    assert (due(sound, printed=True), done(sound, printed=True)) == (
        "submit",
        ["fill", "check", "print"],
    )
    assert said(sound, printed=True) == "周报已打印。签字盖章后，到“收发”上报。"
    sent = week(sent=Sent("已上报", on="2023-03-02", number=1, filler="张晓燕", reviewer="刘伟"))
    assert (due(sent), done(sent)) == (None, ["fill", "check", "submit"])  # nobody printed it
    assert done(sent, printed=True) == ["fill", "check", "print", "submit"]
    assert said(sent) == (
        "本周已上报（已锁定）：3月2日上报，填表人张晓燕，审核人刘伟。要修改，请源汇区退回。"
    )


def test_an_untouched_week_begins_with_the_first_project() -> None:
    untouched = week(expected=2, unfilled=(finding(name="甲"), finding(name="乙")))
    assert said(untouched) == "本周 2 个项目要填报，从“甲”开始。"


def test_a_report_printed_before_an_error_is_not_done() -> None:
    wrong = week(findings=(finding(),))
    assert (due(wrong, printed=True), done(wrong, printed=True)) == ("check", ["fill"])


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"projects": 0, "expected": 0}, "账本里还没有项目，先新建项目。"),
        ({"expected": 0}, "项目都已竣工，本周没有要填报的。"),
    ],
)
def test_nothing_to_do_is_said(given: dict[str, int], words: str) -> None:
    nothing = week(**given)
    assert (due(nothing), done(nothing)) == (None, [])
    assert said(nothing) == words


def test_a_returned_week_says_who_and_why() -> None:
    returned = week(sent=Sent("已退回", on="2023-03-02", reason="累计数不符"))
    assert due(returned) == "print"
    assert (
        said(returned)
        == "源汇区退回了这一周：累计数不符。填报、审核都已完成。请打印周报，送签盖章。"
    )
    assert (
        said(returned, printed=True) == "源汇区退回了这一周：累计数不符。改好后到“收发”重新上报。"
    )


def test_a_change_after_submission_asks_for_a_correction() -> None:
    changed = week(sent=Sent("已接收", on="2023-03-02", changed=2))
    assert due(changed) == "print"
    assert due(changed, printed=True) == "submit"
    assert said(changed) == "上报以后又有 2 条改动，请写明原因，更正上报。"


def test_an_accepted_correction_says_all_of_it() -> None:
    sent = Sent("已接收", on="2023-03-02", number=2, correction="口径调整。")
    assert said(week(sent=sent)) == (
        "本周已上报（已锁定）：3月2日上报（第 2 次），更正原因：口径调整。源汇区已接收。"
    )
    assert said(week(sent=Sent("已上报")), above="") == "本周已上报（已锁定）。要修改，请上级退回。"


def test_what_blocks_in_words() -> None:
    assert blocked_in_words(week()) == ""
    assert blocked_in_words(week(unfilled=(finding(),), findings=(finding(),))) == (
        "还不能上报：1 个项目没有填完，1 处错误要改正。"
    )
    assert blocked_in_words(week(findings=(finding("explain"),))) == ("还不能上报：1 处待说明。")


def test_notes_below_the_buttons() -> None:
    def notes(asked: Week) -> list[str]:
        return [note_of(step, asked) for step in steps_of(asked, printed=False)]

    assert notes(week(unfilled=(finding(),))) == ["待填 1 个", "", "", ""]
    wrong = week(findings=(finding(), finding("explain")))
    assert notes(wrong) == ["12 个项目", "错误 1　待说明 1", "", ""]
    assert notes(week(findings=(finding("explain"),)))[1] == "待说明 1"
    assert notes(week()) == ["12 个项目", "通过", "", ""]
    assert notes(week(sent=Sent("已上报", on="2023-03-02")))[3] == "3月2日"
    assert notes(week(sent=Sent("已上报", on="2023-03-02", changed=2)))[3] == "要更正：改动 2 条"
    assert notes(week(sent=Sent("已退回", on="2023-03-02")))[3] == "已退回，重新上报"
    assert notes(week(projects=0, expected=0)) == ["", "", "", ""]
