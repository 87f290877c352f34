"""A look at all customers opens one case each, twice or side by side, and loses no signal."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, ProgrammingError

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.risk.cases.service import act, watch
from tenure.risk.cases.watched import Watched
from tests.app.pipelines import workspaces
from tests.directory.make import owner
from tests.risk.cases import make
from tests.risk.cases.conftest import Desk


def test_a_customer_has_one_case_whatever_speaks_of_them(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1"), ("a", "overdue", "2026-02-01"), ("b", "complaint", "t2")])
    make.look(desk.stores, [("a", "complaint", "t3"), ("a", "overdue", "2026-02-01")], 1)
    assert [case["customer_id"] for case in make.cases(desk.stores)] == ["a", "b"]
    assert [(who, name, evidence) for who, name, evidence, _ in make.raised(desk.stores)] == [
        ("a", "complaint", "t1"),
        ("a", "complaint", "t3"),
        ("a", "overdue", "2026-02-01"),
        ("b", "complaint", "t2"),
    ]


def test_the_same_look_twice_changes_nothing(desk: Desk) -> None:
    signs: list[make.Sign] = [("a", "complaint", "t1"), ("a", "visiting_less", None)]
    make.look(desk.stores, signs)
    before = (make.cases(desk.stores), make.raised(desk.stores), desk.entries())
    make.look(desk.stores, signs)
    assert (make.cases(desk.stores), make.raised(desk.stores), desk.entries()) == before


def test_two_pipelines_at_once_open_one_case(desk: Desk) -> None:
    signs: list[make.Sign] = [(f"c{number}", "complaint", f"t{number}") for number in range(50)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: make.look(desk.stores, signs), range(4)))
    assert len(make.cases(desk.stores)) == 50
    assert len(make.raised(desk.stores)) == 50


def test_the_database_itself_refuses_a_second_open_case(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")])
    with pytest.raises(IntegrityError), transaction(desk.stores.engine) as session:
        session.execute(
            text("""INSERT INTO risk_cases (id, customer_id, state, priority, opened_at, due_at)
                    VALUES ('x', 'a', 'open', 0, now(), now())""")
        )


def test_what_was_done_cannot_be_rewritten(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")])
    for statement in ("UPDATE case_entries SET act = 'x'", "DELETE FROM case_entries"):
        with pytest.raises(ProgrammingError, match="append-only"), transaction(desk.stores.engine) as session:
            session.execute(text(statement))


def test_a_look_cut_off_leaves_nothing_behind(desk: Desk) -> None:
    def cut_off() -> None:
        with transaction(desk.stores.engine) as session:
            watch.take_in(session, [make.batch([("a", "complaint", "t1")])], (), Watched(make.DAY, make.DAY))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        cut_off()
    assert make.cases(desk.stores) == []
    make.look(desk.stores, [("a", "complaint", "t1")])
    assert len(make.cases(desk.stores)) == 1


def test_what_began_long_ago_opens_no_case(desk: Desk) -> None:
    make.look(desk.stores, [("a", "overdue", "2025-01-01")], fresh=False)
    assert make.cases(desk.stores) == []


def test_a_state_that_flickers_is_one_occurrence(desk: Desk) -> None:
    make.look(desk.stores, [("a", "visiting_less", None), ("a", "complaint", "t1")])
    make.look(desk.stores, [], 3)
    make.look(desk.stores, [("a", "visiting_less", None)], 6)
    assert [name for _, name, _, _ in make.raised(desk.stores)] == ["complaint", "visiting_less"]
    make.look(desk.stores, [], 9)
    make.look(desk.stores, [("a", "visiting_less", None)], 60)
    assert [name for _, name, _, _ in make.raised(desk.stores)] == ["complaint", "visiting_less", "visiting_less"]


def test_who_comes_back_by_themselves_needs_nobody(desk: Desk) -> None:
    make.look(desk.stores, [("a", "overdue", "x"), ("b", "overdue", "y"), ("c", "complaint", "t")])
    attended = make.cases(desk.stores, "customer_id = 'b'")[0]["id"]
    with transaction(desk.stores.engine) as session:
        act.note(session, str(attended), "calling today", desk.boss, make.DAY)
    make.look(desk.stores, [], 5)
    states = {case["customer_id"]: (case["state"], case["outcome"]) for case in make.cases(desk.stores)}
    assert states == {"a": ("resolved", "came_back"), "b": ("open", None), "c": ("open", None)}


def test_a_false_alarm_keeps_the_same_signal_quiet_and_no_other(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")])
    desk.resolve("a", "false_alarm")
    make.look(desk.stores, [("a", "complaint", "t2")], 2)
    assert [case["state"] for case in make.cases(desk.stores)] == ["resolved"]
    make.look(desk.stores, [("a", "low_score", "f1")], 3)
    assert [case["state"] for case in make.cases(desk.stores)] == ["resolved", "open"]
    assert len(make.raised(desk.stores)) == 3


def test_a_new_signal_soon_after_a_rescue_opens_the_case_again(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")])
    desk.resolve("a", "saved")
    make.look(desk.stores, [("a", "complaint", "t2")], 5)
    (case,) = make.cases(desk.stores)
    assert (case["state"], case["reopened"], case["outcome"]) == ("open", 1, None)


def test_an_earlier_instant_raises_nothing(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")], 5)
    make.look(desk.stores, [("b", "complaint", "t2")], 1)
    assert [case["customer_id"] for case in make.cases(desk.stores)] == ["a"]


def test_cases_left_lying_go_to_those_above(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")])
    with transaction(desk.stores.engine) as session:
        happened = watch.attend(session, make.DAY + timedelta(days=30))
    (case,) = make.cases(desk.stores)
    assert (happened["escalated"], case["escalation"]) == (1, 1)
    assert case["owner_id"] is not None


def test_a_snoozed_case_wakes_when_its_time_has_come(desk: Desk) -> None:
    make.look(desk.stores, [("a", "complaint", "t1")])
    case = str(make.cases(desk.stores)[0]["id"])
    with transaction(desk.stores.engine) as session:
        act.snooze(session, case, make.DAY + timedelta(days=5), desk.boss, make.DAY)
    for day, state in ((4, "snoozed"), (6, "open")):
        with transaction(desk.stores.engine) as session:
            watch.attend(session, make.DAY + timedelta(days=day))
        assert make.cases(desk.stores)[0]["state"] == state


def test_merged_customers_have_one_case(desk: Desk) -> None:
    workspaces.know(desk.stores, [{"customer_id": who, "name": who} for who in ("kept", "other")])
    make.look(desk.stores, [("kept", "complaint", "t1"), ("other", "complaint", "t2")])
    with transaction(desk.stores.engine) as session:
        session.execute(text("UPDATE customers SET merged_into = 'kept' WHERE id = 'other'"))
    make.look(desk.stores, [("kept", "complaint", "t1"), ("kept", "complaint", "t2")], 1)
    states = [(case["customer_id"], case["state"], case["outcome"]) for case in make.cases(desk.stores)]
    assert sorted(states, key=str) == [("kept", "open", None), ("kept", "resolved", "merged")]
    assert {who for who, *_ in make.raised(desk.stores)} == {"kept"}


def test_every_case_has_an_owner_as_soon_as_there_is_one(fresh_stores: Stores) -> None:
    make.look(fresh_stores, [("a", "complaint", "t1")])
    assert make.cases(fresh_stores)[0]["owner_id"] is None
    owner(fresh_stores)
    make.look(fresh_stores, [("a", "complaint", "t1")], 1)
    assert make.cases(fresh_stores)[0]["owner_id"] is not None
