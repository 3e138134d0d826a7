"""What a verification means: one verdict, one sentence, what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.ledger import verify
from desktop.ledger.chain import Problem, What
from desktop.ledger.verify import Verification
from desktop.ui.settings.findings import Verdict, finding
from tests.ledger import books


def found(*whats: What) -> Verification:
    problems = tuple(Problem(None, None, what, f"{what} 不对。") for what in whats)
    return Verification(not problems, 120, "ab" * 32, problems)


@pytest.mark.parametrize(
    ("whats", "verdict"),
    [
        ((), "sound"),
        (("attachment",), "beside"),
        (("table",), "repairable"),
        (("table", "attachment", "structure"), "repairable"),
        (("table", "chain"), "unsound"),
        (("tail_cut",), "unsound"),
        (("attachment", "changed"), "unsound"),
    ],
)
def test_the_gravest_problem_decides(whats: tuple[What, ...], verdict: Verdict) -> None:
    said = finding(found(*whats))
    assert said.verdict == verdict
    assert said.details == tuple(f"{what} 不对。" for what in whats)
    assert said.advice


def test_a_sound_book_is_told_with_its_entries_and_head(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        said = finding(verify.verify(book))
        assert (said.verdict, said.details) == ("sound", ())
        assert f"{book.journal.position} 条流水" in said.sentence
        assert book.journal.head[:12] in said.advice


def test_a_table_that_was_tampered_with_can_be_rebuilt(tmp_path: Path) -> None:
    with books.found(tmp_path / "a.yzb") as book:
        book.connection.execute("UPDATE unit SET name = '别处'")
        assert finding(verify.verify(book)).verdict == "repairable"
        verify.rebuild(book)
        assert finding(verify.verify(book)).verdict == "sound"
