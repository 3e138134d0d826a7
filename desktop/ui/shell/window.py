"""The window: menu, bars, pages; where one is, and the way back to it after the next start."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.messages import UNSAVED, Warned
from desktop.ui.page import Landing, Page
from desktop.ui.shell import keys
from desktop.ui.shell.banner import Banner
from desktop.ui.shell.busy import Busy
from desktop.ui.shell.counting import Counting
from desktop.ui.shell.dropping import WorkbookDrop
from desktop.ui.shell.menu import entry
from desktop.ui.shell.overlay import Overlay
from desktop.ui.shell.question import ask
from desktop.ui.shell.sidebar import Sidebar
from desktop.ui.shell.statusline import StatusLine
from desktop.ui.shell.topbar import TopBar
from desktop.ui.shell.whereabouts import Whereabouts

if TYPE_CHECKING:
    from desktop.ui.help.window import HelpWindow
    from desktop.ui.shell.keeper import Keeper

#: Places are kept at least so often, in milliseconds.
KEEP = 3_000
#: So long after the start the first look at the backups is taken.
QUIET = 2_000
SMALLEST = (1100, 640)


class MainWindow(QMainWindow):
    """One open book. Pages are made when first shown, and refreshed when they are seen stale."""

    closed = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.pages: dict[str, Page] = {}
        self.current: Page | None = None
        self.help: HelpWindow | None = None
        self._stale: set[str] = set()
        self._ended = self._leaving = False
        self.sidebar, self.top, self.banner = Sidebar(), TopBar(desk), Banner()
        self.stack, self.status = QStackedWidget(), StatusLine()
        self._arrange()
        self.overlay, self.counting = Overlay(self.stack), Counting(desk, self.sidebar)
        self.keeper: Keeper | None = None
        self.drop, self.whereabouts = WorkbookDrop(desk, self), Whereabouts(desk)
        self._connect()
        self._keys()
        self.show_title()

    # Pages -----------------------------------------------------------------------------------

    def show_page(self, name: str, landing: Landing | None = None) -> bool:
        """Show a page, and land on it; False when the present one keeps the person."""
        name = entry(name).name
        if self.current is not None and self.current.name != name:
            if not self._left():
                return False
            self.banner.dismiss()
        page = self.pages.get(name) or self._made(name)
        self.current = page
        self.stack.setCurrentWidget(page)
        self.sidebar.show_current(name)
        self.status.show_hints(page.hints)
        self.show_title()
        self._refresh(page)
        if landing is not None:
            page.land(landing)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def return_to(self) -> None:
        """Show the page on which this book was left."""
        self.show_page(self.whereabouts.page())

    def enter_search(self) -> None:
        """Ctrl+F where a page has no search of its own."""
        self.top.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.top.search.selectAll()

    def keep_place(self) -> None:
        """Remember page, place and size."""
        self.whereabouts.keep(self.current, self.saveGeometry())

    def show_title(self) -> None:
        """Book and page in the title of the window."""
        page = f"{self.current.title} — " if self.current is not None else ""
        self.setWindowTitle(f"{page}{self.desk.facts.unit_name} — 一本账")

    def _made(self, name: str) -> Page:
        page = entry(name).make(self.desk)
        self.pages[name] = page
        self.stack.addWidget(page)
        self._stale.add(name)
        place = self.whereabouts.place(name)
        if place is not None:
            page.return_to(place)
        return page

    def _left(self, *, closing: bool = False) -> bool:
        """Whether the person may go: what was typed is written, and the place is kept.

        A fault of ours on the way is told and keeps the person once, not for ever.
        """
        if self._leaving:
            self._leaving = False
            return True
        self._leaving = True
        done = self.current is None or self.current.leave()
        if done and closing:
            done = all(page.may_end() for page in self.pages.values()) and self._written()
        if done:
            self.keep_place()
        self._leaving = False
        return done

    def _written(self) -> bool:
        """Whether everything is on the disk, or the person gives up what is not."""
        self.overlay.stop()
        if self.keeper is not None:
            self.keeper.call_off()
        return self.desk.finish() or self.desk.confirm(
            "最后填写的内容没有保存。",
            "取消后可以看原因、改正再关闭；仍要关闭，这些内容会丢失。",
            "仍要关闭",
        )

    def _refresh(self, page: Page) -> None:
        if page.name in self._stale:
            self._stale.discard(page.name)
            page.refresh()

    def _mark(self, stale: Callable[[Page], bool]) -> None:
        self._stale.update(name for name, page in self.pages.items() if stale(page))
        if self.current is not None:
            self._refresh(self.current)
        self.counting.soon()

    # What is heard ---------------------------------------------------------------------------

    def _changed(self, changes: Changes) -> None:
        self._mark(lambda page: not page.reads or changes.touches(*page.reads))

    def _week_changed(self) -> None:
        if self.current is not None:
            self.current.leave()  # What was typed belongs to the week that is still shown.
        self._mark(lambda page: page.weekly)

    def _warned(self, warned: Warned) -> None:
        if warned.error.name in UNSAVED:
            self.status.show_unsaved()

    def _facts_changed(self) -> None:
        self.show_title()

    # Making ----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        right, whole = QVBoxLayout(), QHBoxLayout()
        for layout in (right, whole):
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        for widget in (self.top, self.stack, self.status):
            right.addWidget(widget, 1 if widget is self.stack else 0)
        whole.addWidget(self.sidebar)
        whole.addLayout(right, 1)
        self.banner.float_over(self.stack)
        middle = QWidget()
        middle.setLayout(whole)
        self.setCentralWidget(middle)
        self.setMinimumSize(*SMALLEST)
        self.resize(1366, 768)

    def _connect(self) -> None:
        desk = self.desk
        self.sidebar.chosen.connect(self.show_page)
        self.top.search.left.connect(self._back_to_page)
        desk.went.connect(self.show_page)
        desk.changed.connect(self._changed)
        desk.period_changed.connect(self._week_changed)
        desk.facts_changed.connect(self._facts_changed)
        desk.messages.warned.connect(self._warned)
        desk.saved.connect(lambda: self.status.show_saved(datetime.now()))
        desk.working.connect(self.overlay.begin)
        desk.worked.connect(self.overlay.end)
        desk.messages.said.connect(self.status.show_note)
        desk.messages.warned.connect(self.banner.show_warning)
        desk.messages.withdrawn.connect(self.banner.withdraw)
        desk.messages.asker = lambda question, advice, yes: ask(self, question, advice, yes)
        self._keeping = QTimer(self)
        QTimer.singleShot(QUIET, self, self._keep_safe)
        self._keeping.timeout.connect(self.keep_place)
        self._keeping.start(KEEP)
        self._busy = Busy(desk.worker, self.status.show_busy, self)

    def _keys(self) -> None:
        own: dict[str, Callable[[], object]] = {
            "F1": self._help,
            "F5": self._refresh_now,
            "F6": self._next_region,
            "Ctrl+F": self._find,
            "Ctrl+K": self.enter_search,
            "Ctrl+Z": self._undo,
        }
        keys.bind(self, own)
        keys.bind(self, keys.of_the_desk(self.desk, self.top.weeks))
        keys.bind(self, keys.of_the_menu(self.show_page))

    def _help(self) -> None:
        if self.help is None:
            from desktop.ui.help.window import HelpWindow

            self.help = HelpWindow(self.desk.pc)
        self.help.open_at(self.current.name if self.current else "")

    def _back_to_page(self) -> None:
        if self.current is not None:
            self.current.setFocus(Qt.FocusReason.OtherFocusReason)

    def _find(self) -> None:
        if self.current is not None:
            self.current.start_find()

    def _undo(self) -> None:
        """A page knows what may be taken back without a question."""
        if self.current is not None:
            self.current.undo()

    def _next_region(self) -> None:
        """From the page to the menu, to the week, and back: Tab may belong to the page."""
        page = self.current or self.stack
        keys.go_round(self.focusWidget(), (self.sidebar, self.top.weeks.label, page))

    def _refresh_now(self) -> None:
        if self.current is not None:
            self.current.refresh()

    # The end ---------------------------------------------------------------------------------

    def end(self) -> bool:
        """Finish what is being typed and close the book; False keeps the window open."""
        if self._ended:
            return True
        if not self._left(closing=True):
            return False
        self._keeping.stop()
        self._busy.end()
        self.counting.end()
        if self.keeper is not None:
            self.keeper.end()
        self._ended = True
        if self.help is not None:
            self.help.close()
        self.desk.worker.close()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wanted: the warning has been read."""
        if event.key() == Qt.Key.Key_Escape:
            self.banner.dismiss()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Nothing is lost: what was typed is written, and backed up once a day, before the end."""
        event.ignore()  # Until all is well: a fault on the way must not hide the window.
        if self.keeper is not None and self.keeper.due and not self._ended:
            if self._left(closing=True):
                self.keeper.back_up_and_close()
        elif self.end():
            event.accept()
            self.closed.emit()

    def _keep_safe(self) -> None:
        """Begin to watch over the backups, when the start is over."""
        from desktop.ui.shell.keeper import Keeper

        if not self._ended:
            self.keeper = Keeper(self.desk)
            self.keeper.told.connect(self.status.show_backup)
            self.keeper.closing.connect(self.close)
