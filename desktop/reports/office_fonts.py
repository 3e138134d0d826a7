"""The office's own official fonts, looked for in the system's font folders.

Township and county offices have 方正小标宋, 仿宋_GB2312, 楷体_GB2312, 黑体 and 宋体 installed,
under many file names; each font is recognised by the family names inside it. Taken are only those
with TrueType outlines whose makers allow embedding (OS/2 fsType, OpenType specification).
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path
from struct import unpack_from

# Family names in order of preference, as Windows, WPS and 方正 write them.
FAMILIES: dict[str, tuple[str, ...]] = {
    "title": ("方正小标宋_GBK", "方正小标宋_GB18030", "方正小标宋简体", "FZXiaoBiaoSong-B05S"),
    "hei": ("黑体", "SimHei", "方正黑体_GBK", "方正黑体简体"),
    "kai": ("楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi", "方正楷体_GBK"),
    "fang": ("仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong", "方正仿宋_GBK"),
    "song": ("宋体", "SimSun", "方正书宋_GBK"),
}
_NO_EMBEDDING = 0x0002
_BITMAPS_ONLY = 0x0200


def font_folders() -> list[Path]:
    """Where this system keeps fonts, for everyone and for this person."""
    if sys.platform == "win32":
        own = Path(os.environ.get("LOCALAPPDATA", "")) / "Microsoft" / "Windows" / "Fonts"
        return [Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts", own]
    home = Path.home()
    return [
        Path("/usr/share/fonts"),
        Path("/usr/local/share/fonts"),
        home / ".local/share/fonts",
        home / ".fonts",
    ]


def find_office_fonts(folders: list[Path] | None = None) -> dict[str, tuple[Path, int]]:
    """Role → font file and its place in a collection; a role without a usable font is left out.

    A file that cannot be read is passed over: the bundled face serves as well.
    """
    wanted = {name: (role, rank) for role in FAMILIES for rank, name in enumerate(FAMILIES[role])}
    best: dict[str, tuple[int, Path, int]] = {}
    for folder in font_folders() if folders is None else folders:
        files = [p for p in folder.rglob("*") if p.suffix.lower() in (".ttf", ".ttc")]
        for path in sorted(files):
            for index, family in _families(path):
                role, rank = wanted.get(family, ("", 0))
                if role and (role not in best or rank < best[role][0]):
                    best[role] = (rank, path, index)
    return {role: (path, index) for role, (_rank, path, index) in best.items()}


def _families(path: Path) -> list[tuple[int, str]]:
    """(index in the collection, family name) of every font in a file that may be embedded."""
    try:
        data = path.read_bytes()
        starts = [0]
        if data[:4] == b"ttcf":
            starts = list(unpack_from(f">{unpack_from('>L', data, 8)[0]}L", data, 12))
        return [(i, name) for i, at in enumerate(starts) for name in _names(data, at)]
    except (OSError, struct.error, UnicodeDecodeError):
        return []


def _names(data: bytes, start: int) -> list[str]:
    tables = {}
    for number in range(unpack_from(">H", data, start + 4)[0]):
        tag, _sum, offset, _length = unpack_from(">4sLLL", data, start + 12 + 16 * number)
        tables[tag] = offset
    if not {b"glyf", b"name", b"OS/2"} <= tables.keys():
        return []
    allowed = unpack_from(">H", data, tables[b"OS/2"] + 8)[0]
    if allowed & 0x000F == _NO_EMBEDDING or allowed & _BITMAPS_ONLY:
        return []
    at = tables[b"name"]
    _format, count, strings = unpack_from(">HHH", data, at)
    names = []
    for number in range(count):
        platform, _encoding, _language, what, length, offset = unpack_from(
            ">6H", data, at + 6 + 12 * number
        )
        if what in (1, 4) and platform in (0, 3):
            raw = data[at + strings + offset : at + strings + offset + length]
            names.append(raw.decode("utf-16-be"))
    return names
