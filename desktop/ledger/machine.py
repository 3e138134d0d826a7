"""Which machine this is, so that the copied disk of another PC is not taken for it.

The operating system's own identity (``/etc/machine-id``, Windows ``MachineGuid``) is read and
never leaves: the profile keeps a :func:`mark` of it, a salted hash. Whoever clones a disk image
must give the clone another identity, or Windows and systemd do on its first start.
"""

from __future__ import annotations

import secrets
import sys
from hashlib import blake2b
from pathlib import Path

#: Where systemd, and D-Bus before it, keep the identity of an installed system.
_PLACES = (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id"))
_SALT = 8


def identity() -> str:
    """The identity of the installed system, "" where it cannot be told."""
    return _of_windows() if sys.platform == "win32" else _of_files()


def mark() -> str:
    """What may be kept of this machine: ``salt:hash``; "" where it cannot be told."""
    own, salt = identity(), secrets.token_hex(_SALT)
    return f"{salt}:{_hash(own, salt)}" if own else ""


def another(kept: str) -> bool:
    """Whether a kept :func:`mark` is surely of another machine; never so where either is ""."""
    own, (salt, _, hashed) = identity(), kept.partition(":")
    return bool(own and kept) and _hash(own, salt) != hashed


def _hash(own: str, salt: str) -> str:
    said = f"{salt}\n{own}".encode("utf-8", "replace")
    return blake2b(said, digest_size=16, person=b"oneledger pc").hexdigest()


def _of_files() -> str:
    for place in _PLACES:
        try:
            found = place.read_text("ascii").strip()
        except (OSError, UnicodeDecodeError):
            continue  # Not kept there; without any the answer is "".
        if found and found != "uninitialized":
            return found
    return ""


def _of_windows() -> str:
    if sys.platform != "win32":
        return ""
    import winreg

    where, view = r"SOFTWARE\Microsoft\Cryptography", winreg.KEY_READ | winreg.KEY_WOW64_64KEY
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, where, 0, view) as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0]).strip()
    except OSError:
        return ""
