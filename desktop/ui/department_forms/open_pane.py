"""Beside a form that is being learned: what stays empty, the fixed texts, what would be lost."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from desktop.sheets.forms.learning import TEXT
from desktop.sheets.workbook.grid import address, place
from desktop.ui import theme
from desktop.ui.department_forms.reading import Studied
from desktop.ui.department_forms.showing import FIXED
from desktop.ui.parts import LinkRow, Passage, Words
from desktop.ui.parts.words import tip


class OpenPane(QScrollArea):
    """``wanted`` gives the cell (row, column from 0) of a column to be looked at; ``texted`` the id
    of a fixed text and what it says."""

    wanted = Signal(int, int)
    texted = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: list[LinkRow] = []
        self.boxes: dict[str, QLineEdit] = {}

    def tell(self, studied: Studied) -> None:
        """Say what is open; a text box that is being typed in keeps the keyboard."""
        typing = next((key for key, box in self.boxes.items() if box.hasFocus()), "")
        now, learned = theme.current(), studied.learned
        self.rows, self.boxes = [], {}
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, now.px(6), 0)
        column.setSpacing(now.px(6))
        filled = len(learned.form.columns)
        column.addWidget(Words(f"填 {filled} 栏", "big", "good" if filled else "must", bold=True))
        if learned.left:
            column.addWidget(Words(f"不填的 {len(learned.left)} 处", "body", "explain", bold=True))
            said = "点一处，在表头上指定是哪一栏；本来就不用填的不必管。"
            column.addWidget(Passage(said, "small", "ink_soft"))
        for one in learned.left:
            row = LinkRow("pencil" if one.id else "", " ".join(one.heading.split()) or "没有表头")
            row.setToolTip(tip(f"{one.heading}：{one.reason}"))
            row.setEnabled(bool(one.id))
            if one.id:
                cell = one.id.rpartition("!")[2].partition(":")[0]
                row.clicked.connect(partial(self.wanted.emit, *place(cell)))
            column.addWidget(row)
            column.addWidget(Passage(one.reason, "small", "ink_soft"))
            self.rows.append(row)
        self._texts(column, studied)
        self._questions(column, studied)
        by_itself = dict.fromkeys(
            FIXED[one.what] for one in learned.form.fixed if one.what in FIXED
        )
        if by_itself:
            column.addWidget(Passage(f"每次自动填：{'、'.join(by_itself)}", "small", "ink_soft"))
        if learned.lost:
            lost = f"空表中的{'、'.join(learned.lost)}，填表时保留不全，填好后请核对。"
            column.addWidget(Passage(lost, "body", "explain"))
        column.addStretch(1)
        self.setWidget(inside)
        if typing in self.boxes:
            self.boxes[typing].setFocus()

    def _texts(self, column: QVBoxLayout, studied: Studied) -> None:
        """A box for each label that the book cannot answer."""
        form = studied.learned.form
        labels = [one for one in form.fixed if one.what == "text"]
        if not labels:
            return
        column.addWidget(Words("固定的文字", "body", bold=True))
        said = "每次填同样的字；不写则留空。"
        column.addWidget(Passage(said, "small", "ink_soft"))
        for one in labels:
            cell = address(one.row - 1, one.column - 1)
            identity = f"{form.sheet}!{cell}:{TEXT}-{one.label}"
            box = QLineEdit(one.text)
            box.setMaxLength(40)
            box.setPlaceholderText(one.label)
            box.setAccessibleName(one.label)
            box.editingFinished.connect(partial(self._texted, identity, box))
            column.addWidget(Words(one.label, "small", "ink_soft"))
            column.addWidget(box)
            self.boxes[identity] = box

    def _questions(self, column: QVBoxLayout, studied: Studied) -> None:
        """What else is asked about the form: a box for each answer."""
        for one in studied.learned.questions:
            if one.id in self.boxes:
                continue
            box = QLineEdit()
            box.setPlaceholderText("答复")
            box.setAccessibleName(one.question)
            box.editingFinished.connect(partial(self._texted, one.id, box))
            column.addWidget(Passage(f"{one.cell}　{one.question}", "small", "explain"))
            column.addWidget(box)
            self.boxes[one.id] = box

    def _texted(self, identity: str, box: QLineEdit) -> None:
        if box.isModified():
            box.setModified(False)
            self.texted.emit(identity, box.text().strip())
