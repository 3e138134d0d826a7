"""The words of papers: TOML files of the scheme, one template to a sentence, read and examined.

Every sentence may use the Chinese placeholders that its paper names; a district edits the file, an
empty sentence is left out of the paper. A mistake is refused with file, line, key and reason. A
book whose scheme is older than a paper, or than a sentence of it, takes the words that the program
ships.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar

import msgspec

from desktop.ledger.definitions import MalformedScheme, Scheme, read_toml
from desktop.ledger.indicator_definitions import kept
from desktop.ledger.scheme import convert
from desktop.ledger.wording import examine, say
from desktop.paths import scheme_folder

#: The scheme whose words serve where a book's own scheme is older than a paper.
SHIPPED = "investment"

Fixed = TypeVar("Fixed", bound=msgspec.Struct)


class NoFixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that holds sentences only."""


class Words(msgspec.Struct, Generic[Fixed], frozen=True):
    """The examined sentences by dotted key (``section.name``), and what the file says besides."""

    sentences: Mapping[str, str]
    fixed: Fixed

    def say(self, key: str, /, **values: object) -> str:
        """The sentence ``key`` with its placeholders filled; "" where the district left it out."""
        return say(self.sentences[key], values)

    def column(self, name: str) -> tuple[str, ...]:
        """The heading of a table's column."""
        return (self.sentences[f"columns.{name}"],)


class Template(msgspec.Struct, Generic[Fixed], frozen=True):
    """What a file of words must hold.

    ``sentences``: every key and the placeholders that it may use; ``columns``: the headings of
    tables, each ``columns.<name>``; ``fixed``: the other sections, one field to a section.
    """

    file: str
    sentences: Mapping[str, Sequence[str]]
    fixed: type[Fixed]
    columns: Sequence[str] = ()

    def of(self, scheme: Scheme) -> Words[Fixed]:
        """The scheme's words; raises :class:`~desktop.ledger.definitions.MalformedScheme`."""
        return kept(scheme, self.file, lambda: self._read(scheme))

    def _read(self, scheme: Scheme) -> Words[Fixed]:
        shipped = (scheme_folder(SHIPPED) / self.file).read_text("utf-8")
        text = scheme.texts.get(self.file, shipped)
        known = {**self.sentences, **{f"columns.{name}": () for name in self.columns}}
        whole = dict(read_toml(self.file, text))
        sections = {field for field in self.fixed.__struct_fields__ if field in whole}
        try:
            fixed = convert(self.file, {name: whole.pop(name) for name in sections}, self.fixed)
        except MalformedScheme as error:
            reason = line_of(text, error.key) + error.reason
            raise MalformedScheme(self.file, error.key, reason) from None
        sentences: dict[str, str] = {}
        for key, template in self._written(whole).items():
            line = line_of(text, key)
            if key not in known:
                raise MalformedScheme(self.file, key, line + "没有这一句，请核对键名")
            try:
                sentences[key] = examine(self.file, key, template, known[key])
            except MalformedScheme as error:
                raise MalformedScheme(self.file, key, line + error.reason) from None
        if sentences.keys() < known.keys():  # Written before the paper had learned to say it.
            ours = dict(read_toml(self.file, shipped))
            of_words = {name for name in ours if name not in self.fixed.__struct_fields__}
            own = self._written({name: ours[name] for name in of_words})
            sentences |= {key: own[key] for key in known if key in own and key not in sentences}
        for key in known:
            if key not in sentences:
                raise MalformedScheme(self.file, key, "缺少这一句；不要这一句请写成空的")
        return Words(sentences, fixed)

    def _written(self, whole: Mapping[str, object]) -> dict[str, str]:
        """The sentences of a file by dotted key."""
        sections = convert(self.file, whole, dict[str, dict[str, str]])
        return {
            f"{at}.{name}": text for at, texts in sections.items() for name, text in texts.items()
        }


def line_of(text: str, key: str) -> str:
    """第 12 行：, the line of the file's text that defines ``key``; "" when there is none."""
    section = ""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip().startswith("["):
            section = line.partition("#")[0].strip().strip("[]")
        elif f"{section}.{line.partition('=')[0].strip()}" == key:
            return f"第 {number} 行："
    return ""
