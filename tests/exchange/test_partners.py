"""Rows that several PCs of one unit write: read the same everywhere, never with too much trust."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.exchange import directory, enrolment, keys, own_keys, partners
from desktop.exchange.keys import UnitKeys
from desktop.exchange.partners import STATES, Partner
from desktop.exchange.payload import Enrolment
from desktop.exchange.sender_refusals import RevokedKey, Unconfirmed
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, INVITED, RETIRED, REVOKED
from desktop.ledger.workspace import Book
from tests.exchange.contacts import TOWN, Desk, from_lines, share, state

Pcs = tuple[Desk, Book]


@pytest.fixture
def pcs(tmp_path: Path) -> Iterator[Pcs]:
    """The district at two PCs."""
    desk = Desk(tmp_path / "one")
    own = own_keys.own_keys(desk.book)
    with from_lines(desk.book, desk.book.unit, tmp_path / "two") as second:
        own_keys.join_unit(second, own.unit_keys, own.epoch)
        share(desk.book, second)
        own_keys.own_keys(second)
        yield desk, second
    desk.book.close()


def said(unit: str, token: str, seed: bytes) -> Enrolment:
    public = UnitKeys(seed).public
    proof = keys.proof(token, unit, 1, public)
    return Enrolment(unit, 1, public.sign, public.seal, proof)


def exchange(one: Book, other: Book) -> None:
    share(one, other)
    share(other, one)


def test_one_pc_confirms_while_the_other_revokes(pcs: Pcs) -> None:
    desk, second = pcs
    unit = desk.units[TOWN]
    invitation = enrolment.invite(desk.book, TOWN)
    code = enrolment.answered(desk.book, said(unit, invitation.token, b"a" * 32), unit)
    exchange(desk.book, second)
    enrolment.confirm(desk.book, TOWN, code)
    enrolment.revoke(second, TOWN)
    exchange(desk.book, second)
    for book in (desk.book, second):
        assert state(book, unit) == REVOKED
        with pytest.raises(RevokedKey):
            directory.trust(book).sender(unit, 1)


def test_keys_that_two_pcs_took_differently_are_compared_again(pcs: Pcs) -> None:
    desk, second = pcs
    unit = desk.units[TOWN]
    invitation = enrolment.invite(desk.book, TOWN)
    exchange(desk.book, second)
    seeds = (b"a" * 32, b"b" * 32)
    codes = [
        enrolment.answered(book, said(unit, invitation.token, seed), unit)
        for book, seed in zip((desk.book, second), seeds, strict=True)
    ]
    assert codes[0] != codes[1]
    enrolment.confirm(desk.book, TOWN, codes[0])
    exchange(desk.book, second)
    for book in (desk.book, second):
        assert state(book, unit) == ANSWERED
        with pytest.raises(Unconfirmed):
            directory.trust(book).sender(unit, 1)
    shown = enrolment.codes(desk.book)[0].code
    assert shown == enrolment.codes(second)[0].code and shown in codes
    enrolment.confirm(second, TOWN, shown)
    exchange(desk.book, second)
    chosen = UnitKeys(seeds[codes.index(shown)]).public
    for book in (desk.book, second):
        listed = directory.trust(book).sender(unit, 1)
        assert (listed.sign_key, listed.seal_key) == (chosen.sign, chosen.seal)


def test_both_pcs_invite_and_either_answer_fits_on_both(pcs: Pcs) -> None:
    desk, second = pcs
    unit = desk.units[TOWN]
    enrolment.invite(desk.book, TOWN)
    invitation = enrolment.invite(second, TOWN)
    exchange(desk.book, second)
    code = enrolment.answered(desk.book, said(unit, invitation.token, b"a" * 32), unit)
    enrolment.confirm(desk.book, TOWN, code)
    exchange(desk.book, second)
    for book in (desk.book, second):
        assert state(book, unit) == CONFIRMED
        assert directory.trust(book).invitations == ()


def row(record: str, state: str, key: str = "a", epoch: int = 1) -> Partner:
    return Partner(record, "u", epoch, key, key, state)


rows = st.lists(
    st.builds(
        row,
        st.sampled_from("123456"),
        st.sampled_from(STATES[1:]),
        st.sampled_from("ab"),
        st.integers(1, 2),
    ),
    max_size=5,
    unique_by=lambda one: one.record,
)


@given(rows)
def test_the_order_of_rows_is_of_no_weight(drawn: list[Partner]) -> None:
    expected = partners.keyed(drawn)
    for order in list(permutations(drawn))[:24]:
        assert partners.keyed(order) == expected


@given(rows)
def test_no_row_gives_more_trust_than_the_furthest_of_the_same_keys(drawn: list[Partner]) -> None:
    for (_, epoch), found in partners.keyed(drawn).items():
        same = [
            STATES.index(one.state)
            for one in drawn
            if (one.epoch, one.sign_key) == (epoch, found.sign_key)
        ]
        assert STATES.index(found.state) == max(same)


def test_of_different_keys_those_in_use_hold() -> None:
    for other in (ANSWERED, RETIRED, REVOKED):
        for records in ("12", "21"):
            drawn = [row(records[0], CONFIRMED, "a"), row(records[1], other, "b")]
            assert partners.keyed(drawn)["u", 1].sign_key == "a"


@pytest.mark.parametrize("shown", [CONFIRMED, REVOKED])
def test_whatever_the_row_shows_for_the_time_being_the_furthest_state_holds(shown: str) -> None:
    apart = {"state": [CONFIRMED, REVOKED]}
    assert partners._settled(row("1", shown), apart).state == REVOKED
    assert partners._settled(row("1", shown), {"state": ["?"]}).state == shown


def test_where_a_book_stands_with_a_unit() -> None:
    invited = Partner("9", "u", 2, state=INVITED, token="t")
    assert partners.present([], "u") is None
    assert partners.present([row("1", CONFIRMED)], "other") is None
    found = partners.present([row("1", CONFIRMED), invited], "u")
    assert found == invited
    found = partners.present([row("1", CONFIRMED), row("2", REVOKED, "b", 2)], "u")
    assert found is not None and found.state == CONFIRMED
    found = partners.present([row("1", RETIRED), row("2", REVOKED, "b", 2)], "u")
    assert found is not None and found.state == REVOKED
    void = Partner("3", "u", 1, state=REVOKED, token="replica")
    assert partners.present([void], "u") is None
    assert partners.void_replicas([void, row("1", REVOKED)]) == {"replica"}
