"""Drafts over HTTP: mistakes at their lines, previews that leave out what is not known, texts weighed."""

import pytest

from tenure.app.wiring import Stores
from tests.directory.make import Browser, TickingClock, owner
from tests.outreach.content.make import HELLO, MJML, shop


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner of a shop with two customers."""
    shop(stores)
    return owner(stores, TickingClock())


def draft(**channels: object) -> dict[str, object]:
    return {"channels": channels}


def check(browser: Browser, **channels: object) -> list[dict[str, object]]:
    found = browser.post("/drafts/check", json=draft(**channels))
    assert found.status_code == 200, found.text
    return list(found.json()["items"])


def test_every_part_of_a_draft_is_told_with_its_line_and_nothing_is_kept(boss: Browser) -> None:
    broken = MJML.replace("{{ orders.count }}", "{{ orders.cuont }}")
    found = check(
        boss, email={"en": {"subject": "{{ customer.nmae", "mjml": broken}}, sms={"zh": {"text": "好\n{{ x | foo }}"}}
    )
    told = [(one["part"], one["line"], one["kind"]) for one in found]
    assert told == [
        ("email.en.subject", 1, "syntax"),
        ("email.en.mjml", 2, "unknown_variable"),
        ("sms.zh.text", 2, "unknown_filter"),
    ]
    assert "orders.cuont" in str(found[1]["words"])
    assert boss.get("/messages").json()["items"] == []


def test_a_whole_draft_has_no_faults(boss: Browser) -> None:
    assert check(boss, **HELLO["channels"]) == []  # type: ignore[arg-type]


def test_a_draft_is_seen_as_a_customer_and_what_is_not_known_is_left_out_and_told(boss: Browser) -> None:
    body = {"draft": draft(**HELLO["channels"]), "customer_id": "bob"}  # type: ignore[arg-type]
    seen = boss.post("/drafts/preview", json=body).json()
    assert (seen["language"], seen["wanted"], seen["subject"]) == ("en", "en", "Hello")
    assert [(one["what"], one["part"], one["line"]) for one in seen["missing"]] == [
        ("customer.name", "email.en.subject", 1), ("orders.first_at", "email.en.mjml", 2),
    ]  # fmt: skip
    french = boss.post("/drafts/preview", json={**body, "language": "fr"}).json()
    assert (french["language"], french["wanted"]) == ("en", "fr")


def test_a_draft_is_seen_by_nobody_in_particular_where_there_is_no_customer(boss: Browser) -> None:
    words = draft(sms={"en": {"text": "Hello {{ customer.name | default: 'there' }}, {{ brand.name }}"}})
    words["brand"] = {"name": "Hearth"}
    seen = boss.post("/drafts/preview", json={"draft": words, "channel": "sms"}).json()
    assert (seen["text"], seen["missing"]) == ("Hello there, Hearth", [])


def test_pictures_of_a_preview_lie_on_our_own_pages(boss: Browser) -> None:
    mjml = '<mjml><mj-body><mj-section><mj-column><mj-image src="{{ media.url }}/a.png" alt="A"/></mj-column></mj-section></mj-body></mjml>'
    seen = boss.post("/drafts/preview", json={"draft": draft(email={"en": {"subject": "S", "mjml": mjml}})}).json()
    assert 'src="/media/a.png"' in seen["html"]


def test_a_text_message_is_weighed_as_the_own_provider_would(boss: Browser) -> None:
    account = {"kind": "sms_alibaba", "facts": {"key_id": "k", "key_secret": "s", "signature": "壁炉与港湾"}}
    assert boss.put("/channels", json=account).status_code == 200
    said = boss.post("/drafts/text-message", json={"text": "会员专享，全场八折，欢迎选购。"}).json()
    assert (said["provider"], said["signature"], said["encoding"], said["pieces"]) == (
        "alibaba",
        "壁炉与港湾",
        "UCS-2",
        1,
    )
    assert said["units"] == len("【壁炉与港湾】会员专享，全场八折，欢迎选购。")
    assert "opt_out" in " ".join(one["rule"] for one in said["findings"]).replace("-", "_")
    mended = boss.post("/drafts/text-message", json={"text": "会员专享，全场八折，欢迎选购。拒收请回复R"}).json()
    assert len(mended["findings"]) < len(said["findings"])
