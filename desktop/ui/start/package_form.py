"""用任务包建账: which package, the passphrase or the recovery code, where the book is kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.exchange.already import BookHere
from desktop.exchange.volumes import Volume, volumes
from desktop.ui import theme
from desktop.ui.exchange.keys_line import CodeLine
from desktop.ui.exchange.partners_box import reveal
from desktop.ui.exchange.watching import Source, StickWatch
from desktop.ui.exchange.words import stick_in_words
from desktop.ui.parts import Button, Card, LinkRow, Passage, Words
from desktop.ui.parts.words import tip
from desktop.ui.start import package, places
from desktop.ui.start.asking import ask_for_folder, ask_for_package
from desktop.ui.start.package import Offer
from desktop.ui.start.standing import StandingNote
from desktop.ui.start.starter import Starter

PASSPHRASE, RECOVERY = 16, 24
ABOUT = (
    "区县第一次下发时给的任务包，凭电话里告知的 16 位口令；"
    "或者本单位另一台电脑写的互换包，凭恢复单上的 24 位恢复码。选好文件，程序认得是哪一种。"
)


class PackageForm(Card):
    """``begun`` gives the :class:`Made` book, ``left`` says that the person goes back.

    ``source`` says which sticks are put in; ``ask`` and ``ask_folder`` reach outside.
    """

    begun = Signal(object)
    left = Signal()

    def __init__(self, starter: Starter, source: Source = volumes) -> None:
        super().__init__("用任务包建账")
        self.starter, self._source = starter, source
        self.ask: Callable[[QWidget, Path], Path | None] = ask_for_package
        self.ask_folder: Callable[[QWidget, Path], Path | None] = ask_for_folder
        self.offer: Offer | None = None
        self.target = Path()
        self.standing: Path | None = None  # the book of this unit that this PC has already
        self.another = False  # a second one is meant all the same
        self.found: list[LinkRow] = []
        self.watch: StickWatch | None = None
        self.choose, self.file = Button("选择文件……", icon="folder-open"), Words("还没有选择")
        self.found_title = QLabel("U盘上找到")
        self.about, self.asked = Passage(""), QLabel("口令")
        self.secret = CodeLine(PASSPHRASE, digits=True)
        self.note = StandingNote()
        self.hint, self.wrong = Passage("", "small", "ink_soft"), Passage("", role="must")
        self.place, self.elsewhere = Words("", role="ink_soft"), Button("换文件夹……")
        self.back, self.go = Button("返回"), Button("建账", primary=True)
        self._arrange()
        self.choose.clicked.connect(self.choose_file)
        self.elsewhere.clicked.connect(self._choose_folder)
        self.secret.textChanged.connect(self._judge)
        self.secret.returnPressed.connect(self._enter)
        self.back.clicked.connect(self.left)
        self.go.clicked.connect(self.begin)
        self.note.opened.connect(starter.open)
        self.note.another.connect(self._mean_another)
        self._show()

    def clear(self) -> None:
        """Begin anew."""
        self.offer = self.standing = None
        self.secret.clear()
        self._say("")
        self._show()

    def take(self, path: Path) -> None:
        """A file was chosen or dropped: what it is, or why no book begins with it."""
        try:
            self._take(package.offer_of(path))
        except OneLedgerError as error:
            self.offer = self.standing = None
            self._show()
            self.file.set_text(path.name)
            self._refuse(error)

    def begin(self) -> None:
        """Make the book; what is wrong is said here, and the form stays as it is."""
        offer, target, secret = self.offer, self.target, self.secret.code
        if offer is None or self.standing is not None or not self.secret.complete:
            return
        another = self.another
        self._say("")
        self.go.setEnabled(False)

        def failed(error: OneLedgerError) -> None:
            if isinstance(error, BookHere):  # Made meanwhile, in another window.
                self._show_standing(error.path)
                return
            self._judge()
            self._refuse(error)
            self.secret.setFocus()
            self.secret.selectAll()

        self.starter.run(
            self,
            f"打开{offer.told}，建立账本",
            lambda progress: package.begun(offer, secret, target, progress, another=another),
            self.begun.emit,
            failed,
        )

    def choose_file(self) -> None:
        """Ask for a package."""
        folders = (self.watch.sticks[0].path if self.watch and self.watch.sticks else None,)
        there = [one for one in (*folders, places.documents()) if one is not None and one.is_dir()]
        chosen = self.ask(self, there[0] if there else Path.home())
        if chosen is not None:
            self.take(chosen)

    def _choose_folder(self) -> None:
        start = self.target.parent if self.target.parent.is_dir() else places.documents()
        chosen = self.ask_folder(self, start)
        if chosen is not None and self.offer is not None:
            self.target = places.free(chosen / places.file_name(self.offer.unit))
            self._look_here(self.offer)

    # Sticks ----------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the sticks as long as this is seen."""
        super().showEvent(event)
        if self.watch is None:
            self.watch = StickWatch(self, self._source)
            self.watch.put_in.connect(self._put_in)
            self.watch.pulled_out.connect(self._pulled_out)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        if self.watch is not None:
            self.watch.timer.stop()
            self.watch.deleteLater()
            self.watch = None
        self._show_found(())

    def _put_in(self, stick: Volume) -> None:
        self.starter.run(
            self,
            f"查看{stick_in_words(stick)}",
            lambda progress: package.found_on((stick.path,), progress),
            self._show_found,
            lambda error: self._refuse(error),
        )

    def _pulled_out(self, _stick: Volume) -> None:
        self._show_found(())

    def _show_found(self, offers: Sequence[Offer]) -> None:
        """Packages on the stick, each a line; the only one is taken at once."""
        for row in self.found:
            row.hide()  # or the layout's queued show makes a window of it
            row.setParent(None)
            row.deleteLater()
        self.found = [_row(one, latest=package.newest(one, offers)) for one in offers]
        for row, one in zip(self.found, offers, strict=True):
            row.setToolTip(tip(str(one.path)))
            row.clicked.connect(lambda _checked=False, chosen=one: self._take(chosen))
            self._found.addWidget(row)
        self.found_title.setVisible(bool(self.found))
        if len(offers) == 1 and self.offer is None:
            self._take(offers[0])

    # Showing ---------------------------------------------------------------------------------

    def _take(self, offer: Offer) -> None:
        self.offer, self.target = offer, offer.target
        self._say("")
        self.another = False
        self.secret.expect(RECOVERY if offer.share else PASSPHRASE, digits=not offer.share)
        self._look_here(offer)

    def _look_here(self, offer: Offer) -> None:
        """A second book of one unit is begun only by who really means it."""
        folder, recent = self.target.parent, self.starter.recent()
        self._show_standing(None if self.another else package.here(offer, folder, recent))

    def _show_standing(self, path: Path | None) -> None:
        self.standing = path
        self._show()
        (self.secret if path is None else self.note.open).setFocus()
        if path is not None:
            QTimer.singleShot(0, self, lambda: reveal(self.note))  # When it has its place.

    def _mean_another(self) -> None:
        self.another = True
        self._show_standing(None)

    def _show(self) -> None:
        offer = self.offer
        there = offer is not None
        self.file.set_text(offer.path.name if offer else "还没有选择，也可以把文件拖到这里")
        self.file.set_role("ink" if there else "ink_soft")
        if offer is not None:
            self.file.setToolTip(tip(str(offer.path)))
            self.about.setText(f"{offer.told}（{offer.which}）。")
            self.asked.setText("恢复码" if offer.share else "口令")
            self.hint.setText(
                "24 位，在本单位打印或抄下的恢复单上；不分大小写，空格会自动加。"
                if offer.share
                else f"16 位数字，由{offer.sender}电话告知，只开得了第 {offer.number} 号包；"
                "可以粘贴，空格会自动加。"
            )
            self._show_place()
            if self.standing is not None:
                self.note.show_book(offer.unit, self.standing)
        self.about.setVisible(there)
        self.details.setVisible(there and self.standing is None)
        self.note.setVisible(there and self.standing is not None)
        self._judge()

    def _show_place(self) -> None:
        self.place.set_text(str(self.target))
        self.place.setToolTip(tip(str(self.target)))

    def _judge(self) -> None:
        there = self.offer is not None and self.standing is None
        self.go.setEnabled(there and self.secret.complete)

    def _refuse(self, error: OneLedgerError) -> None:
        self._say(f"{error.sentence}{error.advice}")

    def _say(self, sentence: str) -> None:
        self.wrong.setText(sentence)
        self.wrong.setVisible(bool(sentence))

    def _enter(self) -> None:
        if self.go.isEnabled():
            self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        now = theme.current()
        column = QVBoxLayout()
        column.setSpacing(now.gap)
        self.body.addLayout(column)
        column.addWidget(Passage(ABOUT, role="ink_soft"))
        self.found_title.setProperty("role", "ink_soft")
        column.addWidget(self.found_title)
        self._found = QVBoxLayout()
        self._found.setSpacing(0)
        column.addLayout(self._found)
        row = QHBoxLayout()
        row.setSpacing(now.gap)
        row.addWidget(self.choose)
        row.addWidget(self.file, 1)
        column.addLayout(row)
        column.addWidget(self.about)
        self.details = QWidget()
        form = QFormLayout(self.details)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(now.gap)
        secret = QVBoxLayout()
        secret.setSpacing(now.px(4))
        secret.addWidget(self.secret)
        secret.addWidget(self.hint)
        form.addRow(self.asked, secret)
        where = QHBoxLayout()
        where.setSpacing(now.gap)
        where.addWidget(self.place, 1)
        where.addWidget(self.elsewhere)
        form.addRow("账本保存为", where)
        column.addWidget(self.details)
        column.addWidget(self.note)
        column.addWidget(self.wrong)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        column.addLayout(foot)
        self.asked.setBuddy(self.secret)
        self.found_title.hide()
        self.wrong.hide()
        self.note.hide()


def _row(offer: Offer, *, latest: bool) -> LinkRow:
    """One package on the stick; of several for a unit the latest is named."""
    right = f"{offer.which}　最新" if latest else offer.which
    return LinkRow("usb", offer.told, right, "accent" if latest else "faint")
