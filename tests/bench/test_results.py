"""RESULTS.md keeps the parts that were not measured."""

from __future__ import annotations

from pathlib import Path

from tests.bench import results
from tests.bench.__main__ import PARTS, main
from tests.bench.measure import Measured

OLD = Measured("old line", "", 1.0, None, None, "—")
NEW = Measured("new line", "a floor", 1.0, 0.5, 2.0, "≤ 3 ×")


def test_a_part_replaces_its_own_lines_only(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    results.keep("power", [OLD], file)
    results.keep("book", [OLD], file)
    file.write_text(file.read_text("utf-8") + "\nA remark on power cuts.\n", "utf-8")
    power = file.read_text("utf-8").partition("## The stick: power cuts")[2]
    results.keep("book", [NEW, NEW], file)
    text = file.read_text("utf-8")
    assert text.startswith(results.HEAD)
    assert text.partition("## The stick: power cuts")[2] == power
    assert "A remark on power cuts." in power
    assert text.count("new line") == 2 and text.count("old line") == 1
    assert text.index("new line") < text.index("old line")


def test_a_remark_stays_below_the_part_that_is_measured_again(tmp_path: Path) -> None:
    file = tmp_path / "RESULTS.md"
    results.keep("power", [OLD], file)
    file.write_text(file.read_text("utf-8") + "\nFirst remark.\n\nSecond remark.\n", "utf-8")
    results.keep("power", [NEW], file)
    text = file.read_text("utf-8")
    assert "old line" not in text
    assert text.endswith(
        "| new line | 1.00 s | 500.00 ms (a floor) | 2.00 × | ≤ 3 × |\n\n"
        "First remark.\n\nSecond remark.\n"
    )


def test_every_part_has_its_place_in_the_file() -> None:
    assert set(PARTS) == set(results.TITLES)
    text = results.RESULTS.read_text("utf-8")
    assert all(f"## {title}\n" in text for title in results.TITLES.values())


def test_a_part_that_there_is_not_is_refused() -> None:
    assert main(["bok"]) == 2
