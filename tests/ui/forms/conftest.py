"""A field in a window of its own."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop.ledger.definitions import Field
from desktop.ui.forms.field_box import FieldBox
from desktop.ui.forms.reading import FieldValue
from tests.ui.conftest import TestDesk
from tests.ui.forms.typing import Make


@pytest.fixture
def field_box(desk: TestDesk) -> Make:
    """Make a field's box in a shown window, with another field after it to go to."""
    windows: list[QWidget] = []  # Python lets go of what nobody holds

    def make(field: Field, stored: object = None, text: str = "", locked: str = "") -> FieldBox:
        window = QWidget()
        windows.append(window)
        room = QVBoxLayout(window)
        box = FieldBox(desk, field)
        after = FieldBox(desk, Field(name="after", title="后面", type="text"))
        room.addWidget(box)
        room.addWidget(after)
        room.addStretch(1)
        window.resize(480, 480)
        window.show()
        window.activateWindow()
        QApplication.processEvents()
        box.show_value(FieldValue(stored, text, locked))
        box.setFocus()
        box.changed.connect(lambda _name, value: box.setProperty("got", [value]))
        return box

    return make
