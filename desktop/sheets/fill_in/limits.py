"""What the open cells of a fill-in workbook take: lists, limits, and what Excel says in Chinese.

A limit that the definitions set stops what is typed; one that is only usual warns. Short lists
stand in the rule itself, long ones on a hidden worksheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from desktop.ledger.definitions import CodeList, Field
from desktop.ledger.money import PLACES, Unit
from desktop.sheets.writing.lists import Lists

if TYPE_CHECKING:
    from openpyxl.worksheet.datavalidation import DataValidation

#: Excel's own limits, in signs: a message, its title.
LONGEST_MESSAGE, LONGEST_TITLE = 255, 32
#: Dates outside these are typed wrongly.
FIRST_DAY, LAST_DAY = "DATE(2000,1,1)", "DATE(2099,12,31)"
_SHORT, _LONG = 200, 2_000
_LARGEST = 10**15


class Limit(msgspec.Struct, frozen=True):
    """A rule: its kind and bounds as Excel has them, whether it stops or only warns, the sentence
    shown when it is broken, and the one shown while the cell is chosen."""

    type: str
    operator: str = "between"
    first: str = ""
    second: str = ""
    stops: bool = True
    error: str = ""
    prompt: str = ""


def limit_of(field: Field, codes: CodeList | None, money: Unit, lists: Lists) -> Limit | None:
    """The rule for the cells of a field; None where nothing can be said."""
    if field.type == "flag":
        return choice(("是", "否"), lists, "请选“是”或“否”。", field.help)
    if codes is not None:
        names = tuple(_shown(codes, one.name) for one in codes.items if not one.retired)
        listed = "、".join(names)
        if field.type == "choices":
            prompt = f"可填几项，用顿号分开：{listed}"
            return Limit("textLength", "lessThanOrEqual", str(_SHORT), error=prompt, prompt=prompt)
        return choice(names, lists, f"请从列表中选择：{listed}", field.help)
    if field.type in ("money", "number", "integer", "percent"):
        return _number(field, money)
    if field.type == "date":
        said = "请填日期，如 2023-03-02，在 2000 年至 2099 年之间。"
        return Limit("date", "between", FIRST_DAY, LAST_DAY, error=said, prompt=field.help or said)
    if field.type == "month":
        return _length(7, "请填月份，形如 2023-03。", field.help)
    if field.type == "long_text":
        return _length(_LONG, f"最多 {_LONG} 字，请精简。", field.help)
    return _length(_SHORT, f"最多 {_SHORT} 字，请精简。", field.help)


def choice(names: Sequence[str], lists: Lists, error: str, prompt: str = "") -> Limit:
    """A list to choose from."""
    return Limit("list", first=lists.formula(names), error=error, prompt=prompt)


def validation(limit: Limit, title: str) -> DataValidation:
    """The rule as openpyxl has it, for cells still to be added."""
    from openpyxl.worksheet.datavalidation import DataValidation

    made = DataValidation(type=limit.type, formula1=limit.first, allow_blank=True)
    if limit.type != "list":
        made.operator = limit.operator
        made.formula2 = limit.second or None
    made.errorStyle = "stop" if limit.stops else "warning"
    made.showErrorMessage = True
    made.errorTitle = title[:LONGEST_TITLE]
    made.error = _fit(limit.error)
    if limit.prompt:
        made.showInputMessage = True
        made.promptTitle = title[:LONGEST_TITLE]
        made.prompt = _fit(limit.prompt)
    return made


def _number(field: Field, money: Unit) -> Limit:
    kind = "whole" if field.type == "integer" else "decimal"
    size = 10 ** PLACES[money] if field.type == "money" else 1
    least, most = field.minimum, field.maximum
    usual = 1 if field.type == "percent" else _LARGEST
    # A correction may be negative where the definitions do not forbid it: Excel only warns then.
    stops = least is not None or field.type not in ("money", "number")
    low, high = (least or 0) / size, (usual if most is None else most) / size
    unit = f"，单位{money}" if field.type == "money" else ""
    range_ = f"不小于 {low:g}" if most is None else f"在 {low:g} 与 {high:g} 之间"
    what = "整数" if kind == "whole" else "数"
    said = f"请填{what}{unit}，{range_}；不要写“约”“多”等字。"
    if field.type == "percent":
        said = "请填百分比，如 85%，在 0% 与 100% 之间。"
        stops = False
    elif not stops:
        said += "确需冲减填负数的，请点“是”。"
    return Limit(kind, "between", f"{low:g}", f"{high:.0f}", stops, said, field.help or said)


def _length(most: int, said: str, prompt: str) -> Limit:
    return Limit("textLength", "lessThanOrEqual", str(most), error=said, prompt=prompt)


def _shown(codes: CodeList, name: str) -> str:
    return codes.title_of(name) if name.isascii() else name


def _fit(text: str) -> str:
    return text if len(text) <= LONGEST_MESSAGE else text[: LONGEST_MESSAGE - 1] + "…"
