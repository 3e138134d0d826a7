"""Names made plain, the record before, and what an expression may not do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop import paths
from desktop.ledger import expressions, scheme, workspace
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.expressions import BadExpression, guarded, qualify, source
from desktop.ledger.workspace import Book

WAN = 10_000


@pytest.fixture(scope="module")
def shipped() -> Scheme:
    return scheme.load(paths.scheme_folder("investment"))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    folder = tmp_path_factory.mktemp("book")
    with workspace.create(folder / "d.yzb", "源汇区", profile=folder) as made:
        yield made


@pytest.fixture
def empty() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE TABLE t (a INTEGER)")
    yield connection
    connection.close()


# Names --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("completed_week > 0", 'this."completed_week" > 0'),
        ("last.completed_year", 'last."completed_year"'),
        ("subject.state = '在建'", "subject.\"state\" = '在建'"),
        ("this.record", 'this."record"'),
        ("'completed_week' = 'it''s'", "'completed_week' = 'it''s'"),
        ("max(completed_week, 0)", 'max(this."completed_week", 0)'),
        ("period = :period", 'this."period" = :period'),
        (
            "(SELECT max(w.completed_week) FROM weekly AS w WHERE w.project = this.project)",
            '(SELECT max(w.completed_week) FROM weekly AS w WHERE w.project = this."project")',
        ),
        ("5 - -3", "5 - -3"),
    ],
)
def test_names_are_made_plain(shipped: Scheme, written: str, plain: str) -> None:
    assert qualify(written, shipped, shipped.register("weekly"), "试") == plain


def test_a_formula_is_written_out(shipped: Scheme) -> None:
    found = qualify("completion_rate > 1", shipped, shipped.register("weekly"), "试")
    assert found == ('(this."completed_year" * 1.0 / nullif(subject."annual_plan", 0)) > 1')
    assert (found.subject, found.earlier) == (True, 0)
    assert found.columns == {"completed_year", "subject.annual_plan"}


def test_an_expression_says_what_it_reads(shipped: Scheme) -> None:
    text = "needs IS NULL AND last2.needs = last.needs AND period < :period AND this.record > ''"
    found = qualify(text, shipped, shipped.register("weekly"), "试")
    assert (found.earlier, found.subject, found.names) == (2, False, ("needs", "period"))
    assert found.columns == {"needs", "last.needs", "last2.needs", "period", "record"}
    assert found.parameters == {"period"}


def test_flat_names_are_columns_of_one_table(shipped: Scheme) -> None:
    text = "completion_rate > last . completed_week AND last3.record IS NULL"
    assert qualify(text, shipped, shipped.register("weekly"), "试", flat=True) == (
        '(this."completed_year" * 1.0 / nullif(this."subject.annual_plan", 0))'
        ' > this . "last.completed_week" AND this."last3.record" IS NULL'
    )


@pytest.mark.parametrize(
    ("register", "written", "reason"),
    [
        ("weekly", "last.weather", "没有栏目 last.weather"),
        ("weekly", "subject.weather", "没有栏目 subject.weather"),
        ("weekly", "this.weather", "没有栏目 this.weather"),
        ("weekly", "last.completion_rate", "是公式"),
        ("weekly", "this.completion_rate", "是公式"),
        ("project", "last.name", "不是台账"),
        ("problem", "last2.problem", "不是台账"),
        ("project", "subject.name", "没有 subject"),
        ("weekly", "1; DELETE FROM journal", "分号"),
        ("weekly", "1 -- rest", "注释"),
        ("weekly", "1 /* rest */", "注释"),
        ("weekly", "1) OR (1", "括号"),
        ("weekly", "(1", "括号"),
    ],
)
def test_what_cannot_be_meant_is_refused(
    shipped: Scheme, register: str, written: str, reason: str
) -> None:
    with pytest.raises(BadExpression) as refused:
        qualify(written, shipped, shipped.register(register), "试")
    assert reason in refused.value.reason
    assert refused.value.where == "试"


def test_signs_within_texts_are_no_signs(shipped: Scheme) -> None:
    text = "remark <> ';' AND remark <> '--' AND remark <> ')' AND remark <> ':period'"
    found = qualify(text, shipped, shipped.register("weekly"), "试")
    assert found.parameters == frozenset()


def test_a_formula_that_uses_itself_is_refused(shipped: Scheme) -> None:
    field = scheme.Field(name="a", title="甲", type="number", formula="b + 1")
    other = scheme.Field(name="b", title="乙", type="number", formula="a + 1")
    register = Register(name="round", title="圈", shape="file", field=(field, other))
    with pytest.raises(BadExpression, match="用到了它自己"):
        qualify("a", shipped, register, "试")


# The record before --------------------------------------------------------------------------


def before(book: Book, project: str, period: str) -> tuple[str | None, ...]:
    """The periods of the three records before."""
    register = book.scheme.register("weekly")
    row = book.connection.execute(
        f"SELECT last.period, last2.period, last3.period FROM {source(register, 3, False)}"
        " WHERE this.project = ? AND this.period = ? AND this.removed = 0",
        (project, period),
    ).fetchone()
    return tuple(row)


def test_the_record_before_is_the_subjects_of_the_same_year(book: Book) -> None:
    weeks = ("2022-W52", "2023-W01", "2023-W02", "2023-W04", "2023-W05")
    with book.batch("create") as batch:
        fields = {"unit": book.unit, "state": "在建", "total_investment": 100 * WAN}
        one, other = (batch.create("project", {"name": name, **fields}) for name in "甲乙")
        rows = [batch.create("weekly", {"project": one, "period": week}) for week in weeks]
        batch.create("weekly", {"project": other, "period": "2023-W03"})
    assert before(book, one, "2023-W05") == ("2023-W04", "2023-W02", "2023-W01")
    assert before(book, one, "2023-W02") == ("2023-W01", None, None)
    assert before(book, one, "2023-W01") == (None, None, None)
    assert before(book, one, "2022-W52") == (None, None, None)
    assert before(book, other, "2023-W03") == (None, None, None)
    with book.batch("remove") as batch:
        batch.remove("weekly", rows[2])
    assert before(book, one, "2023-W05") == ("2023-W04", "2023-W01", None)


def test_the_record_before_has_the_same_keys(book: Book) -> None:
    register = book.scheme.register("target")
    fields = {"unit": book.unit, "basis": "金额"}
    with book.batch("create") as batch:
        for period, indicator, category in (
            ("2023-01", "入库", "工业"),
            ("2023-02", "入库", None),
            ("2023-03", "开工", "工业"),
            ("2023-04", "入库", "工业"),
            ("2023-05", "入库", None),
        ):
            keys = {"period": period, "indicator": indicator, "category": category}
            batch.create("target", {**fields, **keys})
    rows = book.connection.execute(
        f"SELECT this.period, last.period FROM {source(register, 1, False)} ORDER BY this.period"
    ).fetchall()
    assert rows == [
        ("2023-01", None),
        ("2023-02", None),
        ("2023-03", None),
        ("2023-04", "2023-01"),
        ("2023-05", "2023-02"),
    ]


# Behind the authorizer ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT a, abs(a), round(1.5), a LIKE 'x', CAST(a AS TEXT) FROM t",
        "SELECT count(*) OVER (ORDER BY a) FROM t",
        "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 9) SELECT n FROM c",
        "SELECT j.value FROM json_each('[1, 2]') AS j",
    ],
)
def test_reading_and_the_listed_functions_are_allowed(
    empty: sqlite3.Connection, statement: str
) -> None:
    with guarded(empty, "试"):
        empty.execute(statement).fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM t",
        "INSERT INTO t VALUES (1)",
        "UPDATE t SET a = 1",
        "DROP TABLE t",
        "CREATE TEMP TABLE x (a)",
        "CREATE VIEW x AS SELECT 1",
        "ATTACH DATABASE ':memory:' AS x",
        "PRAGMA user_version = 7",
        "PRAGMA table_info('t')",
        "SELECT * FROM pragma_table_info('t')",
        "BEGIN",
        "SAVEPOINT x",
        "SELECT load_extension('x')",
        "SELECT randomblob(9)",
        "SELECT zeroblob(9)",
        "SELECT current_timestamp",
        "SELECT sqlite_version()",
        "SELECT last_insert_rowid()",
    ],
)
def test_everything_else_is_refused(empty: sqlite3.Connection, statement: str) -> None:
    with pytest.raises(BadExpression, match="不允许") as refused, guarded(empty, "试"):
        empty.execute(statement).fetchall()
    assert refused.value.where == "试"
    empty.execute("INSERT INTO t VALUES (1)")  # outside, the connection writes as before
    assert empty.execute("SELECT count(*) FROM t").fetchone() == (1,)
    assert empty.execute("PRAGMA user_version").fetchone() == (0,)


@pytest.mark.parametrize(
    ("statement", "reason"),
    [
        ("SELECT this.weather FROM t AS this", "没有栏目“weather”"),
        ("SELECT 1 FROM weather", "没有册“weather”"),
        ("SELECT weather(1)", "没有函数“weather”"),
        ("SELECT 1 > > 2", "“>”附近的写法不对"),
        ("SELECT (1", "没有写完，可能少了括号或引号"),
    ],
)
def test_reasons_are_in_chinese(empty: sqlite3.Connection, statement: str, reason: str) -> None:
    with pytest.raises(BadExpression) as refused, guarded(empty, "试"):
        empty.execute(statement)
    assert refused.value.reason == reason
    assert reason in str(refused.value)


ENDLESS = "WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) FROM c"


def test_an_endless_statement_is_stopped(empty: sqlite3.Connection) -> None:
    stopped = pytest.raises(BadExpression, match="运算步数超过上限")
    with stopped, guarded(empty, "试", steps=2_000_000):
        empty.execute(ENDLESS).fetchall()
    with guarded(empty, "试"):
        bounded = ENDLESS.replace("FROM c)", "FROM c LIMIT 100000)")
        assert empty.execute(bounded).fetchone() == (100_000,)


def test_the_bound_counts_every_statement_within(empty: sqlite3.Connection) -> None:
    half = ENDLESS.replace("FROM c)", "FROM c LIMIT 150000)")  # more than a million steps
    with guarded(empty, "试", steps=3_000_000):
        empty.execute(half).fetchone()
    with pytest.raises(BadExpression), guarded(empty, "试", steps=3_000_000):
        for _ in range(3):
            empty.execute(half).fetchone()


def test_a_text_of_gigabytes_is_refused(empty: sqlite3.Connection) -> None:
    many = "printf('%.5000c', 'x')"
    statement = f"SELECT length(replace({many}, 'x', {many}))"
    with pytest.raises(BadExpression, match="太长"), guarded(empty, "试"):
        empty.execute(statement).fetchone()
    assert empty.execute(statement).fetchone() == (25_000_000,)


@pytest.mark.parametrize("code", [sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_IOERR_READ])
def test_errors_of_the_file_are_not_the_expressions(empty: sqlite3.Connection, code: int) -> None:
    error = sqlite3.DatabaseError("trouble")
    error.sqlite_errorcode = code
    with pytest.raises(sqlite3.DatabaseError) as passed, guarded(empty, "试"):
        raise error
    assert passed.value is error
    empty.execute("DELETE FROM t")


def test_the_list_of_functions_names_functions(tmp_path: Path) -> None:
    with workspace.create(tmp_path / "d.yzb", "源汇区") as book:
        known = {
            name for (name,) in book.connection.execute("SELECT name FROM pragma_function_list")
        }
    assert expressions.FUNCTIONS - known == {"json_each"}  # a table-valued one
