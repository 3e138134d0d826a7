"""What is asked before fill-in workbooks are written: which register and period, who, where."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.ledger.definitions import Register
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import asking
from desktop.ui.exchange.asking import AskFolder
from desktop.ui.fill_ins import reading
from desktop.ui.fill_ins.reading import Division, Given
from desktop.ui.fill_ins.recipients import Recipients
from desktop.ui.nearby import nearby, present
from desktop.ui.papers.saving import folder
from desktop.ui.parts import Button, Passage, Words

#: Where this book's fill-in workbooks were written last, and by whom each register was divided.
FOLDER, DIVIDED = "fill_ins.folder", "fill_ins.by"


class FillInDialog(QDialog):
    """Asks; when it was accepted ``given``, ``wanted`` and ``folder`` say what is to be written.

    ``ask`` reaches outside: the system's dialog for a folder.
    """

    def __init__(self, desk: Desk, parent: QWidget, register: str) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("发填报模板")
        self.desk = desk
        self.ask: AskFolder = asking.ask_for_folder
        self.division: Division | None = None
        self.register, self.period, self.by = QComboBox(), QComboBox(), QComboBox()
        self.recipients, self.lack = Recipients(), Passage("", "body", "explain")
        self.place, self.choose = Words("", role="ink_soft"), Button("选文件夹……", icon="folder")
        self.cancel, self.yes = Button("取消"), Button("写出", primary=True)
        kept = desk.memory.get(FOLDER)
        known = isinstance(kept, str) and Path(kept).is_dir()
        self.folder = Path(kept) if known else folder(desk.memory)
        self._arrange()
        self._connect()
        for one in reading.registers(desk.facts.scheme, desk.facts.level):
            self.register.addItem(one.title, one.name)
        self.register.setCurrentIndex(max(0, self.register.findData(register)))
        self._turn()

    # What is asked ----------------------------------------------------------------------------

    @property
    def given(self) -> Given:
        """The register, the period and the field by which it is divided."""
        return Given(
            self.register.currentData() or "",
            self.period.currentData() or "",
            self.by.currentData() or "",
        )

    @property
    def wanted(self) -> list[str]:
        """Who is to get one."""
        return self.recipients.ticked()

    def set_period(self, period: str) -> None:
        """Choose a period."""
        at = self.period.findData(period)
        if at >= 0 and at != self.period.currentIndex():
            self.period.setCurrentIndex(at)
            self._read()

    def choose_folder(self) -> None:
        """Let the person choose where the workbooks are written."""
        chosen = self.ask(self, "写到哪个文件夹", self.folder)
        if chosen is not None:
            self.folder = chosen
            self._say()

    def accept(self) -> None:
        """All is known: remember it for the next time."""
        if not self.yes.isEnabled():
            return
        memory, given = self.desk.memory, self.given
        memory.put(FOLDER, str(self.folder))
        memory.put(DIVIDED, {**(memory.get(DIVIDED) or {}), given.register: given.by})
        super().accept()

    # What is shown ----------------------------------------------------------------------------

    def _turn(self) -> None:
        """Another register has periods of its own."""
        facts = self.desk.facts
        definition = self._definition()
        kinds = definition.period if definition and definition.shape == "ledger" else ()
        self.period.clear()
        last_day = facts.scheme.week_last_day
        for value, words in nearby(kinds, self.desk.period, last_day):
            self.period.addItem(words, value)
        shortest = [kind for kind in ("week", "month", "quarter", "year") if kind in kinds]
        if shortest:
            now = present(shortest[0], self.desk.period, last_day)
            self.period.setCurrentIndex(self.period.findData(str(now)))
        self.form.setRowVisible(self.period, bool(kinds))
        self.by.clear()
        self._read((self.desk.memory.get(DIVIDED) or {}).get(self.register.currentData(), ""))

    def _definition(self) -> Register | None:
        return self.desk.facts.scheme.registers.get(self.register.currentData() or "")

    def _read(self, by: str | None = None) -> None:
        asked = self.given if by is None else Given(self.given.register, self.given.period, by)
        self.division = None
        self._say()
        if asked.register:
            self.desk.read(self, lambda book: reading.divide(book, asked), self._show, key="divide")

    def _show(self, division: Division) -> None:
        self.division = division
        self.by.clear()
        for one in division.dividers:
            self.by.addItem(f"{one.title}（通常这样分）" if not one.name else one.title, one.name)
        self.by.setCurrentIndex(max(0, self.by.findData(division.given.by)))
        self.form.setRowVisible(self.by, len(division.dividers) > 1)
        title = next(
            (one.title for one in division.dividers if one.name == division.given.by), "填报人"
        )
        alone = not division.given.by and len(division.recipients) == 1
        self.recipients.show_recipients(division.recipients, "填报人" if alone else title)
        self._say()

    def _say(self) -> None:
        """Where it goes, how many there will be, or why there is nothing."""
        lack = self.division.lack if self.division is not None else ""
        self.lack.setText(lack)
        self.lack.setVisible(bool(lack))
        self.recipients.setEnabled(not lack)
        self.place.set_text(str(self.folder))
        count = len(self.wanted) if self.division is not None else 0
        self.yes.setText(f"写出 {count} 份" if count else "写出")
        self.yes.setEnabled(count > 0)

    def _arrange(self) -> None:
        now = theme.current()
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(now.gap)
        self.form.setVerticalSpacing(now.px(8))
        self.form.setLabelAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.form.addRow("填什么(&T)", self.register)
        self.form.addRow("期次(&Q)", self.period)
        self.form.addRow("按谁分(&F)", self.by)
        for box in (self.register, self.period, self.by):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.setMinimumWidth(now.px(280))
            box.setMaxVisibleItems(20)
        where = QHBoxLayout()
        where.setSpacing(now.px(8))
        where.addWidget(Words("写到"))
        where.addWidget(self.place, 1)
        where.addWidget(self.choose)
        foot = QHBoxLayout()
        foot.setSpacing(now.gap)
        foot.addWidget(Words("空格 勾选　Ctrl+Enter 写出　Esc 取消", "small", "ink_faint"), 1)
        for button in (self.choose, self.cancel, self.yes):
            button.setAutoDefault(False)
        foot.addWidget(self.cancel)
        foot.addWidget(self.yes)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        whole.setSpacing(now.gap)
        whole.addWidget(
            Passage(
                "给没有本程序的单位、企业和部门做填报用的工作簿，一家一份：表头锁定，可选的有下拉，"
                "旁边是上期数。收回来“从 Excel 读入”，程序认得。",
                role="ink_soft",
            )
        )
        whole.addLayout(self.form)
        whole.addWidget(self.lack)
        whole.addWidget(self.recipients, 1)
        whole.addLayout(where)
        whole.addLayout(foot)
        self.resize(now.px(680), now.px(600))

    def _connect(self) -> None:
        self.register.activated.connect(lambda _at: self._turn())
        self.period.activated.connect(lambda _at: self._read())
        self.by.activated.connect(lambda _at: self._read())
        self.recipients.changed.connect(self._say)
        self.choose.clicked.connect(self.choose_folder)
        self.cancel.clicked.connect(self.reject)
        self.yes.clicked.connect(self.accept)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.accept)
