"""Values of fields: what a book may store, what a person types for it, how it is shown.

Stored forms: money integer yuan; integer and flag (0/1) int; number and percent (a fraction) float;
dates ``2023-03-31``, months ``2023-03``; choices a JSON array as text, photos and attachments one
of digests (see :mod:`desktop.ledger.attachments`); all else text. Empty is None, never "".
"""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime
from typing import Any

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger import codes, dates, money
from desktop.ledger.definitions import Field, Scheme
from desktop.ledger.entry import json_text

YES = frozenset({"是", "√", "✓", "☑", "有", "能", "对", "1", "true", "yes", "y", "真"})
NO = frozenset({"否", "×", "✗", "☐", "无", "不能", "0", "false", "no", "n", "假"})
#: SQLite's integers end here; so do ours.
LARGEST = 2**63 - 1
_EMPTY = re.compile(r"[-－‐‑‒–—―─−/／\\]*")
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?%?", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
#: How a photo or an attachment is named: the SHA-256 of its content.
DIGEST = re.compile("[0-9a-f]{64}")
_CONTENTS = frozenset({"photo", "attachment"})
_LISTS = _CONTENTS | {"choices"}
#: Characters that no text of a book holds: controls other than line break and tab, lone surrogates.
_BARRED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
#: Signs that nobody sees and that come along with a paste: zero-width ones, those that turn the
#: direction of writing, byte-order marks, tags, fillers (Unicode 15.1, general category Cf and the
#: Hangul fillers). Variation selectors are not among them: they tell the shapes of a rare sign.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufeff\uffa0\ufff9-\ufffb\U0001d173-\U0001d17a\U000e0000-\U000e007f]"
)


class WrongValue(OneLedgerError):
    """A value does not fit its field; the sentence names the field and the value."""

    def __init__(self, field: Field, value: object, reason: str) -> None:
        shown = str(value)
        shown = shown if len(shown) <= 40 else shown[:40] + "…"
        super().__init__(f"“{field.title}”不能填“{shown}”：{reason}。", "请改正后重填。")
        self.field, self.reason = field.name, reason


def admit(scheme: Scheme, field: Field, value: Any) -> Any:
    """``value``, given in the field's Python form, as the book stores it.

    Takes int yuan, int, float, bool, ``date``, list of choices, text. Raises :class:`WrongValue`.
    """
    if value is None or value == "":
        return None
    kind = field.type
    if kind in ("money", "integer"):
        if type(value) is not int:
            raise WrongValue(field, value, "应为整数")
        return _bounded(field, value)
    if kind in ("number", "percent"):
        if type(value) not in (int, float) or not abs(value) < 1e15:
            raise WrongValue(field, value, "应为数")
        return _bounded(field, float(value))
    if kind == "flag":
        if value not in (0, 1):
            raise WrongValue(field, value, "应为是或否")
        return int(value)
    if kind in _LISTS:
        return _listed(scheme, field, value)
    if kind == "date":
        return _dated(field, value)
    if not isinstance(value, str):
        raise WrongValue(field, value, "应为文字")
    text = _clean(field, value)
    if not text:
        return None
    if kind == "month" and not _MONTH.fullmatch(text):
        raise WrongValue(field, value, "应为形如 2023-03 的月份")
    if kind == "choice":
        _chosen(scheme, field, text)
    if field.pattern is not None and not re.fullmatch(field.pattern, text):
        raise WrongValue(field, value, "格式不符" + (f"（{field.help}）" if field.help else ""))
    return text


def typed(scheme: Scheme, field: Field, text: str, *, year: int | None = None) -> Any:
    """What a person typed into the field, as the book stores it; "" and dashes are empty.

    Money without a unit is in the scheme's unit; a month as a time limit means its last day.
    Signs that nobody sees are left out. Raises :class:`WrongValue` or what the reader raises.
    """
    text = seen(text).strip()
    if _EMPTY.fullmatch(text):
        return None
    kind = field.type
    plain = unicodedata.normalize("NFKC", text)
    if kind == "money":
        return _money(scheme, field, text)
    if kind in ("number", "percent", "integer"):
        return admit(scheme, field, _number(field, plain))
    if kind == "flag":
        return admit(scheme, field, _flag(field, plain))
    if kind == "date":
        return admit(scheme, field, dates.read_date(text, field.role, year).date)
    if kind == "month":
        found = dates.read_date(text, "start", year).date
        return found.isoformat()[:7] if found else None
    if kind in _LISTS:
        return admit(scheme, field, [part for part in re.split(r"[、，,;；\s]+", text) if part])
    if kind == "code":
        credit = field.code == "credit"
        normal = codes.normalise_credit_code if credit else codes.normalise_project_code
        return admit(scheme, field, normal(text))
    if kind == "choice":
        return admit(scheme, field, _by_title(scheme, field, text))
    return admit(scheme, field, text)


def seen(text: str) -> str:
    """``text`` without the signs that nobody sees: two names that look the same are the same."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def shown(scheme: Scheme, field: Field, value: Any) -> str:
    """A stored value as people read it; money in the scheme's unit, without its name."""
    if value is None:
        return ""
    kind = field.type
    if kind == "money":
        return money.format_money(value, scheme.head.money_unit)
    if kind == "flag":
        return "是" if value else "否"
    if kind == "percent":
        return f"{value * 100:z.1f}%"
    if kind == "number":
        return f"{value:z.15g}"
    if kind == "choices":
        return "、".join(msgspec.json.decode(value))
    if kind in _LISTS:
        return f"{len(msgspec.json.decode(value))} 件"
    return str(value)


def _bounded(field: Field, value: int | float) -> int | float:
    if field.minimum is not None and value < field.minimum:
        raise WrongValue(field, value, f"不能小于 {field.minimum}")
    if field.maximum is not None and value > field.maximum:
        raise WrongValue(field, value, f"不能大于 {field.maximum}")
    if abs(value) > LARGEST:
        raise WrongValue(field, value, "数太大")
    return value


def _clean(field: Field, text: str) -> str:
    if _BARRED.search(text):
        raise WrongValue(field, _BARRED.sub("□", text), "含有不能保存的控制字符")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _listed(scheme: Scheme, field: Field, value: Any) -> str | None:
    if isinstance(value, str):
        try:
            value = msgspec.json.decode(value, type=list[str])
        except msgspec.DecodeError:
            raise WrongValue(field, value, "应为若干项") from None
    if not isinstance(value, list | tuple) or not all(isinstance(item, str) for item in value):
        raise WrongValue(field, value, "应为若干项")
    items = list(dict.fromkeys(_clean(field, item) for item in value))
    if field.choices is not None:
        for item in items:
            _chosen(scheme, field, item)
    if field.type in _CONTENTS and not all(DIGEST.fullmatch(item) for item in items):
        raise WrongValue(field, "、".join(items), "照片和附件请用“添加”放入，不能打字填写")
    return json_text(items) if items else None


def _dated(field: Field, value: Any) -> str:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise WrongValue(field, value, "应为形如 2023-03-31 的日期") from None


def _chosen(scheme: Scheme, field: Field, name: str) -> None:
    codes_ = scheme.code_list(field)
    if codes_ is not None and name not in codes_.names:
        offered = "、".join(item.name for item in codes_.items if not item.retired)
        raise WrongValue(field, name, f"应为其中之一：{offered}")


def _by_title(scheme: Scheme, field: Field, text: str) -> str:
    codes_ = scheme.code_list(field)
    for item in codes_.items if codes_ else ():
        if text in (item.name, item.title):
            return item.name
    return text


def _money(scheme: Scheme, field: Field, text: str) -> Any:
    """Yuan; what is less than a yuan is asked back, never rounded away in silence."""
    read = money.parse(text, scheme.head.money_unit)
    if not read.exact:
        raise WrongValue(field, text, "金额以元为最小单位，不足一元的部分请四舍五入后再填")
    try:
        return admit(scheme, field, read.yuan)
    except WrongValue as error:
        raise WrongValue(field, text, error.reason) from None


def _number(field: Field, plain: str) -> int | float:
    digits = plain.replace(",", "").replace(" ", "")
    if not _NUMBER.fullmatch(digits):
        raise WrongValue(field, plain, "应为数")
    share = digits.endswith("%")
    value = float(digits.rstrip("%"))
    if math.isinf(value):
        raise WrongValue(field, plain, "数太大")
    if field.type == "integer":
        if value != int(value) or share:
            raise WrongValue(field, plain, "应为整数")
        return int(digits) if digits.lstrip("+-").isdecimal() else int(value)
    return value / 100 if share or field.type == "percent" else value


def _flag(field: Field, plain: str) -> int:
    if plain.lower() in YES:
        return 1
    if plain.lower() in NO:
        return 0
    raise WrongValue(field, plain, "应为是或否")
