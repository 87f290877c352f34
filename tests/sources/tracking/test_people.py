"""Users become customers, traits their columns, visitors the users they turn out to be."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_stream import move_stream
from tenure.app.wiring import Stores
from tenure.directory.customers.erased import service as erased
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.profile.repository import Profile, profile
from tenure.kit.clock import FixedClock
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.sources.tracking.traits import told_of
from tenure.warehouse.history import History
from tests.directory.make import TickingClock, owner
from tests.outreach.make import people
from tests.sources.tracking.make import landed, sent, track, write_key

JUNE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.fixture
def key(fresh_stores: Stores) -> str:
    return write_key(owner(fresh_stores))


def tell(stores: Stores, key: str, *calls: dict[str, Any], clock: TickingClock | None = None) -> None:
    """Send calls in one batch and let the people in them be met."""
    answer = sent(stores, key, "batch", {"batch": list(calls)}, clock=clock)
    assert answer.json()["refused"] == 0, answer.text
    meet_people(stores)


def person(stores: Stores, customer_id: str) -> Profile:
    """Return what the directory knows of a customer."""
    with transaction(stores.engine) as session:
        return profile(session, customer_id)


def customers(stores: Stores) -> int:
    """Count the customers of the directory."""
    with stores.engine.connect() as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM customers").scalar() or 0)


def identify(**more: Any) -> dict[str, Any]:
    """Return an identify call."""
    return {"type": "identify", **more}


def test_traits_become_columns_and_typed_attributes(fresh_stores: Stores, key: str) -> None:
    traits = {
        "firstName": "Ann",
        "lastName": "Lee",
        "email": " Ann@Mail.Test ",
        "phone": "13800138000",
        "address": {"city": "Leeds", "country": "GB"},
        "company": {"name": "Acme"},
        "birthday": "1990-05-06",
        "createdAt": "2024-01-02T03:04:05Z",
        "logins": 12,
        "member": True,
        "pet": {"name": "Rex"},
        "nothing": None,
    }
    tell(fresh_stores, key, identify(userId="ann", traits=traits))
    ann = person(fresh_stores, "ann").customer
    assert (ann.name, ann.email, ann.phone) == ("Ann Lee", "ann@mail.test", "+8613800138000")
    assert (ann.city, ann.country, ann.company, str(ann.birthday)) == ("Leeds", "GB", "Acme", "1990-05-06")
    assert ann.joined_at == datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)
    assert ann.attributes == {"logins": 12, "member": "true", "pet.name": "Rex"}
    move_stream(fresh_stores.engine, fresh_stores.lake, keys=ErasedKeys.derived(fresh_stores.secret))
    row = fresh_stores.lake.read(fresh_stores.lake.table("customers")).to_pylist()[0]
    assert (row["name"], row["joined_at"]) == ("Ann Lee", datetime(2024, 1, 2, 3, 4, 5))
    assert dict(row["attributes"]) == {"logins": "12", "member": "true", "pet.name": "Rex"}


def test_a_later_word_counts_and_a_blank_tells_nothing(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, identify(userId="ann", traits={"name": "Ann", "city": "Leeds", "plan": "free"}))
    tell(fresh_stores, key, identify(userId="ann", traits={"city": "York", "plan": "gold", "name": ""}))
    ann = person(fresh_stores, "ann").customer
    assert (ann.name, ann.city, ann.attributes) == ("Ann", "York", {"plan": "gold"})
    move_stream(fresh_stores.engine, fresh_stores.lake, keys=ErasedKeys.derived(fresh_stores.secret))
    rows = fresh_stores.lake.read(fresh_stores.lake.table("customers")).to_pylist()
    assert [(row["name"], row["city"]) for row in rows] == [("Ann", "York")]


def test_who_only_does_something_is_a_customer_since_then(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, track(user="ann", timestamp="2026-03-01T10:00:00Z"))
    tell(fresh_stores, key, track("Later", user="ann", timestamp="2026-04-01T10:00:00Z"))
    assert person(fresh_stores, "ann").customer.joined_at == datetime(2026, 3, 1, 10, tzinfo=UTC)


def test_a_visitor_is_nobody_until_known_and_then_all_was_theirs(fresh_stores: Stores, key: str) -> None:
    clock = TickingClock()
    clock.instant = datetime(2026, 3, 1, 12, tzinfo=UTC)
    visit = {"type": "track", "event": "Looked", "anonymousId": "v1"}
    tell(fresh_stores, key, {**visit, "timestamp": "2026-03-01T10:00:00Z"}, clock=clock)
    assert customers(fresh_stores) == 0
    assert landed(fresh_stores) == []
    assert len(landed(fresh_stores, table="anonymous_events")) == 1
    clock.pass_time(days=1)
    tell(fresh_stores, key, identify(userId="ann", anonymousId="v1", traits={"name": "Ann"}), clock=clock)
    tell(fresh_stores, key, {**visit, "timestamp": "2026-03-02T11:00:00Z"}, clock=clock)
    rows = landed(fresh_stores, FixedClock(JUNE))
    assert [(row["customer_id"], row["occurred_at"].day) for row in rows] == [("ann", 1), ("ann", 2)]
    assert landed(fresh_stores, table="anonymous_events") == []
    assert rows[0]["recorded_at"] == JUNE.replace(tzinfo=None)
    spring = History(fresh_stores.lake, datetime(2026, 5, 1), known_by=datetime(2026, 5, 1))
    known_then = fresh_stores.lake.read(spring.table("events")).to_pylist()
    assert [row["occurred_at"].day for row in known_then] == [2]


def test_a_visitor_who_leaves_an_address_is_whose_it_is(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    tell(fresh_stores, key, identify(anonymousId="v1", traits={"email": "Ann@mail.test", "city": "Leeds"}))
    assert person(fresh_stores, "ann").customer.city == "Leeds"
    assert customers(fresh_stores) == 1
    tell(fresh_stores, key, identify(anonymousId="v2", traits={"email": "new@mail.test"}))
    assert customers(fresh_stores) == 2
    tell(fresh_stores, key, {"type": "track", "event": "Looked", "anonymousId": "v1"})
    assert [row["customer_id"] for row in landed(fresh_stores)] == ["ann"]


def test_an_alias_takes_in_nobody_who_has_an_address_or_came_by_an_import(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, identify(userId="vic", traits={"email": "vic@mail.test"}))
    people(fresh_stores, "old", consent=None)
    with fresh_stores.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE customers SET email = NULL, phone = NULL WHERE id = 'old'")
    tell(fresh_stores, key, *({"type": "alias", "previousId": one, "userId": "mal"} for one in ("vic", "old")))
    assert customers(fresh_stores) == 3
    assert person(fresh_stores, "mal").merged == []
    assert person(fresh_stores, "vic").customer.id == "vic"


def test_an_alias_of_a_visitor_links_and_one_of_a_customer_merges(fresh_stores: Stores, key: str) -> None:
    tell(fresh_stores, key, {"type": "track", "event": "Looked", "anonymousId": "v1"})
    tell(fresh_stores, key, {"type": "alias", "previousId": "v1", "userId": "ann"})
    tell(fresh_stores, key, identify(userId="anne", traits={"city": "Leeds"}))
    alias = {"type": "alias", "previousId": "anne", "userId": "ann", "messageId": "m1"}
    tell(fresh_stores, key, alias)
    tell(fresh_stores, key, {**alias, "messageId": "m2"})
    shown = person(fresh_stores, "anne")
    assert (shown.customer.id, shown.customer.city, [one.id for one in shown.merged]) == ("ann", "Leeds", ["anne"])
    assert [row["customer_id"] for row in landed(fresh_stores)] == ["ann"]
    links = fresh_stores.lake.read(fresh_stores.lake.table("customer_links")).to_pylist()
    assert [(link["customer_id"], link["canonical_id"]) for link in links] == [("anne", "ann")]


def test_people_wait_while_an_import_is_at_work_and_events_do_not(fresh_stores: Stores, key: str) -> None:
    with fresh_stores.engine.begin() as importing:
        importing.exec_driver_sql("SELECT pg_advisory_xact_lock(7368776)")
        tell(fresh_stores, key, track(user="ann"))
        assert customers(fresh_stores) == 0
        assert len(landed(fresh_stores)) == 1
    assert meet_people(fresh_stores) == 1
    assert customers(fresh_stores) == 1


def test_a_group_names_the_company(fresh_stores: Stores, key: str) -> None:
    group = {"type": "group", "userId": "ann", "groupId": "g1", "traits": {"name": "Acme", "employees": 30}}
    tell(fresh_stores, key, group)
    ann = person(fresh_stores, "ann").customer
    assert (ann.company, ann.attributes) == ("Acme", {"company.id": "g1", "company.employees": 30})


def test_who_was_erased_does_not_come_back(fresh_stores: Stores, key: str) -> None:
    keys = ErasedKeys.derived(fresh_stores.secret)
    with transaction(fresh_stores.engine) as session:
        gone = [("customer", keys.of("customer", "ann")), ("email", keys.of("email", "ann@mail.test"))]
        erased.bury(session, gone, "era_1", JUNE)
    tell(fresh_stores, key, track(user="ann"), identify(anonymousId="v1", traits={"email": "ann@mail.test"}))
    assert customers(fresh_stores) == 0
    assert landed(fresh_stores) == []


def test_what_nobody_can_understand_is_set_aside_and_holds_nothing_up(fresh_stores: Stores, key: str) -> None:
    spoilt = '{"source": {"key": "k", "name": "n"}, "items": [{"id": "x", "at": "never", "kind": "track", "call": {}}]}'
    nonsense = (
        '{"source": {"key": "k", "name": "n"}, "items": [{"id": "x", "at": "never", "kind": "identify", "call": 5}]}'
    )
    with transaction(fresh_stores.engine) as session:
        stream.append_json(session, [("@tracking", spoilt), ("@people", nonsense)], JUNE)
    tell(fresh_stores, key, track(user="ann"))
    assert customers(fresh_stores) == 1
    assert [row["customer_id"] for row in landed(fresh_stores)] == ["ann"]
    with transaction(fresh_stores.engine) as session:
        assert stream.pressure(session, "@set_aside")[0] == 2
        assert stream.pressure(session, "@tracking")[0] == stream.pressure(session, "@people")[0] == 0


@pytest.mark.parametrize("told", [10**400, -(10**400), 1e300, 0, "soon"])
def test_a_moment_nobody_can_read_is_left_out_and_holds_nobody_up(told: object) -> None:
    assert told_of({"createdAt": told, "name": "Ann"})[0] == {"name": "Ann"}
