"""The page 调度与报表: which papers there are, the chosen one as printed, what is done with it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.papers import choice as choices
from desktop.ui.papers.actions import Actions
from desktop.ui.papers.bar import PageBar
from desktop.ui.papers.catalogue import REPORT, Offer, offers
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.composing import Proof, compose
from desktop.ui.papers.options import Options
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.preview import Preview
from desktop.ui.papers.saving import OFFICE_FONTS
from desktop.ui.papers.shelf import Shelf
from desktop.ui.papers.stack import Zoom
from desktop.ui.parts import Button, Card, Words
from desktop.ui.parts.words import tip
from desktop.ui.worker import Cancelled, Job, Progress

TITLE = "生成报表"


class PapersPage(Page):
    """Shows one paper at a time. ``proof`` is what is shown, None until it is made."""

    name = "papers"
    title = "调度与报表"
    icon = "printer"
    hints = "Ctrl+P 打印　Ctrl+S 存为 PDF　Ctrl+滚轮 缩放"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.offers: tuple[Offer, ...] = ()
        self.choice = Choice(period=desk.period)
        self.proof: Proof | None = None
        self._turn = 0  # which making is the present one; an earlier one gives up
        self._reading = self._making = False
        self._print_when_made = False
        self._start: tuple[int, Zoom] | None = None
        self.shelf, self.options = Shelf(), Options(desk.facts)
        self.preview = Preview()
        self.bar = PageBar(self.preview)
        self.verbs = Actions(desk)
        self.heading, self.note = Words("", "big", bold=True), QLabel()
        self.again, self.side = Button("重新生成", icon="refresh"), QWidget()
        self._arrange()
        self._connect()

    # What the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read which papers there are now, and make the chosen one anew."""
        week = self.desk.period
        self._reading = True
        self.desk.read(
            self, lambda book: offers(book, week), self._offer, key="offers", failed=self._unread
        )

    def land(self, landing: Landing) -> None:
        """Show a paper; ``text="print"`` asks for the printer as soon as it is made.

        ``register`` is the paper: the weekly register stands for the dispatch report, with
        ``tab="ledger"`` for its ledger; any other register for its ledger.
        """
        weekly = self.desk.facts.scheme.head.weekly
        key = landing.register
        if key == weekly and landing.tab != "ledger":
            key = REPORT
        if key and key != self.choice.paper:
            self.choice = Choice(key)
            if self.offers:
                self._choose(key)
        if landing.text == "print":
            self.print_paper()

    def place(self) -> dict[str, str]:
        """Which paper, which page, how large."""
        zoom = self.preview.zoom
        said = zoom if isinstance(zoom, str) else f"{zoom:.4f}"
        return {"paper": self.choice.paper, "page": str(self.preview.page), "zoom": said}

    def return_to(self, place: dict[str, str]) -> None:
        """Back to the paper and the page."""
        self.choice = Choice(place.get("paper") or REPORT)
        zoom: Zoom = "page" if place.get("zoom") == "page" else "width"
        try:
            page = int(place.get("page", "0"))
            if place.get("zoom") not in ("width", "page"):
                zoom = float(place.get("zoom", ""))
        except ValueError:
            page = 0
        self._start = (page, zoom)

    def print_paper(self) -> None:
        """Ask how to print, now or as soon as the paper is made."""
        if self._reading or self._making or self.proof is None:
            self._print_when_made = True
        else:
            self.verbs.ask_to_print(self.proof)

    # The chosen paper ------------------------------------------------------------------------

    def _offer(self, found: tuple[Offer, ...]) -> None:
        self._reading = False
        self.offers = found
        self.shelf.show_offers(found)
        self._choose(self.choice.paper)

    def _unread(self, error: OneLedgerError) -> None:
        self._reading = False
        self._unmade("没有生成。")
        self.desk.warn(error)

    def _choose(self, key: str) -> None:
        """Show the paper ``key`` as it was set up last."""
        offer = next((one for one in self.offers if one.key == key), self.offers[0])
        kept = (self.desk.memory.get("papers.choices") or {}).get(offer.key)
        chosen = choices.remembered(kept, offer, self.desk.period)
        self.shelf.choose(offer.key)
        self.options.show_choice(offer, chosen, self.desk.facts)
        self._make(chosen)

    def _changed(self, chosen: Choice) -> None:
        """The person chose otherwise; that is remembered."""
        known = dict(self.desk.memory.get("papers.choices") or {})
        known[chosen.paper] = choices.kept(chosen)
        self.desk.memory.put("papers.choices", known)
        self._make(chosen)

    def _make(self, chosen: Choice) -> None:
        self._turn += 1
        turn, office = self._turn, bool(self.desk.pc.get(OFFICE_FONTS))
        shown = self.proof.choice if self.proof is not None else None
        same = shown is not None and (shown.paper, shown.period) == (chosen.paper, chosen.period)
        self.choice, self._making = chosen, True
        if same:
            self._tell("数据有改动，正在重新生成……" if shown == chosen else "正在重新排版……")
        else:
            self.proof = None
            self.preview.show_pdf(None)
            self.preview.say("正在生成……")
            self._tell("")
        self._show_state()

        def run(book: Book, progress: Progress) -> Proof:
            def told(done: int, of_all: int) -> None:
                if turn != self._turn:
                    raise Cancelled
                progress(done, of_all)

            return compose(book, chosen, told, office=office)

        def then(proof: Proof) -> None:
            if turn == self._turn:
                self._show(proof, stay=same)

        def failed(error: OneLedgerError) -> None:
            if turn == self._turn:
                self._unmade("没有生成。")
                self.desk.warn(error)

        self.desk.work(self, TITLE, run, then, failed=failed)

    def _show(self, proof: Proof, *, stay: bool) -> None:
        same = self.proof is not None and self.proof.data == proof.data
        self.proof, self._making = proof, False
        if not same:
            self.preview.show_pdf(PdfPages(proof.data), stay=stay)
        if self._start is not None:
            page, zoom = self._start
            self._start = None
            self.preview.set_zoom(zoom)
            self.preview.go_to(page)
        signs = "　".join(sorted(proof.missing))
        self._tell(f"这些字在字体中没有，印成了〓：{signs}" if signs else "")
        self._show_state()
        if self._print_when_made:
            self._print_when_made = False
            self.verbs.ask_to_print(proof)

    def _unmade(self, words: str) -> None:
        self._making = self._print_when_made = False
        self.proof = None
        self.preview.show_pdf(None)
        self.preview.say(words)
        self._tell("")
        self._show_state()

    def _over(self, job: Job) -> None:
        """The person cancelled the making: say so, and offer it again."""
        if self._making and job.title == TITLE and job.progress.cancelled:
            self._turn += 1
            self._unmade("已取消生成。")

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves does not wait for the paper."""
        super().hideEvent(event)
        if self._making and not event.spontaneous():  # a minimised window goes on
            self._turn += 1
            self._unmade("")

    def showEvent(self, event: QShowEvent) -> None:
        """Back before the paper was made: make it now."""
        super().showEvent(event)
        if self.proof is None and not self._making and self.offers:
            self._choose(self.choice.paper)

    # Widgets ---------------------------------------------------------------------------------

    def _saved(self, path: Path) -> None:
        self._tell(f"已保存：{path}")
        self.desk.say(f"已保存 {path.name}")

    def _tell(self, words: str) -> None:
        self.note.setText(words)
        self.note.setToolTip(tip(words))
        self.note.setVisible(bool(words))

    def _show_state(self) -> None:
        offer = next((one for one in self.offers if one.key == self.choice.paper), None)
        self.heading.set_text(offer.title if offer else "")
        self.again.setVisible(self.proof is None and not self._making and bool(self.offers))
        self.verbs.show_state(offer, self.choice, self.proof if not self._making else None)
        self.bar.show_state()

    def _arrange(self) -> None:
        now = theme.current()
        left, list_card, option_card = QVBoxLayout(), Card("报表"), Card("选项")
        list_card.body.addWidget(self.shelf)
        option_card.body.addWidget(self.options)
        left.addWidget(list_card, 1)
        left.addWidget(option_card)
        self.side.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(now.gap)
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.again)
        top.addWidget(self.verbs)
        middle = QVBoxLayout()
        middle.setSpacing(now.px(8))
        middle.addLayout(top)
        middle.addWidget(self.note)
        middle.addWidget(self.preview, 1)
        middle.addWidget(self.bar)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.gap)
        whole.setSpacing(now.gap)
        whole.addWidget(self.side)
        whole.addLayout(middle, 1)
        self.note.setWordWrap(True)
        self.note.setTextFormat(Qt.TextFormat.PlainText)
        self.note.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusProxy(self.preview)
        self._measure()
        self._show_state()

    def _measure(self) -> None:
        self.side.setFixedWidth(theme.current().px(270))

    def _connect(self) -> None:
        self.shelf.chosen.connect(self._choose)
        self.options.chosen.connect(self._changed)
        self.again.clicked.connect(self.refresh)
        self.verbs.print_wanted.connect(self.print_paper)
        self.verbs.saved.connect(self._saved)
        self.desk.worked.connect(self._over)
        theme.notifier.changed.connect(self._measure)
        for keys, run in (
            ("Ctrl+P", self.print_paper),
            ("Ctrl+S", self.verbs.save_pdf),
            ("Ctrl+Shift+S", self.verbs.save_excel),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)
