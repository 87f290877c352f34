"""Accounts of channels: entered, kept secret, switched off."""

from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.accounts import service
from tests.directory.make import add_member, owner, sign_in, stranger

FACTS = {
    "host": "127.0.0.1",
    "port": "2525",
    "tls": "none",
    "user": "shop",
    "password": "very secret",
    "sender_name": "Shop",
    "sender_address": "shop@tenure.example",
}


def test_a_secret_goes_in_and_never_comes_out(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    told = boss.put("/channels", json={"kind": "smtp", "facts": FACTS})
    assert told.status_code == 200
    assert "very secret" not in told.text
    assert told.json()["items"][0]["facts"]["host"] == "127.0.0.1"
    with transaction(fresh_stores.engine) as session:
        stored = session.execute(
            text("SELECT facts::text || encode(secrets, 'escape') FROM channel_accounts")
        ).scalar_one()
        audited = session.execute(text("SELECT string_agg(audit_log::text, '') FROM audit_log")).scalar_one()
        assert service.in_use(session, fresh_stores.secret)[0].values["password"] == "very secret"
    assert "very secret" not in stored + audited


def test_a_secret_left_out_stays_and_another_fact_changes(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    boss.put("/channels", json={"kind": "smtp", "facts": FACTS})
    changed = {**FACTS, "password": "", "sender_name": "The shop"}
    boss.put("/channels", json={"kind": "smtp", "facts": changed})
    with transaction(fresh_stores.engine) as session:
        values = service.in_use(session, fresh_stores.secret)[0].values
    assert (values["sender_name"], values["password"]) == ("The shop", "very secret")


def test_a_kept_secret_is_not_told_to_another_server(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    boss.put("/channels", json={"kind": "smtp", "facts": FACTS})
    refused = boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, "password": "", "host": "evil.test"}})
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, "/facts/password")
    with transaction(fresh_stores.engine) as session:
        assert service.in_use(session, fresh_stores.secret)[0].values["host"] == "127.0.0.1"
    assert boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, "host": "new.test"}}).status_code == 200


def test_what_is_missing_or_no_number_is_named(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    key = {"dkim_selector": "s1", "dkim_key": "nonsense"}
    for wrong, place in (
        (key, "dkim_key"),
        ({"host": ""}, "host"),
        ({"port": "many"}, "port"),
        ({"tls": "rot13"}, "tls"),
    ):
        refused = boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, **wrong}})
        assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, f"/facts/{place}")
    assert boss.put("/channels", json={"kind": "pigeon", "facts": {}}).status_code == 422


def test_the_preflight_names_what_blocks(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    assert boss.get("/channels/email/preflight").status_code == 404
    nowhere = {**FACTS, "sender_address": "shop@tenure.invalid"}
    boss.put("/channels", json={"kind": "smtp", "facts": nowhere})
    told = boss.get("/channels/email/preflight").json()
    assert told["ready"] is False
    assert {one["name"] for one in told["findings"] if one["blocks"]} >= {"DKIM", "One-click"}


def test_only_who_keeps_the_settings_enters_accounts(fresh_stores: Stores) -> None:
    boss = owner(fresh_stores)
    add_member(boss, "agent", "agent@shop.test")
    agent = stranger(fresh_stores)
    sign_in(agent, "agent@shop.test")
    assert agent.put("/channels", json={"kind": "smtp", "facts": FACTS}).status_code == 403
    assert boss.delete("/channels/email").status_code == 404
    boss.put("/channels", json={"kind": "smtp", "facts": FACTS, "enabled": False})
    with transaction(fresh_stores.engine) as session:
        assert service.in_use(session, fresh_stores.secret) == []
    assert boss.delete("/channels/email").status_code == 204
