"""What lies on the stick says nothing of a project: no name, no person, no figure, in no writing.

The same search finds everything when nothing is sealed, or it would prove nothing.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop.exchange import enrolment, keys
from tests import office
from tests.office import District

PROJECT, PERSON, PHONE, PROGRESS = "龙潭河生态修复工程", "欧阳闻溪", "13803950417", "堤防合龙"
FIGURE = 382_719_460
WRITINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
#: Each kind of package, and what the one that is written here has to say.
SAID = {
    "first task": {PROJECT, PERSON, PHONE, str(FIGURE)},
    "report": {PROGRESS, str(FIGURE)},
    "task": {PERSON},
    "share": {PROJECT, PERSON, PHONE, PROGRESS, str(FIGURE)},
}


def needles() -> Iterator[tuple[str, bytes]]:
    """Every way in which a word or a figure may stand in bytes."""
    for word in (PROJECT, PERSON, PHONE, PROGRESS, str(FIGURE), f"{FIGURE:,}"):
        for writing in WRITINGS:
            yield f"{word} {writing}", word.encode(writing)
    for order in ("little", "big"):
        for size in (4, 8):
            yield f"{FIGURE} {order} {size}", FIGURE.to_bytes(size, order)
    yield f"{PROJECT} escaped", PROJECT.encode("unicode_escape")


def readings(raw: bytes) -> Iterator[bytes]:
    """The bytes themselves, and whatever in them can be inflated, wherever it begins."""
    yield raw
    for mark in (b"\x78\x01", b"\x78\x5e", b"\x78\x9c", b"\x78\xda"):
        at = raw.find(mark)
        while at >= 0:
            inflation = zlib.decompressobj()
            with suppress(zlib.error):  # no stream begins here
                yield inflation.decompress(raw[at:], 1 << 24)
            at = raw.find(mark, at + 1)


def found_on(stick: Path) -> set[str]:
    """Which needles can be read in a folder, in the files or in their names."""
    found: set[str] = set()
    for path in stick.rglob("*"):
        contents = readings(path.read_bytes()) if path.is_file() else iter(())
        for content in (path.name.encode(), *contents):
            found |= {name for name, needle in needles() if needle in content}
    return found


def sticks(home: Path) -> dict[str, Path]:
    """A district and a township exchange once in every way; the folder of each kind of package."""
    district = District(home / "district")
    told = {
        "responsible_person": PERSON,
        "phone": PHONE,
        "total_investment": FIGURE,
        "annual_plan": 60_000_000,
    }
    unit = district.units["空冢郭镇"]
    project = district.project(PROJECT, unit, **told)
    (first,) = district.hand_down([unit]).written
    township = office.Township.begin(first.path, first.passphrase, home / "township")
    township.week(project, physical_progress=PROGRESS, completed_week=FIGURE)
    report = township.report()
    district.take(report.path)
    enrolment.confirm(district.book, unit, township.code)
    district.take()
    district.change("project", project, responsible_person=f"{PERSON}、赵六")
    (task,) = district.hand_down([unit]).written
    share = township.share()
    for one in (district, township):
        one.close()
    return {
        kind: written.path.parent
        for kind, written in zip(SAID, (first, report, task, share), strict=True)
    }


def test_nothing_of_a_project_can_be_read_on_a_stick(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.cheaply(monkeypatch)
    for kind, stick in sticks(tmp_path).items():
        assert found_on(stick) == set(), kind


def test_the_search_finds_it_all_where_nothing_is_sealed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.cheaply(monkeypatch)
    unsealed(monkeypatch)
    for kind, stick in sticks(tmp_path).items():
        words = {name.split()[0] for name in found_on(stick)}
        assert words >= SAID[kind], kind


def unsealed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Packages lie open, and are opened as such: nothing but the sealing is taken away."""

    def plain(body: bytes, *_: object) -> bytes:
        return body

    monkeypatch.setattr(keys, "seal", plain)
    monkeypatch.setattr(keys, "seal_with_passphrase", plain)
    monkeypatch.setattr(keys, "open_with_passphrase", plain)
    monkeypatch.setattr(keys.UnitKeys, "open_sealed", lambda _self, body: body)


@pytest.mark.parametrize("writing", WRITINGS)
def test_the_search_knows_every_writing(tmp_path: Path, writing: str) -> None:
    (tmp_path / "a.yzp").write_bytes(b"head" + zlib.compress(f"…{PROJECT}".encode(writing)))
    assert found_on(tmp_path) == {f"{PROJECT} {writing}"}
