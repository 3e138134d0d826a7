"""What a paper says, before it is drawn: frozen records, compared in tests, drawn as PDF elsewhere.

Everything is text already: figures are rounded, balanced and formatted by whoever composes the
paper; nothing here computes. A text may hold any character; ``\\n`` in a table cell forces a new
line. The same content always gives the same bytes (the only date is ``made_on``).
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from desktop.reports.charts.drawing import Drawing

Light = Literal["", "green", "yellow", "red"]
"""A project's light: drawn as ● green, ▲ yellow, ■ red, told apart without colour too."""

SheetSize = Literal["A4", "A4 landscape", "A3 landscape"]


class Column(msgspec.Struct, frozen=True):
    """One column of a table.

    ``title_path`` is its heading from the top down: ``("资金来源", "专项债")`` stands under a
    merged heading 资金来源 that it shares with its neighbours. ``kind`` is what stands in the
    cells: ``text`` is set to the left and wrapped, ``figure`` to the right and never broken,
    ``word`` (a date, a number, a short mark) to the centre, ``light`` shows the row's light.
    ``weight`` is the wanted width in characters; widths are scaled together to fill the sheet, and
    no column becomes narrower than its widest figure while there is room. 0: by its contents.
    """

    title_path: tuple[str, ...]
    kind: Literal["text", "figure", "word", "light"] = "text"
    weight: float = 0


class Row(msgspec.Struct, frozen=True):
    """One row of a table; ``cells`` has one text per column (missing ones at the end are empty).

    ``kind``: a ``row`` of data; a ``subtotal`` or ``total``, printed bold; a ``section`` heading,
    whose first cell runs over all columns. With ``span`` the first cell runs over that many
    columns (``合计（4个单位）``) and the cells it covers are passed over. ``light`` fills the
    column of kind ``light``.
    """

    cells: tuple[str, ...]
    kind: Literal["row", "subtotal", "total", "section"] = "row"
    span: int = 1
    light: Light = ""


class Table(msgspec.Struct, frozen=True, tag=True):
    """A table: ``caption`` above in the middle, ``unit`` (``单位：万元``) above on the right,
    ``note`` below. A table without rows says ``empty`` in one line."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str = ""
    unit: str = ""
    note: str = ""
    empty: str = "本期无数据"


class Heading(msgspec.Struct, frozen=True, tag=True):
    """A heading with its number in the text: level 1 一、 (Hei), 2 （一） (Kai), 3 1. (Fang).

    Each becomes a bookmark; none is left alone at the foot of a page.
    """

    level: Literal[1, 2, 3]
    text: str


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """Running text in 3号 FangSong, indented by two characters.

    ``lead`` (a project's name, ``一是``) comes first in KaiTi; ``light`` puts the light's sign
    before everything.
    """

    text: str
    lead: str = ""
    light: Light = ""


class Signatures(msgspec.Struct, frozen=True, tag=True):
    """A line to be signed by hand: ``("填报人", "审核人", "单位负责人（签章）")``."""

    names: tuple[str, ...]


class Closing(msgspec.Struct, frozen=True, tag=True):
    """Who issues the paper and the date in words, set to the right at its end 落款."""

    issuer: str
    date: str


class Chart(msgspec.Struct, frozen=True, tag=True):
    """A chart as wide as the type area (its drawing says how high); ``caption`` above it."""

    drawing: Drawing
    caption: str = ""


class Addressee(msgspec.Struct, frozen=True, tag=True):
    """The receiving body 主送机关, set full out to the left and closed by a colon."""

    text: str


class Attendance(msgspec.Struct, frozen=True, tag=True):
    """出席、列席、请假: ``lead`` in 3号 HeiTi, the ``names`` after it in FangSong, hanging."""

    lead: str
    names: str


class Attachments(msgspec.Struct, frozen=True, tag=True):
    """附件说明 below the body: ``附件：1. …``, one name to a line (GB/T 9704-2012, 7.3.4)."""

    names: tuple[str, ...]


class Entry(msgspec.Struct, frozen=True):
    """One place of a form: its label and what is written; ``lines`` are kept free for the pen.

    A short text in a place of several lines is what the pen fills in (年　月　日): it stands below.
    """

    label: str
    text: str = ""
    lines: int = 1


class Form(msgspec.Struct, frozen=True, tag=True):
    """A form of ruled rows, each of one or two label–value pairs: a reply slip, a head of facts."""

    rows: tuple[tuple[Entry, ...], ...]
    caption: str = ""


class Slip(msgspec.Struct, frozen=True, tag=True):
    """A slip to be sent back 回执, on a sheet of its own: a title, words, a form, signatures."""

    title: str
    blocks: tuple[Paragraph | Form | Table | Signatures | Closing, ...]
    subtitle: str = ""


class Imprint(msgspec.Struct, frozen=True, tag=True):
    """版记, at the foot of the last page: ``copied`` 抄送, ``office`` and ``date`` of printing."""

    office: str
    date: str
    copied: str = ""


Block = (
    Heading
    | Paragraph
    | Table
    | Chart
    | Addressee
    | Attendance
    | Attachments
    | Form
    | Slip
    | Signatures
    | Closing
    | Imprint
)


class RedHead(msgspec.Struct, frozen=True):
    """The red head of a numbered bulletin: ``mark`` 源汇区重点项目周调度, ``issue`` 第 9 期, and
    under it, when given, ``issuer`` on the left and ``date`` on the right of the red rule."""

    mark: str
    issue: str = ""
    issuer: str = ""
    date: str = ""


class LetterHead(msgspec.Struct, frozen=True):
    """The head of a letter 信函 (GB/T 9704-2012, 10.1): ``mark`` is the issuing body in red over a
    double rule, ``number`` its document number, ``degree`` 特急 or 加急 where it hurries. The first
    page has no number."""

    mark: str
    number: str = ""
    degree: str = ""


class MinutesHead(msgspec.Struct, frozen=True):
    """The head of minutes 纪要 (GB/T 9704-2012, 10.3): ``mark`` 某会议纪要 in red, ``issue``,
    and under it ``issuer`` on the left and ``date`` on the right of the red rule."""

    mark: str
    issue: str = ""
    issuer: str = ""
    date: str = ""


class Footer(msgspec.Struct, frozen=True):
    """The small line at the foot of every page; ``第 x 页 共 y 页`` is added to it.

    ``code`` is the paper's code (:func:`desktop.ledger.paper_code.code` of the journal's head),
    printed as 校验码 and as a small QR; "" prints neither.
    """

    book: str
    period: str = ""
    code: str = ""


class Ledger(msgspec.Struct, frozen=True):
    """A table on sheets of its own, as wide as the sheet, heading repeated on each.

    ``label`` (``附件1``) stands above the title, ``subtitle`` below it; the table's ``unit`` stands
    above the table on the right and ``prepared`` (unit and date of filling) on the left.
    """

    title: str
    table: Table
    subtitle: str = ""
    label: str = ""
    prepared: str = ""
    signatures: tuple[str, ...] = ()
    size: SheetSize = "A4 landscape"


class Paper(msgspec.Struct, frozen=True):
    """A paper of prose and tables on upright A4 by GB/T 9704-2012, then its appendices.

    Without ``head`` the paper is plain and begins with its title. ``subtitle`` (the period or the
    unit) stands below the title in KaiTi. ``demonstration`` prints 演示数据 on every page.
    """

    title: str
    blocks: tuple[Block, ...]
    footer: Footer
    made_on: date
    head: RedHead | LetterHead | MinutesHead | None = None
    subtitle: str = ""
    appendices: tuple[Ledger, ...] = ()
    author: str = ""
    demonstration: bool = False


class LedgerPaper(msgspec.Struct, frozen=True):
    """A ledger printed by itself."""

    ledger: Ledger
    footer: Footer
    made_on: date
    author: str = ""
    demonstration: bool = False
