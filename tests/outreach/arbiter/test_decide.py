"""What the gate lets through, what it holds, and what it says of it."""

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenure.outreach.arbiter.ask import ConsentWord, Contact, Suppression
from tenure.outreach.arbiter.decide import decide
from tenure.outreach.arbiter.policy import Budget, Cap, Hours
from tests.outreach.arbiter.make import (
    LONG_AGO,
    NEW_YORK,
    NOON,
    SHANGHAI,
    agreed,
    ask,
    customer,
    made,
    planned,
    rules,
)

EVENING = datetime(2026, 3, 4, 14, tzinfo=UTC)  # 22:00 in Shanghai
DAYTIME = {"email": Hours(time(8), time(21))}


def code(*facts: object, **more: object) -> tuple[str, str]:
    decision = decide(*facts, **more)  # type: ignore[arg-type]
    return decision.outcome, decision.reason.code


def test_who_agreed_and_can_be_reached_at_noon_hears_from_us() -> None:
    decision = decide(ask(), customer(), rules(hours=DAYTIME), NOON)
    assert (decision.outcome, decision.channel, decision.next_eligible) == ("send", "email", NOON)
    assert [step.gate for step in decision.steps] == [
        "address", "consent", "suppression", "hold_out", "hours", "cap", "budget"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("consents", "said"),
    [
        ((), "consent_missing"),
        ((ConsentWord("marketing", "email", "pending", NOON),), "consent_pending"),
        ((agreed(), ConsentWord("marketing", "email", "withdrawn", NOON)), "consent_withdrawn"),
        ((agreed("marketing", "email"), ConsentWord("any", "any", "withdrawn", NOON)), "consent_withdrawn"),
        ((agreed("service"),), "consent_missing"),
        (
            (ConsentWord("marketing", "any", "granted", NOON), ConsentWord("marketing", "any", "withdrawn", NOON)),
            "consent_withdrawn",
        ),
    ],
)
def test_without_a_yes_nothing_is_sent(consents: tuple[ConsentWord, ...], said: str) -> None:
    assert code(ask(), customer(consents=consents), rules(), NOON) == ("drop", said)


def test_the_newest_word_counts_whatever_it_speaks_of() -> None:
    back = (ConsentWord("any", "any", "withdrawn", LONG_AGO), ConsentWord("marketing", "email", "granted", NOON))
    assert decide(ask(), customer(consents=back), rules(), NOON).outcome == "send"


def test_a_purpose_that_needs_no_yes_is_stopped_by_a_no() -> None:
    service = rules(consent={"service": "opt_out"})
    assert decide(ask(purpose="service"), customer(consents=()), service, NOON).outcome == "send"
    no = (ConsentWord("service", "any", "withdrawn", NOON),)
    assert code(ask(purpose="service"), customer(consents=no), service, NOON) == ("drop", "consent_withdrawn")


def test_a_receipt_passes_what_a_newsletter_does_not_and_the_trace_says_so() -> None:
    closed = customer(
        consents=(), held_out="spring", made=(made(1),), suppressions=(Suppression("email", "complaint", NOON),)
    )
    policy = rules(hours=DAYTIME, caps=(Cap("daily", 1, hours=24),))
    decision = decide(ask(transactional=True), closed, policy, EVENING)
    assert decision.outcome == "send"
    assert {step.gate for step in decision.steps if step.verdict == "bypass"} == {
        "consent", "suppression", "hold_out", "hours", "cap", "budget"
    }  # fmt: skip


def test_no_message_goes_to_a_dead_address() -> None:
    dead = customer(suppressions=(Suppression("email", "hard_bounce", NOON),))
    assert code(ask(transactional=True), dead, rules(), NOON) == ("drop", "suppressed")


def test_a_customer_held_out_is_left_alone_on_every_channel() -> None:
    decision = decide(ask(substitutes=("sms",)), customer(held_out="spring"), rules(), NOON)
    assert (decision.outcome, decision.reason.code) == ("drop", "held_out")
    assert {step.channel for step in decision.steps} == {"email"}


def test_at_night_it_waits_until_the_customers_own_morning() -> None:
    decision = decide(ask(), customer(), rules(hours=DAYTIME), EVENING)
    assert (decision.outcome, decision.reason.code) == ("defer", "quiet_hours")
    assert decision.until == datetime(2026, 3, 5, 8, tzinfo=SHANGHAI)
    assert decide(ask(), customer(zone=NEW_YORK), rules(hours=DAYTIME), EVENING).outcome == "send"


def test_a_holiday_is_no_day_for_messages_where_the_rules_say_so() -> None:
    policy = rules(hours={"email": Hours(holidays=True)}, holidays={"CN": frozenset({date(2026, 3, 4)})})
    assert decide(ask(), customer(), policy, NOON).until == datetime(2026, 3, 5, 8, tzinfo=SHANGHAI)
    assert decide(ask(), customer(country="US"), policy, NOON).outcome == "send"


def test_a_night_in_which_clocks_change_keeps_its_hours() -> None:
    night = datetime(2026, 3, 8, 6, 30, tzinfo=UTC)  # 01:30 in New York, half an hour before clocks go forward
    decision = decide(ask(), customer(zone=NEW_YORK), rules(hours=DAYTIME), night)
    assert decision.until == datetime(2026, 3, 8, 12, tzinfo=UTC)


def test_a_rolling_cap_counts_across_midnight() -> None:
    late = customer(made=(made(13),))  # yesterday 23:00
    assert decide(ask(), late, rules(caps=(Cap("daily", 1, period="day"),)), NOON).outcome == "send"
    decision = decide(ask(), late, rules(caps=(Cap("daily", 1, hours=24),)), NOON)
    assert (decision.outcome, decision.until) == ("defer", NOON + timedelta(hours=11))


def test_a_calendar_cap_opens_at_the_customers_midnight() -> None:
    policy = rules(caps=(Cap("daily", 1, period="day"),))
    decision = decide(ask(), customer(made=(made(3),)), policy, NOON)
    assert decision.until == datetime(2026, 3, 5, tzinfo=SHANGHAI)


def test_a_cap_counts_what_it_names_and_nothing_else() -> None:
    policy = rules(caps=(Cap("sms", 1, hours=24, channel="sms"), Cap("sale", 1, hours=24, tag="sale")))
    heard = customer(made=(made(1, "sms"), made(2, "email", tags=frozenset({"sale"}))))
    assert decide(ask(), heard, policy, NOON).outcome == "send"
    assert code(ask("sms"), heard, policy, NOON) == ("defer", "cap_reached")
    assert code(ask(tags=frozenset({"sale"})), heard, policy, NOON) == ("defer", "cap_reached")


def test_a_lesser_message_leaves_the_last_slot_to_a_greater_one() -> None:
    policy = rules(caps=(Cap("weekly", 2, hours=168),))
    waiting = customer(made=(made(24),), planned=(planned(20, priority=9),))
    decision = decide(ask(priority=1), waiting, policy, NOON)
    assert (decision.outcome, decision.reason.gate, decision.reason.code) == ("defer", "priority", "slot_kept")
    assert decide(ask(priority=9), waiting, policy, NOON).outcome == "send"
    assert decide(ask(priority=1), customer(planned=(planned(20, priority=9),)), policy, NOON).outcome == "send"


def test_money_that_is_spent_comes_back_next_month() -> None:
    policy = rules(budgets=(Budget("sms", Decimal(10), channel="sms"),))
    decision = decide(ask("sms", cost=Decimal("0.5")), customer(spent={"sms": Decimal("9.8")}), policy, NOON)
    assert (decision.reason.code, decision.until) == ("budget_spent", datetime(2026, 4, 1, tzinfo=UTC))
    assert decide(ask(cost=Decimal("0.5")), customer(spent={"sms": Decimal("9.8")}), policy, NOON).outcome == "send"
    assert code(ask("sms", cost=Decimal(11)), customer(), policy, NOON) == ("drop", "dearer_than_budget")


def test_what_can_no_longer_be_in_time_takes_another_channel_or_is_dropped() -> None:
    policy = rules(hours=DAYTIME)
    soon = EVENING + timedelta(hours=2)
    assert code(ask(stale_after=soon), customer(), policy, EVENING) == ("drop", "would_be_stale")
    decision = decide(ask(stale_after=soon, substitutes=("sms",)), customer(), policy, EVENING)
    assert (decision.outcome, decision.channel, decision.reason.code) == ("substitute", "sms", "would_be_stale")
    assert code(ask(stale_after=EVENING), customer(), policy, EVENING) == ("drop", "stale")


def test_a_channel_without_address_gives_way_to_the_next_that_is_open() -> None:
    only_wecom = customer(reachable=frozenset({"sms", "wecom"}), consents=(agreed("marketing", "wecom"),))
    decision = decide(ask(substitutes=("sms", "wecom")), only_wecom, rules(), NOON)
    assert (decision.outcome, decision.channel) == ("substitute", "wecom")
    assert [(step.channel, step.code) for step in decision.steps if step.verdict == "stop"] == [
        ("email", "no_address"),
        ("sms", "consent_missing"),
    ]


def test_the_moment_it_waits_for_is_open_to_every_gate() -> None:
    policy = rules(hours=DAYTIME, caps=(Cap("two days", 1, hours=58),))
    decision = decide(ask(), customer(made=(made(1),)), policy, NOON)  # the cap opens at 21:00, when the day is over
    assert decision.until == datetime(2026, 3, 7, 8, tzinfo=SHANGHAI)


CONTACTS = st.lists(st.builds(made, st.floats(0.1, 400)), max_size=8).map(tuple)
PLANS = st.lists(st.builds(planned, st.floats(0.1, 400), st.integers(2, 9)), max_size=5).map(tuple)
CAPS = st.lists(
    st.one_of(
        st.builds(lambda limit, hours: Cap("rolling", limit, hours=hours), st.integers(1, 4), st.sampled_from([6.0, 24.0, 168.0])),
        st.builds(lambda limit, period: Cap("calendar", limit, period=period), st.integers(1, 4), st.sampled_from(["day", "week", "month"])),
    ),
    max_size=3,
).map(tuple)  # fmt: skip


@given(CONTACTS, PLANS, CAPS)
def test_asked_again_at_the_moment_it_named_the_gate_is_open(
    contacts: tuple[Contact, ...], plans: tuple[Contact, ...], caps: tuple[Cap, ...]
) -> None:
    policy = rules(hours=DAYTIME, caps=caps)
    decision = decide(ask(priority=1), customer(made=contacts, planned=plans), policy, NOON)
    if decision.outcome == "defer" and decision.until is not None:
        gone = contacts + tuple(plan for plan in plans if plan.at <= decision.until)
        later = tuple(plan for plan in plans if plan.at > decision.until)
        assert decide(ask(priority=1), customer(made=gone, planned=later), policy, decision.until).outcome == "send"


@given(CONTACTS, st.floats(0.1, 160), CAPS)
def test_a_lesser_message_never_takes_the_slot_of_a_greater_one(
    contacts: tuple[Contact, ...], hours_ahead: float, caps: tuple[Cap, ...]
) -> None:
    policy, greater = rules(caps=caps), planned(hours_ahead, priority=9)
    alone = decide(ask(priority=9), customer(made=contacts), policy, greater.at).outcome
    lesser = decide(ask(priority=1), customer(made=contacts, planned=(greater,)), policy, NOON)
    if alone == "send" and lesser.outcome == "send":
        both = (*contacts, Contact(NOON, "email", "newsletter", priority=1))
        assert decide(ask(priority=9), customer(made=both), policy, greater.at).outcome == "send"
