"""A Markdown text on the screen, set to be read: air between lines, ruled tables."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QImage,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser

from desktop.ui import theme
from desktop.ui.help import topics


class Reader(QTextBrowser):
    """One text; links to other texts are followed by whoever holds it."""

    def __init__(self) -> None:
        super().__init__()
        self.setSearchPaths([str(topics.folder())])
        self.setOpenLinks(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setStyleSheet("QTextBrowser { border: none; background: transparent; }")
        self._text = ""
        theme.notifier.changed.connect(self._again)

    def read(self, text: str) -> None:
        """Show Markdown, set as a text to be read: air between lines, lined tables."""
        self._text = text
        now = theme.current()
        self.document().setDefaultFont(theme.font())
        self.document().setDocumentMargin(now.pad)
        self.setMarkdown(text)
        block = self.document().begin()
        while block.isValid():
            self._set(block)
            block = block.next()
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QTextTable):
                lined = frame.format()
                lined.setBorderBrush(theme.color("line"))
                lined.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                lined.setBorderCollapse(True)
                lined.setCellPadding(now.px(6))
                lined.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
                frame.setFormat(lined)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> Any:
        """Pictures no wider than the page; everything else is Qt's."""
        found = super().loadResource(kind, name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return found
        picture = QImage()
        if not picture.loadFromData(found):
            return found
        sharp = self.devicePixelRatioF()
        room = round((self.viewport().width() - 2 * theme.current().pad) * sharp)
        if picture.width() > room > 0:
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaledToWidth(room, smooth)
        picture.setDevicePixelRatio(sharp)
        return picture

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Pictures follow the page's width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width() and "](" in self._text:
            self._again()

    def _set(self, block: QTextBlock) -> None:
        """Air between the lines, less in tables; headings at the theme's sizes."""
        now, cursor = theme.current(), QTextCursor(block)
        form, level = QTextBlockFormat(), block.blockFormat().headingLevel()
        kind = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        form.setLineHeight(115 if cursor.currentTable() else 150, kind)
        if level:
            form.setTopMargin(now.px(4 if level == 1 else 18))
            form.setBottomMargin(now.px(6))
            larger = cursor.charFormat()
            larger.clearProperty(QTextFormat.Property.FontSizeAdjustment)  # Markdown's own
            pixels = now.title if level == 1 else now.big
            larger.setProperty(QTextFormat.Property.FontPixelSize, pixels)
            larger.setFontWeight(QFont.Weight.Bold)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.setCharFormat(larger)
        cursor.mergeBlockFormat(form)

    def _again(self) -> None:
        """The same text in another theme, at the same place."""
        at = self.verticalScrollBar().value()
        self.read(self._text)
        self.verticalScrollBar().setValue(at)
