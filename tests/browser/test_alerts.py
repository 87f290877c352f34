"""An early warning from the inbox to its outcome, and a rule of the house from an idea to a warning beside the model."""

import re

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import LANGUAGES, assert_good, visit


def first_alert(page: Page) -> str:
    found: str = page.request.get("/api/v1/alerts?state=open&limit=1").json()["items"][0]["id"]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_one_alert_is_whole_accessible_and_fits_a_phone(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        visit(page, f"/alerts/{first_alert(page)}", language)
        assert_good(page, language, chinese_title=False)  # the title is a name


def test_an_alert_is_noted_and_resolved_and_leaves_the_inbox(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        alert = first_alert(page)
        visit(page, f"/alerts/{alert}", "en")
        page.get_by_role("button", name="Add a note").click()
        page.get_by_role("dialog").get_by_role("textbox").fill("Prefers to be called in the morning")
        page.get_by_role("dialog").get_by_role("button", name="Add a note").click()
        expect(page.get_by_text("Prefers to be called in the morning")).to_be_visible()
        page.get_by_role("button", name="Resolve").click()
        page.get_by_label("Saved: they stay").check()
        page.get_by_role("dialog").get_by_role("button", name="Resolve").click()
        expect(page.get_by_role("button", name="Open again")).to_be_visible()
        assert page.request.get(f"/api/v1/alerts/{alert}").json()["outcome"] == "saved"
        assert first_alert(page) != alert


def test_a_rule_of_the_house_says_for_how_many_it_holds_before_it_is_kept(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        visit(page, "/signals", "en")
        page.get_by_role("button", name="Add a rule").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Name of the rule").last.fill("Risky and dear")
        choose(page, "Fact about the customer", "Churn risk")
        dialog.get_by_label("Number").fill("0.5")
        expect(dialog.get_by_text(re.compile(r"Fits [\d,]+ of [\d,]+ customers today"))).to_be_visible()
        save = dialog.get_by_role("button", name="Save")
        expect(save).to_be_disabled()  # a warning without a step helps nobody
        dialog.get_by_label("What to do then").last.fill("Call them")
        save.click()
        expect(page.get_by_text("Churn risk is at least 0.5")).to_be_visible()
        kept = page.request.get("/api/v1/risk-rules").json()["items"]
        assert [rule["name"]["en"] for rule in kept] == ["Risky and dear"]


def choose(page: Page, label: str, option: str) -> None:
    """Choose an option of a searchable list by typing it."""
    page.get_by_label(label).click()
    page.keyboard.type(option)
    page.keyboard.press("Enter")
