"""The browser itself: it renders, runs scripts, draws Chinese, and tells of errors."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage


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
