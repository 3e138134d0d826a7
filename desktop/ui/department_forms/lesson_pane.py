"""A form that is being learned: its name above, its sheet with the fields, what is open beside."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.department_forms.form_sheet import FormSheet
from desktop.ui.department_forms.open_pane import OpenPane
from desktop.ui.department_forms.showing import FormEffects, of_form
from desktop.ui.department_forms.teach_head import TeachHead
from desktop.ui.department_forms.teaching import Teaching
from desktop.ui.desk import Desk
from desktop.ui.reading_in import offers
from desktop.ui.reading_in.bands import Tag
from desktop.ui.reading_in.field_menu import FieldMenu

#: px of the right side.
WIDE = 270


class LessonPane(QWidget):
    """``begun`` when a workbook is understood for the first time, ``saved`` gives the form's name,
    ``ended`` that it was given up. ``names`` are the forms that there are."""

    begun = Signal()
    saved = Signal(str)
    ended = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.names: frozenset[str] = frozenset()
        self.teaching = Teaching(desk, self)
        self.head, self.sheet, self.open = TeachHead(), FormSheet(), OpenPane()
        self.menu: FieldMenu | None = None
        self._middle, whole = QHBoxLayout(), QVBoxLayout(self)
        self._middle.addWidget(self.sheet, 1)
        self._middle.addWidget(self.open)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(10))
        whole.addWidget(self.head)
        whole.addLayout(self._middle, 1)
        self.head.save.connect(self.save)
        self.head.dropped.connect(self.give_up)
        self.teaching.came.connect(self._came)
        self.teaching.saved.connect(self.saved)
        self.teaching.refused.connect(self._refused)
        self.sheet.tag_wanted.connect(self._choose_field)
        self.open.wanted.connect(self.sheet.go_to)
        self.open.texted.connect(self.teaching.set_text)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    @property
    def busy(self) -> bool:
        """Whether a form is being learned."""
        return self.teaching.studied is not None

    def learn(self, path: Path, name: str = "", given: Mapping[str, Any] | None = None) -> None:
        """Learn the empty workbook at ``path``; ``name`` and ``given`` of one known before."""
        self.teaching.begin(path, name, given)

    def save(self) -> None:
        """Keep what was learned."""
        name = self.head.box.text().strip()
        if not self.busy:
            return
        if not name:
            self.head.refuse("请先给表样起个名称。")
            return
        taken = name != self.teaching.name and name in self.names
        if taken and not self.desk.confirm(
            f"已有叫“{name}”的表样，用这一份替换它吗？", "原来那份学过的对应不保留。", "替换"
        ):
            return
        self.teaching.save(name)

    def give_up(self) -> None:
        """Learn it no more."""
        if self.may_drop("放弃后这次的对应不保留。", "放弃"):
            self.teaching.forget()
            self.ended.emit()

    def may_drop(self, advice: str, yes: str) -> bool:
        """Whether nothing would be lost, or the person does not mind."""
        if not self.busy or not self.teaching.changed:
            return True
        return self.desk.confirm("这份表样还没有保存。", advice, yes)

    def _came(self) -> None:
        studied = self.teaching.studied
        if studied is None:
            return
        fresh = self.teaching.fresh
        if fresh:
            self.head.begin(self.teaching.name or studied.path.stem)
        scheme, learned, table = self.desk.facts.scheme, studied.learned, studied.table
        tables = (of_form(scheme, table, learned),) if table is not None else ()
        effects = FormEffects(studied.workbook, learned.form, tables, learned.questions)
        self.sheet.show_form(studied.workbook, effects, scheme, fresh=fresh)
        self.open.tell(studied)
        if fresh:
            self.begun.emit()
            self.sheet.view.setFocus()

    def _refused(self, error: OneLedgerError) -> None:
        self.head.refuse(f"{error.sentence}{error.advice}")

    def _choose_field(self, tag: Tag, rect: QRect) -> None:
        studied = self.teaching.studied
        if studied is None:
            return
        scheme, sheet = self.desk.facts.scheme, studied.learned.form.sheet
        listed = offers.offers(scheme, tag.table, tag.column, every_ledger=True)
        said = offers.said(scheme, tag.column)
        self.menu = FieldMenu(self, tag.column, listed, said, none="不填这一栏", verb="填")
        self.menu.chosen.connect(lambda name: self.teaching.set_field(sheet, tag.column, name))
        self.menu.unit.connect(lambda unit: self.teaching.set_unit(tag.table, tag.column, unit))
        self.menu.open_at(rect)

    def _measure(self) -> None:
        now = theme.current()
        self.open.setFixedWidth(now.px(WIDE))
        self._middle.setSpacing(now.gap)
