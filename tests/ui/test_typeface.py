"""The window's face: a good one of the PC, else the bundled one, and no box for any name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont, QTextLayout
from PySide6.QtWidgets import QApplication

from desktop.paths import fonts_folder
from desktop.ui import typeface

CHECKOUT = Path(__file__).resolve().parents[2]
NAMES = "昇堃喆镕䶮㙍𬭎㭎䌹鿍龑鋒濬"
WRITTEN = "●▲■○◆①⑳…－‹›→↑↓←℃㎡㎥№×±≤≥—“”‘’·（）〔〕《》、。，：；？！％‰√✓²³½Ⅻ㈠"


@pytest.fixture
def only_bundled(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A PC on which none of the good faces is installed."""
    monkeypatch.setattr(typeface, "GOOD", ())
    typeface.families.cache_clear()
    yield
    typeface.families.cache_clear()


def drawn_with(font: QFont, text: str) -> dict[str, set[int]]:
    """For each family that draws some of the text, its glyphs' numbers."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    found: dict[str, set[int]] = {}
    for run in layout.glyphRuns():
        found.setdefault(run.rawFont().familyName(), set()).update(run.glyphIndexes())
    return found


def test_a_good_face_of_the_pc_is_taken(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = QFontDatabase.families()[0]
    monkeypatch.setattr(typeface, "GOOD", ("Not on this PC", here))
    typeface.families.cache_clear()
    try:
        assert typeface.load() == here
        assert typeface.font(14).families() == [here]
    finally:
        typeface.families.cache_clear()


def test_else_the_bundled_faces_are_loaded(only_bundled: None) -> None:
    assert typeface.load() == "OneLedger Sans"
    assert typeface.font(14).families()[0] == "OneLedger Sans"
    assert typeface.font(14, bold=True).families()[0] == "OneLedger Hei"
    assert set(typeface.font(14).families()) == set(typeface.font(14, bold=True).families())


@pytest.mark.parametrize("bold", [False, True])
def test_every_name_and_sign_is_drawn_by_a_bundled_face(only_bundled: None, bold: bool) -> None:
    drawn = drawn_with(typeface.font(20, bold=bold), NAMES + WRITTEN)
    assert set(drawn) <= set(typeface.bundled())
    assert all(0 not in glyphs for glyphs in drawn.values())


def test_no_character_of_gbk_is_missing(qapp: QApplication) -> None:
    faces = [QRawFont(str(fonts_folder() / f"{name}.ttf"), 16) for name in typeface.BUNDLED]
    assert all(face.isValid() for face in faces)
    pairs = [bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF) if b != 0x7F]
    characters = {pair.decode("gbk", "ignore") for pair in pairs} - {""}
    assert len(characters) > 21_000
    lost = {
        one for one in characters if not any(face.supportsCharacter(ord(one)) for face in faces)
    }
    assert lost == set()


def test_what_is_written_every_day_comes_from_the_windows_face(qapp: QApplication) -> None:
    """Nothing of GB 2312 but kana falls back to a face of another manner; nor common names."""
    sans = QRawFont(str(fonts_folder() / "sans.ttf"), 16)
    pairs = [bytes((a, b)) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF)]
    characters = {pair.decode("gb2312", "ignore") for pair in pairs} - {""}
    assert len(characters) > 7_400
    lost = {one for one in characters if not sans.supportsCharacter(ord(one))}
    assert {one for one in lost if not "\u3041" <= one <= "\u312f"} == set()
    assert [one for one in "昇堃喆镕䶮㙍" + WRITTEN if not sans.supportsCharacter(ord(one))] == []


@pytest.mark.parametrize("bold", [False, True])
def test_bundled_digits_stand_under_each_other(only_bundled: None, bold: bool) -> None:
    metrics = QFontMetricsF(typeface.font(32, bold=bold))
    assert len({metrics.horizontalAdvance(digit) for digit in "0123456789"}) == 1


def test_bold_is_a_face_of_its_own_and_not_a_thickened_one(only_bundled: None) -> None:
    assert set(drawn_with(typeface.font(20, bold=True), "一本账 2,496.25")) == {"OneLedger Hei"}
    assert set(drawn_with(typeface.font(20), "一本账 2,496.25")) == {"OneLedger Sans"}


def test_lost_fonts_do_not_stop_the_window(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(typeface, "GOOD", ())
    monkeypatch.setattr(typeface, "fonts_folder", lambda: tmp_path)
    typeface.families.cache_clear()
    typeface.bundled.cache_clear()
    try:
        assert typeface.load() == QFont().family()
        assert typeface.font(14, bold=True).bold()
    finally:
        typeface.families.cache_clear()
        typeface.bundled.cache_clear()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="fontconfig is Linux's")
def test_a_pc_without_any_font_shows_chinese(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text('<?xml version="1.0"?><fontconfig></fontconfig>', encoding="utf-8")
    code = """
import sys
from PySide6.QtWidgets import QApplication, QLabel
app = QApplication([])
from desktop.ui import theme, typeface
theme.apply(app, dark=False)
label = QLabel("一本账昇")
picture = label.grab().toImage()
dark = sum(picture.pixelColor(x, y).lightness() < 128
           for x in range(picture.width()) for y in range(picture.height()))
print(typeface.load(), dark)
"""
    environment = {
        "QT_QPA_PLATFORM": "offscreen",
        "FONTCONFIG_FILE": str(config),
        "LANG": "C.UTF-8",
        "PYTHONPATH": str(CHECKOUT),
    }
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    face, _, points = done.stdout.strip().rpartition(" ")
    assert face == "OneLedger Sans"
    assert int(points) > 100


def test_the_bundled_face_has_its_licence_and_a_name_of_its_own(qapp: QApplication) -> None:
    words = (fonts_folder() / "sans.LICENSE.txt").read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE" in words
    assert "| `sans.ttf` |" in (fonts_folder() / "README.md").read_text(encoding="utf-8")
    face = QRawFont(str(fonts_folder() / "sans.ttf"), 16)
    assert (face.familyName(), face.weight()) == ("OneLedger Sans", QFont.Weight.Normal)
