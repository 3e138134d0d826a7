"""The choices of the paper that is shown: an option is there when its maker can do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from desktop.ledger import periods
from desktop.ledger.definitions import Register
from desktop.reports.kinds import Kind
from desktop.ui import theme
from desktop.ui.facts import Facts
from desktop.ui.papers.catalogue import Offer
from desktop.ui.papers.choice import HEADS, SECTIONS, SIZES, Choice
from desktop.ui.papers.subject_line import SubjectLine
from desktop.ui.parts import Button

_SUBJECTS = {"project": "项目", "letter": "函件", "supervision": "督办", "meeting": "会议"}


class Options(QWidget):
    """Shows an offer's choice and emits another one when the person chose."""

    chosen = Signal(object)  # Choice
    edit_wanted = Signal(bool)  # the record that the paper is made from: True for a new one
    matters_wanted = Signal(str)  # the list of what hangs under that record

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts
        self._choice = Choice()
        self._asked = False
        self._printed = ""
        self._form = QFormLayout(self)
        self.week, self.period = QLabel(), QComboBox()
        self.subject, self.changed = SubjectLine(), QCheckBox("只印上次打印后有变动的行")
        self.edit, self.new = Button("修改…", icon="pencil"), Button("新增…", icon="plus")
        self.matters = Button("", icon="list-checks")
        self.record = QWidget()
        self.head, self.issue = QComboBox(), QSpinBox()
        self.sheet, self.sections = QComboBox(), QComboBox()
        self._arrange()

    def show_choice(self, offer: Offer, choice: Choice, facts: Facts, printed: str = "") -> None:
        """Show what is chosen for ``offer``, without a word; ``printed`` is its last code."""
        self._choice, self._facts, self._asked = choice, facts, False
        self._printed = choice.since or printed
        kind = offer.kind
        by_week = offer.weekly and offer.shape in ("", "ledger")
        if by_week:
            title, _, days = facts.week(choice.period).rstrip("）").partition("（")
            self.week.setText(f"{title}\n{days}")
        self._see(self.week, by_week)
        titles = [(one, periods.parse_period(one).title) for one in offer.periods]
        every = [] if kind else [("", "全部期次")]
        _offer(self.period, [*titles, *every], choice.period)
        self._see(self.period, bool(offer.periods) or (offer.shape == "ledger" and not by_week))
        self._subject_of(offer, choice)
        _offer(self.head, HEADS, self._red())
        headed = kind is not None and kind.red_head
        self._see(self.head, headed)
        self._see(self.issue, self._numbered())
        if kind is not None and kind.issue and choice.period:
            self.issue.setRange(min(choice.first, 1), 999)
            self.issue.setValue(choice.first + choice.later)
        self._sheets(offer, choice)
        kinds = self._kinds(offer)
        _offer(self.sections, kinds, choice.sections or kinds[0][0])
        self._see(self.sections, kind is None and len(kinds) > 1)
        self.changed.setChecked(bool(choice.since))
        self._see(self.changed, kind is None and bool(self._printed))
        self._asked = True

    def _subject_of(self, offer: Offer, choice: Choice) -> None:
        kind = offer.kind
        there = kind is not None and bool(kind.subject)
        self.subject.show_subjects(offer.subjects, choice.subject)
        if kind is not None and there:
            words = _SUBJECTS.get(kind.subject, kind.title)
            self._name(self.subject, words)
        self._see(self.subject, there and bool(offer.subjects))
        filled_here = kind is not None and kind.subject in ("letter", "meeting")
        self._see(self.record, filled_here and not self._facts.reports)
        self.edit.setVisible(bool(offer.subjects))
        below = self._below(kind)
        if below is not None:
            self.matters.setText(f"填{below.title}")
        self._see(self.matters, below is not None and bool(offer.subjects))

    def _below(self, kind: Kind | None) -> Register | None:
        """The list under the record that says the most of the paper: a meeting's matters."""
        if kind is None or not kind.subject:
            return None
        found = (self._facts.scheme.register(name) for name in kind.registers)
        return next((one for one in found if one.of == kind.subject), None)

    def _sheets(self, offer: Offer, choice: Choice) -> None:
        kind = offer.kind
        if kind is None:
            known: list[tuple[str, str]] = list(SIZES)
        elif kind.red_head:  # the ledgers at its end
            known = [SIZES[0], *((size, f"{size} 横向") for size in kind.sizes)]
        else:
            known = [(size, size) for size in kind.sizes]
        _offer(self.sheet, known, choice.size or (known[0][0] if known else ""))
        self._name(self.sheet, "附表纸张" if kind is not None and kind.red_head else "纸张")
        self._see(self.sheet, bool(known))

    def empty(self) -> bool:
        """Whether there is nothing to choose."""
        return not any(self._form.isRowVisible(row) for row in range(self._form.rowCount()))

    def _name(self, field: QWidget, words: str) -> None:
        label = self._form.labelForField(field)
        if isinstance(label, QLabel):
            label.setText(words)
        field.setAccessibleName(words)

    def _numbered(self) -> bool:
        """Whether the paper's number may be chosen: a red head has one, a plain title none."""
        kind = self._choice.kind
        if kind is None or not kind.issue or not self._choice.period:
            return False
        return self._red() if kind.red_head else True

    def _red(self) -> bool:
        """Whether the report has a red head: as chosen, else as its maker decides."""
        red = self._choice.red_head
        return not self._facts.reports if red is None else red

    def _kinds(self, offer: Offer) -> list[tuple[str, str]]:
        """By what the ledger can be cut, as its maker does when it is left to it first."""
        by_unit, by_level = offer.by_unit and not self._facts.reports, offer.by_level
        found = ["unit"] * by_unit + ["level"] * by_level + ["unit level"] * (by_unit and by_level)
        return [(key, SECTIONS[key][1]) for key in (*found, "none")]

    def _arrange(self) -> None:
        now = theme.current()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(now.gap)
        self._form.setVerticalSpacing(now.px(8))
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self.week.setWordWrap(True)
        self.issue.setPrefix("第 ")
        self.issue.setSuffix(" 期")
        self.issue.setSpecialValueText("留空手填")
        for words, field in (
            ("期次", self.week),
            ("期次", self.period),
            ("对象", self.subject),
            ("", self.record),
            ("", self.matters),
            ("版头", self.head),
            ("期号", self.issue),
            ("纸张", self.sheet),
            ("分组", self.sections),
        ):
            self._form.addRow(words, field)
            field.setAccessibleName(words)
            self._see(field, False)  # until it is known which paper is shown
        self.matters.clicked.connect(self._list_matters)
        row = QHBoxLayout(self.record)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(now.px(6))
        for button, new in ((self.edit, False), (self.new, True)):
            row.addWidget(button)
            button.clicked.connect(lambda _=False, new=new: self.edit_wanted.emit(new))
        row.addStretch(1)
        self.changed.setToolTip("以本机上次打印或保存这张表时为准")
        self._form.addRow(self.changed)
        self._see(self.changed, False)
        self.changed.clicked.connect(lambda on: self._tell(since=self._printed if on else ""))
        self.subject.chosen.connect(lambda record: self._tell(subject=record))
        self.period.activated.connect(lambda: self._tell(period=self.period.currentData()))
        self.head.activated.connect(self._headed)
        self.sheet.activated.connect(lambda: self._tell(size=self.sheet.currentData()))
        self.sections.activated.connect(lambda: self._tell(sections=self.sections.currentData()))
        self.issue.valueChanged.connect(self._number)

    def _list_matters(self) -> None:
        below = self._below(self._choice.kind)
        if below is not None:
            self.matters_wanted.emit(below.name)

    def _headed(self) -> None:
        """What the maker would decide anyway is left to it, also in other books."""
        red = bool(self.head.currentData())
        decided = red != self._facts.reports
        self._tell(red_head=None if decided else red)

    def _number(self, number: int) -> None:
        if self._asked:
            self._tell(later=number - self._choice.first)

    def _tell(self, **changed: Any) -> None:
        self._choice = msgspec.structs.replace(self._choice, **changed)
        self._see(self.issue, self._numbered())
        self.chosen.emit(self._choice)

    def _see(self, field: QWidget, seen: bool) -> None:
        self._form.setRowVisible(field, seen)


def _offer(box: QComboBox, choices: Sequence[tuple[Any, str]], chosen: Any) -> None:
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(next((at for at, (value, _) in enumerate(choices) if value == chosen), 0))
