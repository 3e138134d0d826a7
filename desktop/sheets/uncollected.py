"""Work without the collector of garbage: nothing that a proposal or a plan makes is garbage before
it is made, and looking through a million records again and again takes a quarter of the time."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_under_way = 0


def under_way() -> bool:
    """Whether such work is being done now; who searches by himself waits for its end."""
    return _under_way > 0


@contextmanager
def uncollected() -> Iterator[None]:
    """Stop the collector, and start it again where it ran."""
    global _under_way
    running = gc.isenabled()
    gc.disable()
    _under_way += 1
    try:
        yield
    finally:
        _under_way -= 1
        if running:
            gc.enable()
