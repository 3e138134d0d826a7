"""What differs between two texts: nothing lost, nothing marked that is the same."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.exchange.settling_marks import html, marked, plain

TEXT = st.text(alphabet="厂房主体，封顶。12<&\n", max_size=60)


@given(TEXT, TEXT)
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = marked(before, after)
    assert "".join(text for how, text in pieces if how != "gone") == after
    assert "".join(text for how, text in pieces if how != "new") == before
    assert all(text for _, text in pieces)


@given(TEXT)
def test_equal_texts_have_no_marks(text: str) -> None:
    assert [how for how, _ in marked(text, text)] == (["same"] if text else [])


def test_a_changed_word_is_marked_as_one() -> None:
    assert marked("绑扎约三百二十吨", "绑扎约三百五十吨") == (
        ("same", "绑扎约三百"),
        ("gone", "二"),
        ("new", "五"),
        ("same", "十吨"),
    )


def test_long_texts_are_compared_clause_by_clause() -> None:
    before = "，".join(f"第{number}项完成" for number in range(300))
    after = before.replace("第150项完成", "第150项未完成")
    assert [piece for piece in marked(before, after) if piece[0] != "same"] == [
        ("gone", "第150项完成，"),
        ("new", "第150项未完成，"),
    ]


def test_what_looks_like_a_tag_is_shown_as_typed() -> None:
    said = html((("same", "a<b>\n"), ("new", "<i>"), ("gone", "&")), ("#111", "#eee"), "#999")
    assert "a&lt;b&gt;<br>" in said and "&lt;i&gt;" in said and "&amp;" in said
    assert html(plain("x"), ("#111", "#eee"), "#999") == "x"
