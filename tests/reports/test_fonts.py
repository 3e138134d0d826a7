"""The bundled faces: whole, free, small; every character has a face or is reported."""

from __future__ import annotations

import shutil
import struct
from io import BytesIO
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from desktop.paths import fonts_folder
from desktop.reports import office_fonts
from desktop.reports.fonts import SUBSTITUTE, Face, FontDamaged, Role, load_faces
from desktop.reports.fonts import Faces as FaceSet
from desktop.reports.pen import Pen
from desktop.reports.prose import clean
from tests.reports import read_back

ROLES: tuple[Role, ...] = get_args(Role)
RARE = "昇堃喆䶮㙍𬭎㭎䌹鿍"
SIGNS = "①②⑳㉑㎡㎥℃№●▲■◆○□★√✓×÷±−—…〔〕《》“”‘’·ⅠⅫ²³％‰→≤≥"


def written(text: str, *roles: Role) -> tuple[bytes, frozenset[str]]:
    """A page with the text in each role, and the characters that no face has."""
    faces = load_faces()
    canvas = Canvas(BytesIO(), invariant=1, initialFontName=faces.face("song").fontName)
    pen = Pen(faces, canvas._doc)
    for number, role in enumerate(roles):
        pen.text(40, 780 - 30 * number, text, role, 9)
    canvas.addLiteral(pen.content())
    canvas.showPage()
    used = [face.subset(canvas._doc) for face in canvas._doc.delayedFonts]
    missing = frozenset[str]().union(*(subset.missing for subset in used))
    return canvas.getpdfdata(), missing


def test_faces_are_small_and_each_has_its_licence_beside_it() -> None:
    folder = fonts_folder()
    assert sum(file.stat().st_size for file in folder.glob("*.ttf")) < 40_000_000
    for role in ROLES:
        words = (folder / f"{role}.LICENSE.txt").read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE" in words or "As a special exception" in words
        assert f"{role}.ttf" in (folder / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("role", ROLES)
def test_a_reduced_face_carries_no_reserved_name(role: Role) -> None:
    name = load_faces().bundled(role).face.name.decode()
    assert name == f"OneLedger{role.capitalize()}-Regular"


@pytest.mark.parametrize("role", ROLES)
def test_rare_names_and_signs_are_drawn_in_every_role(role: Role) -> None:
    data, missing = written(RARE + SIGNS, role)
    assert missing == frozenset()
    assert "".join(read_back.copied(data)).strip() == RARE + SIGNS


def test_every_gbk_character_has_a_face() -> None:
    faces = load_faces()
    pairs = [bytes((a, b)) for a in range(0x81, 0xFF) for b in range(0x40, 0xFF) if b != 0x7F]
    characters = {pair.decode("gbk", "ignore") for pair in pairs} - {""}
    lost = {c for c in characters if c not in faces.runs("fang", c)[0][0].advance}
    assert len(characters) > 21_000
    assert lost == set()


def test_digits_have_one_width_in_every_role() -> None:
    faces = load_faces()
    for role in ROLES:
        assert len({faces.em(role, digit) for digit in "0123456789"}) == 1


def test_a_missing_character_comes_from_the_nearest_face() -> None:
    faces = load_faces()
    found = [(face.fontName, text) for face, text in faces.runs("fang", "张昇1.5㎡，李")]
    assert found == [
        ("OneLedger-fang", "张"),
        ("OneLedger-kai", "昇"),
        ("OneLedger-song", "1.5㎡"),
        ("OneLedger-fang", "，李"),
    ]


def test_what_no_face_has_is_a_visible_substitute_reported_and_copied_right() -> None:
    data, missing = written("甲😀乙", "song")
    assert missing == frozenset("😀")
    assert "".join(read_back.copied(data)).strip() == "甲😀乙"
    substitute, _ = written(f"甲{SUBSTITUTE}乙", "song")
    pictures = [read_back.picture(one) for one in (data, substitute)]
    assert pictures[0] == pictures[1]


@settings(max_examples=60)
@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=30))
def test_no_text_ever_reaches_the_empty_box(text: str) -> None:
    text = clean(text)
    data, _missing = written(text, *ROLES)
    for mapped in read_back.glyph_maps(data):
        codes = struct.unpack(f">{len(mapped) // 2}H", mapped)
        assert all(codes[1:])


@given(st.text(max_size=40))
def test_runs_lose_nothing_and_add_up_to_the_width(text: str) -> None:
    faces = load_faces()
    for role in ROLES:
        runs = faces.runs(role, text)
        assert "".join(part for _face, part in runs) == text
        widths = [
            face.advance.get(c, faces.face("song").advance[SUBSTITUTE])
            for face, part in runs
            for c in part
        ]
        assert sum(widths) == pytest.approx(faces.em(role, text) * 1000)


def test_only_used_glyphs_are_embedded() -> None:
    data, _ = written("一本账", "song")
    assert len(data) < 10_000
    (name,) = read_back.fonts(data)
    assert name[6] == "+"
    assert read_back.fonts(data) == {name: True}


def test_the_same_text_gives_the_same_bytes() -> None:
    assert written(RARE, *ROLES)[0] == written(RARE, *ROLES)[0]


def test_a_lost_or_cut_face_is_said_plainly(tmp_path: Path) -> None:
    with pytest.raises(FontDamaged, match=r"song\.ttf"):
        FaceSet(tmp_path).face("song")
    whole = (fonts_folder() / "kai.ttf").read_bytes()
    for damage in (whole[: len(whole) // 2], whole[:40], b"", b"no font at all" * 99):
        (tmp_path / "kai.ttf").write_bytes(damage)
        with pytest.raises(FontDamaged):
            FaceSet(tmp_path).face("kai")


def test_a_character_mapped_to_the_empty_box_counts_as_missing() -> None:
    """Some fonts list characters that they do not draw."""
    face = Face("test-kai", fonts_folder() / "kai.ttf")
    face.face.charToGlyph[ord("张")] = 0
    assert "张" not in face.advance
    assert "李" in face.advance


def test_the_offices_own_font_is_used_when_its_family_name_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_fonts, "FAMILIES", {"fang": ("仿宋", "一本账楷体")})
    (tmp_path / "deep").mkdir()
    shutil.copy(fonts_folder() / "kai.ttf", tmp_path / "deep" / "SOME.TTF")
    (tmp_path / "broken.ttf").write_bytes(b"\0\1\0\0 no font")
    assert office_fonts.find_office_fonts([tmp_path]) == {
        "fang": (tmp_path / "deep" / "SOME.TTF", 0)
    }
    monkeypatch.setattr(office_fonts, "font_folders", lambda: [tmp_path])
    load_faces.cache_clear()
    faces = load_faces(office=True)
    load_faces.cache_clear()
    assert [(f.fontName, t) for f, t in faces.runs("fang", "张“")] == [
        ("office-fang", "张"),
        ("OneLedger-fang", "“"),
    ]


def test_a_font_that_forbids_embedding_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_fonts, "FAMILIES", {"fang": ("一本账楷体",)})
    data = bytearray((fonts_folder() / "kai.ttf").read_bytes())
    at = next(
        struct.unpack_from(">L", data, 12 + 16 * n + 8)[0]
        for n in range(struct.unpack_from(">H", data, 4)[0])
        if data[12 + 16 * n : 16 + 16 * n] == b"OS/2"
    )
    struct.pack_into(">H", data, at + 8, 0x0002)
    (tmp_path / "restricted.ttf").write_bytes(data)
    assert office_fonts.find_office_fonts([tmp_path]) == {}
