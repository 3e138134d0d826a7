"""The page 指标与图: a table of figures with its charts, down to the projects behind a total."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop.ledger.indicator_definitions import PROJECT
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.figures.aspects import PROGRESS
from desktop.ui.figures.beside import ChartsBeside
from desktop.ui.figures.drawings import NO_KEY, Chart, charts_of
from desktop.ui.figures.finding import Found, find
from desktop.ui.figures.reading import Scope, Sheet
from desktop.ui.figures.screen import BigScreen
from desktop.ui.figures.table import FiguresTable
from desktop.ui.figures.tabulation import TableRow
from desktop.ui.page import Landing, Page
from desktop.ui.parts import Button, Card, ChipRow, Empty, Words

#: A page narrower than this (at size 1.0) leaves the charts to the large screen.
_ROOM_FOR_CHARTS = 860


class FiguresPage(Page):
    """Tables by unit, category, level … project, charts beside them, both over the whole screen."""

    name = "figures"
    title = "指标与图"
    icon = "bar-chart"
    hints = "Enter 看明细　Backspace 返回　Ctrl+C 复制　F11 大图"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._scope, self._aspect = Scope(""), PROGRESS
        self._sort, self._descending = "", False
        self._wanted: str | None = None
        self._found: Found | None = None
        self._charts: tuple[Chart, ...] = ()
        self.dimensions = ChipRow()
        self.aspects = ChipRow()
        self.back = Button("返回", icon="arrow-left")
        self.copy = Button("复制全表", icon="copy")
        self.big = Button("大图", icon="zoom-in")
        self.table = FiguresTable()
        self.card = Card("指标")
        self.unit = Words("", "small", "ink_soft", right=True)
        self.note = Words("", "small", "ink_soft")
        self.beside = ChartsBeside()
        self.empty = Empty(
            "这一周没有列入调度的项目",
            "以前年度已竣工、这一周以后才填报的项目不列入；可换一周看，或先登记项目。",
            "新增项目",
        )
        self.large: BigScreen | None = None
        self._lay_out()
        self._connect()

    # What the shell calls -----------------------------------------------------------------------

    def refresh(self) -> None:
        period, scope, aspect = self.desk.period, self._scope, self._aspect
        self.desk.read(
            self, lambda book: find(book, period, scope, aspect), self._show, key="sheet"
        )

    def land(self, landing: Landing) -> None:
        """``tab`` names a dimension; with ``register`` unit the projects of the unit ``record``."""
        if landing.register and landing.record:
            self._go(Scope(PROJECT, landing.register, landing.record))
        elif landing.tab:
            self._go(Scope(landing.tab))

    def place(self) -> dict[str, str]:
        kept = {
            "by": self._scope.by,
            "within": self._scope.within,
            "aspect": self._aspect,
            "sort": self._sort,
            "descending": "1" if self._descending else "",
            "row": self.table.current_key() or "",
            "chart": self.beside.chosen(),
        }
        if self._scope.key is not None:
            kept["key"] = self._scope.key
        return kept

    def return_to(self, place: dict[str, str]) -> None:
        self._scope = Scope(place.get("by", ""), place.get("within", ""), place.get("key"))
        self._aspect = place.get("aspect", PROGRESS)
        self._sort = place.get("sort", "")
        self._descending = bool(place.get("descending"))
        self._wanted = place.get("row")
        self.beside.choose(place.get("chart", ""))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.beside.setVisible(self.width() >= _ROOM_FOR_CHARTS * theme.current().scale)

    # Laying out ---------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        now = theme.current()
        head = QHBoxLayout()
        head.setSpacing(now.gap)
        head.addWidget(self.dimensions, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.copy)
        head.addWidget(self.big)
        self.card.head.insertWidget(0, self.back)
        line = QHBoxLayout()
        line.addWidget(self.aspects, 1)
        line.addWidget(self.unit)
        self.card.body.addLayout(line)
        self.card.body.addWidget(self.table, 1)
        self.card.body.addWidget(self.note)
        body = QWidget()
        inner = QHBoxLayout(body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(now.gap)
        inner.addWidget(self.card, 73)
        inner.addWidget(self.beside, 27)
        nothing = QWidget()
        around = QVBoxLayout(nothing)
        around.addWidget(self.empty, 0, Qt.AlignmentFlag.AlignCenter)
        self.stack = QStackedWidget()
        self.stack.addWidget(body)
        self.stack.addWidget(nothing)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.pad, now.gap, now.pad, now.pad)
        whole.setSpacing(now.gap)
        whole.addLayout(head)
        whole.addWidget(self.stack, 1)
        self.back.hide()
        self.setFocusProxy(self.table)

    def _connect(self) -> None:
        self.dimensions.chosen.connect(lambda by: self._go(Scope(by)))
        self.aspects.chosen.connect(self._look_at)
        self.table.opened.connect(self._open)
        self.table.sorted.connect(self._sort_by)
        self.table.copied.connect(self._say_copied)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.table.customContextMenuRequested.connect(self._menu)
        self.back.clicked.connect(self._return)
        self.copy.clicked.connect(lambda: self._say_copied(self.table.copy(everything=True)))
        self.big.clicked.connect(self.show_big)
        self.beside.opened.connect(self._open_key)
        self.empty.clicked.connect(lambda: self.desk.go("project", Landing(text="new")))
        for keys, run in (
            ("F11", self.show_big),
            ("Backspace", self._return),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    # Showing ------------------------------------------------------------------------------------

    def _show(self, found: Found) -> None:
        self._found = found
        sheet = found.sheet
        self._scope = sheet.scope
        self.dimensions.set_chips([(one.name, one.title, None) for one in found.dimensions])
        self.dimensions.choose(sheet.scope.within or sheet.scope.by)
        self.aspects.set_chips([(one.name, one.title, None) for one in found.aspects])
        self.aspects.choose(self._aspect)
        self.back.setVisible(bool(sheet.scope.within))
        self.back.setText(f"按{sheet.title}")
        self.card.set_title(_titled(sheet))
        self.unit.set_text(found.table.unit)
        self.note.set_text(found.table.note)
        self.note.setVisible(bool(found.table.note))
        self.table.show_table(found.table, self._sort, descending=self._descending)
        if self._wanted is not None:
            self.table.choose(self._wanted)
            self._wanted = None
        self.stack.setCurrentIndex(0 if sheet.lines or sheet.scope.within else 1)
        for button in (self.copy, self.big):
            button.setEnabled(bool(sheet.lines))
        self._charts = charts_of(sheet, found.points)
        self.beside.show_charts(self._charts)
        if self.large is not None and self.large.isVisible():
            self._fill(self.large)

    def show_big(self) -> None:
        """Show the charts over the whole screen."""
        if self._found is None or not self._found.sheet.lines:
            return
        if self.large is None:
            self.large = BigScreen(self)
            self.large.left.connect(self.table.setFocus)
        self._fill(self.large)
        self.large.showFullScreen()

    def _fill(self, large: BigScreen) -> None:
        if self._found is not None:
            sheet, facts = self._found.sheet, self.desk.facts
            where = f"{facts.unit_short}　{facts.week(sheet.period)}"
            large.show_charts(sheet, self._charts, where)

    # Going ----------------------------------------------------------------------------------------

    def _go(self, scope: Scope, wanted: str | None = None) -> None:
        if scope != self._scope:
            self._scope, self._wanted = scope, wanted
            self._sort, self._descending = "", False
            self.refresh()

    def _look_at(self, aspect: str) -> None:
        self._aspect, self._sort, self._descending = aspect, "", False
        self._wanted = self.table.current_key()
        self.refresh()

    def _open(self, row: TableRow, column: str) -> None:
        """A group opens its projects, the total all of them, a project its page."""
        found = self._found
        if found is None:
            return
        scope = found.sheet.scope
        if row == found.table.total:
            if scope.by != PROJECT:
                self._go(Scope(PROJECT))
        elif scope.by == PROJECT:
            self._project(str(row.key))
        else:
            self._go(Scope(PROJECT, scope.by, row.key))
            if column in ("light", "red", "yellow"):
                self._sort = "light"

    def _open_key(self, key: str) -> None:
        """The same from a chart's mark."""
        wanted = None if key == NO_KEY else key
        for row in self.table.figures.rows:
            if row.key == wanted:
                self._open(row, "name")
                return

    def _return(self) -> None:
        """From a group's projects back to the groups, on the line from which one came."""
        if self._scope.within:
            self._go(Scope(self._scope.within), self._scope.key)
            self.table.setFocus()

    def _project(self, record: str) -> None:
        subject = self.desk.facts.scheme.head.subject
        self.desk.go("project", Landing(register=subject, record=record))

    def offers(self, row: TableRow) -> list[tuple[str, str, Callable[[], object]]]:
        """What the menu of a row offers: icon, words, what it does."""
        found: list[tuple[str, str, Callable[[], object]]] = []
        if self._scope.by != PROJECT:
            found.append(("table", "看明细", lambda: self._open(row, "name")))
        elif row.key is not None:
            record, weekly = row.key, self.desk.facts.scheme.head.weekly
            landing = Landing(register=weekly, subject=record)
            found.append(("folder", "看这个项目", lambda: self._project(record)))
            found.append(("table", "到台账里看", lambda: self.desk.go("grid", landing)))
        found.append(("copy", "复制", lambda: self._say_copied(self.table.copy())))
        return found

    def _menu(self, spot: QPoint) -> None:
        index = self.table.indexAt(spot)
        if index.isValid():
            menu = QMenu(self)
            for icon, words, run in self.offers(self.table.figures.row_at(index.row())):
                menu.addAction(icons.icon(icon, "ink"), words, run)
            menu.exec(self.table.viewport().mapToGlobal(spot))

    def _sort_by(self, column: str, descending: bool) -> None:
        self._sort, self._descending = column, descending
        if self._found is not None:
            self.table.show_table(self._found.table, column, descending=descending)

    def _say_copied(self, rows: int) -> None:
        if rows:
            self.desk.say(f"已复制 {rows} 行，可以粘贴到 Excel 或 WPS")


def _titled(sheet: Sheet) -> str:
    """按单位, 空冢郭镇的项目, 全部项目."""
    if sheet.scope.within:
        return f"{sheet.group or '未填'}的项目"
    return "全部项目" if sheet.scope.by == PROJECT else f"按{sheet.title}"
