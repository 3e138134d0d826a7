"""Packages coming in: looked at on a stick, in a folder or as files, then taken in.

Looking tries every package and takes all of it back, so that the person sees before what would
change. Both run in the worker and can be stopped; what was taken in by then is kept.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.exchange import packages, telling
from desktop.ui.exchange.banner import Banner
from desktop.ui.exchange.found import Found
from desktop.ui.exchange.looking import Looked, Place, look
from desktop.ui.exchange.words import after
from desktop.ui.parts import Empty
from desktop.ui.worker import Job, Progress

if TYPE_CHECKING:
    from desktop.exchange.sitting import Sitting

LOOK, TAKE = "查看数据包", "装入数据包"


class Incoming(QWidget):
    """The packages found and what each changes; its ``banner`` stands over the page.

    ``found`` tells that something else is to be seen here; ``settle_wanted`` leads to the
    conflicts.
    """

    found = Signal()
    settle_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.banner, self.list = Banner(), Found(desk, "找到的数据包")
        self.table, self.model, self.detail = self.list.table, self.list.model, self.list.detail
        self.empty, self.either = Empty(telling.UNSEEN, telling.HOW), QStackedWidget()
        self.place: Place | None = None
        self.sitting: Sitting | None = None
        self.dry = True
        self.waiting = 0
        self.aside: frozenset[str] = frozenset()
        self._files: tuple[Path, ...] = ()
        self._busy = ""
        self._next: Place | None = None
        self._gone: tuple[Path, str] | None = None  # pulled out while it was looked at
        self._arrange()
        self._connect()
        self.show_nothing()

    # What the page asks ----------------------------------------------------------------------

    def look_at(self, place: Place) -> None:
        """Look at another place; while one is looked at, the newest waits."""
        if self._busy:
            self._next = place
            return
        self.place = place
        self.look()

    def look(self) -> None:
        """Look (again) at the present place, or at what waits beside the book."""
        if self._busy:
            return
        paths = self.place.paths if self.place else ()
        self._busy = LOOK
        self.banner.say(telling.looking(self._name, roomy=self.banner.told.roomy))

        def run(book: Book, progress: Progress) -> Looked:
            return look(book, paths, progress)

        self.desk.work(self, LOOK, run, self._looked, failed=self._failed)

    def look_at_waiting(self) -> None:
        """Look at what waits beside the book alone."""
        if not self._busy:
            self.place = None
            self.look()

    def written(self) -> None:
        """Something was written, maybe where was looked: what lies there is counted anew."""
        if self.place is not None and self.dry:
            self.look()

    def taken_back(self) -> None:
        """A take-in was undone, or done again: what is said of its package holds no more."""
        if self.place is not None or (self.sitting is not None and self.dry):
            self.look()
        elif self.sitting is not None and not self._busy:
            self._clear()
            self.show_nothing()

    def take_in(self) -> None:
        """Take in exactly what was looked at."""
        if self._busy or self.sitting is None or not self.banner.take.isVisibleTo(self.banner):
            return
        files = self._files
        self._busy = TAKE

        def run(book: Book, progress: Progress) -> Sitting:
            from desktop.exchange import sitting

            return sitting.take_in(book, files, progress)

        self.desk.work(self, TAKE, run, self._taken, failed=self._failed)

    def default(self) -> None:
        """What Enter does: the step that is due."""
        self.banner.first().click()

    def pulled_out(self, stick: Path, name: str) -> None:
        """A stick is gone; what was on it cannot be taken in any more."""
        if self._next is not None and self._next.stick == stick:
            self._next = None
        if self.place is None or self.place.stick != stick:
            return
        if self._busy:
            self._gone = (stick, name)
        elif self.dry or self.sitting is None:
            self.place = None
            self._clear()
            self.show_nothing(f"{after(name, '已拔出')}。")
        else:
            self.place = None
            self.banner.say(telling.pulled_out(self.banner.told, name, self.waiting))
            self.found.emit()

    def show_waiting(self, waiting: int) -> None:
        """So many packages wait beside the book; a look tells of those too."""
        other, self.waiting = waiting != self.waiting, waiting
        if other and self.sitting is not None and self.dry:
            self.look()
        if self._busy or self.place is not None:
            return
        if self.sitting is None:
            self.show_nothing()
        elif not self.dry:
            self.banner.say(telling.without_stick(self.banner.told, waiting))

    def show_nothing(self, said: str = "") -> None:
        """No stick: how to begin."""
        self.empty.set_text(telling.UNSEEN, telling.HOW)
        self.banner.say(telling.idle(self.waiting, said))

    @property
    def _name(self) -> str:
        """The present place as people call it, "" without one."""
        return self.place.name if self.place is not None else ""

    def least(self) -> int:
        """Lower than this the page scrolls, in pixels; 0 where nothing is listed."""
        return self.list.least() if self.model.table.rows else 0

    # Answers ---------------------------------------------------------------------------------

    def _looked(self, looked: Looked) -> None:
        if self._follow():
            return
        before = self.list.chosen()
        self.dry, self._files, self.aside = True, looked.files, looked.aside
        self._show(looked.sitting, looked.troubles)
        count = packages.tally(looked.sitting, looked.held)
        if looked.sitting.stopped is not None:
            self._say_stopped(looked.sitting.stopped)
        else:
            self.empty.set_text(telling.NOTHING, telling.WHAT)
            self.banner.say(telling.looked(count, self._name, looked.entries))
            self.list.choose_first(before.digest if before is not None else "")
        self._end()

    def _taken(self, sitting: Sitting) -> None:
        self._busy = ""
        self.dry = False
        self._show(sitting, sitting.troubles)
        count = packages.tally(sitting)
        if sitting.stopped is not None:
            self._say_stopped(sitting.stopped, count.good)
        else:
            stick = self._name if self.place and self.place.stick else ""
            self.banner.say(telling.taken(count, stick, secured=sitting.backup is not None))
            self.desk.say(packages.summary(count, "", dry=False))
        # What came meanwhile is looked at when the person has read this.
        self.place, self._next = self._next or self.place, None
        self.list.choose_first()
        self._end()

    def _failed(self, error: OneLedgerError) -> None:
        if not self._follow():
            self._say_stopped(error)
            self._end()

    def _say_stopped(self, error: OneLedgerError, done: int = 0) -> None:
        if error.name in self.desk.messages.known:
            self.desk.warn(error)  # The window knows a way out: to enter the recovery code …
        self.banner.say(telling.stopped(error, done))

    def _over(self, job: Job) -> None:
        """The person has stopped it: say how things stand."""
        if not job.progress.cancelled or job.title != self._busy:
            return
        taking = self._busy == TAKE
        self._clear()
        if not self._follow():
            self.banner.say(telling.cancelled(taking=taking))
            self._end()

    def _follow(self) -> bool:
        """It is over; True when another place was waiting, which is looked at now."""
        self._busy = ""
        following, self._next = self._next, None
        if following is not None:
            self._gone = None
            self.look_at(following)
        return following is not None

    def _end(self) -> None:
        """Everybody hears what is to be seen now; a stick that went meanwhile is gone."""
        self.found.emit()
        gone, self._gone = self._gone, None
        if gone is not None:
            self.pulled_out(*gone)

    # Showing ---------------------------------------------------------------------------------

    def _show(self, sitting: Sitting, troubles: tuple[str, ...]) -> None:
        self.sitting = sitting
        self.list.show_sitting(sitting, dry=self.dry, aside=self.aside, troubles=troubles)
        self.either.setCurrentIndex(1 if self.model.table.rows else 0)

    def _clear(self) -> None:
        """Nothing is listed."""
        self.sitting = None
        self.list.show_sitting(None)
        self.either.setCurrentIndex(0)
        self.found.emit()

    def _only_look(self) -> None:
        """只看不装: into the table, or look (again) where there is nothing to see."""
        if self.sitting is not None and self.dry and self.banner.take.isVisibleTo(self.banner):
            stick = self.place is not None and self.place.stick is not None
            out = f"，{after(self._name, '可以随时拔出')}" if stick else ""
            self.desk.say(f"只看不装：账本没有改动{out}")
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.look()

    def _arrange(self) -> None:
        self.either.addWidget(self.empty)
        self.either.addWidget(self.list)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.either)

    def _connect(self) -> None:
        self.banner.look_wanted.connect(self._only_look)
        self.banner.take_wanted.connect(self.take_in)
        self.banner.settle_wanted.connect(self.settle_wanted)
        self.desk.worked.connect(self._over)
