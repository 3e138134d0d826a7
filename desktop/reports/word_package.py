"""The package that a Word or Excel file is: no parts that nobody needs, the same bytes each time.

Office Open XML files are zips (ECMA-376 part 2). Libraries stamp them with the clock; here every
entry has the date of the content.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from docx.document import Document

_LONGEST = 255
_STAMP = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(<)")
_EARLIEST = 1980


def settled(data: bytes, made_on: date) -> bytes:
    """The zip with every date in it that of ``made_on``."""
    day = max(made_on, date(_EARLIEST, 1, 1))
    found = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(found, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = f"{made_on.isoformat()}T00:00:00Z".encode()
                content = _STAMP.sub(rb"\g<1>" + stamp + rb"\g<3>", content)
            entry = ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o600 << 16
            new.writestr(entry, content)
    return found.getvalue()


def put_properties(document: Document, title: str, author: str, made_on: date) -> None:
    """Title, author, language and date of the file."""
    found, day = document.core_properties, datetime(made_on.year, made_on.month, made_on.day)
    found.title, found.subject = title[:_LONGEST], title[:_LONGEST]
    found.author = found.last_modified_by = author[:_LONGEST]
    found.language, found.comments, found.keywords = "zh-CN", "", ""
    found.created = found.modified = day
    found.revision = 1


def strip(document: Document) -> None:
    """Leave out what the library's template brings along: preview, numbering, web settings."""
    unwanted = ("thumbnail", "stylesWithEffects", "customXml", "numbering", "webSettings")
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, one in rels.items() if one.reltype.endswith(unwanted)]:
            del rels[key]


_APP = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>OneLedger</Application><AppVersion>1.0000</AppVersion></Properties>"
)


def put_settings(document: Document) -> None:
    """Settings of a Chinese document; the faces that stand in for those an office has not got."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.part import Part

    from desktop.reports.word_elements import node
    from desktop.reports.word_styles import FACES

    settings = document.settings.element
    for child in list(settings):
        settings.remove(child)
    modern = {
        "compatibilityMode": 15,
        "overrideTableStyleFontSizeAndJustification": 1,
        "enableOpenTypeFeatures": 1,
        "doNotFlipMirrorIndents": 1,
    }
    uri = "http://schemas.microsoft.com/office/word"
    settings.extend(
        [
            node("w:zoom", percent=100),
            node("w:defaultTabStop", val=420),
            node("w:evenAndOddHeaders"),
            node("w:characterSpacingControl", val="compressPunctuation"),
            node(
                "w:compat",
                node("w:spaceForUL"),
                node("w:balanceSingleByteDoubleByteWidth"),
                node("w:doNotLeaveBackslashAlone"),
                node("w:ulTrailSpace"),
                node("w:adjustLineHeightInTable"),
                node("w:useFELayout"),
                *(
                    node("w:compatSetting", name=name, uri=uri, val=value)
                    for name, value in modern.items()
                ),
            ),
            node("w:themeFontLang", val="en-US", eastAsia="zh-CN"),
            node("w:decimalSymbol", val="."),
            node("w:listSeparator", val=","),
        ]
    )
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in FACES.values()
    )
    table = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w='
        f'"http://schemas.openxmlformats.org/wordprocessingml/2006/main">{fonts}</w:fonts>'
    )
    for rels, kind, text in (
        (document.part.rels, RELATIONSHIP_TYPE.FONT_TABLE, table),
        (document.part.package.rels, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES, _APP),
    ):
        for one in rels.values():
            if one.reltype == kind and isinstance(one.target_part, Part):
                one.target_part._blob = text.encode()
