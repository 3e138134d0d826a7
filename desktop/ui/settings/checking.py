"""检查账本: verify it from the first line to the last, and rebuild what can be rebuilt."""

from __future__ import annotations

from desktop.ledger import backups, verify
from desktop.ledger.workspace import Book
from desktop.ui.changes import Changes
from desktop.ui.desk import Desk
from desktop.ui.parts import Button, Passage
from desktop.ui.settings.findings import Finding, finding
from desktop.ui.settings.section import Section, hint, row
from desktop.ui.worker import Progress

#: So many findings are listed.
LISTED = 20


class CheckSection(Section):
    """Changes nothing until the person has the tables rebuilt."""

    name, title, icon = "check", "检查账本", "shield"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.check, self.rebuild = Button("开始检查", primary=True), Button("重建各表")
        self.sentence, self.advice, self.details = Passage(size="big"), hint(""), hint("")
        self.column.addWidget(
            hint("从第一笔起逐条核对：有没有被改动、删去，各表与流水是否一致，照片附件在不在。")
        )
        self.column.addWidget(row(self.check, self.rebuild))
        for words in (self.sentence, self.advice, self.details):
            self.column.addWidget(words)
        self.check.clicked.connect(self._check)
        self.rebuild.clicked.connect(self._rebuild)
        self._show(None)

    def _show(self, found: Finding | None) -> None:
        self.rebuild.setVisible(found is not None and found.verdict == "repairable")
        self.sentence.setText(found.sentence if found else "")
        tones = {"sound": "good", "beside": "explain", "repairable": "explain", "unsound": "must"}
        self.sentence.set_role(tones[found.verdict] if found else "ink")
        self.advice.setText(found.advice if found else "")
        listed = found.details[:LISTED] if found else ()
        more = (
            f"\n（共 {len(found.details)} 处，只列出前 {LISTED} 处）"
            if found and len(found.details) > LISTED
            else ""
        )
        self.details.setText("\n".join(f"· {one}" for one in listed) + more)
        for words in (self.sentence, self.advice, self.details):
            words.setVisible(bool(words.text()))

    def _check(self) -> None:
        self._show(None)
        self.desk.work(self, "检查账本", _verify, self._show)

    def _rebuild(self) -> None:
        question, advice = "照流水重建各表吗？", "流水本身不动，填报的内容不会少。"
        if not self.desk.confirm(question, advice, "重建各表"):
            return

        def run(book: Book, progress: Progress) -> Finding:
            verify.rebuild(book, backups.anchors(book))
            return _verify(book, progress)

        def then(found: Finding) -> None:
            self._show(found)
            everything = {name: frozenset[str]() for name in self.desk.facts.scheme.registers}
            self.desk.changed.emit(Changes(everything, "rebuild"))

        self.desk.work(self, "重建各表", run, then)


def _verify(book: Book, progress: Progress) -> Finding:
    return finding(verify.verify(book, backups.anchors(book), progress))
