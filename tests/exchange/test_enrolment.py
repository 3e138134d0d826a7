"""First contact: invited, answered, compared by telephone — or refused by name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.exchange import directory, enrolment, keys, own_keys, partners
from desktop.exchange.enrolment import (
    AlreadyEnrolled,
    CodeDiffers,
    NotDirectlyBelow,
    NothingToCompare,
    NotRevocable,
)
from desktop.exchange.keyring import Keyring
from desktop.exchange.keys import UnitKeys
from desktop.exchange.payload import Enrolment
from desktop.exchange.refusals import Malformed, WrongDirection
from desktop.exchange.sender_refusals import (
    ForgedSignature,
    KeyNotYetKnown,
    RevokedKey,
    Unconfirmed,
    UnknownKey,
)
from desktop.exchange.trust import RetiredKey
from desktop.ledger import undo
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, INVITED, REVOKED
from desktop.ledger.store import NoSuchRecord
from desktop.ledger.workspace import Book
from tests.exchange.contacts import OTHER, TOWN, Desk, answer, from_lines, header, hear, state
from tests.exchange.parcels import CHEAP
from tests.ledger.books import everything


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "district")
    yield made
    made.book.close()


def forged(unit: str, token: str, seed: bytes = b"x" * 32, epoch: int = 1) -> Enrolment:
    public = UnitKeys(seed).public
    said = keys.proof(token, unit, epoch, public)
    return Enrolment(unit, epoch, public.sign, public.seal, said)


# The way of one contact ---------------------------------------------------------------------------


def test_two_units_meet_and_people_compare_the_code(desk: Desk, tmp_path: Path) -> None:
    district, unit = desk.book, desk.units[TOWN]
    assert state(district, unit) is None
    invitation = enrolment.invite(district, TOWN)
    assert invitation.unit == unit and len(keys.new_token()) + 4 == len(invitation.token)
    assert state(district, unit) == INVITED
    town, joined = desk.begin(invitation, tmp_path / "town")
    with town:
        assert state(town, district.unit) == ANSWERED
        trust = directory.trust(district)
        own = own_keys.own_keys(town)
        with pytest.raises(UnknownKey):
            trust.sender(unit, own.epoch)
        assert trust.may_introduce(unit, own.epoch)
        assert answer(town, district) == joined.code == answer(town, district)
        assert state(district, unit) == ANSWERED
        trust = directory.trust(district)
        with pytest.raises(Unconfirmed):
            trust.sender(unit, own.epoch)
        assert trust.key(unit, own.epoch) is None
        assert not trust.may_introduce(unit, own.epoch)
        assert enrolment.codes(district) == [enrolment.Standing(unit, TOWN, ANSWERED, joined.code)]
        enrolment.confirm(district, TOWN, joined.code.lower().replace("-", " "))
        listed = directory.trust(district).sender(unit, own.epoch)
        assert (listed.sign_key, listed.seal_key) == (
            own.unit_keys.public.sign,
            own.unit_keys.public.seal,
        )
        # Below, the keys of the unit above hold by the passphrase until it is heard from.
        theirs = own_keys.own_keys(district)
        assert directory.trust(town).sender(district.unit, 1).sign_key == (
            theirs.unit_keys.public.sign
        )
        assert directory.introduction(town, district.unit, own) is not None
        hear(district, town)
        assert state(town, district.unit) == CONFIRMED
        assert directory.introduction(town, district.unit, own) is None
        assert directory.introduction(district, unit, theirs) is None
        lines = town.journal.position
        hear(district, town)
        assert town.journal.position == lines  # Nothing new was shown, nothing is written.


def test_the_clerk_below_may_confirm_too_and_still_introduces_itself(
    desk: Desk, tmp_path: Path
) -> None:
    town, joined = desk.begin(enrolment.invite(desk.book, TOWN), tmp_path / "town")
    with town:
        enrolment.confirm(town, "源汇区", joined.code)
        assert state(town, desk.book.unit) == CONFIRMED
        assert answer(town, desk.book) == joined.code


def test_a_wrong_code_confirms_nothing(desk: Desk, tmp_path: Path) -> None:
    town, joined = desk.begin(enrolment.invite(desk.book, TOWN), tmp_path / "town")
    with town:
        with pytest.raises(NothingToCompare):
            enrolment.confirm(desk.book, TOWN, joined.code)
        answer(town, desk.book)
        before = everything(desk.book)
        for wrong in ("", "0000-0000-0000", joined.code[:-1], joined.code + "0"):
            with pytest.raises(CodeDiffers):
                enrolment.confirm(desk.book, TOWN, wrong)
        with pytest.raises(NoSuchRecord):
            enrolment.confirm(desk.book, "没有这个乡", joined.code)
        with pytest.raises(NothingToCompare):
            enrolment.confirm(desk.book, OTHER, joined.code)
        with pytest.raises(NothingToCompare):
            enrolment.confirm(desk.book, desk.book.unit, joined.code)
        assert everything(desk.book) == before
        enrolment.confirm(desk.book, TOWN, joined.code)
        with pytest.raises(NothingToCompare, match=CONFIRMED):
            enrolment.confirm(desk.book, TOWN, joined.code)


def test_only_who_opened_the_invitation_answers_it(desk: Desk, tmp_path: Path) -> None:
    district, unit, other = desk.book, desk.units[TOWN], desk.units[OTHER]
    invitation = enrolment.invite(district, TOWN)
    good = forged(unit, invitation.token)
    mine = own_keys.own_keys(district).unit_keys
    low = Enrolment(unit, 1, good.sign_key, "00" * 32, "")
    low_public = keys.Public(low.sign_key, low.seal_key)
    attempts = [
        forged(unit, "0001" + "ab" * 32),
        msgspec.structs.replace(good, proof=""),
        msgspec.structs.replace(good, epoch=2),
        msgspec.structs.replace(good, unit=other),
        forged(other, invitation.token),
        forged(unit, invitation.token, mine.seed),
        msgspec.structs.replace(low, proof=keys.proof(invitation.token, unit, 1, low_public)),
    ]
    before = everything(district)
    for attempt in attempts:
        with pytest.raises(UnknownKey):
            enrolment.answered(district, attempt, unit)
    with pytest.raises(UnknownKey):
        enrolment.answered(district, forged(other, invitation.token), other)
    assert everything(district) == before
    assert enrolment.answered(district, good, unit)
    with pytest.raises(UnknownKey):  # An invitation is answered once.
        enrolment.answered(district, forged(unit, invitation.token, b"y" * 32, 2), unit)


def test_whichever_first_package_is_opened_its_answer_fits(desk: Desk, tmp_path: Path) -> None:
    first = enrolment.invite(desk.book, TOWN)
    second = enrolment.invite(desk.book, TOWN)
    assert first.token != second.token and first.passphrase != second.passphrase
    unit = desk.units[TOWN]
    assert enrolment.answered(desk.book, forged(unit, first.token), unit)
    rows = partners.partners(desk.book)
    assert [row.state for row in rows if row.unit == unit] == [ANSWERED]
    with pytest.raises(UnknownKey):
        enrolment.answered(desk.book, forged(unit, second.token, b"z" * 32, 2), unit)


def test_the_newest_invitation_goes_with_the_next_package(desk: Desk) -> None:
    own = own_keys.own_keys(desk.book)
    for _ in range(4):
        invitation = enrolment.invite(desk.book, TOWN)
        said = directory.introduction(desk.book, invitation.unit, own)
        assert said is not None and keys.proven(invitation.token, said)


def test_only_units_directly_below_are_invited(desk: Desk) -> None:
    with desk.book.batch("create") as batch:
        deeper = {"name": "某村", "level": "township", "above": desk.units[TOWN]}
        batch.create("unit", deeper)
    before = everything(desk.book)
    for name in ("某村", "源汇区"):
        with pytest.raises(NotDirectlyBelow):
            enrolment.invite(desk.book, name)
    assert everything(desk.book) == before


# A unit that lost everything ----------------------------------------------------------------------


def test_a_unit_that_lost_its_pc_is_invited_anew(desk: Desk, tmp_path: Path) -> None:
    district, unit = desk.book, desk.units[TOWN]
    town, _ = desk.meet(TOWN, tmp_path / "town")
    with town:
        old = own_keys.own_keys(town)
    with pytest.raises(AlreadyEnrolled):
        enrolment.invite(district, TOWN)
    invitation = enrolment.invite(district, TOWN, anew=True)
    assert state(district, unit) == INVITED
    assert directory.trust(district).sender(unit, 1).sign_key == old.unit_keys.public.sign
    enrolment.invite(district, TOWN)  # Handing down once more needs no second «anew».
    with pytest.raises(UnknownKey):  # New keys do not take the place of earlier ones.
        enrolment.answered(district, forged(unit, invitation.token, epoch=1), unit)
    again, joined = desk.begin(invitation, tmp_path / "new pc")
    with again:
        own = own_keys.own_keys(again)
        assert own.epoch == 2 and own.unit_keys.public != old.unit_keys.public
        assert answer(again, district) == joined.code
        assert directory.replicas(district, unit) == {old.certificate.replica}
        enrolment.confirm(district, TOWN, joined.code)
        trust = directory.trust(district)
        assert trust.sender(unit, 2).sign_key == own.unit_keys.public.sign
        with pytest.raises(RetiredKey):
            trust.sender(unit, 1)
        listed = trust.key(unit, 1)  # What it signed stays good.
        assert listed is not None and listed.state == "retired"
        assert directory.replicas(district, unit) == {own.certificate.replica}


def test_a_unit_begun_anew_does_not_take_up_earlier_keys(desk: Desk, tmp_path: Path) -> None:
    old = b"o" * 32
    unit = desk.units[TOWN]
    code = enrolment.answered(
        desk.book, forged(unit, enrolment.invite(desk.book, TOWN).token, old), unit
    )
    enrolment.confirm(desk.book, TOWN, code)
    Keyring(tmp_path / "same pc" / "pc").keep_unit(unit, 1, old)
    invitation = enrolment.invite(desk.book, TOWN, anew=True)
    town, _ = desk.begin(invitation, tmp_path / "same pc")
    with town:
        own = own_keys.own_keys(town)
        assert own.epoch == 2 and own.unit_keys.seed != old


def test_of_two_answers_the_code_says_which_one_it_is(desk: Desk, tmp_path: Path) -> None:
    district, unit = desk.book, desk.units[TOWN]
    one = enrolment.answered(district, forged(unit, enrolment.invite(district, TOWN).token), unit)
    invitation = enrolment.invite(district, TOWN)
    other = enrolment.answered(district, forged(unit, invitation.token, b"y" * 32, 2), unit)
    assert one != other
    enrolment.confirm(district, TOWN, one)
    trust = directory.trust(district)
    assert trust.sender(unit, 1).state == "active"
    with pytest.raises(RetiredKey):
        trust.sender(unit, 2)


# What is declared void ----------------------------------------------------------------------------


def test_a_revoked_unit_is_refused_until_it_is_invited_anew(desk: Desk, tmp_path: Path) -> None:
    district, unit = desk.book, desk.units[TOWN]
    town, _ = desk.meet(TOWN, tmp_path / "town")
    with town:
        enrolment.revoke(district, TOWN)
        assert state(district, unit) == REVOKED
        with pytest.raises(RevokedKey):
            directory.trust(district).sender(unit, 1)
        assert directory.replicas(district, unit) == frozenset()
        with pytest.raises(NotRevocable):
            enrolment.revoke(district, TOWN)
        with pytest.raises(AlreadyEnrolled):
            enrolment.invite(district, TOWN)
        enrolment.invite(district, TOWN, anew=True)
        enrolment.revoke(district, TOWN)  # The open invitation falls away.
        assert state(district, unit) == REVOKED


def test_a_single_pc_is_declared_void(desk: Desk, tmp_path: Path) -> None:
    district, unit = desk.book, desk.units[TOWN]
    town, _ = desk.meet(TOWN, tmp_path / "town")
    with town:
        replica = town.replica
    assert directory.is_replica(district, replica) and not directory.is_replica(district, unit)
    assert not directory.trust(district).revoked(replica)
    enrolment.revoke(district, replica)
    trust = directory.trust(district)
    assert trust.revoked(replica) and trust.sender(unit, 1).state == "active"
    assert directory.replicas(district, unit) == frozenset()
    assert state(district, unit) == CONFIRMED
    with pytest.raises(NotRevocable):
        enrolment.revoke(district, replica)


def test_a_unit_revokes_neither_itself_nor_the_pc_it_sits_at(desk: Desk) -> None:
    own_keys.own_keys(desk.book)
    for name in ("源汇区", desk.book.replica, TOWN):
        with pytest.raises(NotRevocable):
            enrolment.revoke(desk.book, name)


# Joining ------------------------------------------------------------------------------------------


@pytest.fixture
def empty(desk: Desk, tmp_path: Path) -> Iterator[Book]:
    with from_lines(desk.book, desk.units[TOWN], tmp_path / "town") as made:
        yield made


def test_an_invitation_that_contradicts_itself_is_not_joined(desk: Desk, empty: Book) -> None:
    said = desk.first(enrolment.invite(desk.book, TOWN))
    assert said.partner is not None
    before = everything(empty)
    for spoilt in (
        {"partner": None},
        {"token": ""},
        {"token": "00"},
        {"token": "0001" + "ab" * 32},
        {"partner": msgspec.structs.replace(said.partner, unit=desk.units[OTHER])},
        {"partner": msgspec.structs.replace(said.partner, epoch=3)},
        {"unit": desk.units[OTHER]},
    ):
        with pytest.raises(Malformed):
            enrolment.join(empty, msgspec.structs.replace(said, **spoilt), CHEAP)
    stranger = forged(desk.units[OTHER], said.token)
    with pytest.raises(WrongDirection):
        other = msgspec.structs.replace(said, unit=desk.units[OTHER], partner=stranger)
        enrolment.join(empty, other, CHEAP)
    assert everything(empty) == before


# What a package says of new keys ------------------------------------------------------------------


def test_a_key_never_heard_of_introduces_itself_or_waits(desk: Desk, tmp_path: Path) -> None:
    district, unit = desk.book, desk.units[TOWN]
    trust = directory.trust(district)
    assert not trust.may_introduce(unit, 1)
    town, _ = desk.begin(enrolment.invite(district, TOWN), tmp_path / "town")
    with town:
        trust = directory.trust(district)
        own = own_keys.own_keys(town)
        said = hear(town, district)
        assert trust.introduced(said, header(said, own.epoch)) == said.partner
        bare = msgspec.structs.replace(said, partner=None)
        with pytest.raises(UnknownKey):
            trust.introduced(bare, header(bare, own.epoch))
        with pytest.raises(ForgedSignature):
            trust.introduced(said, header(said, own.epoch + 1))
        answer(town, district)
        enrolment.confirm(district, TOWN, enrolment.codes(district)[0].code)
        trust = directory.trust(district)
        assert trust.may_introduce(unit, 2) and not trust.may_introduce(unit, 1)
        with pytest.raises(KeyNotYetKnown):
            trust.introduced(bare, header(bare, 2))
        with pytest.raises(UnknownKey):
            trust.introduced(said, header(said, 1))  # Answered: the invitation is used up.


def test_nothing_of_it_is_undone_by_the_clerk(desk: Desk, tmp_path: Path) -> None:
    before = undo.waiting(desk.book)
    town, _ = desk.meet(TOWN, tmp_path / "town")
    with town:
        enrolment.revoke(desk.book, TOWN)
        assert undo.waiting(desk.book) == before
        assert undo.waiting(town) == (0, 0)
