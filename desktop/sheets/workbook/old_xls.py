"""Texts of an xls of Excel 5 and 95 (BIFF5) in a Chinese code page, as FoxPro and old statistics
programs still write them.

The parser takes every byte of such a text for a sign of its own. So it is shown a code page whose
signs are bytes, and the bytes are read here. Runs in the child process.
"""

from __future__ import annotations

import struct
from typing import Any

from desktop.sheets.workbook import xls_marks

#: Code pages of two bytes to a sign: Japanese, simplified Chinese, Korean, traditional Chinese.
DOUBLE = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "cp950"}
_PLAIN = 1252


def shown(data: bytes) -> tuple[bytes, str | None]:
    """The file as the parser is to see it, and the encoding of its texts; None for any other."""
    page = _page(data)
    if page is None:
        return data, None
    record = struct.pack("<3H", xls_marks.CODEPAGE, 2, page)
    plain = struct.pack("<3H", xls_marks.CODEPAGE, 2, _PLAIN)
    return data.replace(record, plain, 1), DOUBLE[page]


def _page(data: bytes) -> int | None:
    try:
        return next(
            (
                page
                for kind, body in xls_marks.globals_of(data)
                if kind == xls_marks.CODEPAGE
                and (page := struct.unpack_from("<H", body)[0]) in DOUBLE
            ),
            None,
        )
    except (struct.error, IndexError, ValueError):
        return None


def told(text: Any, encoding: str) -> Any:
    """A text as it was meant; what is no text stays."""
    if not isinstance(text, str) or text.isascii():
        return text
    return b"".join(map(_byte, text)).decode(encoding, "replace")


def _byte(sign: str) -> bytes:
    """The byte of a sign of code page 1252; those that it does not name are themselves."""
    return bytes((ord(sign),)) if ord(sign) < 256 else sign.encode("cp1252", "replace")
