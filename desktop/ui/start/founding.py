"""Founding a book: whose it is, under whom, on which day its weeks end; no Qt."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop import paths
from desktop.ledger import scheme as schemes
from desktop.ledger import workspace
from desktop.ledger.definitions import Level, Scheme
from desktop.ui.settings.week_change import with_last_day


class Founding(msgspec.Struct, frozen=True):
    """What a new book is to be; ``under`` names the unit above, "" for none."""

    path: Path
    unit: str
    level: str
    under: str
    last_day: int


def shipped() -> Scheme:
    """The definitions that travel with the program."""
    return schemes.load(paths.scheme_folder("investment"))


def levels(scheme: Scheme, *, reports: bool) -> tuple[Level, ...]:
    """The levels whose units report each week, or the others, as the scheme orders them."""
    return tuple(level for level in scheme.head.level if level.reports == reports)


def found(asked: Founding) -> Path:
    """Make the book and close it; returns its path.

    Raises what :func:`desktop.ledger.workspace.create` raises.
    """
    scheme = shipped()
    if asked.last_day != scheme.week_last_day:
        scheme = with_last_day(scheme, asked.last_day)
    workspace.create(
        asked.path,
        asked.unit,
        asked.level,
        under=asked.under or None,
        scheme=scheme,
        operator=paths.account(),
    ).close()
    return asked.path
