"""What one heading may mean: candidates from its words, from similar words, from its values.

The whole path of a merged heading is looked up first, then its end, then its lowest level; where
none of them is known, its skeleton, then similar headings. What the values of the column say raises
or lowers what the words say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from desktop.sheets.meaning.evidence import Profile, fits, supports
from desktop.sheets.meaning.guesses import by_values, other_choices
from desktop.sheets.meaning.patterns import matching
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
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
#: A longer bracket explains a heading, a shorter one may turn it.
LONGEST_ASIDE = 7
#: Units in a heading: a share; a measure that is neither money nor time.
_SHARE = re.compile("[(（](?:单位[:：])?(?:%|百分比|百分点|‰)[)）]|%$")
_MEASURE = re.compile(
    "[(](?:单位[:：])?(?:亩|公顷|㎡|m2|[万千]?平方米|平方公里|公里|千米|米|km|m|立方米?|m³|㎥|方"
    "|个月?|项|人|户|天|日|月|[万千]?吨(?:标准?煤)?|台|套|栋|座|处|根|株|辆|条|家|间|口|次|床|位"
    "|[万千]?千瓦|兆瓦|[kM]W|kVA)[)]"
)
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
        for weight, reason in [_weigh(words, candidate, heading)]
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


def _by_words(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    levels = len([part for part in path if said(part, when)])
    turned = [(spelling, levels) for spelling in _over(words, path, when)]
    for spelling, used in (*spellings(path, when), *turned):
        targets = [t for t in words.headings.get(spelling, ()) if t.what != "group"]
        if not targets:
            continue
        bare = used == 1 and "(" in said(path[-1], when) and "(" not in spelling
        if _turned_aside(words, path, when, spelling):
            continue
        confidence, reason = (0.94 if bare else 1.0), f"表头“{'/'.join(path)}”"
        if used < levels:
            groups = [said(part, when) for part in path[: levels - used]]
            told = all(
                _TELLS_NOTHING.search(group)
                or any(target.what == "group" for target in words.headings.get(group, ()))
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
    """Spellings of a leaf with the word of a group above, or of its own bracket, that turns it:
    计划工期/开工时间 is 计划开工时间, 责任单位(配合) 配合责任单位."""
    parts = [said(part, when) for part in path]
    leaf, aside = _aside(parts[-1]) if parts else ("", "")
    for group in (*reversed(parts[:-1]), aside):
        for turn in words.turning_groups:
            if turn in group and turn not in leaf:
                yield turn + leaf


def _turned(words: Vocabulary, groups: Sequence[str], leaf: str) -> bool:
    """Whether a group above turns its leaf into something else: 年度计划/形象进度, or is itself of
    what no book keeps: 施工单位/项目经理."""
    return any(
        turn in group and turn not in leaf for group in groups for turn in words.turning_groups
    ) or any(_foreign(words, group) for group in groups)


def _foreign(words: Vocabulary, group: str) -> bool:
    known = words.headings.get(group, ())
    if known:
        return all(target.what == "elsewhere" for target in known)
    return bool(group) and any(True for _ in matching(words.outside, group))


def _turned_aside(words: Vocabulary, path: tuple[str, ...], when: When, spelling: str) -> bool:
    """Whether the spelling lacks a bracket that turns it: 开工时间(实际), 计划投资(单位自筹)."""
    _, aside = _aside(said(path[-1], when)) if path else ("", "")
    return "(" not in spelling and _turned(words, [aside], spelling)


def _aside(leaf: str) -> tuple[str, str]:
    """A heading's key before its bracket, and what stands in it; nothing where it explains."""
    bare, _, aside = leaf.partition("(")
    return (bare, aside) if len(aside) <= LONGEST_ASIDE else (leaf, "")


def _by_skeleton(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings that are the same but for idle words and words of one meaning."""
    seen: set[Target] = set()
    levels = len([part for part in path if said(part, when)])
    turned = [(spelling, levels) for spelling in _over(words, path, when)]
    for spelling, used in (*spellings(path, when), *turned):
        if _turned_aside(words, path, when, spelling):
            continue
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
        if _turned_aside(words, path, when, spelling):
            continue
        found = list(matching(words.patterns, _once(spelling)))
        for one in found:
            target = Target("field", one.register, (one.field,))
            worth = COMPOSED if used == levels else LISTED
            title = words.scheme.register(one.register).by_name[one.field].title
            yield Candidate(target, worth, f"表头“{'/'.join(path)}”是“{title}”的说法")
        if found:
            return


def _outside(words: Vocabulary, path: tuple[str, ...], when: When) -> Iterator[Candidate]:
    """Headings put together as those of things that no book keeps: rates, areas, permits."""
    for spelling in {
        *(said(part, when) for part in path[-1:]),
        "".join(said(part, when) for part in path),
    }:
        if any(matching(words.outside, spelling)):
            yield Candidate(Target("elsewhere", "", ()), OUTSIDE, f"表头“{'/'.join(path)}”")
            return


def _by_open(words: Vocabulary, heading: Heading) -> Iterator[Candidate]:
    """Headings that end as those of a field do, with modifiers that nobody listed. Values that suit
    make it sure, none make it a question, others rule it out."""
    for spelling, used in spellings(heading.path, heading.when):
        groups = [said(part, heading.when) for part in heading.path[:-used]]
        if _turned(words, groups, spelling):
            continue
        if _turned_aside(words, heading.path, heading.when, spelling):
            continue
        found = list(matching(words.open, _once(spelling)))
        for one in found:
            field = words.scheme.register(one.register).by_name[one.field]
            target = Target("field", one.register, (one.field,))
            worth = {1.0: OPEN, 0.5: UNSURE}.get(_borne_out(words, target, heading.seen), 0.0)
            if field.type == "money" and not _MONEY_END.search(spelling):
                worth = min(worth, UNSURE)  # 总投资上限 is a sum, too, but another one
            yield Candidate(target, worth, f"表头“{heading.path[-1]}”像是“{field.title}”")
        if found:
            return


def _borne_out(words: Vocabulary, target: Target, seen: Profile) -> float:
    """Whether the values are such as the field has: 1 yes, 0.5 nobody can tell, 0 no."""
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    choices = words.choices.get(field.choices or "")
    return supports(field, seen, None if choices is None else choices.names)


def _proven(words: Vocabulary, target: Target, seen: Profile) -> bool:
    """Whether the values could hardly stand in another kind of column."""
    if target.what != "field":
        return False
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    told = field.choices is not None or field.type in ("money", "date", "phone")
    return told and _borne_out(words, target, seen) == 1.0


def _once(words: str) -> str:
    """A heading's key where a word that stands twice stands once: 责任单位单位名称."""
    return re.sub(r"(..+?)\1+", r"\1", words)


def _by_ending(words: Vocabulary, heading: Heading) -> Iterator[Candidate]:
    """Headings whose end is a heading that is known: what a Chinese term means stands last, what
    comes before only narrows it (重点产业|项目名称, 责任单位|办理情况)."""
    path, when = heading.path, heading.when
    seen: set[Target] = set()
    levels = len([part for part in path if said(part, when)])
    for spelling, used in spellings(path, when):
        groups = [said(part, when) for part in path[: levels - used]]
        if _turned(words, groups, spelling) or _turned_aside(words, path, when, spelling):
            continue
        turns = turns_of(words, spelling)
        for text in (spelling, _TAIL.sub("", spelling)):
            for start in range(len(text) - SHORTEST_END + 1):
                ending = text[start:]
                narrowed = turns - turns_of(words, ending) - words.narrowing
                if start > LONGEST_START or narrowed or any(map(str.isdigit, text[:start])):
                    continue
                if _never(words, text[:start]):
                    continue
                targets = [t for t in words.headings.get(ending, ()) if t.what == "field"]
                for target in targets:
                    if target not in seen:
                        seen.add(target)
                        borne_out = _borne_out(words, target, heading.seen) == 1.0
                        sure = len(ending) >= SURE_END and (start == 0 or borne_out)
                        worth = ENDING if sure else ENDING - 0.1
                        yield Candidate(target, worth, f"表头以“{ending}”结尾")
                if targets:
                    return


def _alike(words: Vocabulary, heading: Heading) -> Iterator[Candidate]:
    """Headings that differ by a sign or two from known ones: a question, but where dates, sums or
    the choices of a list in the column say so, too."""
    from rapidfuzz import fuzz, process

    path, when = heading.path, heading.when
    seen: set[Target] = set()
    levels = len([part for part in path if said(part, when)])
    for spelling, used in spellings(path, when):
        groups = [said(part, when) for part in path[: levels - used]]
        if len(spelling) < 3 or _turned(words, groups, spelling):
            continue
        if _turned_aside(words, path, when, spelling):
            continue
        turns = turns_of(words, spelling)
        for known, score, _ in process.extract(
            spelling, words.headings.keys(), scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=12
        ):
            if turns_of(words, known) != turns or _never(words, spelling) - _never(words, known):
                continue
            for target in words.headings[known]:
                if target.what != "group" and target not in seen:
                    seen.add(target)
                    most = ALIKE if _proven(words, target, heading.seen) else UNSURE
                    yield Candidate(target, min(score / 100, most), f"表头与“{known}”相近")


def _measured(words: Vocabulary, target: Target, heading: Heading) -> bool:
    """Whether the heading names a unit that the field cannot have: 总体进度(%), 工期(天)."""
    written = plain(heading.path[-1]) if heading.path else ""
    if _SHARE.search(written):
        return True
    if target.what == "pair":
        return bool(_MEASURE.search(written)) and not heading.seen.spans
    field = words.scheme.register(target.register).by_name[target.fields[0]]
    return field.type in ("money", "date", "phone") and bool(_MEASURE.search(written))


def _never(words: Vocabulary, text: str) -> frozenset[str]:
    """The words of a text with which no heading is taken for one that it only resembles."""
    return frozenset(word for word in words.never if word in text)


def turns_of(words: Vocabulary, text: str) -> frozenset[str]:
    """The words of a text that make it mean something else than without them."""
    return frozenset(turn for turn in words.turns if turn in text)


def _weigh(words: Vocabulary, candidate: Candidate, heading: Heading) -> tuple[float, str]:
    """A factor for what the values and the unit in the heading say, and the reason to give."""
    target, reason, seen = candidate.target, candidate.reason, heading.seen
    if target.what in ("field", "pair") and _measured(words, target, heading):
        return 0.3, f"{reason}，但表头的单位不合"
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
