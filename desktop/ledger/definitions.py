"""The words of a definition: register 册, field 栏目, code list 代码表, level 层级, scheme 方案.

Frozen records only; :mod:`desktop.ledger.scheme` reads them from TOML.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Literal

import msgspec

from desktop.errors import OneLedgerError

FieldType = Literal[
    "text", "long_text", "money", "number", "percent", "integer", "date", "month", "flag",
    "choice", "choices", "unit", "person", "phone", "code", "photo", "attachment", "link",
]  # fmt: skip
Shape = Literal["file", "list", "ledger"]
PeriodKind = Literal["week", "month", "quarter", "year"]

NAME = re.compile(r"[a-z][a-z0-9_]*")
#: Names that every table or statement uses itself; no field or register may take them.
RESERVED = frozenset(
    {
        "record", "heads", "conflicts", "removed", "period", "this", "last", "last2", "last3",
        "subject", "journal", "conflict", "anchor", "attachment", "rowid",
    }
)  # fmt: skip
#: How the names of views and of SQLite's own tables begin; no register's may.
TAKEN = ("v_", "sqlite_")
#: Tables of a book that are no registers; fields may be called so.
TABLES = frozenset({"certificate", "batch", "covered"})
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class MalformedScheme(OneLedgerError):
    """A definition is wrong: ``file``, ``key`` and ``reason`` say where and why."""

    def __init__(self, file: str, key: str, reason: str) -> None:
        at = f"“{key}”" if key else "内容"
        super().__init__(f"方案文件 {file} 的{at}有误：{reason}。", "请改正后重试；账本没有改动。")
        self.file, self.key, self.reason = file, key, reason


class NoSuchRegister(OneLedgerError):
    """A register was named that the scheme does not define."""

    def __init__(self, name: str, known: str) -> None:
        super().__init__(f"没有名为“{name}”的册。", f"可用的册：{known}。")


class NoSuchField(OneLedgerError):
    """A field was named that its register does not define."""

    def __init__(self, register: str, name: str, known: str) -> None:
        super().__init__(f"“{register}”没有栏目“{name}”。", f"可用的栏目：{known}。")


class Field(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One column of a register.

    ``formula`` is an SQL expression over the record, ``last.`` (the previous period's record) and
    ``subject.``; it is never stored. ``offer`` is such an expression too: the value proposed for an
    empty cell, kept only as typed. ``role`` says how a month is read in a date field.
    """

    name: str
    title: str
    type: FieldType
    required: bool = False
    minimum: int | None = None
    maximum: int | None = None
    pattern: str | None = None
    choices: str | None = None
    of: str | None = None
    code: Literal["project", "credit"] | None = None
    role: Literal["limit", "start", "day"] = "day"
    group: str | None = None
    filled_by: tuple[str, ...] = ()
    audience: bool = False
    carry: bool = False
    offer: str | None = None
    formula: str | None = None
    width: int = 12
    help: str = ""
    retired: bool = False


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A titled group of fields on the form."""

    title: str
    fields: tuple[str, ...]


class Register(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True, kw_only=True):
    """One kind of record (册): its shape, what it hangs under, who sees it, its fields."""

    name: str
    title: str
    shape: Shape
    of: str | None = None
    period: tuple[PeriodKind, ...] = ()
    key: tuple[str, ...] = ()
    system: str = ""
    audience: Literal["unit", "all", "own", "local"] = "unit"
    owner: str | None = None
    label: str | None = None
    filled_by: tuple[str, ...] = ()
    submitted: bool = False
    internal: bool = False
    section: tuple[Section, ...] = ()
    field: tuple[Field, ...] = ()

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        """Every stored or computed field by its name, the subject's link and period included."""
        return {field.name: field for field in (*self.identity, *self.field)}

    @cached_property
    def identity(self) -> tuple[Field, ...]:
        """The fields that say whose record it is: the subject's link, then the period."""
        fields: list[Field] = []
        if self.of:
            fields.append(Field(name=self.of, title="所属", type="link", of=self.of, required=True))
        if self.shape == "ledger":
            fields.append(Field(name="period", title="期次", type="text", required=True, width=10))
        return tuple(fields)

    @cached_property
    def stored(self) -> tuple[Field, ...]:
        """The fields that are columns of the table, in order."""
        return tuple(field for field in self.by_name.values() if field.formula is None)

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields as defined, without those of :attr:`identity`."""
        return self.field

    @property
    def shown(self) -> tuple[Field, ...]:
        """The fields that forms, grids and papers show: defined and not retired."""
        return tuple(field for field in self.field if not field.retired)

    def get(self, name: str) -> Field:
        """The field ``name``; :class:`NoSuchField` when there is none."""
        try:
            return self.by_name[name]
        except KeyError:
            known = "、".join(f"{field.name}（{field.title}）" for field in self.shown)
            raise NoSuchField(self.title, name, known) from None


class Code(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One item of a code list; ``name`` is what the book stores."""

    name: str
    title: str = ""
    closed: bool = False
    retired: bool = False


class CodeList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A list of choices (代码表)."""

    title: str
    items: tuple[Code, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """What may be stored, retired items included."""
        return tuple(item.name for item in self.items)

    @property
    def closed(self) -> frozenset[str]:
        """The names that mean an item is closed (销号)."""
        return frozenset(item.name for item in self.items if item.closed)

    def title_of(self, name: str) -> str:
        """The full title of ``name``; the name itself where the list has none."""
        return next((item.title for item in self.items if item.name == name), "") or name


class Level(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A level of the tree of units; ``under`` names the one above; does it report each week?"""

    name: str
    title: str
    under: str | None = None
    reports: bool = False


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``scheme.toml``."""

    name: str
    title: str
    version: int
    level: tuple[Level, ...]
    week_last_day: Literal[
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
    ] = "sunday"
    money_unit: Literal["元", "万元", "亿元"] = "万元"
    subject: str = "project"
    weekly: str = "weekly"


class Scheme(msgspec.Struct, frozen=True, dict=True):
    """All definitions of one version, and the texts they were read from."""

    head: Head
    codes: Mapping[str, CodeList]
    registers: Mapping[str, Register]
    texts: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def version(self) -> int:
        return self.head.version

    @property
    def week_last_day(self) -> int:
        """0 Monday … 6 Sunday."""
        return WEEKDAYS.index(self.head.week_last_day)

    def register(self, name: str) -> Register:
        """The register ``name``; :class:`NoSuchRegister` when there is none."""
        try:
            return self.registers[name]
        except KeyError:
            known = "、".join(
                f"{register.name}（{register.title}）"
                for register in self.registers.values()
                if not register.internal
            )
            raise NoSuchRegister(name, known) from None

    def code_list(self, field: Field) -> CodeList | None:
        """The code list of a choice field, or None."""
        return self.codes.get(field.choices) if field.choices else None

    def toml(self, file: str) -> dict[str, Any]:
        """One of the scheme's other files as plain data, ``{}`` when it has none."""
        return read_toml(file, self.texts[file]) if file in self.texts else {}


def read_toml(file: str, text: str) -> dict[str, Any]:
    """``text`` as plain data; :class:`MalformedScheme` when it is no TOML."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MalformedScheme(file, "", f"不是正确的 TOML（{error}）") from None


#: What a book says of itself: whose it is. Never leaves the PC.
BOOK = Register(
    name="book",
    title="账本",
    shape="file",
    audience="local",
    internal=True,
    field=(
        Field(name="unit", title="所属单位", type="link", of="unit", required=True),
        Field(name="founded", title="建账时间", type="text"),
        Field(name="demonstration", title="演示数据", type="flag"),
    ),
)

#: Each version of the definitions is a record's value like any other; ``files`` is JSON text.
SCHEME = Register(
    name="scheme",
    title="方案",
    shape="file",
    audience="all",
    filled_by=("district",),
    internal=True,
    field=(
        Field(name="version", title="版本", type="integer", required=True),
        Field(name="files", title="文件", type="long_text", required=True),
    ),
)
