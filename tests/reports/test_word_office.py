"""Papers as Word files, opened by LibreOffice where it is installed, and looked at as pages."""

from __future__ import annotations

import shutil
import subprocess

import pypdfium2
import pytest

from desktop.reports.content import Paragraph
from desktop.reports.word import write_word
from tests.reports import papers, word_papers

MM = 72 / 25.4
SOFFICE = shutil.which("soffice")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[pypdfium2.PdfPage]:
    """The pages of a long paper with every block, as LibreOffice breaks it."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    folder = tmp_path_factory.mktemp("office")
    prose = [Paragraph(papers.PROSE * 4) for _ in range(4)]
    appendices = (papers.ledger(30),)
    paper = papers.paper(*prose, *word_papers.EVERY_BLOCK, appendices=appendices)
    write_word(paper, folder / "paper.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    done = subprocess.run(
        [*command, str(folder / "paper.docx")], capture_output=True, timeout=120, check=False
    )
    if not (folder / "paper.pdf").exists():
        assert b"could not be loaded" in done.stderr, done.stderr.decode()
        pytest.skip("LibreOffice without Writer")
    document = pypdfium2.PdfDocument((folder / "paper.pdf").read_bytes())
    return [document[number] for number in range(len(document))]


def text_of(page: pypdfium2.PdfPage) -> str:
    return page.get_textpage().get_text_bounded().replace("\r\n", "\n")  # type: ignore[no-any-return]


def test_sheets_are_upright_then_on_their_side(pages: list[pypdfium2.PdfPage]) -> None:
    sizes = [tuple(round(side / MM) for side in page.get_size()) for page in pages]
    upright = sizes.count((210, 297))
    assert sizes == [(210, 297)] * upright + [(297, 210)] * (len(sizes) - upright)
    assert 4 < upright < len(sizes)


def test_a_page_of_prose_has_22_lines_of_at_most_28_characters(
    pages: list[pypdfium2.PdfPage],
) -> None:
    lines = [line for line in text_of(pages[1]).split("\n") if len(line) > 3]
    body = [line for line in lines if "账本：" not in line and not line.startswith("—")]
    assert len(body) == 22
    widths = [len("".join(line.split()).encode("gbk", "replace")) / 2 for line in body]
    assert 26 <= max(widths) <= 30  # a closing mark may hang, marks may be set closer


def test_text_stays_within_the_type_area(pages: list[pypdfium2.PdfPage]) -> None:
    text = pages[1].get_textpage()
    boxes = [
        text.get_charbox(at)
        for at in range(text.count_chars())
        if text.get_text_range(at, 1).strip()
    ]
    in_body = [box for box in boxes if box[1] > 35 * MM]
    assert len(in_body) > 400
    assert min(box[0] for box in in_body) > 27.5 * MM
    assert max(box[2] for box in in_body) < (184 + 6) * MM  # a closing mark may hang
    assert max(box[3] for box in in_body) < (297 - 36) * MM


def test_each_page_has_its_number_and_the_small_line(pages: list[pypdfium2.PdfPage]) -> None:
    for number, page in enumerate(pages, 1):
        text = "".join(text_of(page).split())
        assert f"—{number}—" in text
        assert f"第{number}页共{len(pages)}页" in text


def test_the_number_is_right_on_odd_and_left_on_even_pages(
    pages: list[pypdfium2.PdfPage],
) -> None:
    for number, page in enumerate(pages[:4], 1):
        text = page.get_textpage()
        found = text.search(f"— {number} —").get_next()
        assert found is not None
        left, low, _right, high = text.get_charbox(found[0])
        assert (left > 150 * MM) == (number % 2 == 1)
        assert abs((low + high) / 2 - 28 * MM) < 2 * MM


def test_the_heading_of_a_long_table_is_on_each_of_its_pages(
    pages: list[pypdfium2.PdfPage],
) -> None:
    on_side = [page for page in pages if page.get_size()[0] > page.get_size()[1]]
    assert len(on_side) > 1
    with_rows = [text for text in map(text_of, on_side) if "面制品" in text]
    assert len(with_rows) > 1
    assert all("项目名称" in text and "专项债" in text for text in with_rows)
