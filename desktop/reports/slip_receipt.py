"""The receipt 回执 of packages taken in: what is asked for and what it says.

One package as a form, several of one sitting as a table. Reports know nothing of the exchange: its
results are told here as plain values.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

import msgspec

from desktop.ledger import periods
from desktop.reports.content import Column, Paragraph, Row, Signatures, Table
from desktop.reports.slip_content import Entry, Form, Slip, day

KINDS = {"task": "任务包", "report": "报告包", "share": "互换包", "": "数据包"}

#: So many characters of a package's digest stand on paper, in groups of four.
DIGITS, GROUP = 16, 4

_WHY = {
    "已装入过": "此前已经装入，本次没有重复装入",
    "待处理": "未装入（等装入）",
    "已隔离": "未装入",
}


class Package(msgspec.Struct, frozen=True, kw_only=True):
    """One package of a sitting, also one that was not taken in.

    ``unit`` is the sender's name, or the file's where the package could not be read; ``digest``
    its SHA-256 in hexadecimal digits, "" for not known; ``periods`` canonical (2023-W09). What it
    changed is counted as :class:`desktop.exchange.effect.Effect` counts (``photos``: attachments);
    without ``effect`` only ``entries`` and ``photos`` are known. ``reason``: why it was not taken
    in, or what was noticed.
    """

    unit: str
    kind: Literal["task", "report", "share", ""] = ""
    number: int = 0
    digest: str = ""
    periods: tuple[str, ...] = ()
    outcome: Literal["已装入", "已装入过", "待处理", "已隔离"] = "已装入"
    reason: str = ""
    subjects: int = 0
    added: int = 0
    fields: int = 0
    removed: int = 0
    photos: int = 0
    conflicts: int = 0
    entries: int = 0
    effect: bool = True


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """The packages of one sitting, or one package.

    ``paper_code`` is that of the book's head after them; ``silent`` the units that have not
    submitted the week ``period`` (canonical), said on the receipt of a sitting only: one package's
    goes to its sender, whom the others do not concern.
    """

    receiver: str
    packages: tuple[Package, ...]
    taken_at: datetime
    taken_by: str
    paper_code: str
    silent: tuple[str, ...] = ()
    period: str = ""
    demonstration: bool = False


def receipt(values: Receipt) -> Slip:
    """What a receipt says."""
    if len(values.packages) == 1:
        return _one(values, values.packages[0])
    return _several(values)


def _one(values: Receipt, package: Package) -> Slip:
    did = "装入" if package.outcome == "已装入" else "处理"
    entries = (
        Entry("收件单位", values.receiver),
        Entry("寄件单位", package.unit),
        Entry("数据包", _which(package)),
        Entry("期次", _weeks(package) or "—"),
        Entry("内容", _content(package)),
        Entry("校验值", f"{_groups(package.digest)}（前 {DIGITS} 位）" if package.digest else "—"),
        Entry(f"{did}时间", _moment(values.taken_at)),
        Entry(f"{did}人", values.taken_by),
        Entry("结果", _outcome(package)),
        Entry("账本校验码", values.paper_code, loud=True),
    )
    return Slip(
        "数据包回执",
        (
            Form(entries),
            Paragraph(f"一式两份，收件、寄件单位各存一份。{_trace(values)}"),
            Signatures(("收件单位（签章）", "经手人", "日期")),
            Signatures(("寄件单位（签章）", "送件人", "日期")),
        ),
        _foot(values),
        values.taken_at.date(),
        "数据包回执",
        demonstration=values.demonstration,
    )


def _several(values: Receipt) -> Slip:
    columns = (
        Column(("序号",), "word", 2.6),
        Column(("寄件单位",), "text", 9),
        Column(("数据包",), "word", 4.5),
        Column(("期次",), "word", 6),
        Column(("内容", "项目"), "figure", 2.8),
        Column(("内容", "新增"), "figure", 2.8),
        Column(("内容", "改动"), "figure", 2.8),
        Column(("内容", "照片"), "figure", 2.8),
        Column((f"校验值（前{DIGITS}位）",), "word", 6),
        Column(("结果",), "text", 13),
        Column(("寄件单位签字",), "text", 5.5),
    )
    rows = tuple(
        Row(
            (
                str(number),
                package.unit,
                _which(package).replace(" ", "\n", 1),
                _weeks(package).replace("、", "\n") or "—",
                *_figures(package),
                _in_two_lines(package.digest),
                _outcome(package),
            )
        )
        for number, package in enumerate(values.packages, 1)
    )
    missing = _missing(values)
    return Slip(
        "数据包接收回执",
        (
            Paragraph(
                f"收件单位：{values.receiver}　　装入时间：{_moment(values.taken_at)}　　"
                f"装入人：{values.taken_by}　　账本校验码：{values.paper_code}\n{_sum(values)}"
            ),
            Table(columns, rows, empty="本次没有收到数据包"),
            *((Paragraph(missing),) if missing else ()),
            Paragraph(_trace(values)),
            Signatures(("收件单位（签章）", "经手人", "送件人", "日期")),
        ),
        _foot(values),
        values.taken_at.date(),
        "数据包接收回执",
        size="A4 landscape",
        demonstration=values.demonstration,
    )


def _which(package: Package) -> str:
    kind = KINDS[package.kind]
    return f"{kind} 第{package.number}号" if package.number else kind


def _weeks(package: Package) -> str:
    return "、".join(map(_week, package.periods))


def _week(period: str) -> str:
    """2023年第9周; what is no period stays as it is."""
    try:
        return periods.parse_period(period).title
    except periods.NoSuchPeriod:
        return period


def _groups(digest: str) -> str:
    digits = digest[:DIGITS].upper()
    return " ".join(digits[at : at + GROUP] for at in range(0, len(digits), GROUP))


def _in_two_lines(digest: str) -> str:
    groups = _groups(digest).split()
    return "\n".join((" ".join(groups[:2]), " ".join(groups[2:]))) if groups else "—"


def _content(package: Package) -> str:
    if package.outcome != "已装入":
        return "—（账本没有改动）"
    if not package.effect:
        return f"分录 {package.entries} 条，照片附件 {package.photos} 件"
    said = (
        f"项目 {package.subjects} 个，新增 {package.added} 条，改动 {package.fields} 处，"
        f"删除 {package.removed} 条\n照片附件 {package.photos} 件"
    )
    return f"{said}，待定 {package.conflicts} 处" if package.conflicts else said


def _figures(package: Package) -> tuple[str, str, str, str]:
    if package.outcome != "已装入":
        return "—", "—", "—", "—"
    if not package.effect:
        return "—", "—", "—", str(package.photos)
    counts = (package.subjects, package.added, package.fields, package.photos)
    one, two, three, four = map(str, counts)
    return one, two, three, four


def _outcome(package: Package) -> str:
    if package.outcome == "已装入":
        conflicts = f"待定 {package.conflicts} 处" if package.conflicts else ""
        return "；".join(part for part in ("已装入", conflicts, package.reason) if part)
    said = _WHY[package.outcome]
    return f"{said}：{package.reason}" if package.reason and said.startswith("未") else said


def _sum(values: Receipt) -> str:
    """How many packages there were, and what became of them."""
    became = [package.outcome for package in values.packages]
    words = (
        ("已装入", "已装入"),
        ("已装入过", "此前已装入"),
        ("待处理", "等装入"),
        ("已隔离", "未装入"),
    )
    said = [f"{word} {became.count(one)} 个" for one, word in words if one in became]
    return f"本次共 {len(became)} 个数据包" + (f"：{'，'.join(said)}。" if said else "。")


def _missing(values: Receipt) -> str:
    """The units whose week is missing; "" for none."""
    if not values.silent:
        return ""
    week = _week(values.period) if values.period else ""
    return f"{week}未报的单位（{len(values.silent)} 个）：{'、'.join(values.silent)}。"


def _trace(values: Receipt) -> str:
    return (
        "账本校验码由装入以后的账本算出：用“一本账”核验收件单位的账本"
        f"（oneledger verify 账本 --paper {values.paper_code}），"
        "可查本回执是否出自该账本、此后有无改动。"
    )


def _foot(values: Receipt) -> str:
    return f"{values.receiver}　{_moment(values.taken_at)}　账本校验码 {values.paper_code}"


def _moment(moment: datetime) -> str:
    return f"{day(moment)} {moment:%H:%M}"
