"""The menu: the pages in the order of a week's work, each room imported when first shown."""

from __future__ import annotations

import importlib
import threading
from dataclasses import dataclass

from desktop.ui.desk import Desk
from desktop.ui.page import Page


@dataclass(frozen=True)
class Entry:
    """One line of the menu: the page's name and title, its icon, the room and class behind it."""

    name: str
    title: str
    icon: str
    room: str
    kind: str

    def make(self, desk: Desk) -> Page:
        """The page itself."""
        page = getattr(importlib.import_module(self.room), self.kind)(desk)
        assert isinstance(page, Page)
        return page


#: An entry stands here when what is behind it works.
MENU = (
    Entry("week", "本周工作", "home", "desktop.ui.week.page", "WeekPage"),
    Entry("project", "项目", "folder", "desktop.ui.project.page", "ProjectPage"),
    Entry("lists", "清单", "list-checks", "desktop.ui.lists.page", "ListsPage"),
    Entry("grid", "台账", "table", "desktop.ui.grid.page", "GridPage"),
    Entry("papers", "调度与报表", "printer", "desktop.ui.papers.page", "PapersPage"),
    Entry("supervision", "督办", "flag", "desktop.ui.supervision.page", "SupervisionPage"),
    Entry("figures", "指标与图", "bar-chart", "desktop.ui.figures.page", "FiguresPage"),
    Entry("exchange", "收发", "arrow-left-right", "desktop.ui.exchange.page", "ExchangePage"),
    Entry("settings", "设置", "settings", "desktop.ui.settings.page", "SettingsPage"),
)

#: Pages that one is sent to from other pages; they have no line in the menu.
ASIDE = (
    Entry("reading-in", "从 Excel 读入", "sheet", "desktop.ui.reading_in.page", "ReadingInPage"),
    Entry("department-forms", "部门表样", "sheet", "desktop.ui.department_forms.page", "FormsPage"),
)


def prepare() -> threading.Thread:
    """Import the rooms of the pages ahead of their first showing, beside the window's thread."""

    def run() -> None:
        for one in (*MENU, *ASIDE):
            importlib.import_module(one.room)

    thread = threading.Thread(target=run, name="prepare", daemon=True)
    thread.start()
    return thread


def entry(name: str) -> Entry:
    """The entry called ``name``; the first one where there is none (an older program's memory)."""
    return next((one for one in (*MENU, *ASIDE) if one.name == name), MENU[0])
