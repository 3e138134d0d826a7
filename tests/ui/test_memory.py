"""What this PC remembers: two windows at once, values that no file takes."""

from __future__ import annotations

from pathlib import Path

from desktop.ui.memory import Memory


def test_two_windows_do_not_overwrite_what_the_other_changed(tmp_path: Path) -> None:
    path = tmp_path / "pc.json"
    first, second = Memory(path), Memory(path)
    first.put("dark", True)
    first.save()
    second.put("scale", 1.15)
    second.save()
    first.put("geometry", "AA==")
    first.save()
    kept = Memory(path)
    assert [kept.get(key) for key in ("dark", "scale", "geometry")] == [True, 1.15, "AA=="]
    assert first.get("scale") == 1.15


def test_a_path_that_is_no_text_does_not_get_in_the_way(tmp_path: Path) -> None:
    kept = Memory(tmp_path / "pc.json")
    kept.put("recent", ["\udc80.yzb"])
    kept.save()
    assert kept.get("recent") == ["\udc80.yzb"]
    kept.put("recent", [])
    kept.save()
    assert Memory(tmp_path / "pc.json").get("recent") == []
