"""Who signed the week that was submitted last; the next one begins with the same names."""

from __future__ import annotations

#: Remembered per book on this PC: {"filler": …, "reviewer": …}.
SIGNED = "submit.signed"
