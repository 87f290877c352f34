"""Messages over HTTP: drafts, versions that never change, previews as a customer at a time, proofs, blocks, the brand."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tests.directory.make import Browser, TickingClock, member, owner
from tests.outreach.content.make import HELLO, MJML, message, shop


@pytest.fixture(scope="module")
def clock() -> TickingClock:
    """The clock of the shop."""
    return TickingClock()


@pytest.fixture(scope="module")
def boss(stores: Stores, clock: TickingClock) -> Browser:
    """The owner of a shop with two customers."""
    shop(stores)
    return owner(stores, clock)


def mail(source: str, **more: object) -> dict[str, object]:
    return {"channels": {"email": {"en": {"subject": "S", "mjml": source, **more}}}}


def test_a_draft_changes_and_what_was_published_does_not(stores: Stores, boss: Browser) -> None:
    made = message(boss, name="Draft and version")
    changed = {**HELLO, "name": "Draft and version", "channels": {"sms": {"en": {"text": "New"}}}}
    assert boss.put(f"/messages/{made}", json=changed).json()["published"] == 1
    (version,) = boss.get(f"/messages/{made}/versions").json()["items"]
    assert version["channels"]["email"]["en"]["mjml"] == MJML
    assert version["needs"] == ["brand", "customer", "orders", "points", "unsubscribe_url"]
    assert boss.post(f"/messages/{made}/publish").json()["version"] == 2
    with pytest.raises(DBAPIError, match="never changes"), transaction(stores.engine) as session:
        session.execute(text("UPDATE message_versions SET content = '{}' WHERE version = 1"))
    acts = [entry["act"] for entry in boss.get("/audit?limit=4").json()["items"]]
    assert acts == ["messages.publish", "messages.change", "messages.publish", "messages.create"]


@pytest.mark.parametrize(("channels", "said"), [
    (mail("<mjml><mj-body>{{ customer.nmae }}</mj-body></mjml>"), "customer.nmae"),
    (mail("<mjml><mj-body>{% if a %}</mj-body></mjml>"), "email.en.mjml"),
    (mail("<mjml><mj-body>words</mj-body></mjml>"), "words"),
    (mail("", text=""), "email.en"),
    ({"channels": {"sms": {"en": {"text": "{{ 1 | foo }}"}}}}, "foo"),
    ({"channels": {"sms": {"en": {"text": "{% render 'nothing' %}"}}}}, "nothing"),
    ({"channels": {}}, "nothing yet"),
])  # fmt: skip
def test_a_message_with_a_mistake_is_not_published_and_the_mistake_is_named(
    boss: Browser, channels: dict[str, object], said: str
) -> None:
    made = boss.post("/messages", json={"name": f"Wrong {said}", **channels})
    assert made.status_code == 201, made.text
    refused = boss.post(f"/messages/{made.json()['id']}/publish")
    assert refused.status_code == 422
    assert said in refused.json()["detail"]
    assert refused.json()["detail_zh"] != refused.json()["detail"]


def test_a_message_is_seen_as_a_customer_in_their_language_with_what_they_wrote_escaped(boss: Browser) -> None:
    made = message(boss, name="Seen")
    seen = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann"}).json()
    assert (seen["language"], seen["subject"]) == ("zh", "<b>Ann & Co，您好")
    assert "&lt;b&gt;Ann &amp; Co, 3 笔订单，首单 2026年1月10日" in seen["html"]
    assert "<b>Ann" not in seen["html"]
    assert "<b>Ann & Co, 3 笔订单，首单 2026年1月10日" in seen["text"]
    assert seen["clipped"] is False
    other = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann", "language": "en"}).json()
    assert "first Jan 10, 2026" in other["text"]
    text_message = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann", "channel": "sms"}).json()
    assert text_message["text"] == "<b>Ann & Co，您有 1,500 积分"


def test_seen_at_an_earlier_time_a_customer_knows_only_what_was_so_then(boss: Browser) -> None:
    made = message(boss, name="Seen then")
    seen = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann", "at": "2026-02-10T00:00:00Z"}).json()
    assert "2 笔订单" in seen["text"]
    early = boss.post(
        f"/messages/{made}/preview", json={"customer_id": "ann", "channel": "sms", "at": "2026-01-20T00:00:00Z"}
    )
    assert early.json()["text"] == "<b>Ann & Co，您有 2,000 积分"
    before = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann", "at": "2025-01-01T00:00:00Z"})
    assert (before.status_code, "orders.count" in before.json()["detail"]) == (422, True)


def test_a_proof_counts_what_is_missing_and_tells_every_link_and_language(boss: Browser) -> None:
    made = boss.post("/messages", json={
        **HELLO, "name": "To prove",
        "channels": {
            "email": {"en": {
                "subject": "S" * 70,
                "mjml": MJML.replace("</mj-column>", '<mj-text><a href="/a">a</a> <a href="http://b.com/x">b</a></mj-text></mj-column>'),
            }},
            "sms": {"zh": {"text": "{{ customer.name | default: '您' }}，满减" + "券" * 80}},
        },
    }).json()  # fmt: skip
    proof = boss.post(f"/messages/{made['id']}/proof", json={"customer_ids": ["ann", "bob"]}).json()
    mails, texts = proof["channels"]
    assert (mails["holds"], mails["written"], mails["whole"]) == (False, 2, 1)
    found = {(one["kind"], one["what"]): one for one in mails["problems"]}
    missing = found["missing_variable", "customer.name"]
    assert (missing["count"], missing["examples"], missing["line"]) == (1, ["bob"], 2)
    assert {
        ("missing_variable", "orders.first_at"),
        ("relative", "/a"),
        ("not_https", "http://b.com/x"),
        ("long_subject", "60"),
    } <= set(found)
    assert found["relative", "/a"]["count"] == 2
    assert (mails["borrowed"], mails["languages"]) == ({"zh-CN": 1}, {"en": 2})
    assert (texts["holds"], texts["segments"]["most"], texts["borrowed"]) == (True, 2, {"en": 1})


def test_shared_blocks_are_rendered_in_mail_and_texts_and_versions_keep_their_copy(boss: Browser) -> None:
    block = {"languages": {"en": {"mail": "<i>{{ brand.name }}</i>", "text": "{{ brand.name }}!"}}}
    assert boss.put("/content-blocks/sign", json=block).status_code == 200
    assert boss.put("/content-blocks/Sign!", json=block).status_code == 422
    brand = {"name": "Tea <3", "postal_address": "1 Road", "colour": "#112233", "language": "en"}
    assert boss.put("/brand", json=brand).json()["name"] == "Tea <3"
    assert boss.put("/brand", json={**brand, "colour": "red"}).json()["fields"][0]["path"] == "/colour"
    made = message(boss, name="With block", channels={
        "email": {"en": {"subject": "S", "html": "<body>{% render 'sign' %}</body>"}},
        "sms": {"en": {"text": "Bye {% render 'sign' %} {% render 'coupon' %}"}},
    })  # fmt: skip
    seen = boss.post(f"/messages/{made}/preview", json={"customer_id": "bob"}).json()
    assert "<i>Tea &lt;3</i>" in seen["html"]
    assert "1 Road" in seen["html"]
    asked = {"customer_id": "bob", "channel": "sms", "given": {"coupon": {"code": "SPRING"}}}
    assert boss.post(f"/messages/{made}/preview", json=asked).json()["text"] == "Bye Tea <3! Your code: SPRING"
    assert boss.delete("/content-blocks/sign").status_code == 204
    names = {one["name"] for one in boss.get("/content-blocks").json()["items"]}
    assert names == {"recommendations", "points", "coupon", "offer"}


def test_recommendations_are_written_as_the_customer_has_them(stores: Stores, boss: Browser) -> None:
    with transaction(stores.engine) as session:
        session.execute(
            text(
                "INSERT INTO recommended_products VALUES ('p1', 'Green <tea>', 'tea', 12.5), ('p2', 'Cup', 'cups', NULL)"
            )
        )
        session.execute(
            text("""INSERT INTO recommendations VALUES ('ann', '[{"product": "p2"}, {"product": "p1"}]')""")
        )
        session.execute(text("INSERT INTO recommendation_runs VALUES ('2026-02-28', '2026-02-28', '{}', '{}')"))
    made = message(boss, name="Goods", channels={"email": {"zh": {
        "subject": "S", "mjml": "<mjml><mj-body>{% render 'recommendations' %}</mj-body></mjml>"}}})  # fmt: skip
    seen = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann"}).json()
    assert "为您推荐：\n- Cup\n- Green <tea> US$12.50" in seen["text"]
    assert "Green &lt;tea&gt;" in seen["html"]
    earlier = boss.post(f"/messages/{made}/preview", json={"customer_id": "ann", "at": "2026-02-01T00:00:00Z"}).json()
    assert "推荐" not in earlier["text"]


def test_a_message_put_away_goes_out_no_more_and_its_name_is_taken(boss: Browser) -> None:
    made = message(boss, name="Old")
    assert boss.delete(f"/messages/{made}").status_code == 204
    assert boss.get("/messages/Old").json()["published"] is None
    assert "Old" not in {one["name"] for one in boss.get("/messages").json()["items"]}
    assert boss.post("/messages", json={"name": "Old"}).json()["fields"][0]["path"] == "/name"


def test_who_may_only_look_writes_nothing(stores: Stores, boss: Browser, clock: TickingClock) -> None:
    viewer = member(stores, boss, "viewer", clock)
    assert viewer.get("/messages").status_code == 200
    assert viewer.post("/messages", json=HELLO).status_code == 403


def test_every_variable_is_listed_with_its_meaning(boss: Browser) -> None:
    answer = boss.get("/messages/variables")
    assert answer.status_code == 200, answer.text
    items = {one["name"]: one for one in answer.json()["items"]}
    assert items["points.balance"]["meaning"]["zh"] == "积分余额"
