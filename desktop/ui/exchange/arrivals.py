"""Where packages come from: a stick that is put in, a folder, files that are chosen or dropped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop.exchange.volumes import Volume
from desktop.ui.desk import Desk
from desktop.ui.exchange import asking
from desktop.ui.exchange.looking import Place
from desktop.ui.exchange.watching import Source, StickWatch
from desktop.ui.exchange.words import after, cut, stick_in_words


class Arrivals(QObject):
    """``came`` gives a place to look at, ``left`` a stick that is gone and its name.

    ``ask_folder`` and ``ask_files`` reach outside.
    """

    came = Signal(object)  # Place
    left = Signal(object, str)  # Path

    def __init__(self, desk: Desk, page: QWidget, source: Source) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._unseen: Volume | None = None  # put in while another page was shown
        self.ask_folder: asking.AskFolder = asking.ask_for_folder
        self.ask_files: asking.AskFiles = asking.ask_for_files
        self.watch = StickWatch(self, source)
        self.watch.put_in.connect(self._put_in)
        self.watch.pulled_out.connect(self._pulled_out)

    def look_at(self, paths: Sequence[Path]) -> None:
        """Look at what was dropped or chosen."""
        if not paths:
            return
        only = paths[0]
        if len(paths) > 1:
            name = f"{len(paths)} 个文件和文件夹"
        else:
            name = f"“{cut(only.name or str(only), 24)}”"
        stick = self.watch.named(only)
        if stick is not None and only == stick.path:
            name = stick_in_words(stick)
        self.came.emit(Place(name, tuple(paths), stick.path if stick else None))

    def choose_folder(self) -> None:
        """Let the person choose a folder to look at."""
        memory = self._desk.memory
        chosen = self.ask_folder(self._page, "查看哪个文件夹", asking.folder(memory))
        if chosen is not None:
            memory.put(asking.FOLDER, str(chosen))
            self.look_at([chosen])

    def choose_files(self) -> None:
        """Let the person choose packages to look at."""
        memory = self._desk.memory
        chosen = self.ask_files(self._page, "查看哪些数据包", asking.folder(memory))
        if chosen:
            memory.put(asking.FOLDER, str(chosen[0].parent))
            self.look_at(chosen)

    def seen(self) -> None:
        """The page is shown: a stick that came while another one was is looked at now."""
        stick, self._unseen = self._unseen, None
        if stick is not None:
            self._look_at(stick)

    def _put_in(self, stick: Volume) -> None:
        if self._page.isVisible():
            self._look_at(stick)
        else:
            self._unseen = stick
            self._desk.say(after(stick_in_words(stick), "已插入，到“收发”查看"))

    def _look_at(self, stick: Volume) -> None:
        self.came.emit(Place(stick_in_words(stick), (stick.path,), stick.path))

    def _pulled_out(self, stick: Volume) -> None:
        if self._unseen is not None and self._unseen.path == stick.path:
            self._unseen = None
        self.left.emit(stick.path, stick_in_words(stick))
