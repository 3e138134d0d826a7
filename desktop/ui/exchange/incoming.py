"""Packages coming in: looked at on a stick, in a folder or as files, then taken in.

Looking tries every package and takes all of it back, so that the person sees before what would
change. Both run in the worker and can be stopped; what was taken in by then is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import packages
from desktop.ui.exchange.banner import Banner, Told
from desktop.ui.exchange.detail import Detail
from desktop.ui.exchange.looking import Looked, Place, look
from desktop.ui.exchange.packages import Tally
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.exchange.words import after
from desktop.ui.parts import Empty, Passage
from desktop.ui.project.reading import Table
from desktop.ui.project.table_view import TableModel
from desktop.ui.worker import Job, Progress

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result, Sitting

HOW = (
    "插上U盘，上面的数据包自动列在这里：先逐个核对、试装，看清每个包改了什么，再装入。\n"
    "装入前自动备份；装错了，可以在“收到的包”里整个撤销。"
)
NONE = "数据包的扩展名是 .yzp；改过名字、放在子文件夹里的也能找到。"
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
        self.empty = Empty("还没有看过数据包", HOW)
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
        self._begin(LOOK)
        name = self.place.name if self.place else "待处理的包"
        self.banner.say(Told(f"正在查看{name}……"))

        def run(book: Book, progress: Progress) -> Looked:
            return look(book, paths, progress)

        self.desk.work(self, LOOK, run, self._looked, failed=self._failed)

    def take_in(self) -> None:
        """Take in exactly what was looked at."""
        if self._busy or self.sitting is None or not self.banner.take.isVisibleTo(self.banner):
            return
        files = self._files
        self._begin(TAKE)

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
            self.show_nothing(after(name, "已拔出。"))
        else:
            self.place = None
            told = self.banner.told
            self.banner.say(Told(told.title, after(name, "已拔出。"), told.tone, apart=told.apart))
            self._offer_waiting()

    def show_waiting(self, waiting: int) -> None:
        """So many packages wait beside the book."""
        self.waiting = waiting
        if self._busy or self.place is not None:
            return
        if self.sitting is None:
            self.show_nothing()
        elif not self.dry:
            self._offer_waiting()

    def _offer_waiting(self) -> None:
        """Without a stick, what waits beside the book can be tried again."""
        words = f"看待处理的 {self.waiting} 个" if self.waiting else ""
        self.banner.say(replace(self.banner.told, look=words, take=""))

    def show_nothing(self, said: str = "") -> None:
        """No stick: how to begin."""
        held = f"另有 {self.waiting} 个包待处理，条件具备后会自动装入。" if self.waiting else ""
        how = "插上U盘即自动查看；也可以选文件夹、选文件，或把文件拖到这里。"
        self.empty.set_text("还没有看过数据包", HOW)
        self.banner.say(
            Told(
                said or "没有插U盘",
                held or how,
                look=f"看待处理的 {self.waiting} 个" if self.waiting else "",
                roomy=True,
            )
        )

    def chosen(self) -> Result | None:
        """The package whose row is chosen."""
        key = self.table.chosen()
        return self.sitting.results[int(key)] if self.sitting is not None and key else None

    # Answers ---------------------------------------------------------------------------------

    def _looked(self, looked: Looked) -> None:
        self._end()
        self.dry, self._files = True, looked.files
        self._show(looked.sitting, looked.troubles)
        count = packages.tally(looked.sitting, looked.held)
        name = self.place.name if self.place else ""
        title = packages.summary(count, name, dry=True)
        if looked.sitting.stopped is not None:
            self._say_stopped(looked.sitting.stopped)
        elif not count.all:
            self.empty.set_text("没有找到数据包", NONE)
            seen = f"看了 {looked.entries} 个文件和文件夹。" if looked.entries else ""
            self.banner.say(Told(title, seen, look="重新查看", roomy=True))
        else:
            note = "已逐个核对签名、单位、编号并试装；还没有装入，账本没有改动。"
            take = packages.verb(count)
            self.banner.say(Told(title, note, look="只看不装" if take else "重新查看", take=take))
            self.found.emit()
            self._choose_first()

    def _taken(self, sitting: Sitting) -> None:
        self._end()
        self.dry = False
        self._show(sitting, sitting.troubles)
        count = packages.tally(sitting)
        if sitting.stopped is not None:
            self._say_stopped(sitting.stopped, count)
        else:
            kept = "装入前已自动备份。" if sitting.backup is not None else ""
            out = after(self.place.name, "可以拔出。") if self.place and self.place.stick else ""
            calm = not (count.refused or count.waiting or count.conflicts)
            tone = "good" if calm and count.good else "explain"
            title = f"{packages.summary(count, '', dry=False)}。"
            told = Told(title, kept + out, tone, look="再看一遍", apart=count.conflicts)
            self.banner.say(told)
            self.desk.say(packages.summary(count, "", dry=False))
        self.found.emit()
        self._choose_first()

    def _failed(self, error: OneLedgerError) -> None:
        self._end()
        self.banner.say(Told(error.sentence, error.advice, "must", look="重新查看"))

    def _say_stopped(self, error: OneLedgerError, count: Tally | None = None) -> None:
        """Something is wrong on this PC: what is in is in, the rest was not touched."""
        done = f"已经装入的 {count.good} 个包都已保存，其余没有动。" if count and count.good else ""
        self.banner.say(Told(error.sentence, error.advice + done, "must", look="重新查看"))

    def _over(self, job: Job) -> None:
        """The person has stopped it: say how things stand."""
        if not job.progress.cancelled or job.title != self._busy:
            return
        taking = self._busy == TAKE
        self._end()
        said = "已经装入的包都已保存，其余的没有动。" if taking else "账本没有改动。"
        title = "已停止装入" if taking else "已停止查看"
        self.sitting = None
        self._show_rows()
        self.banner.say(Told(title, said, look="重新查看", roomy=True))

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
            out = (
                f"，{after(self.place.name, '可以随时拔出')}"
                if self.place and self.place.stick
                else ""
            )
            self.desk.say(f"只看不装：账本没有改动{out}")
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.look()

    def _begin(self, title: str) -> None:
        self._busy = title

    def _end(self) -> None:
        self._busy = ""
        if self._next is not None:
            following, self._next = self._next, None
            self.look_at(following)

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
