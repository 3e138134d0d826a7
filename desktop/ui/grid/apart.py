"""Cells that two PCs or two units filled differently: a mark until one side is chosen; no Qt."""

from __future__ import annotations

from collections.abc import Collection

from desktop.ledger.checks import Finding
from desktop.ledger.definitions import Register
from desktop.ledger.fold import REMOVED
from desktop.ledger.sides import number
from desktop.ledger.store import Store
from desktop.ui.grid.reading import Sheet

#: What a finding of this kind calls its check; it is no error of the clerk's and counts as none.
APART = "apart"
#: Where the page 收发 remembers which conflict was looked at last.
HERE = "settling.here"


def read(
    store: Store, sheet: Sheet, period: str, keys: Collection[str] | None = None
) -> list[Finding]:
    """The sheet's cells that stand apart, those of the projects' files too; of ``keys`` only."""
    if not store.connection.execute("SELECT EXISTS (SELECT 1 FROM conflict)").fetchone()[0]:
        return []
    own = sheet.register
    found = _of(store, own, sheet, period, keys)
    if sheet.weekly and own.of is not None:
        found += _of(store, store.scheme.registers[own.of], sheet, period, keys)
    return found


def _of(
    store: Store, register: Register, sheet: Sheet, period: str, keys: Collection[str] | None
) -> list[Finding]:
    under = sheet.weekly and register is sheet.register
    subject = f't."{register.of}"' if under else "t.record"
    where = "AND t.period = :period" if under else ""
    label = store.scheme.registers[str(register.of)].label if under else register.label
    table = f'"{register.of}"' if under else f'"{register.name}"'
    rows = store.connection.execute(
        f'SELECT DISTINCT c.record, c.field, {subject}, s."{label or "record"}"'
        f' FROM conflict AS c JOIN "{register.name}" AS t ON t.record = c.record'
        f" JOIN {table} AS s ON s.record = {subject}"
        f" WHERE c.register = :register {where}",
        {"register": register.name, "period": period},
    )
    return [
        _finding(register, record, field, key, name or "", period)
        for record, field, key, name in rows
        if keys is None or key in keys
    ]


def _finding(
    register: Register, record: str, field: str, subject: str, name: str, period: str
) -> Finding:
    known = register.by_name.get(field)
    title = "一方删除、一方修改，待定" if field == REMOVED else "两处填得不同，待定"
    return Finding(
        id=number(record, field),
        check=APART,
        title=f"{known.title}{title}" if known is not None else title,
        level="must",
        register=register.name,
        record=record,
        subject=subject,
        subject_name=name,
        period=period,
        cell=field,
        sentence=f"{title}。现在显示的是暂用的，到“收发”选定用哪一个。",
    )
