"""A township's book in which two PCs of the unit filled the same cells differently."""

from __future__ import annotations

import shutil
from pathlib import Path

import msgspec

from desktop.exchange import certificates, own_keys
from desktop.ledger import workspace
from tests.ledger import books

LONG = (
    "1#、2#厂房主体结构已封顶，3#厂房完成基础开挖；本周组织塔吊进场，完成钢筋绑扎约三百二十吨，"
    "室外雨污水管网施工至二号路口。下周计划浇筑3#厂房承台混凝土，并同步开展围墙砌筑。"
)


class Parted(msgspec.Struct, frozen=True):
    """The book with conflicts; ``project`` and ``week`` are the records that stand apart."""

    path: Path
    project: str
    week: str


def with_keys(demonstration: Path, profile: Path) -> None:
    """This test's PC is the one on which the demonstration's books were made."""
    shutil.copytree(demonstration / "profile", profile, dirs_exist_ok=True)


def part(
    path: Path,
    folder: Path,
    period: str = "2023-W10",
    *,
    money: bool = True,
    text: bool = True,
    removal: bool = False,
) -> Parted:
    """Two clerks fill the week's first row apart: the money, what is done (a long text); or the
    second one removes the row."""
    away = folder / "二号机.yzb"
    with workspace.open_book(path, operator="李会计") as book:
        own_keys.own_keys(book)
        week, project = book.connection.execute(
            "SELECT w.record, w.project FROM weekly AS w JOIN project AS p ON p.record = w.project"
            " WHERE w.period = ? AND w.removed = 0 ORDER BY p.code, p.record LIMIT 1",
            (period,),
        ).fetchone()
        books.change(book, "weekly", week, physical_progress=LONG)
    shutil.copyfile(path, away)
    with (
        workspace.open_book(away, profile=folder / "二号机", operator="赵会计") as other,
        workspace.open_book(path, operator="李会计") as book,
    ):
        if money:
            books.change(book, "weekly", week, completed_week=11_200_000)
            books.change(other, "weekly", week, completed_week=10_000_000)
        if text:
            mine = LONG.replace("三百二十吨", "三百五十吨")
            theirs = LONG.replace("二号路口", "三号路口并完成闭水试验")
            books.change(book, "weekly", week, physical_progress=mine)
            books.change(other, "weekly", week, physical_progress=theirs)
        if removal:
            books.change(book, "weekly", week, remark="补充说明")
            books.remove(other, "weekly", week)
        certify(book, other)
        books.send(other, book)
    return Parted(path, project, week)


def certify(book: workspace.Book, other: workspace.Book) -> None:
    """The second PC holds the unit's keys and has its number."""
    mine = own_keys.own_keys(book)
    own_keys.join_unit(other, mine.unit_keys, mine.epoch)
    certificates.keep_certificate(book, own_keys.own_keys(other).certificate)
