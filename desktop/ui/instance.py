"""One window for a book: a second start brings the first one forward and ends.

The first window listens under an address that follows from the book's place and the person; the
second asks there. It is a local socket file, on Windows a named pipe; no network is touched, and
Qt's network library is not even loaded.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop import paths

if TYPE_CHECKING:
    from multiprocessing.connection import Listener

#: How long a second start waits for the first one's answer, in seconds.
PATIENCE = 1.5
#: So many failures in a row mean that the listening itself is broken.
PATIENT = 20
_COME, _COMING, _END = b"come", b"coming", b"end"
#: A socket's path must be shorter, in bytes.
LONGEST = 100
_WINDOWS = sys.platform == "win32"


class Instance(QObject):
    """Listens on behalf of one book's window; ``asked`` when another start wants it."""

    asked = Signal()

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.address = address_of(path)
        self._listener: Listener | None = None

    def listen(self) -> bool:
        """Begin to listen; False when somebody else listens there."""
        from multiprocessing.connection import Listener

        if not _WINDOWS:
            with suppress(OSError):
                Path(self.address).parent.mkdir(parents=True, exist_ok=True)
        try:
            self._listener = Listener(self.address)
        except OSError:
            if _WINDOWS or is_running(self.address):
                return False
            with suppress(OSError):  # Left behind by a crash.
                os.unlink(self.address)  # noqa: PTH108
            try:
                self._listener = Listener(self.address)
            except OSError:
                return False
        threading.Thread(target=self._live, name="instance", daemon=True).start()
        return True

    def close(self) -> None:
        """Listen no longer."""
        if self._listener is not None:
            _said(self.address, _END)
            self._listener = None

    def _live(self) -> None:
        listener = self._listener
        assert listener is not None
        word, failed = b"", 0
        while word != _END and failed < PATIENT:
            try:
                with listener.accept() as other:
                    # Who says nothing must not keep the others waiting.
                    word = other.recv_bytes(16) if other.poll(PATIENCE) else b""
                    if word == _COME:
                        other.send_bytes(_COMING)
                        self.asked.emit()
                failed = 0
            except (OSError, EOFError):
                failed += 1
        listener.close()


def address_of(path: Path) -> str:
    """Where the window of the book at ``path`` listens: in the person's own profile."""
    digest = sha256(str(path.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    if _WINDOWS:
        return rf"\\.\pipe\oneledger-{_who()}-{digest}"
    place = paths.profile() / f"window-{digest}"
    if len(os.fsencode(place)) < LONGEST:
        return str(place)
    return str(Path(tempfile.gettempdir(), f"oneledger-{_who()}-{digest}"))


def _who() -> str:
    return sha256(paths.account().encode("utf-8", "surrogateescape")).hexdigest()[:8]


def is_running(address: str) -> bool:
    """Whether a window answers there; it comes forward by being asked."""
    if not _WINDOWS and not os.path.exists(address):  # noqa: PTH110
        return False
    return _said(address, _COME) == _COMING


def _said(address: str, word: bytes) -> bytes:
    """What is answered to ``word``, "" when nobody is there."""
    from multiprocessing.connection import Client

    with suppress(OSError, EOFError), Client(address) as other:
        other.send_bytes(word)
        if word != _END and other.poll(PATIENCE):
            return other.recv_bytes(16)
    return b""
