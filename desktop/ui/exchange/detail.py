"""What one package would change (or has changed), field by field; or why it is not taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop.slip_filling import name_of
from desktop.ui import theme
from desktop.ui.exchange import packages
from desktop.ui.exchange.plain_table import PlainTable
from desktop.ui.exchange.words import effect_in_words, package_in_words
from desktop.ui.parts import Card, Passage, Words
from desktop.ui.project.table_view import TableModel

if TYPE_CHECKING:
    from desktop.exchange.sitting import Result

TAKEN_BACK = "装入后撤销过：可以再“装入”，或在“收到的包”里“重新装入”。"
NOTHING = "选一个包，这里显示它改了什么，或者为什么不能装入。"


class Detail(Card):
    """Shows one result of a sitting."""

    def __init__(self) -> None:
        super().__init__()
        self.sentence, self.advice = Passage("", "big"), Passage("")
        self.source = Words("", "small", "ink_soft")
        self.words = Words("", role="ink_soft")
        self.back = Passage(TAKEN_BACK, role="explain")
        self.model = TableModel(self)
        self.table = PlainTable(self.model)
        self.table.setAccessibleName("装入后的改动")
        self.either = QStackedWidget()
        self._arrange()
        self.show_result(None, dry=True)

    def show_result(self, result: Result | None, *, dry: bool, aside: bool = False) -> None:
        """Show what became of a package, or would; ``aside``: its taking in was taken back."""
        if result is None:
            self.set_title("")
            self._say(NOTHING, "")
            self.source.set_text("")
            return
        what = package_in_words(result.kind, result.number) if result.kind else ""
        self.set_title("　".join(part for part in (name_of(result), what) if part))
        mark = f"　校验值 {result.digest[:16]}" if result.digest else ""
        beside = packages.kept(result)
        self.source.set_text(f"留在账本旁，等装入{mark}" if beside else result.source)
        if result.effect is not None:
            found = packages.changes(result.effect, dry=dry)
            said = effect_in_words(result.effect)
            more = len(result.effect.rows) >= MOST
            note = f"；{result.note}" if result.note else ""
            if result.effect.conflicts:
                note += f"；{result.effect.conflicts} 处两边填得不同，装入后在“待定”里选定"
            listed = f"（只列前 {MOST} 处）" if more else ""
            self.back.setVisible(aside)
            self.words.set_text(f"{'将改变' if dry else '改变了'}：{said}{note}{listed}")
            self.model.show(found)
            self.table.setVisible(bool(found.rows))
            self.either.setCurrentIndex(1)
        elif result.error is not None:
            self._say(result.error.sentence, result.error.advice)
        else:
            self._say(packages.outcome_in_words(result, dry=dry), "")

    def _say(self, sentence: str, advice: str) -> None:
        self.sentence.setText(sentence)
        self.advice.setText(advice)
        self.advice.setVisible(bool(advice))
        self.either.setCurrentIndex(0)

    def _arrange(self) -> None:
        now = theme.current()
        said, changed = QWidget(), QWidget()
        for passage in (self.sentence, self.advice):
            passage.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for page, parts in (
            (said, (self.sentence, self.advice)),
            (changed, (self.back, self.words, self.table)),
        ):
            column = QVBoxLayout(page)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(now.px(8))
            for part in parts:
                column.addWidget(part, 1 if part is self.table else 0)
            if page is said:
                column.addStretch(1)
            self.either.addWidget(page)
        self.body.addWidget(self.either, 1)
        self.body.addWidget(self.source)


MOST = 500
"""So many rows of what changes the sitting lists (:data:`desktop.exchange.effect.MOST_ROWS`)."""
