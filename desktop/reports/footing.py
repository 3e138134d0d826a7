"""What the small line at the foot of a sheet says: which book, period and code it is from."""

from __future__ import annotations

from desktop.reports.content import Footer
from desktop.reports.prose import clean


def footer_text(footer: Footer) -> str:
    """Which book and period a sheet belongs to."""
    parts = [f"账本：{footer.book}", f"期次：{footer.period}" if footer.period else ""]
    return "　".join(clean(part) for part in parts if part)


def code_text(footer: Footer) -> str:
    """The paper's code, "" where it has none."""
    return f"校验码：{clean(footer.code)}" if footer.code else ""


def origin(footer: Footer) -> str:
    """Book, period and code in one line, where pages are counted by another program."""
    return "　".join(filter(None, (footer_text(footer), code_text(footer))))


def page_text(number: int, pages: int) -> str:
    """Page x of y."""
    return f"第 {number} 页 共 {pages} 页"
