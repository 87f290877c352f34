"""Webhooks on screen: a receiver of this machine is added, tried, given up, told again, in both languages."""

import re

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.shop import Shop
from tests.browser.test_pages import LANGUAGES, assert_good, visit
from tests.outreach.hooks.make import HERE, Receiver

WORDS = {
    "en": {
        "add": "Add a webhook", "url": "Address", "network": "Private network", "save": "Save", "stored": "I have stored it",
        "test": "Send a test", "delivered": "Delivered", "dead": "Given up", "again": "Tell again", "gone": "Gave notice",
        "resume": "Resume", "remove": "Remove", "expand": "Expand row",
    },
    "zh": {
        "add": "新增 Webhook", "url": "接收地址", "network": "私有网段", "save": r"保\s?存", "stored": "我已保存",
        "test": "发送测试", "delivered": "已送达", "dead": "已放弃", "again": "重新推送", "gone": "已停收",
        "resume": r"恢\s?复", "remove": r"删\s?除", "expand": "展开行",
    },
}  # fmt: skip
TOLD = 40_000  # milliseconds; a worker is asked at once, and looks four times a minute


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_receiver_is_added_tried_given_up_and_told_again(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says, receiver = WORDS[language], Receiver()
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/webhooks", language)
        assert_good(page, language)
        page.set_viewport_size(DESK)
        page.get_by_role("button", name=says["add"]).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label(says["url"]).fill(f"{receiver.url}/hook")
        dialog.get_by_label(says["network"]).fill(HERE)
        dialog.get_by_role("button", name=re.compile(f"^{says['save']}$")).click()
        receiver.secret = dialog.locator("code").inner_text()
        assert receiver.secret.startswith("whsec_")
        dialog.get_by_role("button", name=says["stored"]).click()
        page.get_by_role("button", name=says["test"]).click()
        rows = page.locator("tbody tr[data-row-key^=whd]")
        expect(rows.get_by_text(says["delivered"])).to_have_count(1, timeout=TOLD)
        assert len(receiver.taken) == 1
        receiver.mood = "dead"
        page.get_by_role("button", name=says["test"]).click()
        expect(rows.get_by_text(says["dead"])).to_have_count(1, timeout=TOLD)
        expect(page.get_by_text(says["gone"])).to_be_visible(timeout=TOLD)
        receiver.mood = "willing"
        page.get_by_role("button", name=re.compile(f"^{says['resume']}$")).click()
        expect(page.get_by_text(says["gone"])).to_have_count(0)
        rows.filter(has_text=says["dead"]).get_by_role("button", name=says["again"]).click()
        expect(rows.get_by_text(says["delivered"])).to_have_count(2, timeout=TOLD)
        assert len(set(receiver.taken)) == 2
        rows.first.get_by_role("button", name=says["expand"]).click()
        expect(page.locator("pre")).to_contain_text("webhook.test")
        expect(page.locator(".ant-message-notice")).to_have_count(0)
        assert_good(page, language)
        page.set_viewport_size(DESK)
        page.get_by_role("button", name=re.compile(says["remove"])).click()
        page.get_by_role("dialog").get_by_role("button", name=re.compile(says["remove"])).click()
        expect(page.locator("tbody tr[data-row-key^=whe]")).to_have_count(0)
    receiver.close()
