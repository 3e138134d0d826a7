"""Which rows of the book stand under which section of a form: by level, category, state or unit.

A row belongs to a block when all of its sections say what the row has. A section 其他 takes what
fits none of the sections beside it. What fits nowhere is left out of the form, and said by name.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from desktop.ledger.workspace import Book
from desktop.sheets.forms.body import Block, Body, FormSection
from desktop.sheets.forms.values import FormRow
from desktop.sheets.meaning.tree import Tree

_MOST_NAMES = 20


class Placed(msgspec.Struct, frozen=True):
    """The rows of every block, in the order of :attr:`Body.blocks`; ``outside`` fit none."""

    blocks: tuple[tuple[FormRow, ...], ...]
    outside: tuple[FormRow, ...] = ()

    def remarks(self) -> list[str]:
        """Who is left out, by name."""
        if not self.outside:
            return []
        names = list(dict.fromkeys(row.label for row in self.outside))
        said = "、".join(names[:_MOST_NAMES])
        more = f"等 {len(names)} 个" if len(names) > _MOST_NAMES else ""
        return [f"以下各项不属于表样中的任何一节，没有填入，请核对：{said}{more}。"]


def place(book: Book, body: Body, rows: Sequence[FormRow]) -> Placed:
    """Put ``rows``, in their order, into the blocks of ``body``."""
    if not body.sections:
        return Placed((tuple(rows), *(() for _ in body.blocks[1:])))
    held: list[list[FormRow]] = [[] for _ in body.blocks]
    outside = []
    judge = _Judge(book, body)
    for row in rows:
        at = judge.block_of(row)
        if at is None:
            outside.append(row)
        else:
            held[at].append(row)
    return Placed(tuple(map(tuple, held)), tuple(outside))


class _Judge:
    def __init__(self, book: Book, body: Body) -> None:
        self.body = body
        self.above = {row["record"]: row["above"] for row in book.rows("unit")}
        tree = Tree(book.rows("unit"), book.unit)
        self.units = {one.unit: tree.find(one.unit) for one in body.sections if one.unit}

    def block_of(self, row: FormRow) -> int | None:
        """The first block whose sections all take the row; deeper ones before their own section's,
        and 其他 only where no section beside it does."""
        order = sorted(
            range(len(self.body.blocks)), key=lambda at: -len(self.body.blocks[at].under)
        )
        for rest in (False, True):
            for at in order:
                if self._takes(self.body.blocks[at], row, rest=rest):
                    return at
        return None

    def _takes(self, block: Block, row: FormRow, *, rest: bool) -> bool:
        sections = [self.body.sections[at] for at in block.under]
        if not sections:
            return False
        return all(
            self._fits(one, row) or (rest and one.rest and self._free(at, row))
            for at, one in zip(block.under, sections, strict=True)
        )

    def _free(self, at: int, row: FormRow) -> bool:
        """Whether no section beside the rest takes the row."""
        return not any(self._fits(self.body.sections[one], row) for one in self._beside(at))

    def _beside(self, at: int) -> list[int]:
        """The sections of the same depth under the same section above."""
        sections = self.body.sections
        depth = sections[at].depth

        def home(place: int) -> int | None:
            return next((n for n in range(place - 1, -1, -1) if sections[n].depth < depth), None)

        return [
            one
            for one, section in enumerate(sections)
            if one != at and section.depth == depth and home(one) == home(at)
        ]

    def _fits(self, section: FormSection, row: FormRow) -> bool:
        if section.unit:
            wanted, unit = self.units[section.unit], row.unit
            while unit and unit != wanted:
                unit = self.above.get(unit)
            return bool(wanted) and unit == wanted
        return bool(section.values) and all(
            _has(row.subject, name, value) for name, value in section.values.items()
        )


def _has(subject: Mapping[str, Any], name: str, value: Any) -> bool:
    mine = subject.get(name)
    if isinstance(value, list):
        held = msgspec.json.decode(mine) if isinstance(mine, str) and mine else mine or []
        return all(one in held for one in value)
    return bool(mine == value)
