"""Chinese everywhere, also in the words that Qt itself supplies.

Qt's own translation travels with PySide6; what it leaves in English, and what it says otherwise
than the rest of the program, stands here. Dates and sizes in Qt's file dialog follow the system's
language, not the program's: :func:`before_start` asks for Chinese on PCs that speak another one.
"""

from __future__ import annotations

import os
import sys

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator

WORDS = {
    ("QAbstractFileIconProvider", "Drive"): "磁盘",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QFileSystemModel", "Size"): "大小",
    ("QLineEdit", "&Undo"): "撤销(&U)",
    ("QWidgetTextControl", "&Undo"): "撤销(&U)",
}
"""What Qt's Chinese lacks or says otherwise than the program, by context and English."""


class Supplement(QTranslator):
    """Answers before Qt's own translation does."""

    def translate(  # type: ignore[override]  # None lets Qt ask the next one, "" would not
        self, context: str, source: str, _meant: str | None = None, _count: int = -1
    ) -> str | None:
        return WORDS.get((context, source))

    def isEmpty(self) -> bool:
        return False


def before_start() -> None:
    """Ask the system to speak Chinese; to be called before there is a QApplication.

    Windows and macOS say their language themselves; elsewhere Qt reads it from the environment,
    where ``LC_ALL``, if someone has set it, is left in force.
    """
    if sys.platform not in ("win32", "darwin"):
        for name in ("LANG", "LC_MESSAGES", "LC_TIME"):
            os.environ[name] = "zh_CN.UTF-8"


def install(app: QCoreApplication) -> None:
    """Make Qt speak Chinese: dates, numbers, its own dialogs and menus. Once is enough."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    if app.findChild(Supplement):
        return
    own = QTranslator(app)
    if own.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(own)
    app.installTranslator(Supplement(app))
