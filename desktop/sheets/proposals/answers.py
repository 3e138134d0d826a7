"""Answers to what a workbook leaves open: a map of question → value, read from a JSON file.

A question's id is ``sheet!cell:field``. The value is what stands in JSON for that field (integer
yuan, ISO date, name of a choice, text), or text as one would type it into that column; null leaves
the field empty. A question about a column (its id names the heading's cell) is answered by the
field's name or title, null for none; one about the money unit by 元, 万元 or 亿元. Where a value is
offered, 是 takes it; 不是 leaves the field empty. Every value of the proposal may be corrected in
the same way, also where nothing was asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from desktop.errors import NotFound
from desktop.sheets.workbook.refusals import AnswersMalformed, UnknownAnswer

MAX_BYTES = 16 << 20
_YES = frozenset({"是", "对", "是的", "对的", "正确", "同意"})
_NO = frozenset({"否", "不", "不是", "不对", "不是的"})


def agrees(answer: Any) -> bool:
    """Whether an answer says yes: true, 是, 对."""
    return answer is True or (isinstance(answer, str) and answer.strip() in _YES)


def declines(answer: Any) -> bool:
    """Whether an answer says no: false, 否, 不是."""
    return answer is False or (isinstance(answer, str) and answer.strip() in _NO)


def passes(answer: Any) -> bool:
    """Whether an answer leaves what was asked about out: none, or no."""
    return answer is None or answer == "" or declines(answer)


class Answers:
    """The answers given, and which of them have met their question."""

    def __init__(self, given: Mapping[str, Any] | None = None) -> None:
        self.given = dict(given or {})
        self.used: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self.given)

    def has(self, question: str) -> bool:
        """Whether the question is answered; notes that it was met."""
        if question not in self.given:
            return False
        self.used.add(question)
        return True

    def value(self, question: str) -> Any:
        """The answer to a question that :meth:`has` one."""
        return self.given[question]

    def refuse_unused(self) -> None:
        """Raise :class:`UnknownAnswer` when an answer met no question."""
        unused = tuple(sorted(set(self.given) - self.used))
        if unused:
            raise UnknownAnswer(unused)


def load(path: Path) -> Answers:
    """The answers in a JSON file: an object, or a list of ``{"id", "value"}`` or of
    ``{"sheet", "cell", "field", "value"}``.

    Raises :class:`~desktop.errors.NotFound`, :class:`AnswersMalformed`.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise NotFound(str(path)) from None
    except OSError as error:
        raise AnswersMalformed(path.name, error.strerror or "读不出") from error
    if len(data) > MAX_BYTES:
        raise AnswersMalformed(path.name, "文件过大")
    try:
        content = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except RecursionError as error:
        raise AnswersMalformed(path.name, "嵌套过深") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise AnswersMalformed(path.name, "不是正确的 JSON（应为 UTF-8 编码）") from error
    if isinstance(content, dict):
        return Answers(content)
    if not isinstance(content, list):
        raise AnswersMalformed(path.name, "最外层应是对象或列表")
    given: dict[str, Any] = {}
    for number, item in enumerate(content, 1):
        if not isinstance(item, dict) or "value" not in item:
            raise AnswersMalformed(path.name, f"第 {number} 项没有 value")
        if "id" in item:
            identity = str(item["id"])
        elif {"sheet", "cell", "field"} <= item.keys():
            identity = f"{item['sheet']}!{item['cell']}:{item['field']}"
        else:
            raise AnswersMalformed(path.name, f"第 {number} 项没有写明是哪个问题（id）")
        if identity in given and given[identity] != item["value"]:
            raise AnswersMalformed(path.name, f"第 {number} 项与前面对同一问题的答复不一致")
        given[identity] = item["value"]
    return Answers(given)
