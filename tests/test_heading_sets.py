"""The headings of real workbooks that the reader is measured with, and the half set aside.

``tests/data/headings/reading.toml`` may be read while synonyms are written; ``held_out.toml`` is
kept for the last check. Here only the two files themselves are judged: their shape, the fields
they name, how many headings each field has, and that no heading of one half stands in the other.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest

from desktop.ledger.scheme import Scheme, load
from desktop.paths import scheme_folder

FOLDER = Path(__file__).parent / "data" / "headings"
HALVES = ("reading.toml", "held_out.toml")
TABLES = {"project list", "weekly", "monthly", "problems", "supervision", "milestones"}
LISTS = {
    "weekly": "weekly",
    "monthly": "monthly",
    "problems": "problem",
    "supervision": "supervision",
    "milestones": "milestone",
}
FIELDS = 40
EACH_HALF = 10
NO_FIELD_EACH_HALF = 30
SET_ASIDE = "# 留作最后一次检验，不据此修改同义词\n"


class Heading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One heading: what it means, and what of its table a clerk would look at to tell."""

    field: str
    register: str
    table: str
    neighbours: tuple[str, ...]
    samples: tuple[str, ...]
    text: str = ""
    path: tuple[str, ...] = ()
    title: str = ""
    also: tuple[str, ...] = ()


@cache
def headings(name: str) -> tuple[Heading, ...]:
    document = tomllib.loads((FOLDER / name).read_text("utf-8"))
    assert set(document) == {"heading"}
    return msgspec.convert(tuple(document["heading"]), tuple[Heading, ...])


@cache
def scheme() -> Scheme:
    return load(scheme_folder("investment"))


def plain(heading: Heading) -> str:
    """The heading without blanks, unit of money, brackets and marks: what makes it another one."""
    text = re.sub(r"\s", "", heading.text or "".join(heading.path))
    text = re.sub(r"[（(](?:万元|亿元|元)[）)]", "", text)
    return re.sub(r"[（）()\[\]【】“”\"、，,：:；;／/.。·]", "", text)


@pytest.mark.parametrize("name", HALVES)
def test_every_heading_is_well_formed(name: str) -> None:
    for heading in headings(name):
        assert bool(heading.text) != bool(heading.path), heading
        assert not heading.path or (len(heading.path) > 1 and all(heading.path)), heading
        assert plain(heading), heading
        assert heading.table in TABLES, heading
        assert len(heading.neighbours) >= 2 and all(heading.neighbours), heading
        assert plain(heading) not in {re.sub(r"\s", "", text) for text in heading.neighbours}
        assert len(heading.samples) >= 2 and all(heading.samples), heading


@pytest.mark.parametrize("name", HALVES)
def test_every_field_named_is_one_of_the_shipped_scheme(name: str) -> None:
    fields = {
        register.name: {field.name for field in register.field}
        for register in scheme().registers.values()
    }
    for heading in headings(name):
        if not heading.field:
            assert not heading.register, heading
        else:
            assert heading.field in fields[heading.register], heading
            assert heading.register in {"project", LISTS.get(heading.table)}, heading
        nearby = fields["project"] | fields[LISTS.get(heading.table, "project")]
        elsewhere = nearby | fields["weekly"] | fields["problem"]
        assert set(heading.also) <= elsewhere - {heading.field}, heading


@pytest.mark.parametrize("name", HALVES)
def test_each_half_has_enough_headings_of_every_field(name: str) -> None:
    counts = Counter(heading.field for heading in headings(name))
    assert counts.pop("") >= NO_FIELD_EACH_HALF
    assert len(counts) >= FIELDS
    assert {field: count for field, count in counts.items() if count < EACH_HALF} == {}


def test_both_halves_speak_of_the_same_fields() -> None:
    reading, held_out = ({heading.field for heading in headings(name)} for name in HALVES)
    assert reading == held_out


def test_no_heading_of_one_half_stands_in_the_other() -> None:
    reading, held_out = ({plain(heading) for heading in headings(name)} for name in HALVES)
    assert reading & held_out == set()


def test_no_heading_is_counted_twice_or_is_both_a_field_and_none() -> None:
    everything = [heading for name in HALVES for heading in headings(name)]
    counts = Counter((heading.field, plain(heading)) for heading in everything)
    assert {key for key, count in counts.items() if count > 1} == set()
    fields = {plain(heading) for heading in everything if heading.field}
    assert fields & {plain(heading) for heading in everything if not heading.field} == set()


def test_the_half_set_aside_says_so_in_its_first_line() -> None:
    assert (FOLDER / "held_out.toml").read_text("utf-8").startswith(SET_ASIDE)
