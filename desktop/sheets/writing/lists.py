"""Lists for choices: short ones stand in the rule itself, long ones on a hidden worksheet.

A rule holds 255 signs, and its commas part the choices.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from desktop.sheets.workbook.grid import letters
from desktop.sheets.writing.looks import Remarks

if TYPE_CHECKING:
    from openpyxl import Workbook

LONGEST_LIST = 255
#: The name of the hidden worksheet.
LISTS = "选项"


class Lists:
    """The long lists of a workbook, one column each on the hidden worksheet."""

    def __init__(self) -> None:
        self.columns: list[tuple[str, ...]] = []

    def formula(self, names: Sequence[str]) -> str:
        """What a rule says to offer ``names``."""
        listed = ",".join(names)
        if len(listed) <= LONGEST_LIST and not any("," in one or '"' in one for one in names):
            return f'"{listed}"'
        items = tuple(names)
        if items not in self.columns:
            self.columns.append(items)
        letter = letters(self.columns.index(items))
        return f"'{LISTS}'!${letter}$1:${letter}${len(items)}"

    def rows(self) -> list[list[Any]]:
        """The hidden worksheet's rows."""
        longest = max((len(column) for column in self.columns), default=0)
        return [
            [column[row] if row < len(column) else None for column in self.columns]
            for row in range(longest)
        ]

    def write(self, book: Workbook, remarks: Remarks) -> None:
        """Append the hidden worksheet to a write-only workbook, where there are long lists."""
        from desktop.sheets.writing.styles import Styles

        if not self.columns:
            return
        page = book.create_sheet(LISTS)
        page.sheet_state = "veryHidden"
        styles = Styles(page)
        for row in self.rows():
            page.append([item and styles.text(remarks.fit(item, LISTS), "wrapped") for item in row])
