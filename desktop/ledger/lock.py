"""The submission lock 上报锁: a submitted week is closed until the unit above returns it.

Merging is never refused; only new writing is (REGIME "How the cycle runs", 3–4).
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Register
from desktop.ledger.entry import ledger_identity
from desktop.ledger.fold import Node, before, same
from desktop.ledger.store import Store
from desktop.ledger.tables import Present

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
    return not (returned and answers(store, reception, submission))


def answers(store: Store, reception: Present, submission: Present) -> bool:
    """Whether the reception is of the submission that stands.

    One that was withdrawn before it left has left the one before it standing, with its answer.
    """
    heads, met = submission.heads, set[tuple[str, ...]]()
    while reception.values["submission"] != " ".join(heads):
        if heads in met:  # A withdrawal that leads back to itself: no program writes one.
            return False
        met.add(heads)
        back = store.connection.execute(
            "SELECT record, undoes FROM journal WHERE entry = ? AND act = 'withdraw'",
            (" ".join(heads),),
        ).fetchone()
        done = (
            back
            and store.connection.execute(
                "SELECT parents FROM journal WHERE record = ? AND batch = ? ORDER BY number", back
            ).fetchone()
        )
        heads = tuple(done[0].split()) if done else ()
        # Only what says the same is what was answered, whatever a package calls its entries.
        if not heads or not _same(store, back[0], heads, submission):
            return False
    return True


def _same(store: Store, record: str, heads: tuple[str, ...], now: Present) -> bool:
    """Whether the record said at ``heads`` what it says now."""
    lines = store.journal.of_record(record)
    nodes = [Node(line.identity, line.entry.parents, line.entry.fields) for line in lines]
    then = before(nodes, heads)
    names = {*then.values, *now.values}
    return not then.removed and all(
        same(then.values.get(name), now.values.get(name)) for name in names
    )


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
