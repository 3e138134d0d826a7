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
from itertools import accumulate
from math import ceil

NO_START = frozenset("，。、；：！？）》」』】〕〉”’…—～·％‰℃々％,.;:!?)]}>%")
NO_END = frozenset("（《「『【〔〈“‘￥＄#№([{<$¥")

_UNIT = (
    "个百分点|百分点|平方公里|平方米|立方米|万千瓦|个工作日|工作日|个季度|季度|个月|公里|千米|公顷|厘米|毫米|"
    "千瓦|兆瓦|小时|分钟|亿元|万元|千元|万亩|万吨|万户|万人|[亿万]?(?:平方米|立方米)|"
    "[元个项家座栋幢套条处件次名户人期周年月日号天时分秒度倍成层级米亩吨亿万位]|[%％‰℃㎡㎥]"
)
_WHOLE = re.compile(
    rf"第?[-+−±]?[0-9][0-9.,]*(?:{_UNIT})?|[A-Za-z0-9][!-~]*|[!-~]{{2,}}|—{{2,}}|…{{2,}}"
)
_WORDS = re.compile(r"[!-~]+|[^!-~]+")
_TORN_AT = frozenset("-/_.,@:;?&=")
_LEAST_TAIL = 2
_LOOSEST = 600


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
        over = bisect_right(edges, edges[start] + room + 0.001) - 1
        if over >= len(text):
            lines.append((start, len(text)))
            break
        end = _line_end(text, start, max(over, start + 1), whole)
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
    while narrow < measure:
        tried = wrap(text, advances, narrow)
        if len(tried) == len(lines):
            return tried
        narrow += 100
    return lines


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
