"""Headings as offices put them together: templates of a field over classes of words.

A template says what a heading is made of: ``{计划}{开工}{时间}?`` is any word of planning, any of
starting, and perhaps one of time. Classes and templates stand in ``synonyms.toml``; a heading is of
a template when the whole of it is.

An *open* template leaves room for modifiers that nobody listed (``.{0,6}责任{位}``): what a Chinese
term means stands in its last word. It is never taken where a word stands that turns the meaning,
and on its own, without values that suit, it is only a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

#: The name of a class; {1,3} is a number of times.
_PLACE = re.compile(r"\{([^{}0-9,]+)\}")
#: No heading of a template is longer: what is, is a sentence.
LONGEST = 26


class Pattern(msgspec.Struct, frozen=True):
    """All templates of one field as one expression."""

    register: str
    field: str
    whole: re.Pattern[str]


class UnknownClass(ValueError):
    """A template names a class of words that is not there."""


def compile_all(
    classes: Mapping[str, Sequence[str]],
    templates: Mapping[str, Mapping[str, Sequence[str]]],
    never: Sequence[str] = (),
) -> tuple[Pattern, ...]:
    """Prepare ``register → field → templates``. A class may name others in braces. A heading with
    one of the words ``never`` in it is of none. Raises :class:`UnknownClass`, or ``re.error`` for
    a template that is no expression."""
    guard = f"(?!.*(?:{'|'.join(map(re.escape, never))}))" if never else ""
    return tuple(
        Pattern(
            register,
            field,
            re.compile(f"{guard}(?:{'|'.join(_expression(one, classes) for one in listed)})"),
        )
        for register, fields in templates.items()
        for field, listed in fields.items()
        if listed
    )


def matching(patterns: Sequence[Pattern], heading: str) -> Iterator[Pattern]:
    """The patterns that the whole of a heading's key is of."""
    if len(heading) > LONGEST:
        return
    yield from (one for one in patterns if one.whole.fullmatch(heading))


def _expression(
    template: str, classes: Mapping[str, Sequence[str]], within: tuple[str, ...] = ()
) -> str:
    def words(found: re.Match[str]) -> str:
        name = found[1]
        if name not in classes or name in within:
            raise UnknownClass(name)
        listed = sorted(classes[name], key=len, reverse=True)
        inner = (
            _expression(word, classes, (*within, name)) if "{" in word else re.escape(word)
            for word in listed
        )
        return f"(?:{'|'.join(inner)})"

    return _PLACE.sub(words, template)
