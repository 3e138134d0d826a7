"""Find and replace: which cells hold a text, and what they would hold after it. Qt-free.

Letters are found in either case, digits and letters in full and half width alike; a figure is found
as it is shown (1,200) and as it is typed (1200). Replacing works on what is typed.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

#: The text of a cell as shown, and as it stands in the editor.
Texts = Callable[[int, int], tuple[str, str]]
#: Row and column of a cell.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; ``whole`` means that it is all that the cell holds."""

    text: str
    whole: bool = False

    def fits(self, shown: str, typed: str) -> bool:
        """Whether a cell is found."""
        wanted = folded(self.text)
        if not wanted:
            return False
        given = folded(shown), folded(typed)
        return wanted in given if self.whole else any(wanted in text for text in given)

    def replaced(self, typed: str, by: str) -> str | None:
        """What the cell would hold; None where the text does not stand in what is typed."""
        if self.whole:
            return by if folded(self.text) == folded(typed) else None
        pattern = _pattern(self.text)
        changed, count = pattern.subn(lambda _found: by, typed)
        return changed if count else None


def find(
    search: Search, rows: Iterable[int], columns: Sequence[int], texts: Texts
) -> Iterable[Place]:
    """The cells that hold what is looked for, row by row, columns as they stand."""
    for row in rows:
        for column in columns:
            if search.fits(*texts(row, column)):
                yield row, column


def following(
    search: Search,
    start: Place,
    many: int,
    columns: Sequence[int],
    texts: Texts,
    *,
    backwards: bool = False,
) -> Place | None:
    """The next cell after ``start`` (before it) that holds the text, round the end if need be."""
    if not many or not columns:
        return None
    step = -1 if backwards else 1
    at = columns.index(start[1]) if start[1] in columns else (0 if step > 0 else len(columns) - 1)
    place = max(start[0], 0) * len(columns) + at
    total = many * len(columns)
    for distance in range(1, total + 1):
        row, column = divmod((place + step * distance) % total, len(columns))
        if search.fits(*texts(row, columns[column])):
            return row, columns[column]
    return None


def replacements(
    search: Search,
    by: str,
    rows: Iterable[int],
    columns: Sequence[int],
    texts: Texts,
    editable: Callable[[int, int], bool],
) -> list[tuple[int, int, str]]:
    """Every cell that can be filled and would change, with what it would hold."""
    found = []
    for row in rows:
        for column in columns:
            _, typed = texts(row, column)
            changed = search.replaced(typed, by) if editable(row, column) else None
            if changed is not None and changed != typed:
                found.append((row, column, changed))
    return found


def folded(text: str) -> str:
    """``text`` in half width and small letters, line breaks as blanks."""
    return unicodedata.normalize("NFKC", text).lower().replace("\n", " ")


def _pattern(text: str) -> re.Pattern[str]:
    """``text`` in either case and width, as it may stand in what is typed."""
    return re.compile("".join(_sign(sign) for sign in text), re.IGNORECASE)


def _sign(sign: str) -> str:
    forms = {sign, unicodedata.normalize("NFKC", sign)}
    narrow = unicodedata.normalize("NFKC", sign)
    if len(narrow) == 1 and "!" <= narrow <= "~":
        forms.add(chr(ord(narrow) + 0xFEE0))
    return f"(?:{'|'.join(re.escape(form) for form in sorted(forms))})"
