"""Runs in a process of its own: draws a ledger of so many rows; says how long and how much memory.

``ledger ROWS``. What is drawn first in a process is not timed: it reads the fonts.
"""

from __future__ import annotations

import sys
import time
from io import BytesIO

import msgspec


class Spent(msgspec.Struct, frozen=True):
    """Seconds of the drawing, and the most memory that its process held, in bytes."""

    drawing: float
    memory: int


def draw(rows: int) -> Spent:
    """Draw a ledger, once."""
    import resource

    from desktop.reports import ledger_pdf
    from tests.bench import paper_tables

    ledger_pdf.draw_ledger(paper_tables.ledger(1), BytesIO())
    paper = paper_tables.ledger(rows)
    start = time.perf_counter()
    ledger_pdf.draw_ledger(paper, BytesIO())
    spent = time.perf_counter() - start
    return Spent(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)


if __name__ == "__main__":
    sys.stdout.buffer.write(msgspec.json.encode(draw(int(sys.argv[2]))))
