"""The lists of the demonstration: milestones, sponsors, problems, stops, decisions, supervision.

Pure functions from the story to the fields of records; who writes them when stands in ``demo.py``.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from desktop.demo_story import YEAR, Cast, Project, problem_text

_STEPS = (("基础施工完成", 0.25), ("主体封顶", 0.5), ("设备安装和室外工程", 0.8), ("竣工验收", 1.0))
_STOPS = (
    ("资金", "企业自筹资金未到位，施工单位撤场", "引入战略投资方，协商恢复施工"),
    ("征迁", "红线内杆线、附着物未迁移，作业面中断", "包户到人，限期迁移后恢复施工"),
    ("市场", "产品市场变化，企业调整设备选型", "完成方案调整后恢复施工"),
)
_EARLY_STEPS = (("可行性研究报告批复", 0.3), ("用地手续办结", 0.6), ("具备开工条件", 1.0))


def milestones(project: Project, today: date) -> list[dict[str, Any]]:
    """The milestones of a project between the year's beginning and its finish; some done."""
    early = project.fields["state"] == "前期"
    first = project.fields["planned_start"]
    last = date(YEAR, 6, 1) if early else project.fields["planned_finish"]
    if early:
        first = date(YEAR - 1, 12, 1)
    found: list[dict[str, Any]] = []
    begins = first
    for order, (name, share) in enumerate(_EARLY_STEPS if early else _STEPS, 1):
        due = first + timedelta(days=int((last - first).days * share))
        done = due + timedelta(days=8 if project.pace < 0.7 else -5) <= today
        fields: dict[str, Any] = {
            "name": name,
            "order": order,
            "planned_start": begins,
            "due": due,
            "responsible_unit": project.fields["responsible_unit"],
            "responsible_person": project.fields["responsible_person"],
            "state": "已完成" if done else "进行中" if begins <= today else "未开始",
        }
        if done:
            late = 8 if project.pace < 0.7 else -5
            fields["actual_finish"] = due + timedelta(days=late)
        found.append(fields)
        begins = due
    return found


def sponsor(project: Project, cast: Cast) -> dict[str, Any]:
    """The leader who looks after a project (S21)."""
    place = cast.words.leaders.index(project.fields["sponsor"])
    return {
        "person": project.fields["sponsor"],
        "role": "包联领导",
        "post": ("区委常委", "副区长", "区政府党组成员")[place % 3],
        "since": date(YEAR, 1, 3),
    }


def problem(project: Project, found_on: date) -> dict[str, Any]:
    """The problem of a project when it is found."""
    assert project.trouble is not None
    return {
        "problem": problem_text(project),
        "aspect": project.trouble.aspect,
        "found_on": found_on,
        "measure": project.trouble.measure,
        "responsible_unit": project.trouble.unit,
        "responsible_person": project.fields["responsible_person"],
        "due": found_on + timedelta(days=7 * max(2, project.ends - project.begins - 1)),
        "needs_level": 1,
        "state": "整改中",
    }


def stop(project: Project, since: date) -> dict[str, Any]:
    """The entry of a stopped project (S19)."""
    cause, reason, plan = _STOPS[project.number % len(_STOPS)]
    return {
        "since": since,
        "cause": cause,
        "reason": reason,
        "can_resume": 1,
        "due": since + timedelta(days=60),
        "plan": plan,
        "responsible_unit": project.fields["responsible_unit"],
        "responsible_person": project.fields["responsible_person"],
        "state": "停工",
    }


def decision(cast: Cast, project: Project, number: int, held_on: date) -> dict[str, Any]:
    """What a meeting decides about a troubled project."""
    assert project.trouble is not None
    texts = cast.decisions["texts"]
    text = texts[number % len(texts)].format(
        project=project.fields["name"], needs=project.trouble.needs, unit=project.trouble.unit
    )
    return {
        "matter": text,
        "responsible_unit": project.trouble.unit,
        "responsible_person": project.fields["responsible_person"],
        "due": held_on + timedelta(days=14),
        "state": "办理中",
    }


def supervision(project: Project, number: int, issued_on: date) -> dict[str, Any]:
    """A supervised item for a project that has fallen behind (S17)."""
    return {
        "number": f"督办〔{YEAR}〕{number}号",
        "matter": f"{project.fields['name']}进度滞后，限期提出赶工措施",
        "sheet": "督办",
        "source": "进度滞后",
        "issued_on": issued_on,
        "due": issued_on + timedelta(days=10),
        "responsible_person": project.fields["responsible_person"],
        "state": "待办",
    }
