"""Whether definitions hold together: every name known, every reference kept, types lasting.

:func:`examine` refuses a scheme whose parts do not fit; :func:`succeeds` refuses a new version
that drops a field or changes the type of a name (fields are added, retitled or retired only).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop.ledger.definitions import (
    NAME,
    RESERVED,
    TABLES,
    TAKEN,
    Field,
    MalformedScheme,
    Register,
    Scheme,
)

#: A repeated group with a repeat inside, such as ``(a+)+``: it can take for ever to fail.
NESTED = re.compile(r"\((?:[^()\\]|\\.)*[+*}](?:[^()\\]|\\.)*\)[+*{]")
BOUNDED = frozenset({"money", "number", "percent", "integer"})
#: What the program itself reads by name; a scheme may retitle it and add to it.
NEEDED = {
    "unit": ("name", "level", "above"),
    "submission": (),
    "reception": ("state", "submission"),
}
#: Of these one record stands for a unit's week.
WEEKLY = ("submission", "reception")


def examine(scheme: Scheme, files: Mapping[str, str]) -> None:
    """Raise :class:`MalformedScheme` at the first thing that does not fit.

    ``files`` says which file defines each register.
    """
    levels: set[str] = set()
    for level in scheme.head.level:
        if level.name in levels:
            raise MalformedScheme("scheme.toml", f"level.{level.name}", "层级重名")
        if level.under is not None and level.under not in levels:
            raise MalformedScheme(
                "scheme.toml", f"level.{level.name}.under", f"前面没有层级“{level.under}”"
            )
        levels.add(level.name)
    for name, codes in scheme.codes.items():
        if len(set(codes.names)) != len(codes.names):
            raise MalformedScheme("codes.toml", name, "有重复的项")
    for name in NEEDED:
        if name not in scheme.registers:
            raise MalformedScheme(f"registers/{name}.toml", "", "方案中没有这个册")
    for register in scheme.registers.values():
        name = register.name
        if not NAME.fullmatch(name) or name in RESERVED | TABLES or name.startswith(TAKEN):
            raise MalformedScheme(files[name], "name", f"“{name}”不能用作册名")
    for register in scheme.registers.values():
        try:
            _register(scheme, register, levels)
        except _Unsound as unsound:
            raise MalformedScheme(files[register.name], unsound.key, unsound.reason) from None
    for key in ("subject", "weekly"):
        if getattr(scheme.head, key) not in scheme.registers:
            raise MalformedScheme("scheme.toml", key, f"没有册“{getattr(scheme.head, key)}”")
    if scheme.registers[scheme.head.weekly].of != scheme.head.subject:
        raise MalformedScheme("scheme.toml", "weekly", "周台账不在周调度的对象之下")
    if "week" not in scheme.registers[scheme.head.weekly].period:
        raise MalformedScheme("scheme.toml", "weekly", "周台账不按周填写")
    for name, fields in NEEDED.items():
        for field in fields:
            if field not in scheme.registers[name].by_name:
                raise MalformedScheme(files[name], f"field.{field}", "程序要用这个栏目")
    for name in WEEKLY:
        if (scheme.registers[name].of, scheme.registers[name].key) != ("unit", ()):
            raise MalformedScheme(files[name], "of", "应是每个单位每周一条")


def succeeds(old: Scheme, new: Scheme) -> None:
    """Raise when ``new`` may not follow ``old``: a name dropped, or its type or key changed."""
    if new.name != old.name:
        raise MalformedScheme("scheme.toml", "name", f"账本用的是方案“{old.name}”")
    if new.version <= old.version:
        raise MalformedScheme("scheme.toml", "version", f"应大于现有版本 {old.version}")
    for register in old.registers.values():
        file = f"registers/{register.name}.toml"
        later = new.registers.get(register.name)
        if later is None:
            raise MalformedScheme(file, "name", "已有的册不能去掉，可以停用其栏目")
        if (later.shape, later.of, later.key) != (register.shape, register.of, register.key):
            raise MalformedScheme(file, "shape", "已有的册不能改变形态、所属或主键")
        for field in register.field:
            kept = later.by_name.get(field.name)
            if kept is None:
                raise MalformedScheme(file, field.name, "已有的栏目不能去掉，可以停用（retired）")
            if (kept.type, kept.formula is None) != (field.type, field.formula is None):
                raise MalformedScheme(file, field.name, f"类型不能由 {field.type} 改为 {kept.type}")
            if kept.of != field.of:
                raise MalformedScheme(file, field.name, f"不能由 {field.of} 改为指向 {kept.of}")
            _keeps_codes(old, new, field, kept)
    for level in old.head.level:
        if level.name not in {one.name for one in new.head.level}:
            raise MalformedScheme("scheme.toml", f"level.{level.name}", "已有的层级不能去掉")


def _keeps_codes(old: Scheme, new: Scheme, field: Field, kept: Field) -> None:
    """What a choice field may hold today it may hold tomorrow: items are retired, not dropped."""
    before, after = old.code_list(field), new.code_list(kept)
    if before is None or after is None:
        return
    for name in before.names:
        if name not in after.names:
            raise MalformedScheme(
                "codes.toml", str(kept.choices), f"已有的项“{name}”不能去掉，可以停用（retired）"
            )


class _Unsound(Exception):
    def __init__(self, key: str, reason: str) -> None:
        super().__init__(key, reason)
        self.key, self.reason = key, reason


def _register(scheme: Scheme, register: Register, levels: set[str]) -> None:
    if register.of is not None and register.of not in scheme.registers:
        raise _Unsound("of", f"没有册“{register.of}”")
    if register.shape == "file" and register.of is not None:
        raise _Unsound("of", "档案不在别的册之下")
    if register.shape != "file" and register.of is None:
        raise _Unsound("of", "清单和台账必须写明所属的档案")
    if register.of is not None and scheme.registers[register.of].shape != "file":
        raise _Unsound("of", f"“{register.of}”不是档案")
    if (register.shape == "ledger") != bool(register.period):
        raise _Unsound("period", "台账要写明期次，其他册不写")
    if register.submitted and "week" not in register.period:
        raise _Unsound("submitted", "只有周台账可以上报锁定")
    if register.key and register.shape != "ledger":
        raise _Unsound("key", "只有台账有主键")
    names = [field.name for field in (*register.identity, *register.field)]
    for name in names:
        if names.count(name) > 1:
            raise _Unsound(f"field.{name}", "栏目重名")
    for field in register.field:
        _field(scheme, register, field, levels)
    for key in ("owner", "label"):
        value = getattr(register, key)
        if value is not None and value not in names:
            raise _Unsound(key, f"没有栏目“{value}”")
        if value is not None and register.by_name[value].formula is not None:
            raise _Unsound(key, f"“{value}”是公式")
    if register.owner is not None and register.by_name[register.owner].of != "unit":
        raise _Unsound("owner", "应是指向单位的栏目")
    for part in register.key:
        if part not in names or register.by_name[part].formula is not None:
            raise _Unsound("key", f"没有可填的栏目“{part}”")
    for level in register.filled_by:
        if level not in levels:
            raise _Unsound("filled_by", f"没有层级“{level}”")
    for section in register.section:
        for name in section.fields:
            if name not in names:
                raise _Unsound(f"section.{section.title}", f"没有栏目“{name}”")


def _field(scheme: Scheme, register: Register, field: Field, levels: set[str]) -> None:
    key = f"field.{field.name}"
    if not NAME.fullmatch(field.name) or field.name in RESERVED:
        raise _Unsound(key, f"“{field.name}”不能用作栏目名")
    if (field.type in ("choice", "choices")) != (field.choices is not None):
        raise _Unsound(f"{key}.choices", "选项栏要写明代码表，其他栏目不写")
    if field.choices is not None and field.choices not in scheme.codes:
        raise _Unsound(f"{key}.choices", f"没有代码表“{field.choices}”")
    if (field.type == "link") != (field.of is not None):
        raise _Unsound(f"{key}.of", "链接栏要写明所指的册，其他栏目不写")
    if field.of is not None and field.of not in scheme.registers:
        raise _Unsound(f"{key}.of", f"没有册“{field.of}”")
    if (field.minimum, field.maximum) != (None, None) and field.type not in BOUNDED:
        raise _Unsound(f"{key}.minimum", "只有数值栏可以有上下限")
    low, high = field.minimum, field.maximum
    if low is not None and high is not None and low > high:
        raise _Unsound(f"{key}.minimum", "下限大于上限")
    if field.code is not None and field.type != "code":
        raise _Unsound(f"{key}.code", "只有代码栏写明是哪种代码")
    if field.pattern is not None:
        try:
            re.compile(field.pattern)
        except re.error as error:
            raise _Unsound(f"{key}.pattern", f"不是正确的正则表达式（{error}）") from None
        if NESTED.search(field.pattern):
            raise _Unsound(f"{key}.pattern", "重复之中套有重复，可能永远比不完")
    if field.formula is not None and (field.required or field.carry or field.offer):
        raise _Unsound(f"{key}.formula", "公式栏不填写，不能又是必填、结转或提示")
    for level in field.filled_by:
        if level not in levels:
            raise _Unsound(f"{key}.filled_by", f"没有层级“{level}”")
