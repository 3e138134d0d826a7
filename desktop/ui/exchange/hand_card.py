"""下发: what would go to the units below, and where it is written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal

from desktop.ledger.workspace import Book
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.exchange import below as units_below
from desktop.ui.exchange import handing_down
from desktop.ui.exchange.below import Below
from desktop.ui.exchange.handing_down import Handing
from desktop.ui.exchange.outcome import Outcome, left_out
from desktop.ui.exchange.outgoing import Fresh
from desktop.ui.exchange.sending_card import SendingCard
from desktop.ui.exchange.words import listed
from desktop.ui.parts import LinkRow, Passage
from desktop.ui.worker import Progress

TITLE = "下发任务包"


class HandCard(SendingCard):
    """Writes a task package for every unit that is chosen; ``units_wanted`` shows them singly."""

    units_wanted = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "下发任务包")
        self.units: tuple[Below, ...] = ()
        self.left_out: frozenset[str] = frozenset()
        self.words, self.chosen_words = Passage(""), Passage("", role="ink_soft")
        self.each = LinkRow("", "逐个单位查看、挑选", "打开", "accent")
        self.hint = Passage("写完会读回核对，看到“可以拔出”再拔。", "small", "ink_soft")
        self.body.setSpacing(theme.current().px(8))
        for part in (self.words, self.each, self.chosen_words, self.destination, self.hint):
            self.body.addWidget(part)
        self.each.clicked.connect(lambda: self.units_wanted.emit())
        self.destination.chosen.connect(self.send)

    @property
    def chosen(self) -> tuple[Below, ...]:
        """The units that a package goes to."""
        return tuple(one for one in self.units if one.open and one.unit not in self.left_out)

    def show_units(
        self, units: Collection[Below], left_out: Collection[str], fresh: Mapping[str, Fresh]
    ) -> None:
        """The units below, those left out this time, what each has not yet."""
        self.units, self.left_out = tuple(units), frozenset(left_out)
        self.words.setText(units_below.summary(self.units, fresh))
        going = self.chosen
        first = sum(one.first for one in going)
        said = f"将写 {len(going)} 个任务包" + (f"，其中 {first} 个凭一次性口令" if first else "")
        none = units_below.why_none(self.units)
        self.chosen_words.setText(f"{said}。" if going else none)
        for part in (self.each, self.chosen_words, self.destination, self.hint):
            part.setVisible(bool(self.units))
        self.destination.setEnabled(bool(going))

    def send(self, folder: Path) -> None:
        """Write them all."""
        units = tuple((one.unit, one.name) for one in self.chosen)
        where = self.where(folder)
        if units and self.begin(TITLE):
            self.desk.work(self, TITLE, _run(folder, units), lambda done: self._done(done, where))

    def _done(self, handing: Handing, where: tuple[str, str]) -> None:
        outcome = outcome_of(handing, *where)
        if handing.stopped is not None:
            outcome = replace(outcome, remedies=self.remedies(handing.stopped))
        self.ended.emit(outcome)


def _run(folder: Path, units: tuple[tuple[str, str], ...]) -> Callable[[Book, Progress], Handing]:
    return lambda book, progress: handing_down.hand_down(book, folder, units, progress)


def outcome_of(handing: Handing, place: str, end: str) -> Outcome:
    """What came of it, in words."""
    count = len(handing.written)
    passphrases = tuple(
        (one.name, one.passphrase, one.file) for one in handing.written if one.passphrase
    )
    lines = []
    if count == 1:
        digest = handing.written[0].package.digest[:16]
        lines.append(f"任务包 第{handing.written[0].package.number}号，校验值 {digest}")
    elif count:
        lines.append(f"收件单位：{listed([one.name for one in handing.written])}")
    if passphrases:
        lines.append("口令只显示这一次：请抄下，打电话告诉对方；不要写在U盘上，不要随U盘一起送。")
    lines += [f"{one.name}：{one.rest}" for one in handing.written if one.rest]
    lines += left_out(handing.refused)
    if handing.rest:
        lines.append(f"没有写的 {len(handing.rest)} 个：{listed(handing.rest)}。")
    if handing.stopped is not None:
        done = f"已写成的 {count} 个有效，其余可以换一个U盘再写。" if count else "一个也没有写成。"
        advice = handing.stopped.advice
        return Outcome("must", handing.stopped.sentence, (advice, done, *lines), passphrases)
    if not count:
        return Outcome("explain", "没有写任务包。", tuple(lines))
    who = f"{handing.written[0].name}的" if count == 1 else f"{count} 个单位的"
    tone = "explain" if handing.refused or handing.rest else "good"
    return Outcome(tone, f"{who}任务包已写入{place}，{end}", tuple(lines), passphrases)
