"""A person's data on screen: handed out whole, and erased by whoever types the name."""

import re

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.pictures import picture
from tests.browser.shop import LEAVERS, Shop
from tests.browser.test_pages import LANGUAGES, assert_good, visit

WORDS = {
    "en": {
        "menu": "Data of this person", "export": "Download everything known", "erase": "Erase this person…",
        "now": "Erase for good", "done": "Nothing of this person is left here", "read": "Read the receipt",
        "back": "To all customers", "list": "Erasures",
    },
    "zh": {
        "menu": "个人数据", "export": "下载全部数据", "erase": "删除此人数据…",
        "now": "永久删除", "done": "此处已不再保存此人的数据", "read": "查看回执",
        "back": "返回客户列表", "list": "数据删除",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_owner_types_the_name_and_the_receipt_comes(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says, who = WORDS[language], LEAVERS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, f"/customers/{who}", language)
        page.get_by_role("button", name=says["menu"]).click()
        with page.expect_download() as handed:
            page.get_by_role("menuitem", name=says["export"]).click()
        assert handed.value.suggested_filename == f"person-{who}.zip"
        page.get_by_role("button", name=says["menu"]).click()
        page.get_by_role("menuitem", name=says["erase"]).click()
        dialog = page.get_by_role("dialog")
        now = dialog.get_by_role(
            "button", name=re.compile(r"\s?".join(says["now"]) if language == "zh" else says["now"])
        )
        expect(now).to_be_disabled()
        dialog.get_by_role("textbox").fill("somebody else")
        expect(now).to_be_disabled()
        dialog.get_by_role("textbox").fill(_wanted(dialog.inner_text()))
        assert_good(page, language, chinese_title=False)
        picture(page, "erase")
        now.click()
        expect(page.get_by_text(says["done"])).to_be_visible(timeout=120_000)
        address = page.get_by_role("link", name=says["read"]).get_attribute("href") or ""
        receipt = page.request.get(address).text()
        assert "删除回执" in receipt
        assert who not in receipt
        page.get_by_role("button", name=says["back"]).click()
        visit(page, "/erasures", language)
        assert_good(page, language)


def _wanted(told: str) -> str:
    found = re.search(r"“([^”]+)”", told)
    assert found is not None, told
    return found[1]
