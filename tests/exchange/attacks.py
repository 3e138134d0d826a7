"""Every attack on packages that we can think of; the rooms beside this one make them."""

from __future__ import annotations

from tests.exchange import attacks_entries, attacks_order, attacks_outside
from tests.exchange.attacks_scene import (
    ATTACKS,
    KINDS,
    PASSPHRASE,
    TOWNS,
    Attack,
    Kind,
    Scene,
    found,
    moved,
)

#: The rooms that have noted their attacks.
ROOMS = (attacks_outside, attacks_order, attacks_entries)

__all__ = [
    "ATTACKS",
    "KINDS",
    "PASSPHRASE",
    "ROOMS",
    "TOWNS",
    "Attack",
    "Kind",
    "Scene",
    "found",
    "moved",
]
