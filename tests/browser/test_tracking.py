"""Tracking on screen: a key is made, events arrive as one watches, one is declared, what differs is told; both languages."""

import base64
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.shop import enter
from tests.browser.site import fresh_site
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
SOON = 6_000  # milliseconds: two looks of the page, and an event's way to it


@pytest.fixture(scope="module")
def shop() -> Iterator[str]:
    """A shop of this file."""
    home = Path(tempfile.mkdtemp(prefix="tenure-shop-"))
    home.chmod(0o755)  # the embedded server's account must reach it when we are root
    try:
        with fresh_site(home) as url:
            yield url
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def keeper(open_page: OpenPage, shop: str) -> StorageState:
    """The cookies of the shop's owner."""
    with open_page(base=shop) as page:
        enter(page)
        return page.context.storage_state()


def track(page: Page, key: str, event: str, **properties: object) -> None:
    """Send an event as an application would."""
    given = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}
    call = {"userId": "ann", "event": event, "properties": properties}
    answer = page.request.post("/v1/track", data=call, headers=given)
    assert answer.status == 202, answer.text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_made_and_events_are_watched_declared_and_judged(
    language: str, open_page: OpenPage, keeper: StorageState, shop: str
) -> None:
    says, bought = WORDS[language], f"Bought {language}"
    with open_page(LANGUAGES[language], DESK, keeper, shop) as page:
        page.emulate_media(reduced_motion="reduce")
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
        expect(page.locator("pre").nth(1)).to_contain_text(shop)
        expect(page.locator("pre").nth(1)).to_contain_text(key)
        page.screenshot(path=f"/tmp/tracking-install-{language}.png")
        page.get_by_role("button", name=says["stored"]).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert_good(page, language)
        page.set_viewport_size(DESK)

        page.get_by_role("tab", name=says["live"]).click()
        track(page, key, bought, price=12.5, colour="red")
        expect(page.get_by_text(bought)).to_be_visible(timeout=SOON)
        track(page, key, bought, price=12.5, colour="blue")
        expect(page.get_by_text(bought)).to_have_count(2, timeout=SOON)
        page.screenshot(path=f"/tmp/tracking-live-{language}.png")
        assert_good(page, language)
        page.set_viewport_size(DESK)

        page.get_by_role("tab", name=says["events"]).click()
        page.reload()
        row = page.get_by_role("row").filter(has_text=bought)
        for _ in range(12):
            if row.count():
                break
            page.wait_for_timeout(5_000)  # counted when events are carried to the lake, half a minute at most
            page.reload()
            page.locator("h1").first.wait_for()
            page.wait_for_timeout(500)
        row.get_by_role("button", name=re.compile(says["declare"])).click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("checkbox", name=says["required"])).to_have_count(2)
        dialog.get_by_role("checkbox", name=says["required"]).first.check()
        page.screenshot(path=f"/tmp/tracking-declare-{language}.png")
        dialog.get_by_role("button", name=re.compile(f"^{says['save']}$")).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.locator(".ant-message-notice")).to_have_count(0)
        page.screenshot(path=f"/tmp/tracking-events-{language}.png")
        assert_good(page, language)
        page.set_viewport_size(DESK)

        page.wait_for_timeout(2_500)  # the door remembers for two seconds what was declared
        track(page, key, bought, price="cheap", colour=5)
        page.get_by_role("tab", name=says["live"]).click()
        expect(page.get_by_text(says["wrong"]).first).to_be_visible(timeout=SOON)
        page.get_by_role("tab", name=says["violations"]).click()
        for _ in range(12):
            if page.get_by_text(says["wrong"]).count():
                break
            page.wait_for_timeout(5_000)
            page.reload()
            page.locator("h1").first.wait_for()
            page.wait_for_timeout(500)
        expect(page.get_by_text(says["wrong"]).first).to_be_visible()
        page.screenshot(path=f"/tmp/tracking-violations-{language}.png")
        assert_good(page, language)
        page.set_viewport_size({"width": 390, "height": 844})
        page.screenshot(path=f"/tmp/tracking-phone-{language}.png")
