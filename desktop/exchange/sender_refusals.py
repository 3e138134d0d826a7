"""Doubts about who wrote a package: signatures, keys and certificates that do not hold or wait.

Each is a :class:`~desktop.exchange.refusals.Refusal`; the book is as before in every case.
"""

from __future__ import annotations

from desktop.exchange.refusals import CALL, Held, Refusal, named


class ForgedSignature(Refusal):
    """The signature, or the certificate of the PC that signed, does not hold."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"数据包的签名不对：内容被改动，或不是{named(sender)}写出的。",
            CALL + "不要再使用这个文件。",
        )


class UnknownKey(Refusal):
    """A key that this book never enrolled."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"没有登记过{named(sender)}用的密钥，不能确认是谁写出的。",
            CALL + "如对方重新建账，请重新邀请并核对 12 位核对码。",
        )


class RevokedKey(Refusal):
    """A key, or a PC, that was declared void."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(f"{named(sender)}用的密钥或电脑已经作废，没有装入。", CALL)


class KeyNotYetKnown(Held):
    """A key that will be known when an earlier package or a new list of keys has come."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"{named(sender)}用的是新密钥，本账本还没有收到通知，先留着等装入。",
            "请先装入上级最近的任务包（带有密钥名单），再装入这一个。账本没有改动。",
        )


class Unconfirmed(Held):
    """The sender's keys have not yet been compared by telephone."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"{named(sender)}的密钥还没有核对，数据包先留着等装入。",
            "请与对方电话核对 12 位核对码，核对后自动装入。账本没有改动。",
        )


class HeaderDiffers(Refusal):
    """The clear header says other than what was signed inside."""

    def __init__(self, what: str = "内容") -> None:
        super().__init__(f"数据包外面写的与里面的{what}不一致，可能是拼接的。", CALL)
