"""What Excel would complain about in a written xlsx ([ECMA-376] part 1, 18.3 and Excel's limits).

LibreOffice opens what Excel "repairs": elements out of order, merges over one another, long rules.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from desktop.sheets.workbook.grid import place

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
#: The parts of a worksheet in the order of the schema (CT_Worksheet).
ORDER = (
    *("sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData"),
    *("sheetProtection", "protectedRanges", "autoFilter", "mergeCells", "phoneticPr"),
    *("conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins"),
    *("pageSetup", "headerFooter", "rowBreaks", "colBreaks", "drawing", "legacyDrawing"),
    *("tableParts", "extLst"),
)
#: The longest texts of a rule, in signs.
LONGEST = {"errorTitle": 32, "error": 255, "promptTitle": 32, "prompt": 255}
LONGEST_CELL, HIGHEST, WIDEST = 32_767, 409.5, 255


def complaints(path: Path) -> list[str]:
    """A line for everything; [] for a workbook that Excel opens as it is."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    found = list(_package(parts))
    styles = len(_child(ElementTree.fromstring(parts["xl/styles.xml"]), "cellXfs"))
    found += _workbook(ElementTree.fromstring(parts["xl/workbook.xml"]))
    for name, content in parts.items():
        if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
            page = ElementTree.fromstring(content)
            found += [f"{name}: {one}" for one in (*_cells(page, styles), *_around(page))]
    return found


def _package(parts: dict[str, bytes]) -> Iterator[str]:
    """Every relation leads somewhere, every part has a kind."""
    kinds = ElementTree.fromstring(parts["[Content_Types].xml"])
    named = {str(one.get("PartName")).lstrip("/") for one in kinds if "PartName" in one.attrib}
    endings = {one.get("Extension") for one in kinds}
    yield from (f"no part: {name}" for name in named - parts.keys())
    for name, content in parts.items():
        if name not in named and name.rpartition(".")[2] not in endings | {"xml"}:
            yield f"no kind: {name}"
        if not name.endswith(".rels"):
            continue
        folder = posixpath.dirname(posixpath.dirname(name))
        for one in ElementTree.fromstring(content):
            target = posixpath.join("/" + folder, str(one.get("Target")))
            if posixpath.normpath(target).lstrip("/") not in parts:
                yield f"{name}: leads to {target}"


def _workbook(book: Element) -> Iterator[str]:
    names = [str(one.get("name")) for one in _child(book, "sheets")]
    if len({name.casefold() for name in names}) != len(names):
        yield f"sheets alike: {names}"
    for name in names:
        if not 0 < len(name) <= 31 or re.search(r"[\\/*?:\[\]]|^'|'$", name):
            yield f"no sheet's name: {name}"
    defined = [(one.get("name"), one.get("localSheetId")) for one in _child(book, "definedNames")]
    if len(set(defined)) != len(defined):
        yield f"defined twice: {defined}"


def _cells(page: Element, styles: int) -> Iterator[str]:
    below = 0
    for row in _child(page, "sheetData"):
        number = int(str(row.get("r")))
        if number <= below or float(row.get("ht") or 0) > HIGHEST:
            yield f"row {number}"
        below, after = number, -1
        for cell in row:
            at = place(str(cell.get("r")))
            text = "".join(one.text or "" for one in cell.iter(f"{MAIN}t"))
            sound = at[0] == number - 1 and at[1] > after and int(cell.get("s", "0")) < styles
            if not sound or len(text) > LONGEST_CELL:
                yield f"cell {cell.get('r')}"
            after = at[1]


def _around(page: Element) -> Iterator[str]:
    tags = [one.tag.removeprefix(MAIN) for one in page]
    if tags != sorted(tags, key=ORDER.index):
        yield f"out of order: {tags}"
    covered: set[tuple[int, int]] = set()
    for one in _child(page, "mergeCells"):
        cells = _area(str(one.get("ref")))
        if len(cells) < 2 or cells & covered:
            yield f"merge {one.get('ref')}"
        covered |= cells
    last = 0
    for one in _child(page, "cols"):
        if int(str(one.get("min"))) <= last or float(one.get("width", "8")) > WIDEST:
            yield f"columns from {one.get('min')}"
        last = int(str(one.get("max")))
    for rule in _child(page, "dataValidations"):
        said = [name for name, most in LONGEST.items() if len(rule.get(name, "")) > most]
        listed = rule.findtext(f"{MAIN}formula1") or ""
        if said or (listed.startswith('"') and len(listed) > 257):
            yield f"rule {rule.get('sqref')}: {said or listed}"
    for one in _child(page, "headerFooter"):
        if len(one.text or "") > 255:
            yield "a long foot"


def _area(text: str) -> set[tuple[int, int]]:
    first, _, last = text.partition(":")
    (top, left), (bottom, right) = place(first), place(last or first)
    rows, columns = range(top, bottom + 1), range(left, right + 1)
    return {(row, column) for row in rows for column in columns}


def _child(parent: Element, name: str) -> list[Element]:
    found = parent.find(f"{MAIN}{name}")
    return [] if found is None else list(found)
