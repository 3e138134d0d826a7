"""Real workbooks damaged at random, as sticks, mails and tools damage them."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

from tests.sheets import damage_old, damage_open
from tests.sheets.making import SAMPLES

DATA = SAMPLES.parent


def of_every_format() -> list[Path]:
    """Sound workbooks: the samples, and one in every format."""
    samples = [path for path in SAMPLES.iterdir() if path.suffix in (".xlsx", ".xls")]
    formats = [path for path in (DATA / "formats").iterdir() if path.suffix != ".json"]
    return sorted([*samples, *formats])


def damaged(path: Path, dice: random.Random) -> bytes:
    """A copy of the file with one damage: to its bytes, or to one part inside its archive."""
    data = path.read_bytes()
    if path.suffix in (".xlsx", ".ods") and dice.random() < 0.6:
        return _inside(data, dice)
    return _bytes(data, dice)


def damaged_by_format(path: Path, dice: random.Random) -> bytes:
    """A copy with one damage of any kind, also such as only its format knows: for the child alone,
    which has limits."""
    own = {".xls": damage_old.damaged, ".ods": damage_open.damaged}.get(path.suffix)
    return own(path, dice) if own is not None and dice.random() < 0.6 else damaged(path, dice)


def _inside(data: bytes, dice: random.Random) -> bytes:
    """A sound archive with one unsound part."""
    copy = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as other:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
        chosen = dice.choice(names)
        for name in archive.namelist():
            part = archive.read(name)
            other.writestr(name, _bytes(part, dice) if name == chosen else part)
    return copy.getvalue()


def _bytes(data: bytes, dice: random.Random) -> bytes:
    """Bytes changed, cut out, doubled, swapped or cut off somewhere."""
    changed = bytearray(data)
    if not changed:
        return b""
    kind, at = dice.randrange(5), dice.randrange(len(changed))
    if kind == 0:
        for _ in range(dice.randrange(1, 20)):
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    elif kind == 1:
        del changed[at : at + dice.randrange(1, 400)]
    elif kind == 2:
        changed[at:at] = changed[at : at + dice.randrange(1, 400)]
    elif kind == 3:
        other = dice.randrange(len(changed))
        piece = bytes(changed[other : other + 64])
        changed[at : at + len(piece)] = piece
    else:
        del changed[at:]
    return bytes(changed)
