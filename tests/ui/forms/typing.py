"""Typing into a form as a person does: keys, and text from an input method."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ledger.definitions import Field
from desktop.ledger.workspace import Book
from desktop.ui.desk import Desk
from desktop.ui.forms.choosing import Offering
from desktop.ui.forms.field_box import FieldBox
from desktop.ui.forms.form import RecordForm
from tests.ui.conftest import TestDesk, ask, settle

Make = Callable[..., FieldBox]


def say(widget: QWidget, text: str) -> None:
    """Text that comes from an input method, all at once."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def press(widget: QWidget, *keys: Qt.Key, with_: Qt.KeyboardModifier | None = None) -> None:
    """Press keys one after another."""
    for key in keys:
        QTest.keyClick(widget, key, with_ or Qt.KeyboardModifier.NoModifier)


def write(form: RecordForm, name: str, text: str) -> None:
    """Go to a field, replace what stands there by ``text``, and leave it by Tab."""
    form.show_field(name)
    inner = form.boxes[name].editor.inner
    inner.selectAll()
    press(inner, Qt.Key.Key_Delete)
    if text.isascii():
        QTest.keyClicks(inner, text)
    else:
        say(inner, text)
    press(inner, Qt.Key.Key_Tab)


def value(desk: Desk, register: str, record: str, field: str) -> Any:
    """What the book holds."""
    settle(desk)

    def read(book: Book) -> object:
        present = book.present(register, record)
        assert present is not None
        return present.values[field]

    return ask(desk, read)


def entries(desk: Desk) -> int:
    """How many entries the journal has."""
    settle(desk)
    found = ask(desk, lambda book: book.journal.position)
    assert isinstance(found, int)
    return found


def got(box: FieldBox) -> object:
    """The value that was offered, ``...`` when none was."""
    found = box.property("got")
    return found[0] if found else ...


def field(desk: TestDesk, register: str, name: str) -> Field:
    return desk.facts.scheme.register(register).get(name)


def offering(box: FieldBox) -> Offering:
    assert isinstance(box.editor, Offering)
    return box.editor
