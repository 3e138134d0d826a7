"""帮助 (F1): clear texts in Chinese, opened at what the person is looking at."""

from __future__ import annotations

from desktop.ui.help.topics import topic_of

__all__ = ["topic_of"]
