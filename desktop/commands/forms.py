"""Departments' own forms: learned once from their empty workbook, filled every period."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from desktop.commands.frame import FILE, book_argument, emit, json_option, opened, say, verb

if TYPE_CHECKING:
    from desktop.sheets.forms.form import Form
    from desktop.sheets.forms.learning import Learned

_DAY = click.DateTime(["%Y-%m-%d"])


@verb("form")
@book_argument
@click.argument("action", type=click.Choice(["learn", "list", "fill"]), metavar="learn|list|fill")
@click.argument("what", required=False, metavar="空表|表样")
@click.option("--name", metavar="名称", help="学的时候给表样起的名称。")
@click.option("--answers", type=FILE, metavar="文件", help="各栏是什么（JSON：编号 → 栏目）。")
@click.option("--period", metavar="期次", help="填哪一期，如 2023-W09、2023-03。")
@click.option("--on", type=_DAY, metavar="日期", help="填报日期，省略时为今天。")
@click.option("-o", "--output", "target", type=FILE, metavar="文件", help="填好后写到哪个文件。")
@json_option
def form(
    book: Path,
    action: str,
    what: str | None,
    name: str | None,
    answers: Path | None,
    period: str | None,
    on: Any,
    target: Path | None,
    as_json: bool,
) -> None:
    """部门的表样：learn 空表.xlsx --name 名称，学一次；fill 名称 --period 期次 -o 文件，每期填。

    list 列出学过的表样。表样保存在账本旁边的“账本名.表样”文件夹里。
    """
    if action == "learn":
        _learn(book, _needed(what, "空表"), _needed(name, "--name"), answers, as_json)
    elif action == "fill":
        day = on.date() if on else date.today()
        _fill(book, _needed(what, "表样"), period, day, _needed(target, "--output"), as_json)
    else:
        _list(book, as_json)


def _needed(value: Any, called: str) -> Any:
    if not value:
        raise click.UsageError(f"缺少 {called}。")
    return value


def _learn(book: Path, file: str, name: str, answers: Path | None, as_json: bool) -> None:
    from desktop.sheets.forms import keeping as form_keeping
    from desktop.sheets.forms import learning as department_form
    from desktop.sheets.proposals import answers as answering
    from desktop.sheets.workbook import reading

    path = Path(file)
    with opened(book) as store:
        given = answering.load(answers) if answers else answering.Answers()
        workbook = reading.read(path)
        learned = department_form.learn(store.scheme, workbook, path, name, given)
        form_keeping.keep(book, learned.form, path.read_bytes())
        titles = _titles(store.scheme.registers, learned.form)
    if as_json:
        emit(_said(learned, titles))
    where = "一项目一张" if learned.form.card else f"第 {learned.form.first} 行起填"
    say(f"已学表样“{name}”：{learned.form.sheet} {where}。")
    for section in learned.form.sections:
        if section.understood:
            say(f"· 第 {section.row} 行是一节：{section.text}")
    for column, title in zip(learned.form.columns, titles, strict=True):
        say(f"· {column.heading} ← {title}")
    for one in learned.left:
        proposed = f"，像是 {one.proposed}" if one.proposed else ""
        number = f"，这一栏留空（编号 {one.id}）" if one.id else "。"
        say(f"？{one.heading}：{one.reason.rstrip('。')}{proposed}{number}")
    for question in learned.questions:
        say(f"？{question.question}（编号 {question.id}）")
    if learned.lost:
        say(f"注意：空表中的{'、'.join(learned.lost)}，填表时保留不全，请核对。")


def _titles(registers: Any, form: Form) -> list[str]:
    return [
        f"{registers[one.register].title}·{registers[one.register].by_name[one.field].title}"
        for one in form.columns
    ]


def _said(learned: Learned, titles: list[str]) -> dict[str, Any]:
    import msgspec

    from desktop.sheets.proposals.proposal import question_json

    form = learned.form
    return {
        "name": form.name,
        "sheet": form.sheet,
        "rows": [form.first, form.last],
        "card": form.card,
        "sections": [msgspec.to_builtins(one) for one in form.sections],
        "kind": form.kind,
        "columns": [
            {**msgspec.to_builtins(one), "title": title}
            for one, title in zip(form.columns, titles, strict=True)
        ],
        "fixed": [msgspec.to_builtins(one) for one in form.fixed],
        "left": [msgspec.to_builtins(one) for one in learned.left],
        "unclear": [question_json(one) for one in learned.questions],
        "lost": list(learned.lost),
    }


def _list(book: Path, as_json: bool) -> None:
    from desktop.sheets.forms import keeping as form_keeping

    with opened(book):
        forms = form_keeping.kept(book)
    if as_json:
        emit([{"name": one.name, "sheet": one.sheet, "kind": one.kind} for one in forms])
    for one in forms:
        say(f"· {one.name}：{one.sheet}，{len(one.columns)} 栏")
    if not forms:
        say("还没有学过任何表样。")


def _fill(book: Path, name: str, period: str | None, on: date, target: Path, as_json: bool) -> None:
    from desktop.ledger.periods import parse_period
    from desktop.reports.making import NoSuchFormat
    from desktop.sheets.forms import filling as form_filling
    from desktop.sheets.forms import keeping as form_keeping
    from desktop.sheets.writing.drafts import put_in_place

    if target.suffix.lower() != ".xlsx":  # least of all over a book
        raise NoSuchFormat(target.name, ".xlsx")
    with opened(book) as store:
        learned, template = form_keeping.find(book, name)
        at = parse_period(period, store.year) if period else None
        made = form_filling.fill(store, learned, template, at, on)
    put_in_place(target, memoryview(made.data))
    if as_json:
        emit(
            {
                "form": name,
                "period": str(at) if at else None,
                "file": str(target),
                "rows": made.rows,
                "remarks": made.remarks,
            }
        )
    counted = f"{made.rows} 张" if learned.card else f"{made.rows} 行"
    say(f"已按表样“{name}”填好 {counted}，写到 {target}。")
    for remark in made.remarks:
        say(f"· {remark}")
