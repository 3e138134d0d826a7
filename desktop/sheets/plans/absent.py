"""Projects that had figures in the period before and are not in a workbook: they are named, that
nobody misses them only when the week is checked."""

from __future__ import annotations

from collections.abc import Collection

from desktop.ledger.definitions import Register
from desktop.ledger.periods import Period, parse_period
from desktop.ledger.workspace import Book
from desktop.sheets.meaning.known import Known

#: So many projects are listed by name.
LISTED = 8


def named(book: Book, ledger: Register, period: Period, known: Known, met: Collection[str]) -> str:
    """What is to be said of them, "" where there are none. ``met`` are the projects of the book
    that the workbook tells of; only projects of their units are missed."""
    before = book.select(
        f'SELECT max(period) AS period FROM "{ledger.name}" WHERE removed = 0 AND period < ?',
        [str(period)],
    )[0]["period"]
    if not before or not met or parse_period(before).kind != period.kind:
        return ""
    link = str(ledger.of)
    units = {known.rows[one].get("unit") for one in met if one in known.rows}
    filled = {row[link] for row in book.rows(ledger.name, str(period))}
    lost = [
        known.name(row[link])
        for row in book.rows(ledger.name, before)
        if row[link] not in met
        and row[link] not in filled
        and row[link] in known.rows
        and known.rows[row[link]].get("unit") in units
    ]
    if not lost:
        return ""
    listed = "、".join(lost[:LISTED]) + (f"等 {len(lost)} 个" if len(lost) > LISTED else "")
    return f"{parse_period(before).title}有数、这个工作簿里没有的项目：{listed}；账本中的不变。"
