"""What follows from returned mail, and what does not."""

import imaplib
import json
import smtplib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from sqlalchemy import text

from tenure.app import wiring
from tenure.app.message_jobs import read_returns
from tenure.app.wiring import Stores
from tenure.channels.adapters.imap_box import ImapBox
from tenure.channels.returns.box import Box, NoBox
from tenure.channels.returns.report import ReturnPath, key_of
from tenure.channels.webhooks import signing
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.outreach.accounts import service as accounts
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.delivery.prepare import Gate
from tenure.outreach.returns.service import SOFT_LIMIT, Keys, take_mail
from tests.channels import returned
from tests.directory.make import member, owner, stranger
from tests.outreach.accounts.test_accounts import FACTS
from tests.outreach.make import NOON, Clock, Pigeon, ask, gate, people, sends

WHSEC = signing.new_secret()


def sent(stores: Stores, *who: str, message: str = "news-1", **facts: Any) -> dict[str, str]:
    """Send a message; returns the id of each send by customer."""
    ask(stores, list(who), message, **facts)
    plain = gate(stores)
    careful = Gate(plain.engine, plain.policy, AddressKey.derived(stores.secret), plain.zone, plain.compose)
    deliver(stores.engine, Pigeon(), careful.prepare, Clock(), Event(), drain=True)
    with transaction(stores.engine) as session:
        rows = session.execute(text("SELECT customer_id, id FROM sends WHERE message = :m"), {"m": message})
        return {row[0]: row[1] for row in rows}


def take(stores: Stores, mail: bytes) -> list[str]:
    return take_mail(stores.engine, Keys.derived(stores.secret), mail, "test", NOON)


def closed(stores: Stores) -> dict[bytes, str]:
    with transaction(stores.engine) as session:
        return {bytes(row[0]): row[1] for row in session.execute(text("SELECT address_key, reason FROM suppressions"))}


def key(stores: Stores, who: str) -> bytes:
    return AddressKey.derived(stores.secret).of("email", f"{who}@shop.test")


def test_a_dead_address_fails_its_send_and_is_closed_once(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    ids = sent(fresh_stores, "ann", "bob")
    mail = returned.postfix(ids["ann"], "ann@shop.test")
    assert take(fresh_stores, mail) == ["address_closed"]
    assert take(fresh_stores, mail) == ["seen_before"]
    assert take(fresh_stores, returned.gmail(ids["ann"], "ann@shop.test")) == ["nothing_new"], "told by another server"
    assert sends(fresh_stores) == {("news-1", "ann"): "failed", ("news-1", "bob"): "accepted"}
    assert closed(fresh_stores) == {key(fresh_stores, "ann"): "hard_bounce"}
    assert sent(fresh_stores, "ann", message="order", transactional=True)
    assert sends(fresh_stores)[("order", "ann")] == "dropped"


def test_what_came_back_from_a_dead_address_is_asked_for_over_the_next_channel_once(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    ids = sent(fresh_stores, "ann", "bob", substitutes=["sms"])
    for mail in (returned.postfix(ids["ann"], "ann@shop.test"), returned.gmail(ids["ann"], "ann@shop.test")):
        take(fresh_stores, mail)
    with transaction(fresh_stores.engine) as session:
        found = session.execute(text("SELECT customer_id, state FROM sends WHERE channel = 'sms'")).all()
    assert [tuple(row) for row in found] == [("ann", "queued")]


def test_a_report_closes_no_address_but_the_one_we_wrote_to(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    ids = sent(fresh_stores, "ann", "bob")
    forged = [
        returned.postfix("snd_ffffffffffffffffffffffff", "bob@shop.test"),  # names no send of ours
        returned.postfix("nothing", "bob@shop.test"),
        returned.postfix("nothing", "bob@shop.test", path="bounces+0123456789abcdef01234567.abcdefabcdef@x.example"),
    ]
    assert [effect for mail in forged for effect in take(fresh_stores, _unlike(mail))] == ["not_ours"] * 3
    assert closed(fresh_stores) == {}
    # Ann knows the id of her own mail; with it she cannot close Bob's address, and a forwarder's bounce does not close hers.
    assert take(fresh_stores, _unlike(returned.postfix(ids["ann"], "bob@shop.test"))) == ["counted"]
    assert closed(fresh_stores) == {}


def _unlike(mail: bytes, numbers: list[int] = []) -> bytes:  # noqa: B006
    """Give a mail a Message-ID of its own."""
    numbers.append(0)
    return mail.replace(b"Message-Id: <2026", b"Message-Id: <%d.2026" % len(numbers))


def test_an_address_changed_since_is_closed_as_it_was(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    ids = sent(fresh_stores, "ann")
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE customers SET email = 'new@shop.test' WHERE id = 'ann'"))
    assert take(fresh_stores, returned.postfix(ids["ann"], "ann@shop.test")) == ["address_closed"]
    assert closed(fresh_stores) == {key(fresh_stores, "ann"): "hard_bounce"}


def test_a_full_mailbox_is_counted_and_closed_after_several_mails(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    for number in range(SOFT_LIMIT):
        ids = sent(fresh_stores, "ann", message=f"m{number}")
        mail = _unlike(returned.postfix(ids["ann"], "ann@shop.test", "5.2.2", words="552 5.2.2 Mailbox full"))
        effect = take(fresh_stores, mail)
        assert effect == (["address_closed"] if number == SOFT_LIMIT - 1 else ["counted"])
    assert closed(fresh_stores) == {key(fresh_stores, "ann"): "soft_bounces"}


def test_a_reader_in_between_begins_the_count_anew(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    for number in range(SOFT_LIMIT):
        ids = sent(fresh_stores, "ann", message=f"m{number}")
        mail = _unlike(returned.postfix(ids["ann"], "ann@shop.test", "5.2.2", words="552 5.2.2 Mailbox full"))
        assert take(fresh_stores, mail) == ["counted"]
        if number == SOFT_LIMIT - 2:
            with transaction(fresh_stores.engine) as session:
                session.execute(
                    text("INSERT INTO send_events (send_id, at, what, details) VALUES (:id, :now, 'opened', '{}')"),
                    {"id": ids["ann"], "now": NOON},
                )
    assert closed(fresh_stores) == {}


def test_a_complaint_closes_the_address_and_takes_consent_back(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    ids = sent(fresh_stores, "ann")
    assert take(fresh_stores, returned.complaint(ids["ann"], None)) == ["complaint_heard"]
    assert take(fresh_stores, returned.complaint(ids["ann"], None)) == ["seen_before"]
    assert closed(fresh_stores) == {key(fresh_stores, "ann"): "complaint"}
    with transaction(fresh_stores.engine) as session:
        word = session.execute(
            text("SELECT purpose, channel, state, source, proof ->> 'send' FROM consent_records ORDER BY id DESC")
        ).first()
        whats = session.execute(text("SELECT what FROM send_events ORDER BY id")).scalars().all()
    assert word == ("marketing", "email", "withdrawn", "complaint", ids["ann"])
    assert whats[-2:] == ["complained", "unsubscribed"]
    assert sends(fresh_stores) == {("news-1", "ann"): "accepted"}


def test_our_return_path_alone_is_proof_enough(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    ids = sent(fresh_stores, "ann")
    path = ReturnPath("bounces@mail.example.com", key_of(fresh_stores.secret)).of(ids["ann"])
    assert take(fresh_stores, returned.postfix("nothing", "ann@shop.test", path=path)) == ["address_closed"]


def test_the_signed_door_takes_json_and_mails_and_nobody_elses_word(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    boss, world = owner(fresh_stores), stranger(fresh_stores)
    assert world.post("http://testserver/hooks/mail", content=b"{}").status_code == 404, "no secret, no door"
    boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, "returns_secret": WHSEC}})
    ids = sent(fresh_stores, "ann", "bob")
    events = {
        "type": "bounce",
        "message_id": f"<{ids['ann']}@x.example>",
        "recipient": "Ann@shop.test",
        "status": "5.1.1",
    }
    body = json.dumps({"events": [events]}).encode()

    def knock(content: bytes, name: str, secret: str = WHSEC, kind: str = "application/json") -> Any:
        told = signing.headers([signing.key_of(secret)], name, int(time.time()), content)
        return world.post("http://testserver/hooks/mail", content=content, headers={**told, "content-type": kind})

    assert knock(body, "e1", signing.new_secret()).status_code == 403
    assert knock(body, "e1").json() == {"taken": ["address_closed"]}
    assert knock(body, "e1").json() == {"taken": []}
    raw = returned.complaint(ids["bob"], None)
    assert knock(raw, "e2", kind="message/rfc822").json() == {"taken": ["complaint_heard"]}
    assert knock(b"[]", "e3").status_code == 422
    told = boss.get("/returned-mail").json()["items"]
    assert {(one["kind"], one["effect"], one["matched_by"]) for one in told} == {
        ("hard", "address_closed", "message_id"), ("complaint", "complaint_heard", "message_id"),
    }  # fmt: skip
    assert knock(b"{broken", "e9").status_code == 422
    assert knock(body, "e9").json() == {"taken": ["nothing_new"]}, "what was not understood may be sent again"
    assert "ann@shop.test" not in json.dumps(told).lower()
    assert boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, "returns_secret": "x"}}).status_code == 422
    viewer = member(fresh_stores, boss, "viewer")
    assert viewer.get("/returned-mail").status_code == 200
    assert world.get("/returned-mail").status_code == 401


@contextmanager
def imap(mails: list[bytes]) -> Iterator[int]:
    """Run pymap, a real IMAP server, with mails in a folder of its own; gives its port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    place = ["--host", "127.0.0.1", "--port", str(port), "--no-tls", "--no-service", "managesieve"]
    run = [
        str(Path(sys.executable).parent / "pymap"),
        *place,
        "dict",
        "--demo-user",
        "ann",
        "--demo-password",
        "secret",
    ]
    server = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        begun = time.monotonic()
        while True:
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert time.monotonic() - begun < 60
            assert server.poll() is None
            time.sleep(0.1)
        box = imaplib.IMAP4("127.0.0.1", port)
        box.login("ann", "secret")
        box.create("Bounces")
        for mail in mails:
            assert box.append("Bounces", "", imaplib.Time2Internaldate(time.time()), mail)[0] == "OK"
        box.logout()
        yield port
    finally:
        server.terminate()
        server.wait(20)


def test_the_box_is_read_over_imap_and_each_mail_once(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    ids = sent(fresh_stores, "ann", "bob")
    mails = [returned.postfix(ids["ann"], "ann@shop.test"), returned.HOLIDAY, returned.complaint(ids["bob"], None)]
    boss = owner(fresh_stores)
    with imap(mails) as port:
        facts = {"imap_host": "127.0.0.1", "imap_port": str(port), "imap_tls": "none", "imap_user": "ann"}
        entered = {**FACTS, **facts, "imap_password": "secret", "imap_folder": "Bounces"}
        assert boss.put("/channels", json={"kind": "smtp", "facts": entered}).status_code == 200
        assert [read_returns(fresh_stores), read_returns(fresh_stores)] == [3, 0]
        assert closed(fresh_stores) == {key(fresh_stores, "ann"): "hard_bounce", key(fresh_stores, "bob"): "complaint"}
        with pytest.raises(NoBox):
            ImapBox(Box("127.0.0.1", port, "ann", "wrong", "none")).each(lambda _: None)
    assert read_returns(fresh_stores) == 0, "a box that is away is read another time"


def test_the_door_over_smtp_takes_what_is_sealed_and_keeps_nothing_else(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    ids = sent(fresh_stores, "ann")
    boss = owner(fresh_stores)
    assert boss.put("/channels", json={"kind": "smtp", "facts": FACTS}).status_code == 200
    with transaction(fresh_stores.engine) as session:
        plain = accounts.of_channel(session, fresh_stores.secret, "email")
    with pytest.raises(Conflict):
        wiring.bounce_door(plain, fresh_stores.secret, len, "127.0.0.1", 0)
    boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, "bounce_address": "bounces@mail.example.com"}})
    with transaction(fresh_stores.engine) as session:
        account = accounts.of_channel(session, fresh_stores.secret, "email")
    path = ReturnPath("bounces@mail.example.com", key_of(fresh_stores.secret)).of(ids["ann"])
    broken = [True]

    def took(raw: bytes) -> object:
        if broken:
            broken.pop()
            raise OSError("the database is away")
        return take(fresh_stores, raw)

    mail = returned.postfix("nothing", "ann@shop.test").decode()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    with (
        wiring.bounce_door(account, fresh_stores.secret, took, "127.0.0.1", port),
        smtplib.SMTP("127.0.0.1", port) as line,
    ):
        line.ehlo()
        for refused in ("ann@shop.test", path.replace("+", "+f")):
            assert line.docmd("MAIL", "FROM:<>")[0] == 250
            assert line.docmd("RCPT", f"TO:<{refused}>")[0] == 550
            line.rset()
        with pytest.raises(smtplib.SMTPDataError) as later:
            line.sendmail("", [path], mail)
        assert later.value.smtp_code == 451
        line.rset()
        assert line.sendmail("", [path], mail) == {}
    assert closed(fresh_stores) == {key(fresh_stores, "ann"): "hard_bounce"}


def test_the_signed_door_says_what_is_too_long_and_knows_a_mail_however_its_kind_is_spelt(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    boss, world = owner(fresh_stores), stranger(fresh_stores)
    boss.put("/channels", json={"kind": "smtp", "facts": {**FACTS, "returns_secret": WHSEC}})
    ids = sent(fresh_stores, "ann")

    def knock(content: bytes, name: str, kind: str = "application/json") -> Any:
        told = signing.headers([signing.key_of(WHSEC)], name, int(time.time()), content)
        return world.post("http://testserver/hooks/mail", content=content, headers={**told, "content-type": kind})

    assert knock(b" " * 3_000_000, "long").status_code == 413
    mail = returned.postfix(ids["ann"], "ann@shop.test")
    assert knock(mail, "mail", "Message/RFC822; charset=utf-8").json()["taken"] == ["address_closed"]
