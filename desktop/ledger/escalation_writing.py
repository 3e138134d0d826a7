"""From proposals to letters that are in the book: which stand already, and writing the others.

A circular is one paper of the month for all units, so its proposals make no letters: they are the
circular's words. Everything chosen is one act, to be taken back as one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from desktop.ledger.escalation import Proposal, proposals
from desktop.ledger.escalation_figures import LETTER
from desktop.ledger.escalation_letters import CIRCULAR, KINDS, draft
from desktop.ledger.periods import Period
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book


class Advised(msgspec.Struct, frozen=True):
    """A proposal, and the letter (record) that was made of it, "" where there is none."""

    proposal: Proposal
    letter: str = ""

    @property
    def kind(self) -> str:
        """The kind of letter, a name of the code list."""
        return KINDS[self.proposal.act]

    @property
    def by_circular(self) -> bool:
        """Whether it stands in the month's circular."""
        return self.kind == CIRCULAR

    @property
    def open(self) -> bool:
        """Whether a letter is still to be written."""
        return not self.letter and not self.by_circular


def advised(store: Store, month: str | Period) -> tuple[Advised, ...]:
    """What the rules propose for a month, with the letters that there are.

    Empty for a scheme without letters; raises as
    :func:`~desktop.ledger.escalation.proposals` does.
    """
    if LETTER not in store.scheme.registers:
        return ()
    found = proposals(store, month)
    return tuple(Advised(one, _letter(store, one)) for one in found)


def write(
    book: Book, chosen: Iterable[Proposal], on: date, due: date | None = None
) -> tuple[str, ...]:
    """One letter for each unit and kind among ``chosen``, in their order; their records.

    Circulars are passed over. Raises as :meth:`~desktop.ledger.records.Batch.create` does.
    """
    groups: dict[tuple[str, str, str], list[Proposal]] = {}
    for one in chosen:
        if KINDS[one.act] != CIRCULAR:
            groups.setdefault((one.unit, KINDS[one.act], one.month), []).append(one)
    if not groups:
        return ()
    made = []
    with book.batch("create", f"拟发函件 {len(groups)} 件") as batch:
        for members in groups.values():  # each is counted when the next takes its number
            made.append(batch.create(LETTER, draft(book, members, on, due)))
    return tuple(made)


def _letter(store: Store, one: Proposal) -> str:
    """The letter to the unit that cites the rule for the month."""
    row = store.connection.execute(
        f'SELECT record FROM "{LETTER}" WHERE removed = 0 AND unit = ? AND kind = ? AND month = ?'
        " AND instr(rule, ?) ORDER BY rowid LIMIT 1",
        (one.unit, KINDS[one.act], one.month, one.basis),
    ).fetchone()
    return str(row[0]) if row else ""
