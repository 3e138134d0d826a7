"""What happens on 本周工作 of a district: accept and return weeks, print, add units."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.ledger import cycle, periods
from desktop.ledger.workspace import Book
from desktop.ui.fill_ins.giving import Giving
from desktop.ui.page import Landing
from desktop.ui.week.district import Cell, District, district_of
from desktop.ui.week.district_view import DistrictView
from desktop.ui.week.level import Level, Watching
from desktop.ui.week.look import Aim
from desktop.ui.week.matrix_words import cell_in_words
from desktop.ui.week.post import Post, post_of, rows_of
from desktop.ui.week.reason import ReasonDialog


class DistrictLevel(Level):
    """The page of a unit that looks after others."""

    view: DistrictView

    def __init__(self, page: Watching) -> None:
        super().__init__(page)
        self.view = DistrictView()
        self.district: District | None = None
        self.post = Post()
        self.menu: QMenu | None = None
        self.giving = Giving(self.desk, page)
        self.view.aimed.connect(self.go)
        self.view.stepped.connect(self.step)
        self.view.asked.connect(self.ask)

    def refresh(self) -> None:
        """Read the weeks of all units."""
        period = self.desk.period

        def read(book: Book) -> tuple[District, Post]:
            return district_of(book, period), post_of(book)

        self.desk.read(self.page, read, self._show, key="week")

    def first(self) -> QWidget:
        """The button that is due, or the matrix."""
        return self.view.next_button()

    def land(self, landing: Landing) -> None:
        """A unit's record leads to its row."""
        if landing.register == "unit":
            self.view.matrix.go_to(landing.record)

    def step(self, name: str) -> None:
        """``accept`` all that waits, ``print`` the report, add a ``unit``, a ``new`` project."""
        match name:
            case "accept" if self.district is not None:
                self._accept(self.district.waiting)
            case "print":
                self.go(Aim("papers", self.desk.facts.scheme.head.weekly, text="print"))
            case "unit":
                self._add_unit()
            case "new":
                self.go(Aim("project", text="new"))
            case "give":
                self.giving.begin(self.desk.facts.scheme.head.weekly)

    def ask(self, cell: Cell, where: QPoint) -> None:
        """The menu of a cell of the matrix."""
        unit = self.desk.facts.unit_named(cell.unit)
        menu = QMenu(self.view.matrix)
        menu.setToolTipsVisible(True)
        told = QAction(_short(cell_in_words(unit, cell)), menu)
        told.setEnabled(False)
        menu.addAction(told)
        menu.addSeparator()
        sent = cell.state != "未上报"
        week = periods.parse_period(cell.period).short
        accept = menu.addAction(f"接收{week}(&A)", lambda: self._accept((cell,)))
        accept.setEnabled(sent and (cell.answered is None or cell.state == "已退回"))
        back = menu.addAction(f"退回{week}……(&R)", lambda: self._return(unit, cell))
        back.setEnabled(sent and cell.state != "已退回")
        menu.addSeparator()
        menu.addAction("看这一周的台账(&V)", lambda: self._look(cell))
        menu.aboutToHide.connect(menu.deleteLater)
        self.menu = menu
        menu.popup(where)

    def shown(self) -> None:
        """Another stick may be put in."""
        if self.district is not None:
            self.view.show_post([*self.sticks(), *rows_of(self.post, "", self.district.period)])

    def _show(self, found: tuple[District, Post]) -> None:
        district, self.post = found
        fresh, self.district = self.district is None, district
        self.view.show_district(district, self.unit)
        self.shown()
        if fresh:
            self.begin()

    def _accept(self, cells: tuple[Cell, ...]) -> None:
        def run(book: Book) -> int:
            with book.atomic():  # All of them or none.
                for cell in cells:
                    cycle.accept(book, cell.unit, cell.period, book.clock().date())
            return len(cells)

        def done(count: int) -> None:
            only = self.desk.facts.unit_named(cells[0].unit)
            week = periods.parse_period(cells[0].period).short
            self.desk.say(f"已接收{only}{week}" if count == 1 else f"已接收 {count} 份上报")

        if cells:
            self.desk.write(self.page, "接收", run, done)

    def _return(self, unit: str, cell: Cell) -> None:
        week = periods.parse_period(cell.period).title
        dialog = ReasonDialog(
            self.page,
            f"退回{unit}{week}",
            "退回后这一周重新开放填报，原因随下一次下发到达；对方改好后会重新上报。"
            "退回不能用 Ctrl+Z 撤销；退错了，在同一处再“接收”就恢复为已接收。",
            "退回",
        )

        def send() -> None:
            reason = dialog.reason
            self.desk.write(
                self.page,
                "退回",
                lambda book: cycle.return_week(
                    book, cell.unit, cell.period, book.clock().date(), reason
                ),
                lambda _record: self.desk.say(f"已退回{unit}{week}"),
            )

        dialog.accepted.connect(send)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _look(self, cell: Cell) -> None:
        self.desk.set_period(cell.period)
        self.go(Aim("grid", self.desk.facts.scheme.head.weekly, text=""))

    def _add_unit(self) -> None:
        from desktop.ui.forms.dialog import edit_record

        levels = [level for level in self.desk.facts.scheme.head.level if level.reports]
        defaults = {"above": self.desk.facts.unit, "level": levels[0].name if levels else None}
        edit_record(self.desk, self.page, "unit", defaults=defaults)


def _short(text: str, most: int = 60) -> str:
    """A menu's line does not run across the screen."""
    return text if len(text) <= most else f"{text[:most]}…"
