"""One window for a book: a second start brings the first one forward and ends.

The first window listens under a name that follows from the book's place and the person; the second
asks there. Nothing leaves the PC: it is a local socket of the operating system.
"""

from __future__ import annotations

import getpass
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

#: How long a second start waits for the first one's answer, in milliseconds.
PATIENCE = 1500


class Instance(QObject):
    """Listens on behalf of one book's window."""

    asked = Signal()

    def __init__(self, path: Path | None) -> None:
        super().__init__()
        self.name = name_of(path)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._answer)

    def listen(self) -> bool:
        """Begin to listen; False when somebody else listens there."""
        if self._server.listen(self.name):
            return True
        if is_running(self.name):
            return False
        QLocalServer.removeServer(self.name)  # Left behind by a crash.
        return self._server.listen(self.name)

    def close(self) -> None:
        """Listen no longer."""
        self._server.close()

    def _answer(self) -> None:
        socket = self._server.nextPendingConnection()
        if socket is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.write(b"!")
            socket.flush()
            self.asked.emit()


def name_of(path: Path | None) -> str:
    """The name under which the window of the book at ``path`` listens, for this person alone."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError):
        who = ""
    where = str(path.resolve()) if path is not None else ""
    digest = sha256(f"{who}|{where}".encode("utf-8", "surrogateescape")).hexdigest()
    return f"oneledger-{digest[:20]}"


def is_running(name: str) -> bool:
    """Whether a window answers under ``name``; it comes forward by being asked."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    if not socket.waitForConnected(PATIENCE):
        return False
    answered = socket.waitForReadyRead(PATIENCE)
    socket.disconnectFromServer()
    return answered
