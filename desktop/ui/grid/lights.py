"""The lights of a week's projects, and why they are on: of all, or of the few that are shown."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import nullcontext

import msgspec

from desktop.ledger.narrowing import narrowed
from desktop.ledger.presets import FILE
from desktop.ledger.standing import standing_of
from desktop.ledger.store import Store


class Lit(msgspec.Struct, frozen=True):
    """A project's light and its reasons in words."""

    light: str = "none"
    reasons: tuple[str, ...] = ()


def lit(store: Store, period: str, subjects: Collection[str] | None = None) -> dict[str, Lit]:
    """The lights of the dispatched projects, or of ``subjects`` alone; none without rules."""
    if FILE not in store.scheme.texts:
        return {}
    with nullcontext() if subjects is None else narrowed(store, subjects):
        found = standing_of(store, period)
    return {
        one.project: Lit(one.light, tuple(reason.sentence for reason in one.reasons))
        for one in found
    }
