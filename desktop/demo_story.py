"""The story of the demonstration district: who and what it has, and how its weeks go.

Plain records from a seeded source of chance; the same seed gives the same figures. Names of units
and of the larger projects stand in ``resources/sample/demonstration.toml`` (taken from public
documents); investment, progress, people and telephones are invented, and every paper says so.
"""

from __future__ import annotations

import random
import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import msgspec

from desktop.ledger.codes import normalise_project_code, project_check_digit

#: The demonstration begins with the year's first week.
YEAR = 2023
WAN = 10_000


class Phase(msgspec.Struct, frozen=True):
    """A form of words for the progress of works below ``under`` per cent."""

    under: int
    text: str


class Trouble(msgspec.Struct, frozen=True):
    """A problem that a project may have, what is done about it and who does it."""

    aspect: str
    text: str
    measure: str
    unit: str
    needs: str


class Words(msgspec.Struct, frozen=True):
    """The forms of words that the story is told in."""

    stages: tuple[Phase, ...]
    early: tuple[str, ...]
    next: tuple[str, ...]
    early_next: tuple[str, ...]
    resting: str
    people: tuple[str, ...]
    leaders: tuple[str, ...]
    owners: str


class Named(msgspec.Struct, frozen=True):
    """A project that public documents name; money in 万元."""

    name: str
    category: str
    level: str
    total: int
    plan: int
    content: str
    nature: str = "新建"
    state: str = "在建"


class Kind(msgspec.Struct, frozen=True, rename={"lower": "from", "upper": "to"}):
    """A kind of project to make others from; ``lower`` and ``upper`` are 万元."""

    name: str
    sorts: tuple[str, ...]
    category: str
    lower: int
    upper: int
    content: str


class Place(msgspec.Struct, frozen=True):
    """A reporting unit: ``sort`` (park, town, urban) says what is built there."""

    name: str
    sort: str
    place: str
    short: str
    aliases: str
    named: tuple[Named, ...]


class Cast(msgspec.Struct, frozen=True):
    """The file ``demonstration.toml``."""

    district: str
    short: str
    unit: tuple[Place, ...]
    kind: tuple[Kind, ...]
    words: Words
    problem: tuple[Trouble, ...]
    explanations: dict[str, str]
    decisions: dict[str, tuple[str, ...]]


class Project(msgspec.Struct, frozen=True):
    """One project of the story: its file's fields, and how it goes.

    ``pace`` is the year's completion by its end as a share of the plan; ``trouble`` begins and
    ends in these weeks (numbers); ``stopped`` is the week in which work stopped, or None; in the
    weeks from ``rests`` until ``resumes`` nothing is built.
    """

    fields: dict[str, Any]
    pace: float
    trouble: Trouble | None = None
    number: int = 0
    begins: int = 0
    ends: int = 0
    stopped: int | None = None
    rests: int = 0
    resumes: int = 0


def read(path: Path) -> Cast:
    """The names and words of the demonstration."""
    return msgspec.convert(tomllib.loads(path.read_text("utf-8")), Cast)


def places(cast: Cast, count: int) -> list[Place]:
    """``count`` units; beyond the named ones numbered residential offices."""
    more = [
        Place(f"第{number}街道办事处", "urban", f"第{number}街道", f"第{number}街道", "", ())
        for number in range(1, count - len(cast.unit) + 1)
    ]
    return [*cast.unit[:count], *more]


def projects(cast: Cast, place: Place, count: int, weeks: int, seed: int) -> list[Project]:
    """The projects of one unit: the named ones first, then made ones, all names different."""
    chance = random.Random(f"{seed}/{place.name}")
    named = [_named(cast, place, one, chance) for one in place.named[:count]]
    made = [_made(cast, place, number, chance) for number in range(count - len(named))]
    return [_fate(cast, fields, index, weeks, chance) for index, fields in enumerate(named + made)]


def _named(cast: Cast, place: Place, one: Named, chance: random.Random) -> dict[str, Any]:
    fields = _file(cast, place, one.name, one.category, one.total * WAN, one.plan * WAN, chance)
    return {**fields, "level": one.level, "nature": one.nature, "state": one.state,
            "content": one.content}  # fmt: skip


def _made(cast: Cast, place: Place, number: int, chance: random.Random) -> dict[str, Any]:
    kinds = [kind for kind in cast.kind if place.sort in kind.sorts]
    kind = kinds[(number + len(place.name)) % len(kinds)]
    round_ = number // len(kinds)
    name = place.place + kind.name
    if round_:
        name = f"{name}（{'二三四五六七八九'[round_ - 1] if round_ < 9 else round_ + 1}期）"
    total = chance.randrange(kind.lower, kind.upper, 10)
    plan = total if total < 4000 else int(total * chance.uniform(0.35, 0.75)) // 10 * 10
    fields = _file(cast, place, name, kind.category, total * WAN, plan * WAN, chance)
    state = chance.choices(("在建", "新开工", "前期"), (8, 2, 1))[0]
    area = chance.choice(("1.2", "2.5", "3.6", "4.8", "6", "8", "12"))
    return {**fields, "level": chance.choice(("市", "区", "区", "一般")), "state": state,
            "nature": chance.choice(("新建", "新建", "改建")),
            "content": kind.content.format(area=area)}  # fmt: skip


def _file(
    cast: Cast,
    place: Place,
    name: str,
    category: str,
    total: int,
    plan: int,
    chance: random.Random,
) -> dict[str, Any]:
    start = date(YEAR - 1, chance.randint(3, 11), chance.choice((1, 10, 15, 20)))
    return {
        "name": name,
        "code": _code(start, chance),
        "categories": [category],
        "place": place.place,
        "total_investment": total,
        "annual_plan": plan,
        "planned_start": start,
        "planned_finish": date(YEAR + (total > 2 * plan), 12, 20),
        "responsible_unit": place.short,
        "owner": cast.words.owners.format(place=place.place),
        "responsible_person": chance.choice(cast.words.people),
        "phone": f"1380000{chance.randint(0, 9999):04}",
        "sponsor": chance.choice(cast.words.leaders),
    }


def _code(start: date, chance: random.Random) -> str:
    """An invented project code whose check digit is right, but for one in thirty, mistyped."""
    digits = f"{start:%y%m}411102{chance.choice(('04', '48', '89'))}01{chance.randint(0, 99999):05}"
    right = project_check_digit(digits)
    last = right if chance.random() > 1 / 30 else str((int(right) + 1) % 10)
    return normalise_project_code(digits + last)


def _fate(
    cast: Cast, fields: dict[str, Any], index: int, weeks: int, chance: random.Random
) -> Project:
    """How a project will go: well, slowly, held up by a problem, or stopped half-way."""
    lucky = chance.random()
    pace = chance.choice((1.12, 1.05, 1.0, 0.98, 0.92, 0.85, 0.6, 0.35))
    stopped = None
    if index % 12 == 8 and weeks > 3 and (fields["place"] == cast.unit[0].place or lucky < 0.3):
        fields = {**fields, "state": "在建"}
        stopped = max(3, weeks - 4)
        pace = 0.9
    begins, ends, trouble = 0, 0, None
    if chance.random() < 0.4 or pace < 0.7:
        trouble = chance.choice(cast.problem)
        begins = chance.randint(1, max(1, weeks - 2))
        ends = begins + chance.randint(2, 9)
    started = fields["planned_start"] + timedelta(days=chance.choice((0, 6, 15)))
    if fields["state"] == "在建":
        fields = {**fields, "actual_start": started, "registered_on": started + timedelta(days=20)}
    elif fields["state"] == "新开工":
        first = date(YEAR, 1, 3)
        fields = {**fields, "planned_start": first, "actual_start": first}
        if chance.random() < 0.75:
            fields["registered_on"] = first + timedelta(days=chance.randint(12, 40))
    else:
        fields = {**fields, "planned_start": date(YEAR, 6, 1)}
    rests = chance.randint(2, max(2, weeks - 1)) if pace < 0.5 else 0
    resumes = rests + 4 if rests else 0
    number = chance.randint(3, 40)
    return Project(fields, pace, trouble, number, begins, ends, stopped, rests, resumes)


def weeks_of(cast: Cast, project: Project, shares: list[float], seed: int) -> list[dict[str, Any]]:
    """The fields of a project's ledger rows, week by week.

    ``shares`` are the parts of the year passed at each week's end.
    """
    chance = random.Random(f"{seed}/{project.fields['name']}")
    plan = project.fields["annual_plan"]
    total = project.fields["total_investment"]
    before = min(total // 5, total - plan) if _under_way(project) else 0
    done, passed = 0, 0.0
    found: list[dict[str, Any]] = []
    for number, share in enumerate(shares, 1):
        week = 0
        if _moves(project, number):
            spent = plan * (share - passed) * project.pace * chance.uniform(0.7, 1.3)
            week = min(int(spent) // (WAN // 4) * (WAN // 4), plan - done)
        passed = share
        done += week
        found.append(_week(cast, project, number, week, done, before, chance))
    return found


def _under_way(project: Project) -> bool:
    return bool(project.fields["state"] == "在建")


def _moves(project: Project, number: int) -> bool:
    if project.fields["state"] == "前期":
        return False
    if project.rests <= number < project.resumes:
        return False
    return project.stopped is None or number < project.stopped


def _week(
    cast: Cast,
    project: Project,
    number: int,
    week: int,
    done: int,
    before: int,
    chance: random.Random,
) -> dict[str, Any]:
    words = cast.words
    fields: dict[str, Any] = {
        "completed_week": week,
        "completed_year": done,
        "completed_total": before + done,
    }
    if project.stopped is not None and number >= project.stopped:
        weeks = number - project.stopped
        text = words.resting + (f"（已停工{weeks}周）" if weeks else "（本周停工）")
        fields |= {"physical_progress": text, "next_plan": "落实复工条件"}
    elif project.fields["state"] == "前期":
        step = words.early[min((number - 1) // 2, len(words.early) - 1)]
        fields |= {"physical_progress": f"办理{step}",
                   "next_plan": chance.choice(words.early_next)}  # fmt: skip
    else:
        share = (before + done) * 100 / project.fields["total_investment"]
        text = next((one.text for one in words.stages if share < one.under), words.stages[-1].text)
        fields |= {"physical_progress": text.format(done=f"{min(share, 99.5):.1f}"),
                   "next_plan": chance.choice(words.next)}  # fmt: skip
    if project.trouble is not None and project.begins <= number < project.ends:
        fields |= {"problems": problem_text(project), "needs": project.trouble.needs}
    return fields


def problem_text(project: Project) -> str:
    """The project's problem in words, "" when it has none."""
    return project.trouble.text.format(number=project.number) if project.trouble else ""
