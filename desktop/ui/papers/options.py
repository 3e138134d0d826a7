"""The choices of the paper that is shown: an option is there when its maker can do it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QLabel, QSpinBox, QWidget

from desktop.ledger import periods
from desktop.ui import theme
from desktop.ui.facts import Facts
from desktop.ui.papers.catalogue import Offer
from desktop.ui.papers.choice import HEADS, SECTIONS, SIZES, Choice


class Options(QWidget):
    """Shows an offer's choice and emits another one when the person chose."""

    chosen = Signal(object)  # Choice

    def __init__(self, facts: Facts) -> None:
        super().__init__()
        self._facts = facts
        self._choice = Choice()
        self._asked = False
        self._form = QFormLayout(self)
        self.week, self.period = QLabel(), QComboBox()
        self.head, self.issue = QComboBox(), QSpinBox()
        self.sheet, self.sections = QComboBox(), QComboBox()
        self._arrange()

    def show_choice(self, offer: Offer, choice: Choice, facts: Facts) -> None:
        """Show what is chosen for ``offer``, without a word."""
        self._choice, self._facts, self._asked = choice, facts, False
        by_week = offer.is_report or (offer.shape == "ledger" and offer.weekly)
        if by_week:
            title, _, days = facts.week(choice.period).rstrip("）").partition("（")
            self.week.setText(f"{title}\n{days}")
        self._see(self.week, by_week)
        self._see(self.period, offer.shape == "ledger" and not offer.weekly)
        titles = [(one, periods.parse_period(one).title) for one in offer.periods]
        _offer(self.period, [*titles, ("", "全部期次")], choice.period)
        _offer(self.head, HEADS, self._red())
        self._see(self.head, offer.is_report)
        self._see(self.issue, offer.is_report and self._red())
        if offer.is_report:
            week = periods.parse_period(choice.period).number
            self.issue.setRange(1, 999)
            self.issue.setValue(week + choice.later)
        _offer(self.sheet, [SIZES[0], *(SIZES[1:3] if offer.is_report else SIZES[1:])], choice.size)
        label = self._form.labelForField(self.sheet)
        if isinstance(label, QLabel):
            label.setText("附表纸张" if offer.is_report else "纸张")
        kinds = self._kinds(offer)
        _offer(self.sections, kinds, choice.sections or kinds[0][0])
        self._see(self.sections, not offer.is_report and len(kinds) > 1)
        self._asked = True

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
        for words, field in (
            ("期次", self.week),
            ("期次", self.period),
            ("版头", self.head),
            ("期号", self.issue),
            ("纸张", self.sheet),
            ("分组", self.sections),
        ):
            self._form.addRow(words, field)
            field.setAccessibleName(words)
            self._see(field, False)  # until it is known which paper is shown
        self.period.activated.connect(lambda: self._tell(period=self.period.currentData()))
        self.head.activated.connect(self._headed)
        self.sheet.activated.connect(lambda: self._tell(size=self.sheet.currentData()))
        self.sections.activated.connect(lambda: self._tell(sections=self.sections.currentData()))
        self.issue.valueChanged.connect(self._number)

    def _headed(self) -> None:
        """What the maker would decide anyway is left to it, also in other books."""
        red = bool(self.head.currentData())
        decided = red != self._facts.reports
        self._tell(red_head=None if decided else red)

    def _number(self, number: int) -> None:
        if self._asked:
            week = periods.parse_period(self._choice.period).number
            self._tell(later=number - week)

    def _tell(self, **changed: Any) -> None:
        self._choice = msgspec.structs.replace(self._choice, **changed)
        self._see(self.issue, not self.head.isHidden() and self._red())
        self.chosen.emit(self._choice)

    def _see(self, field: QWidget, seen: bool) -> None:
        self._form.setRowVisible(field, seen)


def _offer(box: QComboBox, choices: Sequence[tuple[Any, str]], chosen: Any) -> None:
    box.clear()
    for value, words in choices:
        box.addItem(words, value)
    box.setCurrentIndex(next((at for at, (value, _) in enumerate(choices) if value == chosen), 0))
