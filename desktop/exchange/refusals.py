"""Why a package is not taken in: each reason with its name, a sentence and what the clerk does.

``kind`` says what becomes of the package: ``refused`` (set aside in quarantine), ``held`` (waits
beside the book until what it needs has come) or ``known`` (brings nothing new, nothing to do). The
book is as before in every case. Names of units and files that appear in a sentence come from the
package and are bounded and free of control characters by then.

What concerns secrets and codes stands in ``key_refusals``, what concerns the one who wrote the
package in ``sender_refusals``.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from desktop.errors import OneLedgerError

#: What becomes of a package that is not taken in.
Fate = Literal["refused", "held", "known"]

_TITLES = {"task": "任务包", "report": "报告包", "share": "互换包"}
#: Advice where the file may be at fault.
AGAIN = "账本没有改动；请对方重新写出一份。"
#: Advice where somebody may be at fault.
CALL = "账本没有改动；请与对方电话核对。"


class Refusal(OneLedgerError):
    """A package is not taken in; ``kind`` says what becomes of it."""

    kind: ClassVar[Fate] = "refused"


class Held(Refusal):
    """A package waits beside the book until what it needs has come."""

    kind: ClassVar[Fate] = "held"


def named(name: str) -> str:
    """The unit as a sentence calls it; ``name`` may be empty."""
    return f"“{name}”" if name else "对方"


# What can be said of the bytes alone.


class NotAPackage(Refusal):
    """The file is something else, or its very beginning is destroyed."""

    def __init__(self, where: str = "") -> None:
        super().__init__(
            f"这不是一本账的数据包，或文件开头已损坏{f'：{where}' if where else ''}。",
            "账本没有改动；数据包的扩展名是 .yzp，如确是数据包，请对方重新写出一份。",
        )


class Truncated(Refusal):
    """The file is not as long as it says: cut off, or something was added."""

    def __init__(self) -> None:
        super().__init__(
            "数据包的长度与写出时不符，文件不完整或被添加了内容。",
            "可能没有写完就拔出了 U 盘。" + AGAIN,
        )


class TooLarge(Refusal):
    """Something in the package is beyond what any book writes; it was not read."""

    def __init__(self, what: str, most: str) -> None:
        super().__init__(
            f"数据包的{what}超过 {most} 的上限，没有读取。",
            "如不是文件损坏，请对方少附照片，分几次写出。账本没有改动。",
        )


class UnknownSuite(Refusal):
    """The package is sealed by an algorithm that this program does not have."""

    def __init__(self, suite: int) -> None:
        what = "国密算法" if suite == 2 else f"未知的算法（{suite}）"
        super().__init__(
            f"数据包用{what}加密，本程序打不开。",
            "请升级程序，或请对方用同一版本的程序重新写出。账本没有改动。",
        )


class Malformed(Refusal):
    """A part of the package does not hold what every program of this format writes there."""

    def __init__(self, part: str = "内容") -> None:
        super().__init__(f"数据包的{part}不合格式，没有读取。", AGAIN)


class NewerPackage(Held):
    """The package was written in a format of a newer program."""

    def __init__(self) -> None:
        super().__init__(
            "数据包由更新版本的程序写成，本程序读不了，先留着等装入。",
            "请升级程序，升级后再装入。账本没有改动。",
        )


# Whose it is and whether it opens.


class NotForUs(Refusal):
    """The package is sealed to another unit, or to a key that is not ours."""

    def __init__(self, receiver: str = "") -> None:
        super().__init__(
            f"这个数据包不是写给本单位的{f'（收件单位：{receiver}）' if receiver else ''}。",
            "请把它交给收件单位，并向对方索取写给本单位的包。账本没有改动。",
        )


class WrongDirection(Refusal):
    """A kind of package that this sender does not send to this unit."""

    def __init__(self, sender: str = "", kind: str = "") -> None:
        super().__init__(
            f"{named(sender)}发来的{_TITLES.get(kind, '数据包')}方向不对，没有装入。",
            "任务包由上级发给下级，报告包由下级报给上级，互换包只在本单位的电脑之间使用。" + CALL,
        )


class NotNeighbours(WrongDirection):
    """The sender is a unit that the book knows, and neither directly above nor below any more."""

    def __init__(self, sender: str, *, removed: bool = False) -> None:
        super().__init__(sender)
        if removed:
            self.sentence = f"{named(sender)}已在“单位”中删除，没有装入它的数据包。"
            wrong = "误删的，请用“撤销”（Ctrl+Z）取消删除，再装入一次。"
        else:
            self.sentence = f"{named(sender)}现在不是本单位的直接上级或下级，没有装入。"
            wrong = "登记有误的，请在“单位”中改正上级单位，再装入一次。"
        self.advice = (
            f"单位撤并、划转的，请它用现在的上级下发的首次任务包重新建账；{wrong}账本没有改动。"
        )


class OwnPackage(Refusal):
    """The package was written by this very book."""

    def __init__(self, number: int) -> None:
        super().__init__(
            f"这是本机自己写出的第 {number} 号数据包，不用装入。",
            "请把它交给收件单位。账本没有改动。",
        )


class FirstContact(Refusal):
    """A first task package, under a passphrase, was given to a book that exists already."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"这是{named(sender)}写出的建账任务包，要凭电话告知的口令打开，不能装入已有的账本。",
            "请用“用任务包建账”打开它。账本没有改动。",
        )


class Unreadable(Refusal):
    """The sealed body does not open: it was damaged or changed on its way."""

    def __init__(self) -> None:
        super().__init__("数据包打不开，内容在途中损坏或被改动。", AGAIN)


class DemonstrationMixed(Refusal):
    """A package of the demonstration and a real book, or the other way round."""

    def __init__(self, demonstration: bool) -> None:
        what = "这是演示用的数据包，不能装入正式账本" if demonstration else (
            "这是正式的数据包，不能装入演示账本"
        )  # fmt: skip
        super().__init__(f"{what}。", "请打开对应的账本再装入。账本没有改动。")


# Where it stands among the others.


class AlreadyTaken(Refusal):
    """The very same package has been taken in before."""

    kind: ClassVar[Fate] = "known"

    def __init__(self, sender: str = "", number: int | None = None) -> None:
        which = f"第 {number} 号数据包" if number is not None else "数据包"
        super().__init__(f"{named(sender)}的这个{which}已装入过，不用再装。")


class NumberReused(Refusal):
    """The fork alarm: one PC has written two different packages under one number."""

    def __init__(self, sender: str, number: int) -> None:
        super().__init__(
            f"{named(sender)}用同一编号（第 {number} 号）写出过两个内容不同的数据包，没有装入。",
            "对方可能恢复了旧备份，或复制了账本、整台电脑。"
            + CALL
            + "请对方先核验账本；电脑是整机复制来的，在复制来的那台上运行一次"
            "“oneledger new-author 账本”另立录入端，再重新写出。",
        )


class BaseMissing(Held):
    """Entries that the package builds on have not come yet."""

    def __init__(self, sender: str, number: int, lacking: int) -> None:
        super().__init__(
            f"{named(sender)}第 {number} 号之前的数据包还没有装入，缺 {lacking} 条分录，"
            "这一个先留着等装入。",
            "请向对方索取先前的数据包，装入后自动继续；找不到时，请对方重新写出一份。账本没有改动。",
        )


class NoRoomToWait(Held):
    """Too much waits already that nobody has vouched for; the file stays where it is."""

    def __init__(self, why: str = "") -> None:
        super().__init__(
            f"{why}等装入的数据包已经太多，这一个没有存到本机。",
            "请把文件留在原处（U盘或文件夹）不要删除；先办完等装入的数据包，再装入一次。"
            "账本没有改动。",
        )


class NewerScheme(Held):
    """Entries were written under a version of the scheme that this book does not have."""

    def __init__(self, theirs: int, ours: int) -> None:
        super().__init__(
            f"数据包按第 {theirs} 版方案填写，本账本还是第 {ours} 版，先留着等装入。",
            "方案更新后自动继续；本单位有上级的，请先装入上级最近的任务包。账本没有改动。",
        )


class SetsDiffer(Refusal):
    """After taking in, both sides would not hold the same entries; it was taken back."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"装入后与{named(sender)}的分录对不上，这次装入已经取消。",
            CALL + "请双方先核验各自的账本，再请对方重新写出。",
        )


# What stands in it.


class BatchMissing(Refusal):
    """Entries without their author's signed batch."""

    def __init__(self, author: str = "") -> None:
        who = f"（录入端 {author}）" if author else ""
        super().__init__(f"数据包中有分录没有录入人的签名清单{who}，没有装入。", AGAIN)


class BatchForged(Refusal):
    """A batch whose signature does not hold."""

    def __init__(self, author: str = "") -> None:
        who = f"（录入端 {author}）" if author else ""
        super().__init__(f"数据包中分录的签名清单不对{who}，有人冒用他人名义。", CALL)


class ForeignField(Refusal):
    """A field that its author's level does not fill."""

    def __init__(self, register: str, field: str) -> None:
        super().__init__(
            f"数据包改动了“{register}”中不归对方填写的“{field}”，整个包没有装入。", CALL
        )


class ForeignRecord(Refusal):
    """A record that its author's unit does not see."""

    def __init__(self, register: str) -> None:
        super().__init__(f"数据包改动了“{register}”中不属于对方的记录，整个包没有装入。", CALL)


class BadEntry(Refusal):
    """An entry that no program writes: an unknown register, a value of another type …"""

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            f"数据包中有一条分录不合规矩{f'：{reason}' if reason else ''}，整个包没有装入。", AGAIN
        )


class AttachmentSpoilt(Refusal):
    """A photo or attachment is not what its digest says."""

    def __init__(self, name: str = "") -> None:
        super().__init__(f"数据包中的照片或附件{named(name) if name else ''}已损坏。", AGAIN)
