"""RESULTS.md: a table for each part of the benchmark, with what has to be said of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from tests.bench.measure import Measured, machine

RESULTS = Path(__file__).with_name("RESULTS.md")
TITLES = {
    "book": "The book",
    "window": "The window",
    "papers": "The papers",
    "reading": "Workbooks as they arrive",
    "taking-in": "The stick: the district's Friday",
    "power": "The stick: power cuts",
    "trouble": "The stick: kills, failing calls, hostile packages",
    "machine": "The stick: three PCs and a district",
}
HEAD = """# Benchmark

Made by `sh packaging/bench.sh [PART …]`; ours and the floor in turn, medians of several pairs. Each
part says on what machine it was measured.
"""


def table(name: str, lines: Sequence[Measured]) -> str:
    """A part's section in Markdown."""
    head = [
        f"## {TITLES[name]}",
        "",
        f"`{name}`, on {machine()}",
        "",
        "| what | ours | floor | ratio | aim |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*head, *(line.line for line in lines)]) + "\n"


def keep(name: str, lines: Sequence[Measured], file: Path = RESULTS) -> None:
    """Put a part's section in the place of its older one; remarks below that table stay."""
    sections = _sections(file.read_text("utf-8")) if file.exists() else {}
    older = sections.get(name, "")
    remarks = older.split("\n\n", 3)[3] if older.count("\n\n") >= 3 else ""
    sections[name] = table(name, lines) + (f"\n{remarks}" if remarks else "")
    texts = [HEAD, *(sections[one] for one in TITLES if one in sections)]
    file.write_text("\n".join(texts), "utf-8")


def _sections(text: str) -> dict[str, str]:
    """The sections of the file by part."""
    named = {title: name for name, title in TITLES.items()}
    found = {}
    for part in re.split(r"^(?=## )", text, flags=re.MULTILINE)[1:]:
        title = part.partition("\n")[0].removeprefix("## ")
        if title in named:
            found[named[title]] = part.rstrip("\n") + "\n"
    return found
