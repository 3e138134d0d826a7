"""What the exchange asks of the week: weeks returned, conflicts, packages that wait; no Qt.

Counted from the tables alone: the first page of the program does not wait for the cryptography.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.ledger import correspondence, cycle, periods
from desktop.ledger.correspondence import ANSWERED, CONFIRMED, PARTNER, PENDING, SENT, WITHDRAWN
from desktop.ledger.definitions import BOOK, SCHEME
from desktop.ledger.lock import RECEPTION, RETURNED, SUBMISSION
from desktop.ledger.store import Store
from desktop.ledger.workspace import Book
from desktop.ui.week.look import Aim, Row

EXCHANGE = "exchange"


class Returned(msgspec.Struct, frozen=True):
    """A week of the own unit that was returned and not submitted again."""

    period: str
    reason: str


class Post(msgspec.Struct, frozen=True):
    """``returned`` weeks of the own unit, the oldest first; ``apart`` fields to be decided.

    ``held`` packages came and wait, ``pending`` were made and never written; ``codes`` of units
    wait for the comparison here; ``sheet`` asks for the recovery sheet.
    """

    returned: tuple[Returned, ...] = ()
    apart: int = 0
    held: int = 0
    pending: int = 0
    codes: int = 0
    sheet: bool = False

    @property
    def count(self) -> int:
        """What the menu counts: what somebody has to do on the page 收发."""
        return self.apart + self.waiting + self.pending + self.codes

    @property
    def waiting(self) -> int:
        """The packages that wait for something else than a code: each code has one that waits."""
        return max(self.held - self.codes, 0)


def post_of(store: Book) -> Post:
    """What waits in the book and beside it."""
    return Post(
        _returned(store),
        apart(store),
        _held(store.path),
        _count(
            store, f'SELECT count(*) FROM "{SENT.name}" WHERE removed = 0 AND state = ?', PENDING
        ),
        _count(
            store,
            f'SELECT count(DISTINCT p.unit) FROM "{PARTNER.name}" AS p'
            " JOIN unit AS u ON u.record = p.unit AND u.above = ?"
            " WHERE p.removed = 0 AND p.state = ?",
            store.unit,
            ANSWERED,
        ),
        _wants_sheet(store),
    )


def packed(store: Store, period: str) -> bool:
    """Whether this PC made a package that submits the week; not so for one on paper alone."""
    return bool(
        _count(
            store,
            f'SELECT count(*) FROM "{SENT.name}" WHERE removed = 0 AND kind = ? AND state <> ?'
            " AND instr(' ' || weeks || ' ', ?)",
            "report",
            WITHDRAWN,
            f" {period} ",
        )
    )


def rows_of(post: Post, above: str, period: str) -> list[Row]:
    """The lines; ``above`` names the unit above, ``period`` is the week being shown."""
    rows = [_returned_row(one, above) for one in post.returned if one.period != period]
    places = (
        (post.apart, "{} 处两边填得不同，待选定", "red", "待定", "settle"),
        (post.codes, "{} 个单位的核对码待电话核对", "yellow", "核对", ""),
        (post.pending, "{} 个数据包还没有写到U盘", "yellow", "写出", "sent"),
        (post.waiting, "{} 个收到的包等装入", "yellow", "等装入", "waiting"),
    )
    rows += [
        Row(
            text=words.format(count),
            mark=mark,
            right=right,
            tone="must" if mark == "red" else "explain",
            tip=words.format(count),
            aim=Aim(EXCHANGE, tab=tab),
        )
        for count, words, mark, right, tab in places
        if count
    ]
    if post.sheet:
        said = "还没有打印恢复单：这台电脑一旦损坏，就不能再收发"
        aim = Aim("settings", tab="keys")
        rows.append(Row(text=said, mark="yellow", right="打印", tone="explain", tip=said, aim=aim))
    return rows


def stick_row(name: str) -> Row:
    """A stick that is put in: ``name`` as people call it."""
    said = f"{name} 已插入，可以查看、装入、写出"
    return Row(text=said, right="收发", tone="accent", tip=said, aim=Aim(EXCHANGE, tab="found"))


def _returned_row(one: Returned, above: str) -> Row:
    week = periods.parse_period(one.period).short
    said = f"{above or '上级'}退回{week}：{' '.join(one.reason.split())}"
    aim = Aim("week", period=one.period)
    return Row(text=said, mark="yellow", right="退回", tone="explain", tip=said, aim=aim)


def _returned(store: Store) -> tuple[Returned, ...]:
    rows = store.connection.execute(
        f'SELECT period FROM "{RECEPTION}" WHERE unit = ? AND state = ? AND removed = 0'
        " ORDER BY period",
        (store.unit, RETURNED),
    )
    found = []
    for (period,) in rows.fetchall():
        stands = cycle.submission(store, store.unit, period)
        if stands.state == RETURNED:
            found.append(Returned(period, stands.reason or ""))
    return tuple(found)


def decided(store: Store) -> frozenset[str]:
    """The registers whose conflicts a person decides.

    Not the program's own, and not submissions and receptions: the next one settles what two PCs
    wrote apart.
    """
    own = {one.name for one in (*correspondence.REGISTERS, BOOK, SCHEME)}
    return frozenset(store.scheme.registers.keys() - own - {SUBMISSION, RECEPTION})


def apart(store: Store) -> int:
    """How many fields people have to decide."""
    rows = store.connection.execute("SELECT DISTINCT register, record, field FROM conflict")
    names = decided(store)
    return sum(name in names for name, _, _ in rows)


def _held(book: Path) -> int:
    """Copies on the shelf beside the book, named as :mod:`desktop.exchange.copies` names them."""
    try:
        return sum(1 for _ in book.with_name(f"{book.stem}.held").glob("*.yzp"))
    except OSError:
        return 0


def _wants_sheet(store: Store) -> bool:
    """Whether the unit's present keys were never put on paper."""
    row = store.connection.execute(
        f"SELECT max(coalesce(box, '') <> '') FROM \"{PARTNER.name}\" WHERE removed = 0"
        " AND unit = ?1 AND state = ?2 AND sign_key IS NOT NULL AND epoch ="
        f' (SELECT max(epoch) FROM "{PARTNER.name}" WHERE removed = 0 AND unit = ?1'
        " AND state = ?2)",
        (store.unit, CONFIRMED),
    ).fetchone()
    return row is not None and row[0] == 0


def _count(store: Store, statement: str, *values: str) -> int:
    (count,) = store.connection.execute(statement, values).fetchone()
    return int(count)
