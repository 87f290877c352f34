"""Who has whom in WeCom, what callbacks change, and what it means when a customer removes a colleague."""

from collections.abc import Iterator
from urllib.parse import parse_qs

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import TryLater
from tenure.channels.wecom.callback import BadCallback, Callbacks, Signed
from tenure.channels.wecom.events import ContactEvent
from tenure.kit.db import transaction
from tenure.outreach.heard import service as heard
from tenure.outreach.wecom.contacts import hear, sync
from tests.channels.wecom_company import KEYS, WeComServer
from tests.outreach.wecom.test_tasks import House


@pytest.fixture
def house(fresh_stores: Stores) -> Iterator[House]:
    server = WeComServer()
    house = House(fresh_stores, server)
    yield house
    house.api.close()
    server.close()


def take(house: House, callback: tuple[str, bytes], greeted: list[str] | None = None) -> str:
    told = {name: values[0] for name, values in parse_qs(callback[0]).items()}
    signed = Signed(told["msg_signature"], told["timestamp"], told["nonce"])

    def greet(event: ContactEvent) -> object:
        if greeted is not None:
            greeted.append(event.contact)
        return house.api.welcome(event.welcome_code, "欢迎")

    return hear(house.stores.engine, Callbacks(KEYS), signed, callback[1], house.clock, greet)


def relations(house: House) -> dict[str, str | None]:
    with transaction(house.stores.engine) as session:
        found = session.execute(
            text("SELECT contact, CASE WHEN left_at IS NULL THEN 'there' ELSE left_by END FROM wecom_relations")
        )
        return {row[0]: row[1] for row in found}


def consents(house: House, who: str) -> list[tuple[str, str, str]]:
    with transaction(house.stores.engine) as session:
        found = session.execute(
            text("SELECT channel, state, source FROM consent_records WHERE customer_id = :who ORDER BY id"),
            {"who": who},
        )
        return [(row[0], row[1], row[2]) for row in found]


def test_a_customer_who_removes_a_colleague_takes_consent_back_once_and_gives_a_sign_of_risk(house: House) -> None:
    callback = house.company.leave("lily", "wm_ann")
    assert take(house, callback) == "del_follow_user"
    assert take(house, callback) == "heard_before"
    assert take(house, house.company.callback("del_follow_user", "lily", "wm_ann")) == "heard_before"
    assert consents(house, "ann") == [("wecom", "withdrawn", "del_follow_user")]
    assert relations(house)["wm_ann"] == "customer"
    with transaction(house.stores.engine) as session:
        rows = session.execute(text("SELECT topic, payload FROM stream")).all()
    assert [(row[0], row[1]["customer_id"], row[1]["status"]) for row in rows] == [("messages", "ann", "not_sent")]
    assert rows[0][1]["unsubscribed_at"] == house.clock.now().isoformat()
    house.want("ann")
    assert house.hand_over().sent == 0
    assert house.states()["spring:ann:wecom"] in ("dropped", "queued")


def test_a_colleague_who_removes_a_customer_says_nothing_in_the_customers_name(house: House) -> None:
    assert take(house, house.company.callback("del_external_contact", "lily", "wm_ann")) == "del_external_contact"
    assert consents(house, "ann") == []
    assert relations(house)["wm_ann"] == "colleague"


def test_a_new_customer_is_greeted_once_after_everything_is_written_down(house: House) -> None:
    greeted: list[str] = []
    callback = house.company.befriend("lily", "wm_new")
    take(house, callback, greeted)
    take(house, callback, greeted)
    assert greeted == ["wm_new"]
    assert len(house.company.greeted) == 1
    assert relations(house)["wm_new"] == "there"


def test_what_is_not_genuine_leaves_no_trace(house: House) -> None:
    query, body = house.company.leave("lily", "wm_ann")
    with pytest.raises(BadCallback):
        take(house, (query, body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[AAAA")))
    assert relations(house)["wm_ann"] == "there"
    assert take(house, (query, body)) == "del_follow_user"


def test_a_reading_that_fails_half_way_ends_nobodys_relation_and_a_whole_one_finds_who_is_gone(house: House) -> None:
    house.company.people["wm_bob"].followers.clear()
    house.clock.forward(hours=1)
    house.company.next_trouble = [45009]
    stopped = sync(house.stores.engine, house.api, house.clock)
    assert isinstance(stopped.failure, TryLater)
    assert relations(house)["wm_bob"] == "there"
    done = sync(house.stores.engine, house.api, house.clock)
    assert (done.relations, done.ended, done.failure) == (2, 1, None)
    assert relations(house)["wm_bob"] is None
    assert consents(house, "bob") == []


def test_what_was_heard_is_forgotten_when_no_signature_of_it_is_good_any_more(house: House) -> None:
    take(house, house.company.leave("lily", "wm_ann"))
    with transaction(house.stores.engine) as session:
        assert heard.forget(session, house.clock.now()) == 0
        house.clock.forward(days=8)
        assert heard.forget(session, house.clock.now()) == 2


def test_a_departure_heard_of_before_the_arrival_stays_a_departure(house: House) -> None:
    arrival = house.company.befriend("lily", "wm_new")
    house.clock.forward(hours=1)
    departure = house.company.callback("del_external_contact", "lily", "wm_new")
    assert take(house, departure) == "del_external_contact"
    house.clock.forward(hours=-1)
    assert take(house, arrival) == "add_external_contact"
    assert relations(house)["wm_new"] == "colleague"


def test_who_leaves_while_the_contacts_are_read_out_is_not_brought_back_by_what_was_read(house: House) -> None:
    class Slow:
        """Reads out everybody, and while it does Ann leaves."""

        def __getattr__(self, name: str) -> object:
            return getattr(house.api, name)

        def relations(self, colleague: str) -> object:
            found = house.api.relations(colleague)
            house.clock.forward(minutes=1)
            take(house, house.company.leave("lily", "wm_ann"))
            house.clock.forward(minutes=1)
            return found

    house.clock.forward(hours=1)
    assert sync(house.stores.engine, Slow(), house.clock).failure is None  # type: ignore[arg-type]
    assert relations(house)["wm_ann"] == "customer"
