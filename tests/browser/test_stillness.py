"""Where the system asks for stillness, whatever opens stands at once beside what opened it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.settled import until
from tests.browser.shop import READER, Shop
from tests.browser.test_pages import visit

BESIDE = 24  # pixels between what opened and its button


@pytest.fixture
def still(open_page: OpenPage, keeper: StorageState, shop: Shop) -> Iterator[Page]:
    """A page of a member whose system asks for reduced motion."""
    with open_page("en-US", DESK, keeper, shop.url) as page:
        page.emulate_media(reduced_motion="reduce")
        yield page


def opens_beside(page: Page, opener: Locator, opened: Locator) -> None:
    """What opens is wholly on screen, and right below or above what opened it."""
    opener.click()
    expect(opened).to_be_in_viewport(ratio=1)

    def beside() -> bool:
        theirs, its = opened.bounding_box(), opener.bounding_box()
        if theirs is None or its is None:
            return False
        return (
            -BESIDE <= max(theirs["y"] - its["y"] - its["height"], its["y"] - theirs["y"] - theirs["height"]) <= BESIDE
        )

    until(page, beside, "it opened somewhere else", patience=10)


def test_a_menu_opens_beside_its_button(still: Page) -> None:
    visit(still, f"/customers/{READER}", "en")
    opens_beside(still, still.get_by_role("button", name="Data of this person"), still.locator(".ant-dropdown"))


def test_the_choices_of_a_field_open_beside_it(still: Page) -> None:
    visit(still, "/audit", "en")
    opens_beside(still, still.locator(".ant-select").first, still.locator(".ant-select-dropdown"))


def test_a_popover_opens_beside_its_button(still: Page) -> None:
    visit(still, "/customers", "en")
    opens_beside(still, still.get_by_role("main").get_by_role("button", name="Columns"), still.locator(".ant-popover"))
