"""What a paper says when it is asked for: from a request and the book to its content.

Drawing comes after (:mod:`desktop.reports.making`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, cast

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import dispatch
from desktop.ledger.workspace import Book
from desktop.reports.content import LedgerPaper, Paper, SheetSize
from desktop.reports.kinds import Kind, kind

if TYPE_CHECKING:
    from desktop.reports.card import Card
    from desktop.reports.wall_content import Wall

    Content = Paper | LedgerPaper | Card | Wall


class NoSuchSize(OneLedgerError):
    """A sheet on which a paper is not made."""

    def __init__(self, title: str, size: str, known: tuple[str, ...]) -> None:
        advice = f"可选：{'、'.join(known)}。" if known else "请不要写明纸张。"
        super().__init__(f"{title}没有 {size} 纸的。", advice)


class NotFromThisBook(OneLedgerError):
    """A paper that the unit above makes, or one whose register the scheme has not."""

    def __init__(self, title: str, above: bool) -> None:
        who = "由上一级单位制发" if above else "所需的册不在本账本的方案中"
        super().__init__(f"本账本不能生成{title}：{who}。", "请选择别的报表。")


class Request(msgspec.Struct, frozen=True):
    """A paper as it is wanted.

    ``kind`` is a name of :data:`~desktop.reports.kinds.KINDS`; ``period`` a week or month and
    ``subject`` a record as the kind needs them; ``size`` "" is the usual sheet; None leaves number
    and head to the paper.
    """

    kind: str
    period: str = ""
    subject: str = ""
    size: str = ""
    issue: int | None = None
    red_head: bool | None = None


def admit(book: Book, known: Kind) -> None:
    """Raise :class:`NotFromThisBook` for a paper that this book does not make."""
    if not known.offered(book.scheme, above=True):
        raise NotFromThisBook(known.title, above=False)
    if not known.offered(book.scheme, above=dispatch.consolidates(book)):
        raise NotFromThisBook(known.title, above=True)


def content_of(book: Book, request: Request) -> Content:
    """What the paper says, in the words of the templates.

    Raises :class:`~desktop.reports.kinds.NoSuchKind`, :class:`NotFromThisBook`,
    :class:`NoSuchSize` and what the paper raises.
    """
    known = kind(request.kind)
    admit(book, known)
    if request.size and request.size not in known.sizes:
        raise NoSuchSize(known.title, request.size, known.sizes)
    return _CONTENTS[known.name](book, request)


def _weekly(book: Book, request: Request) -> Content:
    from desktop.reports import weekly

    paper = weekly.weekly_paper(
        book,
        request.period,
        issue=request.issue,
        red_head=request.red_head,
        demonstration=book.demonstration,
    )
    if not request.size:
        return paper
    replace = msgspec.structs.replace
    size: SheetSize = "A3 landscape" if request.size == "A3" else "A4 landscape"
    return replace(paper, appendices=tuple(replace(one, size=size) for one in paper.appendices))


def _monthly(book: Book, request: Request) -> Content:
    from desktop.reports import monthly

    return monthly.monthly_paper(
        book,
        request.period,
        issue=request.issue,
        red_head=request.red_head,
        demonstration=book.demonstration,
    )


def _circular(book: Book, request: Request) -> Content:
    from desktop.reports import circular

    return circular.circular_paper(
        book, request.period, issue=request.issue, demonstration=book.demonstration
    )


def _reminder(book: Book, request: Request) -> Content:
    from desktop.reports import letters

    return letters.reminder_paper(book, request.subject, demonstration=book.demonstration)


def _supervision(book: Book, request: Request) -> Content:
    from desktop.reports import letters_notice

    return letters_notice.supervision_paper(book, request.subject, demonstration=book.demonstration)


def _talk(book: Book, request: Request) -> Content:
    from desktop.reports import letters

    return letters.talk_paper(book, request.subject, demonstration=book.demonstration)


def _minutes(book: Book, request: Request) -> Content:
    from desktop.reports import minutes

    return minutes.minutes_paper(book, request.subject, demonstration=book.demonstration)


def _tasks(book: Book, request: Request) -> Content:
    from desktop.reports import minutes

    return minutes.task_list(book, request.subject, demonstration=book.demonstration)


def _card(book: Book, request: Request) -> Content:
    from desktop.reports import card_content

    return card_content.project_card(
        book, request.subject, request.period, demonstration=book.demonstration
    )


def _wall(book: Book, request: Request) -> Content:
    from desktop.reports import wall_content

    return wall_content.wall_chart(
        book,
        request.period,
        size=cast(Literal["A3", "A1", "A0"], request.size or "A3"),
        demonstration=book.demonstration,
    )


def _hand_over(book: Book, request: Request) -> Content:
    from desktop.reports import handover

    return handover.handover_paper(book, request.period, demonstration=book.demonstration)


_CONTENTS: Mapping[str, Callable[[Book, Request], Content]] = {
    "weekly": _weekly,
    "monthly": _monthly,
    "circular": _circular,
    "reminder": _reminder,
    "supervision": _supervision,
    "talk": _talk,
    "minutes": _minutes,
    "tasks": _tasks,
    "card": _card,
    "wall-chart": _wall,
    "hand-over": _hand_over,
}
