"""The whole way of a message: written, published and sent to a list by a marketer, and shown on the shop's page."""

import hashlib
import hmac
import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, StorageState, expect
from sqlalchemy import text

from tenure.kit.db import transaction
from tenure.sources.tracking.keys.vouching import identity_secret
from tests.browser.conftest import DESK, OpenPage
from tests.browser.elsewhere import elsewhere
from tests.browser.pictures import picture
from tests.browser.settled import until
from tests.browser.shop import Shop, of_this_site
from tests.browser.site import fresh_site, new_home
from tests.browser.test_pages import LANGUAGES, assert_good, visit
from tests.outreach.make import people

WORDS = {
    "en": {
        "who": "anna-1", "add": "Add an account", "kind": "Kind of account", "site": "Messages on your site", "save": "Save",
        "saved": "Saved", "call": "Name for this list", "keep": "Save this list", "new": "New message", "name": "Name",
        "start": "A banner on your site", "begin": "Begin", "title": "Title", "text": "Plain text", "fine": "Nothing is wrong",
        "publish": "Publish", "version": "Published: version 1", "send": "Send…", "list": "A saved list", "go": "Send to 1",
        "done": "What became of it",
        "says": "Your coffee is back", "more": "The beans you liked are in stock again.", "look": "See them",
    },
    "zh": {
        "who": "bai-2", "add": "添加账户", "kind": "账户种类", "site": "网站消息", "save": "保存",
        "saved": "已保存", "call": "为此名单命名", "keep": "保存此名单", "new": "新建消息", "name": "名称",
        "start": "网站横幅", "begin": "开始编写", "title": "标题", "text": "纯文本", "fine": "没有错误",
        "publish": "发布", "version": "已发布：版本 1", "send": "发送…", "list": "已保存的名单", "go": "发送给 1 位",
        "done": "发送结果",
        "says": "您喜欢的咖啡到货了", "more": "您常买的豆子已重新上架。", "look": "去看看",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop with one customer for each language."""
    with new_home() as home, fresh_site(home) as url:
        made = Shop(url, home)
        with made.beside() as opened:
            people(opened, *(says["who"] for says in WORDS.values()))
            with transaction(opened.engine) as session:
                session.execute(
                    text("""INSERT INTO customer_summaries (customer_id, orders, revenue, tier, as_of)
                            SELECT id, 1, 5, 'B', now() FROM customers""")
                )
        yield made


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_a_marketer_writes_is_what_the_customer_sees(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as desk, elsewhere(shop.url) as site:
        switch_on(desk, language)
        keep_list(desk, language)
        write(desk, language)
        send(desk, language)
        with open_page(LANGUAGES[language], DESK) as page:
            site.page("/bought", "")
            page.goto(site.page("/", script(desk, shop, says["who"], language)))
            banner = page.get_by_role("region", name=says["says"])
            expect(banner.get_by_text(says["more"])).to_be_visible()
            picture(page, f"shown-{language}")
            banner.get_by_role("link", name=says["look"]).click()
            page.wait_for_url("**/bought")
        until(desk, lambda: pressed(desk, language), "the press is not told to who sent it")
        picture(desk, f"told-{language}", whole=True)
        assert_good(desk, language, chinese_title=False)


def switch_on(page: Page, language: str) -> None:
    """Let messages out to the shop's pages."""
    says = WORDS[language]
    visit(page, "/channels", language)
    page.get_by_role("button", name=says["add"]).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("combobox", name=says["kind"]).fill(says["site"])
    page.locator(".ant-select-item-option", has_text=says["site"]).click()
    dialog.get_by_role("button", name=says["save"], exact=True).click()
    expect(dialog).to_have_count(0)


def keep_list(page: Page, language: str) -> None:
    """Find one customer and keep the list under a name."""
    says = WORDS[language]
    visit(page, f"/customers?q={says['who']}", language)
    page.get_by_role("button", name=says["saved"]).click()
    page.get_by_role("textbox", name=says["call"]).fill(f"Coffee {language}")
    page.get_by_role("button", name=says["keep"]).click()
    expect(page.get_by_role("textbox", name=says["call"])).to_have_value("")


def write(page: Page, language: str) -> None:
    """Write a banner with a button, and publish it."""
    says = WORDS[language]
    visit(page, "/messages", language)
    page.get_by_role("button", name=says["new"]).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(says["name"]).fill(f"Beans {language}")
    dialog.get_by_role("radio", name=says["start"]).check()
    dialog.get_by_role("button", name=says["begin"]).click()
    page.wait_for_url("**/messages/msg_*")
    page.get_by_role("textbox", name=says["title"], exact=True).fill(says["says"])
    page.get_by_role("textbox", name=says["text"]).fill(f"{says['more']}\n[{says['look']}](/bought)")
    expect(page.locator("#faults")).to_contain_text(says["fine"])
    expect(page.locator("main").get_by_text(says["look"], exact=True)).to_be_visible()  # the button of the preview
    picture(page, f"written-{language}")
    page.get_by_role("button", name=says["publish"], exact=True).click()
    expect(page.get_by_text(says["version"])).to_be_visible()


def send(page: Page, language: str) -> None:
    """Send it to the list that was kept."""
    says = WORDS[language]
    page.get_by_role("button", name=says["send"]).click()
    drawer = page.get_by_role("dialog")
    drawer.get_by_role("combobox", name=says["list"]).click()
    page.locator(".ant-select-item-option", has_text=f"Coffee {language}").click()
    drawer.get_by_role("button", name=says["go"]).click()
    expect(drawer).to_have_count(0)
    expect(page.get_by_role("heading", name=says["done"])).to_be_visible()


def script(page: Page, shop: Shop, who: str, language: str) -> str:
    """What the shop puts into its page: its write key, and who is there, vouched for by its server."""
    asked = page.request.post("/api/v1/tracking/keys", data={"name": f"site {language}"}, headers=of_this_site(page))
    made = asked.json()
    with shop.beside() as stores:
        secret = identity_secret(stores.secret, made["id"])
    told = json.dumps({"hash": hmac.digest(secret.encode(), who.encode(), hashlib.sha256).hex()})
    return f'tenure.load("{made["secret"]}"); tenure.identify("{who}", {{}}, {told})'


def pressed(page: Page, language: str) -> bool:
    """Look again whether the results tell of the one press."""
    visit(page, page.url, language)
    return page.locator("td", has_text=re.compile(r"^1 · 100")).count() == 2  # opened and pressed
