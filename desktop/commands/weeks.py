"""The week: check, explain, status."""

from __future__ import annotations

from pathlib import Path

import click

from desktop.commands.frame import (
    book_argument,
    emit,
    json_option,
    opened,
    period_option,
    say,
    verb,
    week_or_latest,
)


@verb("check")
@book_argument
@period_option
@json_option
def check(book: Path, period: str | None, as_json: bool) -> int:
    """审核一周：错误要改正，疑点要写出错说明。有错误时退出码为 1。"""
    from desktop.ledger import checks

    with opened(book) as store:
        week = week_or_latest(store, period)
        findings = checks.check_period(store, week)
    must = [finding for finding in findings if finding.level == "must"]
    open_ = [f for f in findings if f.level == "explain" and not f.explained]
    if as_json:
        emit({"period": week, "ok": not must and not open_, "findings": findings})
    for finding in (*must, *open_):
        mark = "错误" if finding.level == "must" else "待说明"
        say(f"【{mark}】{finding.subject_name}：{finding.sentence}（{finding.id}）")
    explained = len(findings) - len(must) - len(open_)
    say(f"{week} 审核：错误 {len(must)} 处，待说明 {len(open_)} 处，已说明 {explained} 处。")
    return 1 if must or open_ else 0


@verb("explain")
@book_argument
@click.argument("finding", metavar="提示编号")
@click.argument("text", metavar="说明")
@period_option
@json_option
def explain(book: Path, finding: str, text: str, period: str | None, as_json: bool) -> None:
    """对审核的一处疑点写出错说明，说明随周报上报、打印。"""
    from desktop.ledger import explanations

    with opened(book) as store:
        week = week_or_latest(store, period)
        record = explanations.explain(store, finding, text, week)
        if as_json:
            emit({"finding": finding, "record": record, "text": text})
    say("说明已保存。")


@verb("status")
@book_argument
@period_option
@json_option
def status(book: Path, period: str | None, as_json: bool) -> None:
    """看最近一周：多少项目，谁报了、谁没报，还有什么没办完。"""
    from desktop.ledger import cycle

    with opened(book) as store:
        week = None if period is None else week_or_latest(store, period)
        now = cycle.status(store, week)
    if as_json:
        emit(
            {
                "unit": now.unit,
                "level": now.level,
                "period": now.period,
                "label": now.label,
                "projects": now.projects,
                "submissions": [{"unit": one.name, **_plain(one)} for one in now.submissions],
                "late": now.late,
                "conflicts": now.conflicts,
                "open_items": now.open_items,
            }
        )
        return
    click.echo(f"{now.unit}  {now.label or '还没有周台账'}  项目 {now.projects} 个")
    for one in now.submissions:
        if one.period == now.period:
            note = f"，上报后改动 {len(one.changed)} 条" if one.changed else ""
            click.echo(f"  {one.name}：{one.state}{note}")
    click.echo(f"未办结事项 {now.open_items} 件，待定冲突 {now.conflicts} 处。")


def _plain(one: object) -> dict[str, object]:
    import msgspec

    plain: dict[str, object] = msgspec.structs.asdict(one)  # type: ignore[arg-type]
    del plain["unit"], plain["name"]
    return plain
