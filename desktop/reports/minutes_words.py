"""The words of minutes and task list: ``minutes.toml`` of a scheme."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.ledger.definitions import Scheme
from desktop.reports.templates import NoFixed, Template, Words

FILE = "minutes.toml"
_HELD = ("日期", "会议")
#: Every sentence and the placeholders that it may use.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "head.mark": ("单位",),
    "head.issue": ("期号", "年"),
    "head.issuer": ("单位",),
    "opening.held": (*_HELD, "主持人"),
    "opening.held_at": (*_HELD, "主持人", "地点"),
    "opening.unchaired": _HELD,
    "opening.unchaired_at": (*_HELD, "地点"),
    "opening.week": ("周次",),
    "opening.decided": ("数",),
    "opening.nothing": (),
    "sections.summary": (),
    "sections.decisions": (),
    "decision.lead": ("序号",),
    "decision.matter": ("事项",),
    "decision.responsible": ("单位",),
    "decision.department": ("部门",),
    "decision.person": ("责任人",),
    "decision.due": ("时限",),
    "attendance.present": (),
    "attendance.observers": (),
    "attendance.absent": (),
    "imprint.copied": ("承办单位", "单位"),
    "imprint.office": ("单位",),
    "tasks.title": ("会议",),
    "tasks.subtitle": ("日期",),
    "tasks.prepared": ("单位",),
    "tasks.empty": (),
    "tasks.filler": (),
    "tasks.reviewer": (),
    "tasks.chief": (),
}
#: The headings of the task list.
COLUMNS = (
    "number", "matter", "project", "unit", "department", "person", "due", "state", "feedback",
)  # fmt: skip

_TEMPLATE = Template(FILE, SENTENCES, NoFixed, COLUMNS)


def words_of(scheme: Scheme) -> Words[NoFixed]:
    """The scheme's words for minutes; raises ``MalformedScheme``."""
    return _TEMPLATE.of(scheme)
