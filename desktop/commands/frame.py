"""What every verb shares: opening the book, saying things to people, JSON, progress, arguments."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from desktop import paths
from desktop.commands.wording import Verb
from desktop.errors import OneLedgerError

if TYPE_CHECKING:
    from desktop.ledger.workspace import Book

F = TypeVar("F", bound=Callable[..., Any])

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")

#: Seconds that a person waits without wondering.
PATIENCE = 1.0
FILE = click.Path(path_type=Path)


class WrongAssignment(OneLedgerError):
    """A word that should be FIELD=VALUE is not."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不是“栏目=值”的形式。", "例如：completed_week=1200。")


def verb(name: str) -> Callable[[F], click.Command]:
    """Make a function the verb ``name``; its docstring is the help."""
    return click.command(name, cls=Verb, no_args_is_help=False)


book_argument = click.argument("book", type=FILE, metavar="账本")
json_option = click.option("--json", "as_json", is_flag=True, help="在标准输出给出一个 JSON。")
output_option = click.option(
    "-o", "--output", "target", type=FILE, required=True, metavar="文件", help="写到哪个文件。"
)
period_option = click.option("--period", metavar="期次", help="如 2023-W09；省略时为最近一周。")


@contextmanager
def opened(path: Path) -> Iterator[Book]:
    """The open book, closed at the end; the operator from ``--operator`` or the PC's account."""
    from desktop.ledger import workspace

    context = click.get_current_context(silent=True)
    operator = context.find_root().obj if context else ""
    with workspace.open_book(path, operator=operator or paths.account()) as book:
        yield book


def say(text: str) -> None:
    """A sentence for the person, on standard error. What a file's name or cell would do to the
    terminal (controls, turns of direction) is shown as ``�``."""
    click.echo(_UNSEEN.sub("�", text), err=True)


def emit(data: Any) -> None:
    """One JSON document on standard output."""
    import msgspec

    text = msgspec.json.format(msgspec.json.encode(data, order="deterministic"), indent=1)
    click.echo(text.decode())


@contextmanager
def progress(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on a terminal, nothing elsewhere; gives a function of (done, of all)."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    with click.progressbar(length=1, label=title, file=sys.stderr) as bar:

        def show(done: int, of_all: int) -> None:
            bar.length = max(of_all, 1)
            bar.update(done - bar.pos)

        yield show


@contextmanager
def waiting(title: str) -> Iterator[None]:
    """On a terminal, a line that something is being done when it takes longer than a second."""
    if not sys.stderr.isatty():
        yield
        return
    timer = threading.Timer(PATIENCE, say, [f"正在{title}，请稍候……"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()


def assignments(book: Book, register: str, words: tuple[str, ...]) -> dict[str, Any]:
    """``FIELD=VALUE`` words as stored values: typed as a clerk types, links by name.

    Raises :class:`WrongAssignment` and what a wrong field or value raises.
    """
    from desktop.ledger import lookup, periods, values

    definition = book.scheme.register(register)
    found: dict[str, Any] = {}
    for word in words:
        name, sign, text = word.partition("=")
        if not sign:
            raise WrongAssignment(word)
        field = definition.get(name.strip())
        if field.name == "period":
            found["period"] = str(periods.parse_period(text, book.year))
        elif field.type == "link":
            found[field.name] = lookup.linked(book, field, text) if text.strip() else None
        else:
            found[field.name] = values.typed(book.scheme, field, text)
    return found


def week_or_latest(book: Book, period: str | None) -> str:
    """The week as given, or the latest one begun in the book.

    Raises :class:`NoWeekYet`, :class:`~desktop.ledger.dispatch.NotAWeek`,
    :class:`~desktop.ledger.periods.NoSuchPeriod`.
    """
    from desktop.ledger import dispatch, periods

    if period is not None:
        return str(dispatch.week_of(periods.parse_period(period, book.year)))
    latest = book.latest_week()
    if latest is None:
        raise NoWeekYet
    return latest


class NoWeekYet(OneLedgerError):
    """The book has no weekly row yet, so there is no latest week."""

    def __init__(self) -> None:
        super().__init__("账本中还没有周台账。", "请先填报，或用 --period 写明期次。")
