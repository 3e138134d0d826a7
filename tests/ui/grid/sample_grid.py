"""A grid without a book: a small weekly ledger kept in memory, and hands that press its keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.grid.cells import Cell, Column
from desktop.ui.grid.table_model import GridModel
from desktop.ui.grid.view import GridView

TODAY = date(2023, 3, 2)
_NOWHERE = QModelIndex()
Key = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton

COLUMNS = (
    Column("name", "项目名称", width=190, frozen=True),
    Column("plan", "年度计划", width=84, kind="money", right=True),
    Column("last_total", "累计", "上周", width=84, kind="money", right=True),
    Column("last_week", "完成", "上周", width=66, kind="money", right=True),
    Column("completed_week", "完成投资", "本周", 84, "money", right=True, editable=True),
    Column("completed_total", "累计", "本周", 90, "money", right=True, editable=True),
    Column("rate", "完成率", "本周", 84, "light"),
    Column("stage", "阶段", width=80, kind="choice", editable=True),
    Column("due", "完成时限", width=110, kind="date", editable=True),
    Column("progress", "形象进度", width=180, kind="long_text", editable=True),
    Column("person", "责任人", width=90, editable=True),
)
AT = {column.name: number for number, column in enumerate(COLUMNS)}
STAGES = ("前期", "开工", "在建", "竣工")
MONEY = {"completed_week", "completed_total"}


class SampleModel(GridModel):
    """Rows of texts by column name; money must be digits, or it is refused.

    ``acts`` remembers every commit; ``locked`` (row, column) cells say why; ``tones`` colours them.
    """

    def __init__(self, rows: Sequence[dict[str, str]], columns: Sequence[Column] = COLUMNS) -> None:
        super().__init__()
        self.rows = [dict(row) for row in rows]
        self._columns = columns
        self.acts: list[tuple[list[tuple[int, int, str]], str]] = []
        self.locked: dict[tuple[int, int], str] = {}
        self.tones: dict[tuple[int, int], str] = {}
        self.with_totals = False

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self.rows)

    def columns(self) -> Sequence[Column]:
        return self._columns

    def cell(self, row: int, column: int) -> Cell:
        about = self._columns[column]
        text = self.rows[row].get(about.name, "")
        tone = self.tones.get((row, column), "plain")
        locked = self.locked.get((row, column), "")
        if about.kind == "light" and text:
            tone = f"light:{'green' if float(text.rstrip('%')) >= 12 else 'red'}"
        if about.kind == "money" and text.isdecimal():
            text = f"{int(text):,}"
        return Cell(text, tone, about.editable and not locked, about.right, locked=locked)

    def edit_text(self, row: int, column: int) -> str:
        return self.rows[row].get(self._columns[column].name, "")

    def commit(self, edits: Sequence[tuple[int, int, str]], act: str) -> None:
        self.acts.append((list(edits), act))
        for row, column, text in edits:
            name = self._columns[column].name
            self.rows[row][name] = text
            wrong = name in MONEY and text != "" and not text.isdecimal()
            self.tones[row, column] = "must" if wrong else "plain"
        rows, columns = [edit[0] for edit in edits], [edit[1] for edit in edits]
        self.dataChanged.emit(
            self.index(min(rows), min(columns)), self.index(max(rows), max(columns))
        )
        for row, column, text in edits:
            if self.tones[row, column] == "must":
                title = self._columns[column].title
                self.refused.emit(row, column, f"“{title}”不能填“{text}”：应为数。")

    def totals(self) -> Sequence[Cell] | None:
        if not self.with_totals:
            return None
        cells = []
        for column in self._columns:
            numbers = [int(row[column.name]) for row in self.rows if _counts(row, column)]
            text = f"{sum(numbers):,}" if numbers else ""
            cells.append(
                Cell("合计" if column.name == "name" else text, "total", right=column.right)
            )
        return cells

    def suggest(self, row: int, column: int) -> Sequence[str]:
        return STAGES if self._columns[column].name == "stage" else ()

    def row_key(self, row: int) -> str:
        return self.rows[row].get("key", "")

    def row_of(self, key: str) -> int:
        keys = [row.get("key") for row in self.rows]
        return keys.index(key) if key in keys else -1

    def show(self, rows: Sequence[dict[str, str]]) -> None:
        """Read anew: other rows, or the same in another order."""
        self.beginResetModel()
        self.rows = [dict(row) for row in rows]
        self.tones.clear()
        self.endResetModel()


def _counts(row: dict[str, str], column: Column) -> bool:
    return column.kind == "money" and row.get(column.name, "").isdecimal()


def ledger(count: int = 12) -> list[dict[str, str]]:
    """Rows of projects; in each third the week's figure is still open."""
    return [
        {
            "key": f"p{number}",
            "name": f"第{number + 1}个项目",
            "plan": str(10_000 + 100 * number),
            "last_total": str(2_000 + number),
            "last_week": "100",
            "completed_week": "" if number % 3 == 2 else str(300 + number),
            "completed_total": str(2_300 + number),
            "rate": f"{10 + number % 7}.0%",
            "stage": STAGES[number % 4],
            "due": "2023-12-31",
            "progress": "主体施工",
            "person": "",
        }
        for number in range(count)
    ]


class Hands:
    """Presses keys and moves the mouse over a grid that is shown; cells are named by column."""

    def __init__(self, view: GridView, model: SampleModel) -> None:
        self.view, self.model = view, model

    def key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> None:
        """Press a key where the focus is."""
        QTest.keyClick(self._focus(), key, modifiers)

    def type(self, text: str) -> None:
        """Type characters, each where the focus is by then."""
        for character in text:
            QTest.keyClicks(self._focus(), character)

    def go(self, row: int, column: str) -> None:
        self.view.go_to(row, AT[column])

    @property
    def at(self) -> tuple[int, str]:
        """The active cell."""
        row, column = self.view.current()
        return row, self.view.columns()[column].name

    def text(self, row: int, column: str) -> str:
        """What the model holds."""
        return self.model.rows[row].get(column, "")

    def spot(self, row: int, column: str) -> QPoint:
        """The middle of a cell."""
        return self.view.rect_of(row, AT[column]).center()

    def click(self, row: int, column: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
        QTest.mouseClick(self.view.viewport(), LEFT, modifiers, self.spot(row, column))

    def double_click(self, row: int, column: str) -> None:
        self.click(row, column)
        QTest.mouseDClick(self.view.viewport(), LEFT, NONE, self.spot(row, column))

    def drag(self, *spots: QPoint) -> None:
        """Press at the first spot, move over the others, release at the last."""
        drag(self.view.viewport(), *spots)

    def heading(self, column: str) -> QPoint:
        """The middle of a title."""
        place = self.view.measures.place_of(AT[column])
        return self.view.heading.area_of(place).center()

    @property
    def editor_text(self) -> str | None:
        """What stands in the open editor, None when none is open."""
        editor = self.view.open_editor
        return None if editor is None else editor.text()

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.view


def drag(widget: QWidget, *spots: QPoint) -> None:
    """Press the left button at the first spot, move over the others, release at the last."""
    QTest.mousePress(widget, LEFT, NONE, spots[0])
    for before, spot in pairwise(spots):
        for part in _between(before, spot):
            QTest.mouseMove(widget, part)
            QApplication.processEvents()
    QTest.mouseRelease(widget, LEFT, NONE, spots[-1])


def _between(start: QPoint, end: QPoint) -> Iterator[QPoint]:
    yield QPoint((start.x() + end.x()) // 2, (start.y() + end.y()) // 2)
    yield end


def shown(
    rows: Sequence[dict[str, str]] | None = None, *, size: tuple[int, int] = (1000, 420)
) -> Hands:
    """A grid over ``rows`` (twelve projects unless given) on the screen, with the focus."""
    model = SampleModel(ledger() if rows is None else rows)
    view = GridView(today=lambda: TODAY)
    model.setParent(view)
    view.set_model(model)
    view.resize(*size)
    return at_work(view, model)


def at_work(view: GridView, model: SampleModel) -> Hands:
    """Show the window of a grid and give the grid the focus."""
    view.window().show()
    view.window().activateWindow()
    assert QTest.qWaitForWindowActive(view.window())
    view.setFocus()
    assert view.hasFocus()
    return Hands(view, model)
