"""Consent on screen: the public page beside the lists it shows, and the question an import asks."""

import re

import pytest
from playwright.sync_api import FilePayload, Page, StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.pictures import picture
from tests.browser.settled import noticed
from tests.browser.shop import Shop, of_this_site
from tests.browser.test_pages import LANGUAGES, assert_good, visit

WORDS = {
    "en": {
        "company": "Company", "keep": "Keep this look", "kept": "Saved", "phone": "On a phone",
        "title": "What you hear from us", "faint": "Words on the button: contrast 1.5",
        "ask": "May they be written to?", "none": "No consent: do not message", "some": "They agreed, and we can show it",
        "where": "Where they agreed", "look": "Check", "said": "those whose row says yes",
    },
    "zh": {
        "company": "公司名称", "keep": "使用此外观", "kept": "已保存", "phone": "手机",
        "title": "您希望收到什么", "faint": "按钮上的文字：对比度 1.5",
        "ask": "可以向他们发送消息吗？", "none": "无许可：不发送消息", "some": "已获许可，可以证明",
        "where": "同意的来源", "look": r"检\s?查", "said": "将为表示同意的人记录",
    },
}  # fmt: skip
FAINT = {"name": "Luna", "language": "en", "colour": "#ffcc00", "text_colour": "#ffffff"}
PEOPLE = b"customer_id,name,email,marketing_consent\na1,Ann,ann@x.test,yes\nb1,Bob,bob@x.test,no\n"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_public_page_is_seen_beside_its_lists_and_faint_colours_are_said(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/lists", language)
        frame = page.frame_locator(f'iframe[title="{says["phone"]}"]')
        expect(frame.get_by_role("heading", name=says["title"])).to_be_visible()
        company = page.get_by_role("textbox", name=says["company"])
        company.fill(f"Luna {language}")
        expect(frame.get_by_text(f"Luna {language}").first).to_be_visible()
        page.get_by_role("button", name=says["keep"]).click()
        noticed(page, says["kept"])
        expect(page.get_by_role("button", name=says["keep"])).to_have_count(0)
        _change_look(page)
        visit(page, "/lists", language)
        expect(page.get_by_text(says["faint"])).to_be_visible()
        picture(page, "lists", whole=True)
        assert_good(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_import_of_people_asks_where_their_consent_comes_from(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/imports", language)
        file = FilePayload(name="people.csv", mimeType="text/csv", buffer=PEOPLE)
        page.locator('input[type="file"]').set_input_files(file)
        asked = page.get_by_role("region", name=says["ask"])
        expect(asked.get_by_label(re.compile(says["none"]))).to_be_checked()
        asked.get_by_label(says["some"]).check()
        asked.get_by_role("textbox", name=says["where"]).fill("Form on the site")
        picture(page, "import", whole=True)
        assert_good(page, language, chinese_title=False)


def _change_look(page: Page) -> None:
    answer = page.request.put("/api/v1/brand", data=FAINT, headers=of_this_site(page))
    assert answer.ok, answer.text()
