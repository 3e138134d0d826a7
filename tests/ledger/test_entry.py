"""An entry: its canonical form, its identity, the chain over every column of its line."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.entry import (
    AUTHORED,
    COLUMNS,
    GENESIS,
    Entry,
    UnreadableEntry,
    canonical,
    chained,
    from_columns,
    identity,
    json_text,
    ledger_identity,
    new_identity,
    read_fields,
)

ENTRY = Entry(
    author="abcdefghijkm",
    number=7,
    time="2023-03-02T12:00:00+08:00",
    operator="王敏",
    scheme=1,
    register="weekly",
    record="0" * 32,
    fields={"completed_week": 1_000_000, "problems": "征迁未完"},
    parents=("b" * 64, "a" * 64),
    batch="abcdefghijkm-7",
    act="import",
    undoes="",
    note="3月台账.xlsx",
    origin={"completed_week": "台账!E5"},
)

texts = st.text(st.characters(codec="utf-8"), max_size=12)
stored = st.none() | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.floats(
    allow_nan=False, allow_infinity=False
) | texts  # fmt: skip
entries = st.builds(
    Entry,
    author=texts,
    number=st.integers(1, 2**31),
    time=texts,
    operator=texts,
    scheme=st.integers(1, 99),
    register=texts,
    record=texts,
    fields=st.dictionaries(texts, stored, max_size=4),
    parents=st.lists(st.text("0123456789abcdef", min_size=8, max_size=8)).map(
        lambda found: tuple(sorted(found))
    ),
    batch=texts,
    act=texts,
    undoes=texts,
    note=texts,
    origin=st.dictionaries(texts, texts, max_size=3),
)


@given(entries)
def test_what_the_columns_say_is_the_entry(entry: Entry) -> None:
    assert from_columns(entry.columns()) == entry
    assert from_columns(entry.columns()).columns() == entry.columns()


def test_the_canonical_form_is_fixed_for_good() -> None:
    """Books, packages and papers of other years hold these identities: the form never changes."""
    form = canonical(ENTRY.columns())
    assert form.decode() == (
        '["oneledger/1","abcdefghijkm",7,"2023-03-02T12:00:00+08:00","王敏",1,"weekly",'
        '"00000000000000000000000000000000",'
        '"{\\"completed_week\\":1000000,\\"problems\\":\\"征迁未完\\"}",'
        f'"{"a" * 64} {"b" * 64}","abcdefghijkm-7","import","","3月台账.xlsx",'
        '"{\\"completed_week\\":\\"台账!E5\\"}"]'
    )
    assert identity(form) == "a358e64fb97f80cc8d1a1e00242eaa5991182743873cb7bfde750340f4424baa"
    assert (
        chained(GENESIS, 1, identity(form), form, "")
        == "6424d5b8bdafd558341255232f05bfb2e33114d3e93af29e16efd993015c11f8"
    )


def test_the_order_of_fields_and_parents_tells_nothing() -> None:
    turned = Entry(
        **{
            **{name: getattr(ENTRY, name) for name in ENTRY.__struct_fields__},
            "fields": dict(reversed(list(ENTRY.fields.items()))),
            "parents": ENTRY.parents[::-1],
        }
    )
    assert identity(canonical(turned.columns())) == identity(canonical(ENTRY.columns()))


def other(value: Any) -> Any:
    return value + 1 if isinstance(value, int) else value + "x"


@pytest.mark.parametrize("name", AUTHORED)
def test_every_authored_column_is_in_the_identity(name: str) -> None:
    columns = list(ENTRY.columns())
    at = AUTHORED.index(name)
    columns[at] = other(columns[at])
    assert identity(canonical(tuple(columns))) != identity(canonical(ENTRY.columns()))


@pytest.mark.parametrize("name", COLUMNS[:-1])
def test_every_column_of_the_line_is_in_the_chain(name: str) -> None:
    line = dict(zip(COLUMNS, (3, "e" * 64, *ENTRY.columns(), "P-1", ""), strict=True))

    def chain(line: dict[str, Any]) -> str:
        form = canonical(tuple(line[column] for column in AUTHORED))
        return chained(GENESIS, line["position"], line["entry"], form, line["package"])

    assert chain({**line, name: other(line[name])}) != chain(line)


def test_the_line_before_is_in_the_chain() -> None:
    form = canonical(ENTRY.columns())
    assert chained("1" * 64, 1, "e", form, "") != chained("2" * 64, 1, "e", form, "")


def test_neighbouring_columns_cannot_be_shifted_into_each_other() -> None:
    columns = list(ENTRY.columns())
    act, undoes = AUTHORED.index("act"), AUTHORED.index("undoes")
    columns[act], columns[undoes] = "imp", "ort"
    assert identity(canonical(tuple(columns))) != identity(canonical(ENTRY.columns()))


def test_a_ledgers_record_follows_from_register_subject_period_and_key() -> None:
    one = ledger_identity("weekly", "p1", "2023-W09")
    assert one == ledger_identity("weekly", "p1", "2023-W09")
    assert len(one) == 32
    assert (
        len(
            {
                one,
                ledger_identity("monthly", "p1", "2023-W09"),
                ledger_identity("weekly", "p2", "2023-W09"),
                ledger_identity("weekly", "p1", "2023-W10"),
                ledger_identity("weekly", "p1", "2023-W09", "k"),
                ledger_identity("weekly", "p12023-W0", "9"),
            }
        )
        == 6
    )


def test_a_founded_record_follows_from_who_wrote_it_and_his_number() -> None:
    assert new_identity("project", "a", 1) == new_identity("project", "a", 1)
    founded = {
        new_identity(register, author, number)
        for register in ("project", "unit")
        for author in ("a", "b")
        for number in (1, 2)
    }
    assert len(founded) == 8
    assert new_identity("project", "p1", 1) != ledger_identity("project", "p1", "1")


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a":', "null", '"a"', "很多字" * 40])
def test_what_no_program_writes_there_is_named(text: str) -> None:
    with pytest.raises(UnreadableEntry, match="读不出"):
        read_fields(text)


def test_canonical_text_has_sorted_keys_and_no_blanks() -> None:
    assert json_text({"b": [1, 2.0, None], "a": "甲"}) == '{"a":"甲","b":[1,2.0,null]}'
