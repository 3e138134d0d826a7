"""The side bar: the program's name and the menu with its badges, by mouse and by arrows."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.ui import icons, theme
from desktop.ui.shell.menu import MENU

WIDTH, LINE, TOP = 156, 42, 52


class Sidebar(QWidget):
    """One focus for the whole menu: arrows move, Enter or Space chooses, a click too."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.current = MENU[0].name
        self._badges: Mapping[str, int] = {}
        self._hover = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("菜单")
        theme.notifier.changed.connect(self._restyle)

    def sizeHint(self) -> QSize:
        """As wide as the type needs."""
        return QSize(theme.current().px(WIDTH), 400)

    def show_current(self, name: str) -> None:
        """Mark the page that is shown."""
        self.current = name
        title = next((one.title for one in MENU if one.name == name), "")
        self.setAccessibleDescription(title)
        self.update()

    def show_badges(self, badges: Mapping[str, int]) -> None:
        """How many things of each page ask for attention."""
        self._badges = dict(badges)
        self.update()

    def line(self, index: int) -> QRect:
        """Where an entry stands."""
        look = theme.current()
        height = look.px(LINE)
        return QRect(0, look.px(TOP) + index * height, self.width(), height)

    # Events ----------------------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what would be chosen."""
        self._hover = self._at(event.position().toPoint().y())
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if self._hover >= 0 else Qt.CursorShape.ArrowCursor
        )
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is pointed at."""
        self._hover = -1
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Tips with a number do not outlive the pointer."""
        QToolTip.hideText()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose by mouse."""
        index = self._at(event.position().toPoint().y())
        if event.button() == Qt.MouseButton.LeftButton and index >= 0:
            self.chosen.emit(MENU[index].name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by key."""
        at = self._chosen()
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if event.key() in moves:
            self.chosen.emit(MENU[(at + moves[Qt.Key(event.key())]) % len(MENU)].name)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right):
            self.focusNextChild()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it all."""
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.color("side"))
        painter.setPen(theme.color("side_ink"))
        painter.setFont(theme.font("big", bold=True))
        title = QRect(0, 0, self.width(), look.px(TOP))
        painter.drawText(title.adjusted(look.pad, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, "一本账")
        for index in range(len(MENU)):
            self._paint_line(painter, index)
        if self.hasFocus():
            painter.setPen(theme.color("side_mark"))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            at = self._chosen()
            painter.drawRect(self.line(at).adjusted(1, 1, -2, -2))

    def _paint_line(self, painter: QPainter, index: int) -> None:
        look, entry, line = theme.current(), MENU[index], self.line(index)
        chosen = entry.name == self.current
        if chosen or index == self._hover:
            painter.fillRect(line, theme.color("side_chosen"))
        if chosen:
            painter.fillRect(QRect(0, line.y(), 3, line.height()), theme.color("side_mark"))
        role = "side_ink"
        size = look.px(16)
        mark = QRect(look.pad, line.y() + (line.height() - size) // 2, size, size)
        icons.icon(entry.icon, role).paint(painter, mark)
        painter.setPen(theme.color(role))
        painter.setFont(theme.font(bold=chosen))
        text = line.adjusted(look.pad + size + 10, 0, -6, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, entry.title)
        count = self._badges.get(entry.name, 0)
        if count:
            self._paint_badge(painter, line, "99+" if count > 99 else str(count))

    def _paint_badge(self, painter: QPainter, line: QRect, text: str) -> None:
        look = theme.current()
        painter.setFont(theme.font("small", bold=True))
        height = look.px(18)
        width = max(height, painter.fontMetrics().horizontalAdvance(text) + 10)
        badge = QRect(line.right() - width - 10, line.center().y() - height // 2 + 1, width, height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("badge"))
        painter.drawRoundedRect(badge, height / 2, height / 2)
        painter.setPen(theme.color("on_badge"))
        painter.drawText(badge, Qt.AlignmentFlag.AlignCenter, text)

    def _chosen(self) -> int:
        """The line of the page that is shown; the first where it has none."""
        return next((i for i, one in enumerate(MENU) if one.name == self.current), 0)

    def _at(self, y: int) -> int:
        return next((i for i in range(len(MENU)) if self.line(i).contains(1, y)), -1)

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()
