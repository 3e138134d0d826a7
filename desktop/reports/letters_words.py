"""The words of reminder, supervision notice and talk notice: ``letters.toml`` of a scheme."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from desktop.ledger.definitions import MalformedScheme, Scheme
from desktop.reports.templates import Template, Words

FILE = "letters.toml"
#: Every sentence and the placeholders that it may use.
SENTENCES: Mapping[str, tuple[str, ...]] = {
    "head.mark": ("单位",),
    "head.unnumbered": ("年",),
    "head.reminder": ("事由",),
    "head.talk": ("事由",),
    "body.figures_one": ("数据",),
    "body.figures_several": (),
    "body.figure": ("序号", "数据"),
    "body.project": ("项目",),
    "body.contact": ("联系人",),
    "body.phone": ("电话",),
    "body.undated": (),
    "reminder.rule": ("规则",),
    "reminder.demand": (),
    "reminder.report": ("时限", "机关"),
    "reminder.report_undated": ("机关",),
    "talk.rule": ("规则", "约谈人", "对象"),
    "talk.rule_open": ("规则", "对象"),
    "talk.whom": (),
    "talk.time": ("序号",),
    "talk.place": ("序号",),
    "talk.talker": ("序号",),
    "talk.attendees": ("序号",),
    "talk.matter": ("序号",),
    "talk.prepare": ("序号",),
    "talk.later": (),
    "talk.demand": (),
    "talk.slip": ("时限", "机关"),
    "talk.slip_undated": ("机关",),
    "talk.slip_title": (),
    "notice.intro": (),
    "notice.matter": (),
    "notice.ground": (),
    "notice.progress": ("日期", "年累计", "占计划"),
    "notice.demand": (),
    "notice.rule": ("规则", "来源"),
    "notice.rule_plain": ("规则",),
    "notice.limit": ("时限", "机关"),
    "notice.extended": ("原时限", "时限", "机关"),
    "notice.late": (),
    "notice.slip_title": (),
    "slip.seal": (),
    "slip.date": (),
}
#: The headings of tables and the labels of forms.
COLUMNS = (
    "unit", "number", "time", "place", "name", "post", "contact", "phone", "matter", "project",
    "department", "person", "limit", "handling",
)  # fmt: skip


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``attendees``: how many people's places a talk's slip keeps free."""

    attendees: int


class Fixed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``titles``: of a notice by its sheet (``other`` for the rest); ``rules``: by its source."""

    settings: Settings
    titles: dict[str, str]
    rules: dict[str, str]


_TEMPLATE = Template(FILE, SENTENCES, Fixed, COLUMNS)


def words_of(scheme: Scheme) -> Words[Fixed]:
    """The scheme's words for letters; raises :class:`MalformedScheme`."""
    words = _TEMPLATE.of(scheme)
    if "other" not in words.fixed.titles:
        raise MalformedScheme(FILE, "titles.other", "缺少必需的键")
    if not 1 <= words.fixed.settings.attendees <= 20:
        raise MalformedScheme(FILE, "settings.attendees", "应为1到20")
    return words
