"""What one does with a whole week: 审核 and 照上周带入."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.ui.desk import Desk
from desktop.ui.grid import finding
from desktop.ui.grid.body import Body
from desktop.ui.grid.finding import Findings, Kind
from desktop.ui.grid.telling import Telling

_TOLD: tuple[tuple[Kind, str, str], ...] = (
    ("todo", "待填", "个项目"),
    ("must", "错误", "处"),
    ("explain", "待说明", "处"),
)


class WeekVerbs(QObject):
    """The verbs of the headline."""

    def __init__(self, desk: Desk, body: Body, telling: Telling, parent: QObject) -> None:
        super().__init__(parent)
        self.desk, self.body, self.telling = desk, body, telling

    def check(self) -> None:
        """审核: every finding of the week, then on to the first that asks for something."""
        held = self.body.model.contents
        if held is None or not held.sheet.weekly or not self.body.view.commit_open_editor():
            return
        sheet = held.sheet

        def show(found: Findings) -> None:
            self.body.model.take_findings(found)
            self.telling.step_to_first()
            self.desk.say(outcome(found))

        self.desk.work(
            self, "正在审核", lambda book, _progress: finding.read(book, sheet, sheet.period), show
        )

    def carry(self) -> None:
        """照上周带入: for all shown rows as one act; a district is asked first."""
        if not self.body.view.commit_open_editor():
            return
        rows = self.body.model.rowCount()
        question = f"把上周的文字带入表中 {rows} 个项目的空格？"
        advice = "只填写还空着的格，已填的不动；可以撤销。"
        if self.desk.facts.reports or self.desk.confirm(question, advice, "带入"):
            self.body.model.carry()


def outcome(found: Findings) -> str:
    """What a check came to, in words."""
    parts = [
        f"{words} {count} {counter}"
        for kind, words, counter in _TOLD
        if (count := found.count(kind))
    ]
    return f"审核完成：{'，'.join(parts)}。" if parts else "审核通过，没有要处理的提示。"
