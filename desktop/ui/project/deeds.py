"""What is done with a whole project: a new one, taking one away."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop.errors import OneLedgerError
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.forms.dialog import RecordDialog, Then, edit_record
from desktop.ui.messages import Remedy
from desktop.ui.project.listing import subject_of


def new_project(desk: Desk, parent: QWidget, unit: str, then: Then) -> RecordDialog:
    """The dialog for a new project of ``unit``, of the book's own one in a book that reports."""
    subject = subject_of(desk.facts.scheme)
    unit = desk.facts.unit if desk.facts.reports else unit
    defaults = {subject.owner: unit} if subject.owner and unit else {}
    return edit_record(desk, parent, subject.name, defaults=defaults, then=then)


def remove_project(
    desk: Desk, parent: QWidget, record: str, name: str, look: Callable[[], None]
) -> None:
    """Remove a project, after a question; ``look`` shows what hangs under it and forbids it."""
    subject = desk.facts.scheme.head.subject
    if not desk.confirm(
        f"删除项目“{name}”？",
        "它不再出现在清单、台账和报表中，变更记录仍然保留。删错了可以按 Ctrl+Z 撤销。",
        "删除",
    ):
        return
    said = f"删除项目：{name}"

    def run(book: Book) -> None:
        with book.batch("remove", said) as batch:
            batch.remove(subject, record)

    def failed(error: OneLedgerError) -> None:
        desk.warn(error, Remedy("看它的清单", look))

    desk.write(
        parent,
        said,
        run,
        lambda _none: desk.say(f"已删除项目“{name}”，可以按 Ctrl+Z 撤销"),
        failed=failed,
    )
