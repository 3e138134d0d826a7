"""Every hostile file gives cells or a sentence, never a fault; no child outgrows its memory."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.errors import NotFound
from desktop.sheets.proposing import propose
from desktop.sheets.workbook import child, gate, reading, refusals
from tests.sheets import biff, damage_old, damage_open
from tests.sheets.damage import DATA, damaged, of_every_format
from tests.sheets.hostile import KINDS, OLD, table, text, zipped
from tests.sheets.making import investment, read_here

OPEN = DATA / "formats" / "空冢郭镇周调度台账.ods"

#: What an ordinary small file may take; the child's own limits are wider.
SECONDS = 10.0


@pytest.mark.parametrize("kind", KINDS)
def test_a_hostile_file_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "来表.xlsx"
    path.write_bytes(KINDS[kind]())
    try:
        found = propose(reading.read(path, seconds=SECONDS), investment())
    except refusals.SheetsRefusal as refusal:
        assert "来表.xlsx" in refusal.sentence
        assert not isinstance(refusal, refusals.WorkbookTooSlow)
    else:
        assert all(record.label for record in found.projects)


def test_there_are_at_least_thirty_kinds() -> None:
    assert len(KINDS) >= 30


MEASURE = """
import resource, subprocess, sys
subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""


@pytest.mark.parametrize("kind", ["a million columns", "ods: a million repeated rows", "deep"])
def test_no_child_takes_more_memory_than_it_may(tmp_path: Path, kind: str) -> None:
    """Its largest size in kilobytes, asked by a small process: a large one's counts for its own."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(KINDS.get(kind, KINDS["tags two hundred thousand deep"])())
    command = reading.command("ods" if "ods" in kind else "xlsx", path)
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], check=True, capture_output=True, text=True
    )
    assert 0 < int(done.stdout) < child.MEMORY >> 10


def test_a_manifest_that_cannot_be_inflated_is_damage(tmp_path: Path) -> None:
    """The gate itself looks into an ods' manifest: found by damaging files at random."""
    path = tmp_path / "a.ods"
    parts = {"mimetype": gate.ODS, "META-INF/manifest.xml": b"<manifest/>" * 50, "content.xml": b""}
    data = bytearray(zipped(parts))
    at = data.find(b"META-INF/manifest.xml") + len("META-INF/manifest.xml")
    data[at : at + 6] = b"\xff" * 6
    path.write_bytes(bytes(data))
    with pytest.raises(refusals.WorkbookDamaged):
        reading.read(path)


def test_numbers_that_are_none_are_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(table(text(b"A2", b"a"), text(b"B2", b"1e999")))
    (question,) = propose(read_here(path), investment()).questions
    assert (question.field, question.value) == ("total_investment", None)


def test_a_folder_a_pipe_and_a_link_to_itself_are_no_files(tmp_path: Path) -> None:
    folder, pipe, link = (tmp_path / f"{name}.xlsx" for name in ("folder", "pipe", "link"))
    folder.mkdir()
    os.mkfifo(pipe)
    link.symlink_to(link)
    for path in (folder, pipe):
        with pytest.raises(refusals.NotAWorkbook) as raised:
            reading.read(path)
        assert path.name in raised.value.sentence
    with pytest.raises(NotFound):
        reading.read(link)


@pytest.mark.parametrize("path", of_every_format(), ids=lambda path: path.name)
def test_damaged_workbooks_are_read_or_refused(path: Path, tmp_path: Path) -> None:
    """A share of the thousand that the benchmark tries."""
    dice = random.Random(path.name)
    copy = tmp_path / f"copy{path.suffix}"
    for _ in range(12):
        copy.write_bytes(damaged(path, dice))
        try:
            propose(read_here(copy), investment())
        except refusals.SheetsRefusal as refusal:
            assert copy.name in refusal.sentence


def through_the_child(path: Path) -> None:
    """Read or refused, by the child, whose limits some damage needs."""
    try:
        propose(reading.read(path, seconds=SECONDS), investment())
    except refusals.SheetsRefusal as refusal:
        assert path.name in refusal.sentence
        assert not isinstance(refusal, refusals.WorkbookTooSlow)


@pytest.mark.parametrize("kind", damage_old.RECORDS)
def test_an_xls_of_unsound_records_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "旧表.xls"
    path.write_bytes(damage_old.file_with(OLD, kind, random.Random(kind)))
    through_the_child(path)


@pytest.mark.parametrize("kind", damage_open.CONTENTS)
def test_an_ods_of_unsound_content_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "来表.ods"
    path.write_bytes(damage_open.file_with(OPEN, kind, random.Random(kind)))
    through_the_child(path)


def test_only_the_damage_makes_the_difference(tmp_path: Path) -> None:
    """An xls taken apart and put together again is what it was."""
    path = tmp_path / OLD.name
    path.write_bytes(biff.file_of(biff.stream_of(biff.records_of(OLD))))
    assert read_here(path) == read_here(OLD)
