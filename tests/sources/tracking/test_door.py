"""The door for events: what is taken, what is refused, and what is said of each."""

import gzip
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from tenure.app.wiring import Stores
from tests.directory.make import TickingClock, owner, stranger
from tests.sources.tracking.make import basic, landed, sent, track, write_key

NOON = datetime(2026, 3, 1, 12)


def told(answer: Any) -> list[str]:
    """Return the verdicts of an answer; where one was refused, why."""
    assert answer.status_code == 202, answer.text
    return [item.get("code", item["verdict"]) for item in answer.json()["items"]]


@pytest.fixture
def key(fresh_stores: Stores) -> str:
    return write_key(owner(fresh_stores))


@pytest.fixture(scope="module")
def a_key(stores: Stores) -> str:
    return write_key(owner(stores))


def test_every_call_of_the_sdks_is_taken(stores: Stores, a_key: str) -> None:
    person: dict[str, object] = {"userId": "bea"}
    calls: dict[str, dict[str, object]] = {
        "track": {"event": "Seen"},
        "t": {"event": "Seen again"},
        "identify": {"traits": {"email": "bea@mail.test"}},
        "i": {"traits": {"name": "Bea"}},
        "page": {"name": "Home"},
        "p": {"name": "Home 2"},
        "screen": {"name": "Start"},
        "s": {},
        "group": {"groupId": "acme"},
        "g": {"groupId": "acme 2"},
        "alias": {"previousId": "visitor"},
        "a": {"previousId": "visitor 2"},
        "batch": {"batch": [track()]},
        "b": {"batch": [track("Other")]},
        "import": {"batch": [track("Older")]},
    }
    for call, body in calls.items():
        assert told(sent(stores, a_key, call, person | body)) == ["accepted"], call


def test_an_event_lands_in_the_lake_with_all_it_says(fresh_stores: Stores, key: str) -> None:
    context = {"library": {"name": "analytics.js"}, "page": {"path": "/shoes"}, "campaign": {"source": "mail"}}
    properties = {"product_id": "p1", "price": 12.5, "sizes": [1, 2], "box": {"w": 3}, "session_id": "s1", "no": None}
    call = track("Product Viewed", timestamp="2026-03-01T12:00:00+08:00", context=context, properties=properties)
    assert told(sent(fresh_stores, key, "track", call)) == ["accepted"]
    row = landed(fresh_stores)[0]
    assert row["customer_id"] == "ann"
    assert row["occurred_at"] == datetime(2026, 3, 1, 4)
    assert (row["name"], row["platform"], row["page"]) == ("Product Viewed", "web", "/shoes")
    assert (row["product_id"], row["session_id"]) == ("p1", "s1")
    assert dict(row["properties"]) == {
        "product_id": "p1",
        "price": "12.5",
        "sizes": "[1, 2]",
        "box.w": "3",
        "session_id": "s1",
        "campaign.source": "mail",
    }


def test_the_same_message_is_taken_once(fresh_stores: Stores, key: str) -> None:
    batch = {"batch": [track(messageId="m1"), track(messageId="m1"), track(messageId="m2")]}
    assert told(sent(fresh_stores, key, "batch", batch)) == ["accepted", "duplicate", "accepted"]
    landed(fresh_stores)
    assert told(sent(fresh_stores, key, "batch", batch)) == ["duplicate"] * 3
    assert len(landed(fresh_stores)) == 2


def test_the_same_message_id_of_another_source_is_another_message(fresh_stores: Stores, key: str) -> None:
    other = write_key(owner(fresh_stores), "app")
    assert told(sent(fresh_stores, key, "track", track(messageId="m1"))) == ["accepted"]
    assert told(sent(fresh_stores, other, "track", track(messageId="m1"))) == ["accepted"]


def test_without_a_message_id_what_is_said_tells_one_event_from_another(fresh_stores: Stores, key: str) -> None:
    batch = {"batch": [track(), track(), track("Other")]}
    assert told(sent(fresh_stores, key, "batch", batch)) == ["accepted"] * 3
    assert told(sent(fresh_stores, key, "batch", batch)) == ["duplicate"] * 3


@pytest.mark.parametrize(
    ("item", "code"),
    [
        ("text", "not_an_object"),
        ({"type": "sing", "userId": "a"}, "unknown_type"),
        ({"userId": "a", "event": "x"}, "unknown_type"),
        ({"type": "track", "event": "x"}, "no_user"),
        ({"type": "track", "event": "x", "userId": {}}, "bad_id"),
        ({"type": "track", "event": "x", "userId": "a" * 256}, "bad_id"),
        ({"type": "track", "event": "x", "userId": "undefined"}, "meaningless_id"),
        ({"type": "track", "userId": "a"}, "no_event"),
        ({"type": "track", "event": 5, "userId": "a"}, "no_event"),
        ({"type": "group", "userId": "a"}, "no_group"),
        ({"type": "alias", "userId": "a"}, "no_previous"),
        (track(properties=[1]), "bad_properties"),
        (track(timestamp="yesterday"), "bad_time"),
        (track(timestamp=5), "bad_time"),
        (track(timestamp="2026-03-01T14:00:00Z"), "future"),
        (track(timestamp="1870-03-01T14:00:00Z"), "too_old"),
        (track(properties={"a": "\0"}), "bad_text"),
        (track(properties={"a": "x" * 33_000}), "too_large"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_reason(stores: Stores, a_key: str, item: object, code: str) -> None:
    clock = TickingClock()
    clock.instant = NOON.replace(tzinfo=UTC)
    answer = sent(stores, a_key, "batch", {"batch": [item, track(messageId=repr(item)[-80:])]}, clock=clock)
    assert told(answer) == [code, "accepted"]
    reason = answer.json()["items"][0]["reason"]
    assert reason["en"]
    assert reason["zh"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"properties": {"a": 1, "a": 2}', "twice_named"),
        ('"properties": {"a": 1e999}', "bad_number"),
        ('"properties": {"a": "\\ud800"}', "bad_text"),
        ('"properties": ' + '{"a":' * 40 + "1" + "}" * 40, "too_deep"),
    ],
)
def test_malicious_events_are_refused_one_by_one(stores: Stores, a_key: str, text: str, code: str) -> None:
    body = f'{{"batch": [{{"type": "track", "event": "x", "userId": "a", {text}}}]}}'
    assert told(sent(stores, a_key, "batch", body.encode())) == [code]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"{", 400, "not_json"),
        (b"[]", 400, "body_not_an_object"),
        (b'{"batch": NaN}', 400, "not_json"),
        (b'{"batch": "\xff"}', 400, "not_utf8"),
        (b'{"batch": {}}', 400, "no_batch"),
        (b'{"batch": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", 400, "body_too_deep"),
        (b'{"batch": [' + b"9" * 5_000 + b"]}", 400, "not_json"),
        (b'{"batch": ["' + b"x" * 600_000 + b'"]}', 413, "body_too_large"),
        (b'{"batch": [' + b"1," * 5_001 + b"1]}", 413, "too_many_events"),
    ],
)
def test_what_cannot_be_read_is_answered_as_a_problem(
    stores: Stores, a_key: str, body: bytes, status: int, code: str
) -> None:
    answer = sent(stores, a_key, "batch", body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["content-type"] == "application/problem+json"


def test_gzip_is_unpacked_but_no_further_than_a_body_may_be(fresh_stores: Stores, key: str) -> None:
    packed = {"Content-Encoding": "gzip"}
    body = gzip.compress(json.dumps({"batch": [track()]}).encode())
    assert told(sent(fresh_stores, key, "batch", body, headers=packed)) == ["accepted"]
    bomb = gzip.compress(b" " * 50_000_000)
    assert sent(fresh_stores, key, "batch", bomb, headers=packed).json()["code"] == "body_too_large"
    for broken in (b"no gzip", body[:-5]):
        assert sent(fresh_stores, key, "batch", broken, headers=packed).json()["code"] == "bad_encoding"


def test_the_key_may_stand_in_the_body(fresh_stores: Stores, key: str) -> None:
    visitor = stranger(fresh_stores)
    url = "http://testserver/v1/track"
    assert told(visitor.post(url, json=track() | {"writeKey": key})) == ["accepted"]
    assert visitor.post(url, json=track()).json()["code"] == "no_key"
    assert visitor.post(url, json=track() | {"writeKey": "wk_wrong"}).json()["code"] == "bad_key"
    assert visitor.post(url, json=track(), headers={"Authorization": "Basic !"}).status_code == 401
    assert visitor.post("http://testserver/v1/sing", json={}).status_code == 404
    assert visitor.get(url).status_code == 405
    with fresh_stores.engine.connect() as connection:
        stored = connection.exec_driver_sql("SELECT string_agg(payload::text, '') FROM stream").scalar()
    assert key not in str(stored)


def test_pages_of_other_sites_may_send_where_the_key_allows_it(fresh_stores: Stores) -> None:
    key = write_key(owner(fresh_stores), origins=["https://shop.example.com"])
    asked = stranger(fresh_stores).request(
        "OPTIONS",
        "http://testserver/v1/t",
        headers={"Origin": "https://shop.example.com", "Access-Control-Request-Method": "POST"},
    )
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == "https://shop.example.com"
    good = sent(fresh_stores, key, "t", track(), headers={"Origin": "https://shop.example.com"})
    assert good.headers["access-control-allow-origin"] == "https://shop.example.com"
    bad = sent(fresh_stores, key, "t", track(), headers={"Origin": "https://evil.example.com"})
    assert (bad.status_code, bad.json()["code"]) == (403, "bad_origin")
    assert "access-control-allow-origin" not in bad.headers


def test_who_sends_too_fast_waits(fresh_stores: Stores) -> None:
    key = write_key(owner(fresh_stores), per_second=10)
    batch = {"batch": [track(messageId=str(number)) for number in range(2_600)]}
    assert sent(fresh_stores, key, "batch", batch).status_code == 202
    late = sent(fresh_stores, key, "batch", batch)
    assert (late.status_code, late.json()["code"]) == (429, "too_fast")
    assert 0 < int(late.headers["retry-after"]) <= 30


def test_a_clock_that_is_wrong_is_put_right_by_the_time_of_sending(fresh_stores: Stores, key: str) -> None:
    clock = TickingClock()
    clock.instant = NOON.replace(tzinfo=UTC)
    slow = {"sentAt": "2026-03-01T09:00:00Z", "batch": [track(timestamp="2026-03-01T08:50:00Z")]}
    fast = {"sentAt": "2026-03-01T20:00:00Z", "batch": [track("Fast", timestamp="2026-03-01T19:55:00Z")]}
    assert told(sent(fresh_stores, key, "batch", slow, clock=clock)) == ["accepted"]
    assert told(sent(fresh_stores, key, "batch", fast, clock=clock)) == ["accepted"]
    assert [row["occurred_at"] for row in landed(fresh_stores)] == [
        datetime(2026, 3, 1, 11, 50),
        datetime(2026, 3, 1, 11, 55),
    ]


def test_a_late_event_is_taken_and_its_lateness_told(fresh_stores: Stores, key: str) -> None:
    clock = TickingClock()
    clock.instant = NOON.replace(tzinfo=UTC)
    assert told(sent(fresh_stores, key, "track", track(timestamp="2025-12-01T08:50:00Z"), clock=clock)) == ["accepted"]
    row = landed(fresh_stores)[0]
    assert (row["occurred_at"], row["recorded_at"]) == (datetime(2025, 12, 1, 8, 50), NOON)


def test_analytics_js_is_told_where_to_send(fresh_stores: Stores, key: str) -> None:
    visitor = stranger(fresh_stores)
    answer = visitor.get(f"http://testserver/v1/projects/{key}/settings")
    assert answer.json()["integrations"]["Segment.io"]["apiHost"] == "testserver/v1"
    assert visitor.get("http://testserver/v1/projects/wk_wrong/settings").status_code == 401


def test_keys_and_people_stay_out_of_the_log(
    fresh_stores: Stores, key: str, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    sent(fresh_stores, key, "track", track(user="secret-person", properties={"email": "secret@mail.test"}))
    sent(fresh_stores, key, "track", b"secret{")
    landed(fresh_stores)
    said = "".join(capsys.readouterr()) + caplog.text
    assert key not in said
    assert "secret" not in said
    assert basic(key)["Authorization"] not in said


@pytest.mark.parametrize("body", [b"{not json", b'{"userId":"ann","event":"x"}', b"\xff\xfe"])
def test_nothing_is_read_for_a_stranger_whose_key_stands_before_the_body(stores: Stores, body: bytes) -> None:
    headers = {**basic("nobodys-key"), "content-type": "application/json", "content-encoding": "gzip"}
    answer = stranger(stores).post("http://testserver/v1/track", content=body, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "bad_key"), "whatever was sent with it"
