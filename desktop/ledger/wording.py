"""Sentences of a scheme 用语: templates with Chinese placeholders that a district edits.

A placeholder is a bare name in braces, {项目数}; ``{{`` and ``}}`` stand for braces. An empty
template says nothing: its sentence is left out.
"""

from __future__ import annotations

import string
from collections.abc import Collection, Mapping
from datetime import date

from desktop.ledger.definitions import MalformedScheme

_FORM = string.Formatter()


def examine(file: str, key: str, template: str, placeholders: Collection[str]) -> str:
    """``template`` itself, when it names nothing but ``placeholders``.

    Raises :class:`MalformedScheme` with ``file``, ``key`` and the reason.
    """
    try:
        named = [part[1:] for part in _FORM.parse(template) if part[1] is not None]
    except ValueError:
        raise MalformedScheme(file, key, "花括号没有成对") from None
    for name, form, conversion in named:
        if name not in placeholders:
            known = "、".join(f"{{{one}}}" for one in placeholders) or "（没有）"
            raise MalformedScheme(file, key, f"没有占位“{{{name}}}”，这里可用：{known}")
        if form or conversion:
            raise MalformedScheme(file, key, f"占位“{{{name}}}”里只能写名称")
    return template


def say(template: str, values: Mapping[str, object]) -> str:
    """An examined template with ``values`` in the places of its placeholders."""
    return template.format_map(values)


def day_in_words(day: date, year: int) -> str:
    """3月15日, with its year where that is not ``year``: 2022年3月15日."""
    return f"{'' if day.year == year else f'{day.year}年'}{day.month}月{day.day}日"
