"""Events at the command line: keys, sending, watching, and what differs."""

import json
from collections.abc import Callable

import pytest

from tenure.app import wiring
from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.settings import Settings
from tests.app.cli.face import Run, face
from tests.directory.make import owner
from tests.sources.tracking.make import sent


@pytest.fixture(scope="module")
def settings(new_settings: Callable[[], Settings]) -> Settings:
    made = new_settings()
    with wiring.stores(made, wiring.create_workspace(made, "shop")) as stores:
        owner(stores).put("/tracking/expected", json={"name": "Login", "properties": []})
    return made


@pytest.fixture(scope="module")
def run(settings: Settings) -> Run:
    """Type commands in the shop."""
    return face(settings)


def test_an_event_is_sent_watched_and_judged(settings: Settings, run: Run) -> None:
    sentence = run("track", "Order Placed", "--user", "ann", "total=12.5", "gift=true", "note=two words")
    assert (sentence.code, sentence.said.strip()) == (0, "Order Placed is taken.")
    shown = run("track", "tail", "--no-follow", "--json")
    told = json.loads(shown.said)
    assert (told["name"], told["user_id"], told["source"]) == ("Order Placed", "ann", "command line")
    assert told["properties"] == {"total": 12.5, "gift": True, "note": "two words"}
    with wiring.stores(settings, wiring.workspace_folder(settings, "shop")) as stores:
        assert move_tracking(stores) == 1
    found = json.loads(run("track", "violations", "--json").said)
    assert [(one["event"], one["code"], one["count"]) for one in found] == [("Order Placed", "unexpected", 1)]
    assert "Order Placed" in run("track", "tail", "--no-follow").said


def test_a_claimed_address_is_listed_and_accepted(settings: Settings, run: Run) -> None:
    page, server = (run("track", "keys", "add", *more).said.strip() for more in (("page",), ("shop", "--server")))
    kinds = {one["name"]: one["kind"] for one in json.loads(run("track", "keys", "list", "--json").said)}
    assert (kinds["page"], kinds["shop"]) == ("browser", "server")
    with wiring.stores(settings, wiring.workspace_folder(settings, "shop")) as stores:
        for key, address in ((server, "cal@mail.test"), (page, "cal@new.test")):
            sent(stores, key, "identify", {"userId": "cal", "traits": {"email": address}})
        meet_people(stores)
    told = json.loads(run("track", "claims", "list", "--json").said)
    assert [(one["customer_id"], one["value"], one["current"]) for one in told] == [
        ("cal", "cal@new.test", "cal@mail.test")
    ]
    assert run("track", "claims", "accept", told[0]["id"]).code == 0
    assert json.loads(run("track", "claims", "list", "--json").said) == []
    assert run("track", "claims", "ignore", told[0]["id"]).code == 4
    for one in json.loads(run("track", "keys", "list", "--json").said):
        run("track", "keys", "revoke", one["id"])


def test_an_event_about_nobody_is_refused(run: Run) -> None:
    assert run("track", "Login").code == 2
    assert run("track", "Login", "--user", "ann", "price").code == 2


def test_a_write_key_is_made_listed_and_revoked(settings: Settings, run: Run) -> None:
    secret = run("track", "keys", "add", "app", "--site", "https://shop.example.com").said.strip()
    listed = json.loads(run("track", "keys", "list", "--json").said)
    assert [(one["name"], one["origins"]) for one in listed] == [("app", ["https://shop.example.com"])]
    with wiring.stores(settings, wiring.workspace_folder(settings, "shop")) as stores:
        call = {"event": "Login", "userId": "ann"}
        assert sent(stores, secret, "track", call).status_code == 202
        made = run("track", "keys", "identity", listed[0]["id"])
        assert made.said.startswith("ids_")
        assert run("track", "keys", "identity", listed[0]["id"]).code == 5, "it was shown once"
        renewed = run("track", "keys", "identity", listed[0]["id"], "--renew").said.strip()
        assert renewed.startswith("ids_")
        assert renewed not in made.said
        assert run("track", "keys", "revoke", listed[0]["id"]).code == 0
    assert json.loads(run("track", "keys", "list", "--json").said) == []
