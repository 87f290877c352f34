"""A mail's links and pixel over HTTP, and what is made of them."""

import re
from datetime import timedelta
from html import escape
from threading import Event

from sqlalchemy import text

from bench.reading import CHROME, IPHONE
from tenure.app.delivery import gate_of
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import NewSend
from tenure.outreach.reading.marks import Marks
from tenure.outreach.reading.service import judge_due
from tests.directory.make import Browser, TickingClock, member, owner, stranger
from tests.outreach.content.make import message, shop
from tests.outreach.make import Pigeon

PUBLIC = "http://testserver"
LINKED = '<html><body>Hi <a href="https://shop.example.com/?c={{ customer.id | url_encode }}">Go</a></body></html>'
WORDS = {"email": {tag: {"subject": "Hello", "html": LINKED} for tag in ("en", "zh")}}


def sent(stores: Stores, boss: Browser, clock: TickingClock, **facts: object) -> tuple[str, dict[str, str]]:
    """Send a message to Ann and Bob; returns its id and the HTML each got."""
    hello = message(boss, **{"channels": WORDS, **facts})
    with transaction(stores.engine) as session:
        ledger.ask(session, NewSend(hello, "email", ["ann", "bob"], "marketing", clock.now(), "test"), clock.now())
    pigeon = Pigeon()
    deliver(stores.engine, pigeon, gate_of(stores, PUBLIC).prepare, clock, Event(), drain=True)
    return hello, {one.address[:3]: one.html or "" for one in pigeon.handed}


def marks(html: str) -> tuple[str, str, str]:
    """Return a mail's link, its trap and its pixel."""
    links = re.findall(rf'href="({PUBLIC}/r/[^"]+)"', html)
    pixel = re.findall(rf'src="({PUBLIC}/o/[^"]+)"', html)
    return links[0], links[-1], pixel[0]


def shown(stores: Stores, clock: TickingClock) -> Browser:
    shop(stores)
    boss = owner(stores, clock)
    rules = boss.get("/contact-policy").json()["rules"]
    boss.put("/contact-policy", json={**rules, "hours": {}, "caps": []})
    return boss


def what_happened(stores: Stores) -> list[tuple[str, str]]:
    with transaction(stores.engine) as session:
        rows = session.execute(
            text("""SELECT s.customer_id, e.what FROM send_events e JOIN sends s ON s.id = e.send_id
                    WHERE e.what IN ('opened', 'clicked') ORDER BY e.id""")
        )
        return [(row[0], row[1]) for row in rows]


def test_a_person_counts_and_a_machine_does_not(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    hello, mails = sent(fresh_stores, boss, clock)
    link, trap, pixel = marks(mails["bob"])
    clock.pass_time(seconds=2)
    for url in (pixel, link, trap):  # a gateway looks at Bob's mail at once
        world.get(url, headers={"user-agent": CHROME}, follow_redirects=False)
    clock.pass_time(minutes=40)
    link, _, pixel = marks(mails["ann"])
    assert world.get(pixel, headers={"user-agent": IPHONE}).headers["content-type"] == "image/gif"
    clock.pass_time(seconds=20)
    led = world.get(link, headers={"user-agent": IPHONE}, follow_redirects=False)
    assert (led.status_code, led.headers["location"]) == (302, "https://shop.example.com/?c=ann")
    assert led.headers["cache-control"].startswith("no-store")
    assert judge_due(fresh_stores.engine, clock.now()) == 3, "Ann's are judged when what follows is known"
    clock.pass_time(minutes=2)
    assert judge_due(fresh_stores.engine, clock.now()) == 2
    assert what_happened(fresh_stores) == [("ann", "opened"), ("ann", "clicked")]
    told = boss.get(f"/messages/{hello}/reading").json()
    assert (told["sent"], told["opened"], told["clicked"]) == (2, 1, 1)
    assert (told["opened_by_machines"], told["clicked_by_machines"]) == (1, 1)
    assert told["links"] == [{"link": "https://shop.example.com/", "people": 1, "machines": 1}]
    why = boss.get("/why", params={"customer_id": "bob", "message": hello}).json()
    reads = boss.get(f"/sends/{why['sends'][0]['id']}/reads").json()["items"]
    assert [one["human"] for one in reads] == [False, False, False]
    assert "trap" in [reason["code"] for reason in reads[1]["reasons"]]
    assert "?" not in reads[1]["link"], "what may name a person is not kept"
    viewer = member(fresh_stores, boss, "viewer", clock)
    assert viewer.get(f"/messages/{hello}/reading").status_code == 200
    assert world.get(f"/messages/{hello}/reading").status_code == 401


def test_following_a_link_changes_nothing_but_what_was_seen(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    _, mails = sent(fresh_stores, boss, clock)
    watched = "SELECT (SELECT count(*) FROM consent_records), (SELECT count(*) FROM suppressions), (SELECT count(*) FROM send_events)"
    with transaction(fresh_stores.engine) as session:
        before = session.execute(text(watched)).one()
    out = re.findall(rf'href="({PUBLIC}/unsubscribe/[^"]+)"', mails["ann"])[0]
    link, trap, pixel = marks(mails["ann"])
    for _ in range(3):
        for url in (link, trap, pixel, out):
            assert world.get(url, follow_redirects=False).status_code in (200, 302)
            assert world.request("HEAD", url, follow_redirects=False).status_code in (200, 302, 405)
    with transaction(fresh_stores.engine) as session:
        assert session.execute(text(watched)).one() == before
        assert session.execute(text("SELECT count(*) FROM message_reads")).scalar_one() == 18
        session.execute(text("DELETE FROM sends"))
    assert world.get(link, follow_redirects=False).status_code == 302, "a link outlives the send it stood in"
    assert world.get(link[:-2], follow_redirects=False).status_code == 404
    assert world.get(f"{PUBLIC}/r/evil.example", follow_redirects=False).status_code == 404


def test_a_link_leads_where_it_said_character_by_character(fresh_stores: Stores) -> None:
    clock = TickingClock()
    world = stranger(fresh_stores, clock)
    told = {
        "https://shop.example.com/a;b=1/~ann?x=%E6%98%A5&y=1+1#top": "https://shop.example.com/a;b=1/~ann?x=%E6%98%A5&y=1+1#top",
        "https://shop.example.com/春": "https://shop.example.com/%E6%98%A5",
        "https://shop.example.com/\r\nSet-Cookie:x": "https://shop.example.com/%0D%0ASet-Cookie:x",
    }
    for target, location in told.items():
        marked = Marks(fresh_stores.secret, PUBLIC).html(f'<a href="{escape(target)}">x</a>', "snd_gone")
        link = marks(marked)[0]
        assert world.get(link, follow_redirects=False).headers["location"] == location


def test_a_flood_of_reads_is_cut(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    _, mails = sent(fresh_stores, boss, clock)
    link = marks(mails["ann"])[0]
    with transaction(fresh_stores.engine) as session:
        session.execute(
            text("""INSERT INTO message_reads (send_id, at, kind, link, method, agent, origin, network)
                    SELECT id, :now, 'click', '', 'GET', '', 'x', '' FROM sends, generate_series(1, 300)"""),
            {"now": clock.now() - timedelta(seconds=1)},
        )
    assert world.get(link, follow_redirects=False).status_code == 302
    with transaction(fresh_stores.engine) as session:
        assert session.execute(text("SELECT count(*) FROM message_reads")).scalar_one() == 600


def test_a_message_may_go_unmarked(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shown(fresh_stores, clock)
    _, mails = sent(fresh_stores, boss, clock, tracked=False)
    assert 'href="https://shop.example.com/?c=ann"' in mails["ann"].replace("&amp;", "&")
    assert f"{PUBLIC}/r/" not in mails["ann"] + mails["bob"]
    assert f"{PUBLIC}/o/" not in mails["ann"] + mails["bob"]
