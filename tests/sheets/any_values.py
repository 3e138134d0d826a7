"""Values that a book may hold in a field and a clerk may have typed, for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from desktop.ledger.definitions import Field, Scheme

SIGNS = (
    "一二三甲乙项目建设工程厂房道路合计注备表人（）《》、，。：；ABCdef0123456789 =+-@&<>'\"_x\n"
)
WORD = st.text(SIGNS, min_size=2, max_size=12).map(
    lambda text: "字" + " ".join(text.split()).replace(" ", "") + "末"
)
#: Codes of different projects, all with a right check digit.
CODES = (
    "2108-411102-04-01-583920", "2509-320193-89-01-544060", "2603-141124-89-05-346948",
    "2411-130202-89-01-637015",
)  # fmt: skip
#: Values of fields with a pattern, by a part of it.
PATTERNED = {"W": ("2023-W09", "2022-W51"), "9": ("411102", "411102104")}


def typed(scheme: Scheme, field: Field) -> st.SearchStrategy[Any]:
    """Any value of ``field`` in the form that a book is given."""
    codes = scheme.code_list(field)
    if codes is not None:
        names = st.sampled_from(codes.names)
        many = st.lists(names, min_size=1, max_size=3, unique=True)
        return many if field.type == "choices" else names
    if field.pattern is not None:
        return st.sampled_from(next(v for part, v in PATTERNED.items() if part in field.pattern))
    if field.type == "money":
        # No part is a hundred times its total, no total that of no county: these are asked about.
        if field.name == "total_investment":
            return st.integers(10**7, 10**11 - 1)
        return st.integers(0, 10**9)
    if field.type == "date":
        return st.dates(date(2000, 1, 1), date(2060, 1, 1)).map(str)
    if field.type == "month":
        return st.dates(date(2000, 1, 1), date(2060, 1, 1)).map(lambda day: str(day)[:7])
    if field.type == "integer":
        return st.integers(field.minimum or 0, 999)
    if field.type in ("number", "percent"):
        return st.integers(0, 9_999).map(lambda number: number / 10_000)
    if field.type == "flag":
        return st.booleans()
    if field.type == "code":
        good = {"project": CODES[0], "credit": "91350100M000100Y43"}
        return st.just(good[field.code or "project"])
    if field.type == "phone":
        return st.sampled_from(["13800000001", "0395-1234567"])
    if field.type == "person":  # Seven digits and more beside a name are its telephone.
        return WORD.filter(lambda name: sum(map(str.isdigit, name)) < 7)
    return WORD
