"""With whom keys were exchanged and how far each is known, as the card shows it; no Qt."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from desktop.exchange import directory, enrolment
from desktop.ledger import audience
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, INVITED, RETIRED, REVOKED
from desktop.ledger.store import Store

#: What asks for a person comes first.
_ORDER = (ANSWERED, INVITED, CONFIRMED, RETIRED, REVOKED)
TONES = {
    ANSWERED: "explain",
    INVITED: "plain",
    CONFIRMED: "good",
    RETIRED: "faint",
    REVOKED: "must",
}


class Partner(msgspec.Struct, frozen=True):
    """One unit; ``above`` says that it is the one to which this book reports."""

    unit: str
    name: str
    state: str
    code: str
    above: bool
    below: bool

    @property
    def waits(self) -> bool:
        """Whether its code has to be compared now."""
        return self.state == ANSWERED

    @property
    def may_begin_anew(self) -> bool:
        """Whether the first contact can be started over from here: not while nothing has come."""
        return self.below and self.state != INVITED

    @property
    def may_revoke(self) -> bool:
        """Whether its keys can be declared void from here."""
        return self.below and self.state in (INVITED, ANSWERED, CONFIRMED)

    @property
    def advice(self) -> str:
        """What is to be done, or what the state means."""
        if self.state == ANSWERED:
            if self.above:
                return (
                    "等上级来电话，把这 12 位读给对方；对方确认后写来的下一个任务包会自动核对。"
                    "对方在电话里说“一致”，也可以现在就点“已核对”。"
                )
            return (
                "打电话给对方，请对方从“收发”的“往来单位”里读出 12 位核对码，听一组输一组；"
                "不要看U盘上或别处写的。确认以前，对方的包先放着，不装入。"
            )
        return {
            INVITED: "首次任务包已写出，等对方装入后寄回第一个包。口令忘了，再下发一次就有新的。",
            CONFIRMED: "密钥已核对，可以收发。",
            RETIRED: "旧密钥已停用，等对方用新的密钥回信。",
            REVOKED: "密钥已作废，对方的包不再装入；要恢复往来，请重新建立联系。",
        }.get(self.state, "")


def partners(store: Store) -> tuple[Partner, ...]:
    """Every unit that this book spoke to; those that wait for a person first."""
    above, below = audience.above(store, store.unit), directory.below(store)
    found = [
        Partner(one.unit, one.name, one.state, one.code, one.unit == above, one.unit in below)
        for one in enrolment.codes(store)
    ]
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.state), one.name, one.unit)))


def waiting(store: Store) -> int:
    """How many codes wait for the comparison here: the unit above does it for those below it."""
    below = set(directory.below(store))
    return sum(one.state == ANSWERED and one.unit in below for one in enrolment.codes(store))


def summary(found: Sequence[Partner]) -> str:
    """已核对 8 个，待核对 2 个."""
    states = [one.state for one in found]
    return "，".join(f"{state} {states.count(state)} 个" for state in _ORDER if state in states)


def nobody(*, reports: bool) -> str:
    """What is to be done where there is no contact yet; ``reports`` tells a township."""
    if reports:
        return "还没有与上级建立联系：请向区县要首次任务包和口令，在开始页面选“用任务包建账”。"
    return "还没有与下级单位建立联系：第一次下发任务包时开始。"
