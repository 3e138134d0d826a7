"""Files of answers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop.errors import NotFound
from desktop.sheets.proposals.answers import Answers, load
from desktop.sheets.workbook.refusals import AnswerNotUnderstood, AnswersMalformed, UnknownAnswer


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "答复.json"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


@pytest.mark.parametrize(
    "text",
    [
        '{"表!B5:due": "2023-03-31", "表!C5:code": null}',
        '\ufeff{"表!B5:due": "2023-03-31", "表!C5:code": null}',
        '[{"id": "表!B5:due", "value": "2023-03-31"}, {"id": "表!C5:code", "value": null}]',
        '[{"sheet": "表", "cell": "B5", "field": "due", "value": "2023-03-31"},'
        ' {"sheet": "表", "cell": "C5", "field": "code", "value": null, "question": "?"}]',
    ],
)
def test_all_forms_say_the_same(tmp_path: Path, text: str) -> None:
    answers = load(written(tmp_path, text))
    assert answers.given == {"表!B5:due": "2023-03-31", "表!C5:code": None}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "5",
        '"x"',
        "[5]",
        '[{"id": "x"}]',
        '[{"value": 5}]',
        b"\xff\xfe\x00",
        "[" * 100_000,
        '{"a":' * 5_000 + "1" + "}" * 5_000,
        '[{"id": "x", "value": 1}, {"id": "x", "value": 2}]',
    ],
    ids=lambda text: str(text[:12]),
)
def test_malformed_files_are_refused(tmp_path: Path, text: str | bytes) -> None:
    with pytest.raises(AnswersMalformed) as raised:
        load(written(tmp_path, text))
    assert "答复.json" in raised.value.sentence
    assert not re.search("[A-Za-z]+ [A-Za-z]+", raised.value.sentence)


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load(tmp_path / "没有.json")
    with pytest.raises(AnswersMalformed):
        load(tmp_path)


def test_unused_answers_are_refused_by_name() -> None:
    answers = Answers({"a": 1, "b": 2})
    assert answers.has("a")
    assert not answers.has("c")
    with pytest.raises(UnknownAnswer) as raised:
        answers.refuse_unused()
    assert "b" in raised.value.sentence
    answers.has("b")
    answers.refuse_unused()


def test_a_null_that_is_no_answer_is_named_in_words() -> None:
    refused = AnswerNotUnderstood("金额以什么为单位？", str(None), "应是元、万元或亿元")
    assert "“空”" in refused.sentence
    assert "None" not in refused.sentence
