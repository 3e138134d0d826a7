"""Which indicators stand in a table together."""

from __future__ import annotations

from desktop.ledger import scheme as schemes
from desktop.ledger.indicator_definitions import definitions
from desktop.ui.figures.aspects import aspect_of, aspects_of, short_title
from tests.ledger.books import shipped, texts


def test_every_indicator_of_the_shipped_scheme_stands_somewhere() -> None:
    aspects = aspects_of(shipped())
    assert [one.title for one in aspects] == ["投资进度", "开工竣工", "问题节点"]
    shown = {name for aspect in aspects for name in aspect.indicators}
    beside = {"projects", "schedule_progress", "unreported", "unplanned"}
    assert shown | beside == set(definitions(shipped()).indicators)


def test_a_districts_own_indicators_have_a_place() -> None:
    text = texts()["indicators.toml"]
    text += '\n[[indicator]]\nname = "big"\ntitle = "亿元以上项目数"\ncount = "annual_plan > 1"\n'
    scheme = schemes.parse(texts(indicators=text))
    own = aspects_of(scheme)[-1]
    assert (own.title, own.indicators) == ("其他指标", ("big",))
    assert short_title(definitions(scheme).indicators["big"]) == "亿元以上项目数"


def test_an_aspect_that_is_no_more_shows_the_first() -> None:
    assert aspect_of(shipped(), "items").title == "问题节点"
    assert aspect_of(shipped(), "colour").title == "投资进度"


def test_headings_are_those_of_the_papers() -> None:
    known = definitions(shipped()).indicators
    assert short_title(known["completed_year"]) == "年累计"
    assert short_title(known["planned_starts"]) == "计划开工"
    assert all(
        len(short_title(known[name])) <= 5
        for one in aspects_of(shipped())
        for name in one.indicators
    )
