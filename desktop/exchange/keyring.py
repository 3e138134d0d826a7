"""The keyring: the secret keys that this PC holds, each in a file of its own in the profile.

``<profile>/keys/unit-<unit>-<epoch>.key`` and ``replica-<replica>.key``, readable by this account
only and on Windows wrapped by the account (DPAPI). A file appears whole or not at all and is never
overwritten; two programs that make the same key at once end with one of them. A spoilt file counts
as missing: a unit's key then comes back by the recovery code (the spoilt file is set aside), a
replica's is not made anew under its old name.
"""

from __future__ import annotations

import os
import re
import secrets
import sys
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from desktop.errors import OneLedgerError, of_the_system
from desktop.exchange.keys import ReplicaKey, UnitKeys, new_seed

_MAGIC = b"ONELKEY\x01"
_PLAIN, _WRAPPED = b"p", b"w"
_DIGEST, _SEED = 32, 32
#: No key file is longer; a longer one is spoilt.
_LARGEST = 64 * 1024
_SAFE = re.compile(r"[0-9a-z]{1,64}")


class KeySpoilt(OneLedgerError):
    """The file of a replica's key is there and cannot be read."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"本机的密钥文件已损坏：{where}。",
            "请用恢复码恢复本单位的密钥，本机会作为新的录入端继续；账本没有改动。",
        )


class OtherKeyKept(OneLedgerError):
    """Another key of this unit and epoch lies in the keyring already."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"本机已存有本单位同一期的另一把密钥：{where}。",
            "没有覆盖；请与上级电话核对，看哪一把在用。",
        )


class Keyring:
    """The thin owner of the folder ``keys`` in a profile; nothing is made before a key is kept."""

    def __init__(self, profile: Path) -> None:
        self.folder = profile / "keys"

    def unit(self, unit: str, epoch: int) -> UnitKeys | None:
        """The keys of ``unit`` in ``epoch``; None when they are not here or spoilt."""
        seed = _read(self._unit(unit, epoch))
        return UnitKeys(seed) if seed else None

    def epochs(self, unit: str) -> tuple[int, ...]:
        """The epochs whose keys of ``unit`` are here and whole, the latest last."""
        head = f"unit-{_safe(unit)}-"
        names = (path.name for path in self.folder.glob(f"{head}*.key"))
        found = (name.removeprefix(head).removesuffix(".key") for name in names)
        numbers = sorted(int(text) for text in found if re.fullmatch("[1-9][0-9]{0,8}", text))
        return tuple(epoch for epoch in numbers if self.unit(unit, epoch))

    def keep_unit(self, unit: str, epoch: int, seed: bytes) -> UnitKeys:
        """Keep the seed of ``unit`` in ``epoch``; nothing happens when it is here already.

        A spoilt file is set aside. Raises :class:`OtherKeyKept`, and what the disk refuses.
        """
        path = self._unit(unit, epoch)
        kept = _keep(path, seed)
        if kept is None:
            _set_aside(path)
            kept = _keep(path, seed)
        if kept != seed:
            raise OtherKeyKept(str(path))
        return UnitKeys(seed)

    def forget_unit(self, unit: str, epoch: int) -> None:
        """Take the keys of ``unit`` in ``epoch`` off this PC, if they are here."""
        try:
            self._unit(unit, epoch).unlink(missing_ok=True)
        except OSError as error:
            raise of_the_system(error) from error

    def replica(self, replica: str) -> ReplicaKey | None:
        """The key of ``replica``; None when it is not here or spoilt."""
        seed = _read(self._replica(replica))
        return ReplicaKey(seed) if seed else None

    def make_replica(self, replica: str) -> ReplicaKey:
        """The key of ``replica``, made if it is not here yet.

        Raises :class:`KeySpoilt`, and what the disk refuses.
        """
        path = self._replica(replica)
        seed = _read(path) or _keep(path, new_seed())
        if seed is None:
            raise KeySpoilt(str(path))
        return ReplicaKey(seed)

    def _unit(self, unit: str, epoch: int) -> Path:
        return self.folder / f"unit-{_safe(unit)}-{epoch}.key"

    def _replica(self, replica: str) -> Path:
        return self.folder / f"replica-{_safe(replica)}.key"


def _safe(name: str) -> str:
    """A record or replica as part of a file's name, whatever a package called it."""
    return name if _SAFE.fullmatch(name) else "x" + sha256(name.encode()).hexdigest()


def _read(path: Path) -> bytes | None:
    """The seed in the file; None when there is no file, or no whole one of this account.

    Raises OSError where it cannot be read: that must not pass for a missing key.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(_LARGEST + 1)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None
    content, digest = raw[:-_DIGEST], raw[-_DIGEST:]
    if not content.startswith(_MAGIC) or sha256(content).digest() != digest:
        return None
    how, secret = content[len(_MAGIC) : len(_MAGIC) + 1], content[len(_MAGIC) + 1 :]
    seed = _unwrapped(secret) if how == _WRAPPED else secret if how == _PLAIN else None
    return seed if seed is not None and len(seed) == _SEED else None


def _keep(path: Path, seed: bytes) -> bytes | None:
    """Write the seed to a new file; the seed that lies there then, None when a spoilt file does."""
    wrapped = _wrapped(seed)
    content = _MAGIC + (_PLAIN + seed if wrapped is None else _WRAPPED + wrapped)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            _create(path, content + sha256(content).digest())
        except FileExistsError:
            return _read(path)
    except OSError as error:
        raise of_the_system(error) from error
    return seed


def _set_aside(path: Path) -> None:
    """Give a spoilt file another name; it stays, for whoever may still make sense of it."""
    try:
        path.rename(path.with_name(f"{path.name}.spoilt-{secrets.token_hex(4)}"))
    except OSError as error:
        raise of_the_system(error) from error


def _create(path: Path, content: bytes) -> None:
    """Make the file whole, on the disk, and never over another one (``FileExistsError``)."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}.tmp")
    try:
        _write(draft, content)
        if os.name == "nt":
            draft.rename(path)  # Refuses to replace, unlike elsewhere.
            return
        try:
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:  # A file system without links.
            _write(path, content)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _write(path: Path, content: bytes) -> None:
    """A new file of this account, on the disk before this returns."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            path.unlink()
            raise


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    def _through(function: str, secret: bytes) -> bytes | None:
        """What the account's data protection makes of ``secret``; None when it refuses."""
        crypt = getattr(ctypes.WinDLL("crypt32"), function)
        free = ctypes.WinDLL("kernel32").LocalFree
        free.argtypes, free.restype = (ctypes.c_void_p,), ctypes.c_void_p
        buffer = ctypes.create_string_buffer(secret, len(secret))
        given = _Blob(len(secret), ctypes.cast(buffer, ctypes.POINTER(ctypes.c_char)))
        made = _Blob()
        quiet = 1  # CRYPTPROTECT_UI_FORBIDDEN
        if not crypt(
            ctypes.byref(given), None, None, None, None, wintypes.DWORD(quiet), ctypes.byref(made)
        ):
            return None
        try:
            return ctypes.string_at(made.data, made.size)
        finally:
            free(ctypes.cast(made.data, ctypes.c_void_p))

    def _wrapped(seed: bytes) -> bytes | None:
        return _through("CryptProtectData", seed)

    def _unwrapped(secret: bytes) -> bytes | None:
        return _through("CryptUnprotectData", secret)

else:

    def _wrapped(seed: bytes) -> bytes | None:
        """The seed as only this account reads it; None where the file's mode must do."""
        return None

    def _unwrapped(secret: bytes) -> bytes | None:
        """The seed; None when another account or PC wrapped it."""
        return None
