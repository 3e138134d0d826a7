"""What is said where a list shows no rows: why, and the button that changes it."""

from __future__ import annotations

from desktop.ledger.definitions import Register
from desktop.ui.lists.reading import noun_of
from desktop.ui.parts import Empty


class Nothing(Empty):
    """In the place of an empty list; its button shows all rows, or adds the first."""

    def __init__(self) -> None:
        super().__init__("", "", "新增")

    def say(self, register: Register, *, narrowed: bool, addable: bool) -> None:
        """Say it of this list; ``narrowed``: rows were left out, ``addable``: this book makes
        items."""
        noun = noun_of(register)
        if narrowed:
            self.set_text(f"没有符合条件的{noun}", "换一个条件，或者显示全部。")
        else:
            about = f"“{register.title}”中的每一条都列在这里，快到期和逾期的排在前面。"
            self.set_text(f"还没有{noun}", about)
        if self.button is not None:
            self.button.setText("显示全部" if narrowed else f"新增{noun}")
            self.button.setVisible(narrowed or addable)

    def say_no_lists(self) -> None:
        """The scheme has no list at all."""
        self.set_text("方案中没有清单", "本账本的方案没有清单类的册。")
        if self.button is not None:
            self.button.hide()
