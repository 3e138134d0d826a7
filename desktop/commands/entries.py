"""Records: add, change, remove, undo, redo, history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.commands.frame import (
    assignments,
    book_argument,
    emit,
    json_option,
    opened,
    say,
    verb,
)

if TYPE_CHECKING:
    from desktop.ledger.definitions import Field
    from desktop.ledger.undo import Undone
    from desktop.ledger.workspace import Book

register_argument = click.argument("register", metavar="册")
record_argument = click.argument("record", metavar="记录")
words_argument = click.argument("words", nargs=-1, required=True, metavar="栏目=值…")


@verb("add")
@book_argument
@register_argument
@words_argument
@json_option
def add(book: Path, register: str, words: tuple[str, ...], as_json: bool) -> None:
    """新增一条记录，如：add 账本 weekly project=奥昌 period=2023-W09 completed_week=1200。

    金额按万元，也可写“1.2亿”；所属单位、项目等按名称写。
    """
    with opened(book) as store:
        fields = _with_owner(store, register, assignments(store, register, words))
        with store.batch("create") as batch:
            record = batch.create(register, fields, fresh=True)
        _answer(store, register, record, as_json)
        say(f"已保存：{_title(store, register, record)}。")


@verb("change")
@book_argument
@register_argument
@record_argument
@words_argument
@json_option
def change(book: Path, register: str, record: str, words: tuple[str, ...], as_json: bool) -> None:
    """修改一条记录。记录可写名称、代码、“项目@2023-W09”或编号。"""
    from desktop.ledger import lookup

    with opened(book) as store:
        found = lookup.find(store, register, record)
        fields = assignments(store, register, words)
        with store.batch("change") as batch:
            changed = batch.change(register, found, fields)
        _answer(store, register, found, as_json)
        say(f"已保存 {len(changed)} 处改动。" if changed else "与原值相同，没有改动。")


@verb("remove")
@book_argument
@register_argument
@record_argument
@json_option
def remove(book: Path, register: str, record: str, as_json: bool) -> None:
    """删除一条记录；流水仍在，可以撤销。"""
    from desktop.ledger import lookup

    with opened(book) as store:
        found = lookup.find(store, register, record)
        title = _title(store, register, found)
        with store.batch("remove") as batch:
            batch.remove(register, found)
        if as_json:
            emit({"register": register, "record": found, "removed": True})
        say(f"已删除：{title}。可用 undo 撤销。")


@verb("undo")
@book_argument
@json_option
def undo(book: Path, as_json: bool) -> None:
    """撤销上一步；一次读入作为一步撤销。"""
    from desktop.ledger import undo as undoing

    with opened(book) as store:
        _tell(store, "撤销", undoing.undo(store), as_json)


@verb("redo")
@book_argument
@json_option
def redo(book: Path, as_json: bool) -> None:
    """重做刚撤销的一步。"""
    from desktop.ledger import undo as undoing

    with opened(book) as store:
        _tell(store, "重做", undoing.redo(store), as_json)


@verb("history")
@book_argument
@register_argument
@record_argument
@click.argument("field", required=False, metavar="[栏目]")
@json_option
def history(book: Path, register: str, record: str, field: str | None, as_json: bool) -> None:
    """看一条记录或其中一格的历史：谁、何时、由什么改成什么。"""
    from desktop.ledger import history as histories
    from desktop.ledger import lookup
    from desktop.ledger.undo import TITLES

    with opened(book) as store:
        definition = store.scheme.register(register)
        found = lookup.find(store, register, record)
        steps = histories.of_record(store, register, found, field)
        if as_json:
            emit(steps)
            return
        for step in steps:
            shown = definition.by_name.get(step.field)
            old, new = (_shown(store, shown, value) for value in (step.old, step.new))
            title = shown.title if shown else "删除"
            act = TITLES.get(step.act, step.act) + (f"（{step.note}）" if step.note else "")
            origin = f" {step.origin}" if step.origin else ""
            line = f"{step.time[:16]} {step.operator} {act} {title}：{old or '空'} → {new or '空'}"
            click.echo(line + origin)


def _shown(store: Book, field: Field | None, value: Any) -> str:
    """A value as the history tells it; the field is None for a removal."""
    from desktop.ledger import lookup, values

    if field is None:
        return "是" if value else "否"
    if field.of is not None and value:
        return lookup.label(store, field.of, value)
    return values.shown(store.scheme, field, value)


def _with_owner(store: Book, register: str, fields: dict[str, Any]) -> dict[str, Any]:
    """A new file belongs to the book's own unit unless it says otherwise."""
    owner = store.scheme.register(register).owner
    return {owner: store.unit, **fields} if owner else fields


def _answer(store: Book, register: str, record: str, as_json: bool) -> None:
    if as_json:
        rows = store.select(f'SELECT * FROM "v_{register}" WHERE record = ?', (record,))
        emit({"register": register, **rows[0]} if rows else {"register": register})


def _title(store: Book, register: str, record: str) -> str:
    from desktop.ledger import lookup

    return f"{store.scheme.register(register).title} {lookup.label(store, register, record)}"


def _tell(store: Book, verb_title: str, undone: Undone, as_json: bool) -> None:
    if as_json:
        emit(undone)
    what = undone.act if undone.note in ("", undone.act) else f"{undone.act}（{undone.note}）"
    say(f"已{verb_title}：{what}，共 {len(undone.changes)} 条记录。")
    for kept in undone.kept[:10]:
        field = store.scheme.registers[kept.register].by_name.get(kept.field)
        title = field.title if field else "删除"
        say(f"· {_title(store, kept.register, kept.record)} 的“{title}”之后又有改动，保持现值。")
