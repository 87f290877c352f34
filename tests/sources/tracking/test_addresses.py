"""A key anybody can read in a page gives nobody another's mail: addresses of who has one are proven, or set aside."""

import hashlib
import hmac
from typing import Any

import pytest

from tenure.app.person import erase
from tenure.app.person.erase import Choices
from tenure.app.wiring import Stores
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.sources.tracking.addresses import Known, Offer, judged
from tests.directory.make import Browser, member, owner, stranger
from tests.outreach.make import people
from tests.sources.tracking.make import write_key
from tests.sources.tracking.test_people import customers, identify, person, tell


@pytest.fixture
def boss(fresh_stores: Stores) -> Browser:
    return owner(fresh_stores)


@pytest.fixture
def page_key(boss: Browser) -> str:
    return write_key(boss)


@pytest.fixture
def server_key(boss: Browser) -> str:
    return write_key(boss, "shop server", kind="server")


def email_of(stores: Stores, customer: str) -> str | None:
    """Return where a customer's mail goes."""
    return person(stores, customer).customer.email


def claims(boss: Browser, **asked: str) -> list[dict[str, Any]]:
    """Return what waits for a member to decide."""
    items: list[dict[str, Any]] = boss.get("/address-claims", params=asked).json()["items"]
    return items


def proof(boss: Browser, user: str, key: str) -> dict[str, str]:
    """Return what the shop's server writes into a page for a user."""
    found = next(one for one in boss.get("/tracking/keys").json()["items"] if key.startswith(one["prefix"]))
    made = boss.post(f"/onsite/identity/{found['id']}", json={"renew": True}).json()["secret"]
    return {"hash": hmac.new(made.encode(), user.encode(), hashlib.sha256).hexdigest()}


def test_a_known_customers_mail_is_not_led_elsewhere_through_a_key_of_a_page(
    fresh_stores: Stores, boss: Browser, page_key: str
) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    stolen = {"email": "Mallory@evil.test", "phone": "13900139000", "wecom_id": "wm_mal", "city": "York"}
    tell(fresh_stores, page_key, identify(userId="ann", traits=stolen, messageId="m1"))
    ann = person(fresh_stores, "ann").customer
    assert (ann.email, ann.phone, ann.wecom_id, ann.city) == ("ann@mail.test", None, None, "York")
    assert [one.value for one in person(fresh_stores, "ann").identifiers] == ["ann@mail.test"]
    waiting = {one["kind"]: one["value"] for one in claims(boss)}
    assert waiting == {"email": "mallory@evil.test", "phone": "+8613900139000", "wecom": "wm_mal"}
    tell(fresh_stores, page_key, identify(userId="ann", traits=stolen, messageId="m2"))
    told = claims(boss, customer_id="ann")[0]
    assert (told["times"], told["source"]) == (2, "web shop")
    counted = {one["property"]: one for one in boss.get("/tracking/violations").json()["items"]}
    assert set(counted) == {"email", "phone", "wecom"}
    assert (counted["email"]["code"], counted["email"]["count"], counted["email"]["refused"]) == (
        "unproven_address",
        2,
        False,
    )
    assert "mallory" not in boss.get("/tracking/violations").text


def test_a_customer_who_came_by_an_import_keeps_what_they_have(
    fresh_stores: Stores, boss: Browser, page_key: str
) -> None:
    people(fresh_stores, "old", consent=None)
    tell(fresh_stores, page_key, identify(userId="old", traits={"email": "mallory@evil.test"}))
    assert email_of(fresh_stores, "old") == "old@shop.test"
    assert [(one["customer_id"], one["current"]) for one in claims(boss)] == [("old", "old@shop.test")]


def test_who_has_no_address_yet_is_given_those_of_one_call(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"city": "Leeds"}))
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test", "phone": "13800138000"}))
    ann = person(fresh_stores, "ann").customer
    assert (ann.email, ann.phone) == ("ann@mail.test", "+8613800138000")
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": " ANN@mail.test", "phone": "138-0013-8000"}))
    assert claims(boss) == []


def test_nobody_is_given_the_address_of_another(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    tell(fresh_stores, page_key, identify(userId="vic", traits={"email": "vic@mail.test"}))
    tell(fresh_stores, page_key, identify(userId="mal", traits={"email": "VIC@mail.test"}))
    assert email_of(fresh_stores, "mal") is None
    assert [(one["customer_id"], one["belongs_to"]) for one in claims(boss)] == [("mal", "vic")]


def test_in_one_batch_the_second_word_is_a_claim_too(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    tell(
        fresh_stores,
        page_key,
        identify(userId="ann", traits={"email": "ann@mail.test"}),
        identify(userId="ann", traits={"email": "mallory@evil.test"}),
        identify(userId="mal", traits={"email": "ann@mail.test"}),
    )
    assert (email_of(fresh_stores, "ann"), email_of(fresh_stores, "mal")) == ("ann@mail.test", None)
    assert {(one["customer_id"], one["value"]) for one in claims(boss)} == {
        ("ann", "mallory@evil.test"),
        ("mal", "ann@mail.test"),
    }


def test_a_visitor_who_knows_an_address_adds_no_other_to_it(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    tell(fresh_stores, page_key, identify(anonymousId="v1", traits={"email": "ann@mail.test", "phone": "13900139000"}))
    assert person(fresh_stores, "ann").customer.phone is None
    assert [one["value"] for one in claims(boss)] == ["+8613900139000"]


def test_a_record_hidden_behind_another_is_guarded_by_what_both_have(
    fresh_stores: Stores, boss: Browser, page_key: str
) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    tell(fresh_stores, page_key, identify(userId="anne", traits={"city": "Leeds"}))
    tell(fresh_stores, page_key, {"type": "alias", "previousId": "anne", "userId": "ann"})
    tell(fresh_stores, page_key, identify(userId="anne", traits={"phone": "13900139000"}))
    assert person(fresh_stores, "ann").customer.phone is None
    assert [one["customer_id"] for one in claims(boss)] == ["ann"]
    assert [one["value"] for one in claims(boss, customer_id="anne")] == ["+8613900139000"]


def test_what_the_shops_server_vouches_for_is_believed(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    shown = proof(boss, "ann", page_key)
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    moved = {"traits": {"email": "ann@new.test"}}
    for bad in ({}, {"hash": ""}, {"hash": "0" * 64}, {"hash": "é" * 64}, {"hash": 5}, {"hash": shown["hash"][:-1]}):
        tell(fresh_stores, page_key, identify(userId="ann", context=bad, **moved))
    tell(fresh_stores, page_key, identify(userId="bob", context=shown, traits={"email": "bob@mail.test"}))
    tell(fresh_stores, page_key, identify(userId="bob", context=shown, traits={"email": "bob@evil.test"}))
    assert (email_of(fresh_stores, "ann"), email_of(fresh_stores, "bob")) == ("ann@mail.test", "bob@mail.test")
    tell(fresh_stores, page_key, identify(userId="ann", context=shown, **moved))
    assert email_of(fresh_stores, "ann") == "ann@new.test"
    assert [(one["customer_id"], one["value"]) for one in claims(boss)] == [("bob", "bob@evil.test")]


def test_a_proof_of_one_source_proves_nothing_on_another(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    shown = proof(boss, "ann", page_key)
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    other = write_key(boss, "blog")
    tell(fresh_stores, other, identify(userId="ann", context=shown, traits={"email": "ann@new.test"}))
    assert email_of(fresh_stores, "ann") == "ann@mail.test"


def test_the_shops_server_is_believed_and_may_make_two_customers_one(
    fresh_stores: Stores, boss: Browser, page_key: str, server_key: str
) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    tell(fresh_stores, page_key, identify(userId="anne", traits={"email": "anne@mail.test"}))
    tell(fresh_stores, server_key, identify(userId="ann", traits={"email": "ann@new.test"}))
    assert email_of(fresh_stores, "ann") == "ann@new.test"
    assert claims(boss) == []
    alias = {"type": "alias", "previousId": "anne", "userId": "ann"}
    tell(fresh_stores, page_key, {**alias, "messageId": "m1"})
    assert customers(fresh_stores) == 2
    assert person(fresh_stores, "ann").merged == []
    tell(fresh_stores, server_key, {**alias, "messageId": "m2"})
    assert [one.id for one in person(fresh_stores, "ann").merged] == ["anne"]


def test_a_member_accepts_a_claim_or_puts_it_away(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    for customer in ("ann", "bob"):
        tell(fresh_stores, page_key, identify(userId=customer, traits={"email": f"{customer}@mail.test"}))
        tell(fresh_stores, page_key, identify(userId=customer, traits={"email": f"{customer}@new.test"}))
    told = {one["customer_id"]: one["id"] for one in claims(boss)}
    viewer = member(fresh_stores, boss, "viewer")
    for act in ("accept", "ignore"):
        assert viewer.post(f"/address-claims/{told['ann']}/{act}").status_code == 403
        assert stranger(fresh_stores).post(f"/address-claims/{told['ann']}/{act}").status_code == 401
        assert boss.post(f"/address-claims/clm_none/{act}").status_code == 404
    assert stranger(fresh_stores).get("/address-claims").status_code == 401
    assert boss.post(f"/address-claims/{told['ann']}/accept").status_code == 204
    assert boss.post(f"/address-claims/{told['bob']}/ignore").status_code == 204
    assert (email_of(fresh_stores, "ann"), email_of(fresh_stores, "bob")) == ("ann@new.test", "bob@mail.test")
    tell(fresh_stores, page_key, identify(userId="bob", traits={"email": "bob@new.test"}, messageId="again"))
    assert claims(boss) == []
    acts = [one["act"] for one in boss.get("/audit").json()["items"]]
    assert acts[:2] == ["claims.ignore", "customers.change"]


def test_claims_are_paged_and_one_customer_has_ten_at_most(fresh_stores: Stores, boss: Browser, page_key: str) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    for n in range(12):
        tell(fresh_stores, page_key, identify(userId="ann", traits={"email": f"m{n}@evil.test"}))
    first = boss.get("/address-claims", params={"limit": 6}).json()
    rest = boss.get("/address-claims", params={"limit": 6, "cursor": first["next_cursor"]}).json()
    assert (len(first["items"]), len(rest["items"]), rest["next_cursor"]) == (6, 4, None)
    assert len({one["id"] for one in [*first["items"], *rest["items"]]}) == 10


def test_a_claim_of_the_address_of_somebody_erased_is_not_kept(
    fresh_stores: Stores, boss: Browser, page_key: str
) -> None:
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "ann@mail.test"}))
    tell(fresh_stores, page_key, identify(userId="bob", traits={"email": "bob@mail.test"}))
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "bob@mail.test"}))
    assert len(claims(boss)) == 1
    with transaction(fresh_stores.engine) as session:
        actor = members.operator(session)
    erase.erase(fresh_stores, erase.ask(fresh_stores, ["bob"], Choices(), actor, in_background=False))
    with transaction(fresh_stores.engine) as session:
        assert session.connection().exec_driver_sql("SELECT count(*) FROM claimed_addresses").scalar() == 0
    tell(fresh_stores, page_key, identify(userId="ann", traits={"email": "bob@mail.test"}, messageId="late"))
    assert claims(boss) == []


def offer(customer: str, email: str, *, proven: bool = False) -> Offer:
    return Offer(customer, {"email": email}, proven, "key", "shop", "evt", "2026-06-01")


def test_what_is_given_within_a_batch_counts_for_what_follows() -> None:
    calls = [offer("a", "a@x"), offer("b", "a@x"), offer("b", "b@x"), offer("b", "c@x", proven=True), offer("b", "b@x")]
    given, aside = judged(calls, Known())
    assert [(one.offer.customer, one.address) for one in given] == [("a", "a@x"), ("b", "b@x"), ("b", "c@x")]
    assert [(one.offer.customer, one.address) for one in aside] == [("b", "a@x"), ("b", "b@x")]
