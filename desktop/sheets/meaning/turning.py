"""Words that turn a heading into another one: in the groups above it, in its brackets, in itself.

年度计划/形象进度 is not how far the works are, 责任单位(配合) is who helps, 施工单位/项目经理 is
nobody of ours. Which words turn stands in ``synonyms.toml``.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from desktop.sheets.meaning.patterns import matching
from desktop.sheets.meaning.vocabulary import Vocabulary
from desktop.sheets.meaning.wording import When, said

#: Times that a plan or a figure may be of, other than the year.
_TIMES = frozenset({"上周", "本周", "下周", "上月", "本月", "下月"})
#: A longer bracket explains a heading, a shorter one may turn it.
LONGEST_ASIDE = 7


def turned(words: Vocabulary, groups: Sequence[str], leaf: str) -> bool:
    """Whether a group above turns its leaf into something else: 年度计划/形象进度, or is itself of
    what no book keeps: 施工单位/项目经理."""
    return any(
        turn in group and turn not in leaf for group in groups for turn in words.turning_groups
    ) or any(_foreign(words, group) for group in groups)


def turned_aside(words: Vocabulary, path: tuple[str, ...], when: When, spelling: str) -> bool:
    """Whether the spelling lacks a bracket that turns it: 开工时间(实际), 计划投资(单位自筹)."""
    _, aside = _aside(said(path[-1], when)) if path else ("", "")
    return "(" not in spelling and turned(words, [aside], spelling)


def over(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[str]:
    """Spellings of a leaf with the word of a group above, or of its own bracket, that turns it:
    计划工期/开工时间 is 计划开工时间, 责任单位(配合) 配合责任单位."""
    parts = [said(part, when) for part in path]
    leaf, aside = _aside(parts[-1]) if parts else ("", "")
    for group in (*reversed(parts[:-1]), aside):
        found = [turn for turn in words.turning_groups if turn in group and turn not in leaf]
        times = sum(turn in _TIMES for turn in found)
        if times and len(found) > times:  # 本周计划/投资额 is not the year's 计划投资额
            yield group + leaf
        else:
            yield from (turn + leaf for turn in found)


def _foreign(words: Vocabulary, group: str) -> bool:
    known = words.headings.get(group, ())
    if known:
        return all(target.what == "elsewhere" for target in known)
    return bool(group) and any(True for _ in matching(words.outside, group))


def _aside(leaf: str) -> tuple[str, str]:
    """A heading's key before its bracket, and what stands in it; nothing where it explains."""
    bare, _, aside = leaf.partition("(")
    return (bare, aside) if len(aside) <= LONGEST_ASIDE else (leaf, "")


def turns_of(words: Vocabulary, text: str) -> frozenset[str]:
    """The words of a text that make it mean something else than without them."""
    return frozenset(turn for turn in words.turns if turn in text)


def never_in(words: Vocabulary, text: str) -> frozenset[str]:
    """The words of a text with which no heading is taken for one that it only resembles."""
    return frozenset(word for word in words.never if word in text)
