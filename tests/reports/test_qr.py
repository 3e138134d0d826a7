"""The QR at a paper's foot says what leads back to the book, short enough to be read."""

from __future__ import annotations

import pytest

from desktop.reports import qr
from desktop.reports.content import Footer
from tests.reports import read_qr

CODE = "3F0A-91C4-77DE"


def test_it_says_unit_period_and_code() -> None:
    assert (
        qr.text_of(Footer("源汇区", "2023年第9周", CODE)) == "OL1 源汇区 2023年第9周 3F0A91C477DE"
    )
    assert qr.text_of(Footer("源汇区", "", CODE)) == "OL1 源汇区 3F0A91C477DE"


def test_a_paper_without_a_code_has_none() -> None:
    assert qr.text_of(Footer("源汇区", "2023年第9周")) == ""


@pytest.mark.parametrize(
    "unit",
    [
        "源汇区",
        "源汇区重点项目建设指挥部办公室（区发展和改革委员会）" * 9,
        "A" * 300,
        "",
        "㙍𬭎" * 40,
    ],
)
def test_any_unit_gives_squares_that_a_reader_reads(unit: str) -> None:
    said = qr.text_of(Footer(unit, "2023年第9周", CODE))
    made = qr.modules(said)
    assert len(made) <= 33
    assert read_qr.text(made) == said
    assert said.startswith("OL1 ")
    assert said.endswith(" 2023年第9周 3F0A91C477DE")


def test_the_reader_of_these_tests_sees_damage() -> None:
    made = [list(row) for row in qr.modules("OL1 3F0A91C477DE")]
    made[12][12] = not made[12][12]
    with pytest.raises(AssertionError, match="damaged"):
        read_qr.text(made)


def test_the_path_has_exactly_the_dark_squares() -> None:
    text = "OL1 源汇区 3F0A91C477DE"
    rows = qr.modules(text)
    dark = {(r, c) for r, row in enumerate(rows) for c, square in enumerate(row) if square}
    found: set[tuple[int, int]] = set()
    for one in qr.path(text).split(" re"):
        if one.strip():
            x, y, wide, high = map(int, one.split())
            assert high == 1
            found |= {(len(rows) - 1 - y, x + step) for step in range(wide)}
    assert found == dark
