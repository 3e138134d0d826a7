"""A question as the window asks it: how it is answered is said by its buttons. No Qt.

The reader's questions tell also how to answer them in words (对则答“是”，不是则答“新建”), for the
command line. Beside numbered buttons that speak of something else this confuses, and goes; what
follows from an answer, or from none, stays.
"""

from __future__ import annotations

import re

#: What is quoted from the workbook or the book is nobody's advice.
_QUOTED = re.compile(r"“[^”]*”")
_MARK = re.compile("\ue000([0-9]+)\ue001")
#: 是则答“是”，代码按工作簿改 → 是则代码按工作簿改
_FOLLOWS = re.compile(
    r"((?:不)?是|对|读入|新增)则答\ue000[0-9]+\ue001，(?=(?:另立|代码按|仍用|金额按)[^；。]*)"
)
#: 不填则答“不是” and what is typed instead are what the box and the last choice are for.
_ADVICE = re.compile(r"答|不对请|有日期请|逐项选定|^如\ue000[0-9]+\ue001$|请重新发模板")
#: Why the reader thinks so, behind the question.
_REASON = re.compile(r"（[^）]*）")
_STAYS = re.compile(r"^不答则|^不读入[^，]*则不答")


def shown(question: str) -> str:
    """The sentence of a question without the words of its answers; all of it where nothing else
    would be left."""
    quoted: list[str] = []

    def keep(found: re.Match[str]) -> str:
        quoted.append(found[0])
        return f"\ue000{len(quoted) - 1}\ue001"

    bare = _FOLLOWS.sub(r"\1则", _QUOTED.sub(keep, question))
    kept = "".join(_clauses(part) for part in re.findall(r"[^。？]*[。？]?", bare))
    found = _MARK.sub(lambda mark: quoted[int(mark[1])], kept)
    return found or question


def _clauses(sentence: str) -> str:
    """One sentence without its clauses of advice."""
    end = sentence[-1:] if sentence[-1:] in ("。", "？") else ""
    body = sentence.removesuffix(end)
    kept: list[str] = []
    reason = _REASON.match(body)
    if reason is not None:
        kept.append(reason[0])
        body = body.removeprefix(reason[0])
    for clause in body.split("；"):
        head, colon, tail = clause.rpartition("：")
        parts = [one for one in tail.split("，") if not _advises(one)]
        if parts:
            kept.append(head + colon + "，".join(parts))
        elif head and not _advises(head):
            kept.append(head)
    return _joined(kept, end) if kept else ""


def _joined(kept: list[str], end: str) -> str:
    if _REASON.fullmatch(kept[0]):
        return kept[0] + ("；".join(kept[1:]) + end if kept[1:] else "")
    return "；".join(kept) + end


def _advises(clause: str) -> bool:
    return bool(_ADVICE.search(clause)) and not _STAYS.search(clause)
