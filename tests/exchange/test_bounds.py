"""What strangers send does not fill the disk: what waits is bounded, what nobody names is left."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from desktop.exchange import refusals, sender_refusals, trial
from desktop.exchange.payload import Piece
from desktop.exchange.shelves import Shelves
from desktop.exchange.taking import named_by
from desktop.exchange.trial import Package
from tests.exchange.parcels import authored, message
from tests.ledger import books


def package(content: bytes, waiting: refusals.Held) -> Package:
    digest = sha256(content).hexdigest()
    return Package("F:\\one.yzp", digest, None, lambda: content, waiting)


@pytest.mark.parametrize("bound", ["MOST_WAITING", "ROOM_TO_WAIT"])
def test_what_nobody_vouches_for_waits_only_while_there_is_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(trial, bound, {"MOST_WAITING": 1, "ROOM_TO_WAIT": 8}[bound])
    with books.found(tmp_path / "book.yzb") as book:
        held = Shelves(book.path).held
        first = package(b"first", sender_refusals.Unconfirmed("空冢郭镇"))
        for _ in range(2):  # The same again needs no room.
            trial.wait(book, first)
            assert isinstance(first.waiting, sender_refusals.Unconfirmed)
        second = package(b"other", sender_refusals.Unconfirmed("问十乡"))
        trial.wait(book, second)
        assert isinstance(second.waiting, refusals.NoRoomToWait)
        assert "问十乡" in second.waiting.sentence
        assert [kept.digest for kept in held.list()] == [first.digest]
        signed = package(b"third", refusals.BaseMissing("空冢郭镇", 2, 1))
        trial.wait(book, signed)
        assert isinstance(signed.waiting, refusals.BaseMissing)
        assert held.get(signed.digest) == b"third"


def test_only_what_the_entries_name_is_stored() -> None:
    named, other = "a" * 64, "b" * 64
    pieces = tuple(Piece(digest, "image/jpeg", "x.jpg", 3) for digest in (named, other))
    fields = '{"photos":"[\\"' + named + '\\"]"}'
    said = message("report", entries=(authored(fields=fields),), attachments=pieces)
    assert named_by(said) == {named}
