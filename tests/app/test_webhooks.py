"""Webhooks through the door: made with a secret shown once, tried, listed, told again, refused to strangers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tenure.app import wiring, worker
from tenure.app.settings import Settings
from tenure.app.webhooks import jobs
from tenure.app.wiring import Stores
from tests.app.cli.face import face
from tests.directory.make import Browser, owner, stranger
from tests.outreach.hooks.make import HERE, Receiver


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    listening = Receiver()
    yield listening
    listening.close()


def make(boss: Browser, receiver: Receiver, **more: object) -> str:
    made = boss.post("/webhooks", json={"url": f"{receiver.url}/hook", "network": HERE, **more})
    assert made.status_code == 201, made.text
    receiver.secret = made.json()["secret"]
    return str(made.json()["id"])


def work(stores: Stores) -> None:
    worker.run(stores, jobs(stores), wait=False)


def test_a_receiver_is_made_tried_by_a_worker_and_its_deliveries_are_read(
    fresh_stores: Stores, receiver: Receiver
) -> None:
    boss = owner(fresh_stores)
    hook = make(boss, receiver)
    listed = boss.get("/webhooks")
    assert receiver.secret not in listed.text
    assert [one["id"] for one in listed.json()["items"]] == [hook]
    assert {"send.accepted", "alert.opened", "customer.merged"} <= {one["name"] for one in listed.json()["topics"]}
    tried = boss.post(f"/webhooks/{hook}/test")
    assert (tried.status_code, tried.json()["state"]) == (202, "waiting")
    work(fresh_stores)
    assert receiver.taken == [tried.json()["event_id"]]
    told = boss.get(f"/webhooks/{hook}/deliveries", params={"state": "delivered"}).json()["items"]
    assert [(one["topic"], one["tries"]) for one in told] == [("webhook.test", 1)]
    whole = boss.get(f"/webhooks/deliveries/{told[0]['id']}").json()
    assert whole["body"].encode() == receiver.seen[0].body
    assert boss.get("/webhooks").json()["items"][0]["delivered"] == 1


def test_what_was_given_up_is_told_again_one_by_one_or_by_span_under_the_same_id(
    fresh_stores: Stores, receiver: Receiver
) -> None:
    boss = owner(fresh_stores)
    hook = make(boss, receiver)
    receiver.mood = "dead"
    event = boss.post(f"/webhooks/{hook}/test").json()
    work(fresh_stores)
    assert boss.get("/webhooks").json()["items"][0]["state"] == "gone"
    receiver.mood = "willing"
    changed = boss.put(
        f"/webhooks/{hook}", json={"url": f"{receiver.url}/hook", "network": HERE, "topics": ["alert.opened"]}
    )
    assert (changed.json()["state"], changed.json()["topics"], changed.json()["dead"]) == ("open", ["alert.opened"], 1)
    assert boss.post(f"/webhooks/deliveries/{event['id']}/replay").json()["state"] == "waiting"
    work(fresh_stores)
    span = {"since": "2020-01-01T00:00:00Z", "until": "2100-01-01T00:00:00Z", "dead_only": False}
    assert boss.post(f"/webhooks/{hook}/replay", json={**span, "dead_only": True}).json() == {"again": 0}
    assert boss.post(f"/webhooks/{hook}/replay", json={**span, "topic": "alert.opened"}).json() == {"again": 0}
    assert boss.post(f"/webhooks/{hook}/replay", json=span).json() == {"again": 1}
    work(fresh_stores)
    assert receiver.taken == [event["event_id"]] * 2
    acts = [one["act"] for one in boss.get("/audit").json()["items"]]
    assert [acts.count(f"webhooks.{act}") for act in ("create", "update", "replay")] == [1, 2, 4]
    assert receiver.secret not in boss.get("/audit").text


def test_a_secret_is_changed_and_a_receiver_forgotten(fresh_stores: Stores, receiver: Receiver) -> None:
    boss = owner(fresh_stores)
    hook = make(boss, receiver, paused=True)
    assert boss.get("/webhooks").json()["items"][0]["state"] == "paused"
    new = boss.post(f"/webhooks/{hook}/secret").json()["secret"]
    assert new.startswith("whsec_")
    assert new != receiver.secret
    assert boss.get("/webhooks").json()["items"][0]["old_secret_until"] is not None
    assert boss.delete(f"/webhooks/{hook}").status_code == 204
    assert boss.get("/webhooks").json()["items"] == []
    assert boss.get(f"/webhooks/{hook}/deliveries").status_code == 404


def test_an_address_inside_is_refused_with_its_field_and_strangers_see_nothing(fresh_stores: Stores) -> None:
    refused = owner(fresh_stores).post("/webhooks", json={"url": "https://127.0.0.1/hook"})
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "/url")
    assert stranger(fresh_stores).get("/webhooks").status_code == 401
    assert stranger(fresh_stores).post("/webhooks", json={"url": "https://example.com"}).status_code == 401


def test_the_command_line_makes_tries_lists_and_forgets_a_receiver(
    new_settings: Callable[[], Settings], receiver: Receiver
) -> None:
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        owner(stores)
        command = face(settings)

        def hooks(*words: object) -> Any:
            return command("channels", "webhooks", *words)

        assert hooks("add", "https://127.0.0.1/hook").code == 2
        made = hooks("add", f"{receiver.url}/hook", "--network", HERE, "--topic", "alert.opened").said.split()
        hook, receiver.secret = made[0], made[-1]
        assert hooks("test", hook).code == 0
        assert len(receiver.taken) == 1
        receiver.mood = "failing"
        assert hooks("test", hook).code == 1
        assert [one["state"] for one in hooks("deliveries", hook, "--json").json()] == ["waiting", "delivered"]
        receiver.mood = "willing"
        assert "Told again: 1" in hooks("replay", hook, "--everything").said
        assert hooks("pause", hook).code == 0
        assert hooks("list", "--json").json()[0]["state"] == "paused"
        assert hooks("resume", hook).code == 0
        assert hooks("rotate", hook).said.startswith("whsec_")
        assert hooks("remove", hook).code == 0
        assert hooks("list", "--json").json() == []
        assert {one["name"] for one in hooks("topics", "--json").json()} > {"alert.opened"}
