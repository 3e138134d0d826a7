"""A file is laid down whole or not at all."""

from __future__ import annotations

import errno
import os
import tracemalloc
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from desktop.errors import DiskFull, NotWritable
from desktop.reports.binding import Binder, lay_down
from desktop.reports.fonts import load_faces
from desktop.reports.page import A4, Drawn
from desktop.reports.paper_pdf import draw_paper
from tests.reports import papers


def test_a_new_file_is_whole_and_nothing_else_stays(tmp_path: Path) -> None:
    target = tmp_path / "new" / "周报.pdf"
    made = draw_paper(papers.paper(), target)
    assert made.pages >= 1
    assert target.read_bytes().startswith(b"%PDF-")
    assert target.read_bytes().rstrip().endswith(b"%%EOF")
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    target = tmp_path / "周报.pdf"
    target.write_bytes(b"old")

    def full(_file: int) -> None:
        raise OSError(number, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull, match=r"周报\.pdf"):
        draw_paper(papers.paper(), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_target_open_in_another_program_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows refuses to replace a file that WPS holds open."""
    target = tmp_path / "周报.pdf"
    target.write_bytes(b"old")

    def held(self: Path, _target: Path) -> None:
        raise PermissionError(errno.EACCES, "in use")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(NotWritable, match=r"周报\.pdf"):
        lay_down(b"new", target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_read_only_file_is_left_alone(tmp_path: Path) -> None:
    target = tmp_path / "周报.pdf"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(NotWritable):
        lay_down(b"new", target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_or_a_file_in_the_way_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "folder.pdf").mkdir()
    (tmp_path / "file").write_bytes(b"")
    for target in (tmp_path / "folder.pdf", tmp_path / "file" / "周报.pdf"):
        with pytest.raises(NotWritable):
            lay_down(b"new", target)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "folder.pdf"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    target = tmp_path / "周报.pdf"
    target.write_bytes(b"old")
    target.chmod(0o640)
    lay_down(b"new", target)
    assert target.read_bytes() == b"new"
    assert target.stat().st_mode & 0o777 == 0o640


def test_the_sheets_of_a_long_ledger_are_in_memory_compressed() -> None:
    """A thousand sheets as PDF operators would be forty megabytes, and twice that while saving."""
    drawing = "\n".join(f"1 0 0 1 {x}.25 {x * 7 % 800}.50 Tm<00010002>Tj" for x in range(3_000))
    binder = Binder(load_faces(), "台账", "", date(2023, 3, 3))
    tracemalloc.start()
    try:
        sheets = [(Drawn(A4, drawing), lambda *_given: None) for _ in range(60)]
        data, made = binder.bind(sheets)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert made.pages == 60
    assert peak < 30 * len(drawing)
    first = pypdfium2.PdfDocument(data)[0]
    assert first.get_mediabox() == pytest.approx((0, 0, A4.width, A4.height), abs=0.01)
