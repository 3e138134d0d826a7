"""What differs between two long texts, in pieces to be marked; no Qt.

Short texts are compared sign by sign, long ones clause by clause, so that a page of text is told in
a moment and a changed sentence is seen as one.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from html import escape
from typing import Literal, TypeAlias

How: TypeAlias = Literal["same", "new", "gone"]
Piece: TypeAlias = tuple[How, str]

#: Texts of more signs together are compared clause by clause.
SIGNS = 1_200
#: An equal run shorter than this between two changes is part of the change: 年 in two years.
LEAST = 2
_CLAUSE = re.compile(r"[^，。；！？、\n]*[，。；！？、\n]?")


def plain(text: str) -> tuple[Piece, ...]:
    """A text without marks."""
    return (("same", text),)


def marked(before: str, after: str) -> tuple[Piece, ...]:
    """``after`` in pieces: what is as in ``before``, what is new, and what is gone from it."""
    long = len(before) + len(after) > SIGNS
    old, new = (_clauses(before), _clauses(after)) if long else (list(before), list(after))
    found: list[Piece] = []
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for at, (kind, a, b, c, d) in enumerate(blocks):
        inner = 0 < at < len(blocks) - 1
        if kind == "equal" and (long or not inner or d - c >= LEAST):
            found.append(("same", "".join(new[c:d])))
            continue
        found += [("gone", "".join(old[a:b])), ("new", "".join(new[c:d]))]
    return _joined(found)


def html(pieces: tuple[Piece, ...], new: tuple[str, str], gone: str) -> str:
    """The pieces as rich text; ``new`` gives ink and ground of what is new, ``gone`` an ink."""
    parts = []
    for how, text in pieces:
        said = escape(text).replace("\n", "<br>")
        if how == "new":
            said = f'<span style="color:{new[0]};background-color:{new[1]}">{said}</span>'
        elif how == "gone":
            said = f'<span style="color:{gone};text-decoration:line-through">{said}</span>'
        parts.append(said)
    return "".join(parts)


def _clauses(text: str) -> list[str]:
    return [part for part in _CLAUSE.findall(text) if part]


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one; within a change what is gone stands before what is new."""
    found: list[Piece] = []
    gone = new = ""
    for how, text in [*pieces, ("same", "")]:
        if how == "gone":
            gone += text
        elif how == "new":
            new += text
        else:
            found += [piece for piece in (("gone", gone), ("new", new)) if piece[1]]
            gone = new = ""
            if text:
                found.append(("same", text))
    return tuple(found)
