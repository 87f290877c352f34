"""The browser itself: it renders, runs scripts, draws Chinese, and tells of errors."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage
from tests.browser.side_by_side import DEMO, HERE, group_of


def test_the_browser_renders_a_page_and_runs_its_script(browser_page: Page) -> None:
    browser_page.set_content("<h1>留客</h1><script>document.title = 'kept ' + (40 + 2)</script>")
    assert browser_page.title() == "kept 42"
    assert browser_page.locator("h1").inner_text() == "留客"


def test_chinese_words_are_drawn_and_not_boxes(browser_page: Page) -> None:
    browser_page.set_content("<b style='font: 40px sans-serif'>客</b>")
    drawn = browser_page.locator("b").screenshot()
    browser_page.set_content("<b style='font: 40px sans-serif'>户</b>")
    assert browser_page.locator("b").screenshot() != drawn, "two signs look the same: a font is missing"


def test_a_page_that_complains_in_its_console_is_noticed(open_page: OpenPage) -> None:
    with pytest.raises(AssertionError, match="complained"), open_page() as page:
        page.set_content("<script>console.error('something broke')</script>")


def test_files_that_share_the_demo_company_are_one_group_and_each_other_file_is_its_own(
    request: pytest.FixtureRequest,
) -> None:
    groups = {
        (DEMO in item.fixturenames, group_of(item.nodeid) == DEMO)
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.path.parent == HERE
    }
    assert (True, False) not in groups, "a test of the demo company would be done by whoever has time"
    assert (
        group_of("tests/browser/test_running.py::test_x[/a::b]") == group_of("tests/browser/test_pages.py::y") == DEMO
    )
    assert group_of("tests/browser/test_contact.py::test_x[en]") == "test_contact.py"
    assert group_of("tests/browser/test_chromium.py::test_x") == "test_chromium.py"
