"""从 Excel 读入: the workbook on the left, what it changes on the right, questions by key."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.sheets.workbook.refusals import AnswerNotUnderstood
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.parts import Empty
from desktop.ui.reading_in import choosing_file, offers
from desktop.ui.reading_in.bands import Tag
from desktop.ui.reading_in.case import Case
from desktop.ui.reading_in.change_pane import ChangePane
from desktop.ui.reading_in.field_menu import FieldMenu
from desktop.ui.reading_in.headline import Headline
from desktop.ui.reading_in.intake import Intake
from desktop.ui.reading_in.outcome import Outcome
from desktop.ui.reading_in.question_pane import QuestionPane
from desktop.ui.reading_in.reading import Written
from desktop.ui.reading_in.remark_pane import RemarkPane
from desktop.ui.reading_in.row_verbs import RowVerbs
from desktop.ui.reading_in.workbook_pane import WorkbookPane

#: px of the right side.
WIDE = 372
QUESTIONS, CHANGES, REMARKS = range(3)


class ReadingInPage(Page):
    """Shown by a button, or when a workbook is dropped on the window; it has no line in the menu:
    one comes here with a file, not once a week. What is under way stays until it is written."""

    name = "reading-in"
    title = "从 Excel 读入"
    icon = "sheet"
    weekly = False
    hints = "1、2、3 答复　Enter 同意　↓ 下一问　F2 另填　Alt+↓ 改栏目　F9 写入"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.intake = Intake(desk, self)
        self.workbook, self.outcome = WorkbookPane(), Outcome(desk)
        self.questions, self.changes = QuestionPane(), ChangePane()
        self.remarks = RemarkPane()
        self.head = Headline()
        self.rows = RowVerbs(self.intake, self.workbook, self.remarks, self)
        self.empty = Empty(
            "从 Excel 读入",
            "把工作簿拖到窗口里，或从文件夹选择。xlsx、xls、ods、csv 都可以。\n"
            "先逐格列出会改什么，看过、答过再写入；写入以后可以一步撤销。",
            "选择工作簿……",
        )
        self.tabs = QTabWidget()
        self._arrange()
        self._connect()
        self._show()

    # Page -------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """The book changed: compare anew."""
        self.intake.done = None
        self.intake.compare()

    def land(self, landing: Landing) -> None:
        """``text`` is a path: read it; "choose": ask for one, unless one is under way."""
        if landing.text == "choose":
            if self.intake.workbook is None:
                self.choose()
        elif landing.text:
            self.begin(Path(landing.text))

    def leave(self) -> bool:
        """What is under way stays here; it is said how to come back."""
        if self.intake.unwritten and self.intake.path is not None:
            name = self.intake.path.name
            self.desk.say(f"“{name}”还没有写入账本，点“从 Excel 读入”可以接着做")
        return True

    def may_end(self) -> bool:
        """Corrections that were not written would be lost."""
        return self._may_drop("关闭后这次的答复和改动不保留。", "仍要关闭")

    def undo(self) -> None:
        """Ctrl+Z: the latest correction first, then the book's latest act."""
        if not self.intake.step_back():
            self.desk.undo()

    # Verbs ------------------------------------------------------------------------------------

    def choose(self) -> None:
        """Ask for a workbook and read it."""
        path = choosing_file.choose(self, self.desk)
        if path is not None:
            self.begin(path)

    def begin(self, path: Path) -> None:
        """Read a workbook, in the place of the one under way."""
        if self._may_drop("换一个工作簿，这次的答复和改动不保留。", "换一个"):
            self.intake.open(path)

    def give_up(self) -> None:
        """Put the workbook aside."""
        if self._may_drop("放弃后这次的答复和改动不保留，账本没有改动。", "放弃"):
            self.intake.forget()

    def write(self) -> None:
        """Write what is shown; what is open is said and stays out."""
        found = self.intake.found
        if found is None or self.intake.done is not None:
            return
        self._waits = self.intake.comparing
        if self._waits:  # What is written is what was seen: the latest correction comes first.
            return
        if found.plan.asked:
            self.tabs.setCurrentIndex(QUESTIONS)
            self.questions.look_at(next(one.id for one in found.cases if one.field == "period"))
            self.desk.say("请先定下数据属于哪一期")
            return
        held = found.summary.held
        if found.cases and not self.desk.confirm(
            f"还有 {len(found.cases)} 个问题没有答复。",
            f"{held} 格先不写入，其余照写；以后答复了可以再读入一次。"
            if held
            else "没有答复的内容不写入，其余照写。",
            "照此写入",
        ):
            return
        self.intake.write()

    def _may_drop(self, advice: str, yes: str) -> bool:
        path = self.intake.path
        if not self.intake.unwritten or path is None:
            return True
        return self.desk.confirm(f"“{path.name}”还没有写入账本。", advice, yes)

    # What is shown ----------------------------------------------------------------------------

    def _begun(self) -> None:
        self.tabs.setCurrentIndex(QUESTIONS)
        self._fresh = True

    def _show(self) -> None:
        found, scheme = self.intake.found, self.desk.facts.scheme
        self.whole.setCurrentIndex(0 if found is None else 1)
        if found is None:
            return
        fresh, self._fresh = self._fresh, False
        self.head.tell(found, done=self.intake.done is not None)
        (self.workbook.begin if fresh else self.workbook.tell)(found, scheme)
        self.outcome.tell(found)
        if self.intake.done is not None:
            self.outcome.tell_done(self.intake.done)
        self.changes.tell(found, scheme)
        said = found.summary.remarks
        self.remarks.tell(said)
        self.questions.tell(found.cases, self.intake.answered)
        self.tabs.setTabText(QUESTIONS, f"问题 {len(found.cases):,}")
        self.tabs.setTabText(CHANGES, f"变化 {len(found.plan.steps):,}")
        self.tabs.setTabText(REMARKS, f"说明 {len(said):,}")
        self.setFocusProxy(self.questions if found.cases else self.workbook.view)
        if fresh:
            first = CHANGES if found.plan.steps or not said else REMARKS
            self.tabs.setCurrentIndex(QUESTIONS if found.cases else first)
            (self.questions if found.cases else self.workbook.view).setFocus()
        if self._waits:
            self.write()

    def _written(self, written: Written) -> None:
        self.outcome.tell_done(written)
        self.desk.say("已写入账本，Ctrl+Z 可以整批撤销")
        self.tabs.setCurrentIndex(CHANGES)
        if self.intake.found is not None:
            self.head.tell(self.intake.found, done=True)

    def _refused(self, error: OneLedgerError, identity: str) -> None:
        """Said where it was typed: in the question's card, or below the sheet."""
        self._waits = False
        if not isinstance(error, AnswerNotUnderstood):
            self.desk.warn(error)
        elif not self.questions.refuse(error.sentence, identity):
            where = identity.partition(":")[0].replace("!", " ")
            self.workbook.line.refuse(error.sentence.replace(identity, where))

    def _asked(self, case: Case) -> None:
        self.workbook.go_to(case.sheet, case.row, case.column)

    def _stood(self, sheet: str, row: int, column: int) -> None:
        """On a cell with a question the question is shown."""
        found = self.intake.found
        if found is not None and self.workbook.view.hasFocus():
            identity = found.effects.asked.get((sheet, row, column))
            if identity is not None:
                self.questions.look_at(identity)

    def _choose_field(self, tag: Tag, rect: QRect) -> None:
        scheme, sheet = self.desk.facts.scheme, self.workbook.sheet
        listed = offers.offers(scheme, tag.table, tag.column)
        self.menu = FieldMenu(self, tag.column, listed, offers.said(scheme, tag.column))
        self.menu.chosen.connect(lambda name: self.intake.set_field(sheet, tag.column, name))
        self.menu.unit.connect(lambda unit: self.intake.set_unit(tag.table, tag.column, unit))
        self.menu.open_at(rect)

    # Making -----------------------------------------------------------------------------------

    def _arrange(self) -> None:
        self._fresh = self._waits = False
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        for pane, title in (
            (self.questions, "问题"),
            (self.changes, "变化"),
            (self.remarks, "说明"),
        ):
            self.tabs.addTab(_padded(pane), title)
        self.right = QWidget()
        right = QVBoxLayout(self.right)
        right.setContentsMargins(0, 0, 0, 0)
        right.addWidget(self.outcome)
        right.addWidget(self.tabs, 1)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.workbook, 1)
        self._middle.addWidget(self.right)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.addWidget(self.head)
        self._column.addLayout(self._middle, 1)
        self.whole = QStackedWidget(self)
        self.whole.addWidget(self.empty)
        self.whole.addWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.whole)
        right.setSpacing(theme.current().gap)
        self._measure()
        if self.empty.button is not None:
            self.setFocusProxy(self.empty.button)

    def _connect(self) -> None:
        intake, questions = self.intake, self.questions
        self.empty.clicked.connect(self.choose)
        self.head.other.connect(self.choose)
        self.head.dropped.connect(self.give_up)
        self.head.write.connect(self.write)
        intake.begun.connect(self._begun)
        intake.came.connect(self._show)
        intake.written.connect(self._written)
        intake.refused.connect(self._refused)
        questions.answered.connect(intake.answer)
        questions.typed.connect(intake.type)
        questions.shown.connect(self._asked)
        questions.taken_back.connect(intake.take_back)
        self.changes.wanted.connect(self.workbook.go_to)
        self.remarks.wanted.connect(self.workbook.go_to)
        self.outcome.week_chosen.connect(intake.set_period)
        self.outcome.go.connect(self.desk.go)
        self.workbook.stood.connect(self._stood)
        self.workbook.line.corrected.connect(intake.set_value)
        self.workbook.view.tag_wanted.connect(self._choose_field)
        shortcut = QShortcut(QKeySequence("F9"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.write)

    def _measure(self) -> None:
        now = theme.current()
        self.right.setFixedWidth(min(now.px(WIDE), self.width() * 2 // 5))
        self._middle.setSpacing(now.gap)
        self._column.setContentsMargins(now.px(20), now.px(14), now.px(20), now.px(14))
        self._column.setSpacing(now.px(10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()


def _padded(pane: QWidget) -> QWidget:
    """A pane with room around it, on a card's ground."""
    now, card = theme.current(), QWidget()
    inside = QVBoxLayout(card)
    inside.setContentsMargins(now.gap, now.px(10), now.gap, now.px(8))
    inside.addWidget(pane)
    return card
