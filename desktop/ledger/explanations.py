"""Written explanations 出错说明: what the unit says about a finding that is right as it stands.

An explanation is a record like all others, kept with the sentence that it explains: when the
figures change, it no longer counts. Only ``explain`` findings take one; errors are corrected
(REGIME "How the cycle runs", 2).
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger import checks, records
from desktop.ledger.checks import EXPLANATION, Finding
from desktop.ledger.store import Store
from desktop.ledger.values import seen


class NoSuchFinding(OneLedgerError):
    """No check says this any more, or the number is mistyped."""

    def __init__(self, finding: str, period: str | None) -> None:
        super().__init__(
            f"{period or '账本'}中没有编号为“{finding}”的审核提示。",
            "数据改动后提示会随之变化，请重新审核，按新的编号填写。",
        )


class ExplainRefused(OneLedgerError):
    """The finding must be corrected, or nothing was written."""


def explain(store: Store, finding: str, text: str, period: str | None = None) -> str:
    """Keep ``text`` as the explanation of a finding (its ``id``); returns the record.

    The finding is looked for in ``period``, else in every week of the book, the latest first.
    Raises :class:`NoSuchFinding`, :class:`ExplainRefused`,
    :class:`~desktop.ledger.lock.WeekSubmitted`.
    """
    found = _find(store, finding, period)
    if found.level == "must":
        raise ExplainRefused(
            f"“{found.subject_name}”的这一处是错误，不能用说明代替：{found.sentence}", "请改正。"
        )
    text = seen(text).strip()
    if not text:
        raise ExplainRefused("说明是空的，没有保存。", "请写明实际情况和原因。")
    project = store.scheme.head.subject
    values = {
        project: found.subject,
        "period": found.period,
        "check": found.check,
        "item": found.record,
        "cell": found.cell,
        "sentence": found.sentence,
        "text": text,
    }
    with records.batch(store, "explain", f"{found.subject_name}：{found.title}") as batch:
        return batch.create(EXPLANATION, values)


def _find(store: Store, finding: str, period: str | None) -> Finding:
    wanted = finding.strip().lower()
    for week in (period,) if period else _weeks(store):
        for one in checks.check_period(store, week):
            if one.id == wanted:
                return one
    raise NoSuchFinding(finding.strip(), period)


def _weeks(store: Store) -> list[str]:
    rows = store.connection.execute(
        f'SELECT DISTINCT period FROM "{store.scheme.head.weekly}" WHERE removed = 0'
        " ORDER BY period DESC"
    )
    return [week for (week,) in rows]
