"""Circular, reminder, talk 通报、提醒函、约谈: which units fall under which rule in a month (S16).

The rules are data (``escalation.toml``); every proposal says the figures and the rule that led to
it, in words as they stand on that day. The district decides, and turns a proposal into a record of
the register of letters (:mod:`desktop.ledger.escalation_letters`).
"""

from __future__ import annotations

import msgspec

from desktop.ledger.dispatch import consolidates
from desktop.ledger.escalation_figures import month_of
from desktop.ledger.escalation_judging import Judging
from desktop.ledger.escalation_rules import Act
from desktop.ledger.periods import Period
from desktop.ledger.store import Store

__all__ = ["Proposal", "proposals", "remarks"]


class Proposal(msgspec.Struct, frozen=True):
    """A unit that falls under a rule: ``rule`` is its name in the file, ``basis`` what it says.

    ``figures`` are sentences without a full stop, one for each condition; ``level`` and ``talked``
    say who holds a talk with whom.
    """

    unit: str
    unit_name: str
    month: str
    rule: str
    act: Act
    matter: str
    basis: str
    figures: tuple[str, ...]
    level: str = ""
    talked: str = ""


def proposals(store: Store, month: str | Period) -> list[Proposal]:
    """What the rules propose for a month, in the order of units, then of rules.

    A book that reports its own weeks only proposes nothing. Raises
    :class:`~desktop.ledger.escalation_figures.NotAMonth`,
    :class:`~desktop.ledger.definitions.MalformedScheme` and what no period raises.
    """
    at = month_of(month)
    if not consolidates(store):
        return []
    judging = Judging(store, at)
    found: list[Proposal] = []
    for unit, name in judging.names.items():
        met = {
            rule.name: (rule, said)
            for rule in judging.rules.rules.values()
            if (said := judging.judge(unit, rule)) is not None
        }
        over = {below for rule, _ in met.values() for below in rule.over}
        found += [
            Proposal(
                unit, name, str(at), rule.name, rule.act, rule.matter, rule.basis,
                tuple(text for text in said if text), rule.level, rule.talked,
            )
            for rule, said in met.values()
            if rule.name not in over
        ]  # fmt: skip
    return found


def remarks(store: Store, month: str | Period) -> tuple[str, ...]:
    """Which units have no place in the month and why, sentences without a full stop."""
    at = month_of(month)
    if not consolidates(store):
        return ()
    return Judging(store, at).remarks()
