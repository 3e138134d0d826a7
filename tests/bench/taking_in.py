"""The district's Friday: the reports of thirty townships, a thousand rows each, taken in at once.

Ours is a whole sitting in a process of its own (opening, unsealing, signatures, checks, merging);
the safety backup and the final comparison of both sides' entries and tables are timed apart. The
floor is bare ``sqlite3`` that inserts the same journal lines and rows, a transaction a township.
"""

from __future__ import annotations

import shutil
import statistics
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from desktop.ledger import records, workspace
from tests import office
from tests.bench import floors
from tests.bench.books import weekly
from tests.bench.measure import Measured
from tests.office import WEEK, District, Township

TOWNSHIPS, ROWS, ROUNDS = 30, 1_000, 3
PACKAGES = "friday"


class Spent(msgspec.Struct, frozen=True):
    """What a sitting took, in seconds, and the most memory that its process held, in bytes."""

    whole: float
    backup: float
    comparing: float
    memory: int
    taken: int

    @property
    def merging(self) -> float:
        """Without the backup and the final comparison."""
        return self.whole - self.backup - self.comparing


def measure(place: Path, *, small: bool = False) -> list[Measured]:
    """Of ``small`` three townships with a tenth of the rows."""
    townships, rows = (3, ROWS // 10) if small else (TOWNSHIPS, ROWS)
    place.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        office.cheaply(patch)
        found(place / "template", townships, rows)
    pairs = [round_of(place, number) for number in range(ROUNDS)]
    assert all(spent.taken == townships for spent, _ in pairs), "a package was not taken in"
    backup = statistics.median(spent.backup for spent, _ in pairs)
    comparing = statistics.median(spent.comparing for spent, _ in pairs)
    memory = max(spent.memory for spent, _ in pairs) / (1 << 20)
    what = (
        f"take in {townships} townships × {rows:,} rows (apart: backup {backup:.2f} s, comparing"
        f" both sides {comparing:.2f} s; memory {memory:.0f} MB)"
    )
    return [
        Measured(
            what,
            "bare `sqlite3` inserts of the same rows",
            statistics.median(spent.merging for spent, _ in pairs),
            statistics.median(floor for _, floor in pairs),
            statistics.median(spent.merging / floor for spent, floor in pairs),
            "≤ 4 × and < 300 MB",
        )
    ]


def found(home: Path, townships: int, rows: int) -> None:
    """A district that knows its townships, and their packages of the week in one folder."""
    names = [f"第{number}镇" for number in range(1, townships + 1)]
    district = District(home, names)
    (home / PACKAGES).mkdir()
    for number, name in enumerate(names):
        projects = _projects(district, district.units[name], rows)
        township = district.enrol(name, home / f"township{number}")
        _fill(township, projects)
        shutil.copy(township.report().path, home / PACKAGES)
        township.close()
        shutil.rmtree(township.home)
    district.close()


def _projects(district: District, unit: str, count: int) -> list[str]:
    with records.batch(district.book, "import") as batch:
        return [
            batch.create("project", {"name": f"第{number}号项目", "unit": unit, "state": "在建"})
            for number in range(count)
        ]


def _fill(township: Township, projects: list[str]) -> None:
    with records.batch(township.book, "import") as batch:
        for number, project in enumerate(projects):
            batch.create("weekly", weekly(project, WEEK, number, int(WEEK[-2:])))


def round_of(place: Path, number: int) -> tuple[Spent, float]:
    """One sitting over a copy of the district, and the floor right after it."""
    home = place / f"round{number}"
    shutil.copytree(place / "template", home)
    said = subprocess.run(
        [sys.executable, "-m", "tests.bench.taking_in", str(home)],
        check=True,
        capture_output=True,
    ).stdout
    spent = msgspec.json.decode(said, type=Spent)
    with workspace.open_book(home / "district.yzb", profile=home / "profile") as book:
        floor = _floor(book, home / "bare.db")
    shutil.rmtree(home)
    return spent, floor


def _floor(book: workspace.Book, path: Path) -> float:
    lines, rows = floors.lines_and_rows(book)
    bare = floors.Bare(book, path)
    start = time.perf_counter()
    for at in range(0, len(lines), ROWS):
        bare.many(lines[at : at + ROWS], rows[at : at + ROWS])
    spent = time.perf_counter() - start
    bare.connection.close()
    return spent


def sit(home: Path) -> Spent:
    """Take in what lies there, with the backup and the comparison timed."""
    import resource

    from desktop.exchange import sets, sitting, taking
    from desktop.ledger import backups

    apart: dict[str, float] = {"backup": 0.0, "comparing": 0.0}

    def timed(owner: object, name: str, what: str) -> None:
        real = getattr(owner, name)

        def run(*words: object, **more: object) -> object:
            begun = time.perf_counter()
            try:
                return real(*words, **more)
            finally:
                apart[what] += time.perf_counter() - begun

        setattr(owner, name, run)

    timed(backups, "before", "backup")
    timed(sets, "same", "comparing")
    timed(taking, "_agree", "comparing")
    with workspace.open_book(home / "district.yzb", profile=home / "profile") as book:
        start = time.perf_counter()
        done = sitting.take_in(book, [home / PACKAGES])
        whole = time.perf_counter() - start
    taken = sum(one.outcome == "已装入" for one in done.results)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return Spent(whole, apart["backup"], apart["comparing"], memory, taken)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(sit(Path(sys.argv[1]))))
