"""What came of a sending: the packages that lie where they were to be written, and what did not."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.errors import OneLedgerError
from desktop.exchange.building import MOST_ATTACHED
from desktop.exchange.postbook import Sent


class Written(msgspec.Struct, frozen=True):
    """One package on its way: where it was written; ``passphrase`` is told by telephone.

    ``following``: how many photos and attachments had no room in it.
    """

    name: str
    package: Sent
    path: Path
    passphrase: str = ""
    following: int = 0

    @property
    def rest(self) -> str:
        """What is said of the photos that had no room, "" when all are in the package."""
        most = MOST_ATTACHED >> 20
        return (
            f"还有 {self.following} 个照片附件这次放不下（一个包最多 {most} MB），"
            "收到对方回执后随下一个包补送。"
            if self.following
            else ""
        )


class Handed(msgspec.Struct, frozen=True):
    """What was handed down: the packages written, and the units left out with the reason.

    ``stopped`` is what went wrong with the destination on the way: the units after the written
    ones got nothing.
    """

    written: tuple[Written, ...]
    refused: tuple[tuple[str, OneLedgerError], ...] = ()
    stopped: OneLedgerError | None = None
