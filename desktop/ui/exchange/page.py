"""The page 收发: what comes in from sticks and folders on the left, what goes out on the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop.exchange.volumes import volumes
from desktop.ui.desk import Desk
from desktop.ui.exchange import asking, reading
from desktop.ui.exchange.arrivals import Arrivals
from desktop.ui.exchange.columns import Columns
from desktop.ui.exchange.hand_card import HandCard
from desktop.ui.exchange.incoming import Incoming
from desktop.ui.exchange.looking import Place
from desktop.ui.exchange.news import News
from desktop.ui.exchange.outcome import Outcome, OutcomeCard
from desktop.ui.exchange.outgoing import Fresh, Upward
from desktop.ui.exchange.partners import PartnersCard
from desktop.ui.exchange.post_pane import SentPane, TakenPane
from desktop.ui.exchange.quarantine_pane import QuarantinePane
from desktop.ui.exchange.reading import Exchange
from desktop.ui.exchange.received_card import ReceivedCard
from desktop.ui.exchange.report_card import ReportCard
from desktop.ui.exchange.settling import SettlingPanel
from desktop.ui.exchange.share_card import ShareCard
from desktop.ui.exchange.slip_printing import SlipPrinter
from desktop.ui.exchange.undoing import Undoing
from desktop.ui.exchange.units_pane import UnitsPane
from desktop.ui.exchange.views import Views
from desktop.ui.exchange.waiting_pane import WaitingPane
from desktop.ui.exchange.watching import Source
from desktop.ui.page import Landing, Page
from desktop.ui.reading_in import choosing_file


class ExchangePage(Page):
    """Township and district in one design; the book decides which cards stand there.

    ``source`` says which sticks are put in.
    """

    name, title, icon = "exchange", "收发", "arrow-left-right"
    hints = "Enter 装入　F5 重新查看　空格 选单位"

    def __init__(self, desk: Desk, source: Source = volumes) -> None:
        super().__init__(desk)
        self.exchange: Exchange | None = None
        self._to_report = False  # the keyboard is wanted on the card 上报
        self.arrivals, self.news = Arrivals(desk, self, source), News(desk, self)
        self.watch, self.undoing = self.arrivals.watch, Undoing(desk, self)
        self.outcome, self.incoming = OutcomeCard(), Incoming(desk)
        self.printer = SlipPrinter(desk, self)
        self.units, self.sent = UnitsPane(), SentPane(desk)
        self.waiting = WaitingPane(desk)
        self.taken, self.refused = TakenPane(desk), QuarantinePane(desk)
        self.settling = SettlingPanel(desk, self)
        self.report, self.hand = ReportCard(desk), HandCard(desk)
        self.received, self.share = ReceivedCard(desk), ShareCard(desk)
        self.partners = PartnersCard(desk)
        self._arrange()
        self._connect()
        self.setAcceptDrops(True)

    # What the window asks --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the post book, the week and the units anew; sticks are not looked at again."""
        period = self.desk.period
        self.desk.read(
            self, lambda book: reading.exchange(book, period), self._show, key="exchange"
        )

    def land(self, landing: Landing) -> None:
        """``tab`` names a view: found, waiting, settle, units, taken, sent, refused.

        ``text`` "submit" puts the keyboard on the card 上报, once the week is shown.
        """
        if landing.tab in self.choice.panes:
            self.show_view(landing.tab)
        if landing.text == "submit" and self.desk.facts.reports:
            self._to_report = True
            self.refresh()

    def place(self) -> dict[str, str]:
        """Which view is shown."""
        return {"view": self.choice.current()}

    def return_to(self, place: dict[str, str]) -> None:
        """Back to the view."""
        if place.get("view") in self.choice.panes:
            self.show_view(place["view"])

    def show_view(self, key: str) -> None:
        """Show one of the views on the left."""
        self.choice.show(key)

    def undo(self) -> None:
        """Ctrl+Z: a take-in is undone elsewhere, and nothing that is not seen without a word."""
        self.undoing.undo()

    # Keys, and what is dropped ----------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and folders may be dropped anywhere on the page."""
        if asking.dropped(event) and not choosing_file.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at what was dropped."""
        event.acceptProposedAction()
        self.arrivals.look_at(asking.dropped(event))

    def showEvent(self, event: QShowEvent) -> None:
        """A stick that came while another page was shown is looked at now."""
        super().showEvent(event)
        self.arrivals.seen()

    def event(self, event: QEvent) -> bool:
        """F5 is ours where the keyboard is on the page: look again."""
        key = event.key() if isinstance(event, QKeyEvent) else None
        if event.type() == QEvent.Type.ShortcutOverride and key == Qt.Key.Key_F5:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the step that is due, F5 looks again, Esc has read what came of it."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.incoming.default()
            case Qt.Key.Key_F5:
                self.refresh()
                self.incoming.look()
            case Qt.Key.Key_Escape if self.outcome.isVisible():
                self.dismiss()
            case _:
                super().keyPressEvent(event)

    def _look_at(self, place: Place) -> None:
        self.show_view("found")
        self.incoming.look_at(place)

    def _show_sticks(self) -> None:
        for part in (self.report, self.hand, self.share, self.sent):
            part.show_sticks(self.watch.sticks)

    # Showing ---------------------------------------------------------------------------------

    def _show(self, exchange: Exchange) -> None:
        self.exchange = exchange
        if exchange.upward is not None:
            self._show_report(exchange.upward)
        if exchange.received is not None:
            self.received.show_received(exchange.received)
        self.sent.show_packages(exchange.sent, exchange.names)
        self.taken.show_packages(exchange.taken, exchange.names)
        self.refused.show_refused(exchange.refused)
        self.incoming.show_waiting(exchange.waiting)
        self.waiting.show_waiting(exchange.waiting, exchange.position)
        self._show_units()
        self._show_views()
        self.news.count(exchange)
        if self._to_report:
            self._to_report = False
            self.report.take_keyboard()

    def _show_report(self, upward: Upward) -> None:
        """The card 上报; a button that is gone does not leave the keyboard to a chance one."""
        held = QApplication.focusWidget()
        held = held if held is not None and self.report.isAncestorOf(held) else None
        self.report.show_upward(upward)
        if held is not None and not held.isVisible():
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_units(self) -> None:
        units = self.exchange.below if self.exchange else ()
        self.units.show_units(units, self.news.fresh)
        self.hand.show_units(units, self.units.left_out, self.news.fresh)

    def _show_views(self) -> None:
        if self.exchange is not None:
            here = self.incoming.sitting
            self.choice.count(self.exchange, len(here.results) if here is not None else 0)

    def _told_fresh(self, fresh: Fresh) -> None:
        if fresh.unit == self.desk.facts.unit:
            self.share.show_fresh(fresh)
        elif self.exchange is not None and self.exchange.upward is not None:
            self.report.show_fresh(fresh)
        else:
            self._show_units()

    def dismiss(self) -> None:
        """What came of the last thing has been read; passphrases are asked about first."""
        if not self.outcome.passphrases or self.desk.confirm(
            "口令都抄下了吗？",
            "关掉以后不能再看；没有抄下的，只能重写首次任务包、换新口令。",
            "抄好了，关掉",
        ):
            self.outcome.dismiss()

    def _print_receipts(self) -> None:
        if self.incoming.sitting is not None:
            self.printer.receipt_of_sitting(self.incoming.sitting.results)

    def _show_package(self, record: str) -> None:
        self.show_view("sent")
        self.sent.table.choose(record)
        self.sent.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_taken(self) -> None:
        self.show_view("taken")
        self.taken.show_newest()

    def _take_waiting(self) -> None:
        self.show_view("found")
        self.incoming.look_at_waiting()

    def _ended(self, outcome: Outcome) -> None:
        self._say_outcome(outcome)
        self.incoming.written()

    def _say_outcome(self, outcome: Outcome) -> None:
        self.outcome.show_outcome(outcome)
        self.columns.main.verticalScrollBar().setValue(0)
        self.desk.say(outcome.sentence)

    # Making ----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        district = not self.desk.facts.reports
        below: dict[str, QWidget] = {"units": self.units} if district else {}
        self.choice = Views(
            self,
            {
                "found": self.incoming,
                "waiting": self.waiting,
                "settle": self.settling,
                **below,
                "taken": self.taken,
                "sent": self.sent,
                "refused": self.refused,
            },
        )
        self.views, self.stack = self.choice.chips, self.choice.stack
        cards: list[QWidget] = [self.received, self.hand] if district else [self.report]
        self.columns = Columns(
            self,
            (self.outcome, self.incoming.banner, self.views, self.stack),
            (*cards, self.partners, self.share),
        )
        self.setFocusProxy(self.incoming.table)

    def _connect(self) -> None:
        banner = self.incoming.banner
        banner.folder_wanted.connect(self.arrivals.choose_folder)
        banner.files_wanted.connect(self.arrivals.choose_files)
        self.incoming.settle_wanted.connect(lambda: self.land(Landing(tab="settle")))
        self.incoming.found.connect(self._show_views)
        self.outcome.dismiss_wanted.connect(self.dismiss)
        self.outcome.print_wanted.connect(self.printer.passphrases)
        self.taken.receipt_wanted.connect(self.printer.receipt_of_package)
        banner.receipt_wanted.connect(self._print_receipts)
        self.news.told.connect(self._told_fresh)
        self.arrivals.came.connect(self._look_at)
        self.arrivals.left.connect(self.incoming.pulled_out)
        self.watch.changed.connect(self._show_sticks)
        self.taken.moved.connect(self.incoming.taken_back)
        self.waiting.wanted.connect(self._take_waiting)
        self.waiting.tried.connect(self.choice.fit)
        self.undoing.taken_wanted.connect(self._show_taken)
        self.undoing.told.connect(self._say_outcome)
        self.report.package_wanted.connect(self._show_package)
        self.hand.units_wanted.connect(lambda: self.show_view("units"))
        self.units.changed.connect(self._show_units)
        for part in (self.report, self.hand, self.share, self.sent):
            part.ended.connect(self._ended)
