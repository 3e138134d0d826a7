"""Contents of papers as text, compared with the files in ``tests/data/papers``.

After a change that is wanted, look at the papers, then write the files anew with
``python -m tests.reports.reference --write`` and read the difference in the commit.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import msgspec

from desktop.ledger import paper_code
from desktop.ledger.store import Store
from desktop.reports.content import Chart, LedgerPaper, Paper
from tests.reports import paper_books

_CODE = re.compile(r"[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}")
FOLDER = Path(__file__).resolve().parents[1] / "data" / "papers"


def told(paper: Paper | LedgerPaper, store: Store) -> str:
    """Everything that a paper says and how: one value to a line, a table's row in one line.

    Codes of heads differ from book to book and are replaced; of a chart stands what it says, its
    drawing is tested where it is made.
    """
    assert paper.footer.code == paper_code.code(store.journal.head)
    built = msgspec.json.decode(msgspec.json.encode(paper))
    blocks = paper.blocks if isinstance(paper, Paper) else ()
    for block, plain in zip(blocks, built.get("blocks", ()), strict=True):
        if isinstance(block, Chart):
            drawing = block.drawing
            size = [round(drawing.width), round(drawing.height)]
            plain["drawing"] = {"said": drawing.said, "size": size}
    return _CODE.sub("（校验码）", "\n".join([*_lines(built, 0), ""]))


def _lines(value: Any, depth: int) -> list[str]:
    """A value as lines; what holds nothing but plain values stands in one line."""
    pad = "  " * depth
    if _plain(value):
        return [pad + json.dumps(value, ensure_ascii=False)]
    if isinstance(value, dict):
        lines = []
        for key, part in value.items():
            if part in ("", [], None, False):
                continue
            if _plain(part):
                lines.append(f"{pad}{key}: {json.dumps(part, ensure_ascii=False)}")
            else:
                lines += [f"{pad}{key}:", *_lines(part, depth + 1)]
        return lines
    lines = []
    for part in value:
        inner = _lines(part, depth + 1)
        lines += [f"{pad}- {inner[0].lstrip()}", *inner[1:]]
    return lines


def _plain(value: Any) -> bool:
    """Whether a value stands in one line: a scalar, a list of scalars, a column or a row."""
    if isinstance(value, dict):
        return "cells" in value or "title_path" in value
    if isinstance(value, list):
        return not any(isinstance(part, dict | list) for part in value)
    return True


def compared(name: str, paper: Paper | LedgerPaper, store: Store) -> None:
    """Fails where a paper says anything else than its reference file."""
    written = (FOLDER / f"{name}.txt").read_text("utf-8")
    assert told(paper, store) == written, "see tests/reports/reference.py"


def main() -> None:
    """Write the reference files anew."""
    if sys.argv[1:] != ["--write"]:
        sys.exit(str(__doc__))
    FOLDER.mkdir(parents=True, exist_ok=True)
    made: Mapping[str, Callable[[Path], paper_books.Made]] = paper_books.PAPERS
    for name, make in made.items():
        with tempfile.TemporaryDirectory() as folder:
            paper, book = make(Path(folder))
            with book:
                text = told(paper, book)
            (FOLDER / f"{name}.txt").write_text(text, "utf-8", newline="\n")
            print(f"{name}: {len(text.splitlines())} lines")


if __name__ == "__main__":
    main()
