"""Channels at the command line: accounts entered, listed and checked, and a text message read like a provider does."""

import mailbox
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.accounts import service as accounts
from tenure.outreach.wecom.repository import relations
from tests.app.cli.face import Run, face
from tests.channels import returned
from tests.directory.make import OWNER_EMAIL, owner
from tests.outreach.make import people
from tests.outreach.returns.test_returns import sent

SECRET = "whsec_" + "A" * 40


@pytest.fixture(scope="module")
def shop(new_settings: Callable[[], Settings]) -> Iterator[tuple[Run, Stores]]:
    """A shop with an owner."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        owner(stores)
        yield face(settings), stores


def test_an_account_is_entered_listed_and_checked_and_its_secret_comes_from_a_variable(
    shop: tuple[Run, Stores],
) -> None:
    command, stores = shop
    none: Any = command("channels", "check", "--json").json()
    assert none[0]["state"] == "warning"
    facts = ("--fact", "url=http://127.0.0.1:9/", "--fact", "network=127.0.0.0/8")
    variable = ("--secret-from-env", "secret=SHOP_GATEWAY")
    assert command("channels", "enter", "sms_gateway", *facts, *variable, SHOP_GATEWAY=SECRET).code == 0
    with transaction(stores.engine) as session:
        assert accounts.in_use(session, stores.secret)[0].values["secret"] == SECRET
    listed = command("channels", "list", "--json")
    told: Any = listed.json()
    assert [one["kind"] for one in told] == ["sms_gateway"]
    assert SECRET not in listed.said
    checked: Any = command("channels", "check", "--json").json()
    assert [one["state"] for one in checked] == ["ok"]
    assert "127.0.0.1" in command("channels", "check").said
    assert command("channels", "enter", "sms_gateway", "--fact", "url").code != 0


def test_a_text_message_is_read_like_a_provider_does(shop: tuple[Run, Stores]) -> None:
    command, _ = shop
    told = command("channels", "lint", "好久不见", "--provider", "tencent", "--signature", "留客", "--json")
    found: Any = told.json()
    assert told.code == 1
    assert {"sms.banned.win_back", "sms.opt_out"} <= {one["rule"] for one in found["findings"]}
    assert (found["encoding"], found["pieces"]) == ("UCS-2", 1)
    shown = command("channels", "lint", "好久不见", TENURE_LANGUAGE="zh")
    assert "用户召回" in shown.said
    assert command("channels", "lint", "【留客商店】尊敬的会员，春季新品今日上架。拒收请回复R").code == 0


def test_a_colleague_in_wecom_is_named_as_a_member(shop: tuple[Run, Stores]) -> None:
    command, stores = shop
    assert command("channels", "colleague", "lily", OWNER_EMAIL).code != 0
    with transaction(stores.engine) as session:
        relations.put_colleagues(session, ["lily"], stores.clock.now())
    assert command("channels", "colleague", "lily", OWNER_EMAIL).code == 0
    with transaction(stores.engine) as session:
        found = session.execute(
            text("SELECT c.userid, m.email FROM wecom_colleagues c JOIN members m ON m.id = c.member_id")
        )
        assert [tuple(row) for row in found] == [("lily", OWNER_EMAIL)]


def test_bounces_are_taken_from_a_file_and_from_a_maildir(shop: tuple[Run, Stores], tmp_path: Path) -> None:
    run, stores = shop
    people(stores, "ann", "bob")
    ids = sent(stores, "ann", "bob")
    many = mailbox.mbox(tmp_path / "many.mbox")
    for mail in (returned.postfix(ids["ann"], "ann@shop.test"), returned.HOLIDAY):
        many.add(mail)
    many.close()
    told: Any = run("channels", "bounces", str(tmp_path / "many.mbox"), "--json").json()
    assert {one["effect"]: one["count"] for one in told} == {"address_closed": 1, "no_report": 1}
    (tmp_path / "one.eml").write_bytes(returned.complaint(ids["bob"], None))
    assert "consent" in run("channels", "bounces", str(tmp_path / "one.eml")).said
    box = mailbox.Maildir(tmp_path / "box", create=True)
    box.add(returned.complaint(ids["bob"], None))
    assert run("channels", "bounces", "--maildir", str(tmp_path / "box"), "--json").json() == [
        {"effect": "seen_before", "count": 1}
    ]
    assert run("channels", "bounces").code != 0


def test_the_health_of_channels_and_hold_outs_are_told_and_changed(shop: tuple[Run, Stores]) -> None:
    run, stores = shop
    facts = ("--fact", "host=127.0.0.1", "--fact", "sender_name=Shop", "--fact", "sender_address=shop@example.com")
    assert run("channels", "enter", "smtp", *facts).code == 0
    told: Any = run("channels", "health", "--json").json()
    assert {one["channel"]: one["state"] for one in told}["email"] == "open"
    assert "email" in run("channels", "health").said
    assert "not stopped" in run("channels", "resume", "email").told
    with transaction(stores.engine) as session:
        session.execute(
            text("""INSERT INTO channel_care (channel, rules, state, why, since, changed_at, changed_by)
                    VALUES ('email', '{}', 'stopped', '{}', now(), now(), 'tenure')""")
        )
    assert run("channels", "resume", "email").code == 0
    assert run("hold-outs", "put", "global", "--percent", "5").code == 0
    assert run("hold-outs", "put", "global", "--percent", "7").code == 0
    assert run("hold-outs", "end", "global").code == 0
    listed: Any = run("hold-outs", "list", "--json").json()
    assert [(one["version"], one["percent"], one["ends_at"] is None) for one in listed] == [
        (2, 7, False),
        (1, 5, False),
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (
            ("consent", "list", "Bad Name", "--en", "a", "--zh", "b", "--meaning-en", "c", "--meaning-zh", "d"),
            2,
            "/name",
        ),
        (("consent", "page", "/nowhere/page.html"), 4, "没有文件或文件夹 /nowhere/page.html。"),
        (("consent", "page", "/"), 4, "/ 是文件夹。"),
        (("hold-outs", "put", "", "--percent", "5"), 2, "/name"),
        (("hold-outs", "put", "x", "--percent", "5", "--message", "nothing"), 4, "没有消息 nothing。"),
    ],
)
def test_what_is_wrong_with_a_command_is_told_in_the_readers_language(
    shop: tuple[Run, Stores], words: tuple[str, ...], code: int, said: str
) -> None:
    ended = shop[0](*words, TENURE_LANGUAGE="zh")
    assert ended.code == code
    assert said in ended.told
    assert "错误：" in ended.told
    assert "Traceback" not in ended.told


def test_a_port_in_use_is_said(shop: tuple[Run, Stores]) -> None:
    command, _ = shop
    facts = {"host": "127.0.0.1", "port": "25", "tls": "none", "sender_name": "S", "sender_address": "s@t.example"}
    given = [word for name, value in facts.items() for word in ("--fact", f"{name}={value}")]
    assert command("channels", "enter", "smtp", *given, "--fact", "bounce_address=bounces@t.example").code == 0
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ended = command("channels", "listen", "--host", "127.0.0.1", "--port", taken.getsockname()[1])
    assert (ended.code, "The port is in use." in ended.told) == (8, True)
