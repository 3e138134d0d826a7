"""The unit's PCs, each on a line of 密钥与恢复."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.exchange.keys_reading import Pc
from desktop.ui.parts import Button, Chip, Words


class PcRow(QWidget):
    """One PC of the unit: number, whether it is this one, when it wrote last."""

    def __init__(self, pc: Pc) -> None:
        super().__init__()
        self.pc = pc
        self.revoke = Button("作废……")
        self.setMinimumHeight(theme.current().px(38))
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.current().gap)
        line.addWidget(Words(pc.label, bold=True))
        if pc.here:
            line.addWidget(Chip("本机", "accent"))
        if pc.void:
            line.addWidget(Chip("已作废", "must"))
        never = "还没有填过" if pc.here else "还没有收到它填的"
        last = f"最后一次填报 {pc.last}" if pc.last else never
        line.addWidget(Words(last, role="ink_soft"), 1)
        line.addWidget(self.revoke)
        self.revoke.setVisible(not pc.here and not pc.void)
