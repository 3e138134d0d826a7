"""The first start: open a book, begin one from a package, found one, see the demonstration."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFocusEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.exchange.keys_sheet import UNKEPT
from desktop.ui.messages import Remedy
from desktop.ui.parts import LinkRow
from desktop.ui.parts.words import tip
from desktop.ui.shell import question
from desktop.ui.start import demonstration, new_book, places, rescue
from desktop.ui.start.asking import Ask, ask_for_book
from desktop.ui.start.begun import BegunView
from desktop.ui.start.choices import Choice
from desktop.ui.start.demonstration import Role
from desktop.ui.start.founding import Founding, found
from desktop.ui.start.package import Made
from desktop.ui.start.package_form import PackageForm
from desktop.ui.start.roles import RolesDialog
from desktop.ui.start.scrolled import middle, scrolled
from desktop.ui.start.starter import Starter

#: The views of the page, one shown at a time.
CHOICES, FORM, BEGUN = range(3)
#: What leaving the recovery code unkept means.
LEAVING = (
    "离开以后不再显示。账本已建好，列在“最近打开的账本”里；"
    "没有留下恢复码的，打开账本以后要到“设置”的“密钥与恢复”里换一个新的。"
)
Confirm = Callable[[QWidget, str, str, str], bool]
"""Puts a question: (parent, question, advice, yes) → whether the person said yes."""
#: Refusals that a copy on this PC answers, and those that a backup answers.
ELSEWHERE = ("NotLocal", "ReadOnlyBook")
BROKEN = ("DamagedBook", "NotABook")


class StartPage(QWidget):
    """Big choices and the books opened last; ``ask`` and ``confirm`` reach outside."""

    def __init__(self, starter: Starter) -> None:
        super().__init__()
        self.starter = starter
        self.ask: Ask = ask_for_book
        self.confirm: Confirm = question.ask
        self.open = Choice(
            "folder-open", "打开账本", "打开这台电脑上的账本文件（.yzb）", primary=True
        )
        self.package = Choice("usb", "用任务包建账", "区里给的首次任务包，或本单位的互换包")
        self.township = Choice("pencil", "新建乡镇账本", "乡镇、街道、园区每周填报用")
        self.district = Choice("building", "新建区级账本", "区县下发、汇总、调度用")
        self.show_demo = Choice("eye", "看演示", "用虚构的数据看看怎样填报和汇总")
        self.recent_title = QLabel("最近打开的账本")
        self.rows: list[LinkRow] = []
        self._recent = QVBoxLayout()
        self.form, self.begun, self.stack = (
            PackageForm(starter),
            BegunView(starter),
            QStackedWidget(),
        )
        self._arrange()
        self.open.clicked.connect(self.open_book)
        self.package.clicked.connect(self.show_form)
        self.form.left.connect(self.show_choices)
        self.form.begun.connect(self._begun)
        self.begun.opened.connect(self._open_begun)
        self.township.clicked.connect(lambda: self.found_book(reports=True))
        self.district.clicked.connect(lambda: self.found_book(reports=False))
        self.show_demo.clicked.connect(self.demonstrate)
        QShortcut(QKeySequence.StandardKey.Open, self, self.open_book)
        self.setAcceptDrops(True)
        self.refresh()

    def refresh(self) -> None:
        """Show the books opened last."""
        for row in self.rows:
            row.hide()  # or the layout's queued show makes a window of it
            row.setParent(None)
            row.deleteLater()
        books = self.starter.recent()
        self.rows = [LinkRow("book", path.stem, places.told(path.parent)) for path in books]
        for path, row in zip(books, self.rows, strict=True):
            row.setToolTip(tip(str(path)))
            row.clicked.connect(lambda _checked=False, book=path: self.starter.open(book))
            self._recent.addWidget(row)
        self.recent_title.setVisible(bool(self.rows))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The keyboard begins with the book opened last. A proxy of Qt's would cut Tab short."""
        if self.stack.currentIndex():
            return
        (self.rows[0] if self.rows else self.open).setFocus(event.reason())

    # Choices ---------------------------------------------------------------------------------

    def open_book(self) -> None:
        """Ask for a book and open it."""
        if not self.may_leave():
            return
        recent = self.starter.recent()
        folders = (recent[0].parent if recent else places.books_folder(), places.documents())
        chosen = self.ask(self, "打开账本", next((f for f in folders if f.is_dir()), Path.home()))
        if chosen is not None:
            self.starter.open(chosen)

    def found_book(self, *, reports: bool) -> None:
        """Ask what the book is to be, make it and open it."""
        dialog = new_book.ask(self, reports=reports)
        dialog.accepted.connect(lambda: self._found(dialog.founding))

    # A package -------------------------------------------------------------------------------

    def show_form(self) -> None:
        """Ask for the package and what opens it."""
        self.form.clear()
        self.stack.setCurrentIndex(FORM)
        self.form.choose.setFocus()

    def show_choices(self) -> None:
        """Back to the choices."""
        self.stack.setCurrentIndex(CHOICES)
        self.package.setFocus()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A package or a book may be dropped anywhere, but not while a code is to be kept."""
        if _dropped(event) is not None and self.stack.currentIndex() != BEGUN:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A book is opened, everything else looked at as a package."""
        path = _dropped(event)
        if path is None:
            return
        event.acceptProposedAction()
        if path.suffix.lower() == places.ENDING:
            self.starter.open(path)
            return
        if self.stack.currentIndex() != FORM:
            self.show_form()
        self.form.take(path)

    def _begun(self, made: Made) -> None:
        """A unit's first book shows its codes; a second PC's has none and is opened."""
        self.starter.remember(made.path)
        if made.sheet is None:
            self.starter.open(made.path)
            return
        self.begun.show_made(made, made.sheet)
        self.stack.setCurrentIndex(BEGUN)

    def _open_begun(self) -> None:
        if self.begun.made is not None:
            self.starter.open(self.begun.made.path)

    def may_leave(self) -> bool:
        """Asked once before the recovery code, which nobody has on paper, goes from the screen."""
        sheet = self.begun.sheet
        if self.stack.currentIndex() != BEGUN or not sheet.unkept:
            return True
        if not self.confirm(self, UNKEPT, LEAVING, "仍要离开"):
            return False
        sheet.forget()
        self.begun.wait.hide()
        self.begun.go.setEnabled(True)
        return True

    def demonstrate(self) -> None:
        """Ask as whom, make the demonstration if it is not there, open the role's book."""
        folder = places.documents() / places.DEMONSTRATION
        there = demonstration.book_of(folder, "district") is not None
        dialog = RolesDialog(self, there=there)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(
            lambda role, again: self._demonstrate(folder, role, anew=again or not there)
        )
        dialog.open()

    def _found(self, asked: Founding) -> None:
        self.starter.run(self, "建立账本", lambda _progress: found(asked), self.starter.open)

    def _demonstrate(self, folder: Path, role: Role, *, anew: bool) -> None:
        book = demonstration.book_of(folder, role)
        if book is not None and not anew:
            self.starter.open(book)
            return
        make = self.starter.demonstrate

        def failed(error: OneLedgerError) -> None:
            if error.name == "FolderTaken":
                self._demonstrate(places.free(folder), role, anew=True)
            else:
                self.starter.warn(error)

        self.starter.run(
            self,
            "生成演示数据，约需十秒",
            lambda progress: demonstration.made(folder, role, make, progress),
            self.starter.open,
            failed,
        )

    # What went wrong -------------------------------------------------------------------------

    def refused(self, error: OneLedgerError, path: Path | None = None) -> None:
        """Say why a book was not opened, with the buttons that help."""
        self.refresh()
        self.starter.warn(error, *(self._remedies(error, path) if path is not None else ()))

    def _remedies(self, error: OneLedgerError, path: Path) -> list[Remedy]:
        if error.name in ELSEWHERE:
            return [Remedy("复制到“文档”并打开", lambda: self._copy(path))]
        if error.name not in (*BROKEN, "BadBackup"):
            return []
        found = rescue.latest_backup(path) if error.name in BROKEN else None
        remedies = [Remedy("选一份备份恢复……", lambda: self._choose_backup(path))]
        if found is not None:
            newest = found
            remedies.insert(0, Remedy("从最近的备份恢复", lambda: self._restore(newest, path)))
        return remedies

    def _copy(self, path: Path) -> None:
        folder = places.books_folder()
        self.starter.run(
            self,
            f"复制 {path.name} 到 {folder}",
            lambda progress: rescue.copy_of(path, folder, progress),
            self.starter.open,
        )

    def _choose_backup(self, book: Path) -> None:
        folder = rescue.backups_of(book)
        start = folder if folder.is_dir() else book.parent
        chosen = self.ask(self, "从哪份备份恢复", start)
        if chosen is not None:
            self._restore(chosen, book)

    def _restore(self, backup: Path, book: Path) -> None:
        self.starter.run(
            self,
            f"核验并恢复 {backup.name}",
            lambda _progress: rescue.restored(backup, book),
            self.starter.open,
            lambda error: self.refused(error, book),
        )

    # -----------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        now = theme.current()
        title, about = QLabel("一本账"), QLabel("一项目、一清单、一台账")
        title.setFont(theme.font("figure", bold=True))
        about.setProperty("role", "ink_soft")
        self.recent_title.setProperty("role", "ink_soft")
        grid = QGridLayout()
        grid.setSpacing(now.gap)
        for number, choice in enumerate((self.open, self.package, self.township, self.district)):
            grid.addWidget(choice, number // 2, number % 2)
        grid.addWidget(self.show_demo, 2, 0, 1, 2)
        self._recent.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(now.gap)
        column.addStretch(2)
        column.addWidget(title)
        column.addWidget(about)
        column.addSpacing(now.gap)
        column.addLayout(grid)
        column.addSpacing(now.gap)
        column.addWidget(self.recent_title)
        column.addLayout(self._recent)
        column.addStretch(3)
        for part in (column, middle(self.form), middle(self.begun)):
            self.stack.addWidget(scrolled(part))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.stack)


def _dropped(event: QDropEvent) -> Path | None:
    """The one file that is being dropped."""
    urls = [url for url in event.mimeData().urls() if url.isLocalFile()]
    return Path(urls[0].toLocalFile()) if len(urls) == 1 else None
