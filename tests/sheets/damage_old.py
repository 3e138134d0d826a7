"""Damage as only an xls has it: sound OLE2 files whose records are not what they should be."""

from __future__ import annotations

import random
import struct
from collections.abc import Callable
from pathlib import Path

from tests.sheets import biff
from tests.sheets.biff import Record

Records = list[Record]
Change = Callable[[Records, random.Random], Records]
SST, CONTINUE, XF, FORMAT, MERGED, MULBLANK, BOOLERR, DATEMODE = (
    *(0xFC, 0x3C, 0xE0, 0x041E, 0xE5, 0xBE, 0x0205, 0x22),
)
LABELSST, RK, MULRK, STRING = 0xFD, 0x027E, 0xBD, 0x0207
#: Records that hold cells: row and column first.
CELLS = (LABELSST, RK, MULRK, MULBLANK, BOOLERR, biff.LABEL, biff.NUMBER, biff.FORMULA)


def damaged(path: Path, dice: random.Random) -> bytes:
    """A copy of an xls with one kind of damage to its records."""
    return file_with(path, dice.choice(sorted(RECORDS)), dice)


def file_with(path: Path, kind: str, dice: random.Random) -> bytes:
    """A copy of an xls with this kind of damage."""
    return biff.file_of(biff.stream_of(RECORDS[kind](biff.records_of(path), dice)))


def _one(records: Records, dice: random.Random, *kinds: int) -> int:
    """One of the records of these kinds, or of all where there is none."""
    found = [number for number, (kind, _) in enumerate(records) if kind in kinds]
    return dice.choice(found or range(len(records)))


def _with(records: Records, number: int, *put: Record) -> Records:
    return [*records[:number], *put, *records[number + 1 :]]


def _packed(*kinds: int, at: int, form: str, values: tuple[int, ...]) -> Change:
    """Puts one of ``values`` into a record of these kinds."""

    def change(records: Records, dice: random.Random) -> Records:
        number = _one(records, dice, *kinds)
        kind, body = records[number]
        new = struct.pack(f"<{form}", dice.choice(values))
        return _with(records, number, (kind, body[:at] + new + body[at + len(new) :]))

    return change


def _noise(records: Records, dice: random.Random) -> Records:
    number = _one(records, dice)
    kind, body = records[number]
    return _with(records, number, (kind, dice.randbytes(len(body))))


def _shorter(records: Records, dice: random.Random) -> Records:
    number = _one(records, dice)
    kind, body = records[number]
    return _with(records, number, (kind, body[: dice.randrange(len(body) + 1)]))


def _longer(records: Records, dice: random.Random) -> Records:
    number = _one(records, dice)
    kind, body = records[number]
    return _with(records, number, (kind, body + dice.randbytes(dice.randrange(1, 300))))


def _swapped(records: Records, dice: random.Random) -> Records:
    one, other = sorted((_one(records, dice), _one(records, dice)))
    changed = list(records)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def _other_kind(records: Records, dice: random.Random) -> Records:
    number = _one(records, dice)
    kinds = (*CELLS, SST, XF, FORMAT, MERGED, biff.BOF, biff.EOF, biff.ROW, 0x2F, 0xFFFF)
    return _with(records, number, (dice.choice(kinds), records[number][1]))


def _without(*kinds: int) -> Change:
    return lambda records, dice: _with(records, _one(records, dice, *kinds))


def _twice(*kinds: int) -> Change:
    def change(records: Records, dice: random.Random) -> Records:
        number = _one(records, dice, *kinds)
        return _with(records, number, records[number], records[number])

    return change


def _parted(records: Records, dice: random.Random) -> Records:
    """A record goes on in a CONTINUE, cut anywhere."""
    number = _one(records, dice, SST)
    kind, body = records[number]
    at = dice.randrange(len(body) + 1)
    return _with(records, number, (kind, body[:at]), (CONTINUE, body[at:]))


def _formula_of(value: bytes) -> Change:
    def change(records: Records, dice: random.Random) -> Records:
        number = _one(records, dice, *CELLS)
        place = records[number][1][:6].ljust(6, b"\0")
        body = place + value + bytes(6) + struct.pack("<H", 9) + dice.randbytes(9)
        return _with(records, number, (biff.FORMULA, body))

    return change


BIG = (0, 255, 256, 0x3FFF, 0x7FFF, 0xFFFE, 0xFFFF)
COUNTS = (0, 1, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF)
RECORDS: dict[str, Change] = {
    "noise in a record": _noise,
    "a record cut short": _shorter,
    "a record with more than it holds": _longer,
    "two records in each other's place": _swapped,
    "a record of another kind": _other_kind,
    "a record lost": _without(),
    "a record twice": _twice(),
    "an end lost": _without(biff.EOF),
    "an end too early": _twice(biff.EOF),
    "a beginning lost": _without(biff.BOF),
    "sheets within sheets": _twice(biff.BOF),
    "a version that never was": _packed(biff.BOF, at=0, form="H", values=BIG),
    "a row far down": _packed(*CELLS, at=0, form="H", values=BIG),
    "a column far out": _packed(*CELLS, at=2, form="H", values=BIG),
    "a style that does not exist": _packed(*CELLS, at=4, form="H", values=BIG),
    "a format that does not exist": _packed(XF, at=2, form="H", values=BIG),
    "a format that is none": _packed(FORMAT, at=2, form="H", values=BIG),
    "texts without end": _packed(SST, at=4, form="I", values=COUNTS),
    "a text longer than its record": _packed(SST, at=8, form="H", values=BIG),
    "a text of a kind nobody knows": _packed(SST, at=10, form="B", values=(0x0C, 0x55, 0xFF)),
    "texts cut in two anywhere": _parted,
    "no texts": _without(SST),
    "a text beyond the table": _packed(LABELSST, at=6, form="I", values=COUNTS),
    "a number that is none": _packed(RK, biff.NUMBER, at=6, form="I", values=COUNTS),
    "a formula that is none": _formula_of(bytes(8)),
    "a formula whose text does not follow": _formula_of(bytes(6) + b"\xff\xff"),
    "a formula with an unknown error": _formula_of(b"\x02\x00\x99\x00\x00\x00\xff\xff"),
    "merges without end": _packed(MERGED, at=0, form="H", values=BIG),
    "a merge turned round": _packed(MERGED, at=2, form="H", values=BIG),
    "a sheet's name without end": _packed(biff.BOUNDSHEET, at=6, form="B", values=(0, 127, 255)),
    "a sheet of an unknown kind": _packed(biff.BOUNDSHEET, at=5, form="B", values=(1, 6, 99)),
    "a code page nobody knows": _packed(biff.CODEPAGE, at=0, form="H", values=(0, 1, 936, 65535)),
    "days counted from elsewhere": _packed(DATEMODE, at=0, form="H", values=(1, 7, 65535)),
}
