"""The keys of a unit and its PCs: made once, kept, recovered, rotated; numbers never shared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from desktop.exchange import container, directory, enrolment, keys, own_keys, partners, payload
from desktop.exchange.certificates import known_certificates
from desktop.exchange.key_refusals import BoxSpoilt, KeysMissing, MistypedCode, WrongCode
from desktop.exchange.keyring import Keyring
from desktop.exchange.keys import UnitKeys
from desktop.exchange.own_keys import EnrolmentOpen, NoBox
from desktop.exchange.payload import Rotation
from desktop.exchange.refusals import NotForUs
from desktop.exchange.sender_refusals import ForgedSignature
from desktop.exchange.spoken import new_recovery_code
from desktop.exchange.trust import RetiredKey, Trust
from desktop.ledger import backups, undo, workspace
from desktop.ledger.correspondence import CONFIRMED, RETIRED
from desktop.ledger.workspace import Book
from tests.exchange.contacts import (
    OTHER,
    TOWN,
    Desk,
    from_lines,
    header,
    hear,
    message,
    share,
    state,
)
from tests.exchange.parcels import CHEAP, To
from tests.ledger.books import clean, everything, noon


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path / "district")
    yield made
    made.book.close()


def reopened(book: Book, profile: Path | None = None, path: Path | None = None) -> Book:
    book.close()
    return workspace.open_book(path or book.path, profile=profile or book.profile, clock=noon)


def certified(book: Book) -> bool:
    own = own_keys.own_keys(book)
    word = own.certificate
    assert (word.unit, word.epoch, word.replica) == (book.unit, own.epoch, book.replica)
    assert word.key == own.replica_key.public
    return keys.certified(word, own.unit_keys.public.sign)


# Made and kept ------------------------------------------------------------------------------------


def test_the_first_call_makes_the_keys_and_later_ones_find_them(desk: Desk) -> None:
    own = own_keys.own_keys(desk.book)
    assert (own.unit, own.epoch, own.certificate.label) == (desk.book.unit, 1, "1号机")
    assert certified(desk.book)
    position = desk.book.journal.position
    assert own_keys.own_keys(desk.book) == own
    desk.book = reopened(desk.book)
    assert own_keys.own_keys(desk.book) == own
    assert directory.own_public(desk.book) == own.unit_keys.public
    assert desk.book.journal.position == position
    assert state(desk.book, desk.book.unit) == CONFIRMED
    assert known_certificates(desk.book, {desk.book.replica}) == {
        desk.book.replica: own.certificate
    }
    assert undo.waiting(desk.book) == (1, 0)  # Founding its units, nothing else.
    assert clean(desk.book)


def test_no_secret_stands_in_the_book(desk: Desk) -> None:
    own = own_keys.own_keys(desk.book)
    own_keys.recovery(desk.book, CHEAP)
    desk.book.close()
    content = desk.book.path.read_bytes()
    assert own.unit_keys.public.sign.encode() in content
    for secret in (own.unit_keys.seed, own.replica_key.seed):
        assert secret not in content and secret.hex().encode() not in content


def test_the_sheet_is_wanting_until_a_code_is_given_out(desk: Desk) -> None:
    assert not own_keys.needs_sheet(desk.book)
    own_keys.own_keys(desk.book)
    assert own_keys.needs_sheet(desk.book) and own_keys.box(desk.book) == ""
    own_keys.recovery(desk.book, CHEAP)
    assert not own_keys.needs_sheet(desk.book) and own_keys.box(desk.book)


def test_a_book_copied_on_the_same_pc_is_its_second_pc(desk: Desk) -> None:
    first = own_keys.own_keys(desk.book)
    copy = desk.book.path.with_name("copy.yzb")
    desk.book.close()
    shutil.copyfile(desk.book.path, copy)
    with workspace.open_book(copy, profile=desk.book.profile, clock=noon) as other:
        second = own_keys.own_keys(other)
        assert certified(other) and second.unit_keys == first.unit_keys
        assert second.certificate.label == "2号机"
        assert second.certificate.key != first.certificate.key
        trust = directory.trust(other)
        assert trust.label(other.replica) == "源汇区 2号机"
    assert trust.label(desk.book.replica) == "源汇区 1号机"
    assert trust.label("abcdefgh") == "录入端 abcd"


def test_twins_by_name_are_told_apart(desk: Desk) -> None:
    own = own_keys.own_keys(desk.book)
    trust = directory.trust(desk.book)
    twin = msgspec.structs.replace(own.certificate, replica="zwilling")
    both = msgspec.structs.replace(trust, certificates={**trust.certificates, "zwilling": twin})
    assert both.label("zwilling") == "源汇区 1号机（zwil）"
    assert both.label(desk.book.replica) == f"源汇区 1号机（{desk.book.replica[:4]}）"


def test_a_pc_that_lost_its_own_key_goes_on_as_a_new_replica(desk: Desk) -> None:
    own_keys.own_keys(desk.book)
    before = desk.book.replica
    (desk.book.profile / "keys" / f"replica-{before}.key").unlink()
    own = own_keys.own_keys(desk.book)
    assert desk.book.replica != before and own.certificate.label == "2号机"
    assert certified(desk.book)
    with desk.book.batch("create") as batch:
        batch.create("unit", {"name": "新乡", "level": "township", "above": desk.book.unit})
    (line,) = list(desk.book.journal.lines())[-1:]
    assert (line.entry.author, line.entry.number) == (desk.book.replica, desk.book.number)
    after = desk.book.replica
    desk.book = reopened(desk.book)
    assert own_keys.own_keys(desk.book) == own and desk.book.replica == after
    assert clean(desk.book)


def test_a_book_older_than_its_keys_takes_them_up_again(desk: Desk, tmp_path: Path) -> None:
    backups.backup(desk.book, tmp_path / "old.yzb")
    own = own_keys.own_keys(desk.book)
    own_keys.rotate(desk.book, CHEAP)
    newest = own_keys.own_keys(desk.book)
    profile = desk.book.profile
    desk.book.close()
    backups.restore(tmp_path / "old.yzb", tmp_path / "restored" / "district.yzb")
    with workspace.open_book(
        tmp_path / "restored" / "district.yzb", profile=profile, clock=noon
    ) as book:
        again = own_keys.own_keys(book)
        assert (again.epoch, again.unit_keys) == (2, newest.unit_keys)
        assert again.certificate.replica != own.certificate.replica
        assert own_keys.needs_sheet(book)


# On another PC ------------------------------------------------------------------------------------


def test_another_pc_needs_the_recovery_code(desk: Desk, tmp_path: Path) -> None:
    own = own_keys.own_keys(desk.book)
    first = own_keys.recovery(desk.book, CHEAP)
    code = own_keys.recovery(desk.book, CHEAP)
    desk.book.close()
    path = tmp_path / "elsewhere" / "district.yzb"
    path.parent.mkdir()
    shutil.copyfile(desk.book.path, path)
    with workspace.open_book(path, profile=tmp_path / "elsewhere" / "pc", clock=noon) as other:
        before = everything(other)
        with pytest.raises(KeysMissing, match="源汇区"):
            own_keys.own_keys(other)
        with pytest.raises(KeysMissing):
            own_keys.opener(other, own.unit_keys.public.seal)
        with pytest.raises(NotForUs):
            own_keys.opener(other, "ab" * 32)
        with pytest.raises(KeysMissing):
            own_keys.opener(other, "ab" * 32, box="there is one")
        with pytest.raises(MistypedCode):
            own_keys.recover(other, code[:-1])
        for wrong in (first, new_recovery_code()):  # The code before was replaced.
            with pytest.raises(WrongCode):
                own_keys.recover(other, wrong)
        assert Keyring(other.profile).epochs(other.unit) == ()
        assert everything(other) == before
        again = own_keys.recover(other, code.lower())
        assert again.unit_keys == own.unit_keys and certified(other)
        assert again.certificate.label == "2号机"
        assert own_keys.opener(other, own.unit_keys.public.seal) == own.unit_keys
        assert everything(other)[1]["partner"] == before[1]["partner"]


def test_without_a_box_no_code_helps(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NoBox):
        own_keys.recover(desk.book, new_recovery_code())
    own = own_keys.own_keys(desk.book)
    with pytest.raises(NoBox):
        own_keys.recover(desk.book, new_recovery_code())
    code = new_recovery_code()
    foreign = keys.box(b"?" * 32, code, CHEAP)
    (row,) = partners.partners(desk.book)
    with desk.book.batch("keys") as batch:
        batch.change("partner", row.record, {"box": foreign})
    with pytest.raises(BoxSpoilt):
        own_keys.recover(desk.book, code)
    assert own_keys.own_keys(desk.book) == own


def test_a_second_pc_joins_by_what_a_share_brings(desk: Desk, tmp_path: Path) -> None:
    own = own_keys.own_keys(desk.book)
    own_keys.recovery(desk.book, CHEAP)
    with from_lines(desk.book, desk.book.unit, tmp_path / "second") as second:
        own_keys.join_unit(second, own.unit_keys, own.epoch)
        share(desk.book, second)
        theirs = own_keys.own_keys(second)
        assert theirs.unit_keys == own.unit_keys and theirs.certificate.label == "2号机"
        assert len(partners.partners(second)) == 1
        share(second, desk.book)
        active = {desk.book.replica, second.replica}
        assert directory.replicas(desk.book, desk.book.unit) == active
        assert directory.trust(second).sender(second.unit, 1).state == "active"


# Rotation -----------------------------------------------------------------------------------------


@pytest.fixture
def town(desk: Desk, tmp_path: Path) -> Iterator[Book]:
    book, _ = desk.meet(TOWN, tmp_path / "town")
    hear(desk.book, book)
    yield book
    book.close()


def senders(trust: Trust, unit: str, *epochs: int) -> list[str]:
    found: list[str] = []
    for epoch in epochs:
        try:
            found.append(trust.sender(unit, epoch).state)
        except RetiredKey:
            found.append("retired")
    return found


def test_new_keys_are_vouched_for_by_the_old_ones(desk: Desk, town: Book) -> None:
    district = desk.book
    old = own_keys.own_keys(town)
    code = own_keys.rotate(town, CHEAP)
    new = own_keys.own_keys(town)
    assert new.epoch == 2 and new.replica_key == old.replica_key and certified(town)
    assert new.certificate.label == old.certificate.label
    assert keys.unbox(own_keys.box(town), code) == new.unit_keys.seed
    assert own_keys.opener(town, old.unit_keys.public.seal) == old.unit_keys
    assert own_keys.opener(town, new.unit_keys.public.seal) == new.unit_keys
    trust = directory.trust(district)
    assert trust.may_introduce(town.unit, 2)
    said = hear(town, district)
    assert said.rotation is not None
    after = trust.introduced(said, header(said, 2))
    assert isinstance(after, Trust)
    assert senders(after, town.unit, 1, 2) == ["retired", "active"]
    trust = directory.trust(district)
    assert trust.partners[town.unit, 2].public == new.unit_keys.public
    assert senders(trust, town.unit, 1, 2) == ["retired", "active"]
    listed = trust.key(town.unit, 1)
    assert listed is not None and listed.state == "retired"
    assert directory.replicas(district, town.unit) == {town.replica}
    position = district.journal.position
    assert not directory.take_rotation(district, town.unit, said.rotation)
    hear(town, district)
    assert district.journal.position == position


def test_a_rotation_is_told_until_the_other_side_uses_the_new_key(desk: Desk, town: Book) -> None:
    district = desk.book
    own_keys.rotate(town, CHEAP)
    own_keys.rotate(town, CHEAP)  # The district never heard of epoch 2.
    own = own_keys.own_keys(town)
    assert own.epoch == 3
    said = directory.rotation(town, district.unit, own)
    assert said is not None and directory.rotation(town, town.unit, own) is None
    hear(district, town)  # On its way before: sealed to the first key.
    assert directory.rotation(town, district.unit, own) == said
    hear(town, district)
    assert senders(directory.trust(district), town.unit, 1, 3) == ["retired", "active"]
    hear(district, town)
    assert directory.rotation(town, district.unit, own) is None
    late = message("task", district.unit, town.unit)
    first = own_keys.own_rows(town)[1].seal_key
    directory.adopt(town, header(late, 1, first), late)
    assert directory.rotation(town, district.unit, own) is None
    backwards = keys.rotation(town.unit, 2, own.unit_keys, UnitKeys(b"n" * 32))
    with pytest.raises(ForgedSignature):
        directory.take_rotation(district, town.unit, backwards)


def test_the_district_rotates_for_all_its_units(desk: Desk, town: Book) -> None:
    own_keys.rotate(desk.book, CHEAP)
    hear(desk.book, town)
    trust = directory.trust(town)
    assert senders(trust, desk.book.unit, 1, 2) == ["retired", "active"]
    partner = directory.partner(town, desk.book.unit)
    assert partner is not None
    assert partner.seal_key == own_keys.own_keys(desk.book).unit_keys.public.seal


def test_a_rotation_that_does_not_hold_is_refused(desk: Desk, town: Book) -> None:
    district, unit = desk.book, town.unit
    old = own_keys.own_keys(town)
    strange = UnitKeys(b"s" * 32)
    good = keys.rotation(unit, 2, old.unit_keys, UnitKeys(b"n" * 32))
    theirs = own_keys.own_keys(district)
    bad: list[Rotation] = [
        keys.rotation(unit, 2, strange, UnitKeys(b"n" * 32)),
        keys.rotation(unit, 1, old.unit_keys, UnitKeys(b"n" * 32)),
        keys.rotation(desk.units[OTHER], 2, old.unit_keys, UnitKeys(b"n" * 32)),
        keys.rotation(unit, 2, old.unit_keys, old.unit_keys),
        keys.rotation(unit, 2, old.unit_keys, theirs.unit_keys),
        keys.rotation(district.unit, 2, old.unit_keys, UnitKeys(b"n" * 32)),
        msgspec.structs.replace(good, epoch=3),
        msgspec.structs.replace(good, seal_key=strange.public.seal),
        msgspec.structs.replace(good, by_new=good.by_old),
        msgspec.structs.replace(good, by_old=good.by_new),
    ]
    before = everything(district)
    for one in bad:
        with pytest.raises(ForgedSignature):
            directory.take_rotation(district, unit, one)
    assert everything(district) == before
    assert directory.take_rotation(district, unit, good)
    later = keys.rotation(unit, 3, old.unit_keys, UnitKeys(b"m" * 32))
    with pytest.raises(ForgedSignature):  # The old key vouches once.
        directory.take_rotation(district, unit, later)
    fork = keys.rotation(unit, 2, old.unit_keys, UnitKeys(b"m" * 32))
    with pytest.raises(ForgedSignature):
        directory.take_rotation(district, unit, fork)


def test_a_revoked_unit_does_not_rotate_out_of_it(desk: Desk, town: Book) -> None:
    enrolment.revoke(desk.book, TOWN)
    own_keys.rotate(town, CHEAP)
    own = own_keys.own_keys(town)
    said = directory.rotation(town, desk.book.unit, own)
    assert said is not None
    with pytest.raises(ForgedSignature):
        directory.take_rotation(desk.book, town.unit, said)


def test_no_rotation_during_a_first_contact(desk: Desk, tmp_path: Path) -> None:
    invitation = enrolment.invite(desk.book, TOWN)
    with pytest.raises(EnrolmentOpen, match=TOWN):
        own_keys.rotate(desk.book, CHEAP)
    town, joined = desk.begin(invitation, tmp_path / "town")
    with town:
        with pytest.raises(EnrolmentOpen, match="源汇区"):
            own_keys.rotate(town, CHEAP)
        enrolment.confirm(town, "源汇区", joined.code)
        with pytest.raises(EnrolmentOpen):  # It has not heard from above yet.
            own_keys.rotate(town, CHEAP)
        assert own_keys.own_keys(town).epoch == 1
    enrolment.revoke(desk.book, TOWN)
    own_keys.rotate(desk.book, CHEAP)
    assert own_keys.own_keys(desk.book).epoch == 2


def test_a_rotation_that_broke_off_is_finished_by_the_next_call(desk: Desk, town: Book) -> None:
    Keyring(town.profile).keep_unit(
        town.unit, 2, b"n" * 32
    )  # The secret came first, then power off.
    own = own_keys.own_keys(town)
    assert (own.epoch, own.unit_keys.seed) == (2, b"n" * 32)
    assert own_keys.needs_sheet(town)
    rows = own_keys.own_rows(town)
    assert [rows[epoch].state for epoch in (1, 2)] == [RETIRED, CONFIRMED]
    hear(town, desk.book)
    assert senders(directory.trust(desk.book), town.unit, 1, 2) == ["retired", "active"]


def packed(book: Book) -> bytes:
    """A share package with the box, as the other PCs of the unit get it."""
    own = own_keys.own_keys(book)
    said = message("share", book.unit, book.unit)
    front = header(
        said, own.epoch, replica=book.replica, box=own_keys.box(book), sender_name="空冢郭镇"
    )
    to = To(own.unit_keys.public.seal)
    return container.pack(front, own.certificate, payload.encode(said), own.replica_key, to)


def test_the_other_pc_gets_the_new_keys_by_share_and_code(
    desk: Desk, town: Book, tmp_path: Path
) -> None:
    first = own_keys.own_keys(town)
    old_code = own_keys.recovery(town, CHEAP)
    with from_lines(town, town.unit, tmp_path / "second") as second:
        own_keys.join_unit(second, first.unit_keys, 1)
        share(town, second)
        own_keys.own_keys(second)
        code = own_keys.rotate(town, CHEAP)
        raw = packed(town)
        head = container.read_header(raw)
        with pytest.raises(KeysMissing):
            own_keys.opener(second, head.receiver_key, head.box)
        with pytest.raises(WrongCode):
            own_keys.recover(second, old_code, raw)
        lied = msgspec.structs.replace(head, epoch=9)
        front = payload.canonical(head)
        moved = raw.replace(front, payload.canonical(lied))
        assert len(moved) == len(raw)
        with pytest.raises(ForgedSignature):
            own_keys.recover(second, code, moved)
        assert Keyring(second.profile).epochs(second.unit) == (1,)
        own = own_keys.recover(second, code, raw)
        assert (own.epoch, own.unit_keys) == (2, own_keys.own_keys(town).unit_keys)
        assert own_keys.opener(second, head.receiver_key) == own.unit_keys
        share(town, second)
        assert own_keys.own_keys(second) == own
        assert own_keys.box(second) == own_keys.box(town)
        assert directory.trust(second).sender(second.unit, 2).state == "active"
        fresh = own_keys.recovery(second, CHEAP)  # Two rows of the same keys, one box.
        share(second, town)
        assert keys.unbox(own_keys.box(town), fresh) == own.unit_keys.seed
        assert [bool(row.box) for row in partners.partners(town) if row.epoch == 2].count(True) == 1


def test_a_package_of_others_recovers_nothing(desk: Desk, town: Book) -> None:
    code = own_keys.recovery(town, CHEAP)
    raw = packed(town)
    with pytest.raises(NotForUs):
        own_keys.recover(desk.book, code, raw)


def test_of_two_pcs_that_rotated_at_once_one_gives_way(
    desk: Desk, town: Book, tmp_path: Path
) -> None:
    own = own_keys.own_keys(town)
    with from_lines(town, town.unit, tmp_path / "second") as second:
        own_keys.join_unit(second, own.unit_keys, 1)
        share(town, second)
        own_keys.own_keys(second)
        codes = {town: own_keys.rotate(town, CHEAP), second: own_keys.rotate(second, CHEAP)}
        share(town, second)
        share(second, town)
        holding = own_keys.own_row(town)
        assert holding is not None and holding == own_keys.own_row(second)
        mine = Keyring(town.profile).unit(town.unit, 2)
        assert mine is not None
        won, lost = (town, second) if mine.public == holding.public else (second, town)
        assert own_keys.own_keys(won).epoch == 2
        with pytest.raises(KeysMissing):
            own_keys.own_keys(lost)
        assert own_keys.recover(lost, codes[won]).unit_keys == own_keys.own_keys(won).unit_keys
