"""Every page of the demo, in both languages, at a desk and on a phone: whole, readable, silent, accessible."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, StorageState, expect

from tests.browser.conftest import DESK, PATIENCE, PHONE, OpenPage
from tests.browser.settled import NOTICES, settled, stand_still, until
from tests.browser.site import Site

WEB = Path(__file__).resolve().parents[2] / "web"
AXE = WEB / "node_modules" / "axe-core" / "axe.min.js"
PATHS = [
    "/",
    "/calls",
    "/alerts",
    "/customers",
    "/metrics",
    "/cohorts",
    "/satisfaction",
    "/predictions",
    "/recommendations",
    "/models",
    "/signals",
    "/messages",
    "/blocks",
    "/pictures",
    "/brand",
    "/channels",
    "/sends",
    "/contact-rules",
    "/lists",
    "/closed-addresses",
    "/erasures",
    "/imports",
    "/tracking",
    "/members",
    "/keys",
    "/webhooks",
    "/audit",
    "/settings",
]
# Walked by tests of their own: in front of the door, or with an id in the address.
ELSEWHERE = {
    "/sign-in",
    "/setup",
    "/customers/$customerId",
    "/imports/$importId",
    "/alerts/$alertId",
    "/models/$version",
    "/messages/$messageId",
}
LANGUAGES = {"en": "en-US", "zh": "zh-CN"}
BROKEN_WORDS = re.compile(r"\bundefined\b|\bNaN\b|\[object \w+\]|\{\{|\}\}|Invalid Date|\bnull\b")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
SERIOUS = """async () => (await axe.run({exclude: [['.ant-message']]}, {resultTypes: ['violations']})).violations
    .filter((found) => ['serious', 'critical'].includes(found.impact))
    .map((found) => `${found.id}: ${found.nodes.map((node) => node.target.join(' ')).slice(0, 3).join(', ')}`)"""
CUT = """[...document.querySelectorAll("main .ant-table-content")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.ariaLabel)"""
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_every_page_of_the_router_is_walked() -> None:
    routes = (WEB / "src" / "app" / "routes.tsx").read_text()
    assert set(re.findall(r'path: "([^"]+)"', routes)) <= {*PATHS, *ELSEWHERE}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_whole_accessible_and_fits_a_phone(
    path: str, language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        visit(page, path, language)
        until(page, lambda: page.evaluate(CUT) == [], "a table is cut at a desk", patience=10)
        assert_good(page, language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_one_customer_is_whole_accessible_and_fits_a_phone(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        first = page.request.get("/api/v1/customers?sort=-churn_risk&limit=1").json()["items"][0]
        visit(page, f"/customers/{first['id']}", language)
        assert_good(page, language, chinese_title=False)  # the title is a name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_log_in_is_readable_and_accessible(language: str, open_page: OpenPage, tenure_site: Site) -> None:
    with open_page(LANGUAGES[language], DESK, None, tenure_site.url) as page:
        visit(page, "/sign-in", language)
        assert_good(page, language)


def test_a_wrong_password_is_told_and_opens_nothing(open_page: OpenPage, tenure_site: Site) -> None:
    with open_page(base=tenure_site.url) as page:
        page.goto("/sign-in")
        page.get_by_label("E-mail").fill(tenure_site.email)
        page.get_by_label("Password", exact=True).fill("not the password")
        page.locator("button[type=submit]").click()
        page.get_by_role("alert").first.wait_for()
        assert page.url.endswith("/sign-in")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_one_import_is_whole_accessible_and_fits_a_phone(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        page.goto("/imports")
        page.locator("h1").first.wait_for()
        rows = "order no,customer id,order date,amount\n1,A,2024-01-01,5\n2,B,not a day,7\n"
        file: FilePayload = {"name": "orders.csv", "mimeType": "text/csv", "buffer": rows.encode()}
        page.locator("input[type=file]").set_input_files(file)
        page.wait_for_url("**/imports/imp_*")
        visit(page, page.url.removeprefix(tenure_site.url), language)
        assert_good(page, language, chinese_title=False)  # the title is the file's name


def test_a_page_that_scrolls_sideways_is_seen(browser_page: Page) -> None:
    browser_page.set_viewport_size(PHONE)
    browser_page.set_content("<main><p style='width: 400px'>wide</p></main>")
    assert browser_page.evaluate(OVERFLOW) > 0
    browser_page.set_content("<main><p style='width: 300px'>narrow</p></main>")
    assert browser_page.evaluate(OVERFLOW) == 0


def test_axe_sees_an_image_without_words(browser_page: Page) -> None:
    browser_page.set_content("<html lang=en><title>A page</title><main><h1>A</h1><img src='data:,'></main></html>")
    assert [problem.split(":")[0] for problem in serious_problems(browser_page)] == ["image-alt"]


def visit(page: Page, path: str, language: str) -> None:
    """Go to a page and wait until nothing on it is loading any more."""
    page.add_init_script(f"if (window === top) localStorage.setItem('tenure.language', '{language}')")
    page.add_init_script(NOTICES)
    with settled(page):
        page.goto(path)
        page.locator("h1").first.wait_for()
    expect(page.locator("main [role=status] .visually-hidden")).to_have_count(0, timeout=PATIENCE)
    page.evaluate("document.fonts.ready.then(() => true)")


def assert_good(page: Page, language: str, *, chinese_title: bool = True) -> None:
    """The page is complete, in one language, accessible at a desk and on a phone, where it does not scroll sideways."""
    expect(page.locator("main [role=alert] h2"), "a part of the page could not be loaded").to_have_count(0)
    said = page.locator("body").inner_text()
    assert BROKEN_WORDS.findall(said) == []
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-CN"}[language]
    title = page.locator("h1").first.inner_text()
    if chinese_title:
        assert bool(CHINESE.search(title)) == (language == "zh"), f"“{title}” is in the other language"
    assert serious_problems(page) == []
    page.set_viewport_size(PHONE)
    expect(page.locator("h1").first).to_be_visible()
    # Charts hear of their new width a moment later.
    until(page, lambda: page.evaluate(OVERFLOW) <= 0, "the page scrolls sideways on a phone", patience=10)


def serious_problems(page: Page) -> list[str]:
    """What axe finds serious or critical; a notice that fades in or out has no colour of its own to judge."""
    stand_still(page)
    page.evaluate(AXE.read_text())
    found: list[str] = page.evaluate(SERIOUS)
    return found
