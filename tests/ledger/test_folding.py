"""The short way of folding entries in a line comes to what the fold of the set says."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from desktop.ledger.fold import REMOVED, Node, fold
from desktop.ledger.folding import in_line

VALUES: tuple[Any, ...] = (1, 1.0, "甲", None, "乙")


def nodes(chance: Random, forked: bool) -> list[Node]:
    """A record's entries, in a line or with forks, some of them removals and returns."""
    made: list[Node] = []
    for at in range(chance.randrange(1, 7)):
        fields: dict[str, Any] = {
            name: chance.choice(VALUES) for name in "abc" if chance.random() < 0.5
        }
        if chance.random() < 0.3:
            fields[REMOVED] = chance.random() < 0.5
        seen = [made[-1].entry] if made else []
        if forked and made:
            seen = [node.entry for node in made if chance.random() < 0.4]
        made.append(Node(f"{chance.random()}{at}", tuple(sorted(seen)), fields))
    return made


@pytest.mark.parametrize("seed", range(150))
def test_in_a_line_both_ways_agree(seed: int) -> None:
    line = nodes(Random(seed), forked=False)
    short, whole = in_line(line), fold(line)
    assert short == whole
    assert short is not None
    assert [type(value) for value in dict(sorted(short.values.items())).values()] == [
        type(value) for value in dict(sorted(whole.values.items())).values()
    ]


def test_what_is_not_in_a_line_is_left_to_the_fold() -> None:
    seen = {True: 0, False: 0}
    for seed in range(300):
        made = nodes(Random(seed), forked=True)
        short = in_line(made)
        seen[short is None] += 1
        assert short is None or short == fold(made)
    assert min(seen.values()) > 20


def test_a_field_set_apart_again_and_a_lost_parent_are_left_to_the_fold() -> None:
    first, second = Node("1", (), {"a": 1}), Node("2", ("1",), {"a": {"apart": ["1"]}})
    assert in_line([first, second]) is None
    assert in_line([Node("2", ("1",), {"a": 1})]) is None
    assert in_line([second, first]) is None
    assert in_line([first, Node("2", ("1",), {"a": 2})]) is not None
