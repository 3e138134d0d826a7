"""The page 调度与报表: which papers there are, the chosen one as printed, what is done with it."""

from __future__ import annotations

from pathlib import Path

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout

from desktop.errors import OneLedgerError
from desktop.reports.kinds import KINDS
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.papers import choice as choices
from desktop.ui.papers.actions import CODES, Actions
from desktop.ui.papers.bar import PageBar
from desktop.ui.papers.catalogue import REPORT, Offer, key_of, offers
from desktop.ui.papers.choice import Choice
from desktop.ui.papers.composing import Proof
from desktop.ui.papers.filling import Filling
from desktop.ui.papers.maker import Maker
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.preview import Preview
from desktop.ui.papers.side import Side
from desktop.ui.papers.stack import Zoom
from desktop.ui.parts import Button, Empty, Words
from desktop.ui.parts.words import tip


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
        self.maker, self.filling = Maker(desk, self), Filling(desk, self)
        self._reading = self._print_when_made = False
        self._subject = ""  # the record with which one was sent here
        self._start: tuple[int, Zoom] | None = None
        self.side = Side(desk.facts)
        self.shelf, self.options = self.side.shelf, self.side.options
        self.preview = Preview()
        self.bar = PageBar(self.preview)
        self.verbs = Actions(desk)
        self.heading, self.note = Words("", "big", bold=True), QLabel()
        self.again = Button("重新生成", icon="refresh")
        self.lack, self.either = Empty("", "", " "), QStackedWidget()
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

        ``tab`` is a kind of paper (``card``) and ``record`` what it is made from; else ``register``
        is the paper: the weekly register stands for the dispatch report, with ``tab="ledger"`` for
        its ledger; any other register for its ledger.
        """
        weekly = self.desk.facts.scheme.head.weekly
        key = landing.register
        if landing.tab in KINDS:
            key, self._subject = key_of(landing.tab), landing.record
        elif key == weekly and landing.tab != "ledger":
            key = REPORT
        if key and (key != self.choice.paper or self._subject):
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
        if self._reading or self.maker.busy or self.proof is None:
            self._print_when_made = True
        else:
            self.verbs.ask_to_print(self.proof)

    # The chosen paper ------------------------------------------------------------------------

    def _offer(self, found: tuple[Offer, ...]) -> None:
        self._reading = False
        self.offers = found
        self.side.show_offers(found)
        self._choose(self.choice.paper)

    def _unread(self, error: OneLedgerError) -> None:
        self._reading = False
        self.maker.stop("没有生成。")
        self.desk.warn(error)

    def _choose(self, key: str) -> None:
        """Show the paper ``key`` as it was set up last."""
        offer = next((one for one in self.offers if one.key == key), self.offers[0])
        kept = (self.desk.memory.get("papers.choices") or {}).get(offer.key)
        chosen = choices.remembered(kept, offer, self.desk.period)
        if self._subject in {one.record for one in offer.subjects}:
            chosen = msgspec.structs.replace(chosen, subject=self._subject)
        elif offer.kind is None and self.choice.paper == offer.key:
            chosen = msgspec.structs.replace(chosen, since=self.choice.since)
        self._subject = ""
        printed = (self.desk.memory.get(CODES) or {}).get(offer.key, "")
        self.side.show_choice(offer, chosen, self.desk.facts, printed)
        self._make(offer, chosen)

    def _changed(self, chosen: Choice) -> None:
        """The person chose otherwise; that is remembered."""
        known = dict(self.desk.memory.get("papers.choices") or {})
        known[chosen.paper] = choices.kept(chosen)
        self.desk.memory.put("papers.choices", known)
        offer = self._offered(chosen.paper)
        if offer is not None:
            self._make(offer, chosen)

    def _offered(self, key: str) -> Offer | None:
        return next((one for one in self.offers if one.key == key), None)

    def _make(self, offer: Offer, chosen: Choice) -> None:
        self.choice = chosen
        if offer.lack is not None:
            self.maker.stop("")
            self.lack.set_text(offer.lack.sentence, offer.lack.advice)
            self.lack.set_button(offer.lack.button)
            self.either.setCurrentWidget(self.lack)
            return
        self.either.setCurrentWidget(self.preview)
        shown = self.proof.choice if self.proof is not None else None
        if shown is not None and _about(shown) == _about(chosen):
            self._tell("数据有改动，正在重新生成……" if shown == chosen else "正在重新排版……")
        else:
            self.proof = None
            self.preview.show_pdf(None)
            self.preview.say("正在生成……")
            self._tell("")
        self.maker.make(chosen)
        self._show_state()

    def _fill(self) -> None:
        """Go where what is missing is filled."""
        offer = self._offered(self.choice.paper)
        if offer is not None and offer.kind is not None and offer.lack is not None:
            self.filling.fill(offer.kind, offer.lack)

    def _edit(self, new: bool) -> None:
        if self.choice.kind is not None:
            self.filling.edit(self.choice.kind, "" if new else self.choice.subject)

    def _filled(self, kind: str, record: str) -> None:
        """What a paper is made from is there now: show it."""
        self.choice, self._subject = Choice(key_of(kind)), record
        self.refresh()

    def _show(self, proof: Proof) -> None:
        stay = self.proof is not None
        same = self.proof is not None and self.proof.data == proof.data
        self.proof = proof
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
        self._print_when_made = False
        self.proof = None
        self.preview.show_pdf(None)
        self.preview.say(words)
        self._tell("")
        self._show_state()

    def hideEvent(self, event: QHideEvent) -> None:
        """Whoever leaves does not wait for the paper."""
        super().hideEvent(event)
        if self.maker.busy and not event.spontaneous():  # a minimised window goes on
            self.maker.stop("")

    def showEvent(self, event: QShowEvent) -> None:
        """Back before the paper was made: make it now."""
        super().showEvent(event)
        if self.proof is None and not self.maker.busy and self.offers:
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
        offer, making = self._offered(self.choice.paper), self.maker.busy
        lacks = offer is not None and offer.lack is not None
        self.heading.set_text(offer.title if offer else "")
        self.again.setVisible(self.proof is None and not making and offer is not None and not lacks)
        self.verbs.show_state(offer, self.choice, self.proof if not making else None)
        self.bar.show_state()

    def _arrange(self) -> None:
        now = theme.current()
        top = QHBoxLayout()
        top.addWidget(self.heading, 1)
        top.addWidget(self.again)
        top.addWidget(self.verbs)
        middle = QVBoxLayout()
        middle.setSpacing(now.px(8))
        middle.addLayout(top)
        middle.addWidget(self.note)
        self.either.addWidget(self.preview)
        self.either.addWidget(self.lack)
        middle.addWidget(self.either, 1)
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
        self._show_state()

    def _connect(self) -> None:
        self.shelf.chosen.connect(self._choose)
        self.options.chosen.connect(self._changed)
        self.options.edit_wanted.connect(self._edit)
        self.options.matters_wanted.connect(
            lambda register: self.desk.go("lists", Landing(register=register))
        )
        self.maker.made.connect(self._show)
        self.maker.unmade.connect(self._unmade)
        self.lack.clicked.connect(self._fill)
        self.side.propose.clicked.connect(self.filling.advise)
        self.side.forms.clicked.connect(lambda: self.desk.go("department-forms"))
        self.filling.filled.connect(self._filled)
        self.again.clicked.connect(self.refresh)
        self.verbs.print_wanted.connect(self.print_paper)
        self.verbs.saved.connect(self._saved)
        for keys, run in (
            ("Ctrl+P", self.print_paper),
            ("Ctrl+S", self.verbs.save_pdf),
            ("Ctrl+Shift+S", self.verbs.save_excel),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)


def _about(choice: Choice) -> tuple[str, str, str]:
    """What a paper is about; laid out otherwise it is still the same."""
    return choice.paper, choice.period, choice.subject
