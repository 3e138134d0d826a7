"""Mishaps among people: a stolen PC, a renamed department, an old file put back, false names.

None of them may shut an honest office out: what it wrote arrives with its next package.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from desktop.exchange import (
    building,
    enrolment,
    key_refusals,
    opening,
    own_keys,
    refusals,
    sending,
    sitting,
    sticks,
    trial,
)
from desktop.exchange.enrolment import AlreadyEnrolled
from desktop.exchange.shelves import Shelves
from desktop.ledger import cycle, lock, records, undo, workspace
from desktop.ledger.entry import LONGEST, ledger_identity
from desktop.ledger.refusals import TooLong
from tests import office
from tests.exchange import forger
from tests.exchange.forger import Parts
from tests.exchange.parcels import To
from tests.ledger.books import noon
from tests.office import DAY, WEEK, District, Township

TOWN, OTHER, DEPARTMENT = "空冢郭镇", "问十乡", "区发改委"


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    office.cheaply(monkeypatch)
    one = District(tmp_path / "district")
    yield one
    one.close()


@pytest.fixture
def township(district: District, tmp_path: Path) -> Iterator[Township]:
    one = district.enrol(TOWN, tmp_path / "township")
    district.take(one.report().path)
    yield one
    one.close()


def outcomes(done: sitting.Sitting) -> list[str]:
    return [one.outcome for one in done.results]


def twin_of(township: Township, home: Path) -> Township:
    """A second PC of the unit; both know each other."""
    twin = Township.begin(township.share().path, township.recovery, home, "赵会计")
    township.take(twin.share().path)
    twin.take(township.share().path)
    return twin


def begun(township: Township, home: Path) -> Township:
    """A third PC of the unit; a share for those in use cannot begin it, and says so."""
    with pytest.raises(opening.NotWhole, match="给新电脑"):
        Township.begin(township.share().path, township.recovery, home, "钱会计")
    return Township.begin(township.share(whole=True).path, township.recovery, home, "钱会计")


def parts(district: District, township: Township) -> Parts:
    """The township's genuine next report in pieces."""
    raw = township.report().path.read_bytes()
    opens = own_keys.own_keys(district.book).unit_keys
    return forger.apart(raw, opens, forger.writer(township.book).key, To(opens.public.seal))


@pytest.mark.parametrize("who", ["district", "township"])
def test_what_a_stolen_pc_wrote_before_still_comes_through_its_unit(
    district: District, township: Township, tmp_path: Path, who: str
) -> None:
    twin = twin_of(township, tmp_path / "twin")
    district.take(twin.report().path)  # Known there, else nobody could revoke it there.
    written = twin.week(district.projects[TOWN])
    township.take(twin.share().path)
    stolen = twin.book.replica
    twin.close()
    if who != "township":
        enrolment.revoke(district.book, stolen)
        (down,) = district.hand_down([township.unit]).written
        township.take(down.path)  # The list of keys says who is void.
    if who != "district":
        enrolment.revoke(township.book, stolen)
    assert outcomes(district.take(township.report().path)) == ["已装入"]
    assert district.value("weekly", written, "completed_week") == 1_000_000
    assert district.sound() and township.sound()


def test_a_second_pc_learns_from_its_colleague_what_a_void_pc_wrote(
    district: District, township: Township, tmp_path: Path
) -> None:
    second = twin_of(township, tmp_path / "second")
    second.change("project", district.projects[TOWN], content="二号机所写")
    township.take(second.share().path)
    third = begun(township, tmp_path / "third")
    township.take(third.share().path)  # From now on it is counted among the unit's PCs.
    week = second.week(district.projects[TOWN])
    township.take(second.share().path)
    enrolment.revoke(third.book, second.book.replica)
    assert outcomes(third.take(township.share().path)) == ["已装入"]
    assert third.value("weekly", week, "completed_week") == 1_000_000
    second.close()
    third.close()


def test_a_renamed_department_that_had_not_heard_of_it_is_not_shut_out(
    district: District, township: Township, tmp_path: Path
) -> None:
    department = district.enrol(DEPARTMENT, tmp_path / "department")
    with records.batch(township.book, "create") as batch:
        fields = {"project": district.projects[TOWN], "problem": "未批", "state": "整改中"}
        item = batch.create("problem", {**fields, "responsible_unit": DEPARTMENT})
    district.take(township.report().path)
    (down,) = district.hand_down([department.unit]).written
    department.take(down.path)
    district.change("unit", department.unit, name="区发展和改革局")
    department.change("problem", item, measure="已批")
    assert outcomes(district.take(department.report().path)) == ["已装入"]
    (down,) = district.hand_down([township.unit]).written
    assert outcomes(township.take(down.path)) == ["已装入"]
    assert township.value("problem", item, "measure") == "已批"
    department.close()


def test_a_unit_moved_under_another_is_still_believed_about_what_came_before(
    district: District, township: Township
) -> None:
    from desktop.exchange.grants import Tree

    between = district.found_unit("片区", "district")
    district.change("unit", township.unit, above=between)
    district.change("unit", township.unit, above=district.unit)
    assert Tree(district.book).over(between, township.unit)
    assert not Tree(district.book).over(between, district.units[OTHER])


def test_a_unit_that_is_no_longer_below_is_told_so(district: District, township: Township) -> None:
    between = district.found_unit("片区", "district")
    district.change("unit", township.unit, above=between)
    (done,) = district.take(township.report().path).results
    assert type(done.error) is refusals.NotNeighbours and TOWN in done.error.sentence
    assert "已在“单位”中删除" not in done.error.sentence


def test_a_unit_that_was_deleted_is_told_so(district: District, township: Township) -> None:
    report = township.report().path
    with district.book.batch("remove") as batch:
        batch.remove("project", district.projects[TOWN])
        batch.remove("unit", township.unit)
    (done,) = district.take(report).results
    assert type(done.error) is refusals.NotNeighbours
    assert f"“{TOWN}”已在“单位”中删除" in done.error.sentence and "Ctrl+Z" in done.error.advice


def test_undo_reaching_behind_an_enrolment_does_not_shut_the_unit_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.cheaply(monkeypatch)
    district = District(tmp_path / "undoing", [OTHER])
    other = district.enrol(OTHER, tmp_path / "other")
    steps, _ = undo.waiting(district.book)
    kept = [one for _ in range(steps) for one in undo.undo(district.book).kept]
    assert kept == [undo.Kept("unit", other.unit, "removed")]
    assert district.value("unit", district.units[DEPARTMENT], "name") is None  # Never spoken to.
    assert district.value("project", district.projects[OTHER], "name") is None
    assert outcomes(district.take(other.report().path)) == ["已装入"]
    (down,) = district.hand_down([other.unit]).written
    assert outcomes(other.take(down.path)) == ["已装入"]
    for _ in range(steps):
        undo.redo(district.book)
    assert district.value("project", district.projects[OTHER], "name") == f"{OTHER}一号项目"
    assert district.sound()
    other.close()
    district.close()


def test_a_revoked_unit_costs_the_others_nothing(district: District, township: Township) -> None:
    enrolment.revoke(district.book, township.unit)
    handed = district.hand_down()
    assert {one.name for one in handed.written} == {OTHER, DEPARTMENT}
    assert all(one.passphrase for one in handed.written) and handed.stopped is None
    ((name, error),) = handed.refused
    assert name == TOWN and isinstance(error, AlreadyEnrolled)


@pytest.mark.parametrize(("time", "spoilt"), [(2, b""), (2, b"?"), (3, b"?")])
def test_what_waits_is_not_lost_to_a_stick_that_reads_otherwise_later_on(
    district: District, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, time: int, spoilt: bytes
) -> None:
    other = district.open(OTHER, tmp_path / "other")
    stick = other.report().path
    district.take(stick)
    shelves = Shelves(district.book.path)
    (waiting,) = shelves.held.list()
    good, readings = sticks.Found.read, []

    def failing(found: sticks.Found) -> bytes:
        readings.append(found)
        raw = good(found)
        return raw if len(readings) < time else raw[:-1] + spoilt

    with monkeypatch.context() as patch:
        patch.setattr(sticks.Found, "read", failing)
        done = district.take(stick)
    assert len(readings) == time and done.stopped is None
    assert [type(one.error) for one in done.results] == [trial.Unsteady]
    assert [kept.digest for kept in shelves.held.list()] == [waiting.digest]
    noted = [(one.name, one.copy is not None) for one in shelves.refused.reasons()]
    assert noted == ([("Unsteady", True)] if time == 2 else [])
    enrolment.confirm(district.book, other.unit, other.code)
    assert outcomes(district.take()) == ["已装入"]
    other.close()


def test_the_folder_of_the_book_brings_its_own_copies_not_again(
    district: District, township: Township
) -> None:
    inbox = district.book.path.parent / "spoilt.yzp"
    inbox.write_bytes(b"ONELGR\x00\x01")
    assert outcomes(district.take(inbox)) == ["已隔离"]
    inbox.write_bytes(township.report().path.read_bytes())
    district.hand_down()
    for sent in district.home.glob("stick*/*.yzp"):
        sent.unlink()  # It has left with its stick.
    shelves = Shelves(district.book.path)
    assert shelves.outbox.list() and shelves.refused.list()
    assert outcomes(district.take(district.book.path.parent)) == ["已装入"]
    (copy,) = shelves.refused.list()
    assert outcomes(district.take(copy.path)) == ["已隔离"]  # Who names it asks for it.


def test_withdrawals_that_lead_back_to_themselves_come_to_an_end(
    district: District, township: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed by a township that means harm: asking for its week must not go round for ever."""
    township.week(district.projects[TOWN])
    district.take(township.submit().path)
    cycle.accept(district.book, township.unit, WEEK, DAY)
    record = ledger_identity("submission", township.unit, WEEK)
    last = f"{township.book.replica}-{township.book.number + 11}"
    first = forger.entry(
        township.book, "submission", {"filler": "甲"}, record, 10, act="withdraw", undoes=last
    )
    second = forger.entry(
        township.book, "submission", {"reviewer": None}, record, 11, act="withdraw", undoes=last,
        parents=forger.called(first),
    )  # fmt: skip
    by = forger.writer(township.book)
    stick = tmp_path / "round.yzp"
    stick.write_bytes(parts(district, township).bringing(township.book, by, first, second).packed())
    assert outcomes(district.take(stick)) == ["已装入"]
    same, rounds = lock._same, iter(range(50))
    monkeypatch.setattr(lock, "_same", lambda *words: next(rounds) < 50 and same(*words))
    assert cycle.submission(district.book, township.unit, WEEK).state == "已上报"


def test_what_no_other_book_would_take_in_is_not_written_at_home(
    district: District, township: Township
) -> None:
    """A text without end, pasted by mistake, would shut the unit out for good."""
    project = district.projects[TOWN]
    with pytest.raises(TooLong, match="838 万字"):
        township.change("project", project, content="长" * LONGEST)
    township.book.operator = "甲" * 5000
    township.change("project", project, content="长" * (LONGEST - 100))
    assert outcomes(district.take(township.report().path)) == ["已装入"]
    assert len(district.value("project", project, "content")) == LONGEST - 100


def test_a_number_without_end_is_no_burden(
    district: District, township: Township, tmp_path: Path
) -> None:
    stick = tmp_path / "far.yzp"
    stick.write_bytes(parts(district, township).headed(number=2**62, previous="").packed())
    done = district.take(stick)
    assert outcomes(done) == ["已装入"]
    assert done.results[0].note == f"缺第 3 至 {2**62 - 1} 号，内容已含"


def test_a_sender_goes_by_the_name_that_the_book_knows(
    district: District, township: Township, tmp_path: Path
) -> None:
    stick = tmp_path / "false.yzp"
    stick.write_bytes(parts(district, township).headed(sender_name=OTHER).packed())
    (done,) = district.take(stick).results
    assert (done.outcome, done.name) == ("已装入", TOWN)
    acts = {line.entry.note for line in district.book.journal.lines()}
    assert not any(OTHER in note and "装入" in note for note in acts)


def test_an_older_file_put_back_after_a_power_cut_uses_no_number_again(
    district: District, township: Township
) -> None:
    path, profile = township.book.path, township.book.profile
    township.close()
    older = path.read_bytes()
    book = township.book = workspace.open_book(path, profile=profile, clock=noon)
    replica = book.replica
    district.take(township.report().path)
    book.connection.close()  # The power goes: nothing is noted at closing.
    book._guard.release()
    book._closed = True
    path.write_bytes(older)
    township.book = workspace.open_book(path, profile=profile, operator="王会计", clock=noon)
    assert township.book.replica != replica
    assert outcomes(district.take(township.report().path)) == ["已装入"]


def test_a_pc_without_the_new_keys_is_told_what_it_lacks(
    district: District, township: Township, tmp_path: Path
) -> None:
    twin = twin_of(township, tmp_path / "twin")
    (down,) = district.hand_down([township.unit]).written
    township.take(down.path)
    own_keys.rotate(township.book)
    district.take(township.report().path)
    (down,) = district.hand_down([township.unit]).written
    (done,) = twin.take(down.path).results
    assert type(done.error) is key_refusals.KeyNotHere and TOWN in done.error.sentence
    assert outcomes(township.take(down.path)) == ["已装入"]
    twin.close()


def test_of_two_packages_with_one_week_the_later_is_taken_back_first(
    district: District, township: Township
) -> None:
    township.week(district.projects[TOWN])
    to = building.Addressee(
        district.unit, "源汇区", own_keys.own_keys(district.book).unit_keys.public.seal
    )
    pending = []
    for reason in (None, "数字有误"):
        cycle.submit(township.book, WEEK, DAY, correction=reason)
        pending.append(building.build(township.book, to, "report", (WEEK,)))
    with pytest.raises(sending.LaterWaits):
        sending.withdraw(township.book, pending[0])
    assert township.book.locked(township.unit, WEEK)
    sending.withdraw(township.book, pending[1])
    assert township.book.locked(township.unit, WEEK)


@pytest.mark.parametrize("now", [datetime(1, 2, 28), datetime(9999, 12, 31, 23, 59, 59)])
def test_what_is_written_under_a_mad_clock_is_taken_in(
    district: District, township: Township, now: datetime
) -> None:
    township.book.clock = lambda: now
    township.change("project", district.projects[TOWN], remark="时钟坏了")
    assert outcomes(district.take(township.report().path)) == ["已装入"]
    assert district.value("project", district.projects[TOWN], "remark") == "时钟坏了"
