"""The dialog 上报: what is in the week, who signs, and that it is locked after that."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.ledger import money
from desktop.ui import theme
from desktop.ui.memory import Memory
from desktop.ui.parts import Button, Words
from desktop.ui.week.look import Row, finding_row
from desktop.ui.week.reading import Week
from desktop.ui.week.rows import RowList

#: Who signed last, remembered per book on this PC.
SIGNED = "submit.signed"


class Signed(msgspec.Struct, frozen=True):
    """Who filled and who reviewed; ``correction`` is the reason of a correction, "" without."""

    filler: str = ""
    reviewer: str = ""
    correction: str = ""


class SubmitDialog(QDialog):
    """Asks for the names; ``signed`` holds them once it was accepted."""

    def __init__(
        self,
        parent: QWidget,
        week: Week,
        title: str,
        above: str,
        memory: Memory,
        unit: money.Unit,
        operator: str,
    ) -> None:
        super().__init__(parent)
        self._memory, self._correcting = memory, week.sent.locked
        self.setWindowTitle(f"{'更正上报' if self._correcting else '上报'} {title}")
        kept = memory.get(SIGNED)
        kept = kept if isinstance(kept, dict) else {}
        self.filler, self.reviewer = QLineEdit(), QLineEdit()
        for field, name in ((self.filler, "filler"), (self.reviewer, "reviewer")):
            field.setMaxLength(40)
            field.setText(str(kept.get(name) or ""))
        if not self.filler.text():
            self.filler.setText(operator)
        self.reason = QPlainTextEdit()
        self.reason.setPlaceholderText("必填：为什么要更正，更正了什么")
        self.reason.setTabChangesFocus(True)
        self.explained = RowList("已作说明的")
        self.go = Button("更正并上报" if self._correcting else "上报并锁定", primary=True)
        self.stay = Button("取消")
        self.missing = Words("", role="must")
        self._arrange(week, title, above, unit)
        self.go.clicked.connect(self.accept)
        self.stay.clicked.connect(self.reject)
        self.reason.textChanged.connect(self._judge)
        for field in (self.filler, self.reviewer):
            field.textChanged.connect(self._judge)
        self._judge()
        (self.reviewer if self.filler.text() else self.filler).setFocus()

    @property
    def signed(self) -> Signed:
        """What was typed."""
        return Signed(
            self.filler.text().strip(),
            self.reviewer.text().strip(),
            self.reason.toPlainText().strip() if self._correcting else "",
        )

    def accept(self) -> None:
        """Remember the names for the next week; a name that is missing is asked for first."""
        signed = self.signed
        for field, name, title in (
            (self.filler, signed.filler, "填报人"),
            (self.reviewer, signed.reviewer, "审核人"),
        ):
            if not name:
                self.missing.set_text(f"请填写{title}。")
                field.setFocus()
                return
        self._memory.put(SIGNED, {"filler": signed.filler, "reviewer": signed.reviewer})
        super().accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field goes on to the next: what locks the week is pressed on purpose."""
        here = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and isinstance(here, QLineEdit):
            self._next_after(here).setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)

    def _next_after(self, field: QLineEdit) -> QWidget:
        """The field below; after the last one the button, once it can be pressed."""
        if field is self.filler:
            return self.reviewer
        return self.reason if self._correcting else self.go

    def _judge(self) -> None:
        """A correction needs its reason; what was asked for is no longer said once it is typed."""
        self.missing.set_text("")
        self.go.setEnabled(not self._correcting or bool(self.signed.correction))

    def _arrange(self, week: Week, title: str, above: str, unit: money.Unit) -> None:
        now = theme.current()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        whole.setSpacing(now.gap)
        whole.addWidget(_said(title, bold=True))
        whole.addWidget(_said(contents_in_words(week, unit)))
        form = QFormLayout()
        form.setSpacing(now.gap)
        form.addRow("填报人", self.filler)
        form.addRow("审核人", self.reviewer)
        if self._correcting:
            form.addRow("更正原因", self.reason)
            self.reason.setFixedHeight(now.px(72))
        whole.addLayout(form)
        rows = [_plain(finding_row(one, week.weekly)) for one in week.explained]
        if rows:
            whole.addWidget(_said(f"随周报报送的说明 {len(rows)} 处："))
            self.explained.show_rows(rows)
            self.explained.setMinimumHeight(min(len(rows), 4) * now.row * 2)
            whole.addWidget(self.explained, 1)
        whole.addWidget(_said(warning(above), role="explain"))
        buttons = QHBoxLayout()
        buttons.addWidget(self.missing, 1)
        buttons.addWidget(self.stay)
        buttons.addWidget(self.go)
        whole.addLayout(buttons)
        self.setMinimumWidth(now.px(560))
        self.stay.setAutoDefault(False)


def contents_in_words(week: Week, unit: money.Unit) -> str:
    """12 个项目，本周完成 2,496.25 万元，本年累计 24,809.5 万元，完成率 15.9%。"""
    figures = week.figures
    parts = [f"{week.expected} 个项目"]
    if figures.done is not None:
        parts.append(f"本周完成 {money.format_money(figures.done, unit)} {unit}")
    parts.append(f"本年累计 {money.format_money(figures.done_year, unit)} {unit}")
    if figures.rate is not None:
        parts.append(f"完成率 {money.format_rate(figures.rate)}")
    return f"{'，'.join(parts)}。"


def warning(above: str) -> str:
    """What submitting means in this version."""
    return (
        f"上报后本周锁定，不能再改；确需修改，要由{above or '上级单位'}退回。"
        "送交的是打印、签字、盖章的周报，请先打印。"
    )


def _plain(row: Row) -> Row:
    """A line that is only read."""
    return msgspec.structs.replace(row, aim=None, faint=False, right="")


def _said(text: str, *, bold: bool = False, role: str = "ink") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(theme.font("big" if bold else "body", bold=bold))
    palette = label.palette()
    palette.setColor(label.foregroundRole(), theme.color(role))
    label.setPalette(palette)
    return label
