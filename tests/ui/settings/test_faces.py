"""Which official faces this PC has."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.reports import office_fonts
from desktop.ui.settings.faces import ROLES, face_rows


def test_every_role_is_told_also_without_a_font(tmp_path: Path) -> None:
    rows = face_rows([tmp_path])
    assert [row.official for row in rows] == [official for _, _, official, _ in ROLES]
    assert all(row.found == "" and row.bundled.startswith("自带") for row in rows)
    assert {role for role, *_ in ROLES} == set(office_fonts.FAMILIES)


def test_a_font_that_was_found_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    font = tmp_path / "simfang.ttf"
    monkeypatch.setattr(office_fonts, "find_office_fonts", lambda _folders: {"fang": (font, 0)})
    rows = {row.use: row for row in face_rows([tmp_path])}
    assert (rows["正文"].found, rows["正文"].folder) == ("simfang.ttf", str(tmp_path))
    assert rows["表格、页码"].found == ""
