"""The weekly grid under a person's hands: where a cell is on the screen, what is seen beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.ui.grid.page import GridPage
from tests.stories.person import Person
from tests.ui.conftest import spin


class Sheet:
    """The page 台账 that ``person`` looks at."""

    def __init__(self, person: Person) -> None:
        page = person.page
        assert isinstance(page, GridPage)
        self.person, self.page = person, page
        self.view, self.model = page.body.view, page.body.model

    def column(self, name: str) -> int:
        """The number of a column, by its field."""
        return [one.name for one in self.model.columns()].index(name)

    def row(self, project: str) -> int:
        """The row that is headed by a project's name."""
        return self.projects().index(project)

    def projects(self) -> list[str]:
        """The names at the head of the rows, from above."""
        named = self.column("subject.name")
        return [self.model.cell(row, named).text for row in range(self.model.rowCount())]

    def at(self) -> tuple[str, str]:
        """Project and field of the cell on which one stands."""
        row, column = self.view.current()
        return self.projects()[row], self.model.columns()[column].name

    def text(self, project: str, field: str) -> str:
        """What is seen in a cell."""
        return self.model.cell(self.row(project), self.column(field)).text

    def click(self, project: str, field: str, *, extend: bool = False) -> None:
        """Click a cell; with Shift to select as far as there."""
        row, column = self.row(project), self.column(field)
        place = self.view.measures.place_of(column)
        self.view.show_cell(row, place)  # the wheel
        QTest.mouseClick(
            self.view.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ShiftModifier if extend else Qt.KeyboardModifier.NoModifier,
            self.view.rect_of(row, column).center(),
        )
        if not extend:
            assert self.at() == (project, field)

    def read_aside(self) -> str:
        """The words beside the grid about the cell on which one stands."""
        aside, here = self.page.aside, self.view.current()
        held = self.model.contents
        assert held is not None
        key = held.keys[here[0]]

        def told() -> bool:
            return aside.about is not None and (aside.about.key, aside.about.column) == (
                key,
                here[1],
            )

        spin(told)
        self.person.wait()
        return "\n".join(
            text
            for child in aside.cell.findChildren(QWidget)
            if child.isVisible() and callable(said := getattr(child, "text", None))
            if isinstance(text := said(), str)
        )

    def button(self, words: str) -> QPushButton:
        """A button beside the grid that is seen."""
        self.read_aside()
        found = [
            one
            for one in self.page.aside.findChildren(QPushButton)
            if words in one.text() and one.isVisible()
        ]
        assert len(found) == 1, [one.text() for one in self.page.aside.findChildren(QPushButton)]
        return found[0]
