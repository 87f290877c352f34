"""Links of text messages: one code for each link of each send, the same however often it is prepared, and where it leads."""

import re
from datetime import timedelta
from threading import Event

import pytest
from sqlalchemy import event, text

from bench.reading import CHROME, IPHONE
from tenure.app.delivery import gate_of
from tenure.app.person import erase
from tenure.app.person.erase import Choices
from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt, Reply, TryLater
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import NewSend
from tenure.outreach.reading.service import judge_due
from tenure.outreach.shortlinks import rules, service
from tenure.outreach.shortlinks.service import LASTS, Shortener
from tests.directory.make import Browser, TickingClock, stranger
from tests.outreach.content.make import message
from tests.outreach.make import Pigeon, ask, people, run
from tests.outreach.reading.test_reading import PUBLIC, shown, what_happened

ONE, TWO = "https://shop.example.com/?c={{ customer.id }}", "https://shop.example.com/new"
WORDS = {"sms": {tag: {"text": f"【店】新品{TWO}查看，或 {ONE} 拒收请回复R"} for tag in ("en", "zh")}}
PREVIEW = "facebookexternalhit/1.1 Facebot Twitterbot/1.0"


def sent(stores: Stores, boss: Browser, clock: TickingClock, pigeon: Pigeon, **facts: object) -> str:
    """Send a text message to Ann and Bob; returns its id."""
    hello = message(boss, **{"channels": WORDS, **facts})
    with transaction(stores.engine) as session:
        ledger.ask(session, NewSend(hello, "sms", ["ann", "bob"], "marketing", clock.now(), "test"), clock.now())
    deliver(stores.engine, pigeon, gate_of(stores, PUBLIC).prepare, clock, Event(), drain=True)
    return hello


def codes(text: str) -> list[str]:
    return re.findall(rf"{PUBLIC}/l/([0-9A-Za-z]{{8}})(?![0-9A-Za-z])", text)


def texts(pigeon: Pigeon) -> dict[str, str]:
    return {one.address[-1:]: one.text for one in pigeon.handed}


def kept(stores: Stores) -> int:
    with transaction(stores.engine) as session:
        return int(session.execute(text("SELECT count(*) FROM short_links")).scalar_one())


def press(world: Browser, code: str, agent: str = IPHONE, method: str = "GET", **headers: str) -> tuple[int, str]:
    answer = world.request(
        method, f"{PUBLIC}/l/{code}", headers={"user-agent": agent, **headers}, follow_redirects=False
    )
    return answer.status_code, answer.headers.get("location", "")


def test_a_press_on_a_text_message_is_a_persons_and_a_look_ahead_is_a_machines(fresh_stores: Stores) -> None:
    clock, pigeon = TickingClock(), Pigeon(name="sms")
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    hello = sent(fresh_stores, boss, clock, pigeon)
    ann, bob = codes(texts(pigeon)["1"]), codes(texts(pigeon)["2"])
    assert len({*ann, *bob}) == 4 == kept(fresh_stores), "one for each link of each send"
    assert texts(pigeon)["1"] == f"【店】新品{PUBLIC}/l/{ann[0]}查看，或 {PUBLIC}/l/{ann[1]} 拒收请回复R"
    clock.pass_time(seconds=5)
    assert press(world, bob[0], PREVIEW)[0] == 302  # his telephone draws a preview
    assert press(world, bob[1], CHROME, **{"Sec-Purpose": "prefetch;prerender"})[0] == 302
    clock.pass_time(seconds=25)
    assert press(world, ann[1]) == (302, "https://shop.example.com/?c=ann")
    assert press(world, f"{ann[0]}%E6%9F%A5%E7%9C%8B") == (302, TWO), "the word behind it is no part of it"
    assert world.get(f"{PUBLIC}/l/{ann[0]}", follow_redirects=False).headers["cache-control"].startswith("no-store")
    clock.pass_time(minutes=3)
    assert judge_due(fresh_stores.engine, clock.now()) == 5
    assert what_happened(fresh_stores) == [("ann", "clicked")]
    told = boss.get(f"/messages/{hello}/reading").json()
    assert (told["clicked"], told["clicked_by_machines"]) == (1, 1)
    assert {(one["link"], one["people"]) for one in told["links"]} == {("https://shop.example.com/", 1), (TWO, 1)}


def test_the_same_send_says_the_same_however_often_it_is_prepared(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = shown(fresh_stores, clock)
    answers: list[Reply] = [*[TryLater("busy", "later", 60.0)] * 4, Receipt(), Receipt()]

    def answer(_: Outgoing) -> Reply:
        return answers.pop(0)

    pigeon = Pigeon(answer, "sms")
    sent(fresh_stores, boss, clock, pigeon)
    for _ in range(2):
        clock.pass_time(minutes=30)
        deliver(fresh_stores.engine, pigeon, gate_of(fresh_stores, PUBLIC).prepare, clock, Event(), drain=True)
    assert len(pigeon.handed) == 6
    assert len({(one.id, one.text) for one in pigeon.handed}) == 2
    assert kept(fresh_stores) == 4


def test_a_batch_asks_the_database_as_often_as_one_send(fresh_stores: Stores) -> None:
    everybody = [f"c{number:03}" for number in range(90)]
    people(fresh_stores, *everybody)
    ask(fresh_stores, everybody, channel="sms")
    run(fresh_stores, Pigeon(name="sms"))
    with transaction(fresh_stores.engine) as session:
        ids = list(session.scalars(text("SELECT id FROM sends")))
    shortener, said = Shortener.derived(fresh_stores.secret, PUBLIC), list[str]()
    clock = TickingClock()

    def hear(*told: object) -> None:
        said.append(str(told[2]))

    event.listen(fresh_stores.engine, "before_cursor_execute", hear)
    try:
        for some, questions in ((ids[:1], 2), (ids, 2), (ids, 1)):  # what is known is asked for, what is not is laid
            said.clear()
            with transaction(fresh_stores.engine) as session:
                made = shortener.shorten(session, dict.fromkeys(some, "http://a.cn/1 http://a.cn/2"), clock.now())
            assert len([one for one in said if "short_links" in one]) == questions
    finally:
        event.remove(fresh_stores.engine, "before_cursor_execute", hear)
    assert len({code for one in made.values() for code in codes(one)}) == 180 == kept(fresh_stores)


def test_a_code_that_is_taken_is_not_given_twice(fresh_stores: Stores, monkeypatch: pytest.MonkeyPatch) -> None:
    people(fresh_stores, "ann", "bob")
    ask(fresh_stores, ["ann", "bob"], channel="sms")
    with transaction(fresh_stores.engine) as session:
        ids = list(session.scalars(text("SELECT id FROM sends")))
    honest = rules.code_of
    monkeypatch.setattr(
        rules, "code_of", lambda key, send, target, n=0: "AAAAAAAA" if n == 0 else honest(key, send, target, n)
    )
    shortener, clock = Shortener.derived(fresh_stores.secret, PUBLIC), TickingClock()
    with transaction(fresh_stores.engine) as session:
        made = shortener.shorten(session, dict.fromkeys(ids, "http://a.cn/1"), clock.now())
        again = shortener.shorten(session, dict.fromkeys(ids, "http://a.cn/1"), clock.now())
        gone = shortener.shorten(session, {"snd_gone": "http://a.cn/1"}, clock.now())
    assert again == made
    assert len({*made.values()}) == 2
    assert gone == {"snd_gone": "http://a.cn/1"}, "who is forgotten gets no code"


def test_unknown_and_expired_codes_are_answered_kindly_and_lead_nowhere(fresh_stores: Stores) -> None:
    clock, pigeon = TickingClock(), Pigeon(name="sms")
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    sent(fresh_stores, boss, clock, pigeon)
    code = codes(texts(pigeon)["1"])[0]
    for token in (
        "AAAAAAAA",
        "https://evil.example",
        "//evil.example/x",
        code.swapcase(),
        code[:-1],
        "😀" * 300,
    ):
        status, location = press(world, token)
        assert (status, location) == (404, ""), token
    english, chinese = (world.get(f"{PUBLIC}/l/nobody", headers={"accept-language": one}) for one in ("en", "zh-CN"))
    assert "not complete or not ours" in english.text
    assert "此链接不完整" in chinese.text
    assert "此链接不完整" in world.get(f"{PUBLIC}/l/nobody?language=zh", headers={"accept-language": "en"}).text
    assert world.get(f"{PUBLIC}/l/{'x' * 5_000}").status_code == 422
    clock.pass_time(days=LASTS.days + 1)
    assert press(world, code) == (410, "")
    assert "此链接已过期" in world.get(f"{PUBLIC}/l/{code}", headers={"accept-language": "zh"}).text
    with transaction(fresh_stores.engine) as session:
        assert session.execute(text("SELECT count(*) FROM message_reads")).scalar_one() == 0
        assert service.forget_old(session, clock.now()) == 0, "a month more"
        assert service.forget_old(session, clock.now() + timedelta(days=40)) == 4


def test_a_press_changes_nothing_but_what_was_seen_and_guessing_ends(fresh_stores: Stores) -> None:
    clock, pigeon = TickingClock(), Pigeon(name="sms")
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    sent(fresh_stores, boss, clock, pigeon)
    watched = "SELECT (SELECT count(*) FROM consent_records), (SELECT count(*) FROM send_events), (SELECT count(*) FROM short_links)"
    with transaction(fresh_stores.engine) as session:
        before = session.execute(text(watched)).one()
    code = codes(texts(pigeon)["1"])[0]
    assert press(world, code, method="HEAD")[0] == 302
    assert press(world, code, method="POST")[0] == 405
    with transaction(fresh_stores.engine) as session:
        assert session.execute(text(watched)).one() == before
        assert session.execute(text("SELECT method, kind FROM message_reads")).all() == [("HEAD", "click")]
    guesses = [press(world, f"AAAAAAA{letter}")[0] for letter in rules.ALPHABET[:40]]
    assert guesses[0] == 404
    assert guesses[-1] == 429


def test_erasing_a_person_takes_their_codes(fresh_stores: Stores) -> None:
    clock, pigeon = TickingClock(), Pigeon(name="sms")
    boss, world = shown(fresh_stores, clock), stranger(fresh_stores, clock)
    sent(fresh_stores, boss, clock, pigeon)
    code = codes(texts(pigeon)["1"])[0]
    with transaction(fresh_stores.engine) as session:
        actor = members.operator(session)
    erase.erase(fresh_stores, erase.ask(fresh_stores, ["ann"], Choices(), actor, in_background=False))
    assert press(world, code)[0] == 404
    assert kept(fresh_stores) == 2, "Bob's stay"


def test_a_message_may_keep_its_links_as_they_are(fresh_stores: Stores) -> None:
    clock, pigeon = TickingClock(), Pigeon(name="sms")
    sent(fresh_stores, shown(fresh_stores, clock), clock, pigeon, short_links=False)
    assert (
        texts(pigeon)["1"]
        == "【店】新品https://shop.example.com/new查看，或 https://shop.example.com/?c=ann 拒收请回复R"
    )
    assert kept(fresh_stores) == 0
