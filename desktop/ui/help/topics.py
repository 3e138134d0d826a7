"""The texts of the help: which there are, which one belongs to a page, where a word stands.

Each is a Markdown file in ``resources/help``; its first line is its title. No Qt here.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import msgspec

from desktop.paths import resources
from desktop.ui.help import shortcuts

#: The texts in the order of the contents.
ORDER = (
    "first-week",
    "filling",
    "checks",
    "excel",
    "reading-in",
    "fill-in",
    "forms",
    "projects",
    "lists",
    "printing",
    "letters",
    "submitting",
    "exchange",
    "settling",
    "keys",
    "figures",
    "district",
    "backups",
    "trouble",
    "settings",
    "shortcuts",
    "news",
    "licences",
)
_OF_PAGE = {
    "week": "first-week",
    "project": "projects",
    "lists": "lists",
    "grid": "filling",
    "papers": "printing",
    "supervision": "lists",
    "figures": "figures",
    "exchange": "exchange",
    "settings": "settings",
    "reading-in": "reading-in",
    "department-forms": "forms",
}
#: Where the one table of shortcuts goes into the text.
_SHORTCUTS = "<!-- shortcuts -->"
_MARKS = re.compile(r"[*_`#>|]|\[([^\]]*)\]\([^)]*\)|!\[[^\]]*\]\([^)]*\)|<!--.*?-->")


class Topic(msgspec.Struct, frozen=True):
    """One text: its file's name without ending, its title, its Markdown."""

    name: str
    title: str
    text: str


class Hit(msgspec.Struct, frozen=True):
    """Where searched words stand: the text, and the line around the first of them."""

    topic: Topic
    line: str


def folder() -> Path:
    """Where the texts and their pictures lie."""
    return resources() / "help"


@cache
def topics() -> tuple[Topic, ...]:
    """All texts in their order."""
    return tuple(_read(name) for name in ORDER)


def topic(name: str) -> Topic:
    """The text called ``name``; the first one where there is none."""
    return next((one for one in topics() if one.name == name), topics()[0])


def topic_of(page: str) -> str:
    """The name of the text that belongs to a page of the window."""
    return _OF_PAGE.get(page, ORDER[0])


def search(words: str) -> tuple[Hit, ...]:
    """The texts in which all the words stand, those with one in the title first."""
    wanted = words.casefold().split()
    if not wanted:
        return ()
    found = []
    for one in topics():
        plain = _plain(one.text)
        if all(word in plain.casefold() for word in wanted):
            titled = any(word in one.title.casefold() for word in wanted)
            found.append((not titled, Hit(one, _line(plain, wanted))))
    return tuple(hit for _, hit in sorted(found, key=lambda pair: pair[0]))


def _read(name: str) -> Topic:
    text = (folder() / f"{name}.md").read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("#").strip()
    return Topic(name, title, text.replace(_SHORTCUTS, shortcuts.as_markdown()))


def _line(plain: str, wanted: list[str]) -> str:
    """The first line with one of the words that is no title, cut to its surroundings."""
    lines = [line.strip() for line in plain.splitlines()[1:] if line.strip()]
    best = next((line for line in lines if any(word in line.casefold() for word in wanted)), "")
    at = min((best.casefold().find(word) for word in wanted if word in best.casefold()), default=0)
    return ("…" if at > 12 else "") + best[max(at - 12, 0) : at + 48]


def _plain(text: str) -> str:
    """Markdown without its marks."""
    return _MARKS.sub(lambda found: found[1] or "", text)
