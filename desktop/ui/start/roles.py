"""The dialog of the demonstration: as whom does one want to look at it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.parts import Button
from desktop.ui.start.choices import Choice


class RolesDialog(QDialog):
    """``chosen`` gives the role and whether the demonstration is to be made anew."""

    chosen = Signal(str, bool)

    def __init__(self, parent: QWidget, *, there: bool) -> None:
        super().__init__(parent)
        now = theme.current()
        self.setWindowTitle("看演示")
        told = QLabel(
            "一个演示区、六个乡镇、七十二个项目、十周台账。全部是演示数据，投资、进度、人员、电话均为虚构；"
            "可以随便填、随便改。"
        )
        told.setWordWrap(True)
        self.township = Choice("pencil", "乡镇填报员", "填报、审核、打印周报、上报", primary=True)
        self.district = Choice("building", "区级汇总员", "看谁报了、谁没报，接收、退回、出调度报告")
        self.again = Button("重新生成（在演示里改过的会丢掉）", icon="refresh")
        self.again.setCheckable(True)
        self.again.setVisible(there)
        self.stay = Button("取消")
        whole, foot = QVBoxLayout(self), QHBoxLayout()
        whole.setContentsMargins(now.pad, now.pad, now.pad, now.pad)
        whole.setSpacing(now.gap)
        whole.addWidget(told)
        whole.addWidget(self.township)
        whole.addWidget(self.district)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(self.stay)
        whole.addLayout(foot)
        self.setMinimumWidth(now.px(480))
        for button in (self.again, self.stay):
            button.setAutoDefault(False)
        self.township.clicked.connect(lambda: self._choose("township"))
        self.district.clicked.connect(lambda: self._choose("district"))
        self.stay.clicked.connect(self.reject)
        self.township.setFocus()

    def _choose(self, role: str) -> None:
        again = self.again.isChecked()
        self.accept()
        self.chosen.emit(role, again)
