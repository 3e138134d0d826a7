"""Templates that nobody should open as they are."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest

from desktop.errors import OneLedgerError
from desktop.sheets.forms import losses
from tests.sheets.hostile import KINDS, NAMES, members, sheet, zipped


@pytest.mark.parametrize("kind", [kind for kind in KINDS if "csv" not in kind])
def test_a_hostile_template_is_refused_or_opened(tmp_path: Path, kind: str) -> None:
    """Never a fault of ours, whatever was handed on as a form."""
    path = tmp_path / "来样.xlsx"
    path.write_bytes(KINDS[kind]())
    try:
        losses.opened(path).close()
    except OneLedgerError as refusal:
        assert "来样.xlsx" in refusal.sentence


def test_a_template_of_many_rows_is_no_empty_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from openpyxl import Workbook

    path = tmp_path / "大表.xlsx"
    Workbook().save(path)
    losses.opened(path).close()
    monkeypatch.setattr(losses, "LARGEST", 1_000)
    with pytest.raises(losses.FormTooLarge):
        losses.opened(path)


def test_a_part_that_is_damaged_is_refused_by_name(tmp_path: Path) -> None:
    """What is kept of the template is looked for before openpyxl opens it."""
    drawing = b"Q" * 16
    data = zipped({**members(), "xl/drawings/drawing9.xml": drawing}, zipfile.ZIP_STORED)
    path = tmp_path / "来样.xlsx"
    path.write_bytes(data.replace(drawing, drawing[:-1] + b"R"))
    with pytest.raises(losses.FormUnopenable, match="来样"):
        losses.losses(path)


def test_merged_areas_of_a_template_are_counted_before_they_are_made(tmp_path: Path) -> None:
    """openpyxl makes a cell for each: one area of a whole sheet took all the memory there is."""
    merged = b'<mergeCells><mergeCell ref="%b"/></mergeCells>'
    for area, refused in ((b"F2000:XFD1048576", True), (b"A1:XFD2", False)):
        path = tmp_path / "来样.xlsx"
        path.write_bytes(sheet(NAMES, after=merged % area))
        if refused:
            with pytest.raises(losses.FormTooLarge):
                losses.opened(path)
        else:
            losses.opened(path).close()


def test_a_picture_of_a_billion_points_is_refused(tmp_path: Path) -> None:
    from openpyxl import Workbook
    from openpyxl.drawing.image import Image
    from PIL import Image as Pictures

    small = io.BytesIO()
    Pictures.new("1", (8, 8)).save(small, "png")
    workbook, path = Workbook(), tmp_path / "来样.xlsx"
    workbook.worksheets[0].add_image(Image(small), "A1")
    workbook.save(path)
    losses.opened(path).close()
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    picture = next(name for name in parts if name.endswith(".png"))
    head = b"IHDR" + struct.pack(">II", 60_000, 60_000) + parts[picture][24:29]
    size, check = parts[picture][:12], struct.pack(">I", zlib.crc32(head))
    parts[picture] = size + head + check + parts[picture][33:]
    path.write_bytes(zipped(parts))
    with pytest.raises(losses.FormUnopenable):
        losses.opened(path)
