"""Conflicts: list what stands apart, decide it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from desktop.commands.frame import book_argument, emit, json_option, opened, say, verb
from desktop.errors import OneLedgerError

if TYPE_CHECKING:
    from desktop.ledger.conflicts import Choice, Conflict
    from desktop.ledger.workspace import Book

#: So many signs of a value are shown in the list.
_SHOWN = 60


class NotDecided(OneLedgerError):
    """Whether a removed record stays was answered with something else."""

    def __init__(self, text: str) -> None:
        super().__init__(f"“{text}”不能回答删除与修改的冲突。", "请写“保留”或“删除”。")


@verb("settle")
@book_argument
@click.argument("conflict", required=False, metavar="[冲突编号]")
@click.argument("choice", required=False, metavar="[ours|theirs|值]")
@click.option("--reason", default="", metavar="理由", help="为什么这样定，记入流水。")
@json_option
def settle(
    book: Path, conflict: str | None, choice: str | None, reason: str, as_json: bool
) -> None:
    """列出待定的冲突，或定下一处：ours 用本方的，theirs 用对方的，也可直接写值。

    不写编号时列出全部。删除与修改冲突的，写“保留”或“删除”。定下后可用 undo 撤销。
    """
    from desktop.ledger import conflicts

    if conflict is not None and choice is None:
        raise click.UsageError("请写明采用哪一方：ours、theirs 或一个值。")
    with opened(book) as store:
        if conflict is None or choice is None:
            found = conflicts.open(store)
            if as_json:
                emit({"conflicts": [_plain(one) for one in found]})
            else:
                for one in found:
                    _tell(one)
            say(f"待定冲突 {len(found)} 处。" if found else "没有待定的冲突。")
            return
        one = conflicts.find(store, conflict)
        conflicts.settle(store, one.id, _meant(store, one, choice), reason)
        present = store.present(one.register, one.record)
        if as_json:
            removed = present is None or present.removed
            value = removed if one.field == "removed" or not present else present.values[one.field]
            emit({"conflict": one.id, "record": one.record, "field": one.field, "value": value})
        left = len(conflicts.open(store))
        say(f"已定：{one.label}的“{one.title}”。还有待定冲突 {left} 处。可用 undo 撤销。")


def _meant(store: Book, conflict: Conflict, text: str) -> Choice:
    """What was typed as a choice: a side, or a value as a clerk types it."""
    from desktop.ledger import conflicts, lookup, values

    word = text.strip()
    side = {"本方": conflicts.OURS, "对方": conflicts.THEIRS}.get(word, word)
    if side in (conflicts.OURS, conflicts.THEIRS):
        return side
    if conflict.field == "removed":
        if word not in ("保留", "删除"):
            raise NotDecided(word)
        return conflicts.Given(word == "删除")
    field = store.scheme.register(conflict.register).get(conflict.field)
    if field.type == "link":
        return conflicts.Given(lookup.linked(store, field, word) if word else None)
    return conflicts.Given(values.typed(store.scheme, field, text, year=store.year))


def _tell(one: Conflict) -> None:
    click.echo(f"{one.id}  {one.register_title} {one.label} “{one.title}”")
    click.echo(f"  原为 {_cut(one.agreed_text)}")
    for side in one.sides:
        who = " ".join(part for part in (side.unit_name, side.operator, side.time[:16]) if part)
        own = "（本机）" if side.here else "（本单位）" if side.ours else ""
        now = "，暂用" if side is one.sides[0] else ""
        click.echo(f"  {_cut(side.text)}  {who}{own}{now}")


def _cut(text: str) -> str:
    line = " ".join(text.split()) or "空"
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"


def _plain(one: Conflict) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.to_builtins(one)
    return {**plain, "provisional": one.provisional}
