"""The structure of the file: what was dropped, replaced or smuggled in is found and mended."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from desktop.ledger import verify, workspace


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.yzb"
    with workspace.create(file, "空冢郭镇", "township") as book, book.batch("create") as batch:
        project = batch.create("project", {"name": "甲项目", "unit": book.unit})
        batch.create("weekly", {"project": project, "period": "2023-W09", "completed_week": 5})
    return file


@pytest.mark.parametrize(
    "statement",
    [
        "DROP INDEX idx_journal_record",
        "DROP INDEX idx_weekly_project_period",
        "DROP VIEW v_weekly",
        "DROP VIEW v_weekly; CREATE VIEW v_weekly AS SELECT * FROM weekly WHERE 0",
        "CREATE TRIGGER t BEFORE INSERT ON project BEGIN SELECT RAISE(IGNORE); END",
        "CREATE TRIGGER t AFTER INSERT ON journal BEGIN DELETE FROM weekly; END",
        "DROP TABLE conflict",
        "DROP TABLE anchor",
        "DROP TABLE certificate",
        "DROP TABLE covered",
        "DROP INDEX idx_batch_author",
        "DROP TABLE batch",
        "DROP VIEW v_partner",
        "DROP TABLE sent",
        "DROP TABLE milestone",
        "ALTER TABLE weekly RENAME COLUMN remark TO note",
        "ALTER TABLE weekly RENAME TO w; CREATE VIEW weekly AS SELECT * FROM w",
    ],
)
def test_a_changed_structure_is_named_and_a_rebuild_mends_it(path: Path, statement: str) -> None:
    connection = sqlite3.connect(path)
    connection.executescript(statement)
    journal = connection.execute("SELECT * FROM journal ORDER BY position").fetchall()
    connection.close()
    with workspace.open_book(path) as book:
        found = verify.verify(book)
        assert not found.ok
        assert "structure" in {problem.what for problem in found.problems}
        verify.rebuild(book)
        assert verify.verify(book).ok
        assert [row["completed_week"] for row in book.rows("weekly")] == [5]
        with book.batch("create") as batch:
            batch.create("project", {"name": "乙项目", "unit": book.unit})
        assert len(book.rows("project")) == 2
        kept = book.connection.execute(
            "SELECT * FROM journal WHERE position <= ? ORDER BY position", (len(journal),)
        )
        assert kept.fetchall() == journal


def test_what_another_version_of_the_scheme_made_may_stay(path: Path) -> None:
    connection = sqlite3.connect(path)
    connection.executescript("ALTER TABLE weekly ADD COLUMN extra TEXT; CREATE TABLE land (a);")
    connection.close()
    with workspace.open_book(path) as book:
        assert verify.verify(book).ok
