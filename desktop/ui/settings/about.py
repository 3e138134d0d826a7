"""关于 and 新变化: versions, where things lie, whose work it stands on; what is new."""

from __future__ import annotations

import platform
import sqlite3
from pathlib import Path

from PySide6.QtCore import Qt, QUrl, qVersion
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFormLayout, QSizePolicy

from desktop import __version__, paths
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.help import topics
from desktop.ui.help.reader import Reader
from desktop.ui.parts import Button, Passage
from desktop.ui.settings.section import Section, form, row


class AboutSection(Section):
    """What someone who helps by telephone asks for first; all of it can be copied."""

    name, title, icon = "about", "关于", "info"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.book, self.entries = Passage(), Passage()
        self.fields = form()
        self._line(self.fields, "程序", Passage(f"一本账 {__version__}"))
        self._line(self.fields, "账本", self.book)
        self._line(self.fields, "方案", self.entries)
        self._line(self.fields, "本机资料", Passage(str(paths.profile())))
        self._line(self.fields, "故障报告", Passage(str(paths.reports_folder())))
        versions = f"Qt {qVersion()}，SQLite {sqlite3.sqlite_version}"
        self._line(
            self.fields,
            "运行环境",
            Passage(f"{platform.platform()}，Python {platform.python_version()}，{versions}"),
        )
        self.column.addLayout(self.fields)
        self.book_folder = Button("打开账本所在文件夹", icon="folder-open")
        self.reports = Button("打开故障报告文件夹", icon="folder-open")
        self.column.addWidget(row(self.book_folder, self.reports))
        self.licences = Reader()
        self.licences.setMinimumHeight(theme.current().px(300))
        self.column.addWidget(self.licences)
        self.book_folder.clicked.connect(lambda: _open(self.desk.facts.path.parent))
        self.reports.clicked.connect(lambda: _open(_made(paths.reports_folder())))
        self.licences.read(topics.topic("licences").text)

    def refresh(self) -> None:
        facts = self.desk.facts
        told = "（演示数据）" if facts.demonstration else ""
        self.book.setText(f"{facts.path}{told}")
        self.entries.setText(f"{facts.scheme.head.title}，第 {facts.scheme.version} 版")

    def _line(self, fields: QFormLayout, words: str, value: Passage) -> None:
        value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        fields.addRow(words, value)


class NewsSection(Section):
    """What is new in this version, in the words of ``news.md``."""

    name, title, icon = "news", "新变化", "message"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.reader = Reader()
        self.reader.setMinimumHeight(theme.current().px(420))
        self.reader.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.column.addWidget(self.reader)
        _title, _, text = topics.topic("news").text.partition("\n")  # the card has a title
        self.reader.read(text)


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _open(folder: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
