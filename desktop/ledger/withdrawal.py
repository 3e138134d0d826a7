"""Taking a submission back 撤回上报 that never left the PC: the week is as it was before.

A week's first submission is removed; a later one (after a return, or a correction) gives way to
the one before it, which keeps its answer (:func:`desktop.ledger.lock.answers`).
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger import lock, periods, records
from desktop.ledger.correspondence import ACKNOWLEDGED, SENT, WRITTEN
from desktop.ledger.entry import ledger_identity
from desktop.ledger.fold import REMOVED, Node, before, same
from desktop.ledger.journal import Line
from desktop.ledger.lock import RECEPTION, SUBMISSION
from desktop.ledger.store import Store
from desktop.ledger.tables import Present


class NothingToWithdraw(OneLedgerError):
    """The week does not stand submitted, or not by this book."""

    def __init__(self, period: str, reason: str) -> None:
        super().__init__(f"{period} {reason}，没有可以撤回的上报。")


class AlreadyLeft(OneLedgerError):
    """The submission has left the PC; only the unit above can open the week."""

    def __init__(self, period: str, above: str) -> None:
        super().__init__(
            f"{period} 的上报已经写出，不能撤回。",
            f"确需修改，请{above or '上级单位'}退回这一周。",
        )


def withdraw(store: Store, unit: str, period: str) -> None:
    """Take the submission of ``unit`` (a record) for the week back and open the week.

    Raises :class:`NothingToWithdraw`, and :class:`AlreadyLeft` once a package that holds it has
    been written, or it has been answered.
    """
    present, lines, last = _last(store, unit, str(periods.parse_period(period)))
    nodes = [Node(one, line.entry.parents, line.entry.fields) for one, line in lines.items()]
    earlier = before(nodes, last.entry.parents)
    fields: dict[str, object] = {REMOVED: True}
    if earlier.heads and not earlier.removed:
        fields = {
            name: earlier.values.get(name)
            for name, value in present.values.items()
            if not same(value, earlier.values.get(name))
        }
    with records.batch(store, "withdraw", f"撤回 {period}", last.entry.batch) as batch:
        batch.restore(store.scheme.register(SUBMISSION), last.entry.record, present, fields)


def may_withdraw(store: Store, unit: str, period: str) -> bool:
    """Whether :func:`withdraw` would open the week."""
    try:
        _last(store, unit, str(periods.parse_period(period)))
    except (NothingToWithdraw, AlreadyLeft):
        return False
    return True


def _last(store: Store, unit: str, period: str) -> tuple[Present, dict[str, Line], Line]:
    """The submission of the week, its lines by identity, and the one that may be taken back."""
    record = ledger_identity(SUBMISSION, unit, period)
    present = store.present(SUBMISSION, record)
    if present is None or present.removed:
        raise NothingToWithdraw(period, "没有上报")
    lines = {line.identity: line for line in store.journal.of_record(record)}
    last = lines[present.heads[0]]
    if last.entry.act == "withdraw":
        raise NothingToWithdraw(period, "的最后一次上报已经撤回")
    if len(present.heads) > 1 or last.package or last.entry.act != "submit":
        raise NothingToWithdraw(period, "的最后一次上报不是在本账本做的")
    answer = store.present(RECEPTION, ledger_identity(RECEPTION, unit, period))
    answered = answer and not answer.removed and lock.answers(store, answer, present)
    if answered or _left(store, last):
        raise AlreadyLeft(period, _above(store, unit))
    return present, lines, last


def _left(store: Store, submitted: Line) -> bool:
    """Whether a package for others than the units below was made since, and written."""
    rows = store.connection.execute(
        f'SELECT min(j.position) FROM "{SENT.name}" AS s JOIN journal AS j ON j.record = s.record'
        " WHERE s.removed = 0 AND s.kind <> 'task' AND s.state IN (?, ?) GROUP BY s.record",
        (WRITTEN, ACKNOWLEDGED),
    )
    return any(made > submitted.position for (made,) in rows)


def _above(store: Store, unit: str) -> str:
    row = store.connection.execute(
        "SELECT a.name FROM unit AS u JOIN unit AS a ON a.record = u.above WHERE u.record = ?",
        (unit,),
    ).fetchone()
    return str(row[0]) if row else ""
