"""Packages with which a book begins: a district's first task package, a township's share."""

from __future__ import annotations

from pathlib import Path

import msgspec

from desktop.exchange import opening, sending
from desktop.ledger import workspace


class Parcel(msgspec.Struct, frozen=True):
    """A package and what opens it."""

    path: Path
    secret: str


def first_task(folder: Path, unit: str = "空冢郭镇") -> Parcel:
    """What a district hands down to a unit that it never spoke to."""
    return first_tasks(folder, 1, unit)[0]


def first_tasks(folder: Path, count: int, unit: str = "空冢郭镇") -> tuple[Parcel, ...]:
    """``count`` first packages for one unit, handed down one after another."""
    profile = folder / "district-profile"
    with workspace.create(folder / "源汇区.yzb", "源汇区", "district", profile=profile) as book:
        with book.batch("create") as batch:
            values = {"name": unit, "level": "township", "above": book.unit}
            record = batch.create("unit", values)
            batch.create("project", {"name": "装备制造产业园", "unit": record})
        handed = [sending.hand_down(book, folder / "stick") for _ in range(count)]
    return tuple(Parcel(one.path, one.passphrase) for some in handed for one in some.written)


def second_pc(folder: Path, unit: str = "空冢郭镇") -> Parcel:
    """What the unit's first PC writes for its second one."""
    parcel = first_task(folder, unit)
    profile = folder / "first-pc"
    made = opening.open_package(parcel.path, parcel.secret, folder / "first.yzb", profile=profile)
    with made.book as book:
        path = sending.share(book, folder / "share").path
    return Parcel(path, made.recovery)
