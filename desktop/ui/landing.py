"""Where on a page one lands when sent there from elsewhere."""

from __future__ import annotations

import msgspec


class Landing(msgspec.Struct, frozen=True):
    """Where on a page to land; every part may be left out.

    ``subject`` is the project of a ledger's row, ``text`` a word that the page understands
    ("new", "print").
    """

    register: str = ""
    record: str = ""
    field: str = ""
    subject: str = ""
    tab: str = ""
    text: str = ""
