"""What makes a PDF fit for the archive: PDF/A-2b (ISO 19005-2) beside what the binder does anyway.

Fonts are embedded, nothing is encrypted, transparent or fetched from elsewhere; here come the
meaning of the colours (6.2.3), what the file says of itself as XMP (6.6) and the form of streams.
"""

from __future__ import annotations

from datetime import date
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase.pdfdoc import (
    XMP,
    NoEncryption,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObject,
    PDFStream,
    PDFString,
    PDFZCompress,
)

from desktop.reports import srgb

PRODUCER = "ReportLab PDF Library"
_MEANT = "sRGB IEC61966-2.1"


def make_archivable(doc: Any, title: str, author: str, creator: str, made_on: date) -> None:
    """Put output intent and XMP into a document of reportlab's that is not yet written.

    Texts are clean already (:func:`desktop.reports.prose.clean`), so that XML bears them.
    """
    catalog = doc.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.__Refs__ = catalog.__NoDefault__
    colours = PDFStream(PDFDictionary({"N": 3}), srgb.profile())
    colours.filters = [PDFZCompress]
    intent = {
        "Type": PDFName("OutputIntent"),
        "S": PDFName("GTS_PDFA1"),
        "OutputConditionIdentifier": PDFString(_MEANT),
        "RegistryName": PDFString("http://www.color.org"),
        "Info": PDFString(_MEANT),
        "DestOutputProfile": doc.Reference(colours, "colours"),
    }
    catalog.OutputIntents = PDFArray([PDFDictionary(intent)])
    said = packet(title, author, creator, made_on)
    catalog.Metadata = XMP(creator=lambda _doc: said)
    doc.encrypt = _LineEnds()


class _Stream(bytes, PDFObject):  # type: ignore[misc]  # the library has no types
    """A stream's content; its length leaves the line's end behind it out of account."""

    def format(self, _document: Any) -> bytes:
        """What is written: PDF/A wants a line's end before ``endstream`` (6.1.7.1)."""
        return bytes(self) + b"\n"


class _LineEnds(NoEncryption):  # type: ignore[misc]
    """Encrypts nothing; every stream's finished content passes here."""

    def encode(self, content: bytes) -> bytes:
        """The same content, its line ended."""
        return _Stream(content)


def packet(title: str, author: str, creator: str, made_on: date) -> bytes:
    """The XMP packet: title, author, dates, tools, and the part of the standard that is claimed."""
    title, author, creator = (escape(text) for text in (title, author, creator))
    time = f"{made_on:%Y-%m-%d}T00:00:00+08:00"
    names = f"<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>\n"
    return f"""<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:description>
{names if author else ""}<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{time}</xmp:CreateDate>
<xmp:ModifyDate>{time}</xmp:ModifyDate>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdf:Producer>{PRODUCER}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>""".encode()
