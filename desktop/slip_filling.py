"""The papers of the exchange 回执、恢复单, filled from what it did, for commands and window.

How they look is told by :mod:`desktop.reports.slips`, which knows nothing of the exchange.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result
    from desktop.ledger.workspace import Book
    from desktop.reports.slips import Package, Recovery


def name_of(result: Result) -> str:
    """Whose package it is; （自称） where nothing proved it, the file's name where none is said."""
    if not result.name:
        return re.split(r"[\\/]", result.source)[-1]
    return f"（自称）{result.name}" if result.outcome == "已隔离" else result.name


def package(one: Result) -> Package:
    """A package of a sitting for the receipt; not of a look, and none of other units."""
    from desktop.reports import slips

    assert one.outcome != "可装入"  # A look gives no receipt,
    assert one.outcome != "不归本机"  # nor do packages of other units.
    effect = one.effect
    return slips.Package(
        unit=name_of(one),
        kind=one.kind,
        number=one.number,
        digest=one.digest,
        periods=one.periods,
        outcome=one.outcome,
        reason=str(one.error) if one.error is not None else one.note,
        subjects=effect.subjects if effect else 0,
        added=effect.added if effect else 0,
        fields=effect.fields if effect else 0,
        removed=effect.removed if effect else 0,
        photos=effect.attachments if effect else 0,
        conflicts=effect.conflicts if effect else 0,
        effect=effect is not None,
    )


def recovery(book: Book, code: str) -> Recovery:
    """The sheet with the recovery ``code`` that was just made in this book."""
    from desktop.exchange import directory, own_keys
    from desktop.exchange.building import unit_name
    from desktop.ledger import audience
    from desktop.reports import slips

    above = audience.above(book, book.unit)
    partner = directory.partner(book, above) if above is not None else None
    compared = partner.code if partner is not None else ""
    return slips.Recovery(
        unit=unit_name(book, book.unit),
        machine=own_keys.own_keys(book).certificate.label,
        code=code,
        made_on=book.clock().date(),
        comparison=compared,
        compared_with=unit_name(book, above) if above is not None and compared else "",
        demonstration=bool(book.demonstration),
    )
