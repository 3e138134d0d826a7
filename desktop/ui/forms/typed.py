"""Stored values in the form in which a person types them, so that typing them again is no change.

Money stands in the scheme's unit with all its digits, a percentage with its sign and unrounded, a
choice by its name, a link by the label of its record. No Qt.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from desktop.ledger import codes, values
from desktop.ledger.definitions import Field, Scheme
from desktop.ledger.money import PLACES, format_money

#: What is said of a code while it is typed; a doubtful code is kept all the same (GB/T 40058-2021).
CODE_REMARKS = {
    "check_digit": "校验位不符，是否录错一位？",
    "old": "旧码：2020 年 11 月以前赋的码，没有校验位",
    "ruined": "像是被表格软件改成了数，末几位已丢失，请重新填写",
    "malformed": "不是 24 位代码（20 位数字加连字符）",
}
CREDIT_REMARKS = {
    **CODE_REMARKS,
    "malformed": "不是 18 位统一社会信用代码",
}


def text_of(scheme: Scheme, field: Field, value: Any, label: str = "") -> str:
    """What stands in the field's editor for a stored value; ``label`` is the linked record's."""
    if value is None:
        return ""
    if field.type == "money":
        unit = scheme.head.money_unit
        text = format_money(value, unit, PLACES[unit])
        return text.rstrip("0").rstrip(".") if "." in text else text
    if field.type == "percent":
        return f"{_plain(Decimal(repr(value)) * 100)}%"
    if field.type == "number":
        return _plain(Decimal(repr(value)))
    if field.type == "link":
        return label
    if field.type == "choice":
        codes_ = scheme.code_list(field)
        return codes_.title_of(value) if codes_ else str(value)
    return values.shown(scheme, field, value)


def unit_label(scheme: Scheme, field: Field) -> str:
    """What stands behind the typed figure: 万元, "" for what has no unit."""
    return str(scheme.head.money_unit) if field.type == "money" else ""


def hint(field: Field) -> str:
    """The example in an empty editor."""
    if field.help:
        return field.help
    examples = {
        "money": "如 1200，也可写 1.2亿",
        "date": "如 2023.3.31",
        "month": "如 2023.3",
        "percent": "如 13.9%",
    }
    return examples.get(field.type, "")


def remark(field: Field, text: str) -> str:
    """What is to be said of a code as it stands, "" when there is nothing."""
    if field.type != "code" or not text.strip():
        return ""
    if field.code == "credit":
        return CREDIT_REMARKS.get(codes.credit_code_state(text), "")
    return CODE_REMARKS.get(codes.project_code_state(text), "")


def chosen(value: Any) -> tuple[str, ...]:
    """The items of a stored list (choices, photos, attachments)."""
    return tuple(msgspec.json.decode(value, type=list[str])) if value else ()


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
