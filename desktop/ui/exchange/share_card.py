"""互换: what the own unit's other PCs have not yet, written for one of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.exchange.outcome import Outcome
from desktop.ui.exchange.outgoing import Fresh
from desktop.ui.exchange.sending_card import SendingCard
from desktop.ui.exchange.words import package_in_words
from desktop.ui.parts import Passage
from desktop.ui.worker import Progress

if TYPE_CHECKING:
    from desktop.exchange.written import Written


class ShareCard(SendingCard):
    """给本单位另一台电脑: two clerks of one unit, each on a PC."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, "给本单位另一台电脑", primary=False)
        self.words = Passage("", role="ink_soft")
        self.body.addWidget(self.words)
        self.whole = QCheckBox("给新电脑建账（带全部内容）")
        self.body.addWidget(self.whole)
        self.body.addWidget(self.destination)
        self.destination.chosen.connect(self.send)
        self.show_fresh(None)

    def show_fresh(self, fresh: Fresh | None) -> None:
        """What the other PCs have not said that they hold."""
        alone = fresh is not None and not fresh.known
        # The first share of a unit with one PC carries everything: told, and not asked.
        self.whole.setChecked(alone or (self.whole.isChecked() and self.whole.isEnabled()))
        self.whole.setEnabled(not alone)
        said = "两台电脑分别填报时，互相装入互换包，两边即一致。"
        if fresh is None:
            said += "另一台还没有的：正在清点……"
        elif alone:
            said = "本单位现在只有这一台电脑。要添一台，写一个互换包，在新电脑上凭恢复码建账。"
        else:
            said += (
                f"另一台可能还没有的：{fresh.words}。" if fresh.entries else "另一台已有全部内容。"
            )
        self.words.setText(said)

    def send(self, folder: Path) -> None:
        """Write a share package."""
        place, end = self.where(folder)
        whole = self.whole.isChecked()

        def run(book: Book, progress: Progress) -> Written:
            from desktop.exchange import sending

            return sending.share(book, folder, progress, whole=whole)

        def then(written: Written) -> None:
            number = package_in_words(written.package.kind, written.package.number)
            rest = (written.rest,) if written.rest else ()
            lines = (
                f"{number}，校验值 {written.package.digest[:16]}，文件 {written.path.name}",
                *rest,
                "在另一台电脑上打开本单位账本，到“收发”装入；新电脑凭恢复码用它建账。",
            )
            self.whole.setChecked(not self.whole.isEnabled())
            self.ended.emit(Outcome("good", f"互换包已写入{place}，{end}", lines))

        self.write("写出互换包", "没有写成，账本没有变；可以换一个U盘再写。", run, then)
