"""The units below: how far each is known, what was sent to it last, whose week is in; no Qt."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, cast

import msgspec

from desktop.exchange import postbook
from desktop.exchange.postbook import Sent
from desktop.ledger import cycle, periods
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, INVITED, WITHDRAWN
from desktop.ledger.store import Store
from desktop.ui.exchange.outgoing import Fresh
from desktop.ui.exchange.words import day_and_time, listed
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.project.reading import Table
from desktop.ui.week.district import OUT, cells_of

Contact = Literal["首次联系", "待回信", "待核对", "已核对", "已停用", "已作废"]
COLUMNS = (
    Column("chosen", "下发", kind="flag"),
    Column("unit", "单位", kind="unit", width=190),
    Column("contact", "联系", kind="choice"),
    Column("fresh", "将要下发", kind="long_text", width=280),
    Column("last", "上次下发", kind="choice"),
)
ON, OFF = "☑", "☐"


class Below(msgspec.Struct, frozen=True):
    """One unit directly below; ``last`` is the package sent last."""

    unit: str
    name: str
    contact: Contact
    last: Sent | None = None

    @property
    def open(self) -> bool:
        """Whether a package can go down: not while its code waits for the comparison."""
        return self.contact != ANSWERED

    @property
    def first(self) -> bool:
        """Whether the next package goes under a one-time passphrase."""
        return self.contact not in (CONFIRMED, ANSWERED)


def invited(units: Collection[Below]) -> set[str]:
    """The units whose first package is on its way: another one would take its passphrase away."""
    return {one.unit for one in units if one.contact == INVITED}


def why_none(units: Collection[Below]) -> str:
    """Why nothing is handed down, said where no unit is chosen; and what to do about it."""
    if not any(one.open for one in units):
        return "都在等核对：先在下面“往来单位”核对，再下发。"
    if all(one.contact in (INVITED, ANSWERED) for one in units):
        return "首次任务包都已写过，等对方回信；要重写、换新口令的，逐个勾选。"
    return "没有选中单位：打开“逐个单位查看、挑选”勾选要下发的。"


class Received(msgspec.Struct, frozen=True):
    """Who has sent the week; ``missing`` are names."""

    period: str
    all: int
    missing: tuple[str, ...]

    @property
    def arrived(self) -> int:
        """How many weeks are in."""
        return self.all - len(self.missing)

    @property
    def title(self) -> str:
        """第9周收报."""
        return f"{periods.parse_period(self.period).short}收报"

    @property
    def words(self) -> str:
        """未报：干河陈乡、顺河街街道; 全部收齐."""
        if not self.all:
            return "还没有填报单位。"
        return f"未报：{listed(self.missing, 8)}" if self.missing else "全部收齐。"


def below(store: Store) -> tuple[Below, ...]:
    """The units directly below the book's own, in their order."""
    known = _partners(store)
    last: dict[str, Sent] = {}
    for one in postbook.sent(store):
        if one.state != WITHDRAWN and one.kind == "task":
            last[one.unit] = one
    rows = store.connection.execute(
        'SELECT record, name FROM unit WHERE removed = 0 AND above = ? ORDER BY "order", name',
        (store.unit,),
    ).fetchall()
    return tuple(
        Below(unit, name, known.get(unit, "首次联系"), last.get(unit)) for unit, name in rows
    )


def received(store: Store, period: str) -> Received:
    """Whose week ``period`` is in."""
    cells = cells_of(store, (period,))
    units = cycle.reporting_units(store)
    missing = tuple(name for unit, name in units if cells[unit, period].state in OUT)
    return Received(period, len(units), missing)


def table(units: Collection[Below], left_out: Collection[str], fresh: Mapping[str, Fresh]) -> Table:
    """The units with what would go to each; ``left_out`` are not handed down to this time."""
    rows = []
    for one in units:
        on = one.open and one.unit not in left_out
        new = one.unit in fresh and bool(fresh[one.unit].entries)
        said = fresh[one.unit].words if one.unit in fresh else "正在清点……"
        if not one.open:
            said = "先在右边“往来单位”核对，再下发"
        elif one.contact == INVITED:
            said = "首次任务包已写过，等回信；再写会换新口令"
        elif one.first:
            said = "首次任务包，凭一次性口令打开"
        rows.append(
            (
                Cell(ON if on else OFF, tone="accent" if on else "faint"),
                Cell(one.name),
                Cell(one.contact, tone=_TONES.get(one.contact, "plain")),
                Cell(said, tone="faint" if one.contact == CONFIRMED and not new else "plain"),
                Cell(last_in_words(one), tone="faint"),
            )
        )
    return Table(COLUMNS, tuple(rows), tuple(one.unit for one in units))


_TONES = {ANSWERED: "explain", INVITED: "explain", CONFIRMED: "good", "首次联系": "accent"}


def last_in_words(one: Below) -> str:
    """2023-03-02 第4号 已回执; 还没有下发过."""
    if one.last is None:
        return "还没有下发过"
    day = day_and_time(one.last.time)[:10]
    return f"{day}　第{one.last.number}号　{one.last.state}"


def summary(units: Collection[Below], fresh: Mapping[str, Fresh]) -> str:
    """9 个单位已建立联系，2 个首次联系；项目 3 个、督办 2 条."""
    if not units:
        return "还没有下级单位，请先登记单位。"
    parts = (
        (sum(one.contact == CONFIRMED for one in units), "{} 个单位已建立联系"),
        (sum(one.contact == "首次联系" for one in units), "{} 个首次联系"),
        (sum(one.contact == INVITED for one in units), "{} 个还没有回信"),
        (sum(one.contact == ANSWERED for one in units), "{} 个待核对"),
    )
    said = "，".join(words.format(count) for count, words in parts if count)
    ready = [one for one in units if one.contact == CONFIRMED]
    if not ready:
        return f"{said}。"
    if any(one.unit not in fresh for one in ready):
        return f"{said}；已联系的正在清点新内容。"  # As long as what stands there next.
    new = sum(bool(fresh[one.unit].entries) for one in ready)
    unanswered = sum(fresh[one.unit].unanswered for one in ready)
    news = f"其中 {new} 个有新内容" if new else "都没有新内容"
    return f"{said}；已联系的{news}{f'，{unanswered} 个等回执' if unanswered else ''}。"


def _partners(store: Store) -> dict[str, Contact]:
    """How far each unit that was spoken to is known."""
    from desktop.exchange import enrolment  # With the cryptography: when asked.

    return {one.unit: cast(Contact, one.state) for one in enrolment.codes(store)}
