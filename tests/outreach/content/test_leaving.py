"""What is looked at before is as long as what is sent: sizes of mails with their marks, pieces of texts with their short links."""

from threading import Event

import pytest

from tenure.app.delivery import gate_of
from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.channels.sms.segments import segments
from tenure.kit.db import transaction
from tenure.outreach.delivery.deliver import deliver
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import NewSend
from tests.directory.make import OWNER_EMAIL, Browser, TickingClock, sign_in
from tests.outreach.content.make import message
from tests.outreach.make import Pigeon
from tests.outreach.reading.test_reading import shown

PUBLIC = "https://crm.hearth.example.com"
LONG = "https://shop.example.com/products/coffee/ethiopia?utm_source=sms&utm_campaign=spring&c={{ customer.id }}"
MAIL = {"subject": "Hello", "mjml": f"""<mjml><mj-body><mj-section><mj-column>
<mj-button href="{LONG}">One</mj-button><mj-button href="https://shop.example.com/two">Two</mj-button>
</mj-column></mj-section></mj-body></mjml>"""}  # fmt: skip
WORDS = {
    "email": {"en": MAIL, "zh": MAIL},
    "sms": {tag: {"text": f"Your beans are back: {LONG} and more at {LONG}&more=1 Reply STOP"} for tag in ("en", "zh")},
}


@pytest.fixture
def boss(fresh_stores: Stores) -> Browser:
    """The owner of a shop with two customers, whose server the world reaches."""
    clock = TickingClock()
    shown(fresh_stores, clock)
    browser = Browser(build_app(fresh_stores, {"clock": clock, "public_url": PUBLIC}))
    assert sign_in(browser, OWNER_EMAIL) == 200
    return browser


def sent(stores: Stores, hello: str, channel: str) -> list[str]:
    """Send a message to Ann; returns what she got, the HTML of a mail."""
    clock, pigeon = TickingClock(), Pigeon(name=channel)
    with transaction(stores.engine) as session:
        ledger.ask(session, NewSend(hello, channel, ["ann"], "marketing", clock.now(), "test"), clock.now())
    deliver(stores.engine, pigeon, gate_of(stores, PUBLIC).prepare, clock, Event(), drain=True)
    return [one.html or one.text for one in pigeon.handed]


def proof(boss: Browser, hello: str) -> dict[str, dict[str, dict[str, int]]]:
    told = boss.post(f"/messages/{hello}/proof", json={"customer_ids": ["ann"]}).json()
    assert [one["problems"] for one in told["channels"]] == [[], []]
    return {one["channel"]: one for one in told["channels"]}


@pytest.mark.parametrize("tracked", [True, False])
def test_a_proof_and_a_preview_count_the_bytes_that_tracking_adds(
    fresh_stores: Stores, boss: Browser, tracked: bool
) -> None:
    facts = {"channels": WORDS, "tracked": tracked}
    hello = message(boss, **facts)
    (mail,) = sent(fresh_stores, hello, "email")
    assert (f"{PUBLIC}/r/" in mail) is tracked
    counted = proof(boss, hello)["email"]["bytes"]["most"]
    assert abs(counted - len(mail.encode())) <= 8, "signed links are squeezed, and end a byte sooner or later"
    kept = boss.post(f"/messages/{hello}/preview", json={"customer_id": "ann"}).json()
    drafted = boss.post("/drafts/preview", json={"draft": facts, "customer_id": "ann"}).json()
    assert abs(kept["bytes"] - len(mail.encode())) <= 8
    assert abs(drafted["bytes"] - len(mail.encode())) <= 8
    assert f"{PUBLIC}/r/" not in kept["html"] + drafted["html"], "what is shown can be pressed without being counted"
    assert f"{PUBLIC}/unsubscribe/" not in kept["html"] + drafted["html"], "nor is anybody unsubscribed by a preview"


@pytest.mark.parametrize("short", [True, False])
def test_pieces_are_counted_with_short_links_wherever_they_are_counted(
    fresh_stores: Stores, boss: Browser, short: bool
) -> None:
    facts = {"channels": WORDS, "short_links": short}
    hello = message(boss, **facts)
    (got,) = sent(fresh_stores, hello, "sms")
    pieces = segments(got).pieces
    assert pieces == (1 if short else 2)
    assert proof(boss, hello)["sms"]["segments"]["most"] == pieces
    body = {"customer_id": "ann", "channel": "sms"}
    for seen in (
        boss.post(f"/messages/{hello}/preview", json=body).json(),
        boss.post("/drafts/preview", json={"draft": facts, **body}).json(),
    ):
        assert segments(seen["text"]) == segments(got)
        weighed = boss.post("/drafts/text-message", json={"text": seen["text"], "short_links": short}).json()
        assert weighed["pieces"] == pieces
    raw = WORDS["sms"]["en"]["text"].replace("{{ customer.id }}", "ann")
    weighed = boss.post("/drafts/text-message", json={"text": raw, "short_links": short}).json()
    assert (weighed["pieces"], weighed["units"]) == (pieces, segments(got).units)
    broken = [one["rule"] for one in weighed["findings"]]
    assert ("sms.leading_link" in broken) is short, "carriers of mainland China want links that do not lead on"
