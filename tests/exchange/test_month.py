"""A month of one district with six townships: sticks lost, late, repeated and out of order; a clock
twenty years off, a PC lost. In the end the books are equal and the district's report is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from shutil import copy

import pytest

from desktop.exchange import enrolment
from desktop.ledger import audience, cycle
from desktop.reports.content import Paper, Table
from desktop.reports.weekly import weekly_paper
from tests import office
from tests.exchange.machine import assert_same_records, shared
from tests.office import DAY, District, Township

NAMES = ("空冢郭镇", "问十乡", "大刘镇", "阴阳赵镇", "姬石镇", "青年镇")
FIRST, SECOND, THIRD, LAST = WEEKS = ("2023-W06", "2023-W07", "2023-W08", "2023-W09")
#: What the second project of each township did in each week, in yuan; the first did a million.
DONE = {name: 100_000 * number for number, name in enumerate(NAMES, 1)}


class Month:
    """The district and its six townships."""

    def __init__(self, home: Path) -> None:
        self.home, self.late = home, home
        self.district = District(home / "district", NAMES)
        self.second = {
            name: self.district.project(f"{name}二号项目", self.district.units[name])
            for name in NAMES
        }
        self.towns = {
            name: self.district.enrol(name, home / f"town{number}")
            for number, name in enumerate(NAMES)
        }

    def close(self) -> None:
        for one in (self.district, *self.towns.values()):
            one.close()

    def week(self, name: str, period: str) -> Path:
        """A township fills its two projects and submits the week; where its package lies."""
        town, number = self.towns[name], WEEKS.index(period) + 1
        for project, spent in (
            (self.district.projects[name], 1_000_000),
            (self.second[name], DONE[name]),
        ):
            done = spent * number
            figures = {"completed_week": spent, "completed_year": done, "completed_total": done}
            town.week(project, period, physical_progress=f"主体施工至{number}层", **figures)
        return town.submit(period).path

    def take(self, *places: Path) -> dict[str, int]:
        """The district takes in; how many packages ended how."""
        found: dict[str, int] = {}
        for one in self.district.take(*places).results:
            found[one.outcome] = found.get(one.outcome, 0) + 1
        return found

    def hand_down(self, *lost: str) -> None:
        """Everybody's task package; those of ``lost`` never arrive."""
        handed = self.district.hand_down([self.district.units[name] for name in NAMES])
        assert not handed.refused and handed.stopped is None
        for one in handed.written:
            if one.name not in lost:
                (result,) = self.towns[one.name].take(one.path).results
                assert result.outcome == "已装入", (one.name, result)

    def known(self) -> set[str]:
        """What came from the townships into the district's book."""
        own = {self.district.book.replica}
        return {line.identity for line in self.district.book.journal.lines() if line[2] not in own}

    def states(self, period: str) -> dict[str, str]:
        return {one.name: str(one.state) for one in cycle.submissions(self.district.book, period)}

    def accept(self, period: str, *names: str) -> None:
        for name in names:
            cycle.accept(self.district.book, self.district.units[name], period, DAY)


@pytest.fixture
def month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Month]:
    office.cheaply(monkeypatch)
    one = Month(tmp_path)
    yield one
    one.close()


def test_a_month_of_one_district_with_six_townships(month: Month) -> None:
    first_week(month)
    second_week(month)
    third_week(month)
    last_week(month)
    assert set(month.states(LAST).values()) == {"已接收"}
    for period in WEEKS:
        assert set(month.states(period).values()) == {"已接收"}, period
    books_are_equal(month)
    report_is_right(month)


def first_week(month: Month) -> None:
    """One stick is lost, one comes late; one week is returned and the stick with that is lost."""
    one, two, three, four, *_ = NAMES
    sticks = {name: month.week(name, FIRST) for name in NAMES}
    month.late = sticks[three]
    assert month.take(*(path for name, path in sticks.items() if name not in (two, three))) == {
        "已装入": 4
    }
    assert month.states(FIRST)[two] == month.states(FIRST)[three] != month.states(FIRST)[one]
    cycle.return_week(month.district.book, month.district.units[one], FIRST, DAY, "形象进度太笼统")
    month.accept(FIRST, *NAMES[3:])
    month.hand_down(four)
    assert month.towns[one].book.rows("reception")[0]["reason"] == "形象进度太笼统"


def second_week(month: Month) -> None:
    """The returned week comes again with the next one; the late stick after its follower."""
    one, two, three, four, five, six = NAMES
    (row,) = (
        row
        for row in month.towns[one].book.rows("weekly", FIRST)
        if row["project"] == month.second[one]
    )
    month.towns[one].change("weekly", row["record"], physical_progress="三层顶板浇筑完成")
    again = month.towns[one].submit(FIRST).path
    sticks = [again, *(month.week(name, SECOND) for name in (one, two, three, four, five))]
    twice = month.home / "u" / "任务(1) 副本.yzp"
    twice.parent.mkdir()
    copy(sticks[-1], twice)
    assert month.take(*sticks, twice) == {"已装入": 6}, "the same content once"
    assert month.take(twice) == {"已装入过": 1}
    before = month.known()
    (late,) = month.district.take(month.late).results
    assert late.effect is not None and late.effect.entries == 0, "late, and nothing new in it"
    assert before == month.known()
    month.accept(FIRST, one, two, three)
    month.accept(SECOND, one, two, three, four, five)
    assert month.states(SECOND)[six] == "未上报"
    month.hand_down()


def third_week(month: Month) -> None:
    """Who was silent sends two weeks, a clock is twenty years off, a PC is lost with its book."""
    one, two, three, four, five, six = NAMES
    month.towns[two].book.clock = lambda: datetime(2043, 3, 2, 12, 0, 0)
    sticks = [month.week(six, SECOND), *(month.week(name, THIRD) for name in (one, two, six))]
    sticks.append(month.week(three, THIRD))
    assert month.take(*reversed(sticks)) == {"已装入": 5}
    lost = month.towns[four]
    lost.close()
    unit = month.district.units[four]
    (first,) = month.district.hand_down([unit], anew=True).written
    anew = Township.begin(first.path, first.passphrase, month.home / "anew")
    month.towns[four] = anew
    assert len(anew.book.rows("weekly", SECOND)) == 2, "its own records are back"
    month.district.take(month.week(four, THIRD))
    enrolment.confirm(month.district.book, unit, anew.code)
    month.district.take()
    month.district.take(month.week(five, THIRD))
    month.accept(SECOND, six)
    month.accept(THIRD, *NAMES)
    month.hand_down(two, three)


def last_week(month: Month) -> None:
    """Everybody sends; two answers get lost and come with the next ones."""
    assert month.take(*(month.week(name, LAST) for name in NAMES)) == {"已装入": 6}
    month.accept(LAST, *NAMES)
    month.hand_down()
    assert month.take(*(town.report().path for town in month.towns.values())) == {"已装入": 6}
    month.hand_down()


def books_are_equal(month: Month) -> None:
    """Of each township both sides hold the same, and it has nothing of another's."""
    district = month.district
    for name, town in month.towns.items():
        theirs = {line.identity for line in audience.lines(town.book, district.unit)}
        ours = {line.identity for line in audience.lines(district.book, town.unit)}
        assert theirs <= shared(district.book) and ours <= shared(town.book), name
        assert_same_records(district.book, town.book)
        names = {row["name"] for row in town.book.rows("project")}
        assert names == {f"{name}一号项目", f"{name}二号项目"}
        assert town.sound(), name
    assert district.sound()


def report_is_right(month: Month) -> None:
    """The district's paper of the last week ranks the townships by what was typed in six places."""
    paper = weekly_paper(month.district.book, LAST)
    (table,) = (one for one in tables(paper) if one.columns[0].title_path == ("名次",))
    plan = 2 * 60_000_000
    rates = {name: f"{4 * (1_000_000 + DONE[name]) / plan:.1%}" for name in NAMES}
    rate = [one.title_path[-1] for one in table.columns].index("完成率")
    assert [(row.cells[1], row.cells[rate]) for row in table.rows if row.kind == "row"] == [
        (name, rates[name]) for name in sorted(NAMES, key=DONE.__getitem__, reverse=True)
    ]
    everybody = sum(4 * (1_000_000 + done) for done in DONE.values())
    (total,) = (row for row in table.rows if row.kind == "total")
    assert total.cells[rate] == f"{everybody / (plan * len(NAMES)):.1%}"


def tables(paper: Paper) -> list[Table]:
    return [one for one in paper.blocks if isinstance(one, Table)]
