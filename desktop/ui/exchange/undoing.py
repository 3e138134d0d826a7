"""Ctrl+Z on the page 收发: nothing is taken back that is not seen there without a question."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QObject, Signal

from desktop.ledger import undo
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.words import day_and_time
from desktop.ui.messages import Remedy

#: What is decided on the page itself is taken back at once, also several in a row.
_HERE = "settle"
_ROW = frozenset({_HERE, "undo", "redo"})
#: What is taken back among the packages taken in.
_ELSEWHERE = frozenset({"receive", "aside"})


class Last(msgspec.Struct, frozen=True):
    """``act`` this PC did last, "" for none; ``undoable`` is what Ctrl+Z would take back.

    ``title`` and ``time`` are the latter's, as people are told. ``since`` is a take-in, or the
    undoing of one, that came after it: "receive", "aside" or "".
    """

    act: str = ""
    undoable: str = ""
    title: str = ""
    time: str = ""
    since: str = ""


def last(book: Book) -> Last:
    """What was done last in the book by this PC."""
    rows = book.connection.execute(
        "SELECT act, max(number) FROM journal WHERE author = ? GROUP BY act ORDER BY 2 DESC",
        (book.replica,),
    ).fetchall()
    act = str(rows[0][0]) if rows else ""
    moved = next(((act, number) for act, number in rows if act in _ELSEWHERE), ("", 0))
    first = undo.first_to_undo(book)
    if first is None:
        return Last(act, since=moved[0])
    entry = first.entry
    title = entry.note or undo.TITLES.get(entry.act, entry.act)
    since = moved[0] if moved[1] > entry.number else ""
    return Last(act, entry.act, title, day_and_time(entry.time), since)


class Undoing(QObject):
    """``told`` says why nothing was taken back; ``taken_wanted`` leads to the packages taken in."""

    told = Signal(object)  # Outcome
    taken_wanted = Signal()

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def undo(self) -> None:
        """Take back what was decided here, ask about anything else, point to what is elsewhere."""
        self._desk.read(self, last, self._judge, key="undo")

    def _judge(self, found: Last) -> None:
        if found.since:
            self.told.emit(_point(found.since, self.taken_wanted.emit))
            return
        here = found.undoable == _HERE and found.act in _ROW
        if here or not found.undoable or self._asked(found):
            self._desk.undo()

    def _asked(self, found: Last) -> bool:
        """Whether the person means what was done on another page."""
        return self._desk.confirm(
            f"撤销“{found.title}”？",
            f"这是 {found.time} 在别的页上做的，这里看不到。撤销后可以用 Ctrl+Y 重做。",
            "撤销",
        )


def _point(act: str, go: Callable[[], None]) -> Outcome:
    way = Remedy("到“收到的包”", go)
    if act == "receive":
        said = "装入要在“收到的包”里撤销。"
        how = "此后没有填过别的内容。选中那个包，按“撤销装入”；Ctrl+Z 没有改动任何内容。"
    else:
        said = "撤销装入以后，要在“收到的包”里重新装入。"
        how = "选中那个包，按“重新装入”；Ctrl+Z 没有改动任何内容。"
    return Outcome("explain", said, (how,), remedies=(way,))
