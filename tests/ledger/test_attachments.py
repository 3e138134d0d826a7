"""Photos and attachments: held once, named by digest, found out when lost or altered."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop import cli
from desktop.ledger import attachments, backups, correspondence, undo, verify, workspace
from desktop.ledger import scheme as schemes
from desktop.ledger.attachments import LARGEST, PHOTO, Lost, NotAllowed, TooLarge
from desktop.ledger.definitions import MalformedScheme
from desktop.ledger.format import FORMAT
from desktop.ledger.values import WrongValue
from desktop.ledger.workspace import Book
from tests.ledger import books
from tests.ledger.books import (
    WEEK,
    clean,
    found,
    project,
    remove,
    reopened,
    spoil,
    texts,
    value,
    week,
)

JPEG = b"\xff\xd8\xff\xe0" + b"site" * 50 + b"\xff\xd9"
OTHER = b"\xff\xd8\xff\xe1" + b"crane" * 50 + b"\xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n" + b"plan" * 20
PDF = b"%PDF-1.7\n" + b"permit" * 20


def digest_of(content: bytes) -> str:
    return sha256(content).hexdigest()


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    """A book of one project with one week."""
    with found(tmp_path / "账本.yzb") as made:
        week(made, project(made))
        yield made


def row(book: Book) -> str:
    return str(book.rows("weekly")[0]["record"])


def photograph(book: Book, *contents: bytes) -> tuple[str, ...]:
    """Add photos to the week, as one act."""
    with book.batch("photo") as batch:
        added = tuple(attachments.put(book, one, "现场.jpg", PHOTO) for one in contents)
        before = attachments.digests(value(book, "weekly", row(book), "photos"))
        batch.change("weekly", row(book), {"photos": [*before, *added]})
    return added


# Held --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "media"),
    [(JPEG, "image/jpeg"), (PNG, "image/png"), (PDF, "application/pdf")],
)
def test_a_content_comes_back_as_it_was(book: Book, content: bytes, media: str) -> None:
    digest = attachments.put(book, content, "施工许可证.jpg")
    assert digest == digest_of(content)
    kept = attachments.get(book, digest)
    assert (kept.digest, kept.media, kept.name, kept.content) == (
        digest,
        media,
        "施工许可证.jpg",
        content,
    )
    assert attachments.held(book) == {digest}
    assert book.select("SELECT size FROM attachment") == [{"size": len(content)}]


def test_the_same_content_is_held_once_and_the_journal_says_nothing(book: Book) -> None:
    before = book.journal.head
    first = attachments.put(book, JPEG, "一.jpg")
    assert attachments.put(book, JPEG, "二.jpg") == first
    assert attachments.put(book, OTHER, "三.jpg") != first
    assert len(attachments.held(book)) == 2
    assert attachments.get(book, first).name == "一.jpg"
    assert book.journal.head == before


@given(content=st.binary(max_size=200))
def test_the_first_bytes_decide(content: bytes) -> None:
    kinds = {b"\xff\xd8\xff": "image/jpeg", b"%PDF-": "application/pdf"}
    for mark, media in kinds.items():
        assert attachments.media_of(mark + content) == media
    if not content.startswith((*kinds, b"\x89PNG")):
        assert attachments.media_of(content) is None


@pytest.mark.parametrize(
    ("content", "media", "said"),
    [
        (PDF, PHOTO, "这里只能放JPEG 图片、PNG 图片"),
        (b"GIF89a" + JPEG, attachments.ATTACHMENT, "这里只能放JPEG 图片、PNG 图片、PDF 文件"),
        (b"MZ\x90\x00", attachments.ATTACHMENT, "PDF 文件"),
        (b"", attachments.ATTACHMENT, "PDF 文件"),
    ],
)
def test_other_kinds_are_refused_by_content(
    book: Book, content: bytes, media: frozenset[str], said: str
) -> None:
    with pytest.raises(NotAllowed) as refused:
        attachments.put(book, content, "现场.jpg", media)
    assert said in refused.value.sentence
    assert "现场.jpg" in refused.value.sentence
    assert attachments.held(book) == frozenset()


def test_the_limit_is_twenty_megabytes(book: Book) -> None:
    largest = JPEG + bytes(LARGEST - len(JPEG))
    assert len(largest) == 20 * 1024 * 1024
    attachments.put(book, largest, "全景.jpg")
    with pytest.raises(TooLarge, match=r"“全景.jpg”有 20.0 MB，超过每件 20 MB"):
        attachments.put(book, largest + b"\0", "全景.jpg")
    assert len(attachments.held(book)) == 1


def test_names_are_short_and_plain(book: Book) -> None:
    named = attachments.get(book, attachments.put(book, JPEG, "\x00桥\n墩\ud800.jpg "))
    assert named.name == "桥墩.jpg"
    assert attachments.get(book, attachments.put(book, OTHER, "")).name == "未命名"
    assert len(attachments.get(book, attachments.put(book, PNG, "长" * 500)).name) == 120


def test_a_content_stands_or_falls_with_the_act_that_names_it(book: Book) -> None:
    before = book.journal.head
    with pytest.raises(WrongValue), book.batch("photo") as batch:
        digest = attachments.put(book, JPEG, "现场.jpg")
        batch.change("weekly", row(book), {"photos": [digest], "completed_week": "多"})
    assert attachments.held(book) == frozenset()
    assert book.journal.head == before
    assert clean(book)


def test_a_photo_is_never_typed(book: Book) -> None:
    for text in ("现场.jpg", "3张", JPEG.hex()[:64].upper()):
        with pytest.raises(WrongValue, match="不能打字填写"), book.batch("change") as batch:
            batch.change("weekly", row(book), {"photos": [text]})


# Named -------------------------------------------------------------------------------------------


def test_a_photo_lasts_through_undo_redo_and_reopening(book: Book) -> None:
    first, second = photograph(book, JPEG, OTHER)
    stored = value(book, "weekly", row(book), "photos")
    assert stored == f'["{first}","{second}"]'
    undo.undo(book)
    assert value(book, "weekly", row(book), "photos") is None
    assert attachments.held(book) == {first, second}
    assert clean(book)
    undo.redo(book)
    assert value(book, "weekly", row(book), "photos") == stored
    with reopened(book) as again:
        assert attachments.get(again, second).content == OTHER
        assert clean(again)


def test_where_a_content_is_named(book: Book) -> None:
    (first,) = photograph(book, JPEG)
    present = book.present("weekly", row(book))
    assert present is not None
    assert list(attachments.uses(book)) == [
        attachments.Use(first, "weekly", row(book), "photos", present.heads[0])
    ]
    remove(book, "weekly", row(book))
    assert list(attachments.uses(book)) == []
    assert attachments.held(book) == {first}


def test_what_is_named_and_not_held_is_missing(book: Book) -> None:
    (first,) = photograph(book, JPEG)
    assert attachments.missing(book) == frozenset()
    with book.batch("change") as batch:  # As when the record came ahead of its photo.
        batch.change("weekly", row(book), {"photos": [first, digest_of(OTHER)]})
    assert attachments.missing(book) == {digest_of(OTHER)}
    with pytest.raises(Lost, match=digest_of(OTHER)[:8]):
        attachments.get(book, digest_of(OTHER))
    attachments.put(book, OTHER, "现场.jpg")
    assert attachments.missing(book) == frozenset()
    assert clean(book)


@pytest.mark.parametrize("stored", [None, "", "3张", "{}", "[1]", '["a"]', "null"])
def test_a_spoilt_value_names_nothing(stored: str | None) -> None:
    assert attachments.digests(stored) == ()


# Verified ----------------------------------------------------------------------------------------


def spoilt(book: Book, *statements: str) -> Book:
    """The book after somebody was at it with another tool."""
    book.close()
    spoil(book.path, *statements)
    return workspace.open_book(book.path, profile=book.profile)


def problems(book: Book) -> list[verify.Problem]:
    return list(verify.verify(book, backups.anchors(book)).problems)


def test_a_lost_photo_is_named_with_its_place(book: Book) -> None:
    (first,) = photograph(book, JPEG)
    with spoilt(book, "DELETE FROM attachment") as again:
        (problem,) = problems(again)
        assert problem.what == "attachment"
        assert problem.sentence == (
            f"“周调度台账”北环路改造 {WEEK}的“现场照片”缺少一件（{first[:8]}）。"
        )
        present = again.present("weekly", row(again))
        assert present is not None
        assert problem.entry == present.heads[0]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attachment SET content = zeroblob(size)",
        "UPDATE attachment SET content = x'FFD8FF'",
        "UPDATE attachment SET media = 'application/pdf'",
        "UPDATE attachment SET size = size + 1",
    ],
)
def test_an_altered_photo_is_named_and_adding_it_again_mends_it(book: Book, statement: str) -> None:
    (first,) = photograph(book, JPEG)
    with spoilt(book, statement) as again:
        (problem,) = problems(again)
        assert problem.what == "attachment"
        assert problem.sentence == f"照片或附件“现场.jpg”（{first[:8]}）的内容被改动。"
        if "content" in statement:
            with pytest.raises(Lost):
                attachments.get(again, first)
        attachments.put(again, JPEG, "现场.jpg")
        assert attachments.get(again, first).content == JPEG
        assert problems(again) == []


def test_an_exchanged_photo_is_named(book: Book) -> None:
    first, second = photograph(book, JPEG, OTHER)
    swap = (
        f"UPDATE attachment SET digest = CASE digest WHEN '{first}' THEN 'x' ELSE '{first}' END",
        f"UPDATE attachment SET digest = '{second}' WHERE digest = 'x'",
    )
    with spoilt(book, *swap) as again:
        found_ = problems(again)
        assert [problem.what for problem in found_] == ["attachment"] * 2
        assert {first[:8], second[:8]} == {
            problem.sentence[problem.sentence.index("（") + 1 :][:8] for problem in found_
        }


def test_a_table_taken_away_is_made_anew_and_its_photos_named(book: Book) -> None:
    (first,) = photograph(book, JPEG)
    with spoilt(book, "DROP TABLE attachment") as again:
        assert {"structure"} == {problem.what for problem in problems(again)}
        verify.rebuild(again)
        assert [problem.what for problem in problems(again)] == ["attachment"]
        assert attachments.missing(again) == {first}


def test_a_rebuild_keeps_the_photos(book: Book) -> None:
    (first,) = photograph(book, JPEG)
    with spoilt(book, "UPDATE weekly SET photos = NULL") as again:
        assert {"table"} == {problem.what for problem in problems(again)}
        verify.rebuild(again)
        assert attachments.get(again, first).content == JPEG
        assert clean(again)


def test_a_lost_photo_does_not_keep_the_tables_from_being_mended(book: Book) -> None:
    photograph(book, JPEG)
    with spoilt(book, "DELETE FROM attachment", "UPDATE weekly SET completed_week = 5") as again:
        verify.rebuild(again)
        assert [problem.what for problem in problems(again)] == ["attachment"]
        assert value(again, "weekly", row(again), "completed_week") == 1_000_000


def test_the_command_line_says_what_is_lost_without_alarm(
    book: Book, capsys: pytest.CaptureFixture[str]
) -> None:
    (first,) = photograph(book, JPEG)
    book.close()
    spoil(book.path, "DELETE FROM attachment")
    with pytest.raises(SystemExit) as left:
        cli.main(["verify", str(book.path)])
    said = capsys.readouterr().err
    assert left.value.code == 1
    assert f"缺少一件（{first[:8]}）" in said
    assert "流水和各表完好；照片、附件有缺失或改动。请从备份找回，或重新添加。" in said


# Carried along -----------------------------------------------------------------------------------


def test_a_backup_and_what_is_restored_from_it_carry_the_photos(book: Book, tmp_path: Path) -> None:
    (first,) = photograph(book, JPEG)
    made = backups.backup(book, tmp_path / "备份.yzb")
    assert made.lacking == 0
    again = backups.restore(tmp_path / "备份.yzb", tmp_path / "恢复.yzb")
    assert again.lacking == 0
    with workspace.open_book(tmp_path / "恢复.yzb") as restored:
        assert attachments.get(restored, first).content == JPEG
        assert clean(restored)


def test_a_book_that_lacks_a_photo_is_backed_up_and_restored_all_the_same(
    book: Book, tmp_path: Path
) -> None:
    photograph(book, JPEG, OTHER)
    with spoilt(book, "DELETE FROM attachment") as again:
        assert backups.backup(again, tmp_path / "备份.yzb").lacking == 2
    assert backups.restore(tmp_path / "备份.yzb", tmp_path / "恢复.yzb").lacking == 2


@pytest.mark.parametrize("to", range(1, FORMAT))
@pytest.mark.parametrize("with_note", [True, False])
def test_a_backup_of_an_earlier_format_is_restored_in_the_present_one(
    book: Book, tmp_path: Path, with_note: bool, to: int
) -> None:
    target = tmp_path / "备份.yzb"
    made = backups.backup(book, target)
    spoil(target, with_=lambda connection: books.downgrade(connection, to))
    note = tmp_path / "备份.yzb.sha256"
    note.unlink()
    if with_note:
        note.write_text(f"{sha256(target.read_bytes()).hexdigest()}  备份.yzb\n", "utf-8")
    before = target.read_bytes()
    restored = backups.restore(target, tmp_path / "恢复" / "账本.yzb")
    assert (restored.entries, restored.head) == (made.entries, made.head)
    assert target.read_bytes() == before
    with workspace.open_book(tmp_path / "恢复" / "账本.yzb") as again:
        attachments.put(again, JPEG, "现场.jpg")
        assert [again.rows(register.name) for register in correspondence.REGISTERS] == [[]] * 4
        assert clean(again)
    assert sorted(one.name for one in (tmp_path / "恢复").iterdir()) == ["账本.yzb"]


def test_a_copy_of_the_file_carries_all(book: Book, tmp_path: Path) -> None:
    (first,) = photograph(book, JPEG)
    book.close()
    copy = tmp_path / "副本.yzb"
    copy.write_bytes(book.path.read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        row = connection.execute("SELECT digest, content FROM attachment").fetchone()
    assert row == (first, JPEG)


def test_no_register_may_take_the_tables_name() -> None:
    made = texts()
    made["registers/attachment.toml"] = 'name = "attachment"\ntitle = "附件"\nshape = "file"\n'
    with pytest.raises(MalformedScheme, match="不能用作册名"):
        schemes.parse(made)
