"""What the values of a column alone say, where its words say nothing, or not enough."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from desktop.ledger.definitions import Field
from desktop.sheets.meaning.evidence import Profile
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.tables.rows import plain

#: Values of a code list in so many of the cells speak for its field.
MOSTLY = 0.8
#: Values that any yes-or-no column holds say nothing.
_COMMON = frozenset({"是", "否", "√", "×", "新", "其他", "其它", "完成", "已完成", "一般"})

Guess = tuple[Target, float, str]


def by_values(
    words: Vocabulary, seen: Profile, text: str, found: Collection[tuple[str, str]], best: float
) -> Iterator[Guess]:
    """Targets with confidence and reason. ``text`` is the heading's last level; ``found`` the
    register and field of what its words may mean, the best of them worth ``best``."""
    subject = words.project_registers[0]
    names = {name for _, name in found}
    if seen.codes >= 0.8 and "code" not in names:
        yield Target("field", subject, ("code",)), 0.85, "栏内都是项目代码"
    if seen.credit_codes >= 0.8 and "credit_code" not in names:
        yield Target("field", subject, ("credit_code",)), 0.85, "栏内都是统一社会信用代码"
    people = {"responsible_person", "phone"} & names
    if people and seen.people_with_phones >= 0.5:
        pair = Target("pair", "", ("responsible_person", "phone"))
        yield pair, min(1.0, best + 0.01), "栏内姓名和电话写在一起"
    if not found and seen.mobiles >= 0.8 and seen.count >= 2:
        yield Target("field", subject, ("phone",)), 0.7, "栏内都是电话号码"
    yield from _options(words, seen, text)
    yield from _choices(words, seen, text, found, best)


def _options(words: Vocabulary, seen: Profile, text: str) -> Iterator[Guess]:
    """A heading that lists its options: 项目类型(新建/改扩建/技改)."""
    listed = re.search(r"\(([^()]{3,})\)", text) or re.fullmatch(r"(.{2,}[/、或].{2,})", text)
    options = [plain(part) for part in re.split(r"[/、,，;；|或]", listed[1])] if listed else []
    if len(options) < 2:
        return
    subject = words.scheme.register(words.project_registers[0])
    for field in subject.field:
        choices = words.choices.get(field.choices or "")
        names = choices.names if choices is not None else {}
        fits = not seen.count or seen.chosen(names) >= MOSTLY
        if fits and sum(option in names for option in options) * 2 > len(options):
            yield (
                Target("field", subject.name, (field.name,)),
                0.96,
                f"表头列出了“{field.title}”的选项",
            )


def _shares(words: Vocabulary, seen: Profile) -> list[tuple[float, Field]]:
    """Every field of the project with a code list, with the share of cells that are its choices."""
    subject = words.scheme.register(words.project_registers[0])
    return [
        (seen.chosen(words.choices[field.choices].names), field)
        for field in subject.field
        if field.choices is not None and field.choices in words.choices
    ]


def other_choices(words: Vocabulary, seen: Profile, name: str) -> bool:
    """Whether no cell is a choice of the field ``name``, but nearly all are those of another."""
    if seen.count < 2 or not set(seen.texts) - _COMMON:
        return False
    shares = _shares(words, seen)
    own = [share for share, field in shares if field.name == name]
    return own == [0.0] and any(share >= MOSTLY for share, _ in shares)


def _choices(
    words: Vocabulary, seen: Profile, text: str, found: Collection[tuple[str, str]], best: float
) -> Iterator[Guess]:
    """Columns whose cells are the choices of one field of the project."""
    values = set(seen.texts)
    if seen.count < 2 or not values - _COMMON:
        return
    subject = words.scheme.register(words.project_registers[0])
    shares = _shares(words, seen)
    fitting = [field for share, field in shares if share >= MOSTLY]
    own = {name for register, name in found if register == subject.name}
    if len(fitting) != 1 or fitting[0].name in own:
        return
    (field,) = fitting
    if own and not any(share == 0.0 and one.name in own for share, one in shares):
        return  # the words name another field that the values may be, too
    known = "".join(words.said_of(field.name))
    hinted = any(text[at : at + 2] in known for at in range(len(text) - 1))
    if best < 0.8 or own:
        worth = 0.9 if hinted else 0.72
        yield Target("field", subject.name, (field.name,)), worth, f"栏内都是“{field.title}”的选项"
