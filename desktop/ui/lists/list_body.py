"""The grid ready for work on the rows of a list: the grid's own body around another model."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.ui import theme
from desktop.ui.desk import Desk
from desktop.ui.forms import initials
from desktop.ui.grid.blocks import Blocks
from desktop.ui.grid.body import Body
from desktop.ui.grid.find_bar import FindBar
from desktop.ui.grid.searching import Searching
from desktop.ui.grid.view import GridView
from desktop.ui.lists.model import ListModel


class ListBody(Body):
    """Every key of the grid; ``model`` is a :class:`ListModel`."""

    model: ListModel

    def __init__(self, desk: Desk) -> None:
        QWidget.__init__(self)
        self.desk = desk
        self.model = ListModel(desk, self)
        self.view = GridView(
            self, matches=lambda typed, choice: initials.fits(typed)(choice), today=desk.today
        )
        self.view.set_model(self.model)
        self.blocks = Blocks(self.view, self.model)
        self.bar = FindBar()
        self.bar.hide()
        self.searching = Searching(self.bar, self.view, self.model, self)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(theme.current().px(8))
        whole.addWidget(self.view, 1)
        whole.addWidget(self.bar)
        self._connect()
