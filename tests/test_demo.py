"""The demonstration district: complete, plausible, seeded, and plainly a demonstration."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from desktop import demo
from desktop.ledger import backups, checks, cycle, verify, workspace

SMALL: dict[str, Any] = {"townships": 3, "projects": 11, "weeks": 8}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "新" / "out"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ONELEDGER_PROFILE", str(tmp_path_factory.mktemp("profile")))
        files = demo.make(folder, **SMALL, seed=1)
        assert sorted(files) == sorted(path for path in folder.rglob("*") if path.is_file())
    return folder


def test_the_files_are_those_of_the_design(made: Path) -> None:
    names = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    assert names == {
        "district.yzb",
        "townships/01.yzb",
        "townships/02.yzb",
        "townships/03.yzb",
        "weekly-report.pdf",
        "ledger.pdf",
        "ledger.xlsx",
    }
    assert (made / "weekly-report.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ["district.yzb", "townships/01.yzb", "townships/03.yzb"])
def test_every_book_verifies_and_its_last_week_is_complete_and_not_submitted(
    made: Path, name: str
) -> None:
    with workspace.open_book(made / name) as book:
        assert book.demonstration
        assert verify.verify(book, backups.anchors(book)).ok
        now = cycle.status(book)
        assert now.period == "2023-W08"
        findings = checks.check_period(book, "2023-W08")
        assert not checks.blocking(findings)
        assert not checks.unexplained(findings)
        last = [one for one in now.submissions if one.period == "2023-W08"]
        assert {one.state for one in last} == {"未上报"}
        rows = book.rows("weekly", "2023-W08")
        assert len(rows) == len(book.rows("project")) == now.projects


def test_it_has_what_a_district_has(made: Path) -> None:
    with workspace.open_book(made / "district.yzb") as book:
        assert cycle.status(book).projects == 33
        weeks = Counter(row["period"] for row in book.rows("weekly"))
        assert len(weeks) == 8
        assert set(weeks.values()) == {33}
        earlier = [one for one in cycle.status(book).submissions if one.period < "2023-W08"]
        states = Counter(one.state for one in earlier)
        assert states["未上报"] == 1, "somebody was late in an earlier week"
        assert states["已接收"] == len(earlier) - 1
        assert book.rows("stopped")
        problems = Counter(row["state"] for row in book.rows("problem"))
        assert problems["整改中"]
        assert problems["已销号"]
        for register in ("milestone", "sponsor", "target", "decision", "meeting", "supervision"):
            assert book.rows(register), register
        assert book.rows("explanation")


def test_cumulative_figures_agree_with_the_weeks(made: Path) -> None:
    with workspace.open_book(made / "district.yzb") as book:
        sums: Counter[str] = Counter()
        for row in sorted(book.rows("weekly"), key=lambda row: row["period"]):
            sums[row["project"]] += row["completed_week"]
            assert row["completed_year"] == sums[row["project"]]


def test_a_township_sees_only_its_own_projects(made: Path) -> None:
    with workspace.open_book(made / "townships" / "02.yzb") as book:
        assert {row["unit"] for row in book.rows("project")} == {book.unit}
        assert len(book.rows("project")) == 11


def test_the_same_seed_gives_the_same_figures_and_another_seed_others(tmp_path: Path) -> None:
    def figures(name: str, seed: int) -> list[tuple[str, str, int]]:
        demo.make(tmp_path / name, townships=2, projects=3, weeks=3, seed=seed)
        with workspace.open_book(tmp_path / name / "district.yzb") as book:
            names = {row["record"]: row["name"] for row in book.rows("project")}
            return sorted(
                (names[row["project"]], row["period"], row["completed_year"])
                for row in book.rows("weekly")
            )

    first = figures("a", 7)
    assert figures("b", 7) == first
    assert figures("c", 8) != first
    assert figures("a", 7) == first, "made again in the same folder"


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "district.yzb", "真区县"):
        pass
    before = (tmp_path / "district.yzb").read_bytes()
    with pytest.raises(demo.FolderTaken):
        demo.make(tmp_path, townships=1, projects=1, weeks=1)
    assert (tmp_path / "district.yzb").read_bytes() == before
    report = tmp_path / "other" / "weekly-report.pdf"
    report.parent.mkdir()
    report.write_text("不是演示")
    with pytest.raises(demo.FolderTaken):
        demo.make(report.parent, townships=1, projects=1, weeks=1)
    assert report.read_text() == "不是演示"


@pytest.mark.parametrize("shape", [(1, 1, 1), (12, 1, 2), (1, 40, 5)])
def test_other_shapes_hold_too(tmp_path: Path, shape: tuple[int, int, int]) -> None:
    townships, projects, weeks = shape
    demo.make(tmp_path, townships=townships, projects=projects, weeks=weeks, seed=3)
    with workspace.open_book(tmp_path / "district.yzb") as book:
        now = cycle.status(book)
        assert now.projects == townships * projects
        names = [row["name"] for row in book.rows("project")]
        assert len(set(names)) == len(names)
        assert not checks.blocking(checks.check_period(book, str(now.period)))
