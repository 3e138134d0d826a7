"""What a person does about supervised items: the small dialogs, and the writing behind them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import msgspec
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, Register
from desktop.ledger.wording import day_in_words
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.forms.dialog import edit_record
from desktop.ui.lists import closing
from desktop.ui.supervision import acts
from desktop.ui.supervision.acts import Proposal
from desktop.ui.supervision.asking import Asking
from desktop.ui.supervision.proposing import Proposing
from desktop.ui.supervision.reading import REGISTER, Item


class Deeds(QObject):
    """The verbs of the page; ``made`` gets the record of a new item, to show it."""

    def __init__(
        self, desk: Desk, parent: QWidget, today: Callable[[], date], made: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.desk, self.today, self._parent, self._made = desk, today, parent, made

    @property
    def register(self) -> Register:
        """The register of supervised items."""
        return self.desk.facts.scheme.register(REGISTER)

    def report(self, item: Item) -> None:
        """反馈: what was done about it."""
        dialog = self._ask(
            item,
            "反馈办理情况",
            [self._field("feedback"), self._field("feedback_on")],
            lambda book, values: acts.report(
                book,
                item.record,
                values["feedback"],
                date.fromisoformat(values["feedback_on"]),
                done=values[""],
            ),
            given={"feedback_on": self.today().isoformat()},
            choice="已经全部办结，请核查销号",
            said="已反馈",
        )
        dialog.choice.setChecked(item.state == "done")

    def extend(self, item: Item) -> None:
        """延期: another day, and why."""
        reason = Field(name="reason", title="延期原因", type="long_text")
        later = msgspec.structs.replace(self._field("extended_to"), title="延期至")
        limit = item.limit or self.today()
        given = max(limit, self.today()) + timedelta(days=acts.DAYS)
        self._ask(
            item,
            "延期",
            [later, reason],
            lambda book, values: acts.extend(
                book,
                item.record,
                date.fromisoformat(values["extended_to"]),
                values["reason"] or "",
            ),
            given={"extended_to": given.isoformat()},
            free=("reason",),
            said="已延期",
            at="extended_to",
        )

    def verify(self, item: Item) -> None:
        """核查: what was found on the spot."""
        self._ask(
            item,
            "现场核查",
            [self._field("verification")],
            lambda book, values: acts.verify(
                book, item.record, values["verification"], again=values[""]
            ),
            choice="还没有办好，退回继续办理",
            said="已记下核查情况",
        )

    def change(self, item: Item) -> None:
        """修改: the whole form."""
        edit_record(self.desk, self._parent, REGISTER, item.record, about=item.number)

    def close(self, items: Sequence[Item]) -> None:
        """销号 of all of them, as one act."""
        records = [item.record for item in items if item.state != "closed"]
        on = self.today()
        day = day_in_words(on, on.year)
        self.desk.write(
            self,
            "销号",
            lambda book: closing.close(book, REGISTER, records, on),
            lambda count: self.desk.say(f"已销号 {count} 件（{day}），按 Ctrl+Z 可以撤销"),
        )

    def reopen(self, items: Sequence[Item]) -> None:
        """Open closed items again."""
        records = [item.record for item in items if item.state == "closed"]
        self.desk.write(
            self,
            "恢复为未办结",
            lambda book: closing.reopen(book, REGISTER, records),
            lambda count: self.desk.say(f"已恢复 {count} 件为未办结"),
        )

    def remove(self, items: Sequence[Item]) -> None:
        """Take items away, asked before."""
        if not items:
            return
        what = items[0].number or items[0].matter[:20]
        question = f"删除“{what}”吗？" if len(items) == 1 else f"删除选中的 {len(items)} 件吗？"
        if not self.desk.confirm(question, "删除后可以用 Ctrl+Z 撤销，流水中仍有记录。", "删除"):
            return

        def run(book: Book) -> None:
            with book.batch("remove") as batch:
                for item in items:
                    batch.remove(REGISTER, item.record)

        self.desk.write(self, "删除", run, lambda _: self.desk.say(f"已删除 {len(items)} 件"))

    def new_item(self) -> None:
        """A new item in its form, numbered on from the last."""
        today = self.today()

        def show(defaults: dict[str, Any]) -> None:
            known = {k: v for k, v in defaults.items() if k in self.register.by_name}
            edit_record(self.desk, self._parent, REGISTER, defaults=known, then=self._made)

        self.desk.read(self, lambda book: acts.new_item(book, today), show, key="new")

    def propose(self, items: tuple[Item, ...]) -> None:
        """Red projects that could be supervised beside ``items``, to be ticked."""
        period = self.desk.period

        def show(proposals: tuple[Proposal, ...]) -> None:
            if not proposals:
                self.desk.say("没有亮红灯而未督办的项目")
                return
            due = self.today() + timedelta(days=acts.DAYS)
            field = self._field("due")
            Proposing(self.desk, self._parent, proposals, due, field, self._issue).open()

        self.desk.read(self, lambda book: acts.proposals(book, period, items), show, key="propose")

    def _issue(self, proposals: list[Proposal], due: date) -> None:
        on = self.today()
        self.desk.write(
            self,
            "下达督办",
            lambda book: acts.issue(book, proposals, on, due),
            self._issued,
        )

    def _issued(self, made: tuple[str, ...]) -> None:
        self.desk.say(f"已下达督办 {len(made)} 件，按 Ctrl+Z 可以撤销")
        self._made(made[0])

    def _ask(
        self,
        item: Item,
        title: str,
        fields: list[Field],
        run: Callable[[Book, dict[str, Any]], None],
        *,
        given: dict[str, Any] | None = None,
        free: tuple[str, ...] = (),
        choice: str = "",
        said: str,
        at: str = "",
    ) -> Asking:
        """Open a small dialog and write what it says; a refusal stands at the field ``at``."""
        at = at or fields[0].name

        def answered(values: dict[str, Any]) -> None:
            def written(_nothing: None) -> None:
                dialog.accept()
                self.desk.say(f"{said}：{item.number or item.matter[:20]}")

            self.desk.write(dialog, title, lambda book: run(book, values), written, failed=refused)

        def refused(error: OneLedgerError) -> None:
            dialog.refuse(at, error)

        about = f"{item.number}　{item.matter}".strip()
        dialog = Asking(
            self.desk, self._parent, title, about, fields, answered,
            yes=title[:2], given=given, free=free, choice=choice,
        )  # fmt: skip
        dialog.open()
        return dialog

    def _field(self, name: str) -> Field:
        return self.register.by_name[name]
