"""What stands in the place of a grid without rows: why, and the button that changes it."""

from __future__ import annotations

from desktop.ui.grid.contents import Contents
from desktop.ui.parts import Empty

_NARROWED = ("没有符合条件的行", "换一个条件，或者显示全部。", "显示全部")
_NO_PROJECTS = (
    "还没有项目",
    "先把项目录进来，或从 Excel 读入，或到“收发”装入数据包，台账就会按项目一行一行列出。",
    "新增项目",
)
_NOTHING = ("这本台账还没有内容", "", "新增")


class Vacancy(Empty):
    """Seen only where there is no row at all."""

    def __init__(self) -> None:
        super().__init__("", "", _NOTHING[2])
        self.hide()

    def look(self, held: Contents, *, narrowed: bool) -> None:
        """Show or hide; ``narrowed``: a filter may have left all rows out."""
        weekly = held.sheet.weekly
        text, advice, button = _NARROWED if narrowed else _NO_PROJECTS if weekly else _NOTHING
        self.set_text(text, advice)
        if self.button is not None:
            self.button.setText(button)
        self.setVisible(not held.keys)
