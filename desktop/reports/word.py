"""A paper as a Word file: the content that the PDF shows, with real styles, for offices to edit.

What is on paper one sheet after another is here sections, styles and fields: a clerk who changes a
sentence gets the same layout by GB/T 9704-2012, with the office's own faces.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from desktop.reports.binding import lay_down
from desktop.reports.content import Paper
from desktop.reports.fonts import Faces, load_faces
from desktop.reports.page import PITCH
from desktop.reports.prose import clean


def write_word(paper: Paper, target: Path | BinaryIO, faces: Faces | None = None) -> None:
    """Write a paper as .docx; ``target`` is replaced only by a whole file.

    Same content, same bytes. ``faces`` measure the columns of tables as in the PDF. Raises
    ``DiskFull``, ``NotWritable`` and ``FontDamaged``.
    """
    lay_down(_written(paper, faces or load_faces()), target)


def _written(paper: Paper, faces: Faces) -> bytes:
    from docx import Document

    from desktop.reports import word_blocks, word_heads, word_package, word_page, word_styles
    from desktop.reports.word_elements import paragraph, run, spacing

    document = Document()
    word_package.strip(document)
    word_styles.put_styles(document)
    word_package.put_settings(document)
    title, author = clean(paper.title), clean(paper.author)
    word_package.put_properties(document, title, author, paper.made_on)
    word_page.set_up(document, paper)

    body = document.element.body
    drawer = word_blocks.Drawer(document, faces)
    pieces = [*word_heads.head_elements(paper, document), drawer.title(paper.title)]
    if paper.subtitle:
        pieces.append(paragraph("Subtitle", [run(clean(paper.subtitle))]))
    pieces.append(paragraph("Break", (), spacing(line=PITCH / 2), keep=True))
    for piece in (*pieces, *drawer.blocks(paper.blocks)):
        body.insert(len(body) - 1, piece)
    for ledger in paper.appendices:
        sheet = word_page.new_section(document, ledger.size, paper)
        for piece in drawer.appendix(ledger, sheet):
            body.insert(len(body) - 1, piece)

    data = BytesIO()
    document.save(data)
    return word_package.settled(data.getvalue(), paper.made_on)
