"""What one heading may mean: candidates from its words, from similar words, from its values.

The whole path of a merged heading is looked up first, then its end, then its lowest level; only
where none of them is known, similar headings count. What the values of the column say raises or
lowers what the words say.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from desktop.sheets.evidence import Profile, fits
from desktop.sheets.vocabulary import Target, Vocabulary, said, spellings

#: Similarity counts from here (rapidfuzz ratio, 0 … 100).
SIMILAR = 78
#: What a similar heading is worth at most; a listed one is worth :data:`LISTED` at least.
ALIKE, LISTED = 0.92, 0.82


class Heading(msgspec.Struct, frozen=True):
    """A heading to be understood: its path, and what its column holds."""

    path: tuple[str, ...]
    seen: Profile


class Candidate(msgspec.Struct, frozen=True):
    """One thing a heading may mean, with a confidence (0 … 1) and its reason."""

    target: Target
    confidence: float
    reason: str


def candidates_of(words: Vocabulary, heading: Heading, year: int | None) -> list[Candidate]:
    """What a heading may mean, best first."""
    found = list(_by_words(words, heading.path, year)) or list(_alike(words, heading.path, year))
    weighed = [
        msgspec.structs.replace(candidate, confidence=candidate.confidence * weight, reason=reason)
        for candidate in found
        for weight, reason in [_weigh(words, candidate, heading.seen)]
    ]
    weighed.extend(_by_values(words, heading.seen, weighed))
    return sorted(weighed, key=lambda candidate: -candidate.confidence)


def _by_words(words: Vocabulary, path: tuple[str, ...], year: int | None) -> Iterator[Candidate]:
    levels = len([part for part in path if said(part, year)])
    for spelling, used in spellings(path, year):
        targets = [t for t in words.headings.get(spelling, ()) if t.what != "group"]
        if not targets:
            continue
        confidence, reason = 1.0, f"表头“{'/'.join(path)}”"
        if used < levels:
            groups = [said(part, year) for part in path[: levels - used]]
            told = all(
                any(target.what == "group" for target in words.headings.get(group, ()))
                for group in groups
            )
            if not told and len(spelling) <= 2:
                continue
            confidence = 0.92 if told else LISTED
            reason = f"表头末级“{path[-1]}”"
        for target in targets:
            yield Candidate(target, confidence, reason)
        return


def _alike(words: Vocabulary, path: tuple[str, ...], year: int | None) -> Iterator[Candidate]:
    from rapidfuzz import fuzz, process

    seen: set[Target] = set()
    for spelling, _ in spellings(path, year):
        if len(spelling) < 3:
            continue
        turns = _turns_of(words, spelling)
        for known, score, _ in process.extract(
            spelling, words.headings.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=12
        ):
            if _turns_of(words, known) != turns:
                continue
            for target in words.headings[known]:
                if target.what != "group" and target not in seen:
                    seen.add(target)
                    yield Candidate(target, score / 100 * ALIKE, f"表头与“{known}”相近")


def _turns_of(words: Vocabulary, text: str) -> frozenset[str]:
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
    weight = fits(field, seen, known=candidate.confidence >= LISTED)
    if field.type == "phone" and seen.people_with_phones >= 0.5:
        return 0.9, f"{reason}，但栏内还有姓名"
    if weight < 1:
        return weight, f"{reason}，但栏内数据不像“{field.title}”"
    return 1.0, reason


def _by_values(words: Vocabulary, seen: Profile, found: Sequence[Candidate]) -> Iterator[Candidate]:
    """What the values alone say, where the words say nothing or something else."""
    subject = words.project_registers[0]
    names = {name for candidate in found for name in candidate.target.fields}
    if seen.codes >= 0.8 and "code" not in names:
        yield Candidate(Target("field", subject, ("code",)), 0.85, "栏内都是项目代码")
    if seen.credit_codes >= 0.8 and "credit_code" not in names:
        target = Target("field", subject, ("credit_code",))
        yield Candidate(target, 0.85, "栏内都是统一社会信用代码")
    people = {"responsible_person", "phone"} & names
    if people and seen.people_with_phones >= 0.5:
        best = max(candidate.confidence for candidate in found)
        pair = Target("pair", "", ("responsible_person", "phone"))
        yield Candidate(pair, min(1.0, best + 0.01), "栏内姓名和电话写在一起")
    if not found and seen.phones >= 0.8 and seen.count >= 2:
        yield Candidate(Target("field", subject, ("phone",)), 0.7, "栏内都是电话号码")
