"""Nonsense of the right types: refused by name, or taken in without harm; never a fault of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.errors import OneLedgerError
from desktop.exchange import batches, ownership, payload
from desktop.exchange.refusals import Refusal
from desktop.ledger import audience, cycle, merging, verify
from desktop.ledger.merging import NumberTwice, ParentsMissing
from desktop.paths import PROFILE_VARIABLE
from tests.exchange.desks import District, found
from tests.exchange.senseless import Senseless
from tests.ledger import books


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """A district that has taken in two townships' weeks and an item that names a department."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(PROFILE_VARIABLE, str(tmp_path_factory.mktemp("profile")))
        founded = found(tmp_path_factory.mktemp("founded"))
        district = District(founded, tmp_path_factory.mktemp("desks"))
        books.week(district.one.book, district.project)
        books.week(district.two.book, district.other)
        with district.one.book.batch("create") as batch:
            named = {"problem": "未接电", "responsible_unit": "区工信局"}
            batch.create("problem", {"project": district.project, **named})
        district.district.take(district.report(district.one))
        district.district.take(district.report(district.two), package="second")
        yield district
        district.close()


class Back(Exception):
    """Ends a transaction so that the next nonsense meets the same book."""


def outcome(office: District, random: Random) -> str:
    """What becomes of one senseless package in the district's book; faults go through."""
    book = office.district.book
    desks = (office.one, office.two, office.department, office.district)
    units = {desk.book.replica: desk.book.unit for desk in desks}
    author = random.choice(desks).book.replica
    entries = Senseless(random, book, [author]).entries(random.choice((1, 1, 2, 3, 6)))
    share, above = random.random() < 0.1, random.random() < 0.2
    try:
        ownership.judge(book, entries, units, own_unit_share=share, relayed_by_above=above)
        with book.atomic():
            merging.receive(book, entries, "f" * 64)
            harm = [
                problem for problem in verify.verify(book).problems if problem.what != "attachment"
            ]
            assert not harm, harm
            cycle.status(book)
            for unit in units.values():
                audience.lines(book, unit)
            raise Back
    except Back:
        return "taken in"
    except Refusal as refusal:
        return refusal.name
    except (ParentsMissing, NumberTwice) as refusal:
        return refusal.name


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], database=None
)
@given(seed=st.integers(0, 2**64))
def test_a_senseless_package_has_a_named_end(office: District, seed: int) -> None:
    assert outcome(office, Random(seed))


def test_nonsense_goes_deep_and_leaves_nothing(office: District) -> None:
    """The same share each time: every kind of end is reached, the book stays as it was."""
    before = books.everything(office.district.book)
    ends = Counter(outcome(office, Random(seed)) for seed in range(600))
    for end in ("BadEntry", "ForeignField", "ForeignRecord", "NewerScheme", "taken in"):
        assert ends[end] >= 5, ends
    assert books.everything(office.district.book) == before


def test_what_stands_beside_the_entries_is_senseless_too(office: District) -> None:
    book = office.district.book
    ends: Counter[str] = Counter()
    for seed in range(300):
        random = Random(seed)
        senseless = Senseless(random, book, [office.one.book.replica, office.two.book.replica])
        message = senseless.payload(senseless.entries(random.randrange(4)))
        try:
            raw = payload.encode(message)
            read, _ = payload.decode(raw)
            assert read == message
            batches.verify_batches(
                book, read.entries, read.batches, read.certificates, office.everybody
            )
            ends["verified"] += 1
        except OneLedgerError as refusal:
            ends[refusal.name] += 1
    assert {"Malformed", "BatchForged", "BatchMissing"} <= ends.keys(), ends
    assert ends["verified"] < 100, "nothing with entries is verified"
