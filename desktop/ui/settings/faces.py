"""Which faces the papers are set in: the bundled ones, and the office's own where it has them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.reports import office_fonts

#: Each role: its key, what it is used for, its official face, the bundled one.
ROLES: tuple[tuple[str, str, str, str], ...] = (
    ("title", "标题、红头", "方正小标宋", "自带宋体（特粗）"),
    ("hei", "一级标题、表头", "黑体", "自带黑体"),
    ("kai", "二级标题、姓名", "楷体_GB2312", "自带楷体"),
    ("fang", "正文", "仿宋_GB2312", "自带仿宋"),
    ("song", "表格、页码", "宋体", "自带宋体"),
)


class FaceRow(msgspec.Struct, frozen=True):
    """One role: its use, its official face, the office's font file ("" for none), the stand-in."""

    use: str
    official: str
    found: str
    folder: str
    bundled: str


def face_rows(folders: list[Path] | None = None) -> tuple[FaceRow, ...]:
    """Look through the system's fonts, which takes seconds where there are many."""
    found = office_fonts.find_office_fonts(folders)
    rows = []
    for role, use, official, bundled in ROLES:
        path = found[role][0] if role in found else None
        name, folder = (path.name, str(path.parent)) if path else ("", "")
        rows.append(FaceRow(use, official, name, folder, bundled))
    return tuple(rows)
