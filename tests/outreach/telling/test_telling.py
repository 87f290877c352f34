"""What became of messages reaches the lake, once, and features follow people and not machines."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, event, text

from bench.reading import CHROME, IPHONE
from tenure.app.pipelines.move_stream import move_stream
from tenure.app.wiring import Stores
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.features.build import build
from tenure.kit.db import Session, open_engine, transaction
from tenure.kit.stream import repository as stream
from tenure.kit.stream.repository import Entry
from tenure.outreach.reading.service import judge_due
from tenure.outreach.telling.rules import row_of, status_of
from tenure.outreach.telling.service import tell
from tenure.warehouse.history import History
from tests.directory.make import TickingClock, stranger
from tests.features.make import values
from tests.outreach.make import NOON, Pigeon, ask, people, run
from tests.outreach.reading.test_reading import marks, sent, shown

KEYS = ErasedKeys("of a test")
ASKED = ["messages_30", "open_share_180", "clicks_180", "messages_ignored", "unsubscribes", "days_since_click"]


def to_the_lake(stores: Stores, now: datetime) -> int:
    tell(stores.engine, now)
    return move_stream(stores.engine, stores.lake, keys=KEYS)


def rows(stores: Stores) -> list[dict[str, Any]]:
    return sorted(stores.lake.read(stores.lake.table("messages")).to_pylist(), key=lambda row: str(row["customer_id"]))


def features(stores: Stores, at: datetime, known_by: datetime | None = None) -> dict[str, dict[str, Any]]:
    return values(stores.lake, build(History(stores.lake, at, known_by=known_by), ASKED))


def test_features_change_after_a_persons_click_and_not_after_a_machines(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    assert boss.get("/customers").status_code == 200
    _, mails = sent(fresh_stores, boss, clock)
    to_the_lake(fresh_stores, clock.now())
    before = features(fresh_stores, clock.now() + timedelta(days=1))
    assert [(before["ann"][name]) for name in ("messages_30", "clicks_180", "messages_ignored")] == [1, 0, 1]
    clock.pass_time(seconds=1)
    for url in marks(mails["ann"]):  # a gateway, at once
        world.get(url, headers={"user-agent": CHROME}, follow_redirects=False)
    clock.pass_time(minutes=5)
    judge_due(fresh_stores.engine, clock.now())
    assert to_the_lake(fresh_stores, clock.now()) == 0
    assert features(fresh_stores, clock.now() + timedelta(days=1)) == before
    clock.pass_time(hours=2)
    clicked_at = clock.now()
    world.get(marks(mails["ann"])[0], headers={"user-agent": IPHONE}, follow_redirects=False)
    clock.pass_time(minutes=5)
    judge_due(fresh_stores.engine, clock.now())
    assert to_the_lake(fresh_stores, clock.now()) == 1
    after = features(fresh_stores, clock.now() + timedelta(days=1))
    assert [after["ann"][name] for name in ("messages_30", "clicks_180", "messages_ignored")] == [1, 1, 0]
    assert features(fresh_stores, clicked_at + timedelta(minutes=1))["ann"]["clicks_180"] == 0, "not known yet then"
    assert [row["status"] for row in rows(fresh_stores)] == ["clicked", "sent"]


def test_what_comes_late_is_known_only_since_it_came(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    _, mails = sent(fresh_stores, boss, clock)
    to_the_lake(fresh_stores, clock.now())
    clock.pass_time(hours=1)
    world.get(marks(mails["ann"])[0], headers={"user-agent": IPHONE}, follow_redirects=False)
    clock.pass_time(days=3)  # the worker that judges was away
    judge_due(fresh_stores.engine, clock.now())
    to_the_lake(fresh_stores, clock.now())
    for days, clicks in ((2, 0), (4, 1)):
        moment = TickingClock().now() + timedelta(days=days)
        assert features(fresh_stores, moment, known_by=moment)["ann"]["clicks_180"] == clicks


def test_an_unsubscribed_customer_is_told_of_the_send_that_did_it(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    _, mails = sent(fresh_stores, boss, clock)
    out = mails["ann"].split('href="http://testserver/unsubscribe/')[1].split('"')[0]
    for _ in range(2):
        assert world.post(f"http://testserver/unsubscribe/{out}").status_code == 200
    to_the_lake(fresh_stores, clock.now())
    assert [row["status"] for row in rows(fresh_stores)] == ["unsubscribed", "sent"]
    assert features(fresh_stores, clock.now() + timedelta(days=1))["ann"]["unsubscribes"] == 1


def test_each_message_stands_once_whoever_tells_and_moves_at_the_same_time(fresh_stores: Stores) -> None:
    everybody = [f"c{number:02}" for number in range(40)]
    people(fresh_stores, *everybody)
    ask(fresh_stores, everybody)
    run(fresh_stores, Pigeon())
    draw = random.Random(4)

    def happen(_: int) -> None:
        with transaction(fresh_stores.engine) as session:
            session.execute(
                text("""INSERT INTO send_events (send_id, at, what, details)
                        SELECT id, :now, :what, '{}' FROM sends WHERE customer_id = :who"""),
                {"now": NOON, "what": draw.choice(["opened", "clicked"]), "who": draw.choice(everybody)},
            )

    def carry(_: int) -> None:
        tell(fresh_stores.engine, NOON)
        move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS)

    with ThreadPoolExecutor(4) as crew:
        list(crew.map(lambda number: (happen if number % 3 else carry)(number), range(60)))
    carry(0)
    with transaction(fresh_stores.engine) as session:
        told = session.execute(
            text("""SELECT s.id, bool_or(e.what = 'clicked') FROM sends s JOIN send_events e ON e.send_id = s.id
                    GROUP BY s.id""")
        ).all()
        opened = {
            row[0]
            for row in session.execute(text("SELECT send_id FROM send_events WHERE what IN ('opened', 'clicked')"))
        }
    found = {row["message_id"]: row for row in rows(fresh_stores)}
    assert len(rows(fresh_stores)) == len(found) == 40
    assert {name for name, row in found.items() if row["opened_at"] is not None} == opened
    assert {name for name, row in found.items() if row["clicked_at"] is not None} == {row[0] for row in told if row[1]}


def test_what_was_read_later_is_the_last_word_though_somebody_was_slower_to_write(
    fresh_stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    people(fresh_stores, "ann")
    ask(fresh_stores, ["ann"])
    run(fresh_stores, Pigeon())
    begun, quicker_done, append = Event(), Event(), stream.append

    def slowly(session: Session, entries: Sequence[Entry], now: datetime) -> int:
        if not begun.is_set():
            begun.set()
            quicker_done.wait(1.0)
        return append(session, entries, now)

    monkeypatch.setattr(stream, "append", slowly)
    with ThreadPoolExecutor(2) as crew:
        slow = crew.submit(tell, fresh_stores.engine, NOON)
        assert begun.wait(30)
        with transaction(fresh_stores.engine) as session:
            session.execute(
                text("INSERT INTO send_events (send_id, at, what, details) SELECT id, :now, 'opened', '{}' FROM sends"),
                {"now": NOON},
            )
        quick = crew.submit(tell, fresh_stores.engine, NOON)
        quick.add_done_callback(lambda _: quicker_done.set())
        assert (slow.result(), quick.result()) == (1, 1)
    move_stream(fresh_stores.engine, fresh_stores.lake, keys=KEYS)
    assert [row["opened_at"] is not None for row in rows(fresh_stores)] == [True]


NOTHING: dict[str, Any] = dict.fromkeys(
    ("accepted_at", "told_at", "presumed_at", "delivered_at", "opened_at", "clicked_at", "unsubscribed_at", "complained_at",
     "bounced_at", "held_out_at", "dismissed_at")
)  # fmt: skip


@pytest.mark.parametrize(
    ("known", "word"),
    [
        ({"accepted_at": NOON}, "sent"),
        ({"accepted_at": NOON, "delivered_at": NOON, "clicked_at": NOON}, "clicked"),
        ({"accepted_at": NOON, "clicked_at": NOON, "bounced_at": NOON}, "bounced"),
        ({"accepted_at": NOON, "complained_at": NOON, "unsubscribed_at": NOON}, "complained"),
        ({"accepted_at": NOON, "state": "failed"}, "not_sent"),
        ({"bounced_at": NOON, "state": "failed"}, "bounced"),
        ({"held_out_at": NOON, "state": "dropped"}, "held_out"),
    ],
)
def test_a_word_for_what_became_of_it(known: dict[str, Any], word: str) -> None:
    told = {
        **NOTHING,
        "state": "accepted",
        "id": "s",
        "customer_id": "c",
        "via": "email",
        "category": "",
        "message": "m",
    }
    assert status_of({**told, **known}) == word
    row = row_of({**told, **known})
    assert row is not None
    assert row_of({**told, "state": "failed"}) is None, "a send that never left is no row"


def test_telling_ends_while_news_keeps_coming(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann")
    ask(fresh_stores, ["ann"])
    run(fresh_stores, Pigeon())
    beside, looks = open_engine(fresh_stores.engine.url.render_as_string(hide_password=False)), list[int]()

    def news(_: Connection) -> None:
        looks.append(1)
        assert len(looks) < 50, "it waits for a moment without news"
        with transaction(beside) as session:
            opened = "INSERT INTO send_events (send_id, at, what, details) SELECT id, :now, 'opened', '{}' FROM sends"
            session.execute(text(opened), {"now": NOON})

    event.listen(fresh_stores.engine, "commit", news)
    try:
        tell(fresh_stores.engine, NOON)
    finally:
        event.remove(fresh_stores.engine, "commit", news)
        beside.dispose()
    assert tell(fresh_stores.engine, NOON) == 1, "what came meanwhile is told the next time"
