"""The books opened last on this PC, the latest first."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.memory import Memory

#: So many are remembered.
MOST = 8


def books(pc: Memory) -> list[Path]:
    """Those that are still there; what another version remembered otherwise is left out."""
    kept = pc.get("recent")
    named = kept if isinstance(kept, list) else []
    return [Path(one) for one in named if isinstance(one, str) and _is_there(Path(one))]


def remember(pc: Memory, path: Path) -> None:
    """``path`` was opened just now."""
    others = [one for one in books(pc) if one != path]
    pc.put("recent", [str(one) for one in (path, *others)][:MOST])


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # A folder that is closed to this person, a drive that does not answer.
        return False
