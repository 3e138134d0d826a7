"""Books on disk: founded whole or not at all, and every way in which one is refused."""

from __future__ import annotations

import errno
import os
import re
import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from desktop.errors import DiskFull, NotFound, NotWritable, OneLedgerError
from desktop.ledger import bookfile, drives, merging, migrations, verify, workspace
from desktop.ledger import scheme as schemes
from desktop.ledger.bookfile import BookExists, NewerBook, NotABook, ReadOnlyBook
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.drives import NotLocal
from desktop.ledger.format import FORMAT
from desktop.ledger.guard import BookInUse
from desktop.ledger.store import DamagedBook
from desktop.ledger.values import WrongValue
from desktop.ledger.workspace import NoSuchLevel
from tests.ledger import books
from tests.ledger.books import change, clean, found, project, spoil, week

CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A filled and closed book, alone in its folder."""
    folder = tmp_path / "账本"
    folder.mkdir()
    with found(folder / "源汇区.yzb") as book:
        week(book, project(book))
    return book.path


def files(path: Path) -> dict[str, bytes]:
    """What lies in the book's folder, byte for byte."""
    return {one.name: one.read_bytes() for one in path.parent.iterdir() if one.is_file()}


def refused(path: Path, name: type[OneLedgerError]) -> OneLedgerError:
    """The refusal to open ``path``; the folder is as before and nobody holds the book."""
    before = files(path)
    with pytest.raises(OneLedgerError) as raised:
        workspace.open_book(path)
    assert type(raised.value) is name
    assert raised.value.name == name.__name__
    assert str(path) in raised.value.sentence or str(path.parent) in raised.value.sentence
    assert CHINESE.search(raised.value.sentence)
    assert CHINESE.search(raised.value.advice)
    assert files(path) == before
    return raised.value


# Founding ----------------------------------------------------------------------------------------


def test_a_new_book_says_whose_it_is_by_which_scheme(tmp_path: Path) -> None:
    with found(tmp_path / "区.yzb") as book:
        assert (book.level, book.scheme.name, book.demonstration) == (
            "district",
            "investment",
            False,
        )
        assert [row["name"] for row in book.rows("unit")] == ["源汇区"]
        assert book.rows("unit")[0]["record"] == book.unit
        assert [line.entry.act for line in book.journal.lines()] == ["found"] * 3
        assert {line.entry.author for line in book.journal.lines()} != {""}
        assert clean(book)
        assert book.week_last_day == 3
    assert [one.name for one in tmp_path.iterdir()] == ["区.yzb"]


def test_a_township_stands_under_its_district(tmp_path: Path) -> None:
    with found(tmp_path / "镇.yzb", "空冢郭镇", level="township", under="源汇区") as book:
        above, own = sorted(book.rows("unit"), key=lambda row: row["level"])
        assert (above["name"], above["level"]) == ("源汇区", "district")
        assert (own["name"], own["above"], own["record"]) == (
            "空冢郭镇",
            above["record"],
            book.unit,
        )
        assert book.level == "township"
        assert clean(book)


def test_a_books_identity_is_its_own(tmp_path: Path) -> None:
    with found(tmp_path / "一.yzb") as one, found(tmp_path / "二.yzb") as other:
        assert one.identity != other.identity
        assert one.replica != other.replica


def test_a_demonstration_says_so_for_good(tmp_path: Path) -> None:
    found(tmp_path / "演示.yzb", demonstration=True).close()
    with workspace.open_book(tmp_path / "演示.yzb") as book:
        assert book.demonstration


def test_the_folder_is_made(tmp_path: Path) -> None:
    found(tmp_path / "一" / "二" / "区.yzb").close()
    assert (tmp_path / "一" / "二" / "区.yzb").is_file()


def test_a_book_handed_down_is_founded_from_entries(tmp_path: Path) -> None:
    with found(tmp_path / "区.yzb") as district:
        with district.batch("create") as batch:
            values = {"name": "空冢郭镇", "level": "township", "above": district.unit}
            town = batch.create("unit", values)
        subject = project(district, unit=town)
        handed = [
            line.authored for line in district.journal.lines() if line.entry.register != "book"
        ]
        made = workspace.create_from(tmp_path / "镇.yzb", handed, town, package="任务包-1")
        with made as book:
            assert (book.unit, book.level) == (town, "township")
            assert [row["record"] for row in book.rows("project")] == [subject]
            assert clean(book)
            week(book, subject)
            merging.receive(
                district, [book.journal.of_batch(f"{book.replica}-2")[0].authored], "包"
            )
        assert len(district.rows("weekly")) == 1
        assert clean(district)


def test_without_a_scheme_nothing_is_founded(tmp_path: Path) -> None:
    with pytest.raises(MalformedScheme, match="没有方案"):
        workspace.create_from(tmp_path / "镇.yzb", [], "0" * 32, package="任务包-1")
    assert list(tmp_path.iterdir()) == []


def fails_with(number: int) -> Callable[..., None]:
    def fails(*_: object, **__: object) -> None:
        raise OSError(number, "no")

    return fails


def test_what_lies_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "区.yzb").write_text("别的东西")
    with pytest.raises(BookExists, match="已经存在"):
        found(tmp_path / "区.yzb")
    assert (tmp_path / "区.yzb").read_text() == "别的东西"


def test_what_comes_to_lie_there_meanwhile_is_not_overwritten_either(tmp_path: Path) -> None:
    draft, path = tmp_path / "草稿", tmp_path / "区.yzb"
    draft.write_text("新")
    path.write_text("先到的")
    with pytest.raises(BookExists):
        bookfile.place(draft, path)
    assert path.read_text() == "先到的"


def test_a_file_system_without_links_is_served_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "link", fails_with(errno.EPERM))
    found(tmp_path / "区.yzb").close()
    assert [one.name for one in tmp_path.iterdir()] == ["区.yzb"]
    (tmp_path / "草稿").write_text("新")
    with pytest.raises(BookExists):
        bookfile.place(tmp_path / "草稿", tmp_path / "区.yzb")


FOUNDING: list[tuple[str, type[OneLedgerError], str, dict[str, str]]] = [
    ("no such level", NoSuchLevel, "没有层级“city”", {"level": "city"}),
    ("no name", OneLedgerError, "单位名称", {"unit": ""}),
    ("a name with controls", WrongValue, "控制字符", {"unit": "区\x00"}),
]


@pytest.mark.parametrize(
    ("name", "text", "asked"), [one[1:] for one in FOUNDING], ids=[one[0] for one in FOUNDING]
)
def test_a_refused_founding_leaves_nothing(
    tmp_path: Path, name: type[OneLedgerError], text: str, asked: dict[str, str]
) -> None:
    with pytest.raises(name, match=text):
        found(tmp_path / "区.yzb", **asked)
    assert list(tmp_path.iterdir()) == []


def test_a_level_that_the_code_list_forgets_is_refused(tmp_path: Path) -> None:
    texts = books.texts()
    texts["codes.toml"] = texts["codes.toml"].replace(
        '{ name = "department", title = "部门" },', ""
    )
    with pytest.raises(WrongValue, match="department"):
        found(tmp_path / "局.yzb", level="department", scheme=schemes.parse(texts))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "name"), [(errno.ENOSPC, DiskFull), (errno.EACCES, NotWritable)]
)
@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.mkdir"])
def test_a_disk_that_refuses_the_founding_is_named(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    step: str,
    number: int,
    name: type[OneLedgerError],
) -> None:
    monkeypatch.setattr(step, fails_with(number))
    with pytest.raises(name):
        found(tmp_path / "区.yzb", profile=tmp_path / "profile")
    assert [one.name for one in tmp_path.iterdir() if one.suffix] == []


def test_a_disk_that_fills_up_while_founding_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(draft: Path) -> sqlite3.Connection:
        connection = bookfile.connect(draft)
        connection.execute("PRAGMA max_page_count = 20")
        return connection

    monkeypatch.setattr(workspace, "connect", small)
    with pytest.raises(DiskFull):
        found(tmp_path / "区.yzb")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", ["removable", "network"])
def test_a_book_is_not_founded_on_a_drive_that_goes_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: drives.Kind
) -> None:
    monkeypatch.setattr(drives, "kind_of", lambda _: kind)
    with pytest.raises(NotLocal):
        found(tmp_path / "区.yzb")
    assert list(tmp_path.iterdir()) == []


# Opening -----------------------------------------------------------------------------------------


def test_opening_and_closing_changes_no_byte(path: Path) -> None:
    before = files(path)
    for _ in range(2):
        with workspace.open_book(path) as book:
            assert book.rows("weekly")
            assert clean(book)
            assert [one.name for one in path.parent.iterdir() if one.suffix == ".lock"] != []
        book.close()
        assert files(path) == before


def test_a_missing_book_and_a_folder_are_named(path: Path) -> None:
    refused(path.with_name("没有.yzb"), NotFound)
    folder = path.with_name("文件夹.yzb")
    folder.mkdir()
    refused(folder, NotFound)


def test_a_newer_book_is_left_for_a_newer_program(path: Path) -> None:
    spoil(path, f"PRAGMA user_version = {FORMAT + 1}")
    assert "请先升级程序" in refused(path, NewerBook).advice


@pytest.mark.parametrize(
    "content",
    [b"", b"\x00" * 4096, "不是账本".encode() * 999, b"SQLite format 3\x00" + b"\x07" * 50],
    ids=["empty", "zeros", "text", "a bare beginning"],
)
def test_what_is_no_book_is_named(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    refused(path, NotABook)


def test_another_programs_database_is_no_book(path: Path) -> None:
    other = path.with_name("别的.db")
    spoil(other, "CREATE TABLE journal (position INTEGER)", "PRAGMA user_version = 1")
    refused(other, NotABook)


def test_a_destroyed_beginning_is_named(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[:16] = bytes(16)
    path.write_bytes(bytes(content))
    refused(path, NotABook)


def test_a_spoilt_header_behind_a_good_beginning_is_named(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[16:24] = b"\xff" * 8  # page size and formats
    path.write_bytes(bytes(content))
    refused(path, DamagedBook)


@pytest.mark.parametrize("left", [4096, 9000, 0.5, -1])
def test_a_truncated_book_is_named(path: Path, left: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * left) if left == 0.5 else int(left)])
    assert "从最近的备份恢复" in refused(path, DamagedBook).advice


def test_a_file_that_a_crash_left_short_is_left_to_sqlite(path: Path) -> None:
    """With a journal beside it the file may be halfway between two states."""
    path.write_bytes(path.read_bytes()[:-5000])
    with pytest.raises(DamagedBook, match="被截短"):
        bookfile.refuse_file(path)
    path.with_name(path.name + "-journal").write_bytes(b"")
    with pytest.raises(DamagedBook, match="被截短"):
        bookfile.refuse_file(path)
    path.with_name(path.name + "-journal").write_bytes(b"begun")
    bookfile.refuse_file(path)


@pytest.mark.parametrize("fill", [b"\x00", b"\xa5"])
def test_whatever_page_is_destroyed_it_is_named_or_found(path: Path, fill: bytes) -> None:
    content = path.read_bytes()
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    named = 0
    for at in range(size, len(content), size):
        spoilt = content[:at] + fill * size + content[at + size :]
        path.write_bytes(spoilt)
        try:
            with workspace.open_book(path) as book:
                assert verify.verify(book).problems, at
                for register in book.scheme.registers:
                    book.rows(register)
        except DamagedBook:
            named += 1
        assert path.read_bytes() == spoilt
        assert list(path.parent.iterdir()) == [path]
    assert named  # Some pages nobody can do without.


@pytest.mark.parametrize("table", ["journal", "anchor", "conflict"])
def test_a_book_robbed_of_its_tables_is_damaged_or_found(path: Path, table: str) -> None:
    spoil(path, f"DROP TABLE {table}")
    if table == "journal":
        refused(path, DamagedBook)
    else:
        with workspace.open_book(path) as book:
            assert {one.what for one in verify.verify(book).problems} == {"structure"}
            verify.rebuild(book)
            assert clean(book)


def test_a_journal_without_scheme_or_owner_is_damaged(path: Path) -> None:
    spoil(path, "DELETE FROM scheme", "DELETE FROM journal WHERE register = 'scheme'")
    refused(path, DamagedBook)


def test_a_scheme_spoilt_in_the_tables_is_read_from_the_journal(path: Path) -> None:
    spoil(path, "UPDATE scheme SET files = '{'", "DELETE FROM book")
    with workspace.open_book(path) as book:
        assert (book.level, len(book.rows("weekly"))) == ("district", 1)
        assert {one.what for one in verify.verify(book).problems} == {"table"}
        verify.rebuild(book)
        assert clean(book)


def test_whose_book_it_is_is_read_from_the_journal_too(path: Path) -> None:
    spoil(path, "DELETE FROM unit")
    with workspace.open_book(path) as book:
        assert book.level == "district"
        assert book.unit
        verify.rebuild(book)
        assert clean(book)


def test_a_scheme_spoilt_in_the_journal_too_is_damage(path: Path) -> None:
    spoil(
        path,
        "UPDATE scheme SET files = '{'",
        """UPDATE journal SET fields = '{"version":1,"files":"{"}' WHERE register = 'scheme'""",
    )
    refused(path, DamagedBook)


HOLDER = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from desktop.ledger import workspace
    with workspace.open_book(Path(sys.argv[1])):
        print("open", flush=True)
        sys.stdin.readline()
    """
)


def test_a_book_open_in_another_process_is_refused_and_then_free(path: Path) -> None:
    before = path.read_bytes()
    child = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "open\n"
    with pytest.raises(BookInUse) as raised:
        workspace.open_book(path)
    assert f"进程 {child.pid}" in raised.value.sentence
    assert path.read_bytes() == before
    child.communicate("\n")
    with workspace.open_book(path) as book:
        assert clean(book)


def test_a_book_open_in_this_process_is_refused(path: Path) -> None:
    with workspace.open_book(path) as book:
        with pytest.raises(BookInUse):
            workspace.open_book(path)
        change(book, "unit", book.unit, short="区")
        assert clean(book)


def test_a_book_that_another_tool_writes_is_refused(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        tool.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BookInUse, match="别的数据库工具"):
            workspace.open_book(path)
        tool.execute("ROLLBACK")
    assert list(path.parent.iterdir()) == [path]
    workspace.open_book(path).close()


def test_a_read_only_file_is_refused_whoever_asks(path: Path) -> None:
    """Root may write everything; a clerk who marked the file read-only meant it."""
    path.chmod(0o444)
    assert "取消文件的只读属性" in refused(path, ReadOnlyBook).advice
    path.chmod(0o644)
    workspace.open_book(path).close()


def test_a_read_only_folder_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.access
    path.parent.chmod(0o555)
    if real(path.parent, os.W_OK):  # Root may; so it is told that it may not.
        monkeypatch.setattr(
            os, "access", lambda place, mode: place != path.parent and real(place, mode)
        )
    refused(path, ReadOnlyBook)
    path.parent.chmod(0o755)


@pytest.mark.parametrize("kind", ["removable", "network"])
def test_a_book_on_a_drive_that_goes_away_is_not_opened_in_place(
    path: Path, monkeypatch: pytest.MonkeyPatch, kind: drives.Kind
) -> None:
    monkeypatch.setattr(drives, "kind_of", lambda _: kind)
    refusal = refused(path, NotLocal)
    assert "复制到本机硬盘" in refusal.advice


def test_a_fault_of_ours_while_opening_gives_the_book_free(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.ledger.replicas.claim", fails_with(errno.EIO))
    with pytest.raises(OSError, match="no"):
        workspace.open_book(path)
    monkeypatch.undo()
    assert list(path.parent.iterdir()) == [path]
    workspace.open_book(path).close()


def test_a_lock_file_on_a_full_disk_does_not_keep_a_book_closed(path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no full disk to try")
    path.with_name(path.name + ".lock").symlink_to("/dev/full")
    with workspace.open_book(path) as book:
        assert clean(book)


def test_a_power_cut_in_the_middle_is_rolled_back_at_opening(path: Path) -> None:
    """What SQLite leaves behind: a hot journal beside a half-written file."""
    before = path.read_bytes()
    journal = path.with_name(path.name + "-journal")
    with closing(sqlite3.connect(path, isolation_level=None)) as tool:
        tool.execute("PRAGMA cache_size = 2")
        tool.execute("PRAGMA cache_spill = 1")
        tool.execute("BEGIN")
        tool.execute("UPDATE journal SET note = hex(randomblob(9000))")
        half, hot = path.read_bytes(), journal.read_bytes()
        tool.execute("ROLLBACK")
    assert half != before
    path.write_bytes(half)
    journal.write_bytes(hot)
    with workspace.open_book(path) as book:
        assert clean(book)
    assert path.read_bytes() == before
    assert not journal.exists()


# A format of earlier days ------------------------------------------------------------------------


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def older(path: Path, format: int) -> Path:
    """A filled and closed book of an earlier format."""
    with found(path) as book:
        week(book, project(book))
    spoil(path, with_=lambda connection: books.downgrade(connection, format))
    assert path.read_bytes()[60:64] == format.to_bytes(4)
    return path


@pytest.fixture(params=range(1, FORMAT))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A book of each earlier format."""
    return older(tmp_path / "旧" / "源汇区.yzb", request.param)


def test_an_older_format_is_copied_before_it_is_brought_up(old: Path) -> None:
    path, before = old, dump(old)
    number = int.from_bytes(path.read_bytes()[60:64])
    with workspace.open_book(path) as book:
        assert book.connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        assert book.select("SELECT digest FROM attachment") == []
        assert [row["completed_week"] for row in book.rows("weekly")] == [1_000_000]
        assert clean(book)
    copy = path.with_name(f"源汇区.格式{number}.yzb")
    assert dump(copy) == before
    copy.unlink()
    workspace.open_book(path).close()
    assert sorted(files(path)) == ["源汇区.yzb"]


def structure_of(path: Path) -> list[tuple[str, str]]:
    """Every table, index and view of a file, with what makes it."""
    statement = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name"
    with closing(sqlite3.connect(path)) as connection:
        return [(name, " ".join(sql.split())) for name, sql in connection.execute(statement)]


def test_a_book_of_the_first_format_becomes_what_a_new_one_is(tmp_path: Path) -> None:
    path = older(tmp_path / "旧.yzb", 1)
    found(tmp_path / "新.yzb").close()
    with workspace.open_book(path) as book:
        for table in ("certificate", "batch", "covered"):
            assert book.select(f"SELECT * FROM {table}") == []
        with book.batch("create") as batch:
            partner = batch.create("partner", {"unit": book.unit, "epoch": 1, "state": "已核对"})
        assert [row["record"] for row in book.rows("partner")] == [partner]
        assert clean(book)
    assert structure_of(path) == structure_of(tmp_path / "新.yzb")


def test_a_book_whose_tables_were_spoiled_is_brought_up_all_the_same(tmp_path: Path) -> None:
    path = older(tmp_path / "旧.yzb", 2)
    spoil(path, "DROP TABLE scheme", "DROP VIEW v_weekly")
    with workspace.open_book(path) as book:
        assert book.connection.execute("PRAGMA user_version").fetchone() == (FORMAT,)
        verify.rebuild(book)
        assert clean(book)


def test_a_book_that_says_no_scheme_is_not_brought_up(tmp_path: Path) -> None:
    path = older(tmp_path / "旧.yzb", 2)
    spoil(path, "DROP TABLE scheme", "UPDATE journal SET register = 'x' WHERE register = 'scheme'")
    before = path.read_bytes()
    with pytest.raises(DamagedBook, match=path.name):
        workspace.open_book(path)
    assert path.read_bytes() == before


def test_without_a_safety_copy_no_older_format_is_brought_up(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        workspace.open_book(old)
    assert old.read_bytes() == before
    assert sorted(files(old)) == ["源汇区.yzb"]


def test_an_upgrade_that_breaks_off_leaves_the_book_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    before = path.read_bytes()
    steps = Migrations("oneledger")

    def next_one(db: Database) -> None:
        db.table("anchor").add_column("place", str)
        db.conn.execute("SELECT nothing FROM anchor")

    steps(name="0001")(migrations.journal_conflict_anchor)
    steps(name="0002")(migrations.attachment)
    steps(name="0003")(migrations.certificate_batch_covered)
    steps(name="0004")(next_one)
    monkeypatch.setattr(migrations, "steps", steps)
    monkeypatch.setattr(bookfile, "FORMAT", FORMAT + 1)
    with pytest.raises(DamagedBook):
        workspace.open_book(path)
    assert path.read_bytes() == before
    monkeypatch.undo()
    with workspace.open_book(path) as book:
        assert clean(book)
