"""Batches: every entry is vouched for by its author, whoever carries it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.exchange import batches, keys
from desktop.exchange.batches import NotVouched
from desktop.exchange.certificates import NO_KEY, known_certificates, units_of
from desktop.exchange.keys import ReplicaKey
from desktop.exchange.payload import Batch
from desktop.exchange.refusals import BatchForged, BatchMissing
from desktop.exchange.sender_refusals import RevokedKey, UnknownKey
from desktop.ledger import merging
from desktop.ledger.workspace import Book
from desktop.paths import PROFILE_VARIABLE
from tests.exchange.desks import AT, Desk, District, Founded, Handed, altered, found, opened
from tests.ledger import books


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Founded:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PROFILE_VARIABLE, str(tmp_path_factory.mktemp("founding")))
        return found(tmp_path_factory.mktemp("founded"))


@pytest.fixture
def office(founded: Founded, tmp_path: Path) -> Iterator[District]:
    district = District(founded, tmp_path)
    yield district
    district.close()


def vouchers(book: Book) -> tuple[list[Any], list[Any], list[Any]]:
    """All that a book keeps of batches and certificates."""
    tables = ("batch", "covered", "certificate")
    found = [book.connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables]
    return found[0], found[1], found[2]


def filled(office: District) -> Handed:
    """A township's week, ready to be reported."""
    books.week(office.one.book, office.project)
    return office.report(office.one)


def only_of(handed: Handed, desk: Desk) -> Batch:
    """The one batch of a desk's replica in what was handed."""
    (found,) = [batch for batch in handed.batches if batch.author == desk.book.replica]
    return found


def replaced(handed: Handed, old: Batch, *new: Batch) -> Handed:
    """What was handed with other batches in the place of one."""
    others = tuple(batch for batch in handed.batches if batch != old)
    return handed._replace(batches=(*others, *new))


# Signing -----------------------------------------------------------------------------------------


def test_a_line_is_signed_once_however_often_it_is_sent(office: District) -> None:
    filled(office)
    before = vouchers(office.one.book)
    office.report(office.one)
    assert vouchers(office.one.book) == before
    books.week(office.one.book, office.project, "2023-W10")
    handed = office.report(office.one)
    own = [batch for batch in handed.batches if batch.author == office.one.book.replica]
    assert len(own) == 2, "what was added has a batch of its own"
    units = office.district.verify(handed)
    assert units[office.one.book.replica] == office.one.book.unit
    assert set(units.values()) == {office.one.book.unit, office.district.book.unit}


def test_only_what_is_asked_for_is_signed_and_only_our_own(office: District) -> None:
    record = books.week(office.one.book, office.project)
    books.week(office.one.book, office.project, "2023-W10")
    (line,) = office.one.book.journal.of_record(record)
    before = vouchers(office.one.book)[1]
    handed = office.one.signed([line.position])
    assert handed.batches == (only_of(handed, office.one),)
    assert handed.batches[0].entries == bytes.fromhex(line.identity)
    assert vouchers(office.one.book)[1] == [*before, (line.position, before[-1][1] + 1)]


def test_identities_ascend_and_tell_no_order(office: District) -> None:
    for week in range(10, 19):
        books.week(office.one.book, office.project, f"2023-W{week}")
    listed = only_of(office.report(office.one), office.one).entries
    parts = [listed[at : at + 32] for at in range(0, len(listed), 32)]
    assert len(parts) == 9
    assert parts == sorted(parts)


def test_the_unit_vouches_for_its_replica_that_is_gone(office: District, profile: Path) -> None:
    books.week(office.one.book, office.project)
    gone = office.one.book.replica
    office.one.book.close()
    copy = books.replica_of(office.one.book, office.folder / "copy.yzb", profile / "other")
    desk = Desk(copy, office.everybody, b"1" * 32)
    try:
        books.week(copy, office.project, "2023-W10")
        handed = office.report(desk)
        signers = {batch.author: batch.signer for batch in handed.batches}
        assert signers[gone] == "unit:1"
        assert signers[copy.replica] == "replica"
        assert known_certificates(copy, [gone])[gone].key == NO_KEY
        assert office.district.verify(handed)[gone] == copy.unit
        office.district.take(handed)
        assert units_of(office.district.book, [gone]) == {gone: copy.unit}
    finally:
        copy.close()


def test_who_has_a_key_is_never_without_one_again(office: District) -> None:
    filled(office)
    book, own = office.one.book, office.one.own
    bare = keys.certify(office.one.unit_keys, book.unit, 1, book.replica, "", NO_KEY)
    other = keys.certify(office.one.unit_keys, book.unit, 2, book.replica, "", "ab" * 32)
    later = keys.certify(
        office.one.unit_keys, book.unit, 2, book.replica, "2号机", own.replica_key.public
    )
    entries = office.report(office.one)
    for word, kept in ((bare, own.certificate), (other, own.certificate), (later, later)):
        batches.keep(book, entries.batches, [word], entries.entries)
        assert known_certificates(book, [book.replica])[book.replica] == kept
    batches.keep(book, entries.batches, [own.certificate], entries.entries)
    assert known_certificates(book, [book.replica])[book.replica] == later


def test_a_key_takes_the_place_of_none(office: District) -> None:
    handed = filled(office)
    unit, replica = office.one.book.unit, office.one.book.replica
    bare = keys.certify(office.one.unit_keys, unit, 1, replica, "", NO_KEY)
    for word in (bare, office.one.own.certificate):
        batches.keep(office.district.book, handed.batches, [word], handed.entries)
        assert known_certificates(office.district.book, [replica])[replica] == word


# Sending -----------------------------------------------------------------------------------------


def test_a_relayed_entry_goes_with_its_authors_batch_whole(office: District) -> None:
    problem = {"project": office.project, "problem": "未接电", "responsible_unit": "区工信局"}
    with office.one.book.batch("create") as batch:
        named = batch.create("problem", problem)
        batch.create("problem", {**problem, "problem": "未征地", "responsible_unit": None})
    office.district.take(office.report(office.one))
    handed = office.district.hand(office.department.book.unit)
    assert named in {entry[AT["record"]] for entry in handed.entries}
    whole = only_of(handed, office.one)
    assert len(whole.entries) == 2 * 32, "the other problem is a hash and nothing else"
    assert "未征地" not in str(handed.entries)
    office.department.take(handed, above=True)
    assert books.value(office.department.book, "problem", named, "problem") == "未接电"


def test_a_line_without_its_authors_batch_does_not_leave(office: District) -> None:
    handed = filled(office)
    book = office.district.book
    merging.receive(book, handed.entries, "by hand")
    position = book.journal.position
    with pytest.raises(NotVouched, match=office.one.book.replica):
        office.district.signed([position])


def test_keeping_twice_is_keeping_once(office: District) -> None:
    handed = filled(office)
    office.district.take(handed)
    before = vouchers(office.district.book)
    batches.keep(office.district.book, handed.batches, handed.certificates, handed.entries)
    assert vouchers(office.district.book) == before
    (covered,) = office.district.book.connection.execute(
        "SELECT count(*) FROM journal WHERE position NOT IN (SELECT position FROM covered)"
        " AND author = ?",
        (office.one.book.replica,),
    ).fetchone()
    assert covered == 0


def test_a_batch_that_comes_again_with_more_is_kept_once(office: District) -> None:
    with office.one.book.batch("create") as batch:
        for name in ("未接电", "未征地"):
            batch.create("problem", {"project": office.project, "problem": name})
    handed = office.report(office.one)
    mine = [one for one in handed.entries if one[AT["author"]] == office.one.book.replica]
    first = tuple(one for one in handed.entries if one != mine[1])
    office.district.take(handed._replace(entries=first))
    office.district.take(handed)
    rows = [row for row in vouchers(office.district.book)[0] if row[1] == office.one.book.replica]
    assert len(rows) == 1
    covering = [row for row in vouchers(office.district.book)[1] if row[1] == rows[0][0]]
    assert len(covering) == 2


# Forging -----------------------------------------------------------------------------------------


def test_an_entry_without_a_batch(office: District) -> None:
    handed = filled(office)
    own = only_of(handed, office.one)
    with pytest.raises(BatchMissing, match=own.author):
        office.district.verify(replaced(handed, own))


def test_a_changed_entry_stands_in_no_batch(office: District) -> None:
    handed = filled(office)
    *others, last = handed.entries
    spoilt = handed._replace(entries=(*others, altered(last, note="另有说明")))
    with pytest.raises((BatchMissing, BatchForged)):
        office.district.verify(spoilt)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"signature": b"\x00" * 64},
        {"signer": "unit:1"},
        {"entries": lambda own: own.entries + b"\xff" * 32},
        {"entries": lambda own: own.entries * 2},
        {"entries": lambda own: own.entries[:-1]},
    ],
)
def test_a_batch_that_its_author_did_not_sign(office: District, spoilt: dict[str, Any]) -> None:
    handed = filled(office)
    own = only_of(handed, office.one)
    values = {name: it(own) if callable(it) else it for name, it in spoilt.items()}
    with pytest.raises(BatchForged):
        office.district.verify(replaced(handed, own, msgspec.structs.replace(own, **values)))


def signed_by(desk: Desk, author: str, *entries: bytes) -> Batch:
    """A batch that a desk's replica signs for whomever."""
    listed = b"".join(entries)
    said = batches._statement(desk.book.unit, author, "replica", listed)
    return Batch(author, "replica", listed, desk.own.replica_key.sign(said))


def test_nobody_signs_for_another(office: District) -> None:
    handed = filled(office)
    own = only_of(handed, office.one)
    for author in (office.one.book.replica, office.two.book.replica):
        forged = signed_by(office.two, author, own.entries)
        words = (*handed.certificates, office.two.own.certificate)
        with pytest.raises(BatchForged):
            office.district.verify(replaced(handed, own, forged)._replace(certificates=words))


def test_a_list_out_of_order_or_with_doubles_is_no_list(office: District) -> None:
    for week in ("2023-W10", "2023-W11"):
        books.week(office.one.book, office.project, week)
    handed = office.report(office.one)
    own = only_of(handed, office.one)
    one, two = own.entries[:32], own.entries[32:]
    for listed in ((two, one), (one, one, two), (one, two, b"\xff")):
        with pytest.raises(BatchForged):
            office.district.verify(
                replaced(handed, own, signed_by(office.one, own.author, *listed))
            )


def test_a_batch_about_nothing_in_the_package(office: District) -> None:
    handed = filled(office)
    idle = signed_by(office.one, office.one.book.replica, b"\x01" * 32)
    less = tuple(one for one in handed.batches if one.author != office.one.book.replica)
    entries = tuple(one for one in handed.entries if one[AT["author"]] != office.one.book.replica)
    with pytest.raises(BatchForged):
        office.district.verify(Handed(entries, (*less, idle), handed.certificates))


def test_more_batches_than_entries_are_not_even_looked_at(office: District) -> None:
    handed = filled(office)
    own = only_of(handed, office.one)
    flood = handed._replace(batches=handed.batches + (own,) * 100_000)
    verified: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "verified", lambda *one: verified.extend(one))
        with pytest.raises(BatchForged):
            office.district.verify(flood)
    assert not verified


def test_a_certificate_by_another_unit(office: District) -> None:
    handed = filled(office)
    one = office.one
    forged = keys.certify(
        office.two.unit_keys, one.book.unit, 1, one.book.replica, "", one.own.replica_key.public
    )
    words = tuple(w for w in handed.certificates if w.replica != one.book.replica)
    with pytest.raises(BatchForged):
        office.district.verify(handed._replace(certificates=(*words, forged)))
    claimed = keys.certify(
        office.two.unit_keys,
        office.two.book.unit,
        1,
        one.book.replica,
        "",
        office.two.own.replica_key.public,
    )
    office.district.take(handed)
    own = only_of(handed, one)
    said = batches._statement(office.two.book.unit, one.book.replica, "replica", own.entries)
    taken_over = Batch(own.author, "replica", own.entries, office.two.own.replica_key.sign(said))
    with pytest.raises(BatchForged):  # The district knows whose replica it is.
        office.district.verify(
            replaced(handed, own, taken_over)._replace(certificates=(*words, claimed))
        )


def test_a_replica_has_one_key_and_one_unit_for_ever(office: District) -> None:
    handed = filled(office)
    office.district.take(handed)
    one, two, own = office.one, office.two, only_of(handed, office.one)
    thief, honest = ReplicaKey(keys.new_seed()), one.own.replica_key
    for unit, unit_keys, certified in (
        (one.book.unit, one.unit_keys, thief),
        (two.book.unit, two.unit_keys, honest),
    ):
        word = keys.certify(unit_keys, unit, 1, one.book.replica, "", certified.public)
        for signer in (thief, honest):
            said = batches._statement(unit, own.author, "replica", own.entries)
            claimed = Batch(own.author, "replica", own.entries, signer.sign(said))
            with pytest.raises(BatchForged):
                office.district.verify(
                    replaced(handed, own, claimed)._replace(certificates=(word,))
                )


def test_no_signature_is_good_by_no_key(office: District) -> None:
    handed = filled(office)
    book = office.one.book
    bare = keys.certify(office.one.unit_keys, book.unit, 1, book.replica, "", NO_KEY)
    words = tuple(w for w in handed.certificates if w.replica != book.replica)
    with pytest.raises(BatchForged):
        office.district.verify(handed._replace(certificates=(*words, bare)))


def test_an_author_that_nobody_certified(office: District) -> None:
    handed = filled(office)
    words = tuple(w for w in handed.certificates if w.replica != office.one.book.replica)
    with pytest.raises(UnknownKey):
        office.district.verify(handed._replace(certificates=words))
    office.district.take(handed)
    assert office.district.verify(handed._replace(certificates=())), "known by now"


def test_a_unit_whose_keys_nobody_made_known(office: District) -> None:
    handed = filled(office)
    del office.everybody.listed[office.one.book.unit, 1]
    with pytest.raises(UnknownKey, match="大刘镇"):
        office.district.verify(handed)


# Keys retired and revoked --------------------------------------------------------------------


def test_a_retired_key_is_good_for_what_it_signed(office: District) -> None:
    handed = filled(office)
    office.everybody.declare(office.one.book.unit, 1, "retired")
    assert office.district.verify(handed)


def revoke_unit(office: District) -> None:
    office.everybody.declare(office.one.book.unit, 1, "revoked")


def revoke_replica(office: District) -> None:
    office.everybody.void.add(office.one.book.replica)


@pytest.mark.parametrize("revoke", [revoke_unit, revoke_replica])
def test_a_revoked_key_brings_nothing_new_but_from_above(office: District, revoke: Any) -> None:
    handed = filled(office)
    revoke(office)
    with pytest.raises(RevokedKey, match="大刘镇"):
        office.district.verify(handed)
    assert office.district.verify(handed, above=True), "the unit above judged it before"


@pytest.mark.parametrize("revoke", [revoke_unit, revoke_replica])
def test_what_the_book_has_stays_good_when_the_key_is_revoked(
    office: District, revoke: Any
) -> None:
    handed = filled(office)
    office.district.take(handed)
    revoke(office)
    assert office.district.verify(handed)
    books.week(office.one.book, office.project, "2023-W10")
    with pytest.raises(RevokedKey):
        office.district.verify(office.report(office.one))


def test_a_replica_certified_anew_goes_on_under_the_new_key(office: District) -> None:
    handed = filled(office)
    revoke_unit(office)
    unit_keys = keys.UnitKeys(b"4" * 32)
    office.everybody.enrol(office.one.book.unit, unit_keys, 2)
    word = keys.certify(
        unit_keys,
        office.one.book.unit,
        2,
        office.one.book.replica,
        "1号机",
        office.one.own.replica_key.public,
    )
    words = tuple(w for w in handed.certificates if w.replica != word.replica)
    assert office.district.verify(handed._replace(certificates=(*words, word)))


def test_the_units_new_key_vouches_for_a_replica_declared_void(
    office: District, profile: Path
) -> None:
    books.week(office.one.book, office.project)
    gone = office.one.book.replica
    office.one.book.close()
    copy = books.replica_of(office.one.book, office.folder / "copy.yzb", profile / "other")
    try:
        revoke_unit(office)
        office.everybody.void.add(gone)
        office.everybody.enrol(copy.unit, keys.UnitKeys(b"4" * 32), 2)
        desk = Desk(copy, office.everybody, b"4" * 32, 2)
        handed = office.report(desk)
        assert only_of(handed, office.one).signer == "unit:2"
        assert office.district.verify(handed)[gone] == copy.unit
        office.everybody.declare(copy.unit, 2, "revoked")
        with pytest.raises(RevokedKey):
            office.district.verify(handed)
    finally:
        copy.close()


def test_a_unit_key_of_an_epoch_that_nobody_knows(office: District, profile: Path) -> None:
    books.week(office.one.book, office.project)
    office.one.book.close()
    copy = books.replica_of(office.one.book, office.folder / "copy.yzb", profile / "other")
    try:
        desk = Desk(copy, office.everybody, b"4" * 32, 7)
        handed = office.report(desk)
        del office.everybody.listed[copy.unit, 7]
        with pytest.raises(UnknownKey):
            office.district.verify(handed)
    finally:
        copy.close()


def test_own_lines_come_back_to_a_township_that_lost_its_pc(office: District) -> None:
    handed = filled(office)
    office.district.take(handed)
    lost = office.one.book.replica
    book = opened(office.folder / "anew.yzb", office.district, office.units["大刘镇"])
    try:
        assert len(book.rows("weekly")) == 1
        desk = Desk(book, office.everybody, b"5" * 32, 2)
        relayed = office.report(desk)
        assert only_of(relayed, office.one) == only_of(handed, office.one)
        assert lost != book.replica
        assert office.district.verify(relayed)[lost] == book.unit
    finally:
        book.close()


def test_nothing_needs_no_batch(office: District) -> None:
    assert office.one.signed([]) == Handed((), (), ())
    assert office.district.verify(Handed((), (), ())) == {}
