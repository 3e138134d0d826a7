"""Whether the week's report was printed as the week stands now; remembered on this PC.

Whoever prints the report notes the book's journal position at which it was made; what changes
afterwards makes it old.
"""

from __future__ import annotations

from desktop.ui.memory import Memory
from desktop.ui.week.reading import Week

KEY = "printed"
#: So many weeks are remembered.
KEPT = 20


def note(memory: Memory, period: str, position: int) -> None:
    """The report of ``period`` was printed from the book as it stood at ``position``."""
    kept = {**_kept(memory), period: position}
    memory.put(KEY, {week: kept[week] for week in sorted(kept)[-KEPT:]})


def is_printed(memory: Memory, week: Week) -> bool:
    """Whether the report of ``week`` was printed and nothing in it has changed since."""
    return bool(week.reached) and _kept(memory).get(week.period, -1) >= week.reached


def _kept(memory: Memory) -> dict[str, int]:
    kept = memory.get(KEY)
    if not isinstance(kept, dict):
        return {}
    return {week: at for week, at in kept.items() if type(at) is int}
