"""What a person does about items of a list: close out, open again, add, look closely, take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.wording import day_in_words
from desktop.ledger.workspace import Book
from desktop.reports.kinds import Kind
from desktop.reports.subjects import paper_about
from desktop.ui.desk import Desk
from desktop.ui.forms.dialog import edit_record
from desktop.ui.grid import columns
from desktop.ui.landing import Landing
from desktop.ui.lists import closing
from desktop.ui.lists.reading import noun_of

#: From when an item is open, by the dictionary of field names: offered to a new one.
SINCE = ("found_on", "issued_on", "since")


class Deeds(QObject):
    """The verbs of the page, for the register and the records that it names."""

    def __init__(self, desk: Desk, parent: QWidget, today: Callable[[], date]) -> None:
        super().__init__(parent)
        self.desk, self._parent, self.today = desk, parent, today

    def close(self, register: Register, records: Sequence[str], then: Callable[[], None]) -> None:
        """Close items out as one act, on the week's last day; says why where this book may not.

        ``then`` is called when something was closed.
        """
        facts, on = self.desk.facts, self.today()
        why = closing.why_not(facts.scheme, register, facts.level)
        said = closing.closing_of(facts.scheme, register)
        if why or said is None:
            self.desk.say(why)
            return

        def done(count: int) -> None:
            if not count:
                self.desk.say(f"选中的都已经是“{said.title}”")
                return
            day = day_in_words(on, on.year)
            self.desk.say(f"{said.title} {count} 条（{day}），按 Ctrl+Z 可以撤销")
            then()

        name = register.name
        self.desk.write(self, "销号", lambda book: closing.close(book, name, records, on), done)

    def reopen(self, register: Register, records: Sequence[str]) -> None:
        """Open closed items again, in the state that they had before."""
        name = register.name
        self.desk.write(
            self,
            "恢复为未办结",
            lambda book: closing.reopen(book, name, records),
            lambda count: self.desk.say(
                f"已恢复 {count} 条为未办结" if count else "选中的没有销过号"
            ),
        )

    def add(self, register: Register, then: Callable[[str], None]) -> None:
        """A new item in its form: whose it is comes first."""
        facts, today = self.desk.facts, self.today().isoformat()
        if not may_add(facts.scheme, register, facts.level):
            self.desk.say(f"“{register.title}”由上级单位新增，本级填写办理情况")
            return
        said = closing.closing_of(facts.scheme, register)
        defaults: dict[str, Any] = {
            name: today
            for name in SINCE
            if name in register.by_name and register.by_name[name].type == "date"
        }
        if said is not None and said.fresh:
            defaults["state"] = said.fresh
        edit_record(self.desk, self._parent, register.name, defaults=defaults, then=then)

    def open(self, register: Register, record: str, about: str) -> None:
        """Look at one item closely, in its form."""
        edit_record(self.desk, self._parent, register.name, record, about=about)

    def show_paper(self, register: Register, record: str) -> None:
        """Go to the paper that a row stands on: the letter, its meeting's minutes, its project."""
        above, desk = not self.desk.facts.reports, self.desk

        def then(found: tuple[Kind, str] | None) -> None:
            if found is None:
                desk.say("这一条没有可以打印的函件、纪要或项目表")
                return
            kind, subject = found
            desk.go("papers", Landing(tab=kind.name, record=subject))

        desk.read(
            self,
            lambda book: paper_about(book, register, record, above=above),
            then,
            key="paper",
        )

    def remove(self, register: Register, records: Sequence[str]) -> None:
        """Take items away, asked before."""
        facts = self.desk.facts
        if not may_add(facts.scheme, register, facts.level):
            self.desk.say(f"“{register.title}”由上级单位新增和删除")
            return
        noun, count = noun_of(register), len(records)
        if not self.desk.confirm(
            f"删除这 {count} 条{noun}吗？", "删除后可以用 Ctrl+Z 撤销，流水中仍有记录。", "删除"
        ):
            return

        def run(book: Book) -> None:
            with book.batch("remove", f"删除{noun} {count} 条") as batch:
                for record in records:
                    batch.remove(register.name, record)

        self.desk.write(self, "删除", run, lambda _: self.desk.say(f"已删除 {count} 条"))


def may_add(scheme: Scheme, register: Register, level: str) -> bool:
    """Whether a book of ``level`` makes items of the register: fills all that they must have."""
    needed = [field for field in register.shown if field.required or field.name == register.label]
    return all(not columns.closed(scheme, register, field, level) for field in needed)
