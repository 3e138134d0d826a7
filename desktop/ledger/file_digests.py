"""The digest of a backup's file, and the note of it that stands beside the file.

``<name>.sha256`` is in the form of the tool sha256sum, so that a backup can be checked without
this program.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, 64 hexadecimal digits."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def beside(path: Path) -> Path:
    """Where the note of a file's digest stands."""
    return path.with_name(path.name + ".sha256")


def note(path: Path, digest: str) -> None:
    """Note the digest beside the backup; a backup without it is none and is taken away."""
    try:
        beside(path).write_text(f"{digest}  {path.name}\n", "utf-8")
    except OSError:
        path.unlink()
        beside(path).unlink(missing_ok=True)
        raise


def noted(path: Path) -> str | None:
    """The digest that the note beside the file says, None when there is none to read."""
    try:
        words = beside(path).read_text("utf-8").split()
    except (OSError, UnicodeDecodeError):
        return None
    return words[0] if words else None


def unspoiled(path: Path) -> bool:
    """Whether the file is what its note says; one without a note is taken as it is."""
    said = noted(path)
    return said is None or said == digest_of(path)
