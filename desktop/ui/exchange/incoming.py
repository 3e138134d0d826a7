"""Packages coming in: looked at on a stick, in a folder or as files, then taken in.

Looking tries every package and takes all of it back, so that the person sees before what would
change. Both run in the worker and can be stopped; what was taken in by then is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import packages, telling
from desktop.ui.exchange.banner import Banner
from desktop.ui.exchange.detail import Detail
from desktop.ui.exchange.looking import Looked, Place, look
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.exchange.words import after
from desktop.ui.parts import Empty, Passage
from desktop.ui.project.reading import Table
from desktop.ui.project.table_view import TableModel
from desktop.ui.worker import Job, Progress

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result, Sitting

LOOK, TAKE = "查看数据包", "装入数据包"
#: So many places that could not be read are named below the table.
TOLD = 3


class PackageTable(PlainTable):
    """The packages; Enter belongs to the page, which takes in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class Incoming(QWidget):
    """The packages found and what each changes; its ``banner`` stands over the page.

    ``found`` tells that there is something to see here; ``settle_wanted`` leads to the conflicts.
    """

    found = Signal()
    settle_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.banner, self.detail = Banner(), Detail()
        self.empty = Empty(telling.UNSEEN, telling.HOW)
        self.model = TableModel(self)
        self.table = PackageTable(self.model)
        self.table.setAccessibleName("找到的数据包")
        self.troubles, self.either = Passage("", "small", "explain"), QStackedWidget()
        self.place: Place | None = None
        self.sitting: Sitting | None = None
        self.dry = True
        self.waiting = 0
        self._files: tuple[Path, ...] = ()
        self._busy = ""
        self._next: Place | None = None
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
        self.banner.say(telling.looking(self._name))

        def run(book: Book, progress: Progress) -> Looked:
            return look(book, paths, progress)

        self.desk.work(self, LOOK, run, self._looked, failed=self._failed)

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
        if self.place is None or self.place.stick != stick or self._busy:
            return
        if self.dry or self.sitting is None:
            self.place = self.sitting = None
            self._show_rows()
            self.show_nothing(f"{after(name, '已拔出')}。")
        else:
            self.place = None
            self.banner.say(telling.pulled_out(self.banner.told, name, self.waiting))

    def show_waiting(self, waiting: int) -> None:
        """So many packages wait beside the book."""
        self.waiting = waiting
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

    def chosen(self) -> Result | None:
        """The package whose row is chosen."""
        key = self.table.chosen()
        return self.sitting.results[int(key)] if self.sitting is not None and key else None

    # Answers ---------------------------------------------------------------------------------

    def _looked(self, looked: Looked) -> None:
        if self._follow():
            return
        self.dry, self._files = True, looked.files
        self._show(looked.sitting, looked.troubles)
        count = packages.tally(looked.sitting, looked.held)
        if looked.sitting.stopped is not None:
            self._say_stopped(looked.sitting.stopped)
            return
        self.empty.set_text(telling.NOTHING, telling.WHAT)
        self.banner.say(telling.looked(count, self._name, looked.entries))
        self.found.emit()
        self._choose_first()

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
        self.found.emit()
        self._choose_first()

    def _failed(self, error: OneLedgerError) -> None:
        if not self._follow():
            self._say_stopped(error)

    def _say_stopped(self, error: OneLedgerError, done: int = 0) -> None:
        if error.name in self.desk.messages.known:
            self.desk.warn(error)  # The window knows a way out: to enter the recovery code …
        self.banner.say(telling.stopped(error, done))

    def _over(self, job: Job) -> None:
        """The person has stopped it: say how things stand."""
        if not job.progress.cancelled or job.title != self._busy:
            return
        taking = self._busy == TAKE
        self.sitting = None
        self._show_rows()
        if not self._follow():
            self.banner.say(telling.cancelled(taking=taking))

    def _follow(self) -> bool:
        """It is over; True when another place was waiting, which is looked at now."""
        self._busy = ""
        following, self._next = self._next, None
        if following is not None:
            self.look_at(following)
        return following is not None

    # Showing ---------------------------------------------------------------------------------

    def _show(self, sitting: Sitting, troubles: Sequence[str]) -> None:
        self.sitting = sitting
        self._show_rows()
        more = f"\n另有 {len(troubles) - TOLD} 处没有读。" if len(troubles) > TOLD else ""
        self.troubles.setText("\n".join(troubles[:TOLD]) + more)
        self.troubles.setVisible(bool(troubles))

    def _show_rows(self) -> None:
        nothing = Table(packages.COLUMNS, (), ())
        ranks = {unit.record: at for at, unit in enumerate(self.desk.facts.units)}
        found = nothing
        if self.sitting is not None:
            found = packages.table(self.sitting, dry=self.dry, ranks=ranks)
        self.model.show(found)
        self.troubles.setVisible(False)
        self.either.setCurrentIndex(1 if found.rows else 0)
        self._tell_chosen()

    def _choose_first(self) -> None:
        """The first package; after taking in, one that went wrong before the others."""
        keys = self.model.table.keys
        if self.sitting is None or not keys:
            return
        bad = (key for key in keys if self.sitting.results[int(key)].outcome == "已隔离")
        self.table.choose(keys[0] if self.dry else next(bad, keys[0]))

    def _tell_chosen(self) -> None:
        self.detail.show_result(self.chosen(), dry=self.dry)

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
        now = theme.current()
        above = QWidget()
        column = QVBoxLayout(above)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(now.px(6))
        column.addWidget(self.table, 1)
        column.addWidget(self.troubles)
        halves = QSplitter(Qt.Orientation.Vertical)
        halves.setChildrenCollapsible(False)
        halves.setHandleWidth(now.gap)
        halves.addWidget(above)
        halves.addWidget(self.detail)
        halves.setSizes([300, 260])
        self.either.addWidget(self.empty)
        self.either.addWidget(halves)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.either)

    def _connect(self) -> None:
        self.banner.look_wanted.connect(self._only_look)
        self.banner.take_wanted.connect(self.take_in)
        self.banner.settle_wanted.connect(self.settle_wanted)
        selection = self.table.selectionModel()
        selection.currentRowChanged.connect(lambda *_: self._tell_chosen())
        self.desk.worked.connect(self._over)
