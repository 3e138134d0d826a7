"""What lies in quarantine beside the book as a table, with its reasons; no Qt."""

from __future__ import annotations

import re

from desktop.exchange.quarantine import Refused
from desktop.ui.grid.cells import Cell, Column
from desktop.ui.project.reading import Table

COLUMNS = (
    Column("when", "时间", kind="date"),
    Column("source", "来源", kind="text", width=300),
    Column("reason", "原因", kind="long_text", width=420),
)


def table(found: tuple[Refused, ...]) -> Table:
    """The refused packages, one a row."""
    rows = tuple(
        (
            Cell(one.when[:16]),
            Cell(re.split(r"[\\/]", one.source)[-1]),
            Cell(one.reason, tone="must"),
        )
        for one in found
    )
    return Table(COLUMNS, rows, tuple(str(one.note) for one in found))
