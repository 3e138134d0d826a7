"""Below the pages: which page it is and how large, with the mouse or by typing a number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from desktop.ui import theme
from desktop.ui.papers.preview import Preview
from desktop.ui.papers.stack import FULL, STEPS, Zoom, stepped
from desktop.ui.parts import IconButton

_FITS: tuple[tuple[Zoom, str], ...] = (("width", "适合宽度"), ("page", "整页"))


class PageBar(QWidget):
    """Moves a :class:`~desktop.ui.papers.preview.Preview` and shows where it is."""

    def __init__(self, preview: Preview) -> None:
        super().__init__()
        self._preview = preview
        self.before = IconButton("chevron-left", "上一页（Ctrl+PgUp）")
        self.number, self.count = QSpinBox(), QLabel()
        self.after = IconButton("chevron-right", "下一页（Ctrl+PgDn）")
        self.smaller = IconButton("zoom-out", "缩小（Ctrl+-）")
        self.zoom = QComboBox()
        self.larger = IconButton("zoom-in", "放大（Ctrl++）")
        self._arrange()
        self._measure()
        theme.notifier.changed.connect(self._measure)
        self.show_state()

    def show_state(self) -> None:
        """Show page, pages and zoom as they are now."""
        document, preview = self._preview.document, self._preview
        count = len(document) if document else 0
        self.number.blockSignals(True)
        self.number.setRange(1, max(count, 1))
        self.number.setValue(preview.page + 1)
        self.number.blockSignals(False)
        self.count.setText(f"/ {count} 页")
        self.before.setEnabled(preview.page > 0)
        self.after.setEnabled(preview.page + 1 < count)
        for widget in (self.number, self.zoom, self.smaller, self.larger):
            widget.setEnabled(count > 0)
        at = self.zoom.findData(preview.zoom)
        if at < 0:
            at = self.zoom.count() - 1
            self.zoom.setItemText(at, f"{round(preview.scale / FULL * 100)}%")
        self.zoom.setCurrentIndex(at)

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.current().px(6))
        self.number.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.number.setKeyboardTracking(False)
        self.number.setAccessibleName("页码")
        self.zoom.setAccessibleName("显示比例")
        for fit, words in _FITS:
            self.zoom.addItem(words, fit)
        for step in STEPS:
            self.zoom.addItem(f"{step:.0%}", step * FULL)
        self.zoom.addItem("", None)  # a size between the steps
        pages: tuple[QWidget, ...] = (self.before, self.number, self.count, self.after)
        sizes: tuple[QWidget, ...] = (self.smaller, self.zoom, self.larger)
        for widget in pages:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in sizes:
            row.addWidget(widget)
        preview = self._preview
        self.before.clicked.connect(lambda: preview.go_to(preview.page - 1))
        self.after.clicked.connect(lambda: preview.go_to(preview.page + 1))
        self.number.valueChanged.connect(lambda number: preview.go_to(number - 1))
        self.smaller.clicked.connect(lambda: preview.set_zoom(stepped(preview.scale, -1)))
        self.larger.clicked.connect(lambda: preview.set_zoom(stepped(preview.scale, 1)))
        self.zoom.activated.connect(self._chosen)
        preview.page_changed.connect(self.show_state)
        preview.zoom_changed.connect(self.show_state)

    def _measure(self) -> None:
        self.number.setFixedWidth(theme.current().px(56))

    def _chosen(self) -> None:
        zoom = self.zoom.currentData()
        if zoom is not None:
            self._preview.set_zoom(zoom)
        self._preview.setFocus(Qt.FocusReason.OtherFocusReason)
