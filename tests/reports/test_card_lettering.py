"""Texts cut by measured lines: whatever is written, it stays in its room."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.reports.card_lettering import in_lines, one_line
from desktop.reports.fonts import load_faces

FACES = load_faces()
TEXTS = st.text("一二三，。（）《》15.3万元ABC 𠮷\n…", max_size=300)


@given(TEXTS, st.floats(4, 40), st.floats(10, 300))
def test_a_line_never_leaves_its_room(text: str, size: float, room: float) -> None:
    line = one_line(text, FACES, "song", size, room)
    assert FACES.em("song", line) * size <= room + 0.05
    whole = " ".join(text.split())
    assert line == whole or line.endswith("…") or line == ""


@given(TEXTS, st.integers(1, 5), st.booleans())
def test_lines_are_no_more_than_asked_and_lose_nothing_but_the_end(
    text: str, most: int, even: bool
) -> None:
    lines = in_lines(text, FACES, "fang", 10, 100, most, even=even)
    assert len(lines) <= most
    assert all(FACES.em("fang", line) * 10 <= 100.05 for line in lines)
    whole = "".join(text.split())
    said = "".join("".join(lines).split())
    assert said == whole or whole.startswith(said.rstrip("…")[: len(whole)])


def test_a_cut_shows_the_sign_of_omission_and_no_open_bracket() -> None:
    assert one_line("面制品加工项目", FACES, "hei", 10, 70) == "面制品加工项目"
    assert one_line("面制品加工项目", FACES, "hei", 10, 69) == "面制品加工…"
    assert one_line("面制品加工（二期）", FACES, "hei", 10, 70) == "面制品加工…"
    assert one_line("面制", FACES, "hei", 10, 5) == ""
    assert in_lines("面制品加工项目二期工程", FACES, "hei", 10, 50, 2) == [
        "面制品加工",
        "项目二期…",
    ]
    lines = in_lines("面制品加工项目一期工", FACES, "hei", 10, 90, 2, even=True)
    assert lines == ["面制品加工", "项目一期工"]
    assert in_lines("", FACES, "hei", 10, 50, 2) == []
