"""The page 设置: sections on a list, one of them shown, each made when it is first seen."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.ui import icons, theme
from desktop.ui.desk import Desk
from desktop.ui.page import Landing, Page
from desktop.ui.parts import Card
from desktop.ui.settings.about import AboutSection, NewsSection
from desktop.ui.settings.appearance import AppearanceSection
from desktop.ui.settings.backing_up import BackupSection
from desktop.ui.settings.checking import CheckSection
from desktop.ui.settings.fonts import FontsSection
from desktop.ui.settings.headings import HeadingsSection
from desktop.ui.settings.keys import KeysSection
from desktop.ui.settings.people import PeopleSection
from desktop.ui.settings.section import Section
from desktop.ui.settings.week_day import WeekDaySection

#: A section stands here when what is behind it works.
SECTIONS: tuple[type[Section], ...] = (
    PeopleSection,
    WeekDaySection,
    AppearanceSection,
    FontsSection,
    BackupSection,
    KeysSection,
    HeadingsSection,
    CheckSection,
    AboutSection,
    NewsSection,
)


class SettingsPage(Page):
    """Landing's ``tab`` is a section's name: people, week, look, fonts, backups, keys …"""

    name = "settings"
    title = "设置"
    icon = "settings"
    weekly = True
    hints = "↑↓ 换一项　Tab 进到右边"

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.sections: dict[str, Section] = {}
        self.side, self.list, self.stack = Card(), QListWidget(), QStackedWidget()
        self._wanted = SECTIONS[0].name
        self._arrange()

    @property
    def current(self) -> Section | None:
        """The section that is shown."""
        return self.sections.get(self._wanted)

    def refresh(self) -> None:
        """Show the wanted section as things are now."""
        self.show_section(self._wanted)

    def show_section(self, name: str) -> None:
        """Show a section; the first one where there is none of this name."""
        kind = next((one for one in SECTIONS if one.name == name), SECTIONS[0])
        if self.current is not None and kind.name != self._wanted:
            self.current.finish()
        self._wanted = kind.name
        section = self.sections.get(kind.name) or self._made(kind)
        self.stack.setCurrentIndex(list(self.sections).index(kind.name))
        self.list.blockSignals(True)
        self.list.setCurrentRow(SECTIONS.index(kind))
        self.list.blockSignals(False)
        section.refresh()

    def land(self, landing: Landing) -> None:
        if landing.tab:
            self.show_section(landing.tab)

    def place(self) -> dict[str, str]:
        return {"section": self._wanted}

    def return_to(self, place: dict[str, str]) -> None:
        self._wanted = place.get("section") or SECTIONS[0].name

    def leave(self) -> bool:
        """What is being typed is taken."""
        if self.current is not None:
            self.current.finish()
        return True

    def may_end(self) -> bool:
        """A section may hold what is shown once only, whichever page is seen now."""
        return all(section.may_end() for section in self.sections.values())

    def _made(self, kind: type[Section]) -> Section:
        section = kind(self.desk)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        inner = QWidget()
        inner.setObjectName("page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, theme.current().gap, 0)
        column.addWidget(section)
        area.setWidget(inner)
        self.sections[kind.name] = section
        self.stack.addWidget(area)
        return section

    def _arrange(self) -> None:
        now = theme.current()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setStyleSheet("QListWidget { border: none; }")  # it stands in a card
        self.list.setAccessibleName("设置")
        for kind in SECTIONS:
            QListWidgetItem(icons.icon(kind.icon, "ink_soft"), kind.title, self.list)
        self.list.currentRowChanged.connect(lambda at: self.show_section(SECTIONS[at].name))
        whole = QHBoxLayout(self)
        whole.setContentsMargins(now.pad, now.pad, now.pad - now.gap, now.gap)
        whole.setSpacing(now.gap)
        self.side.body.addWidget(self.list)
        whole.addWidget(self.side, 0, Qt.AlignmentFlag.AlignTop)
        whole.addWidget(self.stack, 1)
        self.setFocusProxy(self.list)
        self._measure()
        theme.notifier.changed.connect(self._measure)

    def _measure(self) -> None:
        now = theme.current()
        self.list.setIconSize(QSize(now.mark, now.mark))
        for at in range(self.list.count()):
            self.list.item(at).setSizeHint(QSize(0, now.px(38)))
        self.list.setFixedHeight(now.px(38) * len(SECTIONS) + 2)
        self.side.setFixedWidth(now.px(200))
