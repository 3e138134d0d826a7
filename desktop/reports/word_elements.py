"""The small pieces of a Word file: runs, paragraphs, fields, and the measures that Word counts in.

Word counts in twips (1/20 point), half points (sizes of letters) and hundredths of a character
(indents). Elements are ordered as ECMA-376 (17.3) wants them; Word refuses a file otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

from desktop.reports.content import Light
from desktop.reports.pen import LIGHTS
from desktop.reports.prose import clean_lines

SIZE = 16.0
"""3号, in which Word counts the grid's characters."""

_PROPERTIES = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl pBdr shd tabs kinsoku wordWrap "
    "overflowPunct autoSpaceDE autoSpaceDN snapToGrid spacing ind contextualSpacing jc "
    "textDirection textAlignment outlineLvl rPr sectPr"
)
_ORDER = {f"w:{name}": place for place, name in enumerate(_PROPERTIES.split())}


def twips(points: float) -> int:
    """Points as twips."""
    return round(points * 20)


def millimetres(measure: float) -> int:
    """Millimetres as twips."""
    return round(measure * 1440 / 25.4)


def node(tag: str, *children: Element, **attributes: object) -> Element:
    """An element ``w:tag`` with its attributes, all of Word's own namespace."""
    made: Element = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(children)
    return made


def run(text: str, style: str = "", size: float | None = None, gap: float = 0) -> Element:
    """A run of text; ``\\n`` is a new line, a tab a tab.

    ``style``: a character style. ``size`` in points where it differs from the paragraph's;
    ``gap``: points between the characters.
    """
    made = node("w:r")
    properties = node("w:rPr")
    if style:
        properties.append(node("w:rStyle", val=style))
    if gap:
        properties.append(node("w:spacing", val=twips(gap)))
    if size is not None:
        properties.append(node("w:sz", val=round(size * 2)))
        properties.append(node("w:szCs", val=round(size * 2)))
    if len(properties):
        made.append(properties)
    made.extend(_pieces(text))
    return made


def _pieces(text: str) -> Iterator[Element]:
    for number, column in enumerate(text.split("\t")):
        if number:
            yield node("w:tab")
        for place, line in enumerate(clean_lines(column).split("\n")):
            if place:
                yield node("w:br")
            if line:
                piece = node("w:t")
                piece.text = line
                piece.set(qn("xml:space"), "preserve")
                yield piece


def sign(light: Light, after: str = "") -> Element:
    """A light's sign in its colour, and what stands after it."""
    return run(LIGHTS[light][0] + after, f"Light{light.title()}")


def paragraph(
    style: str, runs: Iterable[Element] = (), *properties: Element, keep: bool = False
) -> Element:
    """A paragraph; ``keep`` leaves it on the page of the next one."""
    wanted = [node("w:pStyle", val=style), *properties]
    if keep:
        wanted.append(node("w:keepNext"))
    return node("w:p", node("w:pPr", *ordered(wanted)), *runs)


def ordered(properties: Iterable[Element]) -> list[Element]:
    """Properties of a paragraph in the order of the standard."""
    return sorted(properties, key=lambda one: _ORDER[f"w:{one.tag.rpartition('}')[2]}"])


def kept(made: Element) -> Element:
    """The paragraph, from now on on the page of the next one."""
    properties = made.find(qn("w:pPr"))
    if properties is not None and properties.find(qn("w:keepNext")) is None:
        properties[:] = ordered([*properties, node("w:keepNext")])
    return made


def field(code: str, shown: str = "1") -> list[Element]:
    """A field that Word works out itself: ``PAGE``, ``NUMPAGES``."""
    instruction = node("w:instrText")
    instruction.text = f" {code} "
    instruction.set(qn("xml:space"), "preserve")
    return [
        node("w:r", node("w:fldChar", fldCharType="begin")),
        node("w:r", instruction),
        node("w:r", node("w:fldChar", fldCharType="separate")),
        run(shown),
        node("w:r", node("w:fldChar", fldCharType="end")),
    ]


def tabs(*stops: tuple[float, str]) -> Element:
    """Tab stops: (points from the left margin, ``left`` or ``right`` or ``center``)."""
    return node("w:tabs", *(node("w:tab", val=kind, pos=twips(at)) for at, kind in stops))


def spacing(**values: float) -> Element:
    """Space in points: ``before``, ``after``, and ``line`` for lines of exactly that height."""
    attributes: dict[str, object] = {name: twips(value) for name, value in values.items()}
    if "line" in values:
        attributes["lineRule"] = "exact"
    return node("w:spacing", **attributes)


def indent(size: float = SIZE, **characters: float) -> Element:
    """Indents in characters of ``size``: ``left``, ``right``, ``firstLine``, ``hanging``."""
    values: dict[str, object] = {}
    for side, count in characters.items():
        values[f"{side}Chars"] = round(count * 100)
        values[side] = twips(count * size)
    return node("w:ind", **values)


def border(side: str, kind: str, width: float, colour: str = "auto", space: float = 0) -> Element:
    """One rule of a border: ``width`` and ``space`` in points."""
    return node(f"w:{side}", val=kind, sz=round(width * 8), space=round(space), color=colour)
