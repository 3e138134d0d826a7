"""The papers of the exchange 回执、恢复单、口令条: what is asked for, what they say, their bytes.

Whoever asks gives plain values; nothing is read from a book or a clock, so that the same values
give the same bytes. Reports know nothing of the exchange: its results are told here in words.

- 回执, for packages taken in: one package as a form, several of one sitting as a table over as
  many pages as it needs. It bears the book's code (:mod:`desktop.ledger.paper_code`), by which
  ``oneledger verify BOOK --paper CODE`` traces it.
- 恢复单, the recovery code of a unit's keys, to be sealed and locked away.
- 口令条, the one-time passphrases of first task packages, to be cut and told by telephone.
"""

from __future__ import annotations

import errno
import tempfile
from datetime import date
from pathlib import Path

import msgspec

from desktop.errors import NotWritable
from desktop.reports.content import Paragraph, Signatures
from desktop.reports.making import NoSuchFormat
from desktop.reports.slip_content import Coupon, Entry, Form, Letters, Slip, day
from desktop.reports.slip_receipt import Package, Receipt, receipt

__all__ = [
    "Package", "Passphrase", "Passphrases", "Receipt", "Recovery", "passphrases", "passphrases_pdf",
    "ready", "receipt", "receipt_pdf", "recovery", "recovery_pdf",
]  # fmt: skip


class Recovery(msgspec.Struct, frozen=True, kw_only=True):
    """A unit's recovery ``code`` (six groups), made on ``machine`` (1号机); ``comparison`` is the
    comparison code with the unit above, ``compared_with``, both "" when there is none."""

    unit: str
    machine: str
    code: str
    made_on: date
    comparison: str = ""
    compared_with: str = ""
    demonstration: bool = False


class Passphrase(msgspec.Struct, frozen=True):
    """Which ``passphrase`` opens the first task package ``file`` of ``unit``."""

    unit: str
    file: str
    passphrase: str


class Passphrases(msgspec.Struct, frozen=True, kw_only=True):
    """The strips of one handing down by ``sender``."""

    sender: str
    strips: tuple[Passphrase, ...]
    made_on: date
    demonstration: bool = False


def receipt_pdf(values: Receipt) -> bytes:
    """The receipt as a PDF file: a form for one package, else a table."""
    return _drawn(receipt(values))


def recovery_pdf(values: Recovery) -> bytes:
    """The recovery sheet as a PDF file."""
    return _drawn(recovery(values))


def passphrases_pdf(values: Passphrases) -> bytes:
    """The strips with passphrases as a PDF file."""
    return _drawn(passphrases(values))


def ready(target: Path) -> None:
    """Try whether a paper can be written to ``target``, before what it tells of is done.

    Raises :class:`~desktop.reports.making.NoSuchFormat` for another ending than ``.pdf``,
    :class:`~desktop.errors.NotWritable`.
    """
    if target.suffix.lower() != ".pdf":
        raise NoSuchFormat(target.name, ".pdf")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=target.parent):
            pass
        if target.exists():
            if not target.stat().st_mode & 0o222:
                raise PermissionError(errno.EACCES, "read-only")
            with target.open("r+b"):  # a file that another program holds refuses this
                pass
    except OSError as error:
        raise NotWritable(str(target)) from error


def recovery(values: Recovery) -> Slip:
    """What a recovery sheet says."""
    groups = tuple(values.code.replace(" ", "-").split("-"))
    compared = f"{values.comparison}\n与{values.compared_with}电话核对，两边应完全一致。"
    entries = (
        *((Entry("核对码", compared),) if values.comparison else ()),
        Entry(
            "用途",
            "换电脑、重装系统、从备份恢复账本，或用互换包在另一台电脑上建账时，"
            "凭恢复码取回本单位的密钥，才能继续收发数据包。",
        ),
        Entry(
            "保管",
            "密封，由专人保管，锁入保险柜；不得拍照、扫描，不得存入电脑、手机，不得用网络传送。"
            "启封使用后重新密封并登记。如有以前的恢复单，只能打开以前的备份和互换包，注明“旧”一并封存。",
        ),
        Entry(
            "遗失处理",
            "一、毁损或找不到，但确信没有外人看过：在能用的电脑上重新生成恢复码，打印新的恢复单。\n"
            "二、可能已被外人看到：立即更换密钥，打印新的恢复单。\n"
            "三、电脑和恢复单都没有了：报告上级单位，由上级重新建立联系。",
        ),
    )
    return Slip(
        "恢复单",
        (
            Form(
                (
                    Entry("单位", values.unit),
                    Entry("电脑、日期", f"{values.machine}　　{day(values.made_on)}"),
                )
            ),
            Letters(groups),
            Paragraph(
                "恢复码共六组，由数字和大写字母组成，没有字母 I、L、O、U：像字母 O 的是数字 0，"
                "像字母 I 的是数字 1。输入时不分大小写，横线可以不输。"
            ),
            Form(entries, small=True),
            Signatures(("经手人", "监督人", "日期")),
        ),
        f"恢复单　{values.unit}　{day(values.made_on)}",
        values.made_on,
        "恢复单",
        demonstration=values.demonstration,
    )


def passphrases(values: Passphrases) -> Slip:
    """What the strips say, one for each first task package."""
    note = (
        "请电话告知，不得随U盘同行。本口令只对这一个任务包有效，用来在收件单位的电脑上建账；"
        f"口令遗失或任务包打不开，请{values.sender}重新下发。告知后本条即行销毁。"
    )
    coupons = tuple(
        Coupon(
            "首次任务包口令条",
            (
                Entry("收件单位", strip.unit),
                Entry("任务包文件", strip.file),
                Entry("一次性口令", strip.passphrase, loud=True),
            ),
            note,
            ("告知人", "接听人", "时间"),
        )
        for strip in values.strips
    )
    foot = f"下发单位：{values.sender}　{day(values.made_on)}　口令条共 {len(coupons)} 张"
    subject = "首次任务包口令条"
    return Slip("", coupons, foot, values.made_on, subject, demonstration=values.demonstration)


def _drawn(slip: Slip) -> bytes:
    from desktop.reports import slip_pdf

    return slip_pdf.draw_slip(slip)
