"""大图: the charts over the whole screen, to be read from three metres; Esc leaves."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.reports.charts.forms import BIG, Style
from desktop.ui import theme
from desktop.ui.charts import ChartView
from desktop.ui.figures.drawings import Chart, headline
from desktop.ui.figures.reading import Sheet
from desktop.ui.parts import IconButton, Words

#: The height of a screen in pixels for which the big style is made.
_MADE_FOR = 768
_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_PageDown, Qt.Key.Key_Space, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_PageUp, Qt.Key.Key_Up)


class BigScreen(QWidget):
    """One chart at a time under the figures of the whole; a window of its own."""

    left = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setObjectName("big-screen")
        self.setWindowTitle("大图")
        self.setAutoFillBackground(True)
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self._charts: Sequence[Chart] = ()
        self._number = 0
        self._sheet: Sheet | None = None
        self._where = ""
        self.title = Words("", "figure", bold=True)
        self.caption = Words("", "title", "ink_soft", right=True)
        self.headline = ChartView()
        self.chart = ChartView()
        self.hint = Words("← → 换一张图　　Esc 退出", "big", "ink_soft")
        self.back = IconButton("chevron-left", "上一张图")
        self.forward = IconButton("chevron-right", "下一张图")
        self.leave = IconButton("x", "退出大图")
        self.back.clicked.connect(lambda: self._turn(-1))
        self.forward.clicked.connect(lambda: self._turn(1))
        self.leave.clicked.connect(self.close)
        for button in (self.back, self.forward, self.leave):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        now = theme.current()
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.caption)
        foot = QHBoxLayout()
        foot.addWidget(self.hint, 1)
        for button in (self.back, self.forward, self.leave):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        margin = now.px(32)
        whole.setContentsMargins(margin, now.px(20), margin, now.px(12))
        whole.setSpacing(now.px(14))
        whole.addLayout(top)
        whole.addWidget(self.headline)
        whole.addWidget(self.chart, 1)
        whole.addLayout(foot)

    def show_charts(self, sheet: Sheet, charts: Sequence[Chart], where: str) -> None:
        """Show the charts of ``sheet``; ``where`` names unit and week."""
        self._sheet, self._charts, self._where = sheet, charts, where
        self._number = min(self._number, len(charts) - 1)
        self._draw()

    def style_now(self) -> Style:
        """The big style at the size of this screen."""
        factor = max(self.height() / theme.current().scale / _MADE_FOR, 1.0)
        return msgspec.structs.replace(
            BIG,
            **{name: getattr(BIG, name) * factor for name in BIG.__struct_fields__},
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F11):
            self.close()
        elif event.key() in _FORWARD:
            self._turn(1)
        elif event.key() in _BACK:
            self._turn(-1)
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._draw()

    def _turn(self, by: int) -> None:
        self._number = (self._number + by) % max(len(self._charts), 1)
        self._draw()

    def _draw(self) -> None:
        sheet = self._sheet
        if sheet is None or not self._charts:
            return
        chart, style = self._charts[self._number], self.style_now()
        now = theme.current()
        self.headline.setFixedHeight(round(style.text * 4 * now.scale))
        self.title.set_text(chart.title)
        self.caption.set_text(f"{self._where}　{self._number + 1}/{len(self._charts)}")
        self.headline.show_drawing(lambda width, height: headline(sheet, width, height, style))
        self.chart.show_drawing(chart.at(style))
        self.chart.setAccessibleName(chart.title)
