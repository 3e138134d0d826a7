"""Fonts, borders and number formats of written worksheets; one cell maker for all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

#: Faces that every office PC has.
TITLE_FACE, HEADING_FACE, BODY_FACE = "方正小标宋简体", "黑体", "宋体"

_THIN = Side(style="thin", color="FF000000")
_BOX = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_BODY = Font(name=BODY_FACE, size=10.5)
_MIDDLE = Alignment(horizontal="center", vertical="center", wrap_text=True)
_LEFT = Alignment(horizontal="left", vertical="center", wrap_text=True)
_RIGHT = Alignment(horizontal="right", vertical="center")
_PROSE = Alignment(horizontal="left", vertical="top", wrap_text=True)
_HEAVY = Font(name=HEADING_FACE, size=10.5)
#: Sign → colour of a light, as papers print it.
LIGHTS = {"●": "FF0D7A38", "▲": "FFD99400", "■": "FFCC0D17"}
#: With one of these in front a text would be a formula once it is typed again, in full width too.
RISKY = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t")

#: style → font, alignment, boxed, number format
_LOOKS: dict[str, tuple[Font, Alignment, bool, str]] = {
    "title": (Font(name=TITLE_FACE, size=18), _MIDDLE, False, "General"),
    "warning": (Font(name=HEADING_FACE, size=12, color="FFC00000"), _MIDDLE, False, "General"),
    "line": (_BODY, Alignment(horizontal="left", vertical="center"), False, "General"),
    "wrapped": (_BODY, _LEFT, False, "@"),
    "unit": (_BODY, Alignment(horizontal="right", vertical="center"), False, "General"),
    "heading": (Font(name=HEADING_FACE, size=10.5), _MIDDLE, True, "General"),
    "text": (_BODY, _MIDDLE, True, "@"),
    "code": (_BODY, _MIDDLE, True, "@"),
    "phone": (_BODY, _MIDDLE, True, "@"),
    "long_text": (_BODY, _LEFT, True, "@"),
    "integer": (_BODY, _MIDDLE, True, "0"),
    "number": (_BODY, _RIGHT, True, "General"),
    "percent": (_BODY, _RIGHT, True, "0.0%"),
    "date": (_BODY, _MIDDLE, True, "yyyy-mm-dd"),
    **{
        f"money{places}": (_BODY, _RIGHT, True, "#,##0" + ("." + "0" * places if places else ""))
        for places in range(9)
    },
    **{
        f"percent{places}": (
            _BODY,
            _RIGHT,
            True,
            "0" + ("." + "0" * places if places else "") + "%",
        )
        for places in range(5)
    },
    "figures": (_BODY, _RIGHT, True, "General"),
    "figure": (_BODY, _RIGHT, True, "@"),
    "plain": (_BODY, _RIGHT, True, "0"),
    "prose": (Font(name=BODY_FACE, size=12), _PROSE, False, "@"),
    "prose_heading": (Font(name=HEADING_FACE, size=12), _PROSE, False, "@"),
    "subtitle": (_BODY, _MIDDLE, False, "@"),
    **{
        sign: (Font(name=BODY_FACE, size=10.5, color=colour), _MIDDLE, True, "@")
        for sign, colour in LIGHTS.items()
    },
}
#: The same in the heading's face, for the rows that sum up.
_LOOKS.update({f"sum_{name}": (_HEAVY, *look[1:]) for name, look in _LOOKS.items()})


class Styles:
    """Makes styled cells of one worksheet; a look is worked out once and then copied.

    ``ground`` is the colour behind a cell, "" for none; ``locked`` counts on a protected sheet.
    """

    def __init__(self, page: WriteOnlyWorksheet) -> None:
        self.page = page
        self._patterns: dict[tuple[str, bool, str, bool], Any] = {}

    def cell(self, value: Any, style: str, ground: str = "", *, locked: bool = True) -> Any:
        """A cell of a number, a date, a formula of ours, or nothing."""
        return self._made(value, (style, False, ground, locked))

    def text(self, text: str, style: str, ground: str = "", *, locked: bool = True) -> Any:
        """A cell of text, whatever it begins with."""
        made = self._made(None, (style, text.startswith(RISKY), ground, locked))
        if text:
            made._value = text
            made.data_type = "s"
        return made

    def _made(self, value: Any, look: tuple[str, bool, str, bool]) -> Any:
        pattern = self._patterns.get(look)
        if pattern is None:
            style, risky, ground, locked = look
            font, alignment, boxed, number_format = _LOOKS[style]
            pattern = WriteOnlyCell(self.page)
            pattern.font, pattern.alignment = font, alignment
            pattern.number_format = number_format
            if boxed:
                pattern.border = _BOX
            if risky:
                pattern.quotePrefix = True
            if ground:
                pattern.fill = PatternFill("solid", fgColor=ground)
            if not locked:
                pattern.protection = Protection(locked=False)
            self._patterns[look] = pattern
        made = WriteOnlyCell(self.page, value)
        made._style = pattern._style
        return made
