"""What a paper is waiting for, and where it is filled: said in the place of the pages."""

from __future__ import annotations

import msgspec

from desktop.ledger.definitions import Scheme
from desktop.ledger.escalation_figures import LETTER
from desktop.reports.kinds import Kind

#: In the place of a page's name: the list of letters to be written; a new record, in a form.
PROPOSE, NEW = "propose", "new"


class Lack(msgspec.Struct, frozen=True):
    """What is missing, in a sentence; the button leads to ``page``, there to ``register``."""

    sentence: str
    advice: str
    button: str
    page: str
    register: str = ""


def lack_of(scheme: Scheme, kind: Kind) -> Lack:
    """What a paper without a record, or without a month, is waiting for."""
    if kind.period == "month":
        title = scheme.register(kind.registers[0]).title
        return Lack(
            f"“{title}”还没有填",
            f"{kind.title}按“{title}”生成，填了哪个月，就能出哪个月的。",
            "去填月度台账",
            "grid",
            kind.registers[0],
        )
    register = scheme.register(kind.subject)
    if register.name == LETTER:
        return Lack(
            f"还没有{kind.title}",
            "按规则应发的，可以从建议中拟发；其他的，点“选项”中的“新增”填写。",
            "看拟发建议",
            PROPOSE,
        )
    page = {"supervision": "supervision", scheme.head.subject: "project"}.get(register.name, NEW)
    return Lack(
        f"“{register.title}”中还没有记录",
        f"先在“{register.title}”中填写，再生成{kind.title}。",
        f"去填{register.title}",
        page,
        register.name,
    )
