"""How a chart is set and how its values are written: styles, and forms of figures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

import msgspec

from desktop.ledger import money
from desktop.ledger.money import Unit
from desktop.reports.charts.drawing import Drawing, Rect, Role, Shape, Text
from desktop.reports.charts.lettering import text_width
from desktop.reports.sums import MOST, fewest_decimals, minus, unit_of_table

Figure: TypeAlias = int | Fraction
#: The shape and the colour of a light (STANDARDS, Lights): told apart without colour.
LIGHTS: dict[str, tuple[Shape, Role]] = {
    "green": ("disc", "light_green"),
    "yellow": ("triangle", "light_yellow"),
    "red": ("square", "light_red"),
}
#: What each light is called where only words can be had.
LIGHT_NAMES = {"green": "绿灯", "yellow": "黄灯", "red": "红灯"}
NO_DATA = "没有数据"


class Style(msgspec.Struct, frozen=True):
    """Sizes in points: of texts, of lines, of the gap between things, of the widest bar."""

    text: float
    line: float
    gap: float
    bar: float


#: Beside other things on a page; to be read from three metres.
PLAIN = Style(text=12, line=2, gap=6, bar=40)
BIG = Style(text=24, line=4, gap=12, bar=96)


class Form(msgspec.Struct, frozen=True):
    """How values are written: ``show`` bare, ``unit`` after it in sentences, ``tick`` on axes."""

    show: Callable[[Figure], str]
    unit: str
    tick: Callable[[Figure], str]

    def say(self, value: Figure | None) -> str:
        """A value with its unit; 无 for none."""
        return "无" if value is None else f"{self.show(value)}{self.unit}"


def _rate(value: Figure) -> str:
    return money.format_rate(Fraction(value))


def _rate_tick(value: Figure) -> str:
    whole = (Fraction(value) * 100).denominator == 1
    return money.format_rate(Fraction(value), 0 if whole else 1)


def _count(value: Figure) -> str:
    return minus(f"{money.nearest(Fraction(value)):,}")


RATE = Form(_rate, "", _rate_tick)
COUNT = Form(_count, "个", _count)


def money_form(values: Sequence[Figure | None], unit: Unit | None = None) -> Form:
    """Yuan in ``unit``, by default 亿元 or 万元 as a table of these values would be."""
    yuans = [money.nearest(Fraction(value)) for value in values if value is not None]
    used = unit or unit_of_table(yuans)
    places = MOST if used == "亿元" else fewest_decimals(yuans, used)

    def show(value: Figure) -> str:
        yuan = money.nearest(Fraction(value))
        return minus(money.format_money(yuan, used, places))

    def tick(value: Figure) -> str:
        text = show(value)
        return text.rstrip("0").rstrip(".") if "." in text else text

    return Form(show, f" {used}", tick)


def nothing(width: float, height: float, style: Style = PLAIN, words: str = NO_DATA) -> Drawing:
    """The drawing that says that there is nothing to draw."""
    size = style.text
    if text_width(words, size) > width or size > height:
        return Drawing(width, height, (), words)
    text = Text(x=width / 2, y=height / 2, text=words, size=size, role="ink_faint", anchor="middle")
    return Drawing(width, height, (text,), words)


def too_small(width: float, height: float, style: Style) -> bool:
    """Whether nothing can be read in so little room."""
    return width < 9 * style.text or height < 5 * style.text


def zone(x: float, y: float, width: float, height: float, tip: str, key: str = "") -> Rect:
    """A place that is not painted and holds a tip."""
    return Rect(x=x, y=y, width=width, height=height, role="", tip=tip, key=key)
