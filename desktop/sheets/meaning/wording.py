"""Headings as words: times made relative to the table's own, and what is left when the words that
carry no meaning are gone.

``2023年计划投资`` in a table of 2023 is 本年计划投资, ``3月完成投资`` in one of March 本月完成投资.
The *skeleton* of a heading folds words that offices use for each other (时间 日期 年月) and drops
idle ones (项目, 目前, 具体); which these are stands in ``synonyms.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.ledger.periods import NoSuchPeriod, Period
from desktop.sheets.tables.headings import is_unit_word, key, without_unit
from desktop.sheets.tables.rows import plain
from desktop.sheets.tables.spans import is_week, span_in

#: A skeleton shorter than this says nothing.
SHORTEST = 2

_UNTIL = re.compile(
    r"(?:截至|截止到?|(?<![直收达])到|(?<![工设以])至)(?:目前|当前|今|现在|本期|本周[末日五四六]?|本?月底|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底|末|份)?)(?!.{0,2}[-~至])"
)
_THIS_YEAR_SO_FAR = re.compile(
    r"(?:(?:自|从)?年初(?:起|以来)?至(?:报告期末?|今|目前|当前|本月[底末]?|\d{1,2}月[份底末]?)|(?:自|从)年初(?:起|以来)?|年初(?:起|以来)|[今本]年以来|(?:\d{4}年)?1月1日起?至今"
    r"|(?:自|从)?(?:\d{4}年)?1月?[-—~至到](?:\d{1,2}|本|当前?)月(?:份|底|末)?|本年(?:度)?至(?:当月|本月|今|目前|报告期末?)"
    r"|(?:\d{4}年)?(?:第?[一1]|前[二两三])季度(?=累计)|(?:\d{4}年)?上半年(?=累计))"
)
_MONTH = re.compile(
    r"(?:(\d{4})年)?(?<![-—~至\d])(\d{1,2})月份?(?:当月)?"
    r"(?=实际|完成|计划|投资|新增|固投|固定资产|目标|项目|工程|形象|进展|进度|工作|$)"
)
_NUMERALS = {
    numeral: number
    for number, numeral in enumerate(("", *"一二三四五六七八九十", "十一", "十二"))
    if numeral
}
_CHINESE_MONTH = re.compile("(?<![一二三四五六七八九十个第])(十[一二]?|[一二三四五六七八九])月")
_MONTH_ALONE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月份?")
_WEEK = re.compile(r"(?:\d{4}年)?第?(\d{1,2})周")
#: A week of the year; 3月第1周 is none.
_OWN_WEEK = re.compile(r"(?:(20\d{2})年)?(?<!月)第(\d{1,2})周(?![期边围岁年转])")
_YEAR = re.compile(r"(?<!\d)(20\d{2})年?度?")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d{2})年(?!期)")
_TIMES = (
    (re.compile(r"今年度?|当年度?|本年度|全年度"), "本年"),
    (
        re.compile(
            r"当月|报告月|这个?月|(?<![本上下每\d个一二三四五六七八九十])月(?=实际完成|完成)|月度(?=完成|实际|投资)"
        ),
        "本月",
    ),
    (re.compile(r"当周|报告周"), "本周"),
    (re.compile(r"(?<!以)上一?年度|上一年|去年度?"), "上年"),
    (re.compile(r"下一?年度|次年度?|来年|下一年"), "明年"),
)

#: The number that a heading has in its table: 1.项目名称, 一、建设地点, (三)责任单位.
_ORDINAL = re.compile(
    r"^(?:\((?:[一二三四五六七八九十]{1,3}|\d{1,2})\)|[一二三四五六七八九十]{1,3}、"
    r"|\d{1,2}(?:、|[.．](?!\d)))(?=..)"
)


#: At the beginning of a heading 项目 and 工程 say nothing: 项目建设地点, 本周工程进展.
_OPENING = re.compile(r"^(本[周月年]|下[周月步])?(?:项目|工程)+(?=..)")


class When(msgspec.Struct, frozen=True):
    """The time that a table is of, as far as it is known."""

    year: int | None = None
    month: int | None = None
    week: int | None = None


#: Nothing known of the time.
ANY = When()


class Folding(msgspec.Struct, frozen=True):
    """How skeletons are made: words put for one another, longest first, and idle words."""

    pairs: tuple[tuple[str, str], ...] = ()
    idle: tuple[str, ...] = ()

    def skeleton(self, words: str) -> str:
        """What is left of a heading's key; "" where too little is left to mean anything."""
        for word, first in self.pairs:
            words = words.replace(word, first)
        for word in self.idle:
            words = words.replace(word, "")
        words = _OPENING.sub(r"\1", words)
        words = re.sub(r"[()与及和或暨]|等$", "", words)
        words = re.sub(r"(..+?)\1+", r"\1", words)
        return words if len(words) >= SHORTEST else ""


def folding(alike: Sequence[Sequence[str]], idle: Sequence[str]) -> Folding:
    """Prepare lists of words of one meaning, the first of which stands for all."""
    pairs = [(word, f"{words[0]}") for words in alike for word in words if word != words[0]]
    return Folding(
        tuple(sorted(pairs, key=lambda pair: -len(pair[0]))),
        tuple(sorted(idle, key=lambda word: -len(word))),
    )


def said(text: str, when: When = ANY) -> str:
    """A heading's key with its times made relative: 2023年计划投资 → 本年计划投资.

    The year before the table's becomes 上年, another year stays; so do months and weeks. 1-3月累计
    becomes 本年累计, 截至3月底 is left out. Where the table's month or week is not known, the
    heading's own is taken for it.
    """
    words = (
        _ORDINAL.sub("", without_unit(plain(text))).replace("累积", "累计").replace("元月", "1月")
    )
    if not any(mark in words for mark in "年月周今至季0123456789"):
        return key(words)
    words = _CHINESE_MONTH.sub(lambda found: f"{_NUMERALS[found[1]]}月", words)
    words = _days(words)
    words = _THIS_YEAR_SO_FAR.sub("本年累计", words)
    words = _UNTIL.sub("", words)
    words = (
        re.sub(r"(\d{1,2})月份?(?:止|底|末)?累计", "累计", words) if "季" not in words else words
    )
    words = _MONTH.sub(lambda found: _month(found, when), words)
    words = _WEEK.sub(lambda found: _week(int(found[1]), when.week), words)
    if when.year is not None:
        words = _SHORT_YEAR.sub(lambda found: f"20{found[1]}年", words)
    words = _YEAR.sub(lambda found: _relative(int(found[1]), when.year), words)
    for pattern, word in _TIMES:
        words = pattern.sub(word, words)
    words = (
        words.replace("本年累计累计", "本年累计")
        .replace("本年本年", "本年")
        .replace("本年年度", "本年")
    )
    return key(words.replace("本年本月", "本月").replace("本年本周", "本周"))


def spellings(path: tuple[str, ...], when: When = ANY) -> Iterator[tuple[str, int]]:
    """The keys under which a heading may be known, best first, each with the number of levels of
    its path that it uses: the whole path, its end, both orders of the last two, the leaf alone."""
    parts = [part for part in (said(text, when) for text in path if not is_unit_word(text)) if part]
    for start in range(len(parts)):
        yield "".join(parts[start:]), len(parts) - start
        if len(parts) - start == 2:
            yield parts[-1] + parts[-2], 2
    if len(parts) > 1 and re.fullmatch("合计|小计|总计|总额|金额|数额|数量", parts[-1]):
        for start in range(len(parts) - 1):
            yield "".join(parts[start:-1]), len(parts) - start
    if parts and "(" in parts[-1]:
        yield re.sub(r"\([^)]*\)", "", parts[-1]), 1


def month_in(path: tuple[str, ...]) -> tuple[int | None, int, str] | None:
    """The month that a heading's path names as its own, with its year and the path without it:
    1月/计划 → (None, 1, "计划"). None for ranges (1-3月), for 3月底, and where none is named."""
    rest: list[str] = []
    found: tuple[int | None, int] | None = None
    for part in path:
        words = plain(part)
        match = _MONTH_ALONE.fullmatch(key(words)) or _MONTH.search(words)
        if match and 1 <= int(match[2]) <= 12 and found is None:
            found = (int(match[1]) if match[1] else None, int(match[2]))
            words = words[: match.start()] + words[match.end() :] if match.re is _MONTH else ""
        rest.append(words)
    return None if found is None else (*found, key("".join(rest)))


def week_in(path: tuple[str, ...], year: int | None) -> tuple[str, str] | None:
    """The week that a heading's path names as its own, and the path without it: 3月6日-12日/进度
    → ("2023-W10", "进度"), or ("3月6日-12日", …) where the year is not known."""
    rest: list[str] = []
    found = ""
    for part in path:
        words = plain(part)
        span, numbered = span_in(words), _OWN_WEEK.search(words)
        if found or (span is None and numbered is None):
            rest.append(words)
        elif span is not None and is_week(span):
            own = span.year or year
            week = span.week(own) if own else None
            found = str(week or words[span.start : span.end])
            rest.append(words[: span.start] + words[span.end :])
        elif span is None and numbered is not None:
            found = _numbered(numbered, year)
            rest.append(words[: numbered.start()] + words[numbered.end() :])
        else:
            rest.append(words)
    return (found, key("".join(rest))) if found else None


def is_month(period: str) -> bool:
    """Whether the period of a column is a month (2023-03, or 3 of an unknown year), not a week."""
    return re.fullmatch(r"(?:\d{4}-)?\d{1,2}", period) is not None


def has_year(period: str) -> bool:
    """Whether the period of a column is canonical, so that its year is known."""
    return re.match(r"\d{4}", period) is not None


def _numbered(found: re.Match[str], year: int | None) -> str:
    named = int(found[1]) if found[1] else year
    try:
        return str(Period("week", named, int(found[2]))) if named else found[0]
    except NoSuchPeriod:
        return ""


def _days(words: str) -> str:
    """2月24日-3月2日 is 本周; a longer span stays as it is written."""
    span = span_in(words)
    if span is None or not is_week(span):
        return words
    return f"{words[: span.start]}本周{words[span.end :]}"


def _month(found: re.Match[str], when: When) -> str:
    year, month = found[1], int(found[2])
    if year and when.year is not None and int(year) != when.year:
        return found[0]
    if when.month in (None, month):
        return "本月"
    return {-1: "上月", 1: "下月"}.get(month - (when.month or 0), found[0])


def _week(week: int, own: int | None) -> str:
    if own in (None, week):
        return "本周"
    return {-1: "上周", 1: "下周"}.get(week - (own or 0), f"第{week}周")


def _relative(written: int, year: int | None) -> str:
    if year is None or written == year:
        return "本年"
    return {year - 1: "上年", year + 1: "明年"}.get(written, str(written))
