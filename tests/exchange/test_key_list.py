"""The list of keys: what it makes known, what it cannot do, and that nobody turns it back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.exchange import directory, enrolment, key_list, keys, own_keys
from desktop.exchange.key_list import KeyListForked
from desktop.exchange.keys import UnitKeys
from desktop.exchange.payload import KeyList, KeyState, Listed
from desktop.exchange.refusals import Malformed, WrongDirection
from desktop.exchange.sender_refusals import ForgedSignature, KeyNotYetKnown, RevokedKey, UnknownKey
from desktop.exchange.trust import RetiredKey
from desktop.ledger.workspace import Book
from tests.exchange.contacts import OFFICE, OTHER, TOWN, Desk, from_lines, hear, share
from tests.exchange.parcels import CHEAP
from tests.ledger.books import clean, everything


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "district")
    yield made
    made.book.close()


@pytest.fixture
def town(desk: Desk, tmp_path: Path) -> Iterator[Book]:
    book, _ = desk.meet(TOWN, tmp_path / "town")
    hear(desk.book, book)
    yield book
    book.close()


def now(desk: Desk) -> KeyList:
    """The list that the district hands down at this moment."""
    found = key_list.key_list(desk.book)
    assert found is not None
    return found


def rows(book: Book) -> list[int]:
    return [one.number for one in directory.key_lists(book)]


def listed(seed: bytes, unit: str, epoch: int = 1, state: KeyState = "active") -> Listed:
    public = UnitKeys(seed).public
    return Listed(unit, epoch, public.sign, public.seal, state)


def signed(desk: Desk, number: int, *units: Listed, void: tuple[str, ...] = ()) -> KeyList:
    own = own_keys.own_keys(desk.book)
    return keys.sign_list(own.unit_keys, number, own.epoch, units, void)


def state(book: Book, unit: str, epoch: int = 1) -> str | None:
    found = directory.trust(book).key(unit, epoch)
    return found.state if found else None


def test_a_township_comes_to_know_what_the_district_confirmed(
    desk: Desk, town: Book, tmp_path: Path
) -> None:
    office = desk.units[OFFICE]
    first = now(desk)
    assert now(desk) == first
    assert key_list.take_key_list(town, first)
    assert directory.trust(town).key(office, 1) is None
    invitation = enrolment.invite(desk.book, OFFICE)
    assert now(desk) == first  # An invitation is nobody's key.
    other, joined = desk.begin(invitation, tmp_path / "office")
    with other:
        own = own_keys.own_keys(other)
        said = directory.introduction(other, desk.book.unit, own)
        assert said is not None
        enrolment.answered(desk.book, said, office)
        assert now(desk) == first  # Nor is an answer that nobody compared.
        enrolment.confirm(desk.book, OFFICE, joined.code)
    second = now(desk)
    assert second.number == first.number + 1_000_000 and now(desk) == second  # The PC's own digits.
    assert rows(desk.book) == [second.number]
    trust = directory.trust(town)
    seen = key_list.trusting(town, trust, second, desk.book.unit).key(office, 1)
    assert seen is not None and seen.sign_key == own.unit_keys.public.sign
    assert directory.trust(town) == trust  # Looking writes nothing.
    assert key_list.take_key_list(town, second)
    assert state(town, office) == "active" and rows(town) == [second.number]
    assert not key_list.take_key_list(town, second)
    with pytest.raises(UnknownKey):  # To verify what it signed, not to take its packages.
        directory.trust(town).sender(office, 1)
    enrolment.revoke(desk.book, OFFICE)
    assert key_list.take_key_list(town, now(desk))
    assert state(town, office) == "revoked"
    assert clean(town) and clean(desk.book)


def test_an_old_list_brought_again_changes_nothing(desk: Desk, town: Book) -> None:
    office = desk.units[OFFICE]
    old = signed(desk, 1, listed(b"o" * 32, office))
    new = signed(desk, 2, listed(b"o" * 32, office, state="revoked"), void=("stolen",))
    assert key_list.take_key_list(town, old) and key_list.take_key_list(town, new)
    before = everything(town)
    assert not key_list.take_key_list(town, old)
    assert everything(town) == before
    assert state(town, office) == "revoked" and directory.trust(town).revoked("stolen")
    # Nor does a list that forgets, or that calls it good again.
    forgetful = signed(desk, 3, listed(b"t" * 32, desk.units[OTHER]))
    assert key_list.take_key_list(town, forgetful)
    assert key_list.take_key_list(town, signed(desk, 4, listed(b"o" * 32, office)))
    assert state(town, office) == "revoked" and directory.trust(town).revoked("stolen")
    assert state(town, desk.units[OTHER]) == "active"


def test_lists_in_any_order_end_in_the_same_trust(desk: Desk, town: Book, tmp_path: Path) -> None:
    office, other = desk.units[OFFICE], desk.units[OTHER]
    lists = [
        signed(desk, 1, listed(b"o" * 32, office)),
        signed(desk, 2, listed(b"o" * 32, office, state="retired"), listed(b"n" * 32, office, 2)),
        signed(desk, 12, listed(b"t" * 32, other), void=("stolen",)),
    ]
    with from_lines(desk.book, other, tmp_path / "other") as second:
        enrolment.join(second, desk.first(enrolment.invite(desk.book, OTHER)), CHEAP)
        for one in lists:
            key_list.take_key_list(town, one)
        for one in reversed(lists):
            key_list.take_key_list(second, one)
        mine, theirs = directory.trust(town), directory.trust(second)
        assert mine.listed == theirs.listed and mine.void == theirs.void == {"stolen"}
        assert [state(town, office, epoch) for epoch in (1, 2)] == ["retired", "active"]


def test_of_two_different_keys_the_later_lists_counts(desk: Desk, town: Book) -> None:
    office = desk.units[OFFICE]
    for number, seed, expected in ((5, b"a", b"a"), (3, b"b", b"a"), (6, b"c", b"c")):
        said = signed(desk, number, listed(seed * 32, office))
        looked = key_list.trusting(town, directory.trust(town), said, desk.book.unit)
        key_list.take_key_list(town, said)
        for trust in (looked, directory.trust(town)):
            assert trust.key(office, 1) == listed(expected * 32, office)


def test_one_number_with_two_contents_raises_the_alarm(desk: Desk, town: Book) -> None:
    office = desk.units[OFFICE]
    assert key_list.take_key_list(town, signed(desk, 3, listed(b"o" * 32, office)))
    before = everything(town)
    with pytest.raises(KeyListForked, match="第 3 号"):
        key_list.take_key_list(town, signed(desk, 3, listed(b"x" * 32, office)))
    assert everything(town) == before


def test_only_the_unit_above_lists_keys_and_only_by_a_good_signature(
    desk: Desk, town: Book
) -> None:
    good = now(desk)
    trust = directory.trust(town)
    strange = keys.sign_list(UnitKeys(b"x" * 32), 5, 1, [])
    senseless = msgspec.structs.replace(good, body=b"{}")
    before = everything(town)
    for sender in (town.unit, desk.units[OTHER]):
        with pytest.raises(WrongDirection):
            key_list.trusting(town, trust, good, sender)
    with pytest.raises(WrongDirection):  # Nobody is above the district.
        key_list.take_key_list(desk.book, good)
    for bad in (strange, senseless, msgspec.structs.replace(good, number=2)):
        with pytest.raises(ForgedSignature):
            key_list.take_key_list(town, bad)
    with pytest.raises(KeyNotYetKnown):
        key_list.take_key_list(town, msgspec.structs.replace(good, epoch=2))
    own = own_keys.own_keys(desk.book).unit_keys
    told = keys.statement("key list", 6, 1, b"[]")
    with pytest.raises(Malformed):
        key_list.take_key_list(town, KeyList(6, 1, b"[]", own.sign(told).hex()))
    assert everything(town) == before
    assert key_list.key_list(town) is None  # Nobody is below the township.


def test_a_list_brings_no_keys_into_use_for_whom_people_spoke_to(desk: Desk, town: Book) -> None:
    district = desk.book.unit
    mine = own_keys.own_keys(town).unit_keys.public
    said = signed(
        desk,
        7,
        listed(b"x" * 32, district, 2),
        listed(b"y" * 32, town.unit, 9),
        listed(b"z" * 32, town.unit, 1, "revoked"),
    )
    key_list.take_key_list(town, said)
    trust = directory.trust(town)
    assert [state(town, district, 2), state(town, town.unit, 9)] == ["retired", "retired"]
    for unit, epoch in ((district, 2), (town.unit, 9)):
        with pytest.raises(RetiredKey):
            trust.sender(unit, epoch)
    assert trust.sender(town.unit, 1).sign_key == mine.sign  # The own row holds.
    assert trust.sender(district, 1).state == "active"


def test_rotation_and_revocation_of_the_district_go_with_the_list(desk: Desk, town: Book) -> None:
    old = own_keys.own_keys(desk.book)
    late = now(desk)
    own_keys.rotate(desk.book, CHEAP)
    newest = now(desk)
    assert newest.epoch == 2 and newest.number > late.number
    with pytest.raises(KeyNotYetKnown):
        key_list.take_key_list(town, newest)
    hear(desk.book, town)
    assert key_list.take_key_list(town, newest)
    assert not key_list.take_key_list(town, late)
    # A thief of the old key signs nothing that counts.
    units = [listed(b"x" * 32, desk.units[OTHER])]
    with pytest.raises(RetiredKey):
        key_list.take_key_list(town, keys.sign_list(old.unit_keys, newest.number + 1, 1, units))
    assert not key_list.take_key_list(town, keys.sign_list(old.unit_keys, 5, 1, units))
    assert directory.trust(town).key(desk.units[OTHER], 1) is None


def test_a_revoked_unit_above_lists_nothing(desk: Desk, town: Book) -> None:
    said = now(desk)
    assert key_list.take_key_list(town, said)
    enrolment.revoke(town, "源汇区")
    with pytest.raises(RevokedKey):
        key_list.take_key_list(town, signed(desk, 99))


def test_a_stored_list_that_was_spoiled_counts_for_nothing(desk: Desk, town: Book) -> None:
    office = desk.units[OFFICE]
    key_list.take_key_list(town, signed(desk, 1, listed(b"o" * 32, office)))
    town.connection.execute("UPDATE key_list SET number = 2")
    assert directory.trust(town).key(office, 1) is None


@pytest.mark.parametrize("strangers", [False, True])
def test_two_pcs_of_the_district_give_no_number_twice(
    desk: Desk, town: Book, tmp_path: Path, strangers: bool
) -> None:
    """Also when neither has heard of the other: both call themselves alike then."""
    own = own_keys.own_keys(desk.book)
    with from_lines(desk.book, desk.book.unit, tmp_path / "second") as second:
        own_keys.join_unit(second, own.unit_keys, own.epoch)
        share(desk.book, second)
        if strangers:
            own = own_keys.own_keys(desk.book)
            second.connection.execute(
                "DELETE FROM certificate WHERE replica = ?", (desk.book.replica,)
            )
            assert own_keys.own_keys(second).certificate.label == own.certificate.label
        else:
            own_keys.own_keys(second)
            share(second, desk.book)
        enrolment.revoke(desk.book, town.replica)
        one = now(desk)
        enrolment.revoke(second, TOWN)
        other = key_list.key_list(second)
        assert other is not None
        assert one.number != other.number
        assert key_list.take_key_list(town, other) and key_list.take_key_list(town, one)
        trust = directory.trust(town)
        assert trust.revoked(town.replica)
        share(desk.book, second)
        share(second, desk.book)
        merged = now(desk)
        assert merged.number > max(one.number, other.number)
        assert key_list.take_key_list(town, merged) and rows(town) == [merged.number]


def test_revoking_a_pc_reaches_the_others(desk: Desk, town: Book) -> None:
    enrolment.revoke(desk.book, town.replica)
    said = now(desk)
    assert keys.read_list(said).replicas == (town.replica,)
    assert not directory.trust(town).revoked(town.replica)
    key_list.take_key_list(town, said)
    assert directory.trust(town).revoked(town.replica)
