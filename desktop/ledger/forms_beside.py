"""The departments' forms that lie in a folder beside a book, taken along with it.

A learned form is two files of one name (template and what was learned, ``NAME.xlsx`` and
``NAME.json``) in ``BOOK.表样``: no part of the journal, so a backup has an archive of them beside
it, ``BACKUP.表样.zip``, whose digest is noted like the backup's own. What is restored never takes
the place of a form that is there and says something else.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from desktop.ledger import file_digests

#: What belongs to a form.
ENDINGS = (".json", ".xlsx")
#: Bytes of one file, bytes and number of all of them, that are taken along at most.
LARGEST, ALL, MOST = 32 << 20, 256 << 20, 2_000
#: Where a restored form is put that is another one than the form of its name.
ASIDE = "恢复的"
#: The time that every member has: archives of the same forms are the same.
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Taken(msgspec.Struct, frozen=True):
    """How many forms were taken along; ``aside`` are those put aside, because one of their name is
    there and differs; ``left`` are those too large to be taken."""

    forms: int = 0
    aside: tuple[str, ...] = ()
    left: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """What is said of them to people, "" where there are none."""
        said = f"部门表样 {self.forms} 份一并带上。" if self.forms else ""
        if self.aside:
            said += (
                f"表样“{'”“'.join(self.aside)}”与旁边已有的不同：已有的没有动，"
                f"备份里的放在表样文件夹的“{ASIDE}”中。"
            )
        if self.left:
            said += f"表样“{'”“'.join(self.left)}”太大，没有带上，请自己复制。"
        return said


class BadArchive(Exception):
    """An archive of forms is not what was written; its reason in Chinese."""


def folder_of(book: Path) -> Path:
    """The folder of the forms of a book: 源汇区.yzb → 源汇区.表样."""
    return book.with_name(f"{book.stem}.表样")


def archive_of(backup: Path) -> Path:
    """Where the forms of a backup are."""
    return backup.with_name(f"{backup.stem}.表样.zip")


def pack(book: Path, backup: Path) -> Taken:
    """Put the forms of ``book`` into the archive beside ``backup``; none where there are no forms.

    Raises OSError; nothing is left behind then.
    """
    forms, left = _forms(folder_of(book))
    target = archive_of(backup)
    if not forms:
        take_away(backup)  # of a backup of this name that is no more
        return Taken(left=left)
    draft = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in _files(forms):
                member = zipfile.ZipInfo(path.name, _EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(member, path.read_bytes())
        digest = file_digests.digest_of(draft)
        draft.replace(target)
        file_digests.note(target, digest)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)
    return Taken(len(forms), left=left)


def unpack(backup: Path, book: Path) -> Taken:
    """Put the forms of ``backup`` beside ``book``. Raises :class:`BadArchive`, OSError."""
    source = archive_of(backup)
    if not source.is_file():
        return Taken()
    if not file_digests.unspoiled(source):
        raise BadArchive("表样与备份时的校验值不符")
    forms: dict[str, dict[str, bytes]] = {}
    for name, data in _members(source):
        forms.setdefault(Path(name).stem, {})[name] = data
    return _put(forms, folder_of(book))


def carry(book: Path, copy: Path) -> Taken:
    """Take the forms of ``book`` along to ``copy``. Raises OSError."""
    forms, left = _forms(folder_of(book))
    read = {form: {path.name: path.read_bytes() for path in files} for form, files in forms.items()}
    return msgspec.structs.replace(_put(read, folder_of(copy)), left=left)


def same(book: Path, backup: Path) -> bool:
    """Whether the archive beside ``backup`` holds the forms that lie beside ``book`` now."""
    forms, _left = _forms(folder_of(book))
    source = archive_of(backup)
    if not forms or not source.is_file():
        return not forms and not source.is_file()
    try:
        with zipfile.ZipFile(source) as archive:
            held = {one.filename: (one.file_size, one.CRC) for one in archive.infolist()}
        now = {path.name: path.read_bytes() for path in _files(forms)}
    except (OSError, zipfile.BadZipFile):
        return False
    return held == {name: (len(data), zlib.crc32(data)) for name, data in now.items()}


def take_away(backup: Path) -> None:
    """The archive goes with its backup; one that is no backup's has no digest and stays."""
    source = archive_of(backup)
    with suppress(OSError):
        if file_digests.noted(source) is not None:
            source.unlink(missing_ok=True)
            file_digests.beside(source).unlink(missing_ok=True)


def move(backup: Path, to: Path) -> None:
    """The archive goes where its backup goes. Raises OSError."""
    source, target = archive_of(backup), archive_of(to)
    if source.is_file():
        source.rename(target)
        if file_digests.beside(source).is_file():
            file_digests.beside(source).rename(file_digests.beside(target))


def _forms(folder: Path) -> tuple[dict[str, list[Path]], tuple[str, ...]]:
    """The files of each form by its name, and the forms that are too large or too many."""
    found: dict[str, list[Path]] = {}
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.suffix in ENDINGS and path.is_file() and not path.name.startswith("."):
            found.setdefault(path.stem, []).append(path)
    left: list[str] = []
    room, count = ALL, 0
    for name, files in list(found.items()):
        sizes = [path.stat().st_size for path in files]
        if max(sizes) > LARGEST or sum(sizes) > room or count + len(files) > MOST:
            left.append(name)
            del found[name]
        else:
            room, count = room - sum(sizes), count + len(files)
    return found, tuple(left)


def _files(forms: dict[str, list[Path]]) -> Iterator[Path]:
    for files in forms.values():
        yield from files


def _members(source: Path) -> Iterator[tuple[str, bytes]]:
    """The files in an archive; raises :class:`BadArchive` for what no backup of ours holds."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = archive.infolist()
            if len(members) > MOST or sum(one.file_size for one in members) > ALL:
                raise BadArchive("表样过大")
            for one in members:
                if not _plain(one.filename):
                    raise BadArchive("表样中有不该有的文件")
                if one.file_size > LARGEST:
                    raise BadArchive("表样过大")
                yield one.filename, archive.read(one)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadArchive("表样的压缩包已损坏") from error


def _plain(name: str) -> bool:
    """Whether a member is a form's file and leads nowhere else."""
    barred = name.startswith(".") or any(sign in name for sign in "/\\:")
    return not barred and Path(name).suffix in ENDINGS


def _put(forms: dict[str, dict[str, bytes]], folder: Path) -> Taken:
    """Write forms into ``folder``; one whose name has another form goes aside."""
    aside: list[str] = []
    for form, files in forms.items():
        there = [folder / f"{form}{ending}" for ending in ENDINGS]
        held = {path.name: path.read_bytes() for path in there if path.is_file()}
        if held == files:
            continue
        place = folder
        if held:
            aside.append(form)
            place = folder / ASIDE
        place.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            draft = place / f".{name}.{os.getpid()}.tmp"
            draft.write_bytes(data)
            draft.replace(place / name)
    return Taken(len(forms), tuple(aside))
