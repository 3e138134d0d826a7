"""Where learned forms are kept: in a folder beside the book, each a template and what was learned.

Not in the journal: a template is an office's file of any size, and which forms an office fills is
no fact about its projects. A book travels to other PCs and units by entries, of which a template
would have to be one; the folder goes with backups and copies (:mod:`desktop.ledger.forms_beside`),
and a form is handed down by handing on its two files.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import msgspec

from desktop.errors import NotFound, NotWritable, OneLedgerError
from desktop.ledger.forms_beside import folder_of
from desktop.sheets.forms.form import Form
from desktop.sheets.writing.drafts import put_in_place

_BARRED = re.compile(
    r'[\\/:*?"<>|\x00-\x1f]|^\.|[. ]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)', re.IGNORECASE
)
LONGEST_NAME = 60


class FormNameBarred(OneLedgerError):
    """A form's name must be able to name a file."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"表样不能叫“{name}”：名称要能做文件名，最多 {LONGEST_NAME} 字。",
            '不要用 \\ / : * ? " < > | 这些符号，例如“统计局月报表”。',
        )


class NoSuchForm(OneLedgerError):
    """A form was named that is not kept beside this book."""

    def __init__(self, name: str, known: list[str]) -> None:
        listed = f"已有的表样：{'、'.join(known)}。" if known else "还没有学过任何表样。"
        super().__init__(f"没有叫“{name}”的表样。", f"{listed}请先用 form 账本 learn 学一次。")


class FormChanged(OneLedgerError):
    """The kept template is not the one that was learned, or what was learned cannot be read."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"表样“{name}”的文件已被改动或损坏，与学过的不一致。",
            "请用原来的空表重新学一次（form 账本 learn）。",
        )


def keep(book: Path, form: Form, template: bytes) -> Path:
    """Keep a form and its template; one of the same name is replaced. Returns the template's path.

    Raises :class:`FormNameBarred`, :class:`~desktop.errors.DiskFull`,
    :class:`~desktop.errors.NotWritable`.
    """
    if not form.name.strip() or len(form.name) > LONGEST_NAME or _BARRED.search(form.name):
        raise FormNameBarred(form.name)
    folder = folder_of(book)
    path = folder / f"{form.name}.xlsx"
    put_in_place(path, memoryview(template))
    learned = msgspec.json.format(msgspec.json.encode(form), indent=1)
    put_in_place(folder / f"{form.name}.json", memoryview(learned))
    return path


def kept(book: Path) -> list[Form]:
    """All forms of a book by name; raises :class:`FormChanged` for one that cannot be read."""
    return [_read(path) for path in sorted(folder_of(book).glob("*.json"))]


def find(book: Path, name: str) -> tuple[Form, Path]:
    """A form and its template. Raises :class:`NoSuchForm`, :class:`FormChanged`."""
    path = folder_of(book) / f"{name}.json"
    if _BARRED.search(name) or not path.is_file():
        raise NoSuchForm(name, [one.stem for one in sorted(folder_of(book).glob("*.json"))])
    form, template = _read(path), path.with_suffix(".xlsx")
    try:
        if sha256(template.read_bytes()).hexdigest() != form.digest:
            raise FormChanged(name)
    except FileNotFoundError:
        raise NotFound(str(template)) from None
    except OSError as error:
        raise FormChanged(name) from error
    return form, template


def drop(book: Path, name: str) -> None:
    """Take a form away, also one that was spoilt.

    Raises :class:`NoSuchForm`, :class:`~desktop.errors.NotWritable`.
    """
    path = folder_of(book) / f"{name}.json"
    if _BARRED.search(name) or not path.is_file():
        raise NoSuchForm(name, [one.stem for one in sorted(folder_of(book).glob("*.json"))])
    try:
        path.with_suffix(".xlsx").unlink(missing_ok=True)
        path.unlink()
    except OSError as error:
        raise NotWritable(str(path)) from error


def _read(path: Path) -> Form:
    try:
        form = msgspec.json.decode(path.read_bytes(), type=Form)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FormChanged(path.stem) from error
    if form.card and not all(one.row for one in form.columns):
        raise FormChanged(path.stem)
    return form
