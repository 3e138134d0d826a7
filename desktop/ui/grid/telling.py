"""Keeps the aside with the cell on which one stands, and leads from a finding to its cell."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.ledger import explanations
from desktop.ledger.checks import Finding
from desktop.ui.desk import Desk
from desktop.ui.grid import finding, story
from desktop.ui.grid.about import about
from desktop.ui.grid.apart import APART, HERE
from desktop.ui.grid.aside import Aside
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.finding_list import Line
from desktop.ui.grid.sheet import SheetModel
from desktop.ui.grid.story import Story
from desktop.ui.grid.view import GridView
from desktop.ui.page import Landing

#: After so long on one cell it is told of, and its history read, in milliseconds.
SOON, STORY = 30, 150


class Telling(QObject):
    """``moved`` (row, column) follows the active cell, after a moment."""

    moved = Signal(int, int)

    def __init__(
        self, desk: Desk, view: GridView, model: SheetModel, aside: Aside, parent: QObject
    ) -> None:
        super().__init__(parent)
        self.desk, self.view, self.model, self.aside = desk, view, model, aside
        self._soon, self._later = QTimer(self), QTimer(self)
        for timer, run, wait in (
            (self._soon, self.tell, SOON),
            (self._later, self._read_story, STORY),
        ):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(run)
        view.block_changed.connect(self._soon.start)
        model.counted.connect(self._soon.start)
        model.dataChanged.connect(lambda *_: self._soon.start())
        model.modelReset.connect(self._soon.start)
        aside.filled.connect(self._fill)
        aside.explained.connect(self.explain)
        aside.given_up.connect(model.give_up)
        aside.wanted.connect(self.go)
        aside.settling.connect(self.settle)
        aside.finished.connect(view.setFocus)

    def tell(self) -> None:
        """Show what is to be said of the active cell, and all findings."""
        held = self.model.contents
        row, column = self.view.current()
        if held is None or self.aside.isHidden():
            return
        self.aside.show_about(about(held, row, column) if row >= 0 else None)
        self.aside.show_lines(lines(held))
        self._later.start()

    def step(self, forward: bool) -> bool:
        """F8: on to the next cell that asks for something, round the end; False for none."""
        held = self.model.contents
        places = held.trouble() if held is not None else []
        if not places:
            return False
        now = self.view.current()
        if forward:
            place = next((one for one in places if one > now), places[0])
        else:
            place = next((one for one in reversed(places) if one < now), places[-1])
        self.view.go_to(*place)
        self._say_at(*place)
        return True

    def _say_at(self, row: int, column: int) -> None:
        """Say under a cell what the folded aside would say."""
        held = self.model.contents
        said = about(held, row, column) if held is not None and self.aside.isHidden() else None
        asks = [one for one in (said.found if said is not None else ()) if not one.explained]
        if asks and said is not None and not said.refused:
            self.view.say_at(row, column, asks[0].sentence)

    def step_to_first(self) -> None:
        """To the first cell that asks for something."""
        held = self.model.contents
        places = held.trouble() if held is not None else []
        if places:
            self.view.go_to(*places[0])

    def go(self, line: Line) -> None:
        """Land where a line of the list leads: in a cell, or on another page."""
        if line.finding is not None and line.finding.check == APART:
            self.settle(line.finding)
        elif line.row >= 0 and line.column >= 0:
            self.view.go_to(line.row, line.column)
            self.view.setFocus()
        elif line.finding is not None:
            self.lead(line.finding)

    def lead(self, one: Finding) -> None:
        """To the page where a finding about a file or a list is mended."""
        scheme = self.desk.facts.scheme
        page = "project" if one.register == scheme.head.subject else "lists"
        landing = Landing(
            register=one.register, record=one.record, field=one.cell, subject=one.subject
        )
        self.desk.go(page, landing)

    def settle(self, one: Finding) -> None:
        """To the page where one of the sides is chosen, at this very conflict."""
        self.desk.memory.put(HERE, one.id)
        self.desk.go("exchange", Landing(tab="settle", record=one.record, field=one.cell))

    def explain(self, number: str, text: str) -> None:
        """Write an explanation."""
        held = self.model.contents
        if held is not None:
            period = held.sheet.period
            self.desk.write(
                self, "写说明", lambda book: explanations.explain(book, number, text, period)
            )

    def save_explanation(self) -> None:
        """Write what stands in an open box: leaving loses nothing."""
        box = self.aside.box
        if box is not None and (text := box.unsaved()):
            self.explain(box.finding.id, text)

    def explain_here(self) -> bool:
        """Open the box for the first finding of the active cell that asks for it."""
        now = self.aside.about
        wanted = [one for one in (now.found if now else ()) if one.level == "explain"]
        if wanted:
            self.aside.explain(wanted[0])
        return bool(wanted)

    def _fill(self, key: str, column: int, value: object) -> None:
        held = self.model.contents
        if held is not None and held.row_of(key) >= 0:
            self.model.fill(held.row_of(key), column, value)

    def _read_story(self) -> None:
        held = self.model.contents
        row, column = self.view.current()
        own = held.row_at(row) if held is not None and row >= 0 else None
        if held is None or own is None:
            self.aside.show_story(Story())
            return
        read = partial(
            story.read, sheet=held.sheet, row=own, column=column, today=self.desk.today()
        )
        self.desk.read(self, read, self.aside.show_story, key="story")


def lines(held: Contents) -> list[Line]:
    """All that asks for something, row by row: refused cells, then findings."""
    found: list[tuple[int, int, Line]] = []
    for row, column, waiting in held.refused():
        own = held.row_at(row)
        title = f"{held.sheet.placed[column].field.title}没有写入“{waiting.typed}”"
        found.append((row, column, Line(own.name if own else "", title, "must", row, column)))
    for one in held.findings.open():
        key = one.subject if held.sheet.weekly else one.record
        row, column = held.row_of(key), finding.column_of(one, held.sheet)
        if row >= 0:
            here = (row, column) if column >= 0 else (-1, -1)
            found.append((row, column, Line(one.subject_name, one.title, one.level, *here, one)))
    found.sort(key=lambda entry: entry[:2])
    return [line for _, _, line in found]
