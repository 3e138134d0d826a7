"""Files made to take all time and memory: each gives cells or a sentence, in the time allowed."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop.sheets.proposing import propose
from desktop.sheets.workbook import reading, refusals
from tests.sheets.attacks import ATTACKS
from tests.sheets.hostile import sheet
from tests.sheets.making import investment

#: What only the clock ends; all others are read or refused long before.
ENDLESS = frozenset(
    {
        "a cell named without end",
        "all columns hidden a million times",
        "one sheet under four thousand names",
        "xls: all columns hidden again and again",
        "xls: texts that go on without end",
    }
)
#: The ten seconds are measured in the benchmark; a test on a busy machine waits longer.
SECONDS, SHORT = 40.0, 1.0


@pytest.mark.parametrize("kind", [kind for kind in ATTACKS if kind not in ENDLESS])
def test_an_attack_is_read_or_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "来表.xlsx"
    path.write_bytes(ATTACKS[kind]())
    try:
        found = propose(reading.read(path, seconds=SECONDS), investment())
    except refusals.SheetsRefusal as refusal:
        assert "来表.xlsx" in refusal.sentence
        assert refusal.advice
        assert not isinstance(refusal, refusals.WorkbookTooSlow)
    else:
        assert all(record.label for record in found.projects)


@pytest.mark.parametrize("kind", sorted(ENDLESS))
def test_what_has_no_end_is_ended(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "来表.xlsx"
    path.write_bytes(ATTACKS[kind]())
    with pytest.raises(refusals.WorkbookTooSlow, match="来表"):
        reading.read(path, seconds=SHORT)


@pytest.mark.parametrize(
    ("kind", "why"),
    [("two sheets of one name", "重名"), ("ods: two sheets of one name", "重名")],
)
def test_what_would_be_lost_without_a_word_is_refused(tmp_path: Path, kind: str, why: str) -> None:
    path = tmp_path / "来表.xlsx"
    path.write_bytes(ATTACKS[kind]())
    with pytest.raises(refusals.WorkbookHostile, match=why):
        reading.read(path)


@pytest.mark.parametrize("order", [(b"9", b"2"), (b"2", b"2")])
def test_rows_out_of_their_order_are_refused(tmp_path: Path, order: tuple[bytes, bytes]) -> None:
    """The parser keeps only what comes in order; the control is read whole."""
    path = tmp_path / "来表.xlsx"
    for numbers, refused in ((order, True), ((b"2", b"9"), False)):
        rows = b"".join(b'<row r="%s"><c r="A%s"><v>1</v></c></row>' % (n, n) for n in numbers)
        path.write_bytes(sheet(rows))
        if refused:
            with pytest.raises(refusals.WorkbookHostile, match="次序"):
                reading.read(path)
        else:
            found = reading.read(path).sheets[0].rows
            assert [row[0] for row in found if row[0] != ""] == [1.0, 1.0]
