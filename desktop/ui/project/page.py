"""The page 项目: the list on the left; on the right one project, its file, lists, weeks, photos and
changes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms.dialog import RecordDialog
from desktop.ui.forms.form import RecordForm
from desktop.ui.page import Landing, Page
from desktop.ui.parts import Button, Empty, IconButton
from desktop.ui.photos.strip import PhotoStrip
from desktop.ui.project import changes, listing
from desktop.ui.project.changes_tab import ChangesTab
from desktop.ui.project.deeds import new_project, remove_project
from desktop.ui.project.head_card import HeadCard
from desktop.ui.project.list_pane import ListPane
from desktop.ui.project.lists_tab import ListsTab
from desktop.ui.project.tabs import TABS, Tabs, on_card, scrolled
from desktop.ui.project.weeks_tab import WeeksTab
from desktop.ui.project.whole import Whole, whole


class ProjectPage(Page):
    """One project, one list, one ledger."""

    name = "project"
    title = "项目"
    icon = "projects"
    hints = "Ctrl+N 新增项目　Ctrl+F 查找　Ctrl+Tab 下一页签　Ctrl+Z 撤销"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.record = ""
        self.label = ""
        self._landing = Landing()
        self._scheme = desk.facts.scheme
        self.pane = ListPane(desk)
        self.head = HeadCard()
        self.tabs = Tabs()
        self._form: RecordForm | None = None
        self.lists = ListsTab(desk)
        self.weeks = WeeksTab()
        self.photos = PhotoStrip(desk)
        self.changes = ChangesTab()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        now = theme.current()
        self._file, weeks, photos = scrolled(), scrolled(), scrolled()
        weeks.setWidget(self.weeks)
        photos.setWidget(on_card(self.photos))
        contents = (self._file, self.lists, weeks, photos, self.changes)
        for key, content in zip(TABS, contents, strict=True):
            self.tabs.add(key, content)
        self.open_grid = Button("打开台账", icon="ledger")
        self.remove = IconButton("trash", "删除项目")
        self.tabs.beside(self.open_grid, self.remove)
        detail = QWidget()
        right = QVBoxLayout(detail)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(now.gap)
        right.addWidget(self.head)
        right.addWidget(self.tabs, 1)
        self.nothing = Empty(
            "选一个项目来看", "在左边的列表中点选，或用 Ctrl+F 按名称、拼音首字母查找。"
        )
        self.either = QStackedWidget()
        self.either.addWidget(self.nothing)
        self.either.addWidget(detail)
        across = QHBoxLayout(self)
        across.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        across.setSpacing(now.gap)
        across.addWidget(self.pane)
        across.addWidget(self.either, 1)
        self.setFocusProxy(self.pane.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.pane.set_room(self.width())
        super().resizeEvent(event)

    def _connect(self) -> None:
        self.pane.chosen.connect(self._choose)
        self.pane.opened.connect(self._enter)
        self.pane.new_wanted.connect(self.new_project)
        self.open_grid.clicked.connect(lambda: self._open_week(self.desk.period))
        self.head.paper.clicked.connect(self.show_paper)
        self.remove.clicked.connect(self.remove_project)
        self.weeks.opened.connect(self._open_week)
        self.changes.narrowed.connect(self._narrow_changes)
        self.changes.more.connect(self._read_more_changes)
        self.photos.count_changed.connect(
            lambda count: self.tabs.say("photos", str(count) if count else "")
        )
        for key, run in (("Ctrl+N", self.new_project), ("Ctrl+P", self.show_paper)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    @property
    def form(self) -> RecordForm:
        """The project's file; made when it is first needed, the page is there sooner."""
        if self._form is None:
            self._form = RecordForm(self.desk, self._scheme.head.subject)
            self._form.loaded.connect(self._land_in_form)
            self._file.setWidget(on_card(self._form))
        return self._form

    # Reading ---------------------------------------------------------------------------------

    def refresh(self) -> None:
        if self.desk.facts.scheme is not self._scheme:
            self._scheme = self.desk.facts.scheme
            self._form = None
        self.pane.refresh()
        if self.record:
            self._read(self.record)

    def _read(self, record: str) -> None:
        period, today = self.desk.period, self.desk.facts.last_day(self.desk.period)
        only = self.changes.only

        self.desk.read(
            self,
            lambda book: whole(book, record, period, today, only),
            self._show,
            key="project",
            failed=lambda _error: self._gone(),
        )
        self.form.load(record)

    def _show(self, shown: Whole) -> None:
        head = shown.head
        self.label = head.name
        self.head.show_head(head)
        today = self.desk.facts.last_day(self.desk.period)
        self.lists.show_lists(shown.lists, head.record, head.name, today)
        self.weeks.show_weeks(shown.weeks)
        self.changes.show_changes(shown.changed, shown.fields)
        self.tabs.say("lists", str(shown.open) if shown.open else "")
        weeks = len(shown.weeks.table.rows)
        self.tabs.say("weeks", f"{weeks} 周" if weeks else "")
        self.either.setCurrentIndex(1)
        self._land_in_tab()

    def _gone(self) -> None:
        """The project was removed, here or by undo."""
        self.record = ""
        self.either.setCurrentIndex(0)

    # Which project ---------------------------------------------------------------------------

    def _choose(self, record: str) -> None:
        if record == self.record:
            return
        if self.record and not self.form.commit():
            self.pane.list.choose(self.record)
            return
        self.record = record
        if not record:
            self._gone()
            return
        self.changes.start()
        self.photos.show_photos(record)
        self._read(record)

    def new_project(self) -> RecordDialog:
        """The dialog for a new project; the new one is shown afterwards."""
        owner = listing.subject_of(self.desk.facts.scheme).owner or ""
        unit = self.pane.wanted.choices.get(owner, "")
        return new_project(self.desk, self, unit, self.pane.seek)

    def remove_project(self) -> None:
        """Remove the project that is shown, after a question."""
        if self.record:
            remove_project(self.desk, self, self.record, self.label, lambda: self.show_tab("lists"))

    def show_paper(self) -> None:
        """The project on one sheet; what is being typed belongs on it."""
        if self.record and self.form.commit():
            self.desk.go("papers", Landing(tab="card", record=self.record))

    def _open_week(self, period: str) -> None:
        self.desk.set_period(period)
        landing = Landing(register=self.desk.facts.scheme.head.weekly, subject=self.record)
        self.desk.go("grid", landing)

    # Tabs ------------------------------------------------------------------------------------

    def show_tab(self, key: str) -> None:
        """Show a tab by its key (file, lists, weeks, photos, changes)."""
        self.tabs.show_tab(key)

    def _enter(self) -> None:
        """On from the list into what the tab shows."""
        match self.tabs.key():
            case "file":
                self.form.show_field(self.form.first_field())
            case "lists":
                self.lists.enter()
            case "weeks":
                self.weeks.view.setFocus()
            case "photos":
                self.photos.list.setFocus()
            case "changes":
                self.changes.view.setFocus()

    def _narrow_changes(self) -> None:
        record, only = self.record, self.changes.only
        self.desk.read(
            self,
            lambda book: (
                changes.changes(book, record, only),
                changes.changed_fields(book, record),
            ),
            lambda found: self.changes.show_changes(*found),
            key="changes",
        )

    def _read_more_changes(self) -> None:
        record, only, begin = self.record, self.changes.only, self.changes.next
        self.desk.read(
            self,
            lambda book: changes.changes(book, record, only, begin),
            self.changes.add_changes,
            key="changes",
        )

    # Coming and going ------------------------------------------------------------------------

    def land(self, landing: Landing) -> None:
        if landing.text == "new":
            self.new_project()
            return
        subject = self.desk.facts.scheme.head.subject
        own = landing.register in ("", subject)
        project = landing.record if own else landing.subject
        self._landing = landing
        if project and project != self.record:
            self.pane.seek(project)
        elif self.record:
            self._read(self.record)  # one lands when the answer comes

    def _land_in_tab(self) -> None:
        landing = self._landing
        if landing.register in self.lists.cards:
            self.show_tab("lists")
            self.lists.choose(landing.register, landing.record)
            self._landing = Landing()
        elif landing.tab or landing.field:
            self.show_tab(landing.tab or "file")
            if not landing.field:
                self._landing = Landing()

    def _land_in_form(self) -> None:
        field = self._landing.field
        if field and self.form.record == self.record:
            self.show_tab("file")
            self.form.show_field(field)
            self._landing = Landing()

    def place(self) -> dict[str, str]:
        return {"record": self.record, "tab": self.tabs.key()}

    def return_to(self, place: dict[str, str]) -> None:
        self.show_tab(place.get("tab", "file"))
        if place.get("record"):
            self.pane.seek(place["record"])

    def leave(self) -> bool:
        return self._form is None or self._form.commit()

    def start_find(self) -> None:
        self.pane.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.pane.search.selectAll()
