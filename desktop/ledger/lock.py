"""The submission lock 上报锁: a submitted week is closed until the unit above returns it.

Merging is never refused; only new writing is (REGIME "How the cycle runs", 3–4).
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Register
from desktop.ledger.entry import ledger_identity
from desktop.ledger.store import Store

SUBMISSION, RECEPTION = "submission", "reception"
ACCEPTED, RETURNED = "已接收", "已退回"


class WeekSubmitted(OneLedgerError):
    """The week has been submitted and not returned; names who can open it."""

    def __init__(self, unit: str, period: str, above: str) -> None:
        super().__init__(
            f"{unit} {period} 已经上报，不能再改。",
            f"确需修改，请{above or '上级单位'}退回这一周。",
        )
        self.period = period


def owner(store: Store, register: Register, values: dict[str, object]) -> str | None:
    """The unit whose record it is: named by the file, or by the subject that it hangs under."""
    if register.name == "unit":
        return str(values["record"]) if values.get("record") else None
    if register.owner is not None:
        unit = values.get(register.owner)
        return str(unit) if unit else None
    if register.of is None:
        return None
    subject = values.get(register.of)
    if register.of == "unit" or subject is None:
        return str(subject) if subject else None
    above = store.scheme.registers[register.of]
    if above.owner is None:
        return None
    row = store.connection.execute(
        f'SELECT "{above.owner}" FROM "{above.name}" WHERE record = ?', (subject,)
    ).fetchone()
    return row[0] if row else None


def locked(store: Store, unit: str, period: str) -> bool:
    """Whether the unit's week is submitted and not returned."""
    submission = store.present(SUBMISSION, ledger_identity(SUBMISSION, unit, period))
    if submission is None or submission.removed:
        return False
    reception = store.present(RECEPTION, ledger_identity(RECEPTION, unit, period))
    if reception is None or reception.removed:
        return True
    returned = reception.values["state"] == RETURNED
    return not (returned and reception.values["submission"] == " ".join(submission.heads))


def refuse(store: Store, unit: str, period: str) -> None:
    """Raise :class:`WeekSubmitted` when the unit's week is locked."""
    if locked(store, unit, period):
        row = store.connection.execute(
            "SELECT u.name, a.name FROM unit AS u LEFT JOIN unit AS a ON a.record = u.above"
            " WHERE u.record = ?",
            (unit,),
        ).fetchone()
        name, above = row if row else (unit, "")
        raise WeekSubmitted(name, period, above or "")
