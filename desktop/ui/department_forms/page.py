"""部门表样: the forms that are kept, one of them as it looks, and learning another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.department_forms import reading
from desktop.ui.department_forms.kept_pane import KeptPane
from desktop.ui.department_forms.lesson_pane import LessonPane
from desktop.ui.department_forms.reading import Kept
from desktop.ui.department_forms.shelf import FormShelf
from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.parts import Empty
from desktop.ui.reading_in import choosing_file


class FormsPage(Page):
    """Reached from 调度与报表; a workbook dropped here is an empty form to be learned."""

    name = "department-forms"
    title = "部门表样"
    icon = "sheet"
    reads = frozenset({"-"})  # Forms are files beside the book: no register makes the page stale.
    hints = "Ctrl+N 学新的　Ctrl+S 填好存为　Alt+↓ 改一栏　F9 保存表样"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.forms: tuple[Kept, ...] = ()
        self.chosen = ""
        self.shelf, self.kept, self.lesson = FormShelf(), KeptPane(desk), LessonPane(desk)
        self.empty = Empty(
            "部门表样",
            "统计局、发改委等部门的表，样子各不相同，数是同一份。把对方发来的空表学一次，\n"
            "说清哪一栏是什么，以后每期点一下就填好，样子不变。也可以把空表直接拖到这里。",
            "学新的表样……",
        )
        self.either = QStackedWidget()
        for pane in (self.empty, self.kept, self.lesson):
            self.either.addWidget(pane)
        self._whole = QHBoxLayout(self)
        self._whole.addWidget(self.shelf)
        self._whole.addWidget(self.either, 1)
        self.setFocusProxy(self.shelf.list)
        self.setAcceptDrops(True)
        self._measure()
        theme.notifier.changed.connect(self._measure)
        self._connect()

    # Page -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        self.desk.read(self, lambda book: reading.kept(book.path), self._list, key="forms")

    def land(self, landing: Landing) -> None:
        """``text="learn"`` asks for an empty workbook, unless one is being learned."""
        if landing.text == "learn" and not self.lesson.busy:
            self.learn()

    def place(self) -> dict[str, str]:
        return {"form": self.chosen}

    def return_to(self, place: dict[str, str]) -> None:
        self.chosen = place.get("form", "")

    def leave(self) -> bool:
        """What is being learned stays here; it is said how to come back."""
        if self.lesson.busy and self.lesson.teaching.changed:
            self.desk.say("表样还没有保存，从“调度与报表”点“部门表样”可以接着做")
        return True

    def may_end(self) -> bool:
        return self.lesson.may_drop("关闭后这次的对应不保留。", "仍要关闭")

    def undo(self) -> None:
        """Ctrl+Z: the latest correction first, then the book's latest act."""
        if not self.lesson.teaching.step_back():
            self.desk.undo()

    # Verbs ------------------------------------------------------------------------------------

    def learn(self) -> None:
        """Ask for an empty workbook and learn it."""
        if self._may_learn():
            path = choosing_file.choose(self, self.desk, "选择空表")
            if path is not None:
                self.lesson.learn(path)

    def correct(self) -> None:
        """Go on with what was learned of the form that is shown."""
        one = self._shown()
        if one is not None and one.form is not None:
            self.lesson.learn(one.template, one.name, reading.answers_of(one.form))

    def replace(self) -> None:
        """Learn the form's new workbook under its name."""
        one = self._shown()
        path = choosing_file.choose(self, self.desk, "选择新的空表") if one else None
        if one is not None and path is not None:
            self.lesson.learn(path, one.name)

    def fill(self) -> None:
        """Fill the form that is shown."""
        if self.either.currentWidget() is self.kept:
            self.kept.fill()

    def _may_learn(self) -> bool:
        return self.lesson.may_drop("另学一份，这次的对应不保留。", "另学一份")

    # What is shown ----------------------------------------------------------------------------

    def _shown(self) -> Kept | None:
        return next((one for one in self.forms if one.name == self.chosen), None)

    def _list(self, found: tuple[Kept, ...]) -> None:
        self.forms = found
        self.lesson.names = frozenset(one.name for one in found)
        if found and self._shown() is None:
            self.chosen = found[0].name
        self.shelf.show_forms(found, self.chosen)
        if not self.lesson.busy:
            self._show_chosen()

    def _choose(self, name: str) -> None:
        if self.lesson.may_drop("看别的表样，这次的对应不保留。", "不保留"):
            self.lesson.teaching.forget()
            self.chosen = name
            self._show_chosen()
        else:
            self.shelf.choose(self.lesson.teaching.name)

    def _show_chosen(self) -> None:
        one = self._shown()
        self.shelf.choose(self.chosen)
        self.either.setCurrentWidget(self.kept if one is not None else self.empty)
        if one is not None:
            self.kept.show_form(one)

    def _begun(self) -> None:
        self.either.setCurrentWidget(self.lesson)
        self.shelf.choose(self.lesson.teaching.name)

    def _saved(self, name: str) -> None:
        self.chosen = name
        self.desk.say(f"表样“{name}”已保存在账本旁边")
        self.shelf.list.setFocus()
        self.refresh()

    def _gone(self, name: str) -> None:
        self.desk.say(f"已删除表样“{name}”")
        self.chosen = ""
        self.refresh()

    # Making -----------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.empty.clicked.connect(self.learn)
        self.shelf.learn_wanted.connect(self.learn)
        self.shelf.chosen.connect(self._choose)
        self.kept.correct.connect(self.correct)
        self.kept.replace.connect(self.replace)
        self.kept.gone.connect(self._gone)
        self.lesson.begun.connect(self._begun)
        self.lesson.saved.connect(self._saved)
        self.lesson.ended.connect(self._show_chosen)
        verbs = (("Ctrl+N", self.learn), ("Ctrl+S", self.fill), ("F9", self.lesson.save))
        for keys, run in verbs:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(run)

    def _measure(self) -> None:
        now = theme.current()
        self._whole.setContentsMargins(now.pad, now.pad, now.pad, now.gap)
        self._whole.setSpacing(now.gap)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if choosing_file.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """An empty form was dropped here."""
        try:
            path = choosing_file.one_of(choosing_file.files(event.mimeData()))
        except OneLedgerError as error:
            self.desk.warn(error)
            return
        event.acceptProposedAction()
        if self._may_learn():
            self.lesson.learn(Path(path))
