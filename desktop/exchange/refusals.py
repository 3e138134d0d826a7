"""Why a package is not taken in: each reason with its name, a sentence and what the clerk does.

``kind`` says what becomes of the package: ``refused`` (set aside in quarantine), ``held`` (waits
beside the book until what it needs has come) or ``known`` (brings nothing new, nothing to do). The
book is as before in every case. Names of units and files that appear in a sentence come from the
package and are bounded and free of control characters by then.
"""

from __future__ import annotations

from typing import ClassVar, Literal

from desktop.errors import OneLedgerError

#: What becomes of a package that is not taken in.
Fate = Literal["refused", "held", "known"]

_AGAIN = "账本没有改动；请对方重新写出一份。"
_TITLES = {"task": "任务包", "report": "报告包", "share": "互换包"}
_CALL = "账本没有改动；请与对方电话核对。"


class Refusal(OneLedgerError):
    """A package is not taken in; ``kind`` says what becomes of it."""

    kind: ClassVar[Fate] = "refused"


class Held(Refusal):
    """A package waits beside the book until what it needs has come."""

    kind: ClassVar[Fate] = "held"


def _of(name: str) -> str:
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
            "可能没有写完就拔出了 U 盘。" + _AGAIN,
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
        super().__init__(f"数据包的{part}不合格式，没有读取。", _AGAIN)


class NewerPackage(Held):
    """The package was written in a format of a newer program."""

    def __init__(self) -> None:
        super().__init__(
            "数据包由更新版本的程序写成，本程序读不了，先放在待处理中。",
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


class KeyNotHere(NotForUs):
    """The package is addressed to our unit, and sealed to a key that this PC never had."""

    def __init__(self, unit: str = "") -> None:
        super().__init__()
        self.sentence = (
            f"这个数据包是写给{f'“{unit}”' if unit else '本单位'}的，"
            "但用的是这台电脑上没有的密钥，打不开。"
        )
        self.advice = (
            "本单位在另一台电脑上更换过密钥或重新建账的，请在那台电脑上写一个互换包，"
            "在本机凭它和新的恢复码取回密钥，再装入一次。账本没有改动。"
        )


class WrongDirection(Refusal):
    """A kind of package that this sender does not send to this unit."""

    def __init__(self, sender: str = "", kind: str = "") -> None:
        super().__init__(
            f"{_of(sender)}发来的{_TITLES.get(kind, '数据包')}方向不对，没有装入。",
            "任务包由上级发给下级，报告包由下级报给上级，互换包只在本单位的电脑之间使用。" + _CALL,
        )


class NotNeighbours(WrongDirection):
    """The sender is a unit that the book knows, and neither directly above nor below any more."""

    def __init__(self, sender: str) -> None:
        super().__init__(sender)
        self.sentence = f"{_of(sender)}现在不是本单位的直接上级或下级，没有装入。"
        self.advice = (
            "单位撤并、划转的，请它用现在的上级下发的首次任务包重新建账；"
            "登记有误的，请在“单位”中改正上级单位，再装入一次。账本没有改动。"
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
            f"这是{_of(sender)}写出的建账任务包，要凭电话告知的口令打开，不能装入已有的账本。",
            "请用“用任务包建账”打开它。账本没有改动。",
        )


class Unreadable(Refusal):
    """The sealed body does not open: it was damaged or changed on its way."""

    def __init__(self) -> None:
        super().__init__("数据包打不开，内容在途中损坏或被改动。", _AGAIN)


class WrongPassphrase(Refusal):
    """The passphrase does not open the package; a damaged one looks the same."""

    def __init__(self) -> None:
        self._say("口令不对，或数据包在途中损坏，没有打开。")

    def _say(self, sentence: str) -> None:
        super().__init__(
            sentence,
            "请对照电话记录重新输入 16 位数字；仍打不开时，请上级重新写出任务包并告知新口令。",
        )


class MistypedPassphrase(WrongPassphrase):
    """What was typed cannot be a passphrase: it is not 16 digits."""

    def __init__(self, length: int) -> None:
        self._say(f"口令应为 16 位数字，现在输入了 {length} 个字符。")


class KeysMissing(Refusal):
    """This PC does not hold the secret key of its unit."""

    def __init__(self, unit: str = "") -> None:
        super().__init__(
            f"这台电脑上没有{f'“{unit}”' if unit else '本单位'}的密钥，不能收发数据包。",
            "请输入恢复码（打印的恢复单上 24 位）；没有恢复单时，请上级重新邀请本单位。",
        )


class MistypedCode(Refusal):
    """What was typed cannot be a recovery code: a character is missing or mistaken."""

    def __init__(self) -> None:
        super().__init__(
            "恢复码输错了：应为 24 位，其中有字符多了、少了或认错了。",
            "请对照恢复单逐组核对；不分大小写，空格和横线可以省略。",
        )


class WrongCode(Refusal):
    """A well-typed recovery code that belongs to something else."""

    def __init__(self) -> None:
        super().__init__(
            "恢复码没有输错，但不是打开这把密钥的那一个。",
            "请找最近一次打印的恢复单；更换密钥或重新打印后，旧的恢复码即作废。",
        )


class BoxSpoilt(Refusal):
    """The box that holds the unit's secret under its recovery code is damaged."""

    def __init__(self) -> None:
        super().__init__(
            "用恢复码保管的密钥已损坏，打不开。",
            "请换用本单位另一台电脑写出的互换包或另一份备份；都没有时，请上级重新邀请本单位。",
        )


# Who wrote it.


class ForgedSignature(Refusal):
    """The signature, or the certificate of the PC that signed, does not hold."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"数据包的签名不对：内容被改动，或不是{_of(sender)}写出的。",
            _CALL + "不要再使用这个文件。",
        )


class UnknownKey(Refusal):
    """A key that this book never enrolled."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"没有登记过{_of(sender)}用的密钥，不能确认是谁写出的。",
            _CALL + "如对方重新建账，请重新邀请并核对 12 位核对码。",
        )


class RevokedKey(Refusal):
    """A key, or a PC, that was declared void."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(f"{_of(sender)}用的密钥或电脑已经作废，没有装入。", _CALL)


class KeyNotYetKnown(Held):
    """A key that will be known when an earlier package or a new list of keys has come."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"{_of(sender)}用的是新密钥，本账本还没有收到通知，先放在待处理中。",
            "请先装入上级最近的任务包（带有密钥名单），再装入这一个。账本没有改动。",
        )


class Unconfirmed(Held):
    """The sender's keys have not yet been compared by telephone."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"{_of(sender)}的密钥还没有核对，数据包先放在待处理中。",
            "请与对方电话核对 12 位核对码，核对后自动装入。账本没有改动。",
        )


class HeaderDiffers(Refusal):
    """The clear header says other than what was signed inside."""

    def __init__(self, what: str = "内容") -> None:
        super().__init__(f"数据包外面写的与里面的{what}不一致，可能是拼接的。", _CALL)


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
        super().__init__(f"{_of(sender)}的这个{which}已装入过，不用再装。")


class NumberReused(Refusal):
    """The fork alarm: one PC has written two different packages under one number."""

    def __init__(self, sender: str, number: int) -> None:
        super().__init__(
            f"{_of(sender)}用同一编号（第 {number} 号）写出过两个内容不同的数据包，没有装入。",
            "对方可能恢复了旧备份或复制了账本。" + _CALL + "请对方先核验账本，再重新写出。",
        )


class BaseMissing(Held):
    """Entries that the package builds on have not come yet."""

    def __init__(self, sender: str, number: int, lacking: int) -> None:
        super().__init__(
            f"{_of(sender)}第 {number} 号之前的数据包还没有装入，缺 {lacking} 条分录，"
            "这一个先放在待处理中。",
            "请向对方索取先前的数据包，装入后自动继续；找不到时，请对方重新写出一份。账本没有改动。",
        )


class NewerScheme(Held):
    """Entries were written under a version of the scheme that this book does not have."""

    def __init__(self, theirs: int, ours: int) -> None:
        super().__init__(
            f"数据包按第 {theirs} 版方案填写，本账本还是第 {ours} 版，先放在待处理中。",
            "方案更新后自动继续；本单位有上级的，请先装入上级最近的任务包。账本没有改动。",
        )


class SetsDiffer(Refusal):
    """After taking in, both sides would not hold the same entries; it was taken back."""

    def __init__(self, sender: str = "") -> None:
        super().__init__(
            f"装入后与{_of(sender)}的分录对不上，这次装入已经取消。",
            _CALL + "请双方先核验各自的账本，再请对方重新写出。",
        )


# What stands in it.


class BatchMissing(Refusal):
    """Entries without their author's signed batch."""

    def __init__(self, author: str = "") -> None:
        who = f"（录入端 {author}）" if author else ""
        super().__init__(f"数据包中有分录没有录入人的签名清单{who}，没有装入。", _AGAIN)


class BatchForged(Refusal):
    """A batch whose signature does not hold."""

    def __init__(self, author: str = "") -> None:
        who = f"（录入端 {author}）" if author else ""
        super().__init__(f"数据包中分录的签名清单不对{who}，有人冒用他人名义。", _CALL)


class ForeignField(Refusal):
    """A field that its author's level does not fill."""

    def __init__(self, register: str, field: str) -> None:
        super().__init__(
            f"数据包改动了“{register}”中不归对方填写的“{field}”，整个包没有装入。", _CALL
        )


class ForeignRecord(Refusal):
    """A record that its author's unit does not see."""

    def __init__(self, register: str) -> None:
        super().__init__(f"数据包改动了“{register}”中不属于对方的记录，整个包没有装入。", _CALL)


class BadEntry(Refusal):
    """An entry that no program writes: an unknown register, a value of another type …"""

    def __init__(self, reason: str = "") -> None:
        super().__init__(
            f"数据包中有一条分录不合规矩{f'：{reason}' if reason else ''}，整个包没有装入。", _AGAIN
        )


class AttachmentSpoilt(Refusal):
    """A photo or attachment is not what its digest says."""

    def __init__(self, name: str = "") -> None:
        super().__init__(f"数据包中的照片或附件{_of(name) if name else ''}已损坏。", _AGAIN)
