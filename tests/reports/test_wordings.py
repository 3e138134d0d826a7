"""Mistakes in the words of papers, found where a scheme is taken over."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop import cli
from desktop.ledger import scheme as schemes
from desktop.ledger.definitions import MalformedScheme
from desktop.reports import wordings
from tests.ledger import books
from tests.ledger.books import texts

ROOMS = Path(wordings.__file__).parent


def test_the_shipped_words_are_right() -> None:
    wordings.examine(books.shipped())


def test_every_paper_with_words_is_examined() -> None:
    text = Path(wordings.__file__).read_text("utf-8")
    named = {path.stem for path in ROOMS.glob("*_words.py")}
    assert {name for name in named if f"    {name}." not in text} == set()


@pytest.mark.parametrize(
    ("file", "old", "new", "reason"),
    [
        ("weekly-report.toml", "“全区”", "“全区”", ""),
        ("weekly-report.toml", "黄灯项目{数}个", "黄灯项目{个数}个", "行：没有占位“{个数}”"),
        ("ledgers.toml", '"completed_week"', '"completed_day"', "没有栏目“completed_day”"),
    ],
)
def test_a_mistake_is_refused_with_its_file(file: str, old: str, new: str, reason: str) -> None:
    known = texts()
    assert old in known[file]
    changed = schemes.parse({**known, file: known[file].replace(old, new, 1)})
    if not reason:
        wordings.examine(changed)
        return
    with pytest.raises(MalformedScheme, match=reason) as refused:
        wordings.examine(changed)
    assert refused.value.file == file


def test_no_book_is_founded_by_a_scheme_that_could_not_print(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "scheme"
    for name, text in texts().items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text.replace("第 {期号} 期", "第 {期 期"), "utf-8")
    book = tmp_path / "a.yzb"
    command = ["new", str(book), "--unit", "源汇区", "--scheme", str(folder)]
    with pytest.raises(SystemExit) as left:
        cli.main(command)
    assert left.value.code
    assert "花括号没有成对" in capsys.readouterr().err
    assert not book.exists()
