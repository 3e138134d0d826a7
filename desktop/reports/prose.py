"""Chinese line breaking: where a line may end, and how a line is set to the full measure.

By GB/T 15834-2011 (5.1) and typesetters' habit: no line begins with a closing mark or ends with an
opening one, dashes and ellipses are not torn, a figure stays with its unit, a Latin word stays
whole. Lines that fall short are set wider between Chinese characters, never inside a word. All
widths are in thousandths of the em, as ``Faces.advances`` gives them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from math import ceil

# Invisible characters that spreadsheets and web pages leave behind: they take no room on paper.
_INVISIBLE = dict.fromkeys(
    [
        *range(0x20),
        *range(0x7F, 0xA0),
        0xAD,
        *range(0x200B, 0x2010),
        *range(0x2028, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xFE00, 0xFE10),
        0xFEFF,
        0xFFFE,
        0xFFFF,
        *range(0xE0000, 0xE0200),
    ]
)
_SPACES = dict.fromkeys([0x09, 0x0A, 0x0D, 0xA0, *range(0x2000, 0x200B), 0x202F, 0x205F], " ")
_CLEANED: dict[int, str | None] = {**_INVISIBLE, **_SPACES}

NO_START = frozenset("，。、；：！？）》」』】〕〉”’…—～·％‰℃々％,.;:!?)]}>%")
NO_END = frozenset("（《「『【〔〈“‘￥＄#№([{<$¥")

_UNIT = (
    "个百分点|百分点|万?平方公里|[亿万]?平方米|[亿万]?立方米|万千瓦|个工作日|工作日|个季度|季度|个月|公里|"
    "千米|公顷|厘米|毫米|千瓦|兆瓦|小时|分钟|亿元|万元|千元|万亩|万吨|万户|万人|[%％‰℃㎡㎥]"
)
# a figure with its unit (any one character follows its figure), a Latin word, a dash, 两个月
_WHOLE = re.compile(
    rf"第?[!-/−±]*[A-Za-z0-9][!-~]*(?:(?<=[0-9])(?:{_UNIT}|[一-鿿]))?|[!-~]{{2,}}|—{{2,}}|…{{2,}}"
    "|[一二三四五六七八九十百两]+个[一-鿿]"
)
#: Words of the trade as titles of papers and headings of tables hold them.
_TITLE_WORDS = frozenset(
    re.findall(
        "..",
        "重点项目投资增速连续排名末位完成情况进展进度滞后固定资产通报提醒约谈通知督办建设会议调度纪要"
        "限期提出赶工措施差距较大问题整改工程改造提升基础设施配套产业园区物流冷链加工标准厂房污水管网"
        "道路单位目标任务年度季度计划示范资金累计同期同月同比增长序时办公征迁审批竣工开工入库销号责任"
        "时限清单台账交办议定事项落实附件",
    )
)
_WORDS = re.compile(r"[!-~]+|[^!-~]+")
_TORN_AT = frozenset("-/_.,@:;?&=")
_LEAST_TAIL = 2
_LOOSEST = 600


def clean(text: str) -> str:
    """The text without invisible characters, every kind of blank as a plain space.

    The ideographic space stays; half a surrogate pair becomes U+FFFD.
    """
    if text.isprintable():
        return text
    text = text.translate(_CLEANED)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def clean_lines(text: str) -> str:
    """The text of a cell, cleaned, its forced line ends kept."""
    if text.isprintable():
        return text
    return "\n".join(map(clean, text.replace("\r\n", "\n").split("\n")))


def break_lines(
    text: str, widths: Sequence[float], measure: float, indent: float = 0, tail: bool = False
) -> list[tuple[int, int]]:
    """The lines of a text as (start, end); blanks at a line's ends are left out.

    ``indent`` is taken off the first line. With ``tail`` the last line keeps at least two
    characters besides its punctuation. A word wider than the measure is torn, after a hyphen if
    it has one; when even one character is too wide it stands alone.
    """
    edges = [0.0, *accumulate(widths)]
    if edges[-1] + indent <= measure:
        return [(0, len(text))]
    whole: set[int] = set()
    for match in _WHOLE.finditer(text):
        whole.update(range(match.start() + 1, match.end()))

    lines: list[tuple[int, int]] = []
    start, room = 0, measure - indent
    while start < len(text):
        over = max(bisect_right(edges, edges[start] + room + 0.001) - 1, start + 1)
        if over >= len(text):
            lines.append((start, len(text)))
            break
        end = _line_end(text, start, over, whole)
        lines.append((start, _without_blanks(text, start, end)))
        start, room = end, measure
        while start < len(text) and text[start] == " ":
            start += 1
    if tail and len(lines) > 1:
        _lengthen_tail(text, lines, whole)
    return lines


def wrap(text: str, advances: Mapping[str, float], measure: float) -> list[str]:
    """The lines of a cell's text; ``\\n`` forces a new line. Never empty."""
    if "\n" not in text and sum(map(advances.__getitem__, text)) <= measure:
        return [text]
    lines = []
    for part in text.split("\n"):
        widths = list(map(advances.__getitem__, part))
        lines += [part[start:end] for start, end in break_lines(part, widths, measure)] or [""]
    return lines


def balanced(text: str, advances: Mapping[str, float], measure: float) -> list[str]:
    """The fewest lines that hold the text, of nearly the same width: for titles and headings.

    A note in brackets, ``（万元）``, goes to a line of its own when that needs no further line.
    Words that titles often hold are not torn (词意完整, GB/T 9704-2012, 7.3.1) where that needs no
    further line either.
    """
    lines = wrap(text, advances, measure)
    if len(lines) == 1 or "\n" in text:
        return lines
    bracket = text.find("（", 1)
    if bracket > 0 and len(lines) == 2:
        halves = [text[:bracket], text[bracket:]]
        if all(sum(map(advances.__getitem__, half)) <= measure for half in halves):
            return halves
    total = sum(map(advances.__getitem__, text))
    narrow = ceil(total / len(lines))
    found: list[str] = []
    while narrow < measure:
        tried = wrap(text, advances, narrow)
        if len(tried) == len(lines):
            for way in (_by_words(tried, advances, measure), tried):
                if not _torn(way):
                    return way
                found = found or way
        narrow += 100
    return found or lines


def _by_words(lines: list[str], advances: Mapping[str, float], measure: float) -> list[str]:
    """年度计划/投资 and not 年度计/划投资: Chinese words mostly have two characters."""
    if len(lines) != 2 or len(lines[0]) % 2 == 0 or len(lines[1]) % 2 == 0:
        return lines
    first, second = lines[0] + lines[1][0], lines[1][1:]
    fits = sum(map(advances.__getitem__, first)) <= measure
    plain = all(character >= "\u3400" for character in first + second)
    return [first, second] if fits and plain else lines


def _torn(lines: Sequence[str]) -> bool:
    """Whether a word of titles stands on two lines."""
    return any(upper[-1:] + lower[:1] in _TITLE_WORDS for upper, lower in pairwise(lines))


def stretch(text: str, width: float, measure: float) -> float:
    """What to add after each Chinese character and each word to set a line to the full measure.

    0 for a line that would become too loose; ``width`` is the line's own.
    """
    places = sum(1 if run[0] <= "~" and run[0] > " " else len(run) for run in words(text)) - 1
    if places < 1:
        return 0
    gap = (measure - width) / places
    return gap if gap <= _LOOSEST else 0


def words(text: str) -> list[str]:
    """The text cut into words and figures on one side and Chinese on the other."""
    return _WORDS.findall(text)


def may_break(text: str, place: int, whole: set[int]) -> bool:
    """Whether a line may end before ``text[place]``."""
    return (
        place not in whole
        and text[place] not in NO_START
        and text[place - 1] not in NO_END
        and not (text[place] == " " and text[place - 1] in NO_END)
    )


def _line_end(text: str, start: int, over: int, whole: set[int]) -> int:
    for place in range(over, start, -1):
        if may_break(text, place, whole):
            return place
    for place in range(over, start, -1):
        if text[place - 1] in _TORN_AT and text[place] not in NO_START:
            return place
    for place in range(over, start, -1):
        if may_break(text, place, set()):
            return place
    return over


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _lengthen_tail(text: str, lines: list[tuple[int, int]], whole: set[int]) -> None:
    """Move the end of the last line but one back until the last has two true characters."""
    start, end = lines[-1]
    first, _ = lines[-2]
    if sum(c not in NO_START for c in text[start:end]) >= _LEAST_TAIL:
        return
    for place in range(start - 1, first + (start - first) // 2, -1):
        true = sum(c not in NO_START for c in text[place:end])
        if true >= _LEAST_TAIL and may_break(text, place, whole):
            lines[-2] = (first, _without_blanks(text, first, place))
            lines[-1] = (place, end)
            return
