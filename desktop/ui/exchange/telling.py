"""What the strip over the page says, and the buttons that go with it; no Qt."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop.errors import OneLedgerError
from desktop.ui.exchange import packages
from desktop.ui.exchange.packages import Tally
from desktop.ui.exchange.words import after

#: Until something was looked at.
UNSEEN = "还没有看过数据包"
HOW = (
    "插上U盘，上面的数据包自动列在这里：先逐个核对、试装，看清每个包改了什么，再装入。\n"
    "装入前自动备份；装错了，可以在“收到的包”里整个撤销。"
)
#: Where nothing was found.
NOTHING = "没有找到数据包"
WHAT = "数据包的扩展名是 .yzp；改过名字、放在子文件夹里的也能找到。"


@dataclass(frozen=True)
class Told:
    """What the strip says and offers.

    ``look`` and ``take`` are the texts of the buttons, "" for none; ``apart`` how many fields wait
    for a decision; ``receipt`` offers to print one; ``tone`` is plain, good, explain or must;
    ``roomy`` offers folder and files with words instead of signs.
    """

    title: str
    note: str = ""
    tone: str = "plain"
    look: str = ""
    take: str = ""
    apart: int = 0
    receipt: bool = False
    roomy: bool = False


def idle(waiting: int, said: str = "") -> Told:
    """No stick: how to begin; ``waiting`` packages lie beside the book."""
    held = f"另有 {waiting} 个包等装入，条件到了就能装入。" if waiting else ""
    how = "插上U盘即自动查看；也可以选文件夹、选文件，或把文件拖到这里。"
    return Told(said or "没有插U盘", held or how, look=_waiting(waiting), roomy=True)


def looking(name: str, *, roomy: bool = False) -> Told:
    """A look is under way; ``roomy`` as it was, so that no button moves for the moment."""
    return Told(f"正在查看{name or '等装入的包'}……", roomy=roomy)


def looked(count: Tally, name: str, entries: int) -> Told:
    """What a look at ``name`` found; ``entries`` files and folders were seen."""
    title = packages.summary(count, name, dry=True)
    if not count.all:
        seen = f"看了 {entries} 个文件和文件夹。" if entries else ""
        return Told(title, seen, look="重新查看", roomy=True)
    note = "已逐个核对签名、单位、编号并试装；还没有装入，账本没有改动。"
    take = packages.verb(count)
    return Told(title, note, look="只看不装" if take else "重新查看", take=take)


def taken(count: Tally, stick: str, *, secured: bool) -> Told:
    """What was taken in; ``stick`` is the name of the one that may be removed now."""
    kept = "装入前已自动备份。" if secured else ""
    out = f"{after(stick, '可以拔出')}。" if stick else ""
    calm = not (count.refused or count.waiting or count.conflicts)
    tone = "good" if calm and count.good else "explain"
    title = f"{packages.summary(count, '', dry=False)}。"
    return Told(
        title, kept + out, tone, look="再看一遍", apart=count.conflicts, receipt=bool(count.all)
    )


def stopped(error: OneLedgerError, done: int = 0) -> Told:
    """Something is wrong on this PC: ``done`` packages are in, the rest was not touched."""
    kept = f"已经装入的 {done} 个包都已保存，其余没有动。" if done else ""
    return Told(error.sentence, error.advice + kept, "must", look="重新查看")


def cancelled(*, taking: bool) -> Told:
    """The person has stopped it."""
    said = "已经装入的包都已保存，其余的没有动。" if taking else "账本没有改动。"
    title = "已停止装入" if taking else "已停止查看"
    return Told(title, said, look="重新查看", roomy=True)


def pulled_out(told: Told, stick: str, waiting: int) -> Told:
    """What was taken in stays to be read after the stick is gone."""
    return without_stick(replace(told, note=f"{after(stick, '已拔出')}。"), waiting)


def without_stick(told: Told, waiting: int) -> Told:
    """What waits beside the book can be tried again."""
    return replace(told, look=_waiting(waiting), take="")


def _waiting(waiting: int) -> str:
    return f"看等装入的 {waiting} 个" if waiting else ""
