"""Every attack on every kind of package: refused by its name, the book byte for byte as before."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import pytest

from desktop.errors import OneLedgerError
from desktop.exchange import (
    checking,
    container,
    directory,
    key_refusals,
    opening,
    refusals,
    sitting,
    taking,
)
from desktop.exchange.payload import Piece
from desktop.exchange.quarantine import NOTE
from desktop.exchange.shelves import Shelves
from desktop.ledger import attachments, merging
from tests import office
from tests.exchange import attacks
from tests.exchange.attacks import ATTACKS, PASSPHRASE, Attack, Kind, Scene

CASES = [(one, kind) for one in ATTACKS for kind in one.meets]
HELD = (refusals.Held, merging.ParentsMissing, key_refusals.KeysMissing)

#: What is addressed to others, or comes from here, is left where it lies.
ELSEWHERE = ("a_package_for_somebody_else", "our_own_package")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("attacks") / "template"
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        attacks.found(folder)
        yield folder


@pytest.fixture(scope="module")
def scene(template: Path) -> Iterator[Scene]:
    one = Scene(template, template.parent / "scene")
    yield one
    one.close()


class _Back(Exception):
    """Ends a trial: the book is as before."""


def seal(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


@pytest.mark.parametrize(("one", "kind"), CASES, ids=[f"{one.name}-{kind}" for one, kind in CASES])
def test_an_attack_is_refused_by_its_name_and_changes_nothing(
    scene: Scene, one: Attack, kind: Kind, tmp_path: Path
) -> None:
    raw, meets = one.make(scene, kind), one.meets[kind]
    stick = tmp_path / "renamed.dat"
    stick.write_bytes(raw)
    if kind == "first":
        with pytest.raises(OneLedgerError) as raised:
            opening.open_package(stick, PASSPHRASE, tmp_path / "new.yzb", profile=tmp_path / "pc")
        assert type(raised.value) is meets, raised.value
        assert sorted(path.name for path in tmp_path.glob("*yzb*")) == []
        return
    book = scene.receiver(kind).book
    shelves, before = Shelves(book.path), seal(book.path)
    looked = sitting.look(book, [stick])
    assert [type(result.error) for result in looked.results] == [meets], looked.results
    done = sitting.take_in(book, [stick])
    (result,) = done.results
    assert type(result.error) is meets, result.error
    assert done.stopped is None and done.backup is None and done.changes == ()
    assert seal(book.path) == before
    digest = container.digest(raw)
    if issubclass(meets, HELD):
        assert result.outcome == "待处理" and shelves.held.get(digest) == raw
        assert shelves.held.remove(digest)
        return
    if one.make.__name__ in ELSEWHERE:
        assert result.outcome == "不归本机" and shelves.refused.get(digest) is None
        return
    assert result.outcome == "已隔离" and shelves.refused.get(digest) == raw
    note = (shelves.refused.folder / f"{digest}{NOTE}").read_text("utf-8-sig")
    assert result.error.sentence in note and meets.__name__ in note
    assert shelves.held.list() == ()
    assert shelves.refused.remove(digest)


@pytest.mark.parametrize("kind", ["task", "report", "share"])
def test_a_photo_that_nothing_names_is_not_stored(scene: Scene, kind: Kind, tmp_path: Path) -> None:
    content = b"\xff\xd8\xff" + bytes(60)
    piece = Piece(sha256(content).hexdigest(), "image/jpeg", "x.jpg", len(content))
    said = scene.parts(kind).saying(attachments=(piece,)).but(contents=(content,))
    book, stick = scene.receiver(kind).book, tmp_path / "one.yzp"
    stick.write_bytes(said.packed())
    with suppress(_Back), book.atomic():
        checked = checking.examine(stick.read_bytes(), book, directory.trust(book))
        assert isinstance(checked, checking.Checked)
        taking.apply(book, checked)
        assert piece.digest not in attachments.held(book)
        raise _Back
