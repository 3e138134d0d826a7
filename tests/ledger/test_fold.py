"""The fold: any order and any repetition of the same entries, the rules of conflict, decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ledger.fold import REMOVED, Node, Side, State, apart, before, fold, same

NAMES = ("content", "place", "remark")
Write = tuple[int, Mapping[str, Any], int | None]


def identity(number: int, salt: int) -> str:
    """An identity whose order tells nothing of when it was written."""
    return sha256(f"{salt}-{number}".encode()).hexdigest()[:12]


def history(writes: Sequence[Write], salt: int = 0) -> list[Node]:
    """What three clerks wrote: (who, fields, whose entries he took in before), parents as seen."""
    nodes: list[Node] = []
    seen: list[set[int]] = [set(), set(), set()]
    for clerk, fields, taken in writes:
        if taken is not None:
            seen[clerk] |= seen[taken]
        own = [nodes[number] for number in sorted(seen[clerk])]
        seen[clerk].add(len(nodes))
        nodes.append(Node(identity(len(nodes), salt), fold(own).heads, fields))
    return nodes


fields_ = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 3), min_size=1, max_size=3)
removals = st.sampled_from([{REMOVED: True}, {REMOVED: False}])
clerks = st.integers(0, 2)
writes = st.lists(st.tuples(clerks, fields_, st.none() | clerks), max_size=9)
all_writes = st.lists(st.tuples(clerks, fields_ | removals, st.none() | clerks), max_size=9)
histories = st.builds(history, writes, st.integers(0, 7))
all_histories = st.builds(history, all_writes, st.integers(0, 7))


# Laws -----------------------------------------------------------------------------------------


@given(all_histories, st.randoms(use_true_random=False))
def test_any_order_and_any_repetition_give_the_same_state(nodes: list[Node], chance: Any) -> None:
    delivered = nodes + [chance.choice(nodes) for _ in range(4) if nodes]
    chance.shuffle(delivered)
    assert fold(delivered) == fold(nodes)


def test_every_order_of_a_forked_history_gives_the_same_state() -> None:
    nodes = history(
        [
            (0, {"content": 1, "place": 1}, None),
            (1, {"content": 2}, 0),
            (0, {"content": 3, "remark": 1}, None),
            (2, {REMOVED: True}, 0),
            (1, {"place": 2}, 0),
        ]
    )
    assert {repr(fold(order)) for order in permutations(nodes)} == {repr(fold(nodes))}


@given(all_histories, fields_, st.booleans())
def test_a_write_touches_its_own_fields_only(
    nodes: list[Node], fields: dict[str, int], seeing_all: bool
) -> None:
    earlier = fold(nodes)
    parents = earlier.heads if seeing_all else tuple(node.entry for node in nodes[:1])
    later = fold([*nodes, Node("f" * 12, parents, fields)])
    for name in set(NAMES) - set(fields):
        assert later.values.get(name) == earlier.values.get(name)
        if later.removed == earlier.removed:
            assert later.conflicts.get(name) == earlier.conflicts.get(name)


@given(st.lists(fields_, min_size=1, max_size=8))
def test_one_clerks_history_is_the_overlay_of_his_writes(written: list[dict[str, int]]) -> None:
    nodes = history([(0, fields, None) for fields in written])
    overlaid: dict[str, int] = {}
    for fields in written:
        overlaid.update(fields)
    assert fold(nodes) == State(overlaid, (nodes[-1].entry,), False, {})


@given(histories, fields_)
def test_who_has_seen_everything_decides(nodes: list[Node], fields: dict[str, int]) -> None:
    state = fold([*nodes, Node("f" * 12, fold(nodes).heads, fields)])
    assert state.heads == ("f" * 12,)
    for name, value in fields.items():
        assert state.values[name] == value
        assert name not in state.conflicts


@given(all_histories)
def test_the_heads_are_what_nobody_has_seen(nodes: list[Node]) -> None:
    seen = {parent for node in nodes for parent in node.parents}
    assert fold(nodes).heads == tuple(sorted({node.entry for node in nodes} - seen))


@given(all_histories)
def test_a_writer_saw_the_fold_of_what_stood_before_it(nodes: list[Node]) -> None:
    for at, node in enumerate(nodes):
        state = before(nodes, node.parents)
        assert state.heads == tuple(sorted(node.parents))
        assert state == before(nodes[: at + 1], node.parents)


# Against a plain reading of the rules ------------------------------------------------------------


def reading(nodes: list[Node], name: str, within: set[str] | None = None) -> list[int | None]:
    """The values that stand in a field, the one of the smallest identity first; [None] for none."""
    by_entry = {node.entry: node for node in nodes}
    within = set(by_entry) if within is None else within
    writers = [entry for entry in within if name in by_entry[entry].fields]
    last = [w for w in writers if not any(w in ancestors(by_entry, other) for other in writers)]
    values = {by_entry[entry].fields[name] for entry in last}
    if len(values) < 2:
        return list(values) or [None]
    common = set.intersection(*(ancestors(by_entry, entry) for entry in last)) & within
    base = reading(nodes, name, common)
    if len(base) == 1:
        last = [entry for entry in last if by_entry[entry].fields[name] != base[0]]
    shown: list[int | None] = []
    for entry in sorted(last):
        if by_entry[entry].fields[name] not in shown:
            shown.append(by_entry[entry].fields[name])
    return shown


def ancestors(by_entry: dict[str, Node], entry: str) -> set[str]:
    found: set[str] = set()
    waiting = list(by_entry[entry].parents)
    while waiting:
        parent = waiting.pop()
        if parent in by_entry and parent not in found:
            found.add(parent)
            waiting += by_entry[parent].parents
    return found


@given(histories)
def test_every_field_reads_as_the_rules_say(nodes: list[Node]) -> None:
    state = fold(nodes)
    for name in NAMES:
        expected = reading(nodes, name)
        assert state.values.get(name) == expected[0]
        sides = [side.value for side in state.conflicts.get(name, ())]
        assert sides == (expected if len(expected) > 1 else [])


# Conflicts, one by one -------------------------------------------------------------------------

BASE = Node("50", (), {"content": 1, "place": 1})


def forked(one: Mapping[str, Any], other: Mapping[str, Any]) -> State:
    """Two clerks, of whom "60" has the smaller identity, write apart on the same record."""
    return fold([BASE, Node("70", ("50",), other), Node("60", ("50",), one)])


def test_changed_on_one_side_only_is_taken() -> None:
    state = forked({"content": 2}, {"place": 3})
    assert dict(state.values) == {"content": 2, "place": 3}
    assert state.conflicts == {}
    assert state.heads == ("60", "70")


def test_changed_equally_is_taken() -> None:
    state = forked({"content": 2}, {"content": 2})
    assert state.values["content"] == 2
    assert state.conflicts == {}


def test_changed_differently_keeps_both_sides_and_shows_the_smallest_identity() -> None:
    state = forked({"content": 9}, {"content": 2})
    assert state.conflicts == {"content": (Side("60", 9), Side("70", 2))}
    assert state.values["content"] == 9


def test_one_and_true_and_one_point_nought_are_different_values() -> None:
    assert not same(1, True)
    assert not same(1, 1.0)
    assert same("甲", "甲")
    assert len(forked({"content": 0}, {"content": False}).conflicts["content"]) == 2


def test_who_brought_the_old_value_back_gives_way() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 2}),
        Node("61", ("60",), {"content": 1}),
        Node("70", ("50",), {"content": 3}),
    ]
    assert fold(nodes).values["content"] == 3
    assert fold(nodes).conflicts == {}


def test_a_record_made_twice_is_a_conflict_only_where_it_differs() -> None:
    state = fold([Node("60", (), {"content": 1, "place": 4}), Node("70", (), {"content": 2})])
    assert state.conflicts == {"content": (Side("60", 1), Side("70", 2))}
    assert state.values["place"] == 4


def test_three_sides_stay_visible() -> None:
    nodes = [BASE, *(Node(str(n), ("50",), {"content": n}) for n in (63, 61, 62))]
    assert [side.value for side in fold(nodes).conflicts["content"]] == [61, 62, 63]


def test_a_field_emptied_on_one_side_and_filled_on_the_other_is_a_conflict() -> None:
    state = forked({"content": None}, {"content": 4})
    assert state.conflicts == {"content": (Side("60", None), Side("70", 4))}
    assert state.values["content"] is None


@pytest.mark.parametrize("chosen", [2, 9, 5, None])
def test_a_decision_with_both_parents_settles(chosen: int | None) -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 9}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {"content": chosen}),
    ]
    state = fold(nodes)
    assert state == State({"content": chosen, "place": 1}, ("20",), False, {})


def test_an_entry_that_saw_both_sides_and_wrote_elsewhere_settles_nothing() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 9}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {"place": 7}),
    ]
    assert set(fold(nodes).conflicts) == {"content"}
    assert fold(nodes).heads == ("20",)


def test_two_decisions_made_apart_are_a_conflict_of_their_own() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 9}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {"content": 9}),
        Node("30", ("60", "70"), {"content": 4}),
    ]
    assert fold(nodes).conflicts == {"content": (Side("20", 9), Side("30", 4))}


# Removing ----------------------------------------------------------------------------------------


def test_removed_on_one_side_only_is_removed() -> None:
    state = fold([BASE, Node("60", ("50",), {REMOVED: True})])
    assert state.removed
    assert REMOVED not in state.values
    assert dict(state.values) == {"content": 1, "place": 1}


def test_removed_on_both_sides_is_removed() -> None:
    state = forked({REMOVED: True}, {REMOVED: True})
    assert state.removed
    assert state.conflicts == {}


@pytest.mark.parametrize("remover", ["60", "70"])
def test_removed_against_changed_is_a_conflict_and_the_record_stays(remover: str) -> None:
    changer = {"60": "70", "70": "60"}[remover]
    state = fold(
        [BASE, Node(remover, ("50",), {REMOVED: True}), Node(changer, ("50",), {"content": 2})]
    )
    assert not state.removed
    assert state.conflicts == {REMOVED: (Side(changer, False), Side(remover, True))}
    assert state.values["content"] == 2


def test_removed_by_who_had_seen_the_change_is_removed() -> None:
    state = fold([BASE, Node("60", ("50",), {"content": 2}), Node("70", ("60",), {REMOVED: True})])
    assert state.removed
    assert state.conflicts == {}


def test_removed_against_a_change_taken_back_is_removed() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {REMOVED: True}),
        Node("70", ("50",), {"content": 2}),
        Node("71", ("70",), {"content": 1}),
    ]
    assert fold(nodes).removed
    assert fold(nodes).conflicts == {}


def test_removed_against_a_removal_taken_back_is_removed() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {REMOVED: True}),
        Node("70", ("50",), {REMOVED: True}),
        Node("71", ("70",), {REMOVED: False}),
    ]
    assert fold(nodes).removed
    assert fold(nodes).conflicts == {}


def test_removed_against_the_same_record_made_by_another_is_a_conflict() -> None:
    nodes = [
        Node("60", (), {"content": 1}),
        Node("61", ("60",), {REMOVED: True}),
        Node("70", (), {"content": 1}),
    ]
    assert not fold(nodes).removed
    assert fold(nodes).conflicts == {REMOVED: (Side("70", False), Side("61", True))}


def test_an_entry_that_changed_nothing_does_not_hold_a_removal_up() -> None:
    nodes = [BASE, Node("60", ("50",), {REMOVED: True}), Node("70", ("50",), {})]
    assert fold(nodes).removed


@pytest.mark.parametrize("gone", [True, False])
def test_a_decision_about_a_removal_settles(gone: bool) -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {REMOVED: True}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {REMOVED: gone}),
    ]
    assert fold(nodes) == State({"content": 2, "place": 1}, ("20",), gone, {})


def test_what_stands_apart_in_a_removed_record_waits_for_its_return() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 9}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {REMOVED: True}),
    ]
    assert fold(nodes) == State({"content": 9, "place": 1}, ("20",), True, {})
    back = fold([*nodes, Node("21", ("20",), {REMOVED: False})])
    assert back.conflicts == {"content": (Side("60", 9), Side("70", 2))}
    assert not back.removed


@given(all_histories)
def test_a_record_in_conflict_about_its_removal_stays(nodes: list[Node]) -> None:
    state = fold(nodes)
    if REMOVED in state.conflicts:
        assert not state.removed
        assert state.conflicts[REMOVED][0].value is False
        assert any(side.value is True for side in state.conflicts[REMOVED])


# Open again ------------------------------------------------------------------------------------


def undone(nodes: list[Node], decide: Callable[[State], Mapping[str, Any]]) -> tuple[State, State]:
    """The state with open conflicts, and the one after deciding them and undoing the decision."""
    open_ = fold(nodes)
    decision = Node("decision", open_.heads, decide(open_))
    assert not fold([*nodes, decision]).conflicts
    fields = {name: apart(nodes, open_.heads, name) for name in open_.conflicts}
    return open_, fold([*nodes, decision, Node("undoing", ("decision",), fields)])


@given(all_histories, st.integers(1, 4))
def test_undoing_a_decision_opens_the_conflict_again(nodes: list[Node], chosen: int) -> None:
    open_, again = undone(
        nodes,
        lambda state: {name: False if name == REMOVED else chosen for name in state.conflicts},
    )
    assert again == State(open_.values, ("undoing",), open_.removed, open_.conflicts)


def test_a_conflict_open_again_can_be_decided_again() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 9}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {"content": 9}),
        Node("21", ("20",), {"content": {"apart": ["60", "70"]}}),
        Node("22", ("21",), {"content": 2}),
    ]
    assert set(fold(nodes[:-1]).conflicts) == {"content"}
    assert fold(nodes) == State({"content": 2, "place": 1}, ("22",), False, {})


def test_a_side_that_was_changed_further_elsewhere_stands_with_its_last_value() -> None:
    nodes = [
        BASE,
        Node("60", ("50",), {"content": 9}),
        Node("70", ("50",), {"content": 2}),
        Node("20", ("60", "70"), {"content": 5}),
        Node("21", ("20",), {"content": {"apart": ["60", "70"]}}),
        Node("80", ("70",), {"content": 3}),
    ]
    assert fold(nodes).conflicts == {"content": (Side("60", 9), Side("80", 3))}


def test_a_field_set_apart_by_nobody_known_is_empty() -> None:
    nodes = [BASE, Node("60", ("50",), {"content": {"apart": ["99"]}})]
    assert fold(nodes).values["content"] is None
    assert fold(nodes).conflicts == {}
