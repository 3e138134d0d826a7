"""The lines of the page, each with a mark and where it leads: 要看一眼的, 区里交办; no Qt."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from desktop.ledger.checks import Finding
from desktop.ui.week.due import Due, days_in_words
from desktop.ui.week.reading import Week

#: Names longer than this are cut, so that the sentence after them is seen.
NAME = 20
#: So many projects without a row are named in one line.
NAMED = 3
_KINDS = {"decision": "议定事项", "supervision": "督办"}


class Aim(msgspec.Struct, frozen=True):
    """Where a line leads: a page of the menu and a place on it, in another week if one is named."""

    page: str
    register: str = ""
    record: str = ""
    subject: str = ""
    field: str = ""
    tab: str = ""
    text: str = ""
    period: str = ""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One line: ``mark`` a light's name, ``tone`` that of the words on its ``right``."""

    text: str
    mark: str = "none"
    right: str = ""
    tone: str = "faint"
    faint: bool = False
    tip: str = ""
    aim: Aim | None = None


def to_look_at(week: Week) -> list[Row]:
    """What asks for a look: errors, doubts, what is due; explained doubts faint at the end."""
    rows = [finding_row(one, week.weekly) for one in week.errors]
    rows += _missing(week)
    rows += [finding_row(one, week.weekly) for one in week.open]
    rows += [due_row(one, "问题") for one in week.problems]
    rows += [due_row(one, "节点") for one in week.milestones]
    return rows + [finding_row(one, week.weekly) for one in week.explained]


def finding_row(finding: Finding, weekly: str) -> Row:
    """A finding, leading to its cell."""
    said = finding.sentence
    if finding.explained:
        said = f"{finding.title}。说明：{finding.explanation}"
    must = finding.level == "must"
    return Row(
        text=" ".join(f"{short(finding.subject_name)}：{said}".split()),
        mark="red" if must else "yellow",
        right="改正" if must else "已说明" if finding.explained else "说明",
        tone="must" if must else "faint" if finding.explained else "explain",
        faint=finding.explained,
        tip=f"{finding.subject_name}：{finding.sentence}"
        + (f"\n说明：{finding.explanation}" if finding.explanation else ""),
        aim=aim_of(finding, weekly),
    )


def aim_of(finding: Finding, weekly: str) -> Aim:
    """The cell that a finding is about: in the weekly ledger, in a list, or on the file itself."""
    page = "grid" if finding.register == weekly else "lists"
    return Aim(
        "project" if finding.record == finding.subject else page,
        finding.register,
        finding.record,
        finding.subject,
        finding.cell,
    )


def due_row(item: Due, kind: str) -> Row:
    """An item of a project with its time limit."""
    owner = f"{short(item.subject_name)}：" if item.subject_name else ""
    page = {"supervision": "supervision"}.get(item.register, "lists")
    days = days_in_words(item)
    return Row(
        text=f"{owner}{item.text}",
        mark="yellow" if item.days is not None and not item.done else "none",
        right=f"{kind}　{days}" if kind else days,
        tone="must" if item.overdue else "faint" if item.done or item.days is None else "explain",
        faint=item.done,
        tip=f"{item.subject_name}：{item.text}" if item.subject_name else item.text,
        aim=Aim(page, item.register, item.record, item.subject),
    )


def asked_row(item: Due, *, units: bool = False) -> Row:
    """A supervised item or a decision: number, matter and how many days; ``units`` names whose."""
    row = due_row(item, "")
    number = item.number or ("" if units else _KINDS.get(item.register, ""))
    head = "　".join(part for part in (number, item.unit if units else "") if part)
    mark = "red" if item.overdue else "green" if item.done else "yellow"
    return msgspec.structs.replace(
        row,
        text=f"{head}　{item.text}".strip(),
        tip=f"{head}　{item.text}".strip(),
        mark="none" if item.days is None and not item.done else mark,
    )


def short(name: str, most: int = NAME) -> str:
    """A long name cut in its middle, where names differ least: 沙澧产业园…二期工程."""
    if len(name) <= most:
        return name
    tail = most // 3
    return f"{name[: most - tail - 1]}…{name[-tail:]}"


def _missing(week: Week) -> list[Row]:
    """One line for the projects without a row, which leads to the first of them."""
    errors = {(one.record, one.cell) for one in week.findings}
    missing = [one for one in week.unfilled if (one.record, one.cell) not in errors]
    if not missing:
        return []
    names = "、".join(short(one.subject_name) for one in missing[:NAMED])
    more = f"等 {len(missing)} 个项目" if len(missing) > NAMED else ""
    return [
        Row(
            text=f"还没有填报：{names}{more}",
            mark="none",
            right="填报",
            tone="accent",
            tip=_listed(one.subject_name for one in missing),
            aim=aim_of(missing[0], week.weekly),
        )
    ]


def _listed(names: Iterable[str], most: int = 20) -> str:
    every = list(names)
    more = f"\n…… 共 {len(every)} 个" if len(every) > most else ""
    return "\n".join(every[:most]) + more
