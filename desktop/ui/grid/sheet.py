"""The sheet that a clerk fills: what is typed is judged at once and written through the desk.

It is shown as on its way; the worker writes it as one batch and answers with the rows as they are.
A refused text stays in its cell with the reason. What others changed (an undo, another page) is
read anew for the rows that it touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.grid import entering
from desktop.ui.grid.contents import Contents
from desktop.ui.grid.display import Waiting
from desktop.ui.grid.entering import Edit, Entered
from desktop.ui.grid.judging import judge
from desktop.ui.grid.read_sheet import ReadSheet
from desktop.ui.grid.taken_back import WrittenBlocks
from desktop.ui.grid.unwritten import AGAIN, Unwritten

#: A writing that touched more rows than these has the whole week checked anew, after so long in
#: milliseconds.
FEW, CALM = 100, 200


class SheetModel(ReadSheet):
    """``said`` is a sentence about what was written or not, ``kept_red`` tells of the refused cells
    of a block: how many, why the first, and the act."""

    said = Signal(str)
    kept_red = Signal(int, str, str)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self._own: Counter[str] = Counter()
        self._token = 0
        self._awake, self._missed = True, False
        self._blocks, self._undone = WrittenBlocks(), False
        self._unwritten = Unwritten(desk, self._write_again)
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(CALM)
        self._calm.timeout.connect(self._check_all)
        desk.changed.connect(self._changed)
        self.counted.connect(self._forget_undone)

    def set_awake(self, awake: bool) -> None:
        """Whether anybody looks; asleep, changes are only noted and read when looked at again."""
        self._awake = awake
        if awake and self._missed:
            self._missed = False
            self.reload()

    def commit(self, edits: Sequence[tuple[int, int, str]], act: str) -> None:
        held = self.contents
        if held is None:
            return
        self._token += 1
        self._undone = False
        year = int((held.sheet.period or self.desk.period)[:4])
        judged = judge(held, edits, self._token, year)
        self._redraw(judged.touched)
        if judged.refused:
            self.refused.emit(*judged.refused[0])
            if len(edits) > 1:
                self.kept_red.emit(len(judged.refused), judged.refused[0][2], act)
        self.put(judged.edits, act, self._token)

    # Writing ---------------------------------------------------------------------------------

    def put(self, edits: Sequence[Edit], act: str, token: int = 0) -> None:
        """Write stored values as one act; ``act`` is what the undo calls it."""
        held = self.contents
        if not edits or held is None:
            return
        sheet = held.sheet
        kind = "paste" if act.startswith("粘贴") else "change"
        self._write(
            held,
            act,
            lambda book: entering.enter(book, sheet, edits, kind, act),
            [edit.key for edit in edits],
            token,
        )

    def accept(self, cells: Iterable[tuple[int, int]]) -> None:
        """Take what these empty cells propose."""
        held = self.contents
        if held is None:
            return
        edits = [
            Edit(held.keys[row], held.sheet.placed[column].field.name, offered)
            for row, column in cells
            if (offered := held.offer(row, column)) is not None and held.editable(row, column)
        ]
        if edits:
            self.put(edits, f"照提示填写 {len(edits)} 格")
        else:
            self.said.emit("选中的格里没有可以带入的内容。")

    def fill(self, row: int, column: int, value: Any) -> None:
        """Write a stored value into one cell, as a button of the aside asks."""
        held = self.contents
        if held is not None and held.editable(row, column):
            field = held.sheet.placed[column].field
            held.waiting.pop((held.keys[row], field.name), None)
            self.put([Edit(held.keys[row], field.name, value)], f"填写{field.title}")

    def give_up(self, key: str, column: int) -> None:
        """Forget what was refused in a cell and show again what stands in the book."""
        held = self.contents
        name = held.sheet.placed[column].name if held is not None else ""
        if held is not None and (key, name) in held.waiting:
            del held.waiting[key, name]
            self._rows_changed([key])
            self.counted.emit()

    def unsaved(self) -> list[list[str]]:
        """Every refused text, to be shown again after the next start."""
        return [
            [*sheet, *place, one.typed, one.sentence]
            for sheet, places in self._kept.items()
            for place, one in places.items()
            if one.sentence
        ]

    def restore(self, unsaved: Sequence[Sequence[str]]) -> None:
        """Take back what :meth:`unsaved` said, before anything is shown."""
        for register, period, key, name, typed, sentence in unsaved:
            waiting = Waiting(typed, typed, sentence)
            self._kept.setdefault((register, period), {})[key, name] = waiting

    def carry(self) -> None:
        """Fill every empty cell of the shown rows that goes on from last week."""
        held = self.contents
        if held is None or not held.keys:
            return
        sheet, locked = held.sheet, set(held.locks)
        keys = [
            key for key in held.keys if key not in held.rows or held.rows[key].unit not in locked
        ]
        self._write(
            held,
            "照上周带入",
            lambda book: entering.carry(book, sheet, keys, "照上周带入"),
            keys,
            0,
            self._say_carried,
        )

    def _say_carried(self, written: Entered) -> None:
        count = len(written.followed)
        self.said.emit(f"照上周带入 {count} 处，可以撤销。" if count else "没有可以带入的空格。")

    def _write(
        self,
        held: Contents,
        title: str,
        run: Callable[[Book], Entered],
        keys: Sequence[str],
        token: int,
        then: Callable[[Entered], None] | None = None,
    ) -> None:
        """Have ``run`` write in the rows ``keys``; ``token`` tells which cells wait for it."""
        own = Counter(entering.records_of(held.sheet, set(keys)))
        self._own += own

        def done(written: Entered) -> None:
            self._own -= own
            self._written(held, written, token, title)
            if then is not None:
                then(written)

        def refused(error: OneLedgerError) -> None:
            self._own -= own
            self._not_written(held, error, token)

        self.desk.write(self, title, run, done, failed=refused)

    def _write_again(self, held: Contents, edits: list[Edit], token: int) -> None:
        """Write what the disk did not take, in this sheet or in one that was shown before."""
        held, sheet = self._now(held), held.sheet
        keys = [edit.key for edit in edits]
        if held is self.contents:
            self._rows_changed(set(keys))
        self._write(
            held,
            AGAIN,
            lambda book: entering.enter(book, sheet, edits, "change", AGAIN),
            keys,
            token,
        )

    def _written(self, held: Contents, written: Entered, token: int, act: str) -> None:
        held = self._now(held)
        places = held.on_their_way(token)
        for place in places:
            del held.waiting[place]
        for one in written.refused:
            held.waiting[one.key, one.field] = Waiting(one.text, one.text, one.sentence, token)
        self._unwritten.look()
        self._blocks.note(held, written.rows, token)
        held.put(written.rows)
        if held is not self.contents:
            return
        self._rows_changed({key for key, _ in places}.union(written.rows))
        if written.refused:
            first = written.refused[0]
            row, column = held.row_of(first.key), held.sheet.column(first.field)
            if row >= 0:
                self.refused.emit(row, column, first.sentence)
            self.kept_red.emit(len(written.refused), first.sentence, act)
        self._unchecked |= written.rows.keys()
        self._check_touched()

    def _not_written(self, held: Contents, error: OneLedgerError, token: int) -> None:
        held = self._now(held)
        places = held.on_their_way(token)
        self._unwritten.note(held, places, error)
        if held is self.contents:
            self._rows_changed({key for key, _ in places})

    def _now(self, held: Contents) -> Contents:
        """The contents that show the same sheet now: it may have been filtered meanwhile."""
        now = self.contents
        return now if now is not None and now.waiting is held.waiting else held

    def _forget_undone(self) -> None:
        """After an undo: a block that was taken back takes its refused texts along."""
        held = self.contents
        if held is None or not self._undone:
            return
        touched = self._blocks.forget_undone(held)
        if touched:
            self._rows_changed(touched)

    # Others' changes --------------------------------------------------------------------------

    def _check_touched(self) -> None:
        held = self.contents
        if held is None or not self._unchecked:
            return
        if not held.sheet.weekly:
            self._unchecked.clear()
            self.check()
        elif len(self._unchecked) > FEW and not self.large:
            self._calm.start()  # saved and shown first, judged when the clerk has seen it
        else:
            self.loader.check(held.sheet.period, set(self._unchecked))

    def _check_all(self) -> None:
        """After a large writing: the findings and lights of all rows."""
        self._unchecked.clear()
        self.check()
        self.loader.shine()

    def _changed(self, changes: Changes) -> None:
        self._undone = self._undone or changes.act == "undo"
        held = self.contents
        if held is None:
            return
        sheet = held.sheet
        others = {
            register: sorted(
                record
                for record in records
                if register != sheet.register.name or not self._own[record]
            )
            for register, records in changes.records.items()
        }
        others = {register: records for register, records in others.items() if records}
        if not others:
            return
        if not self._awake:
            self._missed = True
            return
        scheme = held.scheme
        subject = sheet.register.of or ""
        under = {one.name for one in scheme.registers.values() if one.of == subject}
        if sheet.weekly and others.keys() <= under:
            check = held.checked or not self.large
            self.loader.follow(sheet.period, others, FEW, check=check)
        elif self._concerns(others.keys(), sheet.register.name, subject):
            self.reload()

    def _concerns(self, registers: Iterable[str], own: str, subject: str) -> bool:
        """Whether a change of these registers can change what the sheet shows."""
        weekly = self.desk.facts.scheme.head.weekly
        concerned = {own, subject, "unit", "scheme"}
        if own == weekly:
            concerned |= {"submission", "reception"}
        return not concerned.isdisjoint(registers)
