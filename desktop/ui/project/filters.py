"""What narrows the list of projects: the popup with every filter and its counts, and the filters
that are on, each with a cross."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, ChipRow, Flow, Words
from desktop.ui.project.facets import Facet, facets
from desktop.ui.project.listing import UNFILLED, Stand, Wanted, subject_of


class FilterPopup(QFrame):
    """A row of chips for each field; ``chosen`` says the field and its choice, "" for all."""

    chosen = Signal(str, str)
    cleared = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.desk = desk
        self.setProperty("part", "card")
        self.rows: dict[str, ChipRow] = {}
        now = theme.current()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.gap, now.gap, now.gap, now.gap)
        head = QHBoxLayout()
        head.addWidget(Words("筛选", bold=True), 1)
        self.clear = Button("全部清除")
        self.clear.clicked.connect(self.cleared)
        head.addWidget(self.clear)
        whole.addLayout(head)
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._inside = QWidget()
        self._inside.setObjectName("page")
        self._room = QVBoxLayout(self._inside)
        self._room.setContentsMargins(0, 0, now.gap, 0)
        self._room.addStretch(1)
        self.area.setWidget(self._inside)
        whole.addWidget(self.area, 1)
        self.setFixedSize(now.px(420), now.px(500))

    def read(self, wanted: Wanted, known: Mapping[str, Stand]) -> None:
        """Count anew what each filter would leave."""
        self.desk.read(
            self,
            lambda book: facets(book, wanted, known),
            lambda found: self.show_facets(found, wanted.choices),
            key="facets",
        )

    def show_facets(self, found: Sequence[Facet], on: Mapping[str, str]) -> None:
        """Show these filters with their counts; ``on`` are those that are chosen."""
        for facet in found:
            row = self.rows.get(facet.name)
            if row is None:
                row = self._add(facet)
            chosen = on.get(facet.name, "")
            chips: list[tuple[str, str, int | None]] = [("", "全部", None)]
            chips += [(option.key, option.title, option.count) for option in facet.options]
            if chosen and all(chosen != option.key for option in facet.options):
                chips.append((chosen, said(self.desk, facet.name, chosen), 0))
            row.set_chips(chips)
            row.choose(chosen)
        self.clear.setEnabled(bool(on))

    def _add(self, facet: Facet) -> ChipRow:
        row = self.rows[facet.name] = ChipRow()
        row.chosen.connect(lambda key: self.chosen.emit(facet.name, key))
        at = self._room.count() - 1
        self._room.insertWidget(at, Words(facet.title, "small", "ink_soft"))
        self._room.insertWidget(at + 1, row)
        self._room.insertSpacing(at + 2, theme.current().px(6))
        return row


def said(desk: Desk, name: str, key: str) -> str:
    """A filter's choice in words."""
    if key == UNFILLED:
        return key
    scheme = desk.facts.scheme
    field = subject_of(scheme).get(name)
    codes = scheme.code_list(field)
    return codes.title_of(key) if codes else desk.facts.unit_named(key) or key


class FiltersOn(QWidget):
    """The filters that are on; a click takes one away. Not seen when there are none."""

    removed = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._flow = Flow(self, gap=theme.current().px(6))
        self.hide()

    def show_filters(self, choices: Mapping[str, str]) -> None:
        """Show the filters that are on: field → choice."""
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        subject = subject_of(self.desk.facts.scheme)
        for name, key in choices.items():
            button = QToolButton()
            button.setText(f"{subject.get(name).title}：{said(self.desk, name, key)}")
            button.setIcon(icons.icon("x", "ink_soft"))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setToolTip("取消这一项筛选")
            button.setFont(theme.font("small"))
            button.clicked.connect(lambda _=False, name=name: self.removed.emit(name))
            self._flow.addWidget(button)
        self.setVisible(bool(choices))
        self.updateGeometry()
