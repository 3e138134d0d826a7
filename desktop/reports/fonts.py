"""The faces of the papers by role, and for every character a face that has it.

Roles are those of official documents: ``title`` 小标宋, ``hei`` 黑体, ``kai`` 楷体, ``fang`` 仿宋,
``song`` 宋体. A character that a role's face lacks is drawn from the next face of its chain; a
character that no face has is drawn as 〓 and reported, never as a box. What is searched and copied
is the true character even then.

A face enters a PDF as one CID-keyed subset holding the glyphs that were used, so that a string is
never cut into pieces and characters beyond the Basic Multilingual Plane are copied right (the
library's own 256-character subsets write them wrongly into ToUnicode). Faces stand in reportlab's
registry under their ``fontName``: a plain canvas can draw with them too.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property, lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, get_args
from weakref import WeakKeyDictionary

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFZCompress
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop.errors import OneLedgerError
from desktop.paths import fonts_folder
from desktop.reports.office_fonts import find_office_fonts

Value = TypeVar("Value")
Role = Literal["title", "hei", "kai", "fang", "song"]

_UNREADABLE = (TTFError, OSError, ValueError, struct.error)

SUBSTITUTE = "〓"
"""Drawn for a character that no face has (GB/T's sign for one that could not be set)."""

# Which faces stand in, nearest in weight and manner first. A 汉字 missing in FangSong looks best
# from KaiTi; letters, digits and signs from Song.
_HANZI: dict[Role, tuple[Role, ...]] = {
    "title": ("title", "hei", "song", "kai", "fang"),
    "hei": ("hei", "title", "song", "kai", "fang"),
    "kai": ("kai", "song", "fang", "hei", "title"),
    "fang": ("fang", "kai", "song", "hei", "title"),
    "song": ("song", "kai", "fang", "hei", "title"),
}
_SIGNS: dict[Role, tuple[Role, ...]] = {
    **_HANZI,
    "fang": ("fang", "song", "kai", "hei", "title"),
}


class FontDamaged(OneLedgerError):
    """A bundled face is missing or cannot be read: the installation is not whole."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"程序自带的字体缺失或已损坏：{where}。",
            "请重新安装程序，或从完好的安装包中把这个文件复制回来。",
        )


class Subset:
    """The glyphs of one face that one document uses; character codes are 16 bits, from 1 up."""

    def __init__(self, face: Face, name: str) -> None:
        self.face = face
        self.name = name
        self.missing: set[str] = set()
        self.codes = _Codes(self)

    def hex(self, text: str) -> str:
        """The text as a PDF hexadecimal string, without its angle brackets."""
        return "".join(map(self.codes.__getitem__, text))


class _Codes(dict[str, str]):
    """Character → its code in four hexadecimal digits, given out in order of first use."""

    def __init__(self, subset: Subset) -> None:
        self.subset = subset

    def __missing__(self, character: str) -> str:
        if character not in self.subset.face.advance:
            self.subset.missing.add(character)
        code = self[character] = f"{len(self) + 1:04X}"
        return code


class Face(TTFont):  # type: ignore[misc]  # the library has no types
    """One TrueType face: what it has, how wide, and how it is embedded (reportlab's protocol)."""

    def __init__(self, name: str, path: Path, collection_index: int = 0) -> None:
        super().__init__(name, str(path), subfontIndex=collection_index, shapable=False)
        self.subsets: WeakKeyDictionary[Any, Subset] = WeakKeyDictionary()
        tables, size = self.face.table.values(), len(self.face._ttf_data)
        if any(table["offset"] + table["length"] > size for table in tables):
            raise TTFError(f"{path} is cut short")

    @cached_property
    def advance(self) -> dict[str, float]:
        """Character → width in thousandths of the em, for every character that the face has."""
        widths, glyphs = self.face.charWidths, self.face.charToGlyph
        return {chr(code): width for code, width in widths.items() if glyphs[code]}

    def subset(self, doc: Any) -> Subset:
        """This face's subset in a document, begun when first asked for."""
        found = self.subsets.get(doc)
        if found is None:
            found = self.subsets[doc] = Subset(self, f"F{len(doc.fontMapping) + 1}")
            doc.fontMapping[self.fontName] = f"/{found.name}"
            doc.delayedFonts.append(self)
        return found

    # reportlab's protocol for fonts that are subset while drawing

    def splitString(self, text: str, doc: Any, encoding: str = "utf-8") -> list[tuple[int, bytes]]:  # noqa: N802
        """The text as codes of the one subset."""
        return [(0, bytes.fromhex(self.subset(doc).hex(text)))]

    def getSubsetInternalName(self, subset: int, doc: Any) -> str:  # noqa: N802
        """The name of the subset among the page's resources."""
        return f"/{self.subset(doc).name}"

    def addObjects(self, doc: Any) -> None:  # noqa: N802
        """Put the used glyphs into the finished document: ISO 32000-1, 9.7.4 and 9.10.3."""
        subset = self.subsets.pop(doc)
        characters = list(subset.codes)
        glyph_of = self.face.charToGlyph
        shown = [c if c in self.advance else SUBSTITUTE for c in characters]
        shown = [c if c in self.advance else " " for c in shown]
        tag = hashlib.sha256("".join(characters).encode("utf-16", "surrogatepass")).digest()[:6]
        letters = "".join(chr(65 + byte % 26) for byte in tag)
        base = f"{letters}+{self.face.name.decode('ascii', 'replace')}"

        glyphs: dict[int, int] = {0: 0}  # glyph in the face → glyph in the subset, as makeSubset
        for character in shown:
            glyphs.setdefault(glyph_of[ord(character)], len(glyphs))
        to_glyph = b"\0\0" + b"".join(struct.pack(">H", glyphs[glyph_of[ord(c)]]) for c in shown)

        descendant = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/CIDFontType2",
                "BaseFont": PDFName(base),
                "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
                "FontDescriptor": self.face.addSubsetObjects(doc, base, [ord(c) for c in shown]),
                "DW": 1000,
                "W": PDFArray([1, PDFArray([round(self.advance[c]) for c in shown])]),
                "CIDToGIDMap": _stream(doc, to_glyph, f"glyphs:{base}"),
            }
        )
        font = PDFDictionary(
            {
                "Type": "/Font",
                "Subtype": "/Type0",
                "BaseFont": PDFName(base),
                "Encoding": "/Identity-H",
                "DescendantFonts": PDFArray([doc.Reference(descendant, f"descendant:{base}")]),
                "ToUnicode": _stream(doc, _to_unicode(characters), f"unicode:{base}"),
            }
        )
        doc.idToObject["BasicFonts"].dict[subset.name] = doc.Reference(font, f"font:{base}")


def _stream(doc: Any, content: bytes, name: str) -> Any:
    stream = PDFStream()
    stream.content = content
    stream.filters = [PDFZCompress]
    return doc.Reference(stream, name)


def _to_unicode(characters: list[str]) -> bytes:
    """The CMap by which readers search and copy, at most 100 lines to a block (ISO 32000-1)."""
    lines = [
        f"<{code:04X}> <{character.encode('utf-16-be', 'replace').hex().upper()}>"
        for code, character in enumerate(characters, 1)
    ]
    blocks = []
    for start in range(0, len(lines), 100):
        block = lines[start : start + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    head = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    )
    tail = "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    return (head + "\n".join([*blocks, tail])).encode("ascii")


class _Table(dict[str, Value], Generic[Value]):
    """A dictionary that asks once for what it does not hold yet."""

    def __init__(self, ask: Callable[[str], Value]) -> None:
        self.ask = ask

    def __missing__(self, character: str) -> Value:
        value = self[character] = self.ask(character)
        return value


class Faces:
    """The five roles, each face read when first used, and the fallback from one to the next.

    ``office`` gives the faces of the office's own fonts that come before the bundled ones;
    ``advances`` the width of each character by role, in thousandths of the em.
    """

    def __init__(self, folder: Path, office: Mapping[str, Face] | None = None) -> None:
        self.folder = folder
        self.office = office or {}
        self._bundled: dict[Role, Face] = {}
        roles: tuple[Role, ...] = get_args(Role)
        self._of = {role: _Table(partial(self._find, role)) for role in roles}
        self.advances = {role: _Table(partial(self._width, role)) for role in roles}

    def bundled(self, role: Role) -> Face:
        """The program's own face for a role.

        Raises ``FontDamaged``.
        """
        face = self._bundled.get(role)
        if face is None:
            path = self.folder / f"{role}.ttf"
            try:
                face = Face(f"OneLedger-{role}", path)
            except _UNREADABLE as fault:
                raise FontDamaged(str(path)) from fault
            pdfmetrics.registerFont(face)
            self._bundled[role] = face
        return face

    def face(self, role: Role) -> Face:
        """The first face of a role: the office's, else the bundled one."""
        return self.office.get(role) or self.bundled(role)

    def runs(self, role: Role, text: str) -> list[tuple[Face, str]]:
        """The text cut where the face changes; one run in nearly every case."""
        face = self.face(role)
        if face.advance.keys() >= set(text):
            return [(face, text)]
        of = self._of[role]
        return [(found, "".join(part)) for found, part in groupby(text, of.__getitem__)]

    def em(self, role: Role, text: str) -> float:
        """The width of a text in ems: times the size it is the width in points."""
        return sum(map(self.advances[role].__getitem__, text)) / 1000

    def _find(self, role: Role, character: str) -> Face:
        if role in self.office and character in self.office[role].advance:
            return self.office[role]
        chain = _HANZI if character >= "\u3400" and character.isalpha() else _SIGNS
        for name in chain[role]:
            if character in self.bundled(name).advance:
                return self.bundled(name)
        return self.bundled("song")  # which draws 〓

    def _width(self, role: Role, character: str) -> float:
        advance = self._of[role][character].advance
        return advance[character] if character in advance else advance[SUBSTITUTE]


@lru_cache(maxsize=2)
def load_faces(office: bool = False) -> Faces:
    """The faces to draw with, kept for the whole run of the program.

    The bundled ones alone unless ``office`` asks for the office's own fonts, so that the same
    paper is the same on every PC.
    """
    found = {}
    for role, (path, index) in find_office_fonts().items() if office else ():
        with suppress(*_UNREADABLE):  # the bundled face serves as well
            found[role] = Face(f"office-{role}", path, index)
            pdfmetrics.registerFont(found[role])
    return Faces(fonts_folder(), found)
