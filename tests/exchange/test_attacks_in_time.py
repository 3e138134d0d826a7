"""Attacks that need a history: keys once good, units that were, packages that come again."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from desktop.exchange import (
    container,
    directory,
    enrolment,
    key_refusals,
    opening,
    own_keys,
    payload,
    postbook,
    refusals,
    sender_refusals,
    sitting,
)
from desktop.exchange.directory import RetiredKey
from desktop.exchange.payload import Receipt
from desktop.exchange.shelves import Shelves
from desktop.exchange.sitting import Sitting
from desktop.ledger import verify
from desktop.ledger.workspace import Book
from tests import office
from tests.exchange import attacks, forger
from tests.exchange.attacks import ATTACKS, PASSPHRASE, Kind, Scene
from tests.exchange.parcels import CHEAP
from tests.office import Township


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("attacks") / "template"
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        attacks.found(folder)
        yield folder


@pytest.fixture
def scene(template: Path, tmp_path: Path) -> Iterator[Scene]:
    one = Scene(template, tmp_path / "scene")
    yield one
    one.close()


def seal(book: Book) -> str:
    return sha256(book.path.read_bytes()).hexdigest()


def take(scene: Scene, kind: Kind, *packages: bytes) -> Sitting:
    """Taken in by the receiver of this kind, from one stick, in this order where numbers agree."""
    stick = scene.home / f"stick{len(list(scene.home.iterdir()))}"
    stick.mkdir()
    for place, raw in enumerate(packages):
        (stick / f"{place:03}.yzp").write_bytes(raw)
    return sitting.take_in(scene.receiver(kind).book, [stick])


def refused(scene: Scene, kind: Kind, raw: bytes, meets: type[Exception]) -> None:
    """One package alone, refused by this name; the book stays byte for byte."""
    book = scene.receiver(kind).book
    before = seal(book)
    (one,) = take(scene, kind, raw).results
    assert type(one.error) is meets, one
    assert seal(book) == before


def records_of(book: Book) -> dict[str, Any]:
    """Everything that is not about packages."""
    return {
        name: sorted(map(repr, table.rows()))
        for name, table in book.tables.items()
        if name not in ("sent", "taken")
    }


@pytest.mark.parametrize("kind", ["task", "report", "share"])
def test_the_others_on_the_stick_are_taken_in(scene: Scene, kind: Kind) -> None:
    packages = [one.make(scene, kind) for one in ATTACKS if kind in one.meets]
    hostile = {container.digest(raw): raw for raw in packages}
    book, genuine = scene.receiver(kind).book, scene.genuine[kind]
    done = take(scene, kind, *packages, genuine)
    assert done.stopped is None
    taken = [one for one in done.results if one.outcome == "已装入"]
    assert [one.digest for one in taken] == [container.digest(genuine)]
    outcomes = {one.outcome for one in done.results}
    assert outcomes <= {"已装入", "已隔离", "待处理", "不归本机"}
    assert len(done.results) == len(hostile) + 1
    assert {one.digest for one in Shelves(book.path).refused.list()} <= hostile.keys()
    came = {line.identity for line in book.journal.lines() if line.package}
    message = scene.parts(kind).message
    assert {forger.called(one) for one in message.entries} <= came
    packages_known = {one.digest for one in postbook.taken(book)}
    assert not packages_known & hostile.keys()
    assert verify.verify(book).ok


@pytest.mark.parametrize("kind", ["task", "report", "share"])
def test_a_pc_that_was_declared_void(scene: Scene, kind: Kind) -> None:
    enrolment.revoke(scene.receiver(kind).book, scene.by(kind).replica)
    refused(scene, kind, scene.genuine[kind], sender_refusals.RevokedKey)


@pytest.mark.parametrize("kind", ["task", "report"])
def test_keys_that_were_declared_void(scene: Scene, kind: Kind) -> None:
    enrolment.revoke(scene.receiver(kind).book, scene.by(kind).unit)
    refused(scene, kind, scene.genuine[kind], sender_refusals.RevokedKey)
    who = forger.stranger(scene.by(kind).unit, scene.by(kind).replica)
    forged = scene.parts(kind).signed(who).packed()
    refused(scene, kind, forged, sender_refusals.RevokedKey)


@pytest.mark.parametrize("kind", ["task", "report"])
def test_keys_that_their_owner_has_replaced(scene: Scene, kind: Kind) -> None:
    old = scene.parts(kind)
    if kind == "task":  # No keys are replaced while an invitation is open.
        enrolment.revoke(scene.sender(kind), scene.units["大刘镇"])
    own_keys.rotate(scene.sender(kind), CHEAP)
    (one,) = take(scene, kind, scene.write(kind)).results
    assert one.outcome == "已装入", one
    refused(scene, kind, scene.genuine[kind], RetiredKey)
    later = old.headed(number=old.header.number + 9, previous="").packed()
    refused(scene, kind, later, RetiredKey)


def test_a_unit_that_now_belongs_elsewhere(scene: Scene) -> None:
    unit, elsewhere = scene.by("report").unit, scene.units["问十乡"]
    scene.offices["district"].change("unit", unit, above=elsewhere)
    refused(scene, "report", scene.genuine["report"], refusals.NotNeighbours)


def test_an_answer_waits_to_be_compared_and_is_written_down_once(scene: Scene) -> None:
    stick = scene.home / "first.yzp"
    stick.write_bytes(scene.genuine["first"])
    third = Township.begin(stick, PASSPHRASE, scene.home / "third")
    report = third.report().path.read_bytes()
    other = third.report().path.read_bytes()
    district = scene.book("district")
    before = records_of(district)
    (one,) = take(scene, "report", report).results
    assert type(one.error) is sender_refusals.Unconfirmed and one.code == third.code
    changed = {name for name, rows in records_of(district).items() if rows != before[name]}
    assert changed == {"partner"}
    sealed = seal(district)
    assert {one.outcome for one in take(scene, "report", report, other).results} == {"待处理"}
    assert seal(district) == sealed
    # Somebody who does not hold the keys that answered cannot come in under them.
    opens = own_keys.own_keys(district).unit_keys
    parts = forger.apart(report, opens, forger.writer(third.book).key, scene.parts("report").to)
    stranger = forger.stranger(third.unit, third.book.replica)
    public = stranger.keys.public
    assert parts.message.partner is not None
    said = msgspec.structs.replace(
        parts.message.partner, sign_key=public.sign, seal_key=public.seal
    )
    forged = parts.saying(partner=said).signed(stranger).packed()
    done = take(scene, "report", forged)
    found = {one.digest: one.error for one in done.results}
    assert type(found[container.digest(forged)]) in (
        sender_refusals.UnknownKey,
        sender_refusals.Unconfirmed,
    )
    assert seal(district) == sealed
    third.close()


@pytest.mark.parametrize("kind", ["task", "report", "share"])
def test_an_old_package_after_a_newer_one_changes_nothing(scene: Scene, kind: Kind) -> None:
    book = scene.receiver(kind).book
    assert [one.outcome for one in take(scene, kind, scene.genuine[kind]).results] == ["已装入"]
    before = records_of(book)
    assert [one.outcome for one in take(scene, kind, scene.before[kind]).results] == ["已装入"]
    assert records_of(book) == before
    sealed = seal(book)
    again = take(scene, kind, scene.before[kind], scene.genuine[kind])
    assert {type(one.error) for one in again.results} == {refusals.AlreadyTaken}
    assert seal(book) == sealed and not Shelves(book.path).refused.list()


def test_an_old_list_of_keys_lifts_no_revocation(scene: Scene) -> None:
    district, one = scene.book("district"), scene.receiver("task").book
    enrolment.revoke(district, scene.writers["two"].replica)
    assert [r.outcome for r in take(scene, "task", scene.write("task")).results] == ["已装入"]
    assert directory.trust(one).revoked(scene.writers["two"].replica)
    assert [r.outcome for r in take(scene, "task", scene.genuine["task"]).results] == ["已装入"]
    assert directory.trust(one).revoked(scene.writers["two"].replica)


def test_nobody_acknowledges_what_was_sent_to_another(scene: Scene) -> None:
    """A township that saw a colleague's stick names that package among those it took in."""
    district = scene.book("district")
    theirs = container.digest(scene.genuine["task"])
    (sent,) = [one for one in postbook.sent(district) if one.digest == theirs]
    two = scene.offices["two"]
    report = two.report().path.read_bytes()
    opens = own_keys.own_keys(district).unit_keys
    parts = forger.apart(report, opens, scene.writers["two"].key, scene.parts("report").to)
    false = Receipt(sent.replica, sent.number, sent.digest)
    done = take(scene, "report", parts.saying(receipts=(false,)).packed())
    assert [one.outcome for one in done.results] == ["已装入"]
    (after,) = [one for one in postbook.sent(district) if one.digest == theirs]
    assert after.state == sent.state
    assert Shelves(district.path).outbox.get(theirs) == scene.genuine["task"]


@pytest.mark.parametrize("kind", ["first", "task", "report", "share"])
def test_a_text_that_swells_without_end(
    scene: Scene, kind: Kind, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bomb = scene.parts(kind).but(text=b'{"program":"' + bytes(8 << 20)).packed()
    monkeypatch.setattr(payload, "LARGEST_TEXT", 4 << 20)
    assert len(bomb) < 64 << 10
    if kind != "first":
        refused(scene, kind, bomb, refusals.TooLarge)
        return
    (tmp_path / "bomb.yzp").write_bytes(bomb)
    with pytest.raises(refusals.TooLarge):
        opening.open_package(
            tmp_path / "bomb.yzp", PASSPHRASE, tmp_path / "new.yzb", profile=tmp_path / "pc"
        )
    assert not list(tmp_path.glob("*yzb*"))


@pytest.mark.parametrize("kind", ["task", "report"])
def test_nothing_is_made_of_what_a_stranger_says(
    scene: Scene, kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever saw a clear header of ours can seal to us; a small file would fill the memory."""
    sender = scene.by(kind).unit
    parts = scene.parts(kind).headed(epoch=7, number=1, previous="")
    who = forger.stranger(sender, parts.header.replica, epoch=7)
    said = payload.canonical(parts.saying(partner=None, rotation=None).message)
    swollen = said.replace(b'"wants":[]', b'"wants":[' + b"7," * (4 << 20) + b"7]")
    assert len(swollen) > 8 << 20
    stranger = parts.signed(who).but(text=swollen).packed()

    def decoded(_raw: bytes) -> None:
        pytest.fail("content of a stranger was read")

    monkeypatch.setattr(payload, "decode", decoded)
    (one,) = take(scene, kind, stranger).results
    assert type(one.error) is sender_refusals.KeyNotYetKnown
    assert Shelves(scene.receiver(kind).book.path).held.get(one.digest) == stranger


def test_the_wrong_words_open_nothing(scene: Scene, tmp_path: Path) -> None:
    """A passphrase that is another, none at all, and the recovery code of another unit."""
    other = own_keys.recovery(scene.book("two"), CHEAP)
    for name, raw, secret, meets in (
        ("first", scene.genuine["first"], "9" * 16, key_refusals.WrongPassphrase),
        ("typed", scene.genuine["first"], "123", key_refusals.MistypedPassphrase),
        ("running", scene.genuine["task"], PASSPHRASE, opening.NotAFirstPackage),
        ("share", scene.genuine["share"], "9" * 24, key_refusals.MistypedCode),
        ("other", scene.genuine["share"], other, key_refusals.WrongCode),
    ):  # fmt: skip
        path = tmp_path / f"{name}.yzp"
        path.write_bytes(raw)
        with pytest.raises(meets):
            opening.open_package(path, secret, tmp_path / "new.yzb", profile=tmp_path / "pc")
    assert not list(tmp_path.glob("*yzb*"))
