"""What takes longer than a second is said on a terminal, and nowhere else."""

from __future__ import annotations

import sys
import threading
from contextlib import nullcontext
from types import ModuleType

import pytest

from desktop.commands import excel, frame, papers


class _Terminal:
    """Standard error of somebody who watches."""

    def __init__(self, *, watched: bool) -> None:
        self.watched, self.said = watched, threading.Event()
        self.text = ""

    def isatty(self) -> bool:
        return self.watched

    def write(self, text: str) -> int:
        self.text += text
        if text.strip():
            self.said.set()
        return len(text)

    def flush(self) -> None:
        """Nothing is held back."""


def terminal(monkeypatch: pytest.MonkeyPatch, *, watched: bool) -> _Terminal:
    found = _Terminal(watched=watched)
    monkeypatch.setattr(sys, "stderr", found)
    return found


def test_a_long_wait_is_said_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "PATIENCE", 0.01)
    here = terminal(monkeypatch, watched=True)
    with frame.waiting("读表"):
        assert here.said.wait(20)
    assert here.text.strip() == "正在读表，请稍候……"


def test_a_short_wait_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "PATIENCE", 60)
    here = terminal(monkeypatch, watched=True)
    with frame.waiting("读表"):
        assert threading.active_count() > 1
    assert here.text == ""
    assert not [one for one in threading.enumerate() if isinstance(one, threading.Timer)]


def test_nobody_watching_is_told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "PATIENCE", 0)
    here = terminal(monkeypatch, watched=False)
    with frame.waiting("读表"):
        assert not [one for one in threading.enumerate() if isinstance(one, threading.Timer)]
    assert here.text == ""


class _Begun(Exception):
    pass


@pytest.mark.parametrize(
    ("room", "words", "title"),
    [
        (excel, ["read-excel", "a.yzb", "b.xlsx"], "读表"),
        (papers, ["report", "a.yzb", "weekly", "-o", "c.pdf"], "生成周调度报告"),
        (papers, ["export", "a.yzb", "weekly", "-o", "c.xlsx"], "导出"),
    ],
)
def test_the_verbs_that_take_long_say_so(
    monkeypatch: pytest.MonkeyPatch, room: ModuleType, words: list[str], title: str
) -> None:
    def begun(said: str) -> None:
        raise _Begun(said)

    monkeypatch.setattr(room, "opened", nullcontext)
    monkeypatch.setattr(room, "waiting", begun)
    verb, *arguments = words
    with pytest.raises(_Begun, match=title):
        getattr(room, verb.replace("-", "_")).main(arguments, standalone_mode=False)
