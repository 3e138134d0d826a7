"""Holds what a reader says of a workbook against its truth: right, asked, silently wrong.

The reader's side is the document of `read-excel --dry-run --json` (`projects`, `items`,
`unclear`), or the list of `--tables --json`. Nothing here knows how it was read.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]


@dataclass
class Verdict:
    """What came out for one workbook; add them up with `+`."""

    fields: int = 0
    right: int = 0
    asked: list[str] = field(default_factory=list)
    """Fields that are not right (or are, with a needless question) and were asked about."""
    wrong: list[str] = field(default_factory=list)
    """Silently wrong: another value, a record too few or too many, without a question."""
    unasked: list[str] = field(default_factory=list)
    """Cells that had to be asked about and were not."""

    def __add__(self, other: Verdict) -> Verdict:
        return Verdict(
            self.fields + other.fields,
            self.right + other.right,
            self.asked + other.asked,
            self.wrong + other.wrong,
            self.unasked + other.unasked,
        )

    @property
    def faultless(self) -> bool:
        """Nothing silently wrong and nothing left unasked."""
        return not self.wrong and not self.unasked


def plain(value: Any) -> str:
    """A text or number for comparison: without blanks, full-width forms made plain."""
    return "".join(unicodedata.normalize("NFKC", "" if value is None else str(value)).split())


def same(said: Any, read: Any) -> bool:
    """Money to the yuan and by its type, texts without regard to blanks; empty is None."""
    if said is None or read is None or read == "":
        return said is None and read in (None, "")
    if isinstance(said, int) or isinstance(read, (int, float)):
        return type(said) is type(read) and bool(said == read)
    return plain(said) == plain(read)


def judge(truth: Document, read: Document) -> Verdict:
    """The verdict on projects, items and questions of one workbook."""
    verdict = Verdict()
    for kind, name in (("projects", "name"), ("items", "problem")):
        if kind in truth:
            judge_records(truth, read, kind, name, verdict)
    for entry in truth["unclear"]:
        if not any(answers(entry, question) for question in read["unclear"]):
            verdict.unasked.append(f"{entry['sheet']}!{entry['cell']} {entry['question']}")
    return verdict


def judge_records(truth: Document, read: Document, kind: str, name: str, verdict: Verdict) -> None:
    """Records are joined by name (an item by its problem); the order does not matter."""
    rest = list(read.get(kind, []))
    for said in truth[kind]:
        found = next((r for r in rest if plain(r.get(name)) == plain(said[name])), None)
        if found is None:
            verdict.wrong.append(f"{kind}: {said[name]} is missing")
            continue
        rest.remove(found)
        for key, value in said.items():
            verdict.fields += 1
            what = f"{said[name]}.{key}: {value!r}, read {found.get(key)!r}"
            asked = is_asked(read, said[name], key)
            due = is_asked(truth, said[name], key) or may_be_asked(truth, read, said[name], key)
            if same(value, found.get(key)):
                verdict.right += 1
                if asked and not due:
                    verdict.asked.append(what)
            elif asked:
                verdict.asked.append(what)
            else:
                verdict.wrong.append(what)
    verdict.wrong += [f"{kind}: {record.get(name)!r} is no record" for record in rest]


def is_asked(document: Document, record: str, key: str) -> bool:
    """Whether a document asks about a field of a record."""
    return any(
        plain(entry.get("record")) == plain(record) and entry.get("field") == key
        for entry in document["unclear"]
    )


def may_be_asked(truth: Document, read: Document, record: str, key: str) -> bool:
    """Whether the reader's question about a field stands at a cell where it does no harm."""
    harmless = {(e["sheet"], e["cell"]) for e in truth["may_ask"]}
    return any(
        (entry["sheet"], entry["cell"]) in harmless
        for entry in read["unclear"]
        if plain(entry.get("record")) == plain(record) and entry.get("field") == key
    )


def answers(due: Document, question: Document) -> bool:
    """Whether a reader's question is the one that had to be put.

    It stands at the cell, or at one of the cells named beside it, or asks about the same field of
    the same record, or about the whole column (same sheet, column and field).
    """
    places = [due, *due.get("or", [])]
    if any((question["sheet"], question["cell"]) == (p["sheet"], p["cell"]) for p in places):
        return True
    if question.get("field") != due["field"]:
        return False
    if due["record"] and plain(question.get("record")) == plain(due["record"]):
        return True
    column = re.sub(r"\d", "", due["cell"])
    whole_column = not question.get("record")
    return whole_column and (question["sheet"], re.sub(r"\d", "", question["cell"])) == (
        due["sheet"],
        column,
    )


def heading(text: str) -> str:
    """A heading's path for comparison; a unit in a row of its own belongs to the heading above."""
    return plain(text).replace("/(", "(")


def judge_tables(truth: Document, read: list[Document]) -> list[str]:
    """What differs between the tables said and read; nothing where tables are not judged."""
    if "tables" not in truth:
        return []
    rest = list(read)
    out: list[str] = []
    for said in truth["tables"]:
        place = f"{said['sheet']} {said['header_rows']} {said['headings'][0]}"
        heads = [heading(text) for text in said["headings"]]
        found = next(
            (
                r
                for r in rest
                if (r["sheet"], list(r["header_rows"])) == (said["sheet"], said["header_rows"])
                and [heading(text) for text in r["headings"]] == heads
            ),
            None,
        )
        if found is None:
            out.append(f"{place}: not found with these headings")
            continue
        rest.remove(found)
        for key in ("data_rows", "totals_rows", "unit"):
            if found[key] != said[key]:
                out.append(f"{place}: {key} {said[key]!r}, read {found[key]!r}")
    return out + [f"{r['sheet']} {r['header_rows']}: no table" for r in rest]
