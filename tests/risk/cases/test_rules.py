"""Who gets which case, and what may happen to one: on paper."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.kit.errors import Conflict, Invalid
from tenure.risk.cases import rules
from tenure.risk.cases.rules import Candidate, OwnerRule, Ownership, give, least_loaded

NOW = datetime(2026, 3, 1, tzinfo=UTC)
STAFF = [
    Candidate("m1", "sales", 5),
    Candidate("m2", "sales", 0),
    Candidate("m3", "agent", 0),
    Candidate("m4", "owner", 0),
]


@given(st.lists(st.integers(0, 9), min_size=1, max_size=5), st.integers(0, 30))
def test_slots_taken_at_once_are_those_handed_out_one_by_one(loads: list[int], cases: int) -> None:
    members = [f"m{number}" for number in range(len(loads))]
    counted = dict(zip(members, loads, strict=True))
    by_hand, slowly = dict(counted), []
    for _ in range(cases):
        least = min(members, key=lambda member: (by_hand[member], member))
        by_hand[least] += 1
        slowly.append(least)
    assert least_loaded(members, counted, cases).tolist() == slowly
    assert counted == by_hand


def test_the_first_rule_that_fits_decides_and_the_least_loaded_gets_it() -> None:
    ownership = Ownership((OwnerRule(("A",), 100.0, ("sales",), (), 24), OwnerRule(roles=("agent",), due_hours=72)))
    given_out = give(["A", "A", "A", None], np.array([500.0, 500.0, 50.0, np.nan]), STAFF, ownership)
    assert given_out.owners == ["m2", "m2", "m3", "m3"]
    assert given_out.due_hours.tolist() == [24, 24, 72, 72]


def test_a_rule_nobody_fits_falls_to_those_above_and_at_last_to_the_owner() -> None:
    ownership = Ownership((OwnerRule(roles=("marketer",)),), escalate_to=("manager",))
    assert give(["A"], np.array([1.0]), STAFF, ownership).owners == ["m4"]
    assert give(["A"], np.array([1.0]), [], ownership).owners == [None]


def test_what_may_not_be_is_refused_with_its_place() -> None:
    with pytest.raises(Invalid) as far:
        rules.check_snooze(NOW + timedelta(days=181), NOW)
    assert far.value.fields[0].path == "/until"
    with pytest.raises(Invalid):
        rules.check_snooze(NOW, NOW)
    with pytest.raises(Invalid):
        rules.check_outcome("came_back")  # only the system says so
    with pytest.raises(Invalid):
        rules.check_note("   ")
    with pytest.raises(Conflict):
        rules.check_not_resolved("resolved")
    with pytest.raises(Conflict):
        rules.check_resolved("resolved", NOW - timedelta(days=91), NOW)
