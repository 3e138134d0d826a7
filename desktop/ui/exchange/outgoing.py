"""What a reporting unit would send up: the week, its photos, its way, its last package; no Qt."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from desktop.exchange import postbook
from desktop.exchange.postbook import Sent
from desktop.ledger import attachments, audience, periods
from desktop.ledger.correspondence import ACKNOWLEDGED, PENDING, SENT, WITHDRAWN, WRITTEN
from desktop.ledger.definitions import SCHEME
from desktop.ledger.entry import AUTHORED
from desktop.ledger.lock import RECEPTION, SUBMISSION
from desktop.ledger.store import Store
from desktop.ui.exchange.words import counted
from desktop.ui.week.reading import Week, week_of

if TYPE_CHECKING:
    from desktop.ledger.workspace import Book

_REGISTER, _RECORD = AUTHORED.index("register"), AUTHORED.index("record")
#: Registers that say nothing of their own to people when they travel.
_QUIET = frozenset({SUBMISSION})
#: So many kinds of records are named in one line.
NAMED = 4


class Upward(msgspec.Struct, frozen=True):
    """The week of a unit that reports, as it would go up.

    ``above`` is the unit above, "" for none; ``contact`` whether keys were exchanged with it.
    ``rows`` of the week's ledgers and ``photos`` of it; ``package`` the last report package with
    the week in it, that was not taken back. ``on_paper``: the submission that stands is in no
    package, only registered, and may be taken back.
    """

    week: Week
    above: str
    contact: bool
    rows: int
    photos: int
    package: Sent | None = None
    on_paper: bool = False

    @property
    def title(self) -> str:
        """第9周."""
        return periods.parse_period(self.week.period).short

    @property
    def correcting(self) -> bool:
        """Whether the week stands submitted and has been changed since."""
        return self.week.sent.locked and bool(self.week.sent.changed)

    @property
    def done(self) -> bool:
        """Whether the week stands submitted as it is."""
        return self.week.sent.locked and not self.week.sent.changed


class Fresh(msgspec.Struct, frozen=True):
    """What no package that was written brings a unit; ``parts`` counts what people know by name.

    ``known`` says that a PC of the unit was ever heard of; ``written`` how many entries went out
    in packages that it has not acknowledged.
    """

    unit: str
    entries: int
    parts: tuple[tuple[int, str], ...] = ()
    known: bool = True
    written: int = 0

    @property
    def unanswered(self) -> bool:
        """Whether all is on its way, and only the answer is missing."""
        return not self.entries and bool(self.written)

    @property
    def words(self) -> str:
        """项目 3 个、督办事项 2 条、退回 1 份; 都已写出，等回执; 没有新内容."""
        if not self.entries:
            return "都已写出，等回执" if self.written else "没有新内容"
        said = counted(self.parts[:NAMED])
        return f"{said}等" if len(self.parts) > NAMED else said or f"{self.entries} 条改动"


def upward(store: Store, period: str) -> Upward:
    """The week ``period`` of the book's own unit."""
    above = audience.above(store, store.unit)
    package = _package(store, period)
    waits = package is not None and package.state == PENDING  # Then it is the package's turn.
    week = week_of(store, period)
    return Upward(
        week,
        unit_named(store, above) if above else "",
        above is not None and _has_key(store, above),
        *_contents(store, period),
        package,
        week.sent.open_again and not waits,
    )


def fresh(book: Book, unit: str) -> Fresh:
    """What ``unit`` (the own one: its other PCs) may see and has not said that it holds.

    Apart from what its packages were written with. A share goes to one PC of several: there
    nothing counts as written.
    """
    from desktop.exchange import building  # With the cryptography: when asked.

    lacking = building.fresh(book, unit)
    made = 0 if unit == book.unit else _written(book, unit)
    new = [line for line in lacking if line.position > made]
    touched: dict[str, set[str]] = {}
    for line in new:
        columns = line.authored
        touched.setdefault(columns[_REGISTER], set()).add(columns[_RECORD])
    known = bool(building.known_pcs(book, unit))
    return Fresh(unit, len(new), _parts(book, touched), known, len(lacking) - len(new))


def _written(store: Store, unit: str) -> int:
    """Where the journal stood when the last package for ``unit`` that was written was made."""
    (made,) = store.connection.execute(
        f'SELECT max(s.made) FROM (SELECT min(j.position) AS made FROM "{SENT.name}" AS s'
        " JOIN journal AS j ON j.record = s.record WHERE s.unit = ? AND s.removed = 0"
        " AND s.state IN (?, ?) GROUP BY s.record) AS s",
        (unit, WRITTEN, ACKNOWLEDGED),
    ).fetchone()
    return made or 0


def _parts(store: Store, touched: dict[str, set[str]]) -> tuple[tuple[int, str], ...]:
    head = store.scheme.head
    names = {head.subject: "项目 {} 个", SCHEME.name: "方案更新 {} 次", "unit": "单位 {} 个"}
    order = [head.subject, RECEPTION, "supervision", "decision", head.weekly]
    parts: list[tuple[int, str]] = []
    for register in sorted(touched, key=lambda one: (order.index(one) if one in order else 9, one)):
        definition = store.scheme.registers.get(register)
        count = len(touched[register])
        if register == RECEPTION:
            parts += _answers(store, touched[register])
        elif register in names:
            parts.append((count, names[register]))
        elif definition is not None and not definition.internal and register not in _QUIET:
            parts.append((count, f"{definition.title} {{}} 条"))
    return tuple(part for part in parts if part[0])


def _answers(store: Store, records: set[str]) -> list[tuple[int, str]]:
    present = [store.present(RECEPTION, record) for record in records]
    states = [one.values["state"] for one in present if one is not None and not one.removed]
    return [(states.count("已退回"), "退回 {} 份"), (states.count("已接收"), "接收 {} 份")]


def _contents(store: Store, period: str) -> tuple[int, int]:
    """Rows and photos of what a submission of the week covers, explanations not counted."""
    subject = store.scheme.registers[store.scheme.head.subject]
    rows = photos = 0
    for register in store.scheme.registers.values():
        if not register.submitted or register.of != subject.name or register.name == "explanation":
            continue
        named = [field.name for field in register.stored if field.type in ("photo", "attachment")]
        columns = "".join(f', r."{name}"' for name in named)
        for _, *values in store.connection.execute(
            f'SELECT r.record{columns} FROM "{register.name}" AS r'
            f' JOIN "{subject.name}" AS s ON s.record = r."{subject.name}"'
            f' WHERE r.period = ? AND r.removed = 0 AND s."{subject.owner}" = ?',
            (period, store.unit),
        ):
            rows += 1
            photos += sum(len(attachments.digests(value)) for value in values)
    return rows, photos


def _package(store: Store, period: str) -> Sent | None:
    found = [
        one
        for one in postbook.sent(store)
        if one.kind == "report" and period in one.periods and one.state != WITHDRAWN
    ]
    return found[-1] if found else None


def _has_key(store: Store, unit: str) -> bool:
    from desktop.exchange import directory  # With the cryptography: when asked.

    partner = directory.partner(store, unit)
    return partner is not None and bool(partner.seal_key)


def unit_named(store: Store, unit: str) -> str:
    """A unit's name, "" for one that the book does not know."""
    row = store.connection.execute("SELECT name FROM unit WHERE record = ?", (unit,)).fetchone()
    return str(row[0]) if row else ""
