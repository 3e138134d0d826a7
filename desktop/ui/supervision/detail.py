"""The card of one supervised item: what it is, what can be done about it, its whole history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.wording import day_in_words
from desktop.ui import theme
from desktop.ui.lists import closing
from desktop.ui.parts import Button, Card, Chip, Empty, Flow, LinkRow, Separator, Words
from desktop.ui.parts.words import Passage
from desktop.ui.supervision import acts
from desktop.ui.supervision.reading import Item, limit_in_words
from desktop.ui.supervision.story import Event

#: The acts in the order in which they follow one another.
ACTS = {"report": "反馈", "extend": "延期", "verify": "核查", "close": "销号", "change": "修改"}
_ICONS = {"report": "message", "extend": "clock", "verify": "eye", "close": "check"}


class Detail(Card):
    """Shows one item; ``wanted`` names the act whose button was pressed."""

    wanted = Signal(str)
    project_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        now = theme.current()
        self.item: Item | None = None
        self.number = Words("", "big", "ink_soft", bold=True)
        self.left = Chip("")
        self.head.removeWidget(self.title)
        self.title.hide()
        self.head.addWidget(self.number, 1)
        self.head.addWidget(self.left)
        self.matter = Passage("", "big")
        self.matter.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: dict[str, Button] = {}
        row = QWidget()
        self._row = Flow(row, gap=now.px(8))
        for act, title in ACTS.items():
            button = Button(title, icon=_ICONS.get(act, "pencil"))
            button.clicked.connect(lambda _=False, act=act: self.wanted.emit(act))
            self.buttons[act] = button
            self._row.addWidget(button)
        self.why = Passage("", "small", "ink_soft")
        inside = QWidget()
        inside.setObjectName("page")
        told = QVBoxLayout(inside)
        told.setContentsMargins(0, 0, now.px(8), 0)
        told.setSpacing(now.px(10))
        told.addWidget(self.matter)
        self._room = QVBoxLayout()
        self._room.setSpacing(now.px(6))
        told.addLayout(self._room, 1)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(8))
        column.addWidget(row)
        column.addWidget(self.why)
        column.addWidget(self.area, 1)
        self.nothing = Empty("选一件督办事项来看", "用上下键或鼠标在左边选择。")
        self.either = QStackedWidget()
        self.either.addWidget(self.nothing)
        self.either.addWidget(whole)
        self.body.addWidget(self.either, 1)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No item is chosen."""
        self.item = None
        self.number.set_text("督办事项")
        self.left.hide()
        self.either.setCurrentWidget(self.nothing)

    def show_item(self, item: Item, scheme: Scheme, register: Register, level: str) -> None:
        """Show an item with the acts that a book of ``level`` may do; its story follows."""
        again = self.item is not None and self.item.record == item.record
        self.item = item
        self.number.set_text(item.number or "未编号")
        tones = {"must": "must", "explain": "explain"}
        self.left.set_text(item.left or item.state_title, tones.get(item.tone, "plain"))
        self.left.show()
        self.matter.setText(item.matter)
        self._offer(item, scheme, register, level)
        if not again:
            self.show_facts(item, register, ())
            self.area.verticalScrollBar().setValue(0)
        self.either.setCurrentIndex(1)

    def show_facts(
        self, item: Item, register: Register, events: Sequence[Event], today: date | None = None
    ) -> None:
        """Fill in what is known of the item, and its history below."""
        _clear(self._room)
        self._room.addLayout(self._table(item, register, today or date(item_year(item), 1, 1)))
        if item.project:
            link = LinkRow("folder", item.project_name or "涉及项目", "打开项目")
            link.clicked.connect(lambda: self.project_wanted.emit(item.project))
            self._room.addWidget(link)
        if events:
            self._room.addSpacing(theme.current().px(4))
            self._room.addWidget(Separator())
            self._room.addWidget(Words("全过程", bold=True))
        for event in events:
            self._room.addWidget(_Happened(event))
        self._room.addStretch(1)

    def _offer(self, item: Item, scheme: Scheme, register: Register, level: str) -> None:
        """Show the acts that are this book's; say of the others whose they are."""
        open_ = item.state != "closed"
        ours = {
            "report": acts.may(scheme, level, "feedback", "feedback_on", "state"),
            "extend": acts.may(scheme, level, "extended_to"),
            "verify": acts.may(scheme, level, "verification"),
            "close": not closing.why_not(scheme, register, level),
            "change": acts.may(scheme, level, "matter"),
        }
        for act, button in self.buttons.items():
            button.setVisible(ours[act])
            button.setEnabled(open_ or act == "change")
        main = "close" if item.state == "done" and ours["close"] else "report"
        for act, button in self.buttons.items():
            button.set_primary(act == main and open_)
        others = "、".join(ACTS[act] for act in ("extend", "verify", "close") if not ours[act])
        said = "已经销号，不再办理。" if not open_ else ""
        if others and open_:
            above = "、".join(one.title for one in scheme.head.level if one.under is None)
            said = f"{others}由{above}办理，本级填写反馈。"
        self.why.setText(said)
        self.why.setVisible(bool(said))

    def _table(self, item: Item, register: Register, today: date) -> QGridLayout:
        now = theme.current()
        grid = QGridLayout()
        grid.setHorizontalSpacing(now.px(12))
        grid.setVerticalSpacing(now.px(5))
        grid.setColumnStretch(1, 1)
        for at, (title, said, role) in enumerate(_facts(item, register, today)):
            caption = Words(title, "small", "ink_soft")
            text = Passage(said, "body", role)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(caption, at, 0, top)
            grid.addWidget(text, at, 1, top)
        return grid


def item_year(item: Item) -> int:
    """The year whose dates are said without it."""
    day = item.issued_on or item.due
    return day.year if day else 1


def _facts(item: Item, register: Register, today: date) -> list[tuple[str, str, str]]:
    """Caption, words and ink of every line that says something."""

    def title(name: str, otherwise: str) -> str:
        return register.by_name[name].title if name in register.by_name else otherwise

    def day(one: date | None) -> str:
        return day_in_words(one, today.year) if one else ""

    people = "　".join(part for part in (item.department, item.person) if part)
    kind = "・".join(part for part in (item.sheet, item.source) if part)
    feedback = item.feedback
    if feedback and item.feedback_on:
        feedback = f"{feedback}（{day(item.feedback_on)}）"
    ink = {"must": "must", "explain": "explain"}.get(item.tone, "ink")
    lines = [
        ("承办单位", item.unit_name, "ink"),
        ("责任部门、责任人", people, "ink"),
        ("形式、来源", kind, "ink"),
        (title("issued_on", "交办日期"), day(item.issued_on), "ink"),
        (title("due", "办结时限"), limit_in_words(item, today), ink),
        (title("state", "状态"), item.state_title, "ink"),
        (
            title("feedback", "办理情况"),
            feedback or "还没有反馈",
            "ink" if feedback else "ink_faint",
        ),
        (title("verification", "现场核查情况"), item.verification, "ink"),
        (title("closed_on", "销号日期"), day(item.closed_on), "ink"),
        (title("remark", "备注"), item.remark, "ink"),
    ]
    return [line for line in lines if line[1]]


class _Happened(QWidget):
    """One act of the history."""

    def __init__(self, event: Event) -> None:
        super().__init__()
        now = theme.current()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, now.px(4), 0, now.px(2))
        column.setSpacing(now.px(2))
        head = QHBoxLayout()
        head.addWidget(Words(event.title, bold=True), 1)
        head.addWidget(Words(f"{event.who}　{event.when}".strip(), "small", "ink_soft", right=True))
        column.addLayout(head)
        for line in event.lines:
            column.addWidget(Passage(line, "small", "ink_soft"))


def _clear(room: QVBoxLayout) -> None:
    while (item := room.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.deleteLater()
        if isinstance(inner, QGridLayout):
            while (cell := inner.takeAt(0)) is not None:
                inside = cell.widget()
                if inside is not None:
                    inside.deleteLater()
            inner.deleteLater()
