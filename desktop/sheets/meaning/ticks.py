"""Choices of which some are ticked in the cell itself: ☑新建 □扩建 □改建, 是(√) 否( )."""

from __future__ import annotations

import re
import unicodedata

#: Marks that say yes, and those that say no or not yet. ☒ says either, so it is neither.
TICKS, CROSSES = frozenset("√✓✔☑■●◉"), frozenset("×✗✘☐□○◯")
_BOXES = CROSSES - frozenset("×✗✘")
_ALL = "".join(sorted(TICKS | CROSSES))
_TOKEN = re.compile(rf"[{_ALL}]+|[^{_ALL}]+")
_BRACKET = re.compile(rf"\(\s*([{_ALL}]*)\s*\)|\[\s*([{_ALL}]*)\s*\]")
_BETWEEN = re.compile(r"[\s、，,;；/]+")


def ticked(text: str) -> list[str] | None:
    """The options that are ticked, [] where none is; None for a text that is no list of options
    with marks."""
    if not any(mark in TICKS or mark in _BOXES for mark in text):
        return None
    plain = unicodedata.normalize("NFKC", text)
    plain = _BRACKET.sub(lambda found: found[1] or found[2] or "□", plain)
    tokens = [token for token in (one.strip() for one in _TOKEN.findall(plain)) if token]
    if not any(_marks(one) for one in tokens) or all(_marks(one) for one in tokens):
        return None
    if _marks(tokens[0]):  # the mark stands before its option
        pairs = list(zip(tokens[::2], tokens[1::2], strict=False))
        options = [(_parts(said)[0], mark) for mark, said in pairs if _parts(said)]
    else:
        pairs = list(zip(tokens[1::2], tokens[::2], strict=False))
        options = [(_parts(said)[-1], mark) for mark, said in pairs if _parts(said)]
    if not options or len(pairs) != len(options):
        return None
    return [option for option, mark in options if any(sign in TICKS for sign in mark)]


def _marks(token: str) -> bool:
    return token[0] in TICKS or token[0] in CROSSES


def _parts(said: str) -> list[str]:
    return [part for part in _BETWEEN.split(said) if part]
