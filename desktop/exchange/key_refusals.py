"""Secrets that are lacking or do not open a package: passphrases, recovery codes, keys of this PC.

Each is a :class:`~desktop.exchange.refusals.Refusal`; the book is as before in every case.
"""

from __future__ import annotations

from desktop.exchange.refusals import NotForUs, Refusal


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
