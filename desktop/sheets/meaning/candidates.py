"""What one heading may mean: candidates from its words, from similar words, from its values.

The whole path of a merged heading is looked up first, then its end, then its lowest level; where
none of them is known, its skeleton, then similar headings. What the values of the column say raises
or lowers what the words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.sheets.meaning.evidence import Profile, fits
from desktop.sheets.meaning.guesses import by_values, other_choices
from desktop.sheets.meaning.patterns import matching
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.meaning.wording import When, said, spellings
from desktop.sheets.tables.rows import plain

#: Similarity counts from here (rapidfuzz ratio, 0 … 100).
SIMILAR = 78
#: What a similar heading is worth at most; a listed one is worth :data:`LISTED` at least; one of
#: the same skeleton :data:`FOLDED`, one put together as a field's headings are :data:`COMPOSED`.
ALIKE, LISTED, FOLDED, COMPOSED = 0.92, 0.82, 0.88, 0.9


#: An ending of so many signs tells the meaning, from three it is asked about; so many signs may
#: stand before it.
SHORTEST_END, SURE_END, LONGEST_START, ENDING = 3, 4, 7, 0.83
_TAIL = re.compile(
    "(?:名称|额度|金额|数额|情况|描述|说明|明细|(?<=[\u4e00-\u9fff]{2})\\([^)]*\\))$"
)


class Heading(msgspec.Struct, frozen=True):
    """A heading to be understood: its path, and what its column holds. ``when`` is the time that
    its own words are relative to; ``period`` the month that it stands under, "" for the table's."""

    path: tuple[str, ...]
    seen: Profile
    when: When = When()
    period: str = ""


class Candidate(msgspec.Struct, frozen=True):
    """One thing a heading may mean, with a confidence (0 … 1) and its reason."""

    target: Target
    confidence: float
    reason: str


def candidates_of(words: Vocabulary, heading: Heading) -> list[Candidate]:
    """What a heading may mean, best first."""
    path, when = heading.path, heading.when
    found = list(_by_words(words, path, when))
    near = [] if found else list(_by_pattern(words, path, when))
    near += _by_skeleton(words, path, when)
    if not found:
        near += _by_ending(words, path, when)
        near += _alike(words, path, when)
    elif any(candidate.target.what != "field" for candidate in found):
        near = []
    known = {candidate.target.register for candidate in found}
    held: set[Target] = set()
    for candidate in near:  # what is known of one register may still mean a field of another
        if candidate.target.register not in known and candidate.target not in held:
            held.add(candidate.target)
            found.append(candidate)
    weighed = [
        msgspec.structs.replace(candidate, confidence=candidate.confidence * weight, reason=reason)
        for candidate in found
        for weight, reason in [_weigh(words, candidate, heading.seen)]
    ]
    text = plain(path[-1]) if path else ""
    best = max((one.confidence for one in weighed), default=0.0)
    fields = {(one.target.register, name) for one in weighed for name in one.target.fields}
    elsewhere = any(one.target.what == "elsewhere" for one in weighed)
    weighed.extend(
        Candidate(target, confidence, reason)
        for target, confidence, reason in by_values(words, heading.seen, text, fields, best)
        if not elsewhere or "code" in target.fields
    )
    return sorted(weighed, key=lambda candidate: -candidate.confidence)


def _by_words(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    levels = len([part for part in path if said(part, when)])
    turned = [(spelling, levels) for spelling in _over(words, path, when)]
    for spelling, used in (*spellings(path, when), *turned):
        targets = [t for t in words.headings.get(spelling, ()) if t.what != "group"]
        if not targets:
            continue
        bare = used == 1 and "(" in said(path[-1], when) and "(" not in spelling
        if bare and _turned(words, [said(path[-1], when)], spelling):
            continue
        confidence, reason = (0.94 if bare else 1.0), f"表头“{'/'.join(path)}”"
        if used < levels:
            groups = [said(part, when) for part in path[: levels - used]]
            told = all(
                any(target.what == "group" for target in words.headings.get(group, ()))
                for group in groups
            )
            if (not told and len(spelling) <= 2) or _turned(words, groups, spelling):
                continue
            confidence = 0.92 if told else LISTED
            reason = f"表头末级“{path[-1]}”"
        for target in targets:
            yield Candidate(target, confidence, reason)
        return


def _over(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[str]:
    """Spellings of a leaf with the word of a group above that turns it: 计划工期/开工时间 is
    计划开工时间."""
    parts = [said(part, when) for part in path]
    for group in reversed(parts[:-1]):
        for turn in words.turning_groups:
            if turn in group and turn not in parts[-1]:
                yield turn + parts[-1]


def _turned(words: Vocabulary, groups: Sequence[str], leaf: str) -> bool:
    """Whether a group above turns its leaf into something else: 年度计划/形象进度."""
    return any(
        turn in group and turn not in leaf for group in groups for turn in words.turning_groups
    )


def _by_skeleton(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings that are the same but for idle words and words of one meaning."""
    seen: set[Target] = set()
    levels = len([part for part in path if said(part, when)])
    turned = [(spelling, levels) for spelling in _over(words, path, when)]
    for spelling, used in (*spellings(path, when), *turned):
        skeleton = words.folding.skeleton(spelling)
        known = words.skeletons.get(skeleton, ()) if skeleton else ()
        turns = turns_of(words, words.folding.skeleton(spelling))
        if used < levels:
            groups = [said(part, when) for part in path[: levels - used]]
            if len(skeleton) <= 2 or _turned(words, groups, spelling):
                continue
        for text in known:
            if turns_of(words, words.folding.skeleton(text)) != turns:
                continue
            for target in words.headings[text]:
                if target.what != "group" and target not in seen:
                    seen.add(target)
                    worth = FOLDED if used == levels else LISTED
                    yield Candidate(target, worth, f"表头与“{text}”同义")
        if seen:
            return


def _by_pattern(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings put together as those of a field are, whichever of its words they take."""
    levels = len([part for part in path if said(part, when)])
    turned = [(spelling, levels) for spelling in _over(words, path, when)]
    for spelling, used in (*spellings(path, when), *turned):
        groups = [said(part, when) for part in path[: levels - used]]
        if used < levels and _turned(words, groups, spelling):
            continue
        found = list(matching(words.patterns, spelling))
        for one in found:
            target = Target("field", one.register, (one.field,))
            worth = COMPOSED if used == levels else LISTED
            title = words.scheme.register(one.register).by_name[one.field].title
            yield Candidate(target, worth, f"表头“{'/'.join(path)}”是“{title}”的说法")
        if found:
            return


def _by_ending(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings whose end is a heading that is known: what a Chinese term means stands last, what
    comes before only narrows it (重点产业|项目名称, 责任单位|办理情况)."""
    seen: set[Target] = set()
    levels = len([part for part in path if said(part, when)])
    for spelling, used in spellings(path, when):
        groups = [said(part, when) for part in path[: levels - used]]
        if _turned(words, groups, spelling):
            continue
        turns = turns_of(words, spelling)
        for text in (spelling, _TAIL.sub("", spelling)):
            for start in range(len(text) - SHORTEST_END + 1):
                ending = text[start:]
                narrowed = turns - turns_of(words, ending) - words.narrowing
                if start > LONGEST_START or narrowed or any(map(str.isdigit, text[:start])):
                    continue
                targets = [t for t in words.headings.get(ending, ()) if t.what == "field"]
                sure = len(ending) >= SURE_END
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        worth = ENDING if sure else ENDING - 0.1
                        yield Candidate(target, worth, f"表头以“{ending}”结尾")
                if targets:
                    return


def _alike(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    from rapidfuzz import fuzz, process

    seen: set[Target] = set()
    levels = len([part for part in path if said(part, when)])
    for spelling, used in spellings(path, when):
        groups = [said(part, when) for part in path[: levels - used]]
        if len(spelling) < 3 or _turned(words, groups, spelling):
            continue
        turns = turns_of(words, spelling)
        for known, score, _ in process.extract(
            spelling, words.headings.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=12
        ):
            if turns_of(words, known) != turns:
                continue
            for target in words.headings[known]:
                if target.what != "group" and target not in seen:
                    seen.add(target)
                    yield Candidate(target, score / 100 * ALIKE, f"表头与“{known}”相近")


def turns_of(words: Vocabulary, text: str) -> frozenset[str]:
    """The words of a text that make it mean something else than without them."""
    return frozenset(turn for turn in words.turns if turn in text)


def _weigh(words: Vocabulary, candidate: Candidate, seen: Profile) -> tuple[float, str]:
    """A factor for what the values say, and the reason to give."""
    target, reason = candidate.target, candidate.reason
    if target.what == "pair" and "phone" in target.fields and seen.phones >= 0.8:
        return 0.7, f"{reason}，但栏内只有电话"
    if "planned_start" in target.fields[:-1] and seen.count and seen.spans < 0.4:
        return 0.85, f"{reason}，但栏内多不是起止时间"
    if target.what == "rate" and seen.count and max(seen.money, seen.numbers) < 0.3:
        percents = any("%" in text for text in seen.texts)
        return (1.0, reason) if percents else (0.5, f"{reason}，但栏内不是比率")
    if target.what != "field":
        return 1.0, reason
    field = words.scheme.register(target.register).get(target.fields[0])
    if field.choices is not None and other_choices(words, seen, field.name):
        return 0.7, f"{reason}，但栏内是另一项的选项"
    weight = fits(field, seen, known=candidate.confidence >= LISTED)
    if field.type == "phone" and seen.people_with_phones >= 0.5:
        return 0.9, f"{reason}，但栏内还有姓名"
    if weight < 1:
        return weight, f"{reason}，但栏内数据不像“{field.title}”"
    return 1.0, reason
