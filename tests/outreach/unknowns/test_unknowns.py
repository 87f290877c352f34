"""What becomes of sends nobody can vouch for: asked, ruled, and never repeated blindly."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from tenure.app.message_jobs import resolve_unknowns
from tenure.app.wiring import Stores
from tenure.channels.channel import CannotTell, Found, NotFound, Receipt, Uncertain
from tenure.kit.db import transaction
from tenure.outreach.telling.service import tell
from tenure.outreach.unknowns.service import resolve
from tests.channels.sms_providers import HouseGateway
from tests.directory.make import TickingClock, owner
from tests.outreach.accounts.test_accounts import FACTS
from tests.outreach.make import KEY, NOON, Clock, Pigeon, ask, events, people, run, sends
from tests.outreach.telling.test_telling import rows, to_the_lake

LATER = Clock(NOON + timedelta(hours=30))


class Asked(Pigeon):
    """A channel whose provider is asked by address."""

    def __init__(self, found: Callable[[str], Found]) -> None:
        super().__init__(lambda _: Uncertain("line broke"))
        self.found, self.questions = found, list[tuple[str, str]]()

    def look_up_at(self, message_id: str, address: str, sent_at: datetime) -> Found:
        """Answer as told."""
        assert sent_at == NOON
        self.questions.append((message_id, address))
        return self.found(message_id)


def lost(stores: Stores, channel: Pigeon, *who: str, rule: str = "leave") -> None:
    """Hand over messages whose fate nobody knows, under a rule."""
    people(stores, *who)
    boss = owner(stores, TickingClock())
    assert boss.put("/channels", json={"kind": "smtp", "facts": FACTS}).status_code == 200
    assert boss.put("/channels/email/care", json={"unknown": rule, "unknown_after_hours": 24}).status_code == 200
    ask(stores, list(who))
    run(stores, channel)
    assert set(sends(stores).values()) == {"unknown"}


def test_what_the_provider_knows_is_settled_and_what_it_never_had_goes_again(fresh_stores: Stores) -> None:
    known: dict[str, Found] = {}
    channel = Asked(lambda send: known.get(send, CannotTell()))
    lost(fresh_stores, channel, "ann", "bob", "cleo")
    ids = {message.address[:3]: message.id for message in channel.handed}
    known |= {ids["ann"]: Receipt("p-7"), ids["bob"]: NotFound()}
    early = resolve(fresh_stores.engine, channel, Clock(NOON + timedelta(minutes=5)), KEY)
    assert (early, channel.questions) == (Counter(), []), "providers are given time to write down what they took"
    assert resolve(fresh_stores.engine, channel, LATER, KEY) == {"accepted": 1, "queued": 1, "left": 1}
    assert {who: state for (_, who), state in sends(fresh_stores).items()} == {
        "ann": "accepted", "bob": "queued", "cleo": "unknown",
    }  # fmt: skip
    assert events(fresh_stores, "ann")[-1] == ("accepted", {"how": "provider_knows_it", "provider_id": "p-7"})
    assert events(fresh_stores, "bob")[-1] == ("queued", {"how": "provider_never_had_it"})
    assert {address for _, address in channel.questions} == {"ann@shop.test", "bob@shop.test", "cleo@shop.test"}
    again = Pigeon(lambda _: Receipt())
    assert run(fresh_stores, again, clock=LATER).sent == 1
    assert [message.address for message in again.handed] == ["bob@shop.test"]


def test_a_provider_that_is_slow_to_answer_is_asked_for_minutes_and_the_next_time_about_the_others(
    fresh_stores: Stores,
) -> None:
    clock = Clock(LATER.now())

    def slowly(_: str) -> Found:
        clock.pass_time(minutes=2)
        return CannotTell()

    channel = Asked(slowly)
    lost(fresh_stores, channel, "ann", "bob", "cleo", "dora")
    ids = sorted(message.id for message in channel.handed)
    assert resolve(fresh_stores.engine, channel, clock, KEY) == {"left": 2}
    assert [send for send, _ in channel.questions] == ids[:2]
    assert resolve(fresh_stores.engine, channel, clock, KEY, begin=ids[2]) == {"left": 2}
    assert [send for send, _ in channel.questions] == [*ids[:2], ids[3], ids[0]], (
        "from there on, and then from the first"
    )


@pytest.mark.parametrize(
    ("rule", "state", "what"),
    [
        ("leave", "unknown", "unknown"),
        ("give_up", "failed", "failed"),
        ("treat_as_sent", "accepted", "treated_as_sent"),
    ],
)
def test_where_nobody_can_be_asked_the_rule_of_the_channel_decides_after_its_wait(
    fresh_stores: Stores, rule: str, state: str, what: str
) -> None:
    channel = Pigeon(lambda _: Uncertain("line broke"))
    lost(fresh_stores, channel, "ann", rule=rule)
    resolve(fresh_stores.engine, channel, Clock(NOON + timedelta(hours=23)), KEY)
    assert sends(fresh_stores)[("news-1", "ann")] == "unknown"
    resolve(fresh_stores.engine, channel, LATER, KEY)
    resolve(fresh_stores.engine, channel, LATER, KEY)
    assert sends(fresh_stores)[("news-1", "ann")] == state
    assert events(fresh_stores, "ann")[-1][0] == what
    assert run(fresh_stores, channel, clock=LATER).sent == 0, "it never goes again"
    assert len(channel.handed) == 1
    why = owner(fresh_stores, TickingClock()).get("/why", params={"customer_id": "ann"}).json()
    assert (why["state"], why["sends"][0]["events"][-1]["what"]) == (state, what)
    tell(fresh_stores.engine, LATER.now())
    to_the_lake(fresh_stores, LATER.now())
    assert [row["status"] for row in rows(fresh_stores)] == (["sent"] if rule == "treat_as_sent" else [])


def test_the_job_asks_the_gateway_of_the_house(fresh_stores: Stores) -> None:
    house = HouseGateway()
    people(fresh_stores, "1380013800")
    boss = owner(fresh_stores)
    facts = {"url": f"{house.url}/messages", "secret": HouseGateway.secret, "network": "127.0.0.0/8"}
    assert boss.put("/channels", json={"kind": "sms_gateway", "facts": facts}).status_code == 200
    ask(fresh_stores, ["1380013800"], channel="sms")
    run(fresh_stores, Pigeon(lambda _: Uncertain("line broke"), "sms"))
    assert resolve_unknowns(fresh_stores) == {"queued": 1}
    assert list(sends(fresh_stores).values()) == ["queued"]
    house.close()


def test_a_provider_asked_by_address_is_not_asked_about_one_that_was_never_written_to(fresh_stores: Stores) -> None:
    channel = Asked(lambda _: NotFound())
    lost(fresh_stores, channel, "ann", "bob")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET email = 'new@shop.test' WHERE id = 'ann'"))
    assert resolve(fresh_stores.engine, channel, LATER, KEY) == {"left": 1, "queued": 1}
    assert [address for _, address in channel.questions] == ["bob@shop.test"]
    assert sends(fresh_stores)[("news-1", "ann")] == "unknown", (
        "that the new address never had it says nothing of the old one"
    )
