"""The pages as they will be printed: one under another, sharp at any zoom, drawn when seen."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from desktop.ui import theme
from desktop.ui.papers.pdf import PdfPages
from desktop.ui.papers.renderer import Picture, Renderer
from desktop.ui.papers.stack import FULL, Stack, Zoom, stepped

#: So much memory pictures may take before those far away are let go, in bytes.
_ROOM = 160_000_000


class Preview(QAbstractScrollArea):
    """Shows a PDF. ``page_changed`` tells the page (from 0) at the upper third of the view."""

    page_changed = Signal(int)
    zoom_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("打印预览")
        self.document: PdfPages | None = None
        self.zoom: Zoom = "width"
        self.page = 0
        self._words = ""
        self._pictures: dict[int, Picture] = {}
        self._renderer = Renderer()
        self._renderer.made.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.destroyed.connect(self._renderer.close)
        self._stack = Stack((), "width", (1, 1))
        self.verticalScrollBar().valueChanged.connect(self._moved)
        self.horizontalScrollBar().valueChanged.connect(self.viewport().update)
        theme.notifier.changed.connect(self.viewport().update)

    # What is shown ---------------------------------------------------------------------------

    def show_pdf(self, document: PdfPages | None, *, stay: bool = False) -> None:
        """Show another document (or none); ``stay`` keeps the place, for one made anew."""
        place = self._stack.share(self.verticalScrollBar().value()) if stay else (0, 0.0)
        across = self.horizontalScrollBar().value()
        earlier, self.document = self.document, document
        self._renderer.want([])
        self.page = -1
        if earlier is not None:
            earlier.close()
        if not stay or document is None:
            self._pictures.clear()
        self._lay(place)
        self.horizontalScrollBar().setValue(across if stay else 0)
        if not stay:
            self.verticalScrollBar().setValue(0)
        self._moved()

    def say(self, words: str) -> None:
        """Words in the middle while there is no document."""
        self._words = words
        self.viewport().update()

    @property
    def scale(self) -> float:
        """Pixels to a point of the present page."""
        return self._stack.spots[max(self.page, 0)].scale if self._stack.spots else FULL

    def set_zoom(self, zoom: Zoom, at: int | None = None) -> None:
        """Zoom, the place at height ``at`` of the view (its middle) staying where it is."""
        at = self.viewport().height() // 2 if at is None else at
        place = self._stack.share(self.verticalScrollBar().value() + at)
        self.zoom = zoom
        self._lay(place, at)
        self._moved()
        self.zoom_changed.emit()

    def go_to(self, page: int) -> None:
        """Bring a page's upper edge into view; pages count from 0."""
        if self._stack.spots:
            spot = self._stack.spots[max(0, min(page, len(self._stack.spots) - 1))]
            self.verticalScrollBar().setValue(spot.top - 8)

    # Keys and wheel --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        bar, key = self.verticalScrollBar(), event.key()
        if control and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.set_zoom(stepped(self.scale, 1))
        elif control and key == Qt.Key.Key_Minus:
            self.set_zoom(stepped(self.scale, -1))
        elif control and key == Qt.Key.Key_0:
            self.set_zoom("width")
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self._turn(1 if key == Qt.Key.Key_PageDown else -1, whole=control)
        elif key == Qt.Key.Key_Home:
            bar.setValue(0)
        elif key == Qt.Key.Key_End:
            bar.setValue(bar.maximum())
        else:
            super().keyPressEvent(event)

    def _turn(self, way: int, *, whole: bool) -> None:
        """A page on, or a view on where a page is higher than the view."""
        view, spots = self.viewport().height(), self._stack.spots
        if spots and (whole or spots[self.page].height <= view):
            self.go_to(self.page + way)
        else:
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() + way * int(view * 0.9))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            turned = event.angleDelta().y()
            if turned:
                way = 1 if turned > 0 else -1
                self.set_zoom(stepped(self.scale, way), round(event.position().y()))
            event.accept()
        else:
            super().wheelEvent(event)

    # Painting --------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay(self._stack.share(self.verticalScrollBar().value()))
        self._moved()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), theme.color("ground"))
        if self.document is None:
            painter.setPen(theme.color("ink_soft"))
            painter.setFont(theme.font("big"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._words)
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in self._seen():
            self._paint(painter, page)

    def _paint(self, painter: QPainter, page: int) -> None:
        spot = self._stack.spots[page]
        corner = QPoint(
            spot.left - self.horizontalScrollBar().value(),
            spot.top - self.verticalScrollBar().value(),
        )
        sheet = QRect(corner.x(), corner.y(), spot.width, spot.height)
        painter.fillRect(sheet, Qt.GlobalColor.white)
        picture = self._pictures.get(page)
        if picture is not None and picture.scale == spot.scale * self.devicePixelRatioF():
            painter.drawImage(corner, picture.image)  # pixel for pixel
        elif picture is not None:
            painter.drawImage(sheet, picture.image)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawRect(sheet.adjusted(-1, -1, 0, 0))

    # -----------------------------------------------------------------------------------------

    def _lay(self, place: tuple[int, float], at: int = 0) -> None:
        """Lay the pages at the present zoom, ``place`` at height ``at`` of the view."""
        view = self.viewport().size()
        sizes = self.document.sizes if self.document else ()
        self._stack = Stack(sizes, self.zoom, (view.width(), view.height()))
        bar, across = self.verticalScrollBar(), self.horizontalScrollBar()
        bar.setRange(0, max(self._stack.height - view.height(), 0))
        bar.setPageStep(view.height())
        bar.setSingleStep(48)
        across.setRange(0, max(self._stack.width - view.width(), 0))
        across.setPageStep(view.width())
        across.setSingleStep(48)
        bar.setValue(self._stack.height_of(*place) - at)

    def _seen(self) -> range:
        top = self.verticalScrollBar().value()
        return self._stack.seen(top, top + self.viewport().height())

    def _moved(self) -> None:
        """Want what is seen now, then what comes next; say which page it is."""
        self.viewport().update()
        if self.document is None:
            self.page = 0
            return
        seen, ratio = self._seen(), self.devicePixelRatioF()
        near = (seen.stop, seen.start - 1, seen.stop + 1)
        pages = [*seen, *(page for page in near if 0 <= page < len(self.document))]
        wanted = [(self.document, page, self._stack.spots[page].scale * ratio) for page in pages]
        self._renderer.want([one for one in wanted if not self._has(*one)])
        page = self._stack.at(self.verticalScrollBar().value() + self.viewport().height() // 3)
        if page != self.page:
            self.page = page
            self.setAccessibleDescription(f"第{page + 1}页，共{len(self.document)}页")
            self.page_changed.emit(page)

    def _has(self, document: PdfPages, page: int, scale: float) -> bool:
        known = self._pictures.get(page)
        return known is not None and known.document is document and known.scale == scale

    def _take(self, picture: Picture) -> None:
        if picture.document is self.document:
            picture.image.setDevicePixelRatio(self.devicePixelRatioF())
            self._pictures[picture.page] = picture
            self._let_go(self._seen())
            self.viewport().update()

    def _let_go(self, seen: Iterable[int]) -> None:
        """Let go of pictures far away when all together take too much room."""
        keep = set(seen)
        while sum(_bytes(one.image) for one in self._pictures.values()) > _ROOM:
            far = max(self._pictures, key=lambda page: (page not in keep, abs(page - self.page)))
            if far in keep:
                return
            del self._pictures[far]


def _bytes(image: QImage) -> int:
    return image.sizeInBytes()
