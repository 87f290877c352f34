"""WeCom: callbacks opened only when genuine, tokens renewed, contacts, greetings and messages."""

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import parse_qs

import pytest

from tenure.channels.adapters.wecom import WeCom
from tenure.channels.channel import Outgoing, Receipt, Refused, TryLater
from tenure.channels.outbound import Outbound
from tenure.channels.wecom.account import Account, CallbackKeys
from tenure.channels.wecom.callback import BadCallback, Callbacks, Signed
from tenure.channels.wecom.events import ContactEvent, NotAnEvent, OtherEvent, TagEvent, read
from tenure.channels.wecom.groups import Asked, GroupMessage, Relation, Tag
from tests.channels.contract import ChannelContract, Side
from tests.channels.wecom_company import CORP, KEYS, SECRET, WeComServer

ECHO = "fsi1xnbH4yQh0+PJxcOdhhK6TDXkjMyhEPA7xB2TGz6b+g7xyAbEkRxN/3cNXW9qdqjnoVzEtpbhnFyq6SVHyA=="


class TestWeCom(ChannelContract):
    address, bad_address = "wm_ann", "安 <ann>"
    secrets = (SECRET,)
    extra: dict[str, object] = {"staff": "lily"}

    @contextmanager
    def opened(self) -> Iterator[Side]:
        server = WeComServer()
        yield Side(WeCom(server.api()), server)


@pytest.fixture
def server() -> Iterator[WeComServer]:
    server = WeComServer()
    yield server
    server.close()


def signed(query: str) -> Signed:
    told = {name: values[0] for name, values in parse_qs(query).items()}
    return Signed(told["msg_signature"], told["timestamp"], told["nonce"])


def test_the_published_examples_come_out_to_the_letter() -> None:
    callbacks = Callbacks(CallbackKeys(CORP, "xxxxxxx", KEYS.aes_key))
    genuine = Signed("59dce1a653fc31a6f0472567199561e9336a8d0b", "1476416373", "47744683")
    assert callbacks.echo(genuine, ECHO, 1476416373) == "1288432023552776189"
    sealed = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
    assert Callbacks(KEYS).sign("1409659589", "263014780", sealed) == "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"


def test_a_callback_that_is_forged_old_changed_or_for_somebody_else_is_not_opened(server: WeComServer) -> None:
    query, body = server.company.befriend("lily", "wm_dee", state="poster")
    genuine, now, callbacks = signed(query), int(server.clock.now().timestamp()), Callbacks(KEYS)
    assert "wm_dee" in callbacks.hear(genuine, body, now).words
    other = Callbacks(CallbackKeys("ww_another", KEYS.token, KEYS.aes_key))
    wrongs = [
        (callbacks, Signed("0" * 40, genuine.timestamp, genuine.nonce), body, now),
        (callbacks, Signed(genuine.signature, genuine.timestamp, "other"), body, now),
        (callbacks, genuine, body.replace(b"<Encrypt><![CDATA[", b"<Encrypt><![CDATA[AAAA"), now),
        (callbacks, genuine, body, now + 601),
        (callbacks, genuine, body, now - 601),
        (callbacks, genuine, b"<xml/>", now),
        (callbacks, genuine, b"x" * 2_000_000, now),
        (other, genuine, body, now),
    ]
    for who, how, what, when in wrongs:
        with pytest.raises(BadCallback):
            who.hear(how, what, when)


@pytest.mark.parametrize("raw", [b"", b"x" * 16, b"x" * 31, b"\x00" * 64])
def test_sealed_nonsense_with_a_good_signature_is_an_error_and_no_crash(raw: bytes) -> None:
    callbacks, sealed = Callbacks(KEYS), base64.b64encode(raw).decode() or "AAAA"
    genuine = Signed(callbacks.sign("1800000000", "1", sealed), "1800000000", "1")
    with pytest.raises(BadCallback):
        callbacks.echo(genuine, sealed, 1_800_000_000)


def test_one_change_is_one_event_however_often_and_however_sealed_it_comes(server: WeComServer) -> None:
    callbacks, now = Callbacks(KEYS), int(server.clock.now().timestamp())
    sent = [server.company.leave("lily", "wm_ann"), server.company.callback("del_follow_user", "lily", "wm_ann")]
    heard = [callbacks.hear(signed(query), body, now) for query, body in sent]
    first, second = (read(one.words) for one in heard)
    assert isinstance(first, ContactEvent)
    assert (first.change, first.staff, first.contact) == ("del_follow_user", "lily", "wm_ann")
    assert first.key == second.key
    assert heard[0].once != heard[1].once


def test_events_of_other_kinds_are_told_apart_and_nonsense_is_refused() -> None:
    tag = "<xml><CreateTime>1403610513</CreateTime><Event>change_external_tag</Event><Id>et1</Id><TagType>tag</TagType></xml>"
    assert isinstance(read(tag), TagEvent)
    assert isinstance(read("<xml><CreateTime>1403610513</CreateTime><Event>subscribe</Event></xml>"), OtherEvent)
    bomb = '<!DOCTYPE x [<!ENTITY a "1403610513">]><xml><CreateTime>&a;</CreateTime></xml>'
    for words in (bomb, "<xml>", "", "<xml><CreateTime>soon</CreateTime></xml>"):
        with pytest.raises(NotAnEvent):
            read(words)


def test_a_token_is_fetched_once_and_again_when_it_grew_old(server: WeComServer) -> None:
    api = server.api()
    assert api.staff() == ["lily"]
    assert api.staff() == ["lily"]
    assert server.company.calls.count("gettoken") == 1
    server.company.age_tokens()  # 42001, before its time
    assert api.staff() == ["lily"]
    assert server.company.calls.count("gettoken") == 2
    server.clock.forward(hours=3)
    assert api.staff() == ["lily"]
    assert server.company.calls.count("gettoken") == 3
    server.company.next_trouble = [40014, 40014]  # a token that is never good does not turn in circles
    assert isinstance(api.staff(), TryLater)
    api.close()


@pytest.mark.parametrize(("code", "kind"), [(-1, TryLater), (45009, TryLater), (45033, TryLater), (40058, Refused)])
def test_error_numbers_say_later_or_never(server: WeComServer, code: int, kind: type) -> None:
    api = server.api()
    server.company.next_trouble = [code]
    assert isinstance(api.ask(GroupMessage("lily", ("wm_ann",), "春天来了")), kind)
    assert server.company.tasks == {}
    api.close()


def test_a_wrong_secret_of_ours_is_not_held_against_the_customer(server: WeComServer) -> None:
    channel = WeCom(server.api())
    channel._api._account = Account(CORP, "wrong", server.url)
    reply = channel.send(Outgoing("snd_1", "wm_ann", text="hi", extra={"staff": "lily"}))
    assert isinstance(reply, TryLater)
    assert reply.code == "40001"
    channel.close()


def test_contacts_are_read_page_by_page_and_tags_are_put_on_and_taken_off(server: WeComServer) -> None:
    for number in range(250):
        server.company.befriend("lily", f"wm_{number:03}", name=f"客户{number}")
    server.company.tags = {"et_vip": ("等级", "VIP"), "et_new": ("等级", "新客")}
    api = server.api()
    found = api.relations("lily")
    assert isinstance(found, list)
    assert len({relation.contact for relation in found}) == 253
    assert api.tags() == [Tag("et_vip", "VIP", "等级"), Tag("et_new", "新客", "等级")]
    ann = Relation("wm_ann", "lily")
    assert isinstance(api.mark(ann, ["et_vip", "et_new"], []), Receipt)
    assert isinstance(api.mark(ann, [], ["et_new"]), Receipt)
    again = api.relations("lily")
    assert isinstance(again, list)
    assert next(one for one in again if one.contact == "wm_ann").tags == ("et_vip",)
    api.close()


def test_a_greeting_reaches_a_new_customer_once_and_within_twenty_seconds(server: WeComServer) -> None:
    api, codes = server.api(), []
    for contact in ("wm_1", "wm_2"):
        query, body = server.company.befriend("lily", contact)
        event = read(Callbacks(KEYS).hear(signed(query), body, int(server.clock.now().timestamp())).words)
        assert isinstance(event, ContactEvent)
        codes.append(event.welcome_code)
    assert isinstance(api.welcome(codes[0], "欢迎"), Receipt)
    assert isinstance(api.welcome(codes[0], "欢迎"), Refused)
    server.clock.forward(seconds=21)
    assert isinstance(api.welcome(codes[1], "欢迎"), Refused)
    assert server.company.greeted == [(codes[0], "欢迎")]
    api.close()


def test_a_group_message_is_a_question_and_is_answered_customer_by_customer(server: WeComServer) -> None:
    api = server.api()
    asked = api.ask(GroupMessage("lily", ("wm_ann", "wm_bob", "wm_stranger"), "春天来了"))
    assert isinstance(asked, Asked)
    assert asked.left_out == ("wm_stranger",)
    before = api.results(asked.msgid, "lily")
    assert isinstance(before, list)
    assert {one.status for one in before} == {"waiting"}
    server.company.leave("lily", "wm_bob")
    server.company.confirm(asked.msgid)
    after = api.results(asked.msgid, "lily")
    assert isinstance(after, list)
    assert {one.contact: one.status for one in after} == {"wm_ann": "sent", "wm_bob": "not_friend"}
    assert [one.at for one in after if one.status == "sent"] == [server.clock.now()]
    assert all(isinstance(api.remind(asked.msgid), Receipt) for _ in range(3))
    assert isinstance(api.remind(asked.msgid), TryLater)
    api.close()


def test_nobody_reaches_a_company_that_is_not_where_it_should_be(server: WeComServer) -> None:
    api = server.api()
    api._outbound = Outbound()  # without leave to speak to this machine
    assert isinstance(api.staff(), Refused)
    assert server.company.calls == []
    api.close()


def test_a_stranger_cannot_make_the_door_think_for_hours() -> None:
    begun = time.process_time()
    for made in (
        b"<Encrypt>" + b" " * 500_000,
        b"<Encrypt>" * 100_000,
        b"<Encrypt>" + b"a " * 250_000 + b"!</Encrypt>",
    ):
        with pytest.raises(BadCallback):
            Callbacks(KEYS).hear(Signed("0" * 40, "1", "n"), made, 1)
    assert time.process_time() - begun < 2, "it took days when every blank was looked at from every other"
