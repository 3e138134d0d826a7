"""What one heading may mean: candidates from its words, from similar words, from its values.

The whole path of a merged heading is looked up first, then its end, then its lowest level; where
none of them is known, its skeleton, then similar headings. What the values of the column say raises
or lowers what the words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from desktop.sheets.meaning.evidence import Profile
from desktop.sheets.meaning.guesses import by_values
from desktop.sheets.meaning.patterns import matching
from desktop.sheets.meaning.turning import never_in, over, turned, turned_aside, turns_of
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.meaning.weighing import borne_out, proven, weigh
from desktop.sheets.meaning.wording import When, said, spellings
from desktop.sheets.tables.rows import plain

#: Similarity counts from here (rapidfuzz ratio, 0 … 100).
SIMILAR = 78
#: What a similar heading is worth at most, with values that prove it; a listed one is worth
#: :data:`LISTED` at least; one of the same skeleton :data:`FOLDED`, one put together as a field's
#: headings are :data:`COMPOSED`.
#: One of an open template is worth :data:`OPEN` with values that suit, :data:`UNSURE` without any;
#: that a heading is of none of ours, :data:`OUTSIDE`.
ALIKE, LISTED, FOLDED, COMPOSED, OPEN, UNSURE, OUTSIDE = 0.83, 0.82, 0.88, 0.9, 0.84, 0.7, 0.8
#: An ending of so many signs tells the meaning, from three it is asked about; so many signs may
#: stand before it.
SHORTEST_END, SURE_END, LONGEST_START, ENDING = 3, 4, 7, 0.83
#: A group above with such an end says nothing of what stands below it.
_TELLS_NOTHING = re.compile("(?:信息|情况|概况|分工|体系)$")
_TAIL = re.compile(
    "(?:名称|额度|金额|数额|情况|描述|说明|明细|(?<=[\u4e00-\u9fff]{2})\\([^)]*\\))$"
)
#: How headings of sums end.
_MONEY_END = re.compile(
    "(?:投资|额|数|量|金|算|规模|计划|目标|任务|债|券|值|计|造价|经费|投入|[)0-9])$"
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
    told = {name for candidate in found for name in candidate.target.fields}
    near = list(_by_pattern(words, path, when))
    if found:  # what is a time limit in one register is one in another, too
        near = [one for one in (*near, *_by_open(words, heading)) if one.target.fields[0] in told]
    elif not near:
        found = list(_outside(words, path, when))
    near += _by_skeleton(words, path, when)
    if not found:
        near += _by_open(words, heading) if not near else ()
        near += _by_ending(words, heading)
        near += _alike(words, heading)
    elif any(candidate.target.what != "field" for candidate in found):
        near = []
    known = {candidate.target.register for candidate in found}
    held: set[Target] = set()
    exact = bool(found)
    for candidate in near:  # what is known of one register may still mean a field of another
        if exact and candidate.target.what != "field":
            continue
        if candidate.target.register not in known and candidate.target not in held:
            held.add(candidate.target)
            found.append(candidate)
    weighed = [
        msgspec.structs.replace(candidate, confidence=candidate.confidence * weight, reason=reason)
        for candidate in found
        for weight, reason in [
            weigh(
                words,
                candidate.target,
                path,
                heading.seen,
                candidate.reason,
                known=candidate.confidence >= LISTED,
            )
        ]
    ]
    text = plain(path[-1]) if path else ""
    best = max((one.confidence for one in weighed), default=0.0)
    fields = {(one.target.register, name) for one in weighed for name in one.target.fields}
    elsewhere = any(one.target.what == "elsewhere" and one.confidence > OUTSIDE for one in weighed)
    weighed.extend(
        Candidate(target, confidence, reason)
        for target, confidence, reason in by_values(words, heading.seen, text, fields, best)
        if not elsewhere or "code" in target.fields
    )
    return sorted(weighed, key=lambda candidate: -candidate.confidence)


class _Spelling(msgspec.Struct, frozen=True):
    """One way to write a heading's key; ``groups`` are the levels above that it leaves out."""

    words: str
    groups: tuple[str, ...]


def _spellings(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[_Spelling]:
    """The ways to write a heading, best first, without those that something left out turns."""
    parts = tuple(part for part in (said(part, when) for part in path) if part)
    for spelling, used in spellings(path, when):
        groups = parts[: len(parts) - used]
        if not turned(words, groups, spelling) and not turned_aside(words, path, when, spelling):
            yield _Spelling(spelling, groups)


def _all_spellings(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[_Spelling]:
    """The same and, after them, those with the word of a group above that turns the leaf."""
    yield from _spellings(words, path, when)
    for spelling in over(words, path, when):
        if not turned_aside(words, path, when, spelling):
            yield _Spelling(spelling, ())


def _by_words(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    for one in _all_spellings(words, path, when):
        targets = [t for t in words.headings.get(one.words, ()) if t.what != "group"]
        told = all(_says_nothing(words, group) for group in one.groups)
        if not targets or (not told and len(one.words) <= 2):
            continue
        if one.groups:
            confidence, reason = (0.92 if told else LISTED), f"表头末级“{path[-1]}”"
        else:
            alone = len([part for part in path if said(part, when)]) == 1
            bare = alone and "(" in said(path[-1], when) and "(" not in one.words
            confidence, reason = (0.94 if bare else 1.0), f"表头“{'/'.join(path)}”"
        for target in targets:
            yield Candidate(target, confidence, reason)
        return


def _says_nothing(words: Vocabulary, group: str) -> bool:
    """Whether a group is known to say nothing of what stands below it."""
    return bool(_TELLS_NOTHING.search(group)) or any(
        target.what == "group" for target in words.headings.get(group, ())
    )


def _by_skeleton(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings that are the same but for idle words and words of one meaning."""
    seen: set[Target] = set()
    for one in _all_spellings(words, path, when):
        skeleton = words.folding.skeleton(one.words)
        if one.groups and len(skeleton) <= 2:
            continue
        turns = turns_of(words, skeleton)
        for text in words.skeletons.get(skeleton, ()) if skeleton else ():
            if turns_of(words, words.folding.skeleton(text)) != turns:
                continue
            for target in words.headings[text]:
                if target.what != "group" and target not in seen:
                    seen.add(target)
                    worth = LISTED if one.groups else FOLDED
                    yield Candidate(target, worth, f"表头与“{text}”同义")
        if seen:
            return


def _by_pattern(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings put together as those of a field are, whichever of its words they take."""
    for one in _all_spellings(words, path, when):
        found = list(matching(words.patterns, _once(one.words)))
        for pattern in found:
            target = Target("field", pattern.register, (pattern.field,))
            title = words.scheme.register(pattern.register).by_name[pattern.field].title
            worth = LISTED if one.groups else COMPOSED
            yield Candidate(target, worth, f"表头“{'/'.join(path)}”是“{title}”的说法")
        if found:
            return


def _outside(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings put together as those of things that no book keeps: rates, areas, permits."""
    parts = [said(part, when) for part in path]
    for spelling in {*parts[-1:], "".join(parts)}:
        if any(matching(words.outside, spelling)):
            yield Candidate(Target("elsewhere", "", ()), OUTSIDE, f"表头“{'/'.join(path)}”")
            return


def _by_open(words: Vocabulary, heading: Heading) -> Iterator[Candidate]:
    """Headings that end as those of a field do, with modifiers that nobody listed. Values that suit
    make it sure, none make it a question, others rule it out."""
    for one in _spellings(words, heading.path, heading.when):
        found = list(matching(words.open, _once(one.words)))
        homes = [pattern.register for pattern in found]
        for pattern in found:
            field = words.scheme.register(pattern.register).by_name[pattern.field]
            target = Target("field", pattern.register, (pattern.field,))
            worth = {1.0: OPEN, 0.5: UNSURE}.get(borne_out(words, target, heading.seen), 0.0)
            if _another_sum(words, target, one.words):
                worth = min(worth, UNSURE)
            if homes.count(pattern.register) > 1:
                worth = min(worth, UNSURE)  # 项目名称及业主 says two things
            yield Candidate(target, worth, f"表头“{heading.path[-1]}”像是“{field.title}”")
        if found:
            return


def _another_sum(words: Vocabulary, target: Target, heading: str) -> bool:
    """Whether a heading like one of a sum ends in what makes it another one: 总投资上限 is a sum,
    too, and its values prove nothing."""
    if target.what != "field":
        return False
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    return field.type == "money" and not _MONEY_END.search(heading)


def _once(words: str) -> str:
    """A heading's key where a word that stands twice stands once: 责任单位单位名称."""
    return re.sub(r"(..+?)\1+", r"\1", words)


def _by_ending(words: Vocabulary, heading: Heading) -> Iterator[Candidate]:
    """Headings whose end is a heading that is known: what a Chinese term means stands last, what
    comes before only narrows it (重点产业|项目名称, 责任单位|办理情况)."""
    seen: set[Target] = set()
    for one in _spellings(words, heading.path, heading.when):
        turns = turns_of(words, one.words)
        for text in (one.words, _TAIL.sub("", one.words)):
            for start in range(len(text) - SHORTEST_END + 1):
                ending = text[start:]
                narrowed = turns - turns_of(words, ending) - words.narrowing
                if start > LONGEST_START or narrowed or any(map(str.isdigit, text[:start])):
                    continue
                if never_in(words, text[:start]):
                    continue
                targets = [t for t in words.headings.get(ending, ()) if t.what == "field"]
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        fitting = start == 0 or borne_out(words, target, heading.seen) == 1.0
                        sure = len(ending) >= SURE_END and fitting
                        worth = ENDING if sure else ENDING - 0.1
                        yield Candidate(target, worth, f"表头以“{ending}”结尾")
                if targets:
                    return


def _alike(words: Vocabulary, heading: Heading) -> Iterator[Candidate]:
    """Headings that differ by a sign or two from known ones: a question, but where dates, sums or
    the choices of a list in the column say so, too."""
    from rapidfuzz import fuzz, process

    seen: set[Target] = set()
    for one in _spellings(words, heading.path, heading.when):
        if len(one.words) < 3:
            continue
        turns, never = turns_of(words, one.words), never_in(words, one.words)
        for known, score, _ in process.extract(
            one.words, words.headings.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=12
        ):
            if turns_of(words, known) != turns or never - never_in(words, known):
                continue
            for target in words.headings[known]:
                if target.what != "group" and target not in seen:
                    seen.add(target)
                    sure = proven(words, target, heading.seen)
                    most = UNSURE if not sure or _another_sum(words, target, one.words) else ALIKE
                    yield Candidate(target, min(score / 100, most), f"表头与“{known}”相近")
