"""Says once that this PC lacks the unit's keys, and knows the way to get them back."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop.errors import OneLedgerError
from desktop.exchange.key_refusals import KeysMissing
from desktop.ui.desk import Desk
from desktop.ui.exchange.keys_reading import Held, held
from desktop.ui.landing import Landing
from desktop.ui.messages import Remedy

#: That the person was asked for the recovery code, remembered per book on this PC.
ASKED = "keys.asked"


class KeysWatch(QObject):
    """Lives as long as the desk. Filling in goes on without keys; sending asks again by itself."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        desk.messages.known[KeysMissing.__name__] = self._remedies
        desk.read(self, held, self._show, key="held")

    def _show(self, found: Held) -> None:
        if found != "missing":
            self.desk.memory.put(ASKED, None)
        elif not self.desk.memory.get(ASKED):
            self.desk.memory.put(ASKED, True)
            self.desk.warn(KeysMissing(self.desk.facts.unit_name))

    def _remedies(self, _error: OneLedgerError) -> tuple[Remedy, ...]:
        def enter() -> None:
            self.desk.go("settings", Landing(tab="keys"))

        return (Remedy("输入恢复码", enter), Remedy("以后再说", lambda: None))
