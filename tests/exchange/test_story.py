"""What two people can do with a stick: the stories of the issue, from office to office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop.errors import OneLedgerError
from desktop.exchange import (
    building,
    durable,
    enrolment,
    postbook,
    sender_refusals,
    sending,
    sitting,
    taking,
)
from desktop.ledger import attachments, belonging, cycle, lock, records, scheming
from desktop.ledger import scheme as schemes
from desktop.ledger.correspondence import ACKNOWLEDGED, WITHDRAWN, WRITTEN
from desktop.ledger.refusals import NotYourRecord
from tests import office
from tests.office import DAY, WEEK, District, Township, entries


@pytest.fixture
def district(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[District]:
    office.cheaply(monkeypatch)
    one = District(tmp_path / "district")
    yield one
    one.close()


@pytest.fixture
def township(district: District, tmp_path: Path) -> Iterator[Township]:
    one = district.enrol("空冢郭镇", tmp_path / "township")
    yield one
    one.close()


def outcomes(done: sitting.Sitting) -> list[str]:
    return [one.outcome for one in done.results]


def test_a_township_begins_with_its_task_package_and_waits_to_be_compared(
    district: District, tmp_path: Path
) -> None:
    township = district.open("空冢郭镇", tmp_path / "township")
    project = district.projects["空冢郭镇"]
    (first_package,) = district.home.glob("stick*/task-*.yzp")
    assert outcomes(township.take(first_package)) == ["已装入过"], "the book began with it"
    assert township.value("project", project, "name") == "空冢郭镇一号项目"
    assert township.value("project", district.projects["问十乡"], "name") is None
    township.week(project)
    first = township.submit()
    waiting = district.take(first.path)
    assert outcomes(waiting) == ["待处理"]
    assert isinstance(waiting.results[0].error, sender_refusals.Unconfirmed)
    assert waiting.results[0].code == township.code and len(township.code.replace("-", "")) == 12
    assert district.book.rows("weekly") == []
    with pytest.raises(OneLedgerError):
        enrolment.confirm(district.book, district.units["空冢郭镇"], "0000-0000-0000")
    enrolment.confirm(district.book, district.units["空冢郭镇"], township.code.lower())
    done = district.take()
    assert outcomes(done) == ["已装入"]
    assert [row["completed_week"] for row in district.book.rows("weekly", WEEK)] == [1_000_000]
    state = cycle.submission(district.book, district.units["空冢郭镇"], WEEK)
    assert state.state == "已上报"
    assert township.sound() and district.sound()
    township.close()


def test_a_week_goes_up_comes_back_returned_and_goes_up_again(
    district: District, township: Township
) -> None:
    unit, project = township.unit, district.projects["空冢郭镇"]
    week = township.week(project)
    written = township.submit()
    assert written.package.state != WITHDRAWN and written.path.name.isascii()
    with pytest.raises(lock.WeekSubmitted):
        township.change("weekly", week, physical_progress="主体封顶")
    assert outcomes(district.take(written.path)) == ["已装入"]
    assert outcomes(district.take(written.path)) == ["已装入过"]
    cycle.return_week(district.book, unit, WEEK, DAY, "形象进度太笼统")
    (down,) = district.hand_down([unit]).written
    assert outcomes(township.take(down.path)) == ["已装入"]
    assert cycle.submission(township.book, unit, WEEK).reason == "形象进度太笼统"
    acknowledged = {one.number: one.state for one in postbook.sent(township.book)}
    assert acknowledged[written.package.number] == ACKNOWLEDGED
    township.change("weekly", week, physical_progress="主体封顶")
    again = township.submit()
    assert outcomes(district.take(again.path)) == ["已装入"]
    assert district.value("weekly", week, "physical_progress") == "主体封顶"
    assert cycle.submission(district.book, unit, WEEK).state == "已上报"
    assert township.sound() and district.sound()


def test_what_was_acknowledged_does_not_travel_again(
    district: District, township: Township
) -> None:
    project = district.projects["空冢郭镇"]
    township.week(project)
    first = township.submit()
    district.take(first.path)
    (down,) = district.hand_down([township.unit]).written
    township.take(down.path)
    nothing = township.report()
    assert nothing.package.entries == 0
    district.take(nothing.path)
    (empty,) = district.hand_down([township.unit]).written
    assert empty.package.entries == 0


def test_a_package_lost_on_its_way_is_made_good_by_the_next(
    district: District, township: Township
) -> None:
    project = district.projects["空冢郭镇"]
    township.week(project)
    township.submit()  # lost
    township.week(project, "2023-W10")
    later = township.submit("2023-W10")
    done = district.take(later.path)
    assert outcomes(done) == ["已装入"] and "内容已含" in done.results[0].note
    assert len(district.book.rows("weekly")) == 2


def test_looking_changes_nothing_and_says_what_would_change(
    district: District, township: Township
) -> None:
    project = district.projects["空冢郭镇"]
    township.week(project)
    written = township.submit()
    before = district.book.path.read_bytes()
    looked = sitting.look(district.book, [written.path])
    assert district.book.path.read_bytes() == before
    (one,) = looked.results
    assert one.outcome == "可装入" and one.effect is not None
    assert (one.effect.subjects, one.effect.added, one.periods) == (1, 1, (WEEK,))
    assert any("空冢郭镇一号项目" in row.label for row in one.effect.rows)


def test_a_take_in_can_be_undone_and_done_again(district: District, township: Township) -> None:
    project = district.projects["空冢郭镇"]
    week = township.week(project)
    written = township.submit()
    (one,) = district.take(written.path).results
    taking.undo(district.book, one.digest)
    assert district.value("weekly", week, "completed_week") is None
    assert district.sound()
    assert outcomes(district.take(written.path)) == ["已装入"]
    assert district.value("weekly", week, "completed_week") == 1_000_000
    assert district.sound()


def test_after_an_undone_take_in_the_next_package_brings_everything_again(
    district: District, township: Township
) -> None:
    project = district.projects["空冢郭镇"]
    week = township.week(project)
    (one,) = district.take(township.submit().path).results
    (down,) = district.hand_down([township.unit]).written
    township.take(down.path)  # acknowledges what is then undone
    taking.undo(district.book, one.digest)
    (down,) = district.hand_down([township.unit]).written
    township.take(down.path)
    done = district.take(township.report().path)
    assert outcomes(done) == ["已装入"]
    assert district.value("weekly", week, "completed_week") == 1_000_000
    assert entries(township.book) & entries(district.book)


def test_two_pcs_of_one_township_exchange_and_differ_and_settle(
    district: District, township: Township, tmp_path: Path
) -> None:
    from desktop.ledger import conflicts

    project = district.projects["空冢郭镇"]
    week = township.week(project)
    shared = township.share()
    second = Township.begin(shared.path, township.recovery, tmp_path / "second", "赵会计")
    try:
        assert second.unit == township.unit and second.book.replica != township.book.replica
        township.change("weekly", week, physical_progress="主体三层")
        second.change("weekly", week, physical_progress="主体四层")
        second.take(township.share().path)
        (open_,) = conflicts.open(second.book)
        conflicts.settle(second.book, open_.id, "theirs", "以一号机为准")
        township.take(second.share().path)
        assert township.value("weekly", week, "physical_progress") == "主体三层"
        assert conflicts.open(township.book) == ()
        assert township.sound() and second.sound()
        up = second.submit()
        assert outcomes(district.take(up.path)) == ["已装入"]
        assert district.value("weekly", week, "physical_progress") == "主体三层"
    finally:
        second.close()


def test_a_township_that_lost_its_pc_gets_its_records_back(
    district: District, township: Township, tmp_path: Path
) -> None:
    project = district.projects["空冢郭镇"]
    week = township.week(project)
    district.take(township.submit().path)
    lost = township.report()
    anew = district.open("空冢郭镇", tmp_path / "anew", anew=True)
    try:
        assert anew.value("weekly", week, "completed_week") == 1_000_000
        waiting = district.take(anew.report().path)
        assert outcomes(waiting) == ["待处理"]
        enrolment.confirm(district.book, anew.unit, anew.code)
        assert outcomes(district.take()) == ["已装入"]
        anew.week(project, "2023-W10")
        assert outcomes(district.take(anew.submit("2023-W10").path)) == ["已装入"]
        refused = district.take(lost.path)
        assert outcomes(refused) == ["已隔离"]
        assert isinstance(refused.results[0].error, sender_refusals.RevokedKey)
        assert anew.sound() and district.sound()
    finally:
        anew.close()


def test_a_week_that_cannot_be_written_is_open_again(
    district: District, township: Township, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = township.week(district.projects["空冢郭镇"])

    def fails(*_: Any, **__: Any) -> Path:
        raise durable.StickGone("E:")

    with monkeypatch.context() as patch:
        patch.setattr(durable, "write_new", fails)
        with pytest.raises(OneLedgerError):
            township.submit()
    assert cycle.submission(township.book, township.unit, WEEK).state == "未上报"
    township.change("weekly", week, physical_progress="主体封顶")
    written = township.submit()
    assert [one.state for one in postbook.sent(township.book)][-2:] == [WITHDRAWN, WRITTEN]
    assert outcomes(district.take(written.path)) == ["已装入"]
    assert cycle.submission(district.book, township.unit, WEEK).state == "已上报"


def test_a_department_gets_the_items_that_name_it_and_answers_them(
    district: District, tmp_path: Path
) -> None:
    project, other = district.projects["空冢郭镇"], district.projects["问十乡"]
    with records.batch(district.book, "create") as batch:
        named = {"problem": "缺用地指标", "responsible_unit": "区发改委", "state": "整改中"}
        item = batch.create("problem", {"project": project, **named})
        hidden = batch.create(
            "problem", {"project": other, "problem": "村民阻工", "state": "整改中"}
        )
    department = district.enrol("区发改委", tmp_path / "department")
    try:
        assert department.value("problem", item, "problem") == "缺用地指标"
        assert department.value("project", project, "name") == "空冢郭镇一号项目"
        assert department.value("problem", hidden, "problem") is None
        assert department.value("project", other, "name") is None
        with pytest.raises(NotYourRecord):
            department.change("project", project, content="部门代填")
        with pytest.raises(NotYourRecord):
            department.week(project)
        with pytest.raises(NotYourRecord), records.batch(department.book, "create") as batch:
            batch.create("problem", {"project": project, **named})
        department.change("problem", item, measure="已列入年度计划")
        assert outcomes(district.take(department.report().path)) == ["已装入"]
        assert district.value("problem", item, "measure") == "已列入年度计划"
    finally:
        department.close()


def test_a_project_that_moves_is_told_to_the_old_unit_and_goes_whole_to_the_new(
    district: District, township: Township, tmp_path: Path
) -> None:
    project = district.projects["空冢郭镇"]
    week = township.week(project)
    district.take(township.submit().path)
    other = district.enrol("问十乡", tmp_path / "other")
    try:
        district.change("project", project, unit=other.unit)
        for office in (township, other):
            (down,) = district.hand_down([office.unit]).written
            assert outcomes(office.take(down.path)) == ["已装入"]
        assert township.value("project", project, "unit") == other.unit
        assert other.value("weekly", week, "physical_progress") == "主体施工至三层"
        other.week(project, "2023-W10")
        other.week(district.projects["问十乡"], "2023-W10")
        district.take(other.submit("2023-W10").path)
        (down,) = district.hand_down([township.unit]).written
        township.take(down.path)
        assert [row["period"] for row in township.book.rows("weekly")] == [WEEK]
        with pytest.raises(belonging.MovedAway):
            township.week(project, "2023-W10")
        with pytest.raises(belonging.MovedAway):
            township.change("project", project, content="仍想改")
    finally:
        other.close()


def test_a_scheme_change_travels_down_with_a_safety_copy(
    district: District, township: Township
) -> None:
    texts = dict(district.book.scheme.texts)
    texts["scheme.toml"] = texts["scheme.toml"].replace("version = 1", "version = 2")
    weekly = "registers/weekly.toml"
    texts[weekly] = texts[weekly].replace('"next_plan"]', '"next_plan", "weather"]') + (
        '\n[[field]]\nname = "weather"\ntitle = "天气"\ntype = "text"\n'
    )
    scheming.update_scheme(district.book, schemes.parse(texts))
    (down,) = district.hand_down([township.unit]).written
    before = set(township.home.rglob("*.yzb"))
    done = township.take(down.path)
    assert outcomes(done) == ["已装入"] and done.backup is not None
    assert set(township.home.rglob("*.yzb")) - before == {Path(done.backup.path)}
    assert township.book.scheme.version == 2
    week = township.week(district.projects["空冢郭镇"], weather="晴")
    district.take(township.submit().path)
    assert district.value("weekly", week, "weather") == "晴"
    assert township.sound()


def test_photos_travel_once_and_again_only_when_they_are_missing(
    district: District, township: Township
) -> None:
    project = district.projects["空冢郭镇"]
    week = township.week(project)
    content = b"\xff\xd8\xff" + bytes(range(256)) * 40
    with records.batch(township.book, "photo") as batch:
        digest = attachments.put(township.book, content, "现场.jpg")
        batch.change("weekly", week, {"photos": f'["{digest}"]'})
    first = township.submit()
    assert first.package.attachments == 1
    district.take(first.path)
    assert attachments.get(district.book, digest).content == content
    assert township.report().package.attachments == 1, "not acknowledged yet"
    (down,) = district.hand_down([township.unit]).written
    assert down.package.attachments == 0
    township.take(down.path)
    assert township.report().package.attachments == 0
    with district.book.atomic():
        district.book.connection.execute("DELETE FROM attachment")
    (down,) = district.hand_down([township.unit]).written
    township.take(down.path)
    again = township.report()
    assert (again.package.entries, again.package.attachments) == (0, 1)
    district.take(again.path)
    assert attachments.get(district.book, digest).content == content


def test_photos_that_have_no_room_are_told_and_follow_once_the_receiver_has_answered(
    district: District, township: Township, monkeypatch: pytest.MonkeyPatch
) -> None:
    week = township.week(district.projects["空冢郭镇"])
    contents = [b"\xff\xd8\xff" + bytes([number]) * 2000 for number in range(5)]
    monkeypatch.setattr(building, "MOST_ATTACHED", 4500)
    with records.batch(township.book, "photo") as batch:
        digests = [attachments.put(township.book, one, "现场.jpg") for one in contents]
        named = ", ".join(f'"{digest}"' for digest in digests)
        batch.change("weekly", week, {"photos": f"[{named}]"})
    first = township.submit()
    assert (first.package.attachments, first.following) == (2, 3)
    assert first.rest.startswith("还有 3 个照片附件这次放不下")
    district.take(first.path)
    for carried, left in ((2, 1), (1, 0)):
        (down,) = district.hand_down([township.unit]).written
        township.take(down.path)
        more = township.report()
        assert (more.package.attachments, more.following) == (carried, left)
        district.take(more.path)
    assert more.rest == ""
    assert [attachments.get(district.book, one).content for one in digests] == contents


def test_one_stick_carries_the_packages_of_all_units(
    district: District, township: Township, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    written = sending.hand_down(district.book, stick, None).written
    assert len(written) == 3
    done = township.take(stick)
    assert sorted(outcomes(done)) == ["不归本机", "不归本机", "已装入"]
    assert not done.refused and not done.nothing
    assert not (township.home / "book.quarantine").exists()
    back = district.take(stick)
    assert back.nothing and set(outcomes(back)) == {"不归本机"}
    assert not (district.home / "district.quarantine").exists()
