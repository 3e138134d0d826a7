"""Which records a paper can be made from: letters of a kind, meetings, projects, supervised items.

The newest come first where the register has a day, else the order of their entry. Records of a unit
that the book does not work on any more are left out.
"""

from __future__ import annotations

import msgspec

from desktop.errors import OneLedgerError
from desktop.ledger.belonging import ours
from desktop.ledger.definitions import Register, Scheme
from desktop.ledger.lookup import SHORTEST, SeveralRecords
from desktop.ledger.store import NoSuchRecord, Store
from desktop.reports.kinds import KINDS, Kind

#: The days and the numbers by which such records are told apart, the first that there is.
_DAYS = ("issued_on", "held_on")
_NUMBERS = ("number", "code")
_LISTED = 5


class SubjectNeeded(OneLedgerError):
    """A paper about one record was asked for without saying which; there are several, or none."""

    def __init__(self, paper: str, title: str, names: str) -> None:
        if names:
            what, advice = "中有几条，没有写明是哪一条", f"请写明是哪一条：{names}。"
        else:
            what, advice = "中还没有可用的记录", f"请先在“{title}”中填写。"
        super().__init__(f"不能生成{paper}：“{title}”{what}。", advice)


class Subject(msgspec.Struct, frozen=True):
    """A record as a person picks it: its label, number or code, unit and day."""

    record: str
    label: str
    number: str = ""
    unit: str = ""
    day: str = ""

    @property
    def detail(self) -> str:
        """What stands beside the label."""
        return "　".join(part for part in (self.unit, self.number, self.day) if part)


def subjects(store: Store, kind: Kind) -> tuple[Subject, ...]:
    """The records that ``kind`` can be made from; none for a kind that needs none.

    Raises :class:`~desktop.ledger.definitions.NoSuchRegister`.
    """
    if not kind.subject:
        return ()
    register = store.scheme.register(kind.subject)
    day, number = _first(register, _DAYS), _first(register, _NUMBERS)
    holder = "unit" if register.of == "unit" else register.owner
    columns = (
        "this.record",
        f'this."{register.label}"',
        f'this."{number}"' if number else "NULL",
        f'(SELECT coalesce(short, name) FROM unit WHERE unit.record = this."{holder}")'
        if holder
        else "NULL",
        f'this."{day}"' if day else "NULL",
    )
    sql = f'SELECT {", ".join(columns)} FROM "{register.name}" AS this WHERE this.removed = 0'
    sql += f" AND {ours(store.scheme, register)}"
    if kind.field:
        sql += f' AND this."{kind.field}" = ?'
    sql += f" ORDER BY {f'this.{day} DESC, ' if day else ''}this.rowid"
    rows = store.connection.execute(sql, (kind.value,) if kind.field else ())
    return tuple(
        Subject(record, str(label or record[:8]), number or "", unit or "", on or "")
        for record, label, number, unit, on in rows
    )


class Way(msgspec.Struct, frozen=True):
    """How a row of a list comes to paper: the link ``field`` ("" is the row itself), the kinds."""

    field: str
    kinds: tuple[Kind, ...]

    @property
    def title(self) -> str:
        """What the paper is called before it is known which of several letters it is."""
        return "这份函件" if self.kinds[0].field else self.kinds[0].title


def ways(scheme: Scheme, register: Register, *, above: bool) -> tuple[Way, ...]:
    """What can be put on paper about a row of ``register``, the nearest first; none for many.

    A letter is a paper itself; a reply leads to the letter that it answers, a decision to its
    meeting, a problem to its project. ``above`` as in
    :meth:`~desktop.reports.kinds.Kind.offered`.
    """
    known = [kind for kind in KINDS.values() if kind.offered(scheme, above=above)]
    links = [(one.name, one.of) for one in register.by_name.values() if one.type == "link"]
    places = [("", register.name), *links]
    found = [
        Way(field, kinds)
        for field, of in places
        if (kinds := tuple(kind for kind in known if kind.subject and kind.subject == of))
    ]
    return tuple(found[:1] if found and not found[0].field else found)


def paper_about(
    store: Store, register: Register, record: str, *, above: bool
) -> tuple[Kind, str] | None:
    """The kind of paper and its record for a row of a list; None where the row has none.

    Raises :class:`~desktop.ledger.store.NoSuchRecord` for a row that is gone.
    """
    rows = store.select(
        f'SELECT * FROM "{register.name}" WHERE record = ? AND removed = 0', (record,)
    )
    if not rows:
        raise NoSuchRecord(register.title, record[:8])
    for way in ways(store.scheme, register, above=above):
        meant = rows[0][way.field] if way.field else record
        for kind in way.kinds if meant else ():
            if any(one.record == meant for one in subjects(store, kind)):
                return kind, str(meant)
    return None


def subject_named(store: Store, kind: Kind, text: str) -> Subject:
    """The record that ``text`` means: its number, name or code, else a part of the name.

    "" means the only one there is. Raises :class:`SubjectNeeded`,
    :class:`~desktop.ledger.store.NoSuchRecord` and
    :class:`~desktop.ledger.lookup.SeveralRecords`, which lists them.
    """
    title, text = store.scheme.register(kind.subject).title, text.strip()
    among = subjects(store, kind)
    if not text:
        if len(among) == 1:
            return among[0]
        raise SubjectNeeded(kind.title, title, listed(among))
    ways = (
        [one for one in among if text in (one.record, one.label) or text == one.number],
        [one for one in among if len(text) >= SHORTEST and one.record.startswith(text.lower())],
        [one for one in among if text in one.label],
        [one for one in among if text == one.unit],
    )
    for found in ways:
        if len(found) == 1:
            return found[0]
        if found:
            raise SeveralRecords(title, text, listed(found))
    raise NoSuchRecord(title, text, "、".join(one.label for one in among[:3]))


def listed(found: tuple[Subject, ...] | list[Subject]) -> str:
    """Records in a sentence, told apart by their numbers: 甲（3f0a91c4）、乙（77de0b12）等."""
    names = [f"{one.label}（{one.record[:8]}）" for one in found[:_LISTED]]
    return "、".join(names) + ("等" if len(found) > _LISTED else "")


def _first(register: Register, names: tuple[str, ...]) -> str:
    return next((name for name in names if name in register.by_name), "")
