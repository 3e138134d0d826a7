"""The photos of a strip as Qt's lists take them, and how each is drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from desktop.ui import icons, theme
from desktop.ui.parts.words import draw, tip
from desktop.ui.photos.reading import Photo
from desktop.ui.photos.thumbnails import Thumbnails

Index = QModelIndex | QPersistentModelIndex


class PhotoModel(QAbstractListModel):
    """One row for each photo; the row's Photo under ``UserRole``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.photos: tuple[Photo, ...] = ()

    def show(self, photos: Sequence[Photo]) -> None:
        """Show other photos; the same ones leave selection and place as they are."""
        if tuple(photos) != self.photos:
            self.beginResetModel()
            self.photos = tuple(photos)
            self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 Qt's own signature
        return 0 if parent.isValid() else len(self.photos)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        photo = self.photos[index.row()]
        if role == Qt.ItemDataRole.UserRole:
            return photo
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{photo.week} {photo.when}"
        if role == Qt.ItemDataRole.ToolTipRole:
            by = f"{photo.by} 添加" if photo.by else ""
            lines = (f"{photo.week}　{photo.when}", photo.name, by, photo.locked)
            return tip("\n".join(line for line in lines if line))
        return None

    def refresh(self, digest: str) -> None:
        """The picture of this digest has come."""
        for row, photo in enumerate(self.photos):
            if photo.digest == digest:
                index = self.index(row)
                self.dataChanged.emit(index, index, [Qt.ItemDataRole.DecorationRole])


class PhotoDelegate(QStyledItemDelegate):
    """Draws the picture, cut to its frame, and two lines below it: the week, and when."""

    def __init__(
        self, thumbnails: Thumbnails, edge: Callable[[], int], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._thumbnails, self._edge = thumbnails, edge

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        now = theme.current()
        edge = self._edge()
        lines = now.px(18) * 2
        return QSize(edge + now.px(12), edge * 3 // 4 + lines + now.px(18))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        photo: Photo = index.data(Qt.ItemDataRole.UserRole)
        now, edge = theme.current(), self._edge()
        space = now.px(6)
        rect = option.rect  # type: ignore[attr-defined]
        state = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selected"))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), now.px(6), now.px(6))
        frame = QRect(rect.x() + space, rect.y() + space, edge, edge * 3 // 4)
        self._picture(painter, frame, photo)
        line = QRect(frame.x(), frame.bottom() + now.px(4), frame.width(), now.px(18))
        if photo.locked:
            side = now.px(13)
            mark = QRect(line.right() - side, line.y() + (line.height() - side) // 2, side, side)
            icons.paint(painter, mark, "lock", "ink_soft")
        room = line.adjusted(0, 0, -now.px(18) if photo.locked else 0, 0)
        draw(painter, room, photo.week, "ink", theme.font("small", bold=True))
        line.translate(0, now.px(18))
        draw(painter, line, photo.when, "ink_soft", theme.font("small"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("accent"), 2))
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), now.px(6), now.px(6))
        painter.restore()

    def _picture(self, painter: QPainter, frame: QRect, photo: Photo) -> None:
        ratio = painter.device().devicePixelRatio()
        picture = self._thumbnails.get(photo.digest, round(frame.width() * ratio * 4 / 3))
        painter.save()
        path = QPainterPath()
        path.addRoundedRect(frame, theme.current().px(4), theme.current().px(4))
        painter.setClipPath(path)
        painter.fillRect(frame, theme.color("head"))
        if picture is None:
            _mark(painter, frame, "image", "ink_faint")
        elif picture.isNull():
            _mark(painter, frame, "circle-x", "must")
            below = QRect(frame.x(), frame.center().y() + frame.height() // 5, frame.width(), 18)
            font = theme.font("small")
            draw(painter, below, "照片缺失", "must", font, Qt.AlignmentFlag.AlignHCenter)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(frame, picture, _cut(picture, frame))
        painter.restore()


def _mark(painter: QPainter, frame: QRect, icon: str, role: str) -> None:
    side = frame.height() // 4
    middle = frame.center()
    square = QRect(middle.x() - side // 2, middle.y() - side // 2, side, side)
    icons.paint(painter, square, icon, role)


def _cut(picture: QPixmap, frame: QRect) -> QRect:
    """The largest part in the middle of the picture that has the frame's proportions."""
    size = frame.size().scaled(picture.size(), Qt.AspectRatioMode.KeepAspectRatio)
    left, top = (picture.width() - size.width()) // 2, (picture.height() - size.height()) // 2
    return QRect(left, top, size.width(), size.height())
