"""Verification: whatever is done to a book's file is found, named and placed."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger import backups, bookfile, chain, verify, workspace
from desktop.ledger.entry import AUTHORED, COLUMNS, Entry, canonical, chained, identity
from desktop.ledger.store import Store
from desktop.ledger.verify import Anchor, JournalUnsound, Problem
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import WEEK, change, clean, found, project, spoil, tables, week

LINES = "SELECT * FROM journal ORDER BY position"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed book of two replicas with a conflict, every kind of register filled, a backup."""
    folder = tmp_path_factory.mktemp("sound")
    first = found(folder / "账本.yzb", profile=folder / "profile")
    subject = project(first, remark="原样", annual_plan=40_000_000)
    record = week(first, subject)
    with first.batch("create") as batch:
        batch.create("problem", {"project": subject, "problem": "征迁", "needs_level": True})
        meeting = batch.create("meeting", {"name": "周调度会", "held_on": "2023-03-03"})
        batch.create("decision", {"meeting": meeting, "matter": "三月底前完成", "unit": first.unit})
        batch.create(
            "target", {"unit": first.unit, "period": "2023", "indicator": "投资", "basis": "金额"}
        )
        batch.create("submission", {"unit": first.unit, "period": "2023-W08"})
        batch.create("reception", {"unit": first.unit, "period": "2023-W08", "state": "已接收"})
        batch.create("milestone", {"project": subject, "name": "开工", "order": 1})
        batch.create("stopped", {"project": subject, "since": "2023-01-05", "cause": "资金"})
        batch.create("sponsor", {"project": subject, "role": "包联领导", "person": "张三"})
        batch.create("supervision", {"unit": first.unit, "matter": "加快", "sheet": "提醒"})
        values = {"check": "c", "item": "i", "text": "雨季"}
        batch.create("explanation", {"project": subject, "period": WEEK, **values})
    first.close()
    other = books.replica_of(first, folder / "乙.yzb", folder / "other")
    book = workspace.open_book(first.path, profile=folder / "profile", clock=books.noon)
    with book, other:
        backups.before(book, "import")
        change(book, "project", subject, remark="甲改")
        change(other, "project", subject, remark="乙改")
        change(other, "weekly", record, completed_week=7)
        books.send(other, book)
        change(book, "weekly", record, problems="征迁未完")
        change(book, "weekly", record, problems=None)
        assert clean(book)
    return first.path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    """A copy of the sound book with its backups and profile, to be spoilt."""
    shutil.copytree(sound.parent, tmp_path / "office")
    copy = tmp_path / "office" / sound.name
    with opened(copy):
        pass  # The profile knows the book at this place now.
    return copy


def opened(path: Path) -> Book:
    return workspace.open_book(path, profile=path.parent / "profile", clock=books.noon)


def problems(path: Path) -> list[Problem]:
    """What verification says of the book at ``path``, its backups beside it."""
    with opened(path) as book:
        found_ = verify.verify(book, backups.anchors(book))
        assert found_.ok == (not found_.problems)
        return list(found_.problems)


def whats(path: Path) -> set[str]:
    return {problem.what for problem in problems(path)}


def count(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM journal").fetchone()[0])


def lines(path: Path) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(LINES).fetchall()


def test_a_sound_book_gives_no_problem(path: Path) -> None:
    before = path.read_bytes()
    with opened(path) as book:
        steps: list[tuple[int, int]] = []
        found_ = verify.verify(book, backups.anchors(book), lambda *step: steps.append(step))
        assert found_ == verify.Verification(True, count(path), book.journal.head, ())
    assert path.read_bytes() == before
    assert len(backups.anchors(book)) == 2
    filled = {name for name, rows in rows_of(path).items() if rows}
    assert filled >= {"project", "weekly", "problem", "target", "meeting", "decision", "conflict"}


def rows_of(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    with opened(path) as book:
        return tables(book)


# Every column of every line ----------------------------------------------------------------------

CHANGED = {
    "number": "900",
    "scheme": "scheme + 1",
    "fields": """json_set(fields, '$.remark', '改')""",
    "parents": "parents || 'x'",
    "origin": """'{"name":"表!A1"}'""",
}


@pytest.mark.parametrize("at", [1, 6, -1])
@pytest.mark.parametrize("column", COLUMNS[1:])
def test_a_changed_value_is_found_at_its_line(path: Path, column: str, at: int) -> None:
    position = at if at > 0 else count(path)
    new = CHANGED.get(column, f"{column} || 'x'")
    spoil(path, f"UPDATE journal SET {column} = {new} WHERE position = {position}")
    first = problems(path)[0]
    assert first.position == position
    assert first.what == ("chain" if column in ("package", "chain") else "changed")
    assert f"流水第 {position} 条" in first.sentence
    others = [one for one in problems(path) if one.position not in (None, position)]
    assert {one.what for one in others} <= {"parent"}


@pytest.mark.parametrize("at", [1, 6, -1])
@pytest.mark.parametrize("new", [-7, 0, 500])
def test_a_changed_position_is_found(path: Path, at: int, new: int) -> None:
    position = at if at > 0 else count(path)
    (entry,) = [line[1] for line in lines(path) if line[0] == position]
    spoil(path, f"UPDATE journal SET position = {new} WHERE position = {position}")
    found_ = problems(path)
    assert position in {one.position for one in found_} or entry in {one.entry for one in found_}
    assert {one.what for one in found_} <= {"changed", "removed", "tail_cut", "chain"}


def test_the_last_line_carried_to_the_front_is_found(path: Path) -> None:
    """Readers that begin with position 1 would not even see it."""
    spoil(path, f"UPDATE journal SET position = -1 WHERE position = {count(path)}")
    assert problems(path)[0].what == "changed"


@pytest.mark.parametrize("garbage", ["'{'", "'[]'", "'{\"remark\":NaN}'", "''", "'null'"])
def test_a_line_that_cannot_be_read_is_found_and_nothing_breaks(path: Path, garbage: str) -> None:
    spoil(path, f"UPDATE journal SET fields = {garbage} WHERE position = 6")
    first = problems(path)[0]
    assert (first.what, first.position) == ("changed", 6)


@pytest.mark.parametrize("column", ["fields", "operator", "note", "chain", "entry"])
def test_bytes_that_are_no_text_are_found_at_their_line(path: Path, column: str) -> None:
    """One flipped bit in a Chinese sentence."""
    spoil(path, f"UPDATE journal SET {column} = CAST(X'E4B8FF' AS TEXT) WHERE position = 6")
    found_ = problems(path)
    assert found_[0].position == 6
    assert found_[0].what == ("chain" if column == "chain" else "changed")


def test_a_forged_line_with_its_own_identity_and_chain_is_found(path: Path) -> None:
    """Whoever knows the rules can make one line right; what follows betrays it."""
    line = lines(path)[5]
    authored = list(line[2:16])
    authored[AUTHORED.index("operator")] = "别人"
    form = canonical(tuple(authored))
    previous = lines(path)[4][-1]
    fitting = chained(previous, 6, identity(form), form, line[16])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(
            "UPDATE journal SET operator = '别人', entry = ?, chain = ? WHERE position = 6",
            (identity(form), fitting),
        )
    found_ = problems(path)
    assert min(one.position for one in found_ if one.position) in (6, 7)
    assert "chain" in {one.what for one in found_}


def test_a_wholly_rewritten_journal_is_found_by_what_was_seen_outside(path: Path) -> None:
    """All lines made right again, and the tables too: backups and profile still know the head."""
    rewrite(path, lambda authored: (*authored[:3], "别人", *authored[4:]))
    with opened(path) as book:
        assert {one.what for one in verify.verify(book).problems} <= {"chain"}
        found_ = verify.verify(book, backups.anchors(book)).problems
    assert {one.what for one in found_} == {"chain"}
    assert all("留下的校验值不符" in one.sentence for one in found_)


def rewrite(path: Path, edit: Callable[[tuple[Any, ...]], tuple[Any, ...]]) -> None:
    """Forge a whole book: every identity, parent, chain and head made to fit again."""
    from desktop.ledger import folding
    from desktop.ledger.entry import GENESIS

    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        parents = AUTHORED.index("parents")
        renamed: dict[str, str] = {}
        head = GENESIS
        for line in connection.execute(LINES).fetchall():
            authored = list(edit(line[2:16]))
            authored[parents] = " ".join(sorted(renamed[one] for one in authored[parents].split()))
            form = canonical(tuple(authored))
            renamed[line[1]] = identity(form)
            head = chained(head, line[0], identity(form), form, line[16])
            names = ", ".join(f"{name} = ?" for name in COLUMNS)
            new = (line[0], identity(form), *authored, line[16], head)
            connection.execute(f"UPDATE journal SET {names} WHERE position = ?", (*new, line[0]))
        connection.execute("DELETE FROM anchor")
    with opened(path) as book, book.atomic():
        folding.rebuild(book)


# Lines taken out, put in, exchanged --------------------------------------------------------------


def renumber(after: int, by: int) -> list[str]:
    return [
        f"UPDATE journal SET position = -(position + {by}) WHERE position > {after}",
        "UPDATE journal SET position = -position WHERE position < 0",
    ]


def remove_line(position: int) -> str:
    return f"DELETE FROM journal WHERE position = {position}"


def test_a_line_taken_out_of_the_middle_leaves_a_gap(path: Path) -> None:
    spoil(path, remove_line(8))
    first = problems(path)[0]
    assert (first.what, first.position) == ("removed", 8)
    assert first.sentence == "流水第 8 条被删除，共 1 条。"
    assert "number" in whats(path)


def test_several_lines_taken_out_are_counted(path: Path) -> None:
    spoil(path, "DELETE FROM journal WHERE position BETWEEN 8 AND 10")
    first = problems(path)[0]
    assert (first.what, first.position) == ("removed", 8)
    assert first.sentence == "流水第 8 条至第 10 条被删除，共 3 条。"


@pytest.mark.parametrize("lost", [1, 3])
def test_a_line_taken_out_and_the_rest_moved_up(path: Path, lost: int) -> None:
    spoil(path, f"DELETE FROM journal WHERE position BETWEEN 8 AND {7 + lost}")
    spoil(path, *renumber(7 + lost, -lost))
    found_ = [one for one in problems(path) if one.position is not None and one.what != "parent"]
    assert [(one.what, one.position) for one in found_[:1]] == [("removed", 8)]
    assert f"之前有 {lost} 条被删除" in found_[0].sentence
    assert {one.what for one in found_[1:]} <= {"tail_cut", "chain"}


def test_the_line_before_the_last_taken_out_and_the_last_moved_up(path: Path) -> None:
    last = count(path)
    spoil(path, remove_line(last - 1), *renumber(last - 1, -1))
    first = problems(path)[0]
    assert (first.what, first.position) == ("removed", last - 1)


def insert(path: Path, position: int, author: str = "z" * 12, fits: bool = False) -> None:
    """Put a line of ``author`` at ``position``, made to continue the line before if ``fits``."""
    spoil(path, *renumber(position - 1, 1))
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        line = list(connection.execute("SELECT * FROM journal WHERE position = 6").fetchone())
        authored = line[2:16]
        authored[0], authored[1], authored[AUTHORED.index("parents")] = author, 1, ""
        form = canonical(tuple(authored))
        (previous,) = connection.execute(
            "SELECT chain FROM journal WHERE position = ?", (position - 1,)
        ).fetchone()
        head = chained(previous, position, identity(form), form, "") if fits else "0" * 64
        row = (position, identity(form), *authored, "", head)
        connection.execute(f"INSERT INTO journal VALUES ({', '.join('?' * len(row))})", row)


@pytest.mark.parametrize("fits", [False, True])
def test_a_line_put_in_is_found_even_if_it_fits_what_stands_before(path: Path, fits: bool) -> None:
    insert(path, 9, fits=fits)
    found_ = [one for one in problems(path) if one.position is not None]
    assert (found_[0].what, found_[0].position) == ("inserted", 9)
    assert found_[0].sentence.endswith("是后来插入的。")
    assert {one.what for one in found_[1:]} <= {"chain"}  # what backups and profile remember


def test_a_line_put_in_before_the_last_is_found(path: Path) -> None:
    last = count(path)
    insert(path, last)
    assert ("inserted", last) in {(one.what, one.position) for one in problems(path)}


def test_two_lines_put_in_are_both_named(path: Path) -> None:
    insert(path, 9, "y" * 12)
    insert(path, 9, "z" * 12)
    named = {one.position for one in problems(path) if one.what == "inserted"}
    assert named == {9, 10}


def test_a_line_put_at_the_end_is_found_by_the_tables(path: Path) -> None:
    last = count(path)
    insert(path, last + 1, fits=True)
    assert whats(path) == {"table"}


def exchange(path: Path, one: int, other: int) -> None:
    """Let two lines change places, all they say and their chains included."""
    spoil(
        path,
        f"UPDATE journal SET position = -1 WHERE position = {one}",
        f"UPDATE journal SET position = {one} WHERE position = {other}",
        f"UPDATE journal SET position = {other} WHERE position = -1",
    )


@pytest.mark.parametrize(("one", "other"), [(6, 7), (6, 9), (5, -1), (-2, -1)])
def test_two_lines_exchanged_are_both_named(path: Path, one: int, other: int) -> None:
    last = count(path) + 1
    one, other = (at if at > 0 else last + at for at in (one, other))
    exchange(path, one, other)
    named = [(one.what, one.position) for one in problems(path) if one.what != "parent"]
    assert named[:2] == [("reordered", one), ("reordered", other)]
    assert {what for what, _ in named[2:]} <= {"chain", "tail_cut"}
    anchored = {"留下的校验值不符", "调换"}
    assert all(any(word in one.sentence for word in anchored) for one in problems(path))


def test_lines_shuffled_are_named_from_the_first_on(path: Path) -> None:
    for one, other in ((6, 9), (7, 9), (8, 11), (10, 11)):
        exchange(path, one, other)
    found_ = [one for one in problems(path) if one.what != "parent"]
    assert (found_[0].what, found_[0].position) == ("reordered", 6)
    assert {one.what for one in found_} <= {"reordered", "inserted", "removed", "chain"}


def test_an_authors_numbers_tell_what_stands_astray(tmp_path: Path) -> None:
    def said(*numbers: int) -> str:
        """What is said of the second line of an author whose lines have these numbers."""
        with closing(bookfile.connect(Path(":memory:"))) as connection:
            bookfile.format_file(connection, "memory")
            store = Store(connection, "memory")
            for number in numbers:
                entry = Entry("a", number, "", "", 1, "project", "r", {}, batch="a-1")
                store.journal.append(entry.columns())
            return chain._by_numbers(store, list(store.journal.lines())[1])

    assert said(1, 2, 3) == "chain"
    assert said(1, 3, 4) == "removed"
    assert said(1, 3, 2) == "reordered"
    assert said(2, 1, 3) == "reordered"


@pytest.mark.parametrize(("from_", "to"), [(6, 9), (9, 6)])
def test_a_line_carried_elsewhere_is_named_where_it_stands(path: Path, from_: int, to: int) -> None:
    spoil(path, f"UPDATE journal SET position = -1 WHERE position = {from_}")
    between = range(from_ + 1, to + 1) if from_ < to else range(from_ - 1, to - 1, -1)
    step = -1 if from_ < to else 1
    for position in between:
        spoil(path, f"UPDATE journal SET position = {position + step} WHERE position = {position}")
    spoil(path, f"UPDATE journal SET position = {to} WHERE position = -1")
    named = [(one.what, one.position) for one in problems(path) if one.what != "chain"]
    assert named == [("reordered", to)]


# A cut tail --------------------------------------------------------------------------------------


def cut(path: Path, keep: int) -> None:
    spoil(path, f"DELETE FROM journal WHERE position > {keep}")


def roll_back(path: Path) -> None:
    """Make the tables fit the journal as it stands, and forget what the book itself noted."""
    from desktop.ledger import folding

    spoil(path, "DELETE FROM anchor")
    connection = workspace.connect(path)
    with closing(connection):
        store = Store(connection, str(path))
        folding.recover(store)
        with store.atomic():
            folding.rebuild(store)


def test_a_cut_tail_is_betrayed_by_the_tables(path: Path) -> None:
    cut(path, count(path) - 1)
    spoil(path, "DELETE FROM anchor")
    shutil.rmtree(path.parent / "profile")
    shutil.rmtree(path.parent / "账本.backups")
    (found_,) = problems(path)
    assert found_.what == "tail_cut"
    assert "周调度台账" in found_.sentence


def test_a_cut_tail_with_tables_rolled_back_is_betrayed_by_the_profile(path: Path) -> None:
    last = count(path)
    cut(path, last - 1)
    roll_back(path)
    found_ = problems(path)
    assert {one.what for one in found_} == {"tail_cut"}
    assert f"上次关闭时已有 {last} 条，现只有 {last - 1} 条" in found_[0].sentence


def test_what_was_seen_is_not_forgotten_by_opening_the_cut_book(path: Path) -> None:
    last = count(path)
    cut(path, last - 1)
    roll_back(path)
    for _ in range(2):
        with opened(path):
            pass
        (found_, *_) = problems(path)
        assert (found_.what, found_.position) == ("tail_cut", last)


def test_a_cut_tail_with_tables_rolled_back_is_betrayed_by_a_backup(path: Path) -> None:
    with opened(path) as book:
        made = backups.before(book, "import")
        assert made is not None
    last = count(path)
    cut(path, last - 1)
    roll_back(path)
    shutil.rmtree(path.parent / "profile")
    (found_,) = problems(path)
    assert (found_.what, found_.position) == ("tail_cut", last)
    assert found_.sentence == f"流水末尾被截去：备份时已有 {last} 条，现只有 {last - 1} 条。"


def test_a_cut_tail_is_betrayed_by_the_note_in_the_book(path: Path) -> None:
    with opened(path) as book:
        backups.backup(book, path.with_name("U盘备份.yzb"))
    cut(path, count(path) - 1)
    shutil.rmtree(path.parent / "profile")
    with opened(path) as book:
        found_ = verify.verify(book).problems
    assert {one.what for one in found_} == {"tail_cut"}
    assert any("备份时已有" in one.sentence for one in found_)


def test_an_empty_journal_under_full_tables_is_found(path: Path) -> None:
    spoil(path, "DELETE FROM journal")
    spoil(path, "DELETE FROM anchor")
    shutil.rmtree(path.parent / "profile")
    shutil.rmtree(path.parent / "账本.backups")
    assert whats(path) == {"tail_cut", "conflict"}


def test_an_anchor_that_a_paper_shows_is_asked(path: Path) -> None:
    with opened(path) as book:
        position, head = book.journal.position, book.journal.head
        assert verify.verify(book, [Anchor(position, head, "第9周周报")]).ok
        (wrong,) = verify.verify(book, [Anchor(position, "0" * 64, "第9周周报")]).problems
        (ahead,) = verify.verify(book, [Anchor(position + 1, head, "第9周周报")]).problems
    assert (wrong.what, wrong.position) == ("chain", position)
    assert "与第9周周报时留下的校验值不符" in wrong.sentence
    assert (ahead.what, ahead.position) == ("tail_cut", position + 1)


# Tables ------------------------------------------------------------------------------------------

CELLS = """
project name = '改'
project total_investment = 1
project remark = NULL
project heads = heads || 'x'
project heads = ''
project conflicts = 0
project removed = 1
project record = 'x'
project name = CAST(X'E4B8FF' AS TEXT)
weekly completed_week = completed_week + 1
weekly period = '2023-W10'
problem needs_level = 0
target remark = '改'
meeting held_on = '2023-03-04'
decision unit = NULL
submission contents = '{}'
reception state = '已退回'
milestone duration = 2
stopped cause = '用地'
sponsor role = '服务专员'
supervision sheet = '挂牌'
explanation text = '改'
unit level = 'township'
book unit = 'x'
book founded = '2000'
scheme version = 9
scheme files = '{'
scheme files = '{}'
scheme removed = 1
""".strip().splitlines()


@pytest.mark.parametrize("cell", CELLS)
def test_a_changed_cell_is_found_and_repaired(path: Path, cell: str) -> None:
    register, _, change_ = cell.partition(" ")
    right, written = rows_of(path), lines(path)
    spoil(path, f"UPDATE {register} SET {change_}")
    assert whats(path) <= {"table", "tail_cut"}
    title = workspace_title(path, register)
    assert any(title in one.sentence for one in problems(path))
    if change_.startswith("heads = heads"):
        return  # Reads like a cut tail, and a cut tail is not papered over.
    with opened(path) as book:
        verify.rebuild(book)
        assert tables(book) == right
        assert clean(book)
    assert lines(path) == written
    assert rows_of(path) == right
    assert problems(path) == []


def workspace_title(path: Path, register: str) -> str:
    with opened(path) as book:
        return book.scheme.register(register).title


def test_a_scheme_forged_in_the_tables_is_given_up_at_once(path: Path) -> None:
    right, true = rows_of(path), "周调度台账"
    spoil(path, f"UPDATE scheme SET files = replace(files, '{true}', '假台账')")
    with opened(path) as book:
        assert book.scheme.register("weekly").title == "假台账"
        verify.rebuild(book)
        assert book.scheme.register("weekly").title == true
        assert tables(book) == right


STATEMENTS = [
    "DELETE FROM weekly",
    "DELETE FROM project WHERE rowid = 1",
    "DELETE FROM scheme",
    "DELETE FROM book",
    "DELETE FROM unit",
    "INSERT INTO project (record, name, heads, conflicts, removed) VALUES ('x', '多出', '', 0, 0)",
    "DELETE FROM conflict",
    "DELETE FROM conflict WHERE rowid = 1",
    "UPDATE conflict SET value = '\"改\"' WHERE rowid = 1",
    "UPDATE conflict SET field = 'name'",
    "UPDATE conflict SET entry = 'x' WHERE rowid = 1",
    "INSERT INTO conflict VALUES ('r', 'project', 'name', 'e', '1')",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_rows_lost_or_added_and_conflicts_altered_are_found_and_repaired(
    path: Path, statement: str
) -> None:
    right, written = rows_of(path), lines(path)
    spoil(path, statement)
    assert whats(path) and whats(path) <= {"table", "conflict"}
    assert ("conflict" in whats(path)) == (
        statement.split()[2 - (statement[0] == "U")] == "conflict"
    )
    with opened(path) as book:
        verify.rebuild(book)
    assert lines(path) == written
    assert rows_of(path) == right
    assert problems(path) == []


@pytest.mark.parametrize("register", ["weekly", "project", "scheme", "unit", "book"])
def test_a_table_or_a_column_taken_away_is_found_and_repaired(path: Path, register: str) -> None:
    right, written = rows_of(path), lines(path)
    for statement in (
        f"DROP TABLE {register}",
        f'ALTER TABLE {register} RENAME COLUMN record TO "id"',
    ):
        spoil(path, "DROP VIEW v_weekly", statement)
        assert "table" in whats(path)
        with opened(path) as book:
            verify.rebuild(book)
        assert problems(path) == []
    assert lines(path) == written
    assert rows_of(path) == right


def test_a_rebuild_that_breaks_off_leaves_all_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoil(path, "UPDATE weekly SET completed_week = 1")
    before = path.read_bytes()

    def fails(*_: object) -> None:
        raise RuntimeError("in the middle")

    with opened(path) as book:
        monkeypatch.setattr("desktop.ledger.folding.rebuild", fails)
        with pytest.raises(RuntimeError):
            verify.rebuild(book)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE journal SET fields = \'{"remark":"改"}\' WHERE position = 6',
        "DELETE FROM journal WHERE position = 8",
        "DELETE FROM journal WHERE position = (SELECT max(position) FROM journal)",
        "UPDATE journal SET fields = '{' WHERE position = 6",
    ],
)
def test_tables_are_not_made_from_a_journal_that_does_not_hold(path: Path, statement: str) -> None:
    """They may be the only place that still says what was written."""
    spoil(path, statement)
    before = path.read_bytes()
    with opened(path) as book, pytest.raises(JournalUnsound, match="未通过核验"):
        verify.rebuild(book)
    assert path.read_bytes() == before


# The file itself ---------------------------------------------------------------------------------


def test_damaged_pages_are_a_problem_of_the_file(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'idx_journal_record'"
        (page,) = connection.execute(sql).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    content = bytearray(path.read_bytes())
    middle = (page - 1) * size + size // 2
    content[middle : middle + size // 2] = bytes(size // 2)
    path.write_bytes(bytes(content))
    assert "file" in whats(path)


def test_an_index_that_lies_is_a_problem_of_the_file(path: Path) -> None:
    """Nothing that is read in order would notice: only what is looked up goes astray."""
    with closing(sqlite3.connect(path)) as connection:
        sql = "SELECT rootpage FROM sqlite_schema WHERE name = 'idx_conflict_record'"
        (page,) = connection.execute(sql).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
        (record,) = connection.execute("SELECT DISTINCT record FROM conflict").fetchone()
    content = path.read_bytes()
    index = content[(page - 1) * size : page * size]
    assert record.encode() in index
    spoilt = index.replace(record.encode(), record[:-1].encode() + b"?")
    path.write_bytes(content[: (page - 1) * size] + spoilt + content[page * size :])
    assert whats(path) == {"file"}


def test_the_head_is_that_of_the_last_line_that_is_there(path: Path) -> None:
    with opened(path) as book:
        book.connection.execute(f"DELETE FROM journal WHERE position = {count(path)}")
        assert verify.verify(book).head == lines(path)[-1][-1]


def test_so_many_problems_and_no_more_are_listed(path: Path) -> None:
    with opened(path) as book, book.batch("import") as batch:
        for at in range(300):
            batch.create("project", {"name": f"项目{at}", "unit": book.unit})
    spoil(path, "UPDATE journal SET operator = '别人'")
    assert len(problems(path)) == 200


def test_progress_is_told_in_thousands(tmp_path: Path) -> None:
    with found(tmp_path / "大账本.yzb") as book:
        with book.batch("import") as batch:
            for at in range(2100):
                batch.create("project", {"name": f"项目{at}", "unit": book.unit})
        steps: list[tuple[int, int]] = []
        assert verify.verify(book, progress=lambda *step: steps.append(step)).ok
    assert steps == [(1000, 2103), (2000, 2103)]
