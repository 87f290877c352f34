"""Channels of a workspace: accounts, what is wrong with them, and the door WeCom knocks at."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app.channels.check import examine
from tenure.app.wiring import Stores
from tenure.kit.clock import SystemClock
from tenure.kit.db import transaction
from tenure.outreach.accounts.service import Account
from tests.channels.wecom_company import CORP, KEYS, SECRET, WeComServer
from tests.directory.make import owner, stranger

HERE = "127.0.0.0/8"


@pytest.fixture
def company() -> Iterator[WeComServer]:
    server = WeComServer()
    yield server
    server.close()


def facts(company: WeComServer, **changed: str) -> dict[str, str]:
    known = {"corp_id": CORP, "secret": SECRET, "endpoint": company.url, "network": HERE}
    return {**known, "callback_token": KEYS.token, "callback_key": KEYS.aes_key, **changed}


def account(kind: str, **values: str) -> Account:
    return Account(kind, kind, values, "now")


def test_a_company_that_lets_us_in_and_one_that_does_not_are_told_apart_without_telling_a_secret(
    company: WeComServer,
) -> None:
    good = examine([account("wecom", quota="month", **facts(company))], company.clock, connect=True)
    assert [one.state for one in good] == ["ok", "ok"]
    wrong = examine([account("wecom", **facts(company, secret="wrong-one"))], company.clock, connect=True)
    assert [one.state for one in wrong] == ["ok", "wrong"]
    assert "40001" in wrong[1].fact.en
    assert not [word for word in (SECRET, KEYS.aes_key, "wrong-one") if word in repr(good) + repr(wrong)]


def test_an_address_inside_is_refused_unless_its_network_was_entered() -> None:
    inside = {"url": "http://127.0.0.1:9/hidden-path", "secret": "x"}
    closed = examine([account("sms_gateway", **inside)], SystemClock(), connect=False)
    opened = examine([account("sms_gateway", network=HERE, **inside)], SystemClock(), connect=False)
    assert [closed[0].state, opened[0].state] == ["wrong", "ok"]
    assert "hidden-path" not in repr(closed) + repr(opened)


def test_mail_in_the_clear_and_missing_callbacks_are_warnings(company: WeComServer) -> None:
    mail = account("smtp", host="mail.example.com", port="25", tls="none", sender_address="s@t.example")
    deaf = account("wecom", **facts(company, callback_token=""))
    assert [one.state for one in examine([mail, deaf], company.clock, connect=False)] == ["warning", "ok", "warning"]


@pytest.mark.parametrize(
    ("kind", "changed", "place"),
    [
        ("wecom", {"callback_key": "short"}, "callback_key"),
        ("wecom", {"network": "everything"}, "network"),
        ("wecom", {"quota": "year"}, "quota"),
        ("wecom", {"corp_id": ""}, "corp_id"),
        ("feishu", {}, "url"),
    ],
)
def test_what_cannot_be_right_in_an_account_is_named(
    fresh_stores: Stores, company: WeComServer, kind: str, changed: dict[str, str], place: str
) -> None:
    given = facts(company, **changed) if kind == "wecom" else changed
    refused = owner(fresh_stores).put("/channels", json={"kind": kind, "facts": given})
    assert (refused.status_code, refused.json()["fields"][0]["path"]) == (422, f"/facts/{place}")


def test_wecom_knocks_at_the_door_and_is_heard_only_with_its_seal(fresh_stores: Stores, company: WeComServer) -> None:
    boss, wecom = owner(fresh_stores), stranger(fresh_stores)
    door = "http://testserver/hooks/wecom"
    assert wecom.post(f"{door}?msg_signature=a&timestamp=1&nonce=2", content=b"<xml/>").status_code == 404
    assert boss.put("/channels", json={"kind": "wecom", "facts": facts(company)}).status_code == 200
    company.clock.instant = fresh_stores.clock.now()
    query, body = company.company.befriend("lily", "wm_new")
    assert wecom.post(f"{door}?{query}", content=body.replace(b"CDATA[", b"CDATA[A")).status_code == 403
    assert wecom.post(f"{door}?{query}", content=body).status_code == 200
    with transaction(fresh_stores.engine) as session:
        assert session.execute(text("SELECT contact, colleague FROM wecom_relations")).all() == [("wm_new", "lily")]
    sealed = company.company._callbacks.seal("1616140317555161061")
    stamp = str(int(fresh_stores.clock.now().timestamp()))
    told: dict[str, Any] = {"timestamp": stamp, "nonce": "7", "echostr": sealed}
    told["msg_signature"] = company.company._callbacks.sign(stamp, "7", sealed)
    assert wecom.get(door, params=told).text == "1616140317555161061"
    assert wecom.get(door, params={**told, "nonce": "8"}).status_code == 403
