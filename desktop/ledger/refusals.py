"""What the verbs of a book refuse to write, each with its name and advice.

A value that does not fit is refused by :mod:`~desktop.ledger.values`, a submitted week by
:mod:`~desktop.ledger.lock`, an unknown record by :mod:`~desktop.ledger.store`.
"""

from __future__ import annotations

from desktop.errors import OneLedgerError
from desktop.ledger.definitions import Field, Register


class NotYours(OneLedgerError):
    """A field that another level fills."""

    def __init__(self, register: Register, field: Field, levels: str) -> None:
        super().__init__(
            f"“{register.title}”的“{field.title}”由{levels}填写，本账本不能改。",
            "如有不符，请与填写的单位联系。",
        )


class NotYourRecord(OneLedgerError):
    """A record of another unit that is here only to be read."""

    def __init__(self, register: Register) -> None:
        super().__init__(
            f"这条“{register.title}”属于别的单位，本单位只能查看，不能改。",
            "指名由本单位负责的事项可以填写；其他如有不符，请与所属单位联系。",
        )


class NotTyped(OneLedgerError):
    """A field that is computed, or fixed when the record is made."""

    def __init__(self, field: Field, reason: str) -> None:
        super().__init__(f"“{field.title}”{reason}，不能填写。")


class TooLong(OneLedgerError):
    """What is written into a record at once is longer than any other book would take in."""

    def __init__(self, register: Register, most: int) -> None:
        super().__init__(
            f"一次写进这条“{register.title}”的文字太长（最多 {most // 10_000} 万字），没有保存。",
            "请只写要点；长的材料请作为附件添加。",
        )


class RecordExists(OneLedgerError):
    """A ledger's record of this subject and period is there already."""

    def __init__(self, register: Register, period: str) -> None:
        super().__init__(
            f"“{register.title}”中 {period} 的这一条已经有了，没有覆盖。",
            "要改其中的数，请用“修改”。",
        )


class Needed(OneLedgerError):
    """A record cannot be made without this field."""

    def __init__(self, register: Register, field: Field) -> None:
        super().__init__(f"新增“{register.title}”要写明“{field.title}”（{field.name}）。")


class InUse(OneLedgerError):
    """A record cannot be removed while others hang under it or name it."""

    def __init__(self, title: str, count: int, under: str) -> None:
        super().__init__(
            f"还有 {count} 条{under}属于或指向“{title}”，不能删除。", "请先删除或改正这些记录。"
        )
