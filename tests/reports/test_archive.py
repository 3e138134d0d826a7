"""A PDF for the archive: what PDF/A-2b asks for and can be seen without its checker."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any
from xml.etree import ElementTree

import pdfplumber
import pytest
from pdfminer.pdftypes import resolve1
from PIL import Image, ImageChops, ImageCms

from desktop.reports import srgb
from desktop.reports.card_pdf import draw_card
from desktop.reports.content import LedgerPaper
from desktop.reports.ledger_pdf import draw_ledger
from desktop.reports.paper_pdf import draw_paper
from tests.reports import card_and_wall, papers, read_back

UGLY = "周报<&>\"'\ufffe\ud800一"


def drawn(**changes: Any) -> bytes:
    target = BytesIO()
    draw_paper(papers.paper(appendices=(papers.ledger(3),), **changes), target)
    return target.getvalue()


@pytest.fixture(scope="module")
def data() -> bytes:
    return drawn()


def catalog(data: bytes) -> dict[str, Any]:
    with pdfplumber.open(BytesIO(data)) as pdf:
        found = dict(pdf.doc.catalog)
        found["Metadata"] = resolve1(found["Metadata"]).get_data()
        intents = [dict(resolve1(one)) for one in resolve1(found["OutputIntents"])]
        for intent in intents:
            profile = resolve1(intent["DestOutputProfile"])
            intent["colours"] = profile.attrs["N"]
            intent["profile"] = profile.get_data()
        found["OutputIntents"] = intents
        return found


def said(packet: bytes) -> dict[str, str]:
    """The texts of an XMP packet by the local names of their elements."""
    root = ElementTree.fromstring(packet.decode("utf-8").split("?>", 1)[1].rsplit("<?", 1)[0])
    found = {}
    for element in root.iter():
        text = "".join(element.itertext()).strip()
        found[element.tag.rsplit("}", 1)[-1]] = text
    return found


def test_it_names_the_part_of_the_standard_and_says_the_same_as_its_information(
    data: bytes,
) -> None:
    found = said(catalog(data)["Metadata"])
    assert (found["part"], found["conformance"]) == ("2", "B")
    assert found["title"] == "全区重点项目第9周进展情况"
    assert found["creator"] == "源汇区重点项目办"
    assert found["CreateDate"] == found["ModifyDate"] == "2023-03-03T00:00:00+08:00"
    with pdfplumber.open(BytesIO(data)) as pdf:
        assert pdf.metadata["Title"] == found["title"]
        assert pdf.metadata["Author"] == found["creator"]
        assert pdf.metadata["Producer"] == found["Producer"]
        assert pdf.metadata["Creator"] == found["CreatorTool"]


def test_any_title_and_author_is_good_xml() -> None:
    target = BytesIO()
    ledger = papers.ledger(1)
    import msgspec

    paper = LedgerPaper(
        msgspec.structs.replace(ledger, title=UGLY), papers.FOOTER, papers.MADE_ON, author=UGLY
    )
    draw_ledger(paper, target)
    assert said(catalog(target.getvalue())["Metadata"])["title"] == "周报<&>\"'\ufffd一"


def test_its_colours_are_srgb(data: bytes) -> None:
    (intent,) = catalog(data)["OutputIntents"]
    assert intent["S"].name == "GTS_PDFA1"
    assert intent["colours"] == 3
    assert intent["profile"] == srgb.profile()


def test_the_profile_means_what_srgb_means() -> None:
    made = ImageCms.ImageCmsProfile(BytesIO(srgb.profile()))
    picture = Image.new("RGB", (32, 32))
    picture.putdata([(n % 256, n * 7 % 256, n * 29 % 256) for n in range(1024)])
    back = ImageCms.profileToProfile(picture, made, ImageCms.createProfile("sRGB"))
    assert isinstance(back, Image.Image)
    differing = ImageChops.difference(picture, back).getextrema()
    assert max(high for _, high in differing) <= 1  # type: ignore[misc]


def test_every_stream_has_its_length_and_ends_on_a_line_of_its_own(data: bytes) -> None:
    found = list(re.finditer(rb"/Length (\d+)[^>]*>>\nstream\n", data))
    assert len(found) > 20
    for match in found:
        end = match.end() + int(match[1])
        assert data[end : end + 18] == b"\nendstream\nendobj\n"


def test_it_is_neither_encrypted_nor_transparent_and_has_an_identity(data: bytes) -> None:
    assert data.startswith(b"%PDF-1.7\n%")
    assert len([byte for byte in data[10:14] if byte > 127]) == 4
    assert b"/Encrypt" not in data
    assert b"/SMask" not in data
    assert re.search(rb"/ID\s*\[<([0-9a-f]{32})><\1>\]", data)
    assert b"/LZWDecode" not in data


def test_every_font_is_in_the_file(data: bytes) -> None:
    assert all(read_back.fonts(data).values())
    assert data.count(b"/FontFile2") == data.count(b"/Type /FontDescriptor") > 0
    assert b"Helvetica" not in data


def test_the_same_content_gives_the_same_bytes(data: bytes) -> None:
    assert drawn() == data
    assert drawn(author="别人") != data


def test_a_photo_is_a_stream_like_the_others() -> None:
    target = BytesIO()
    draw_card(card_and_wall.card(), target)
    data = target.getvalue()
    photo = re.search(rb"/DCTDecode \][^>]*/Length (\d+)[^>]*>>\nstream\n", data)
    assert photo
    end = photo.end() + int(photo[1])
    assert data[end : end + 18] == b"\nendstream\nendobj\n"
    assert b"/Interpolate true" not in data
