"""From a proposal to a letter: the fields with which a record of 函件 begins, its number included.

Rule and figures are written down as words: what is corrected later, or ruled otherwise, leaves a
letter that has gone out as it was (S16: every letter says which figures and which rule led to it).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop.errors import OneLedgerError
from desktop.ledger.escalation import Proposal
from desktop.ledger.escalation_figures import LETTER, REMINDER
from desktop.ledger.escalation_rules import Act, escalation
from desktop.ledger.store import Store
from desktop.ledger.wording import say

TALK, NOTICE, CIRCULAR = "约谈通知", "督办通知单", "通报"
#: The kind of letter that an act makes.
KINDS: Mapping[Act, str] = {
    "praise": CIRCULAR,
    "criticism": CIRCULAR,
    "reminder": REMINDER,
    "talk": TALK,
}


class NotOneLetter(OneLedgerError):
    """Proposals about several units or of several kinds were put into one letter."""

    def __init__(self) -> None:
        super().__init__(
            "一份函件只能发给一个单位，只能是一种。", "请按单位、按种类分别选择后再发函。"
        )


def draft(
    store: Store, chosen: Sequence[Proposal], on: date, due: date | None = None
) -> dict[str, Any]:
    """The fields of a new letter of one or more proposals for one unit, ready for ``create``.

    Its number follows the last one of the year. Of several talks the gravest level leads (the last
    of the code list). Raises :class:`NotOneLetter`.
    """
    if len({(one.unit, KINDS[one.act], one.month) for one in chosen}) != 1:
        raise NotOneLetter
    first = max(chosen, key=lambda one: _gravity(store, one.level))
    fields = {
        "unit": first.unit,
        "kind": KINDS[first.act],
        "number": next_number(store, first.act, on.year),
        "matter": "、".join(dict.fromkeys(one.matter for one in chosen)),
        "month": first.month,
        "rule": "\n".join(dict.fromkeys(one.basis for one in chosen)),
        "figures": "\n".join(dict.fromkeys(text for one in chosen for text in one.figures)),
        "issued_on": on.isoformat(),
        "due": due.isoformat() if due else None,
        "talk_level": first.level,
        "talked": first.talked,
        "state": "待办",
    }
    return {name: value for name, value in fields.items() if value}


def next_number(store: Store, act: Act, year: int) -> str:
    """提醒〔2023〕4号 after 3号; numbers of letters taken away count too.

    Raises :class:`~desktop.ledger.definitions.NoSuchRegister` for a scheme without letters.
    """
    store.scheme.register(LETTER)
    template = escalation(store.scheme).numbers[act]
    before, after = (re.escape(part) for part in say(template, _place(year)).split("\0"))
    form = re.compile(f"{before}([0-9]{{1,9}}){after}")
    rows = store.connection.execute(f'SELECT number FROM "{LETTER}" WHERE number IS NOT NULL')
    used = (form.fullmatch(number) for (number,) in rows)
    last = max((int(one[1]) for one in used if one), default=0)
    return say(template, {"年": year, "序号": last + 1})


def _place(year: int) -> dict[str, object]:
    return {"年": year, "序号": "\0"}


def _gravity(store: Store, level: str) -> int:
    """How high a talk stands: its place in the code list, −1 for none."""
    register = store.scheme.registers.get(LETTER)
    codes = store.scheme.code_list(register.by_name["talk_level"]) if register else None
    return codes.names.index(level) if codes and level in codes.names else -1
