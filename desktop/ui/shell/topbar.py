"""The bar above every page: whose book, which week, how long until it ends, the search."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy

from desktop.ledger import periods
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.parts import Chip, Words
from desktop.ui.parts.words import tip
from desktop.ui.shell.bar import Bar
from desktop.ui.shell.search import SearchBox
from desktop.ui.shell.weekpicker import WeekPicker

HEIGHT = 52
#: So much of the unit's name is always seen.
NAME = 190
WEEKDAYS = "一二三四五六日"


class TopBar(Bar):
    """Follows the desk's facts and week."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(HEIGHT)
        self.desk = desk
        self.unit = Words("", "big", bold=True)
        self.deadline = Words("", role="ink_soft")
        self.demonstration = Chip("演示数据", "explain")
        self.weeks, self.search = WeekPicker(desk), SearchBox(desk)
        self.deadline.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row = QHBoxLayout(self)
        row.setContentsMargins(20, 0, 20, 0)
        row.setSpacing(14)
        row.addWidget(self.unit)
        row.addWidget(self.demonstration)
        row.addWidget(self.weeks)
        row.addWidget(self.deadline, 2)
        row.addWidget(self.search, 1)
        desk.period_changed.connect(self.show_facts)
        desk.facts_changed.connect(self.show_facts)
        theme.notifier.changed.connect(self.show_facts)
        self.show_facts()

    def show_facts(self) -> None:
        """Whose book it is, and when the week ends."""
        facts = self.desk.facts
        self.unit.set_text(facts.unit_name)
        room = theme.current().px(NAME)  # A name of 200 characters is cut, an ordinary one never.
        self.unit.setMinimumWidth(min(self.unit.sizeHint().width(), room))
        self.unit.setToolTip(tip(f"{facts.unit_name}\n{facts.path}"))
        self.demonstration.setVisible(facts.demonstration)
        days = periods.week_range(
            periods.parse_period(self.desk.period), facts.scheme.week_last_day
        )
        self.deadline.set_text(deadline(*days, self.desk.today()))


def deadline(first: date, last: date, today: date) -> str:
    """How long it is until a week ends, for the week that runs; else only when it ends."""
    name = f"周{WEEKDAYS[last.weekday()]}"
    if first <= today < last:
        return f"{name}截止，还有 {(last - today).days} 天"
    if today == last:
        return f"{name}截止，就是今天"
    if today < first:
        return f"{last.month}月{last.day}日（{name}）截止"
    return f"已于{last.month}月{last.day}日（{name}）截止"
