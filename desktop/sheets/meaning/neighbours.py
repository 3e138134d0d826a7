"""What the columns of a table say of each other: 开工时间 beside 计划开工时间 is when it began,
其他 beside 专项债券 is money. And where they leave it open, the question that is to be asked.

Each rule takes what every heading was understood as and gives the same, changed where the others
tell more; :func:`told_by_others` applies them all.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from desktop.ledger.dates import NotADate, read_date
from desktop.sheets.meaning.candidates import Candidate, Heading
from desktop.sheets.meaning.kinds import SURE
from desktop.sheets.meaning.vocabulary import Target, Vocabulary
from desktop.sheets.meaning.wording import When, said
from desktop.sheets.tables.rows import plain

#: With one of these a table speaks of a year, month or week.
_OF_A_TIME = frozenset(
    {"annual_plan", "completed_week", "completed_month", "completed_total", "planned_month"}
)
#: With one of these beside it 截至目前完成投资 is known to be of the year, or since the start.
_TELLING = _OF_A_TIME - {"annual_plan"}
_SO_FAR = re.compile(r"截[至止]|到目前|到现在|至今|目前|已(?:累计)?完成")
#: What a table has twice may be planned once and real once; :data:`PLAN` stands in the former.
_PLANNED_AND_ACTUAL = (("planned_start", "actual_start"), ("planned_finish", "actual_finish"))
PLAN = "计划"
#: Taking into use is no finishing: where a table dates both, each is its own.
_IN_USE, _FINISHED = re.compile("投产|投用|投运|达产|达效|运营|交付"), re.compile("竣工|完工|建成")
#: What says that a date is of the future, whatever the calendar says.
_OF_PLANS = re.compile("计划|拟|预|目标|力争|要求|时限|期限|节点|争取|承诺|[起开]止")
#: Titles of lists of what is done.
_DONE = re.compile(r"(?<![拟划应])(?<!拟开工)(?:竣工|投产|建成|完工)(?:一批)?的?项目")
#: 其他 alone names nothing; money beside it says what kind.
_OTHER = frozenset({"其他", "其它"})
_FUNDS = frozenset({"funds_central", "funds_bond", "funds_own"})
_PARTS = frozenset({"construction", "installation", "equipment"})
#: Where a sum comes from.
_SOURCE = re.compile("补|自筹|债|中央|[省市县区]级|配套|贷款|财政|上级")
#: So many of a column's cells are alike.
MOSTLY = 0.8
#: What is asked about has this confidence.
DOUBTED = 0.75

Chosen = list[Candidate | None]


def told_by_others(
    words: Vocabulary,
    headings: Sequence[Heading],
    chosen: Chosen,
    when: When,
    title: str,
) -> Chosen:
    """What the headings mean beside each other. ``when``: the table's own time as far as it is
    stated; ``title``: its title, "" for none."""
    chosen = _since_when(headings, _apart(headings, _in_fact(words, headings, chosen)))
    chosen = _states(words, headings, _leaders(words, headings, _others(headings, chosen)))
    chosen = _rates(headings, _passed(words, headings, chosen, when, title))
    return _sums(headings, chosen)


def doubted(one: Candidate, reason: str, field: str = "") -> Candidate:
    """A candidate that is asked about, for another field of its register if one is given."""
    target = Target("field", one.target.register, (field,)) if field else one.target
    return Candidate(target, min(one.confidence, DOUBTED), reason)


def _of(chosen: Chosen, field: str) -> list[int]:
    """The columns that are one field alone."""
    return [n for n, one in enumerate(chosen) if one and one.target.fields == (field,)]


def _fields(chosen: Chosen) -> set[str]:
    return {name for one in chosen if one is not None for name in one.target.fields}


def _in_fact(words: Vocabulary, headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """开工时间 beside 计划开工时间 is when it really began."""
    for planned, actual in _PLANNED_AND_ACTUAL:
        columns = _of(chosen, planned)
        if len(columns) != 2 or _of(chosen, actual):
            continue
        texts = ["".join(said(part) for part in headings[number].path) for number in columns]
        plan = [PLAN in words.folding.skeleton(text) for text in texts]
        if plan.count(True) != 1:
            continue
        which = plan.index(False)
        other, candidate = columns[which], chosen[columns[which]]
        assert candidate is not None
        if _in_use(texts[which]) and not _in_use(texts[1 - which]):
            why = f"另有“{texts[1 - which]}”一栏，这一栏是投用，不一定是竣工"
            chosen[other] = doubted(candidate, why, actual)
            continue
        chosen[other] = Candidate(
            Target("field", candidate.target.register, (actual,)),
            min(candidate.confidence, 0.85),
            "另有计划时间一栏，这一栏按实际时间读入",
        )
    return chosen


def _in_use(text: str) -> bool:
    return bool(_IN_USE.search(text)) and not _FINISHED.search(text)


def _apart(headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """累计完成投资 beside 本年累计完成投资 is the sum since the start (开累)."""
    columns = _of(chosen, "completed_year")
    if len(columns) != 2 or "completed_total" in _fields(chosen):
        return chosen
    yearly = [
        "年" in "".join(said(part, headings[number].when) for part in headings[number].path)
        for number in columns
    ]
    if yearly.count(True) != 1:
        return chosen
    other = columns[yearly.index(False)]
    candidate = chosen[other]
    assert candidate is not None
    chosen[other] = Candidate(
        Target("field", candidate.target.register, ("completed_total",)),
        min(candidate.confidence, 0.85),
        "另有本年累计一栏，这一栏按开工以来累计读入",
    )
    return chosen


def _since_when(headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """完成投资 in a table without any plan or figure of a year, month or week is of the year or
    since the start: that is asked. Of 截至目前完成投资 a plan of the year does not tell it."""
    fields = _fields(chosen)
    rated = any(one and one.target.what == "rate" for one in chosen)
    for number in _of(chosen, "completed_year"):
        one = chosen[number]
        assert one is not None
        path = headings[number].path
        if "年" in "".join(said(part, headings[number].when) for part in path) or rated:
            continue
        so_far = bool(_SO_FAR.search(plain("".join(path)))) and not fields & _TELLING
        if so_far and "annual_plan" in fields:
            chosen[number] = doubted(one, "没有写明是本年累计还是开工以来累计")
        elif so_far or (not fields & _OF_A_TIME and "total_investment" in fields):
            why = "没有写明是本年累计还是开工以来累计"
            chosen[number] = doubted(one, why, "completed_total")
    return chosen


def _others(headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """其他 with sums in it, beside 资本金 and 专项债券, is what comes from other sources; beside
    建筑工程 what is spent otherwise; beside other sums nobody can say."""
    fields = _fields(chosen)
    for number, one in enumerate(chosen):
        heading = headings[number]
        leaf = plain(heading.path[-1]) if heading.path else ""
        seen = heading.seen
        if one is None or leaf not in _OTHER or one.target.fields != ("remark",):
            continue
        if not seen.count or max(seen.numbers, seen.money) < MOSTLY:
            continue
        beside = next((o for o in chosen if o and {*o.target.fields} & (_FUNDS | _PARTS)), None)
        if beside is None or {"funds_other", "other"} & fields:
            chosen[number] = doubted(one, "栏内都是数")
            continue
        name = "funds_other" if {*beside.target.fields} & _FUNDS else "other"
        target = Target("field", beside.target.register, (name,))
        chosen[number] = Candidate(target, 0.85, "与其他金额栏并列，栏内都是金额")
    return chosen


def _leaders(words: Vocabulary, headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """责任领导 beside 责任人 or 联系人 is another person."""
    people = _of(chosen, "responsible_person")
    leading = [n for n in people if headings[n].path and "领导" in headings[n].path[-1]]
    if not leading or len(leading) == len(people):
        return chosen
    for number in leading:
        one = chosen[number]
        assert one is not None
        free = "sponsor" in words.scheme.register(one.target.register).by_name
        name = "sponsor" if free and not _of(chosen, "sponsor") else ""
        chosen[number] = doubted(one, "另有责任人或联系人一栏", name)
    return chosen


def _states(words: Vocabulary, headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """完成情况 with nothing but 已完成 and 推进中 below it is the state of the row."""
    for number, one in enumerate(chosen):
        seen = headings[number].seen
        if one is None or one.target.what != "field" or not seen.count:
            continue
        register = words.scheme.register(one.target.register)
        if register.by_name[one.target.fields[0]].type != "long_text":
            continue
        state = next(
            (
                field.name
                for field in register.field
                if field.choices is not None
                and any(item.closed for item in words.scheme.codes[field.choices].items)
                and seen.chosen(words.choices[field.choices].names) >= MOSTLY
            ),
            None,
        )
        if state is not None and not _of(chosen, state):
            target = Target("field", register.name, (state,))
            chosen[number] = Candidate(target, 0.85, "栏内都是状态")
    return chosen


def _passed(
    words: Vocabulary, headings: Sequence[Heading], chosen: Chosen, when: When, title: str
) -> Chosen:
    """Dates before the table's own time under 开工时间 or 投产时间 are no plans: it is asked
    whether they are when it really was. A finish still to come makes a start planned, too."""
    before = _begins(when)
    finishes = [*_of(chosen, "planned_finish"), *_of(chosen, "actual_finish")]
    for planned, actual in _PLANNED_AND_ACTUAL:
        for number in _of(chosen, planned):
            one, path = chosen[number], plain("".join(headings[number].path))
            assert one is not None
            subject = one.target.register == words.project_registers[0]
            if _OF_PLANS.search(path) or one.confidence < SURE or not subject:
                continue
            titled = bool(_DONE.search(title)) and planned == "planned_finish"
            past = before is not None and _all_before(headings[number], before)
            if planned == "planned_start" and past and before is not None:
                past = not any(not _all_before(headings[n], before) for n in finishes)
            if titled or past:
                what = "开工" if planned == "planned_start" else "竣工"
                taken = bool(_of(chosen, actual))
                why = f"所列日期都已过去，可能是实际{what}时间"
                chosen[number] = doubted(one, why, "" if taken else actual)
    return chosen


def _begins(when: When) -> date | None:
    """The day on which the table's own month or week begins."""
    if when.year is None:
        return None
    if when.week is not None:
        try:
            return date.fromisocalendar(when.year, when.week, 1)
        except ValueError:
            return None
    if when.month is not None:
        return date(when.year, when.month, 1)
    return None


def _all_before(heading: Heading, day: date) -> bool:
    read: list[date] = []
    for text in heading.seen.texts:
        try:
            found = read_date(text, "limit").date
        except NotADate:
            return False
        if found is not None:
            read.append(found)
    return bool(read) and max(read) < day


def _rates(headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """3月份/完成率 beside 3月份/计划 is a share of that plan, not of the year's."""
    for number, one in enumerate(chosen):
        path = headings[number].path
        if one is None or one.target.what != "rate" or len(path) < 2:
            continue
        planned = [
            other
            for at, other in enumerate(headings)
            if other.path[:-1] == path[:-1]
            and other.path[-1:]
            and PLAN in other.path[-1]
            and not ((base := chosen[at]) and base.target.fields[:1] == one.target.fields[1:])
        ]
        if planned:
            why = f"是“{'/'.join(planned[0].path)}”的完成比例"
            chosen[number] = Candidate(Target("elsewhere", "", ()), 1.0, why)
    return chosen


def _sums(headings: Sequence[Heading], chosen: Chosen) -> Chosen:
    """计划投资 divided into 省补 and 自筹, in a table without a total, may itself be the total."""
    if "total_investment" in _fields(chosen):
        return chosen
    for number in _of(chosen, "annual_plan"):
        one, path = chosen[number], headings[number].path
        assert one is not None
        if len(path) < 2 or "年" in "".join(path):
            continue
        beside = [other.path[-1] for other in headings if other.path[:1] == path[:1]]
        if any(_SOURCE.search(leaf) for leaf in beside):
            why = "按资金来源分列，可能是总投资"
            chosen[number] = doubted(one, why, "total_investment")
    return chosen
