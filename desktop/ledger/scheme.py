"""The scheme 方案: definitions read from TOML, data that a district may change without code.

A scheme is a folder of TOML files (``resources/scheme/<name>/``) and travels as an entry of the
journal, so a book never depends on the program's folder. Malformed definitions are refused with
file, key and reason. Adding a register needs a TOML file and nothing else.

Layout: ``scheme.toml`` (name, version, levels, week's last day), ``codes.toml``,
``registers/*.toml``; ``checks.toml``, ``indicators.toml``, ``presets.toml``, ``holidays.toml``,
``synonyms.toml`` and the texts of papers are read by the rooms they belong to, by
:meth:`~desktop.ledger.definitions.Scheme.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from desktop.ledger.correspondence import REGISTERS
from desktop.ledger.definitions import (
    BOOK,
    SCHEME,
    CodeList,
    Field,
    Head,
    MalformedScheme,
    Register,
    Scheme,
    read_toml,
)
from desktop.ledger.soundness import examine

__all__ = [
    "CodeList",
    "Field",
    "MalformedScheme",
    "Register",
    "Scheme",
    "load",
    "parse",
    "read_texts",
]

T = TypeVar("T")


def read_texts(folder: Path) -> dict[str, str]:
    """The TOML files of a scheme's folder: relative name with ``/`` → text.

    Raises :class:`MalformedScheme` when the folder or ``scheme.toml`` is missing or no text.
    """
    texts: dict[str, str] = {}
    for path in sorted(folder.rglob("*.toml")):
        name = path.relative_to(folder).as_posix()
        try:
            texts[name] = path.read_text("utf-8-sig")  # Windows' Notepad likes to write a mark
        except (OSError, UnicodeDecodeError) as error:
            raise MalformedScheme(name, "", f"读不出文字（{error}）") from error
    if "scheme.toml" not in texts:
        raise MalformedScheme("scheme.toml", "", f"文件夹 {folder.name} 中没有这个文件")
    return texts


def load(folder: Path) -> Scheme:
    """The scheme of a folder; raises :class:`MalformedScheme`."""
    return parse(read_texts(folder))


def parse(texts: Mapping[str, str]) -> Scheme:
    """The scheme that ``texts`` (relative file name → TOML) define; checks every reference.

    Raises :class:`MalformedScheme` with file, key and reason.
    """
    head = convert("scheme.toml", read_toml("scheme.toml", texts.get("scheme.toml", "")), Head)
    written = read_toml("codes.toml", texts.get("codes.toml", ""))
    lists = {name: convert("codes.toml", data, CodeList, name) for name, data in written.items()}
    registers = {register.name: register for register in (BOOK, SCHEME, *REGISTERS)}
    files = dict.fromkeys(registers, "scheme.toml")
    for file in sorted(texts):
        if not file.startswith("registers/"):
            continue
        register = convert(file, read_toml(file, texts[file]), Register)
        if register.name in registers:
            raise MalformedScheme(
                file, "name", f"“{register.name}”已在 {files[register.name]} 定义"
            )
        registers[register.name], files[register.name] = register, file
    scheme = Scheme(head, lists, registers, dict(texts))
    examine(scheme, files)
    return scheme


def convert(file: str, data: object, kind: type[T], within: str = "") -> T:
    """``data`` as ``kind``; :class:`MalformedScheme` with the key, the one of a field by its name.

    ``within`` is the key in ``file`` under which ``data`` stands.
    """
    try:
        return msgspec.convert(data, kind)
    except msgspec.ValidationError as error:
        reason, _, where = str(error).partition(" - at ")
        key = ".".join(part for part in (within, *_steps(data, where.strip("`"))) if part)
        raise MalformedScheme(file, key, _chinese(reason)) from None


def _steps(data: Any, where: str) -> Iterator[str]:
    """The steps of a path of msgspec (``$.field[3].type``), items by name where they have one."""
    for name, index in re.findall(r"\.([^.\[]+)|\[(\d+)\]", where):
        if index:
            data = data[int(index)] if isinstance(data, list) else None
            named = data.get("name") if isinstance(data, dict) else None
            yield str(named or int(index) + 1)
        else:
            data = data.get(name) if isinstance(data, dict) else None
            yield name


def _chinese(reason: str) -> str:
    """msgspec's reason with its commonest forms in Chinese."""
    forms = (
        (r"Object contains unknown field `(.+)`", r"多出了不认识的键 \1"),
        (r"Object missing required field `(.+)`", r"缺少必需的键 \1"),
        (r"Invalid enum value (.+)", r"不能取值 \1"),
        (r"Expected `(.+)`, got `(.+)`", r"应为 \1，现为 \2"),
        (r"Expected `str` matching regex .+", "不能是空的"),
        (r"Expected `(.+)` of length >= (\d+).*", r"长度应不小于 \2"),
    )
    for form, chinese in forms:
        if re.fullmatch(form, reason):
            return re.sub(form, chinese, reason)
    return reason
