"""The code on a paper: traced to its line, told what came since, or that it never was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.ledger import paper_code
from desktop.ledger.paper_code import MistypedCode, Trace, code, trace
from desktop.ledger.workspace import Book
from tests.ledger import books

HEAD = "3f0a91c477de" + "5" * 52


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with books.found(tmp_path / "a.yzb") as made:
        yield made


def test_the_code_is_the_beginning_of_the_head_in_groups() -> None:
    assert code(HEAD) == "3F0A-91C4-77DE"


def test_the_present_head_is_found_with_nothing_later(book: Book) -> None:
    books.project(book)
    found = trace(book, code(book.journal.head))
    last = book.journal.position
    assert found == Trace(code(book.journal.head), True, last, "2023-03-02T12:00:00+08:00")


def test_an_older_head_tells_what_came_since(book: Book) -> None:
    subject = books.project(book)
    head, position = book.journal.head, book.journal.position
    books.change(book, "project", subject, remark="一")
    books.change(book, "project", subject, remark="二")
    found = trace(book, code(head))
    assert (found.found, found.position, found.later) == (True, position, 2)
    assert found.first_later is not None
    later = found.first_later
    assert (later.position, later.operator, later.act) == (position + 1, "王敏", "change")
    assert (later.register, later.record) == ("project", subject)


def test_a_head_that_never_was_is_said_to_be_none(book: Book, tmp_path: Path) -> None:
    with books.found(tmp_path / "b.yzb") as other:
        foreign = code(other.journal.head)
    assert trace(book, foreign) == Trace(foreign, False)
    line = next(iter(book.journal.lines()))
    assert trace(book, code(line.identity)) == Trace(code(line.identity), False)


@pytest.mark.parametrize(
    "typed", ["{0}", " {0} ", "{1}", "{2}", "{3}"], ids=["as is", "blanks", "low", "bare", "wide"]
)
def test_it_may_be_typed_in_any_way(book: Book, typed: str) -> None:
    printed = code(book.journal.head)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in printed)
    text = typed.format(printed, printed.lower(), printed.replace("-", ""), wide)
    assert trace(book, text).found


def test_letters_that_look_like_digits_are_read_as_these(book: Book) -> None:
    book.connection.execute("UPDATE journal SET chain = '01' || substr(chain, 3)")
    head = code(str(book.journal.chain_at(book.journal.position)))
    assert trace(book, "O" + "l" + head[2:]).found
    assert trace(book, "o" + "I" + head[2:]).found


@pytest.mark.parametrize("text", ["", "3F0A", "3F0A-91C4-77DG", "3F0A-91C4-77DE-1", "*" * 12, "%"])
def test_what_is_no_code_is_refused(book: Book, text: str) -> None:
    with pytest.raises(MistypedCode):
        trace(book, text)


def test_the_digits_of_a_code_are_those_of_its_groups() -> None:
    assert paper_code.DIGITS % paper_code.GROUP == 0
