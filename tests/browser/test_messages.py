"""Messages on screen: written with mistakes told at their line, seen as a customer, published, sent with counts first, taken back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import FilePayload, Page, StorageState, expect
from sqlalchemy import text

from tenure.kit.db import transaction
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.settled import until
from tests.browser.shop import Shop
from tests.browser.site import fresh_site, new_home
from tests.browser.test_pages import LANGUAGES, assert_good, visit
from tests.outreach.make import people
from tests.outreach.media.test_routes import png

WORDS = {
    "en": {
        "new": "New message", "name": "Name", "begin": "Begin", "mjml": "MJML", "fault": "There is no variable",
        "fine": "Nothing is wrong", "insert": "Insert", "gap": "Usual days", "look": "Look for…", "seen": "Seen as",
        "publish": "Publish", "version": "Published: version 1", "send": "Send…", "all": "Everybody", "no": "They said no",
        "go": r"Send to 3", "recall": "Take back", "sure": "Take back", "cancelled": "Cancelled", "results": "Results",
        "proof": "Proof", "prove": "Make the proof", "whole": "Whole messages", "upload": "Upload a picture",
        "refused": "SVG is not taken", "add": "Add an account", "server": "Server", "sender": "Sender's name",
        "address": "Sender's address", "save": "Save", "try": "Send a test", "sent": "Send it", "later": "did not take it now",
        "leave": "Leave without saving?", "stay": "Stay", "versions": "Versions", "draft": "The draft, as it is now",
        "subject": "Subject", "reads": "gets English", "port": "Port",
    },
    "zh": {
        "new": "新建消息", "name": "名称", "begin": "开始编写", "mjml": "MJML", "fault": "没有变量",
        "fine": "没有错误", "insert": "插入", "gap": "通常购买间隔", "look": "查找…", "seen": "以客户身份查看",
        "publish": r"发\s?布", "version": "已发布：版本 1", "send": "发送…", "all": "全部客户", "no": "已退订",
        "go": r"发送给 3 位", "recall": r"撤\s?回", "sure": r"撤\s?回", "cancelled": "已取消", "results": "结果",
        "proof": "校验", "prove": "开始校验", "whole": "完整消息", "upload": "上传图片",
        "refused": "不支持 SVG", "add": "添加账户", "server": "服务器", "sender": "发件人名称",
        "address": "发件人地址", "save": r"保\s?存", "try": "发送测试", "sent": r"发\s?送", "later": "服务商暂未接收",
        "leave": "不保存就离开？", "stay": r"留\s?下", "versions": "版本", "draft": "当前草稿",
        "subject": "主题", "reads": "将收到中文", "port": "端口",
    },
}  # fmt: skip
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop with two customers who agreed and one who said no."""
    with new_home() as home, fresh_site(home) as url:
        made = Shop(url, home)
        with made.beside() as opened:
            people(opened, "willing-1", "willing-2")
            people(opened, "silent-3", consent="withdrawn")
            with transaction(opened.engine) as session:
                session.execute(
                    text("""INSERT INTO customer_summaries (customer_id, orders, revenue, tier, as_of)
                            SELECT id, 1, 5, 'B', now() FROM customers""")
                )
                session.execute(text("UPDATE customers SET language = 'de' WHERE id = 'willing-1'"))
        yield made


def begin(page: Page, language: str, name: str) -> None:
    """Begin a newsletter and be on its page."""
    says = WORDS[language]
    visit(page, "/messages", language)
    page.get_by_role("button", name=says["new"]).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label(says["name"]).fill(name)
    dialog.get_by_role("button", name=says["begin"]).click()
    page.wait_for_url("**/messages/msg_*")


@SPOKEN
def test_a_message_is_written_seen_published_sent_and_taken_back(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        begin(page, language, f"Spring {language}")
        area = page.get_by_role("textbox", name=says["mjml"])
        whole = area.input_value().replace("{{ brand.site_url }}", "https://shop.example.com/")
        area.fill(whole.replace("customer.name", "customer.nmae"))
        faults = page.locator("#faults")
        expect(faults).to_contain_text(says["fault"])
        expect(page.locator("[data-marked]")).to_have_count(1)  # its line
        area.fill(whole)
        expect(faults).to_contain_text(says["fine"])
        page.get_by_role("combobox", name=says["seen"]).click()
        page.locator(".ant-select-item-option", has_text="silent-3").click()
        expect(page.locator("iframe")).to_be_visible()
        page.get_by_role("button", name=re.compile(f"^{says['publish']}$")).click()
        expect(page.get_by_text(says["version"])).to_be_visible()
        page.get_by_role("button", name=says["send"]).click()
        drawer = page.get_by_role("dialog")
        drawer.get_by_role("radio", name=says["all"]).check()
        expect(drawer.get_by_text(says["no"])).to_be_visible()
        assert page.request.get("/api/v1/sends/counts").json()["items"] == [] or language == "zh", "nothing queued yet"
        drawer.get_by_role("button", name=re.compile(says["go"])).click()
        expect(drawer).to_have_count(0)
        page.get_by_role("button", name=re.compile(says["recall"])).click()
        page.get_by_role("dialog").get_by_role("button", name=re.compile(says["sure"])).last.click()
        expect(page.get_by_role("link", name=says["cancelled"])).to_be_visible()
        assert_good(page, language, chinese_title=False)


@SPOKEN
def test_what_is_inserted_goes_where_the_cursor_was_and_leaving_unsaved_asks(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        begin(page, language, f"Inserted {language}")
        subject = page.get_by_role("textbox", name=says["subject"], exact=True)
        subject.fill("")
        page.get_by_role("button", name=says["insert"]).click()
        page.get_by_placeholder(says["look"]).fill("usual_gap")
        page.get_by_role("button", name=says["gap"]).click()
        expect(subject).to_have_value("{{ orders.usual_gap_days }}")
        page.get_by_role("tab", name=says["versions"]).click()  # another tab of the page keeps what is written
        page.get_by_role("tab").first.click()
        expect(subject).to_have_value("{{ orders.usual_gap_days }}")
        page.locator("aside nav a").first.click()
        ask = page.get_by_role("dialog")
        expect(ask.get_by_text(says["leave"]).last).to_be_visible()
        ask.get_by_role("button", name=re.compile(says["stay"])).click()
        assert "/messages/msg_" in page.url


@SPOKEN
def test_a_proof_counts_what_would_go_wrong(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        begin(page, language, f"Proved {language}")
        page.get_by_role("tab", name=says["proof"]).click()
        page.get_by_role("button", name=says["prove"]).click()
        expect(page.get_by_text(says["whole"])).to_be_visible()
        expect(page.get_by_text("brand.site_url")).to_be_visible()
        assert_good(page, language, chinese_title=False)


@SPOKEN
def test_a_picture_is_brought_and_shown(language: str, open_page: OpenPage, keeper: StorageState, shop: Shop) -> None:
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/pictures", language)
        there = page.locator("main img").count()
        files = page.locator("input[type=file]").first
        picture = png(30 + list(LANGUAGES).index(language), 9)  # the same picture twice is kept once
        brought: FilePayload = {"name": f"{language}.png", "mimeType": "image/png", "buffer": picture}
        files.set_input_files(brought)
        expect(page.locator("main img")).to_have_count(there + 1)
        expect(page.locator("main .ant-btn-loading")).to_have_count(0)  # a button at work is pale
        shown = page.locator("main img").first
        until(page, lambda: shown.evaluate("(one) => one.naturalWidth") > 0, "the picture is not drawn")
        assert_good(page, language)


@SPOKEN
def test_an_account_is_entered_and_what_the_provider_says_to_a_test_is_told(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/channels", language)
        page.get_by_role("button", name=says["add"]).first.click()
        dialog = page.get_by_role("dialog")
        for label, value in ((says["server"], "127.0.0.1"), (says["port"], "1"), (says["sender"], "Hearth")):
            dialog.get_by_label(label, exact=True).fill(value)
        dialog.get_by_label(says["address"], exact=True).fill("hello@hearth.example")
        dialog.get_by_role("switch").click()  # nothing of the queue leaves while this is tried
        dialog.get_by_role("button", name=re.compile(says["save"])).click()
        expect(dialog).to_have_count(0)
        page.get_by_role("button", name=says["try"]).click()
        page.get_by_role("dialog").get_by_role("button", name=re.compile(says["sent"])).click()
        expect(page.get_by_role("dialog").get_by_text(says["later"])).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert_good(page, language)


@SPOKEN
@pytest.mark.parametrize("path", ["/messages", "/blocks", "/pictures", "/brand", "/channels", "/sends"])
def test_every_page_of_reaching_out_is_whole_on_a_phone(
    path: str, language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    with open_page(LANGUAGES[language], PHONE, keeper, shop.url) as page:
        visit(page, path, language)
        assert_good(page, language)
