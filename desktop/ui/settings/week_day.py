"""每周截止日: from the scheme; the district may change it, a township sees it."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox

from desktop.errors import OneLedgerError
from desktop.ledger import backups
from desktop.ledger.scheming import update_scheme
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, Passage
from desktop.ui.settings.copies import WEEK_DAY
from desktop.ui.settings.section import Section, hint, row
from desktop.ui.settings.week_change import TITLES, consequences, with_last_day
from desktop.ui.worker import Progress


class WeekDaySection(Section):
    """Asks before it writes, and says what it means. Undo does not reach it: change it back."""

    name, title, icon = "week", "每周截止日", "calendar"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.now, self.source = Passage(size="big"), hint("")
        self.days = QComboBox()
        self.days.addItems(TITLES)
        self.days.setAccessibleName("每周截止日")
        self.change = Button("更改")
        self.meaning = hint("")
        self.column.addWidget(self.now)
        self.column.addWidget(self.source)
        self.column.addWidget(row(self.days, self.change))
        self.column.addWidget(self.meaning)
        self.days.currentIndexChanged.connect(self._weigh)
        self.change.clicked.connect(self._change)
        self._period = ""

    @property
    def may_change(self) -> bool:
        """Whether this unit's level fills the scheme."""
        register = self.desk.facts.scheme.registers["scheme"]
        return self.desk.facts.level in register.filled_by

    def refresh(self) -> None:
        facts = self.desk.facts
        self._period = self.desk.period
        self.now.setText(
            f"每周到{TITLES[facts.scheme.week_last_day]}截止，{facts.week(self._period)}"
        )
        district = next(
            (level.title for level in facts.scheme.head.level if level.name == "district"), "区县"
        )
        may = self.may_change
        self.source.setText(
            "全区县统一的截止日，改了以后随任务下发。"
            if may
            else f"由{district}统一确定，随任务下发。"
        )
        self.days.setCurrentIndex(facts.scheme.week_last_day)
        for widget in (self.days, self.change, self.meaning):
            widget.setVisible(may)
        self._weigh()

    def _weigh(self) -> None:
        """Say what the chosen day would mean."""
        scheme, day = self.desk.facts.scheme, self.days.currentIndex()
        other = day != scheme.week_last_day
        self.change.setEnabled(other)
        said = consequences(scheme, day, self._period) if other and self._period else ()
        self.meaning.setText("\n".join(f"· {sentence}" for sentence in said))

    def _change(self) -> None:
        desk, day = self.desk, self.days.currentIndex()
        scheme = desk.facts.scheme
        said = "\n".join(consequences(scheme, day, self._period))
        if not desk.confirm(f"把每周截止日改为{TITLES[day]}吗？", said, "更改"):
            return
        try:
            changed = with_last_day(scheme, day)
        except OneLedgerError as error:
            desk.warn(error)
            return

        def run(book: Book, progress: Progress) -> None:
            backups.before(book, WEEK_DAY, progress)
            update_scheme(book, changed)

        def then(_done: None) -> None:
            desk.say(f"每周截止日已改为{TITLES[day]}")
            self.refresh()

        desk.work(self, "更改每周截止日", run, then)
