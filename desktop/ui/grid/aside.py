"""Beside the grid: the cell in words with the buttons that mend it, all findings, its history, the
last ten weeks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.ledger.checks import Finding
from desktop.reports.charts.bars import Amount, bars
from desktop.reports.charts.forms import Form, money_form
from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.grid.about import About
from desktop.ui.grid.apart import APART
from desktop.ui.grid.explaining import ExplainBox
from desktop.ui.grid.finding_list import FindingList, Line
from desktop.ui.grid.story import EMPTY, Story
from desktop.ui.parts import Button, Card, Flow, Passage, Words
from desktop.ui.parts.words import tip

#: Its width at standard size, px.
WIDTH = 268
#: So many findings are seen at once; the list scrolls.
LISTED = 3
_HEADS = {"must": "这一格有问题", "explain": "这一格请写说明", "plain": ""}


class Aside(QScrollArea):
    """``filled`` is (row's key, column, stored value) for a button that fills the cell;
    ``explained`` (finding's number, text); ``wanted`` a :class:`Line` to go to; ``given_up`` the
    (key, column) whose refused text is to be forgotten; ``settling`` a conflict to be decided."""

    filled = Signal(str, int, object)
    explained = Signal(str, str)
    wanted = Signal(object)
    given_up = Signal(str, int)
    settling = Signal(object)
    finished = Signal()  # the keyboard goes back to the grid

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.about: About | None = None
        self.box: ExplainBox | None = None
        self.cell, self.list_card = Card(), Card("全部提示")
        self.history, self.weeks = Card("这一格的历史"), Card("近十周")
        self.list = FindingList()
        self.list.wanted.connect(self.wanted)
        self.list_card.body.addWidget(self.list)
        self.chart = ChartView()
        self.weeks.body.addWidget(self.chart)
        inner = QWidget()
        inner.setObjectName("page")
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        self._column = whole
        for card in (self.cell, self.list_card, self.history, self.weeks):
            whole.addWidget(card)
        whole.addStretch(1)
        self.setWidget(inner)
        for card in (self.list_card, self.history, self.weeks):
            card.hide()
        self._measure()

    def _measure(self) -> None:
        now = theme.current()
        self._column.setSpacing(now.gap)
        self.chart.setFixedHeight(now.px(108))
        self.list.setFixedHeight(min(len(self.list.lines()), LISTED) * now.px(42) + 2)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._measure()

    # The cell --------------------------------------------------------------------------------

    def show_about(self, about: About | None) -> None:
        """Say what is to be said of another cell, unless an explanation of it is being written."""
        if about == self.about:
            return
        if self.box is not None and (text := self.box.unsaved()):
            if about is not None and any(one.id == self.box.finding.id for one in about.found):
                return
            self.explained.emit(self.box.finding.id, text)  # nothing is lost by going on
        self.about, self.box = about, None
        _clear(self.cell)
        self.cell.setVisible(about is not None)
        if about is None:
            return
        head = _HEADS.get(about.tone) or about.title
        self.cell.set_title(head)
        role = about.tone if about.tone in ("must", "explain") else "ink"
        self.cell.title.set_role(role)
        body = self.cell.body
        if head != about.title:
            body.addWidget(Words(f"{about.title}　{about.subject}", "small", "ink_soft"))
        if about.refused:
            body.addWidget(Passage(f"填的是“{about.typed}”，没有写入。{about.refused}"))
            body.addLayout(self._buttons(("恢复原来的内容", self._give_up)))
        for one in about.found:
            self._say(one, about)
        if about.offered:
            body.addWidget(Passage(about.offered))
            if about.offer is not None:
                fill = partial(self._fill, about.offer.value)
                words = f"{about.offer.words}　Ctrl+'"
                body.addLayout(self._buttons((words, fill)))
        for reason in about.reasons:
            body.addWidget(Passage(reason, role="ink"))
        for text in (about.closed, about.help):
            if text:
                body.addWidget(Passage(text, "small", "ink_soft"))
        if not (about.refused or about.found or about.offered or about.closed or about.help):
            body.addWidget(Passage("这一格没有审核提示。", "small", "ink_soft"))
        if about.others:
            count = len(about.others)
            body.addWidget(Passage(f"这个项目另有 {count} 处提示。", "small", "ink_soft"))

    def _say(self, finding: Finding, about: About) -> None:
        """One finding: its sentence, what was explained, the buttons that do something about it."""
        body = self.cell.body
        body.addWidget(Passage(finding.sentence))
        verbs = []
        if finding.check == APART:
            verbs.append(("到“收发”选定", partial(self.settling.emit, finding)))
        elif about.mends is not None and not finding.explained:
            verbs.append((about.mends.words, partial(self._fill, about.mends.value)))
        if finding.level == "explain" and not about.closed:
            verbs.append(
                ("改说明" if finding.explained else "写说明", partial(self.explain, finding))
            )
        if finding.explanation:
            body.addWidget(Passage(f"{finding.state}：{finding.explanation}", role="ink_soft"))
        if verbs:
            body.addLayout(self._buttons(*verbs))

    def explain(self, finding: Finding) -> None:
        """Open the box for an explanation under the sentences."""
        if self.box is not None:
            if self.box.finding.id == finding.id:
                self.box.begin()
                return
            self.box.deleteLater()
        self.box = box = ExplainBox(finding)
        box.written.connect(self._explained)
        box.left.connect(self._leave_box)
        self.cell.body.addWidget(box)
        self.ensureWidgetVisible(box)
        box.begin()

    def _explained(self, number: str, text: str) -> None:
        self.explained.emit(number, text)
        self._leave_box()

    def _leave_box(self) -> None:
        if self.box is not None:
            self.box.hide()
            self.box.deleteLater()
            self.box = None
        self.finished.emit()

    def _fill(self, value: object) -> None:
        if self.about is not None:
            self.filled.emit(self.about.key, self.about.column, value)
            self.finished.emit()

    def _give_up(self) -> None:
        if self.about is not None:
            self.given_up.emit(self.about.key, self.about.column)
            self.finished.emit()

    def _buttons(self, *verbs: tuple[str, object]) -> Flow:
        row = Flow(gap=theme.current().px(8))
        for words, run in verbs:
            button = Button(words)
            button.clicked.connect(run)
            row.addWidget(button)
        return row

    # The rest --------------------------------------------------------------------------------

    def show_lines(self, lines: Sequence[Line]) -> None:
        """List all findings."""
        self.list_card.setVisible(bool(lines))
        self.list_card.set_title(f"全部提示　{len(lines)}")
        self.list.show_lines(lines)
        self._measure()

    def show_story(self, story: Story) -> None:
        """Tell a cell's history and the last weeks."""
        _clear(self.history)
        self.history.setVisible(bool(story.steps))
        for step in story.steps:
            said = f"{step.when}　{_short(step.old)} → {_short(step.new)}　{step.who}"
            line = Passage(said, "small", "ink_soft")
            line.setToolTip(tip(f"{step.act}\n{step.old} → {step.new}"))
            self.history.body.addWidget(line)
        if story.more:
            more = f"更早还有 {story.more} 次改动。"
            self.history.body.addWidget(Passage(more, "small", "ink_soft"))
        amounts = [Amount(week.label, week.value) for week in story.weeks]
        self.weeks.setVisible(any(week.value is not None for week in story.weeks))
        self.weeks.set_title(f"近十周{story.measured.removeprefix('本周')}（{story.unit}）")
        short = money_form([week.value for week in story.weeks], story.unit)
        form = Form(short.tick, short.unit, short.tick)  # no zeros at the end, as in the cells
        self.chart.show_drawing(lambda width, height: bars(amounts, width, height, form=form))


def _short(text: str) -> str:
    return text if len(text) <= 24 or text == EMPTY else f"{text[:23]}…"


def _clear(card: Card) -> None:
    """Take everything out of a card."""
    while (item := card.body.takeAt(0)) is not None:
        widget, row = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif isinstance(row, Flow | QHBoxLayout):
            while (inner := row.takeAt(0)) is not None:
                if (button := inner.widget()) is not None:
                    button.hide()
                    button.deleteLater()
            row.deleteLater()
