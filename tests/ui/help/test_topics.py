"""The texts of the help: all there, each page has its own, links lead somewhere, search finds."""

from __future__ import annotations

import re

import pytest

from desktop.ui.help import topic_of, topics
from desktop.ui.shell.menu import ASIDE, MENU


def test_contents_and_files_are_the_same() -> None:
    assert sorted(path.stem for path in topics.folder().glob("*.md")) == sorted(topics.ORDER)
    assert len(set(topics.ORDER)) == len(topics.ORDER)


@pytest.mark.parametrize("name", topics.ORDER)
def test_each_text_has_a_title_and_links_that_lead_somewhere(name: str) -> None:
    one = topics.topic(name)
    assert one.text.startswith(f"# {one.title}\n")
    assert len(one.text) > 100
    for target in re.findall(r"\]\(([^)]*)\)", one.text):
        if target.endswith(".md"):
            assert target.removesuffix(".md") in topics.ORDER
        else:
            picture = topics.folder() / target
            assert picture.is_file()
            assert picture.stat().st_size < 60_000
    assert "<!--" not in one.text


def test_every_page_of_the_menu_has_its_text() -> None:
    pages = (*MENU, *ASIDE)
    found = {entry.name: topics.topic(topic_of(entry.name)).title for entry in pages}
    assert found["grid"] == "填报台账"
    assert found["papers"] == "打印周报和台账"
    assert found["week"] == "第一周怎么做"
    unknown = [name for name in found if topic_of(name) == topic_of("") and name != "week"]
    assert unknown == []


def test_an_unknown_name_leads_to_the_beginning() -> None:
    assert topics.topic("no such text").name == topics.ORDER[0]
    assert topic_of("no such page") == topics.ORDER[0]


def test_search_finds_all_words_and_puts_titles_first() -> None:
    hits = topics.search("打印")
    assert hits[0].topic.name == "printing"
    assert len(hits) > 3
    assert all("打印" in hit.topic.text for hit in hits)
    both = topics.search("excel 错行")
    assert [hit.topic.name for hit in both] == ["excel"]
    assert topics.search("EXCEL")[0].topic.name == "excel"
    assert topics.search("   ") == ()
    assert topics.search("没有这样的词语") == ()


def test_a_hit_shows_the_line_around_the_word_without_marks() -> None:
    (hit,) = (hit for hit in topics.search("缩放到 A4") if hit.topic.name == "printing")
    assert "A4" in hit.line
    assert not re.search(r"[*#`\[\]]", hit.line)
    assert len(hit.line) <= 62
