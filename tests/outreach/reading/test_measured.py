"""What nobody measures is not nought: reading over each channel of a message."""

import pytest
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.reading.measured import channel_reading, in_all
from tenure.outreach.shortlinks.service import Shortener
from tests.directory.make import owner
from tests.outreach.make import NOON, Pigeon, ask, people, run
from tests.outreach.reading.test_reading import PUBLIC

COUNTS = {"sent": 9, "opened": 3, "clicked": 2, "opened_by_machines": 1, "clicked_by_machines": 0}


@pytest.mark.parametrize(
    ("channel", "marked", "opened", "clicked"),
    [
        ("email", {"email"}, 3, 2),
        ("email", set(), None, None),
        ("sms", {"sms"}, None, 2),
        ("sms", {"email"}, None, None),
        ("in_app", set(), 3, 2),
        ("push", set(), None, 2),
        ("wecom", {"email", "sms"}, None, None),
        ("webhook", set(), None, None),
    ],
)
def test_each_channel_tells_what_can_be_known(
    channel: str, marked: set[str], opened: int | None, clicked: int | None
) -> None:
    found = channel_reading({"channel": channel, **COUNTS}, marked, reached=True)
    assert (found.sent, found.opened, found.clicked) == (9, opened, clicked)
    assert (found.opened_by_machines is None, found.clicked_by_machines is None) == (opened is None, clicked is None)


def test_pushes_are_not_measured_where_no_browser_reaches_us() -> None:
    assert channel_reading({"channel": "push", **COUNTS}, (), reached=False).clicked is None


def test_what_is_measured_adds_up_and_nothing_is_nothing() -> None:
    assert (in_all([1, None, 2]), in_all([None]), in_all([])) == (3, None, None)


def test_a_message_over_several_channels_tells_each_of_them(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob", "eve")
    ask(fresh_stores, ["ann", "bob", "eve"], "news", "sms")
    run(fresh_stores, Pigeon(name="sms"))
    with transaction(fresh_stores.engine) as session:
        session.execute(text("UPDATE sends SET via = 'wecom' WHERE customer_id = 'eve'"))
    boss = owner(fresh_stores)
    told = boss.get("/messages/news/reading").json()
    by = {one["channel"]: one for one in told["channels"]}
    assert (by["sms"]["sent"], by["sms"]["opened"], by["sms"]["clicked"]) == (2, None, None), (
        "nothing in it can be pressed"
    )
    assert (told["clicked"], told["opened"]) == (None, None)
    with transaction(fresh_stores.engine) as session:
        send = session.execute(text("SELECT id FROM sends WHERE customer_id = 'ann'")).scalar_one()
        Shortener.derived("secret", PUBLIC).shorten(session, {send: "http://a.cn/1"}, NOON)
        session.execute(
            text("INSERT INTO send_events (send_id, at, what, details) VALUES (:send, :at, 'clicked', '{}')"),
            {"send": send, "at": NOON},
        )
    told = boss.get("/messages/news/reading").json()
    by = {one["channel"]: one for one in told["channels"]}
    assert (by["sms"]["opened"], by["sms"]["clicked"], by["wecom"]["clicked"]) == (None, 1, None)
    assert (told["sent"], told["clicked"], told["opened"]) == (3, 1, None)
