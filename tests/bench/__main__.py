"""``python -m tests.bench [PART …] [--small]``: measure, print the tables, keep them in RESULTS.md.

Without a PART all are measured, which takes hours; a part's table replaces its own in RESULTS.md
and leaves the others. ``--small`` tries the parts in a share and keeps nothing.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bench import (
    book,
    exchange_machine,
    exchange_trouble,
    papers,
    power,
    reading,
    results,
    taking_in,
    window,
)
from tests.bench.measure import Measured

PARTS: Mapping[str, Callable[..., list[Measured]]] = {
    "book": book.measure,
    "window": window.measure,
    "papers": papers.measure,
    "reading": reading.measure,
    "taking-in": taking_in.measure,
    "power": power.measure,
    "trouble": exchange_trouble.measure,
    "machine": exchange_machine.measure,
}


def main(words: list[str]) -> int:
    """Measure the parts that are named; 2 for a word that is none."""
    small = "--small" in words
    wanted = [word for word in words if word != "--small"] or list(PARTS)
    if not set(wanted) <= PARTS.keys():
        print(f"parts: {' '.join(PARTS)}", file=sys.stderr)
        return 2
    for name in wanted:
        with tempfile.TemporaryDirectory() as folder:
            os.environ["ONELEDGER_PROFILE"] = folder
            lines = PARTS[name](Path(folder) / name, small=small)
        print(results.table(name, lines), flush=True)
        if not small:
            results.keep(name, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
