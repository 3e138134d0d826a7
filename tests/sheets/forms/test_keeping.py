"""Learned forms beside the book: what was learned may come from anybody, or be spoilt."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop.ledger.periods import parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.forms import filling, keeping
from desktop.sheets.forms.learning import learn
from desktop.sheets.proposals.answers import Answers
from tests.sheets.department import empty_form
from tests.sheets.filler import district
from tests.sheets.making import read_here

NAME = "月报"


@pytest.fixture
def learned(tmp_path: Path) -> tuple[Book, Path]:
    """A book with one form, and the form's own file."""
    book, path = district(tmp_path), empty_form(tmp_path / "空表.xlsx")
    form = learn(book.scheme, read_here(path), path, NAME, Answers()).form
    kept = keeping.keep(tmp_path / "d.yzb", form, path.read_bytes())
    return book, kept.with_suffix(".json")


def filled(learned: tuple[Book, Path]) -> filling.Filled:
    book, file = learned
    form, template = keeping.find(file.parent.with_suffix(".yzb"), NAME)
    return filling.fill(book, form, template, parse_period("2023-W09"), date(2023, 3, 3))


def changed(file: Path, change: Callable[[Any], Any]) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    change(said)
    file.write_text(json.dumps(said), encoding="utf-8")


def test_a_form_is_found_and_filled(learned: tuple[Book, Path]) -> None:
    with learned[0]:
        assert filled(learned).rows == 4


@pytest.mark.parametrize(
    "change",
    [
        lambda form: form["columns"][0].update(column=0),
        lambda form: form["columns"][0].update(column=10**6),
        lambda form: form["fixed"][0].update(row=-5),
        lambda form: form["blocks"][0].update(first=0),
        lambda form: form["blocks"][0].update(last=10**6),
        lambda form: form["sums"][0].update(row=10**18),
        lambda form: form.update(number=0),
        lambda form: form.update(card=True),
        lambda form: form.update(sheet="没有这张表"),
    ],
)
def test_what_no_form_says_is_refused_by_name(
    learned: tuple[Book, Path], change: Callable[[Any], Any]
) -> None:
    """Each of these once ended in a fault, or never."""
    changed(learned[1], change)
    with learned[0], pytest.raises(keeping.FormChanged, match=NAME):
        filled(learned)


@pytest.mark.parametrize("content", [b"", b"{}", bytes(99), b"\xff", b"[" * 9_999])
def test_a_spoilt_file_is_refused_by_name(learned: tuple[Book, Path], content: bytes) -> None:
    learned[1].write_bytes(content)
    with learned[0], pytest.raises(keeping.FormChanged, match=NAME):
        filled(learned)
