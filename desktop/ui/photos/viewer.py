"""One photo as large as the window: arrows turn the pages, Esc goes back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QDialog, QWidget

from desktop.errors import OneLedgerError
from desktop.ledger import attachments
from desktop.ledger.workspace import Book
from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.parts.words import draw
from desktop.ui.photos import scaling
from desktop.ui.photos.reading import Photo

_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_Backspace)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown)
_CLOSE = (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class PhotoViewer(QDialog):
    """Shows ``photos`` one at a time, beginning with the one at ``at``.

    ``turned`` says which one is seen; ``remove_wanted`` that the person pressed Delete on it.
    """

    turned = Signal(int)
    remove_wanted = Signal(int)

    def __init__(self, desk: Desk, parent: QWidget, photos: Sequence[Photo], at: int) -> None:
        window = parent.window()
        super().__init__(window, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._desk, self.photos, self.at = desk, tuple(photos), at
        self._picture: QPixmap | None = None
        self.setWindowTitle("照片")
        self.setModal(True)
        self.setMouseTracking(True)
        self.setGeometry(QRect(window.mapToGlobal(QPoint(0, 0)), window.size()))
        self._load()

    def turn(self, by: int) -> None:
        """Go on or back; the ends stay."""
        self.show_at(self.at + by)

    def show_at(self, at: int) -> None:
        """Show another photo."""
        at = max(0, min(at, len(self.photos) - 1))
        if at != self.at:
            self.at = at
            self._load()
            self.turned.emit(at)

    def caption(self) -> str:
        """What stands below the photo."""
        photo = self.photos[self.at]
        parts = (photo.week, photo.when, photo.name)
        return "　".join(part for part in parts if part)

    @property
    def picture(self) -> QPixmap | None:
        """What is seen: None while it is fetched, null for a lost one."""
        return self._picture

    def _load(self) -> None:
        self._picture = None
        self.setAccessibleName(f"照片 {self.caption()}")
        digest = self.photos[self.at].digest
        edge = round(max(self.width(), self.height()) * self.devicePixelRatioF())

        def read(book: Book) -> QImage:
            return scaling.thumbnail(attachments.get(book, digest).content, edge)

        self._desk.read(self, read, self._take, key="photo", failed=self._lost)
        self.update()

    def _take(self, image: QImage) -> None:
        self._picture = QPixmap() if image.isNull() else QPixmap.fromImage(image)
        self.update()

    def _lost(self, _error: OneLedgerError) -> None:
        self._take(QImage())

    # Keys and mouse --------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _CLOSE:
            self.accept()
        elif key in _BACK:
            self.turn(-1)
        elif key in _ON:
            self.turn(1)
        elif key == Qt.Key.Key_Home:
            self.show_at(0)
        elif key == Qt.Key.Key_End:
            self.show_at(len(self.photos) - 1)
        elif key == Qt.Key.Key_Delete:
            self.remove_wanted.emit(self.at)
            self.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        if self._side(-1).contains(where):
            self.turn(-1)
        elif self._side(1).contains(where):
            self.turn(1)
        else:
            self.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        where = event.position().toPoint()
        turns = any(self._can_turn(by) and self._side(by).contains(where) for by in (-1, 1))
        self.setCursor(Qt.CursorShape.PointingHandCursor if turns else Qt.CursorShape.ArrowCursor)

    def _can_turn(self, by: int) -> bool:
        return 0 <= self.at + by < len(self.photos)

    def _side(self, by: int) -> QRect:
        """The strip at the left (−1) or right edge that turns."""
        width = theme.current().px(72)
        left = 0 if by < 0 else self.width() - width
        return QRect(left, 0, width, self.height() - self._foot())

    def _foot(self) -> int:
        return theme.current().px(44)

    # Drawing ---------------------------------------------------------------------------------

    def paintEvent(self, _event: QPaintEvent) -> None:
        now = theme.current()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("side"))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect().adjusted(now.px(72), now.px(16), -now.px(72), -self._foot())
        if self._picture is not None and not self._picture.isNull():
            painter.drawPixmap(_fitted(self._picture.size(), room), self._picture)
        elif self._picture is not None:
            painter.setPen(theme.color("side_ink"))
            painter.setFont(theme.font("big"))
            lost = "这张照片在账本中缺失或已被改动，请从备份找回，或重新添加同一文件。"
            painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), lost)
        for by, icon in ((-1, "chevron-left"), (1, "chevron-right")):
            if self._can_turn(by):
                side = now.px(32)
                square = QRect(0, 0, side, side)
                square.moveCenter(self._side(by).center())
                icons.paint(painter, square, icon, "side_ink")
        foot = QRect(0, self.height() - self._foot(), self.width(), self._foot())
        left, right = (
            foot.adjusted(now.px(24), 0, -now.px(24), 0),
            f"{self.at + 1} / {len(self.photos)}",
        )
        keys = "←→ 换一张　Delete 移除　Esc 返回"
        font = theme.font()
        draw(painter, left, f"{self.caption()}", "side_ink", font, Qt.AlignmentFlag.AlignHCenter)
        draw(painter, left, right, "side_ink", font, Qt.AlignmentFlag.AlignLeft)
        small = theme.font("small")
        draw(painter, left, keys, "side_faint", small, Qt.AlignmentFlag.AlignRight)


def _fitted(size: QSize, room: QRect) -> QRect:
    """Where a picture of ``size`` stands in ``room``: whole, in the middle, never enlarged much."""
    fit = size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
    if fit.width() > 2 * size.width():
        fit = size * 2
    rect = QRect(QPoint(), fit)
    rect.moveCenter(room.center())
    return rect
