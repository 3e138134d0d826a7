"""The gate: what a file is, judged by its content and never by its name, before a parser sees it.

:func:`inspect` looks at the first bytes and, in a zip, at the directory only; it inflates nothing
but an ods' ``mimetype``. The parts themselves are examined by
:mod:`~desktop.sheets.workbook.parts` in the child process. Order: size, kind, encryption, duplicate
members, inflated size; before all, how long the directory is.
"""

from __future__ import annotations

import errno
import struct
import zipfile
import zlib
from os import SEEK_END
from pathlib import Path
from typing import Literal

from desktop.errors import NotFound
from desktop.sheets.workbook.refusals import (
    LeftBesideWorkbook,
    NotAWorkbook,
    WorkbookDamaged,
    WorkbookEmpty,
    WorkbookHasPassword,
    WorkbookHostile,
    WorkbookTooLarge,
    WorkbookUnreadable,
)

Kind = Literal["xlsx", "xls", "ods", "csv"]

#: Why the system does not let a file be read.
WHY = {
    errno.EACCES: "没有权限，或正被其他程序独占",
    errno.EPERM: "没有权限，或正被其他程序独占",
    errno.EBUSY: "正被其他程序占用",
    errno.ENOENT: "文件刚被移走或改名",
    errno.EIO: "磁盘或U盘读取出错",
    errno.ENAMETOOLONG: "文件名或路径太长",
}

MAX_BYTES = 64 << 20
MAX_INFLATED = 400 << 20
MAX_MEMBERS = 5_000
#: Bytes of an archive's directory: 5,000 parts with long names and what packers add to them.
MAX_DIRECTORY = 2 << 20

ZIP = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
ZIP64_LOCATOR, ZIP64_END = b"PK\x06\x07", b"PK\x06\x06"
#: The end of a zip with the longest comment and its forms of zip64.
LONGEST_END = (1 << 16) + 22 + 20 + 56
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What a program that has a workbook open leaves beside it holds no more than who it is.
LOCK, LONGEST_LOCK = "~$", 1024
ODS = b"application/vnd.oasis.opendocument.spreadsheet"

#: First bytes of what is often sent by mistake.
OTHERS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "PDF 文档"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
    (b"\x1f\x8b", "gzip 压缩包"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"GIF8", "图片"),
    (b"{\\rtf", "RTF 文档"),
    (b"MZ", "程序文件"),
    (b"\x7fELF", "程序文件"),
    (b"SQLite format 3", "数据库文件"),
    (b"ID;P", "SYLK 交换文件"),
    (b"TABLE\r\n0,", "DIF 交换文件"),
    (b"TABLE\n0,", "DIF 交换文件"),
)
#: Directory entries of an OLE2 file that say what it is, in the order they are asked. A Word file
#: keeps embedded workbooks under ObjectPool; a workbook with an embedded Word file has none.
ENTRIES: tuple[tuple[str, str], ...] = (
    ("EncryptedPackage", "password"),
    ("ObjectPool", "Word 文档"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("WordDocument", "Word 文档"),
    ("PowerPoint Document", "演示文稿"),
)


def inspect(path: Path) -> Kind:
    """What kind of workbook ``path`` is; raises one of :mod:`~desktop.sheets.workbook.refusals`.

    :class:`~desktop.errors.NotFound` when there is no such file.
    """
    name = path.name
    try:
        if not path.exists():
            raise NotFound(str(path))
        if not path.is_file():
            raise NotAWorkbook(name, "文件夹" if path.is_dir() else "不是普通文件")
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise WorkbookUnreadable(name, WHY.get(error.errno or 0, "系统不允许读取")) from error
    if name.startswith(LOCK) and size <= LONGEST_LOCK and not head.startswith((ZIP, OLE)):
        raise LeftBesideWorkbook(name)
    if size == 0:
        raise WorkbookEmpty(name)
    if size > MAX_BYTES:
        raise WorkbookTooLarge(name, f"文件有 {size >> 20} MB，上限 {MAX_BYTES >> 20} MB")
    if head.startswith(ZIP):
        return _zipped(path)
    if head.startswith(ZIP_END):
        raise NotAWorkbook(name, "空的压缩包")
    if head.startswith(OLE):
        return _ole(path)
    return _text(name, head)


def _zipped(path: Path) -> Kind:
    name = path.name
    try:
        if _directory(path) > MAX_DIRECTORY:
            raise WorkbookTooLarge(name, "压缩包内的部分过多")
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            kind = _zip_kind(name, archive, names)
            encrypted = kind == "ods" and _ods_encrypted(archive, names)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise WorkbookDamaged(name, "压缩包不完整") from error
    except NotImplementedError as error:  # a compression that zipfile does not know
        raise WorkbookDamaged(name, "压缩包不完整") from error
    except RuntimeError as error:  # zipfile's word for a member that needs a password
        raise WorkbookHasPassword(name) from error
    if encrypted or any(member.flag_bits & 1 for member in members):
        raise WorkbookHasPassword(name)
    if len({member.filename.casefold() for member in members}) != len(members):
        raise WorkbookHostile(name, "压缩包内有重名的部分")
    if len(members) > MAX_MEMBERS:
        raise WorkbookTooLarge(name, f"压缩包内有 {len(members)} 个部分")
    inflated = sum(member.file_size for member in members)
    if inflated > MAX_INFLATED:
        raise WorkbookTooLarge(name, f"展开后有 {inflated >> 20} MB，上限 {MAX_INFLATED >> 20} MB")
    return kind


def _directory(path: Path) -> int:
    """The bytes of a zip's directory as its end says (APPNOTE 4.3.14 to 4.3.16), 0 without an end.

    zipfile reads the whole of it, and makes half a kilobyte of every 46 bytes.
    """
    with path.open("rb") as file:
        size = file.seek(0, SEEK_END)
        file.seek(max(0, size - LONGEST_END))
        tail = file.read()
        at = len(tail) - 22
        if not (tail.startswith(ZIP_END, at) and tail.endswith(b"\0\0")):  # as zipfile looks
            at = tail.rfind(ZIP_END)
        if at < 0 or at + 22 > len(tail):
            return 0
        (directory,) = struct.unpack_from("<I", tail, at + 12)
        found = [int(directory)]
        if at >= 76 and tail.startswith(ZIP64_LOCATOR, at - 20):
            (place,) = struct.unpack_from("<Q", tail, at - 12)
            file.seek(min(place, size))
            for end in (tail[at - 76 : at - 20], file.read(56)):
                if end.startswith(ZIP64_END) and len(end) == 56:
                    found.append(struct.unpack_from("<Q", end, 40)[0])
    return max(found)


def _zip_kind(name: str, archive: zipfile.ZipFile, names: set[str]) -> Kind:
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        raise NotAWorkbook(name, "二进制工作簿（xlsb）")
    if "word/document.xml" in names:
        raise NotAWorkbook(name, "Word 文档")
    if any(member.startswith("ppt/") for member in names):
        raise NotAWorkbook(name, "演示文稿")
    if "mimetype" in names:
        with archive.open("mimetype") as file:
            mimetype = file.read(200).strip()
        if mimetype in (ODS, ODS + b"-template"):
            return "ods"
        raise NotAWorkbook(name, "其他类型的开放文档")
    raise NotAWorkbook(name, "压缩包")


def _ods_encrypted(archive: zipfile.ZipFile, names: set[str]) -> bool:
    if "META-INF/manifest.xml" not in names:
        return False
    with archive.open("META-INF/manifest.xml") as file:
        return b"encryption-data" in file.read(1 << 20)


def _ole(path: Path) -> Kind:
    data = path.read_bytes()
    for entry, meaning in ENTRIES:
        if not _has_entry(data, entry):
            continue
        if meaning == "password":
            raise WorkbookHasPassword(path.name)
        if meaning != "xls":
            raise NotAWorkbook(path.name, meaning)
        return "xls"
    if len(data) % 512:
        raise WorkbookDamaged(path.name, "文件不完整")
    raise NotAWorkbook(path.name, "其他 Office 文件")


def _has_entry(data: bytes, name: str) -> bool:
    """Whether an OLE2 file has a directory entry (128 bytes, UTF-16 name, its length at 64)."""
    wanted = name.encode("utf-16-le") + b"\0\0"
    length = len(wanted).to_bytes(2, "little")
    at = data.find(wanted)
    while at >= 0:
        if at % 128 == 0 and data[at + 64 : at + 66] == length:
            return True
        at = data.find(wanted, at + 1)
    return False


def _text(name: str, head: bytes) -> Kind:
    """csv, if it is text; whether its lines have columns is seen when it is read."""
    for magic, what in OTHERS:
        if head.startswith(magic):
            raise NotAWorkbook(name, what)
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv"
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype", b"<html", b"<head", b"<table", b"<meta")):
        raise NotAWorkbook(name, "网页")
    if start.startswith(b"<?xml"):
        raise NotAWorkbook(name, "XML 文档")
    if not start:
        raise WorkbookEmpty(name)
    if b"\0" in head or sum(byte < 32 and byte not in b"\t\r\n\f\x1a" for byte in head) > 2:
        raise NotAWorkbook(name, "其他类型的文件")
    return "csv"
