"""Tracking on screen: a key is made, events arrive as one watches, one is declared, what differs is told; both languages."""

import base64
import re

import pytest
from playwright.sync_api import Locator, Page, StorageState, expect

from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.directory.members import service as members
from tenure.kit.db import transaction
from tenure.sources.tracking.keys import service as write_keys
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pictures import picture
from tests.browser.settled import settled, until
from tests.browser.shop import Shop
from tests.browser.test_pages import LANGUAGES, assert_good, visit

WORDS = {
    "en": {
        "keys": "Write keys", "make": "Make a write key", "name": "Name of the source", "stored": "I have stored it",
        "live": "Live", "events": "Events", "declare": "Declare", "save": "Save", "required": "Required",
        "violations": "Violations", "wrong": "not of the type expected", "revoke": "Revoke",
    },
    "zh": {
        "keys": "写入密钥", "make": "新建写入密钥", "name": "来源名称", "stored": "我已保存",
        "live": "实时", "events": "事件目录", "declare": r"登\s?记", "save": r"保\s?存", "required": "必填",
        "violations": "违规", "wrong": "类型与预期不符", "revoke": r"撤\s?销",
    },
}  # fmt: skip


def carried(page: Page, shop: Shop, seen: Locator) -> None:
    """Carry what was sent to the lake at once, not when half a minute is over, and see the page tell it."""

    def told() -> bool:
        with shop.beside() as opened:
            move_tracking(opened)
        with settled(page):
            page.reload()
        return seen.count() > 0

    until(page, told)


def track(page: Page, key: str, event: str, **properties: object) -> None:
    """Send an event as an application would."""
    given = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}
    call = {"userId": "ann", "event": event, "properties": properties}
    answer = page.request.post("/v1/track", data=call, headers=given)
    assert answer.status == 202, answer.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_made_and_events_are_watched_declared_and_judged(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says, bought = WORDS[language], f"Bought {language}"
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/tracking", language)
        assert_good(page, language)
        page.set_viewport_size(DESK)
        page.get_by_role("tab", name=says["keys"]).click()
        page.get_by_role("button", name=says["make"]).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(says["name"]).fill(f"shop {language}")
        dialog.get_by_role("button", name=says["make"]).click()
        key = page.locator("pre").first.inner_text().strip()
        assert key.startswith("wk_")
        expect(page.locator("pre").nth(1)).to_contain_text(shop.url)
        expect(page.locator("pre").nth(1)).to_contain_text(key)
        picture(page, "install")
        page.get_by_role("button", name=says["stored"]).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert_good(page, language)
        page.set_viewport_size(DESK)

        page.get_by_role("tab", name=says["live"]).click()
        track(page, key, bought, price=12.5, colour="red")
        expect(page.get_by_text(bought)).to_be_visible()
        track(page, key, bought, price=12.5, colour="blue")
        expect(page.get_by_text(bought)).to_have_count(2)
        picture(page, "live")
        assert_good(page, language)
        page.set_viewport_size(DESK)

        page.get_by_role("tab", name=says["events"]).click()
        row = page.get_by_role("row").filter(has_text=bought)
        carried(page, shop, row)
        row.get_by_role("button", name=re.compile(says["declare"])).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("checkbox", name=says["required"])).to_have_count(2)
        dialog.get_by_role("checkbox", name=says["required"]).first.check()
        picture(page, "declare")
        dialog.get_by_role("button", name=re.compile(f"^{says['save']}$")).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".ant-message-notice")).to_have_count(0)
        picture(page, "events")
        assert_good(page, language)
        page.set_viewport_size(DESK)

        page.wait_for_timeout(2_500)  # the door remembers for two seconds what was declared
        track(page, key, bought, price="cheap", colour=5)
        page.get_by_role("tab", name=says["live"]).click()
        expect(page.get_by_text(says["wrong"]).first).to_be_visible()
        page.get_by_role("tab", name=says["violations"]).click()
        carried(page, shop, page.get_by_text(says["wrong"]))
        expect(page.get_by_text(says["wrong"]).first).to_be_visible()
        picture(page, "violations")
        assert_good(page, language)
        page.set_viewport_size(PHONE)
        picture(page, "phone")


CLAIMS = {
    "en": {
        "tab": "Claimed addresses", "accept": "Accept", "ignore": "Ignore", "done": "Nothing waits",
        "page": "Another address was claimed; not proven", "server": "On your server", "name": "Name of the source",
        "keys": "Write keys", "make": "Make a write key", "stays": "Only your server knows it", "stored": "I have stored it",
    },
    "zh": {
        "tab": "待确认联系方式", "accept": r"采\s?用", "ignore": r"忽\s?略", "done": "没有待确认的联系方式",
        "page": "上报了另一个联系方式，未经证明", "server": "服务器", "name": "来源名称",
        "keys": "写入密钥", "make": "新建写入密钥", "stays": "仅您的服务器知道", "stored": "我已保存",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claimed_address_waits_for_a_member_on_both_pages(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says, who = CLAIMS[language], f"claimed-{language}"
    with shop.beside() as opened, transaction(opened.engine) as session:
        _, key = write_keys.make(session, write_keys.Wish("web shop"), members.operator(session), opened.clock.now())
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        for email in (f"{who}@mail.test", f"{who}@first.test", f"{who}@second.test"):
            given = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}
            call = {"userId": who, "traits": {"email": email, "name": "Ann Lee"}}
            assert page.request.post("/v1/identify", data=call, headers=given).status == 202
        with shop.beside() as opened:
            meet_people(opened)
        visit(page, "/tracking?tab=claims", language)
        assert_good(page, language)
        page.set_viewport_size(DESK)
        picture(page, "claims")
        row = page.get_by_role("row").filter(has_text=f"{who}@first.test")
        row.get_by_role("button", name=re.compile(says["ignore"])).click()
        expect(row).to_have_count(0)

        visit(page, f"/customers/{who}", language)
        panel = page.get_by_text(says["page"]).locator("..")
        panel.scroll_into_view_if_needed()
        picture(page, "claimed-customer")
        panel.get_by_role("button", name=re.compile(says["accept"])).click()
        picture(page, "accepting")
        page.get_by_role("dialog").get_by_role("button", name=re.compile(says["accept"])).click()
        expect(page.get_by_text(says["page"])).to_have_count(0)
        expect(page.get_by_text(f"{who}@second.test").first).to_be_visible()
        assert_good(page, language, chinese_title=False)
        page.set_viewport_size(DESK)

        visit(page, "/tracking?tab=keys", language)
        page.get_by_role("button", name=says["make"]).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(says["name"]).fill(f"server {language}")
        dialog.get_by_text(says["server"], exact=True).click()
        expect(dialog.get_by_text(says["stays"])).to_be_visible()
        picture(page, "server-key")
        dialog.get_by_role("button", name=says["make"]).click()
        picture(page, "server-install")
        expect(page.locator("pre").nth(1)).to_contain_text("segment.analytics")
        page.get_by_role("button", name=says["stored"]).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        picture(page, "kinds")
