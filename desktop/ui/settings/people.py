"""单位和填表人: whose book it is, who fills it, who checks what goes up."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QLineEdit

from desktop.ledger.store import Store
from desktop.ui.desk import Desk
from desktop.ui.parts import Passage
from desktop.ui.settings.section import Section, form, hint
from desktop.ui.week.submit import SIGNED


class Origin(msgspec.Struct, frozen=True):
    """Where the unit's name comes from: handed down, or given when the book was founded (when)."""

    handed_down: bool
    founded: str


def origin(store: Store) -> Origin:
    """Who gave the book's unit its name."""
    row = store.connection.execute(
        "SELECT package FROM journal WHERE register = 'unit' AND record = ? ORDER BY position",
        (store.unit,),
    ).fetchone()
    (founded,) = store.connection.execute("SELECT max(founded) FROM book").fetchone()
    return Origin(bool(row and row[0]), (founded or "")[:10])


class PeopleSection(Section):
    """The unit cannot be changed here: its name is the record that the district keeps."""

    name, title, icon = "people", "单位和填表人", "users"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.unit, self.above, self.origin = Passage(), Passage(), hint("")
        self.operator, self.reviewer = QLineEdit(), QLineEdit()
        fields = form()
        fields.addRow("单位", self.unit)
        fields.addRow("上级单位", self.above)
        fields.addRow("", self.origin)
        fields.addRow("填表人(&O)", self.operator)
        fields.addRow("审核人(&R)", self.reviewer)
        self.column.addLayout(fields)
        self.column.addWidget(
            hint(
                "填表人记在以后的每一笔填报上，审核人写在上报的资料上。只在这台电脑、这本账中记住。"
            )
        )
        for field in (self.operator, self.reviewer):
            field.setMaxLength(40)
            field.setMaximumWidth(360)
            field.editingFinished.connect(self.finish)

    def refresh(self) -> None:
        facts = self.desk.facts
        levels = {level.name: level.title for level in facts.scheme.head.level}
        own = next((one for one in facts.units if one.record == facts.unit), None)
        above = next((one.name for one in facts.units if own and one.record == own.above), "")
        self.unit.setText(f"{facts.unit_name}（{levels.get(facts.level, facts.level)}）")
        self.above.setText(above or "没有")
        self.operator.setText(facts.operator)
        kept = self.desk.memory.get(SIGNED)
        self.reviewer.setText(str(kept.get("reviewer") or "") if isinstance(kept, dict) else "")
        self.desk.read(self, origin, self._show_origin, key="origin")

    def _show_origin(self, found: Origin) -> None:
        if found.handed_down:
            self.origin.setText("单位名称由上级下发的任务带来，要更正请上级修改后重新下发。")
        else:
            self.origin.setText(f"单位名称是 {found.founded} 建账时填的。")

    def finish(self) -> None:
        operator, reviewer = self.operator.text().strip(), self.reviewer.text().strip()
        if not operator:
            self.operator.setText(self.desk.facts.operator)
        elif operator != self.desk.facts.operator and operator != self._asked:
            self._asked = operator
            self.desk.set_operator(operator)
            self.desk.say(f"以后的填报记为：{operator}")
        kept = self.desk.memory.get(SIGNED)
        kept = kept if isinstance(kept, dict) else {}
        if reviewer != (kept.get("reviewer") or ""):
            self.desk.memory.put(SIGNED, {**kept, "reviewer": reviewer})
            self.desk.say(f"审核人已记为：{reviewer}" if reviewer else "审核人已清空")

    _asked = ""
