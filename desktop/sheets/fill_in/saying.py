"""What is said of a returned fill-in workbook as a whole: its scheme, what is missing, its week."""

from __future__ import annotations

from collections.abc import Iterable

from desktop.ledger import lock
from desktop.ledger.definitions import Register
from desktop.ledger.periods import Period
from desktop.ledger.workspace import Book
from desktop.sheets.fill_in.marks import Mark
from desktop.sheets.fill_in.returning import Returned
from desktop.sheets.writing.registers import Labels

#: So many names are listed in one sentence.
LISTED = 8


def of_version(book: Book, mark: Mark) -> list[str]:
    """That the workbook was made under an older scheme."""
    now = book.scheme.version
    if mark.version >= now:
        return []
    return [
        f"模板按第 {mark.version} 版方案发出，现行方案是第 {now} 版："
        "按现行栏目读入，新增的栏目不在其中。"
    ]


def of_missing(register: Register, returned: Returned) -> list[str]:
    """Which given rows did not come back; nothing is removed for that."""
    if not returned.missing:
        return []
    names = []
    for row in returned.missing:
        own = row.cells.get(register.label or "")
        names.append(str(own or next(filter(None, row.cells.values()), row.record[:8])))
    more = f"等 {len(names)} 行" if len(names) > LISTED else ""
    listed = "、".join(names[:LISTED])
    return [f"发出的 {len(names)} 行没有送回：{listed}{more}；账本中的记录不变。"]


def of_submitted(
    book: Book, register: Register, period: Period | None, owners: Iterable[str | None]
) -> list[str]:
    """Which units' weeks are submitted: the book refuses to write them."""
    if not register.submitted or period is None:
        return []
    labels = Labels(book)
    found = []
    for unit in sorted(filter(None, owners)):
        if lock.locked(book, unit, str(period)):
            above = labels.rows("unit").get(unit, {}).get("above")
            name = labels.of("unit", unit) or unit
            refusal = lock.WeekSubmitted(name, str(period), labels.of("unit", above) or "")
            found.append(str(refusal))
    return found
