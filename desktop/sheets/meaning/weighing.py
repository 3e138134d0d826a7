"""What the values of a column, and the unit in its heading, say of what its words may mean."""

from __future__ import annotations

import re

from desktop.sheets.meaning.evidence import Profile, fits, supports
from desktop.sheets.meaning.guesses import other_choices
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.tables.rows import plain

#: Units in a heading: a share; a measure that is neither money nor time.
_SHARE = re.compile("[(（](?:单位[:：])?(?:%|百分比|百分点|‰)[)）]|%$")
_MEASURE = re.compile(
    "[(](?:单位[:：])?(?:亩|公顷|㎡|m2|[万千]?平方米|平方公里|公里|千米|米|km|m|立方米?|m³|㎥|方"
    "|个月?|项|人|户|天|日|月|[万千]?吨(?:标准?煤)?|台|套|栋|座|处|根|株|辆|条|家|间|口|次|床|位"
    "|[万千]?千瓦|兆瓦|[kM]W|kVA)[)]"
)


def weigh(
    words: Vocabulary,
    target: Target,
    path: tuple[str, ...],
    seen: Profile,
    reason: str,
    *,
    known: bool,
) -> tuple[float, str]:
    """A factor for what the values and the unit in the heading say, and the reason to give.
    ``known``: its words alone are enough."""
    if target.what in ("field", "pair") and _measured(words, target, path, seen):
        return 0.3, f"{reason}，但表头的单位不合"
    if target.what == "pair" and "phone" in target.fields and seen.phones >= 0.8:
        return 0.7, f"{reason}，但栏内只有电话"
    if "planned_start" in target.fields[:-1] and seen.count and seen.spans < 0.4:
        return 0.85, f"{reason}，但栏内多不是起止时间"
    if target.what == "rate" and seen.count and max(seen.money, seen.numbers) < 0.3:
        percents = any("%" in text for text in seen.texts)
        return (1.0, reason) if percents else (0.5, f"{reason}，但栏内不是比率")
    if target.what != "field":
        return 1.0, reason
    field = words.scheme.register(target.register).get(target.fields[0])
    if field.choices is not None and other_choices(words, seen, field.name):
        return 0.7, f"{reason}，但栏内是另一项的选项"
    weight = fits(field, seen, known=known)
    if field.type == "phone" and seen.people_with_phones >= 0.5:
        return 0.9, f"{reason}，但栏内还有姓名"
    if weight < 1:
        return weight, f"{reason}，但栏内数据不像“{field.title}”"
    return 1.0, reason


def borne_out(words: Vocabulary, target: Target, seen: Profile) -> float:
    """Whether the values are such as the field has: 1 yes, 0.5 nobody can tell, 0 no."""
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    choices = words.choices.get(field.choices or "")
    return supports(field, seen, None if choices is None else choices.names)


def proven(words: Vocabulary, target: Target, seen: Profile) -> bool:
    """Whether the values could hardly stand in another kind of column."""
    if target.what != "field":
        return False
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    told = field.choices is not None or field.type in ("money", "date", "phone")
    return told and borne_out(words, target, seen) == 1.0


def _measured(words: Vocabulary, target: Target, path: tuple[str, ...], seen: Profile) -> bool:
    """Whether the heading names a unit that the field cannot have: 总体进度(%), 工期(天)."""
    written = plain(path[-1]) if path else ""
    if _SHARE.search(written):
        return True
    if target.what == "pair":
        return bool(_MEASURE.search(written)) and not seen.spans
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    return field.type in ("money", "date", "phone") and bool(_MEASURE.search(written))
