"""The panel that filters: by unit, level, category, state and light, and by any column."""

from __future__ import annotations

from typing import Any

import msgspec
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from desktop.errors import OneLedgerError
from desktop.ledger import values
from desktop.ledger.definitions import Field
from desktop.ui import theme
from desktop.ui.facts import Facts
from desktop.ui.grid.columns import Placed
from desktop.ui.grid.filtering import WAYS, Asked, Condition, How, ways
from desktop.ui.grid.reading import Sheet
from desktop.ui.lights import SIGNS, WORDS
from desktop.ui.parts import Button, Passage

EVERY = "全部"
_LIGHTS = ("red", "yellow", "green")


class FilterPanel(QFrame):
    """A popup under a button or a heading. ``asked`` is the new :class:`Asked`."""

    asked = Signal(object)

    def __init__(
        self, parent: QWidget, facts: Facts, sheet: Sheet, now: Asked, column: str = ""
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("part", "card")
        self.setAccessibleName("筛选")
        self.facts, self.sheet, self.now = facts, sheet, now
        self.choices: dict[str, QComboBox] = {}
        whole = QVBoxLayout(self)
        pad = theme.current().px(14)
        whole.setContentsMargins(pad, pad, pad, pad)
        self._form = QFormLayout()
        self._form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        whole.addLayout(self._form)
        for placed in offered(sheet):
            self._add_choice(placed)
        self.light = self._add_lights() if sheet.weekly else None
        self._add_column(column)
        self.wrong = Passage("", "small", "must")
        self.wrong.hide()
        whole.addWidget(self.wrong)
        buttons = QHBoxLayout()
        apply, clear = Button("筛选", primary=True), Button("清除筛选")
        apply.setDefault(True)
        apply.clicked.connect(self.apply)
        clear.clicked.connect(self.clear)
        buttons.addStretch(1)
        buttons.addWidget(clear)
        buttons.addWidget(apply)
        whole.addLayout(buttons)
        if column and column not in self.choices:
            self.value.setFocus()

    def open_at(self, point: QPoint) -> None:
        """Open below a point of the screen, within it."""
        self.adjustSize()
        screen = self.screen().availableGeometry()
        left = min(point.x(), screen.right() - self.width())
        top = min(point.y(), screen.bottom() - self.height())
        self.move(max(left, screen.left()), max(top, screen.top()))
        self.show()

    def apply(self) -> None:
        """Filter by what stands here; a value that cannot be read is told."""
        conditions = [
            Condition(name, "is", box.currentData())
            for name, box in self.choices.items()
            if box.currentData() is not None
        ]
        try:
            own = self._condition()
        except OneLedgerError as error:
            self.wrong.setText(str(error))
            self.wrong.show()
            return
        if own is not None:
            conditions = [one for one in conditions if one.column != own.column] + [own]
        light = self.light.currentData() if self.light is not None else None
        self.asked.emit(
            msgspec.structs.replace(
                self.now, conditions=tuple(conditions), lights=(light,) if light else ()
            )
        )
        self.close()

    def clear(self) -> None:
        """Show all rows again."""
        self.asked.emit(msgspec.structs.replace(self.now, conditions=(), lights=()))
        self.close()

    # Making ----------------------------------------------------------------------------------

    def _add_choice(self, placed: Placed) -> None:
        box = QComboBox()
        box.setAccessibleName(placed.field.title)
        box.addItem(EVERY, None)
        for value, words in choices_of(self.facts, placed.field):
            box.addItem(words, value)
        now = next((one.value for one in self.now.conditions if one.column == placed.name), None)
        box.setCurrentIndex(max(0, box.findData(now)))
        self._form.addRow(placed.field.title, box)
        self.choices[placed.name] = box

    def _add_lights(self) -> QComboBox:
        box = QComboBox()
        box.setAccessibleName("亮灯")
        box.addItem(EVERY, None)
        for light in _LIGHTS:
            box.addItem(f"{SIGNS[light]} {WORDS[light]}", light)
        box.setCurrentIndex(max(0, box.findData(self.now.lights[0] if self.now.lights else None)))
        self._form.addRow("亮灯", box)
        return box

    def _add_column(self, column: str) -> None:
        """The line that asks any column."""
        self.column, self.how, self.value = QComboBox(), QComboBox(), QLineEdit()
        self.column.setAccessibleName("栏目")
        self.how.setAccessibleName("条件")
        self.value.setAccessibleName("值")
        self.column.addItem("不限", "")
        for placed in self.sheet.placed:
            self.column.addItem(words_of(placed), placed.name)
        known = [one for one in self.now.conditions if one.column not in self.choices]
        first = next((one for one in known if one.column == column or not column), None)
        chosen = column or (first.column if first is not None else "")
        self.column.setCurrentIndex(max(0, self.column.findData(chosen)))
        self.column.currentIndexChanged.connect(self._ways)
        row = QHBoxLayout()
        row.addWidget(self.how)
        row.addWidget(self.value, 1)
        self._form.addRow("栏目", self.column)
        self._form.addRow("", row)
        self.how.currentIndexChanged.connect(self._look)
        self._ways()
        if first is not None:
            self.how.setCurrentIndex(max(0, self.how.findData(first.how)))
            self.value.setText(self._shown(first))

    def _ways(self) -> None:
        placed = self._placed()
        self.how.clear()
        for how in ways(placed.field.type) if placed is not None else ():
            self.how.addItem(WAYS[how], how)
        self._look()

    def _look(self) -> None:
        placed = self._placed()
        self.how.setEnabled(placed is not None)
        self.value.setEnabled(
            placed is not None and self.how.currentData() not in ("empty", "filled")
        )

    def _placed(self) -> Placed | None:
        at = self.sheet.column(self.column.currentData() or "")
        return self.sheet.placed[at] if at >= 0 else None

    def _condition(self) -> Condition | None:
        placed, how = self._placed(), self.how.currentData()
        if placed is None or how is None:
            return None
        text = self.value.text().strip()
        if how in ("empty", "filled"):
            return Condition(placed.name, how)
        if not text:
            return None
        return Condition(placed.name, how, stored(self.facts, placed.field, how, text))

    def _shown(self, condition: Condition) -> str:
        placed = self.sheet.placed[self.sheet.column(condition.column)]
        if condition.value is None:
            return ""
        return words_of_value(self.facts, placed.field, condition.value)


def offered(sheet: Sheet) -> list[Placed]:
    """The columns that are chosen from a list: the unit and the code lists, the file's first."""
    listed = ("choice", "choices", "flag")
    return [
        one
        for one in sheet.placed
        if one.field.type in listed or (one.field.of == "unit" and one.part != "identity")
    ][:6]


def choices_of(facts: Facts, field: Field) -> list[tuple[Any, str]]:
    """What a listed column may hold: stored value and words."""
    if field.of == "unit":
        return [(unit.record, unit.short) for unit in facts.units]
    if field.type == "flag":
        return [(1, "是"), (0, "否")]
    codes = facts.scheme.code_list(field)
    return [(item.name, item.title or item.name) for item in codes.items] if codes else []


def stored(facts: Facts, field: Field, how: How, text: str) -> Any:
    """What was typed as a condition's value; raises as :func:`values.typed` does."""
    if how == "has":
        return text
    if field.of is not None:
        named = [value for value, words in choices_of(facts, field) if words == text]
        return named[0] if named else text
    if field.type == "choices":
        return text
    return values.typed(facts.scheme, field, text)


def words_of_value(facts: Facts, field: Field, value: Any) -> str:
    """A condition's value in words."""
    if field.of is not None or field.type == "choices":
        return dict(choices_of(facts, field)).get(value, str(value))
    if isinstance(value, str):
        return value
    return values.shown(facts.scheme, field, value)


def words_of(placed: Placed) -> str:
    """A column in words: 上周累计, 本周完成投资."""
    column = placed.column
    return f"{column.group}{column.title}" if placed.part == "last" else placed.field.title


def said(facts: Facts, sheet: Sheet, asked: Asked) -> str:
    """The conditions in words, "" for none."""
    parts: list[str] = [WORDS[light] for light in asked.lights]
    for one in asked.conditions:
        at = sheet.column(one.column)
        if at >= 0:
            placed = sheet.placed[at]
            value = "" if one.value is None else words_of_value(facts, placed.field, one.value)
            parts.append(f"{words_of(placed)}{WAYS[one.how]}{value}")
    return "、".join(parts)
