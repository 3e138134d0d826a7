"""A power cut at any moment of a morning's work: nothing that was said to be saved is lost."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.ledger import power, power_runs

CUTS = 400

pytestmark = pytest.mark.skipif(
    not power.available(), reason="SQLite is not a library of the system here"
)


def test_nothing_saved_is_lost_and_nothing_is_half(tmp_path: Path) -> None:
    recording, before = power_runs.worked(tmp_path)
    kinds = {(event.kind, event.name) for event in recording.events}
    assert {("truncate", "book.yzb-journal"), ("sync", "book.yzb-journal")} <= kinds
    found = power.cuts(recording, before, tmp_path, CUTS, Random(1), power_runs.judged)
    assert found == {"": CUTS}


def test_control_a_book_that_does_not_wait_for_the_disk_is_found_out(tmp_path: Path) -> None:
    recording, before = power_runs.worked(tmp_path, "OFF")
    found = power.cuts(recording, before, tmp_path, CUTS, Random(1), power_runs.judged)
    assert found["corrupt"] > 20 and found["lost"] > 20


def test_control_a_deleted_journal_may_come_back(tmp_path: Path) -> None:
    """Why a book cuts its journal and does not delete it: SQLite's own habit loses the last act."""
    recording, before = power_runs.worked(tmp_path, journal="DELETE")
    found = power.cuts(recording, before, tmp_path, CUTS, Random(1), power_runs.judged)
    assert found["lost"] > 20 and "corrupt" not in found
