"""The theme as Qt takes it: a palette and a style sheet over the Fusion style.

Only what every page shares stands here; what paints itself asks the theme. Fields inside a table
have no frame of their own height, so that they fit into its rows.
"""

from __future__ import annotations

import re
from dataclasses import asdict
from string import Template

from PySide6.QtCore import QDir
from PySide6.QtGui import QColor, QPalette

from desktop.paths import resources
from desktop.ui.measures import Theme

_Role = QPalette.ColorRole
_ROLES = {
    _Role.Window: "ground",
    _Role.WindowText: "ink",
    _Role.Base: "card",
    _Role.AlternateBase: "read_only",
    _Role.Text: "ink",
    _Role.Button: "card",
    _Role.ButtonText: "ink",
    _Role.BrightText: "must",
    _Role.Highlight: "selected",
    _Role.HighlightedText: "ink",
    _Role.ToolTipBase: "ink",
    _Role.ToolTipText: "card",
    _Role.PlaceholderText: "ink_faint",
    _Role.Link: "accent",
    _Role.LinkVisited: "accent",
    _Role.Accent: "accent",
    _Role.Light: "card",
    _Role.Midlight: "head",
    _Role.Mid: "line",
    _Role.Dark: "edge",
    _Role.Shadow: "shade",
}
_FAINT_WHEN_DISABLED = (_Role.WindowText, _Role.Text, _Role.ButtonText, _Role.HighlightedText)


def palette(theme: Theme) -> QPalette:
    """The palette for what Fusion draws by itself."""
    made = QPalette()
    for role, name in _ROLES.items():
        made.setColor(role, QColor(getattr(theme, name)))
    for role in _FAINT_WHEN_DISABLED:
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.ink_faint))
    return made


def sheet(theme: Theme) -> str:
    """The style sheet of the whole program, its lengths at the person's size."""
    QDir.setSearchPaths("widgets", [str(resources() / "icons" / "widgets")])
    colours = {**asdict(theme), "check": "dark" if theme.dark else "white"}
    labels = [f'QLabel[role="{role}"] {{ color: {getattr(theme, role)}; }}' for role in _INKS]
    labels += [
        f'QLabel[type="{size}"] {{ font-size: {getattr(theme, size)}px; }}' for size in _TYPES
    ]
    ring, thick = theme.px(14), theme.px(5)  # Qt draws a square when the radius passes the half
    circle = {"ring": ring, "round": ring // 2 + 1, "thick": thick, "dot": ring + 2 - 2 * thick}
    scaled = _LENGTH.sub(lambda length: f"{theme.px(int(length[1]))}px", _SHEET)
    return Template(scaled).substitute(colours | circle) + "\n".join(labels)


_LENGTH = re.compile(r"\b([3-9]|[1-9]\d+)px")  # lines of one or two pixels stay as they are
_INKS = ("ink", "ink_soft", "ink_faint", "accent", "good", "explain", "must", "late", "on_accent")
_TYPES = ("small", "body", "big", "title")

_BUTTONS = """
QPushButton {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: 6px;
    padding: 0 14px; min-height: 32px; icon-size: 16px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed, QPushButton:checked { background: $selected; }
QPushButton:focus { border: 2px solid $accent; min-height: 30px; padding: 0 13px; }
QPushButton[primary="true"], QPushButton:default {
    background: $accent; color: $on_accent; border-color: $accent;
}
QPushButton[primary="true"]:hover, QPushButton:default:hover {
    background: $accent_over; border-color: $accent_over;
}
QPushButton[primary="true"]:focus, QPushButton:default:focus { border-color: $ink; }
QPushButton::menu-indicator {
    image: url(widgets:down.svg); subcontrol-origin: padding; subcontrol-position: center right;
    width: 14px; height: 14px; right: 8px;
}
QPushButton:disabled, QPushButton[primary="true"]:disabled {
    background: $ground; color: $ink_faint; border-color: $line;
}
QPrintDialog QPushButton { padding: 0 4px; }
QToolButton { border: 2px solid transparent; border-radius: 6px; padding: 4px; icon-size: 18px; }
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:checked { background: $selected; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }
QCheckBox, QRadioButton {
    spacing: 6px; padding: 1px; border: 2px solid transparent; border-radius: 4px;
}
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QAbstractItemView::indicator, QMenu::indicator, QGroupBox::indicator {
    width: 14px; height: 14px; border: 1px solid $edge; border-radius: 3px; background: $card;
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked, QMenu::indicator:checked,
QGroupBox::indicator:checked {
    background: $accent; border-color: $accent; image: url(widgets:check-$check.svg);
}
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $accent_soft; border-color: $accent;
}
QRadioButton::indicator {
    width: ${ring}px; height: ${ring}px; border: 1px solid $edge; border-radius: ${round}px;
    background: $card;
}
QRadioButton::indicator:checked {
    width: ${dot}px; height: ${dot}px; border: ${thick}px solid $accent;
    border-radius: ${round}px;
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: $ground; border-color: $line;
}
"""

_FIELDS = """
QLineEdit, QAbstractSpinBox, QComboBox {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: 6px;
    padding: 0 8px; min-height: 32px; max-height: 32px; placeholder-text-color: $ink_faint;
    selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit, QTextEdit {
    background: $card; color: $ink; border: 1px solid $edge; border-radius: 6px; padding: 4px;
    placeholder-text-color: $ink_faint;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus {
    border: 2px solid $accent; min-height: 30px; max-height: 30px; padding: 0 7px;
}
QPlainTextEdit:focus, QTextEdit:focus { border: 2px solid $accent; }
QLineEdit:read-only, QPlainTextEdit:read-only, QTextEdit:read-only {
    background: $read_only; border-color: $line;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled,
QTextEdit:disabled { background: $read_only; color: $ink_faint; border-color: $line; }
QComboBox { combobox-popup: 0; padding-left: 10px; }
QComboBox:focus { padding-left: 8px; }
QAbstractSpinBox QLineEdit, QComboBox QLineEdit {
    background: transparent; border: none; min-height: 0; padding: 0;
}
QComboBox::drop-down, QDateTimeEdit::drop-down {
    subcontrol-origin: padding; subcontrol-position: center right; width: 24px; border: none;
}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {
    image: url(widgets:down.svg); width: 14px; height: 14px;
}
QComboBox QAbstractItemView {
    background: $card; color: $ink; border: 1px solid $edge; padding: 2px; outline: 0;
    selection-background-color: $selected; selection-color: $ink;
}
QComboBox QAbstractItemView::item { min-height: 28px; padding: 0 6px; }
QSpinBox::up-button, QDoubleSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::down-button { width: 20px; border: none; background: transparent; }
QSpinBox::up-arrow, QDoubleSpinBox::up-arrow {
    image: url(widgets:up.svg); width: 12px; height: 12px;
}
QSpinBox::down-arrow, QDoubleSpinBox::down-arrow {
    image: url(widgets:down.svg); width: 12px; height: 12px;
}
QAbstractItemView QLineEdit, QAbstractItemView QComboBox, QAbstractItemView QAbstractSpinBox,
QAbstractItemView QPlainTextEdit {
    min-height: 0; max-height: 9999px; border: 2px solid $accent; border-radius: 0;
    padding: 0 4px;
}
"""

_TABLES = """
QAbstractItemView {
    background: $card; alternate-background-color: $read_only; color: $ink;
    border: 1px solid $line; gridline-color: $line; outline: 0;
    selection-background-color: $selected; selection-color: $ink;
}
QAbstractItemView:focus { border-color: $accent; }
QTableView::item, QTreeView::item, QListView::item { padding: 4px 6px; }
QTableView::item:selected, QTreeView::item:selected, QListView::item:selected {
    background: $selected; color: $ink;
}
QTableView::item:focus { border: 1px solid $accent; }
QHeaderView {
    background: $head; border: none; qproperty-defaultAlignment: 'AlignLeft | AlignVCenter';
}
QHeaderView::section {
    background: $head; color: $ink_soft; border: none; border-right: 1px solid $line;
    border-bottom: 1px solid $line; padding: 5px 8px;
}
QHeaderView::down-arrow { image: url(widgets:down.svg); width: 12px; height: 12px; }
QHeaderView::up-arrow { image: url(widgets:up.svg); width: 12px; height: 12px; }
QTableCornerButton::section { background: $head; border: none; }
QTreeView::branch:has-children:closed { image: url(widgets:right.svg); }
QTreeView::branch:has-children:open { image: url(widgets:down.svg); }
QTabWidget::pane { background: $card; border: 1px solid $line; border-radius: 4px; top: -1px; }
QTabBar::tab {
    background: $card; color: $ink; border: 1px solid $line; border-bottom: none;
    border-top-left-radius: 6px; border-top-right-radius: 6px;
    padding: 7px 16px; margin-right: 4px;
}
QTabBar::tab:hover { background: $hover; }
QTabBar::tab:selected { background: $accent; color: $on_accent; border-color: $accent; }
QTabBar::tab:selected:focus { border: 2px solid $ink; padding: 6px 14px; }
QTabBar::tab:disabled { color: $ink_faint; }
"""

_AROUND = """
QFrame[part="card"] { background: $card; border: 1px solid $line; border-radius: 8px; }
QMenu { background: $card; color: $ink; border: 1px solid $edge; padding: 4px; icon-size: 16px; }
QMenu::item { padding: 6px 24px 6px 28px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $ink_faint; background: transparent; }
QMenu::icon, QMenu::indicator { left: 8px; }
QMenu::right-arrow { image: url(widgets:right.svg); width: 12px; height: 12px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QToolTip { background: $ink; color: $card; border: none; padding: 4px 6px; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 12px; }
QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $scroll; border-radius: 4px; margin: 2px; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $ink_faint; }
QScrollBar::handle:vertical { min-height: 30px; }
QScrollBar::handle:horizontal { min-width: 30px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget { background: transparent; }
QProgressBar {
    background: $line; color: $ink; border: none; border-radius: 4px; min-height: 8px;
    max-height: 8px; text-align: center;
}
QProgressBar::chunk { background: $accent; border-radius: 4px; }
QGroupBox {
    border: 1px solid $line; border-radius: 6px; margin-top: 10px; padding: 12px 8px 8px 8px;
}
QGroupBox::title { subcontrol-origin: margin; left: 10px; padding: 0 4px; color: $ink_soft; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $head; }
QCalendarWidget QToolButton { color: $ink; padding: 4px 8px; }
QCalendarWidget QToolButton#qt_calendar_prevmonth { qproperty-icon: url(widgets:left.svg); }
QCalendarWidget QToolButton#qt_calendar_nextmonth { qproperty-icon: url(widgets:right.svg); }
QCalendarWidget QAbstractItemView {
    selection-background-color: $accent; selection-color: $on_accent; border: none;
}
"""

_SHEET = _BUTTONS + _FIELDS + _TABLES + _AROUND
