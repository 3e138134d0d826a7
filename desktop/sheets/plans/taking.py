"""Writing a plan into the book: one act, undone as one, every value with its sheet and cell."""

from __future__ import annotations

from typing import Any

from desktop.ledger.workspace import Book
from desktop.sheets.plans.plan import SAID, Plan, Step
from desktop.sheets.proposals.saying import said
from desktop.sheets.workbook.refusals import PeriodUnknown

ACT = "import"


#: So many differences are said one by one.
MOST = 50


def take(book: Book, plan: Plan) -> dict[str, int]:
    """Write what ``plan`` says; returns :meth:`its counts <desktop.sheets.plans.plan.Plan.counts>`.

    Nothing is written when anything is refused:
    :class:`~desktop.sheets.workbook.refusals.PeriodUnknown` when weekly figures have no week, and
    whatever the book refuses (a submitted week, a full disk).
    """
    if plan.asked:
        raise PeriodUnknown(plan.hint)
    if any(step.record is None or step.writes for step in plan.steps):
        with book.batch(ACT, note=f"读入 {plan.workbook}") as batch:
            identities = dict(plan.subjects)
            for step in plan.steps:
                if step.record is None:
                    fields = _new(book, step, identities)
                    record = batch.create(step.register, fields, origin=step.origins)
                    if step.register == book.scheme.head.subject:
                        identities[step.subject] = record
                elif step.writes:
                    batch.change(step.register, step.record, step.writes, origin=step.origins)
    return plan.counts()


def _new(book: Book, step: Step, identities: dict[str, str | None]) -> dict[str, Any]:
    register = book.scheme.register(step.register)
    fields: dict[str, Any] = dict(step.fixed)
    if register.of is not None:
        fields[register.of] = identities[step.subject]
    return {**fields, **step.writes}


def _differing(book: Book, plan: Plan, register: str) -> list[str]:
    """What a workbook changes in records that the book has, both figures side by side."""
    fields = book.scheme.register(register).by_name
    lines = [
        f"{step.label} {fields[one.name].title}："
        f"账本 {said(book.scheme, fields[one.name], one.book)}，"
        f"工作簿 {said(book.scheme, fields[one.name], one.workbook)}（{one.origin}）"
        for step in plan.steps
        if step.register == register
        for one in step.fields
        if one.what == "different"
    ]
    more = [f"……另有 {len(lines) - MOST} 处不同，见 --json 或窗口"] if len(lines) > MOST else []
    return [*lines[:MOST], *more]


def summary(book: Book, plan: Plan, counts: dict[str, int] | None = None) -> list[str]:
    """What a plan does, in sentences for people; with ``counts`` what was done."""
    done = "已" if counts is not None else "将"
    numbers = counts if counts is not None else plan.counts()
    lines: list[str] = []
    for register in dict.fromkeys(step.register for step in plan.steps):
        title = book.scheme.register(register).title
        parts = [
            f"{verb} {numbers[f'{register}_{what}']} 条"
            for what, verb in (
                ("new", f"{done}新增"),
                ("changed", f"{done}修改"),
                ("same", "无改动"),
            )
            if numbers.get(f"{register}_{what}")
        ]
        lines.append(f"{title}：{'，'.join(parts)}。")
        lines.extend(_differing(book, plan, register))
    if not lines:
        lines.append("没有可以写入的内容。")
    held = numbers.get("fields_open", 0)
    if held:
        lines.append(f"有 {held} 格{SAID['open']}。")
    barred = numbers.get("fields_barred", 0)
    if barred:
        lines.append(f"有 {barred} 格{SAID['barred']}。")
    return [*lines, *plan.notes]
