"""What came of giving out: the files that were written, what is to be known, the way to them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QVBoxLayout, QWidget

from desktop.errors import OneLedgerError
from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.fill_ins.reading import Written
from desktop.ui.papers.saving import open_folder
from desktop.ui.parts import Button, Passage

BACK = (
    "发出去，填好收回来以后，把工作簿拖到窗口里（或点“从 Excel 读入”）：程序认得是自己发的，"
    "排过序、插过行、挪过列也对得上，只列出改了的。"
)


class WrittenDialog(QDialog):
    """Says what was written; the folder is opened from here."""

    def __init__(self, desk: Desk, parent: QWidget, written: Written) -> None:
        super().__init__(parent.window())
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("填报模板已写好")
        self._desk, self._written = desk, written
        now = theme.current()
        self.sentence = Passage(f"写好 {len(written.made)} 份填报模板。", "big", "good")
        self.place = Passage(f"在 {written.folder}", role="ink_soft")
        self.place.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.files = QListWidget()
        self.files.setAccessibleName("写好的工作簿")
        self.files.addItems([path.name for _, path in written.made])
        self.files.setMinimumHeight(now.px(160))
        self.remarks = Passage("\n".join(written.remarks), "small", "explain")
        self.remarks.setVisible(bool(written.remarks))
        self.back = Passage(BACK, role="ink_soft")
        self.close_button, self.look = Button("关闭"), Button("打开文件夹", primary=True)
        foot = QHBoxLayout()
        foot.setSpacing(now.gap)
        foot.addStretch(1)
        for button in (self.close_button, self.look):
            foot.addWidget(button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(now.pad, now.gap, now.pad, now.gap)
        whole.setSpacing(now.gap)
        for part in (self.sentence, self.place):
            whole.addWidget(part)
        whole.addWidget(self.files, 1)
        whole.addWidget(self.remarks)
        whole.addWidget(self.back)
        whole.addLayout(foot)
        self.look.setDefault(True)
        self.look.setFocus()
        self.close_button.clicked.connect(self.accept)
        self.look.clicked.connect(self._open)
        self.resize(now.px(560), now.px(460))

    def _open(self) -> None:
        try:
            open_folder(self._written.made[0][1])
        except OneLedgerError as error:  # A stick that was taken out.
            self._desk.warn(error)
        self.accept()
