"""What the page of a township and that of a district have in common."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from desktop.ledger import money
from desktop.ui.exchange.watching import StickWatch
from desktop.ui.exchange.words import stick_in_words
from desktop.ui.page import Landing, Page
from desktop.ui.week.look import Aim, Row
from desktop.ui.week.post import stick_row


class Watching(Page):
    """A page that knows which sticks are put in."""

    watch: StickWatch


class Level:
    """One level's part of 本周工作: what is seen (``view``) and what happens there."""

    view: QWidget

    def __init__(self, page: Watching) -> None:
        self.page, self.desk = page, page.desk

    def refresh(self) -> None:
        """Read the week anew."""
        raise NotImplementedError

    def first(self) -> QWidget:
        """Where the keyboard begins."""
        raise NotImplementedError

    def shown(self) -> None:
        """The page is seen again; what is remembered on this PC may have changed."""

    def sticks(self) -> list[Row]:
        """A line for each stick that is put in."""
        return [stick_row(stick_in_words(one)) for one in self.page.watch.sticks]

    def begin(self) -> None:
        """The first answer is shown: the keyboard, if it is here, begins where work is due."""
        held = QApplication.focusWidget()
        if held is not None and self.page.isAncestorOf(held):
            self.first().setFocus()

    def land(self, landing: Landing) -> None:
        """Go to a place of the page."""

    def go(self, aim: Aim) -> None:
        """Go where a line leads."""
        if aim.period:
            self.desk.set_period(aim.period)
        self.desk.go(
            aim.page,
            Landing(
                register=aim.register,
                record=aim.record,
                field=aim.field,
                subject=aim.subject,
                tab=aim.tab,
                text=aim.text,
            ),
        )

    @property
    def unit(self) -> money.Unit:
        """In which money is shown."""
        return self.desk.facts.scheme.head.money_unit
