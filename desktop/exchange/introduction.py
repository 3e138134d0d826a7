"""What a package says of its sender's keys, read before its signature is proven, and nothing else.

A key not seen before introduces itself inside the content. Whoever saw one clear header of ours
could seal such a package to us, so of the rest of it nothing is made: a few hundred kilobytes on
a stick would become gigabytes of records.
"""

from __future__ import annotations

import msgspec

from desktop.exchange import payload
from desktop.exchange.payload import Enrolment, Kind, Rotation
from desktop.exchange.refusals import Malformed, NewerPackage
from desktop.exchange.strict import FORMAT, Count, Mark


class Introduction(msgspec.Struct, frozen=True):
    """Of :class:`~desktop.exchange.payload.Payload` what a stranger is heard about."""

    format: Count
    kind: Kind
    unit: Mark
    to: Mark
    partner: Enrolment | None = None
    rotation: Rotation | None = None


def read(raw: bytes) -> Introduction:
    """What the bytes of a payload say of whose keys these are; all else is passed over.

    Raises :class:`Malformed`, :class:`~desktop.exchange.refusals.TooLarge`, :class:`NewerPackage`.
    """
    text, _ = payload.text_of(memoryview(raw))
    said = payload.read(text, Introduction, "内容")
    if said.format != FORMAT:
        raise NewerPackage if said.format > FORMAT else Malformed
    return said
