"""A real Chromium in front of a real server: the demo company, served by a process of its own."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, StorageState, ViewportSize, expect, sync_playwright
from xdist.remote import Producer  # type: ignore[import-untyped]

from tests.browser import chromium
from tests.browser.pictures import picture
from tests.browser.shop import Shop, enter, messaging_shop
from tests.browser.side_by_side import ByShop
from tests.browser.site import Site, demo_site, new_home

DESK = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
PATIENCE = 60_000  # milliseconds; the slowest page of the demo takes under 3,000 on two cores
OpenPage = Callable[..., AbstractContextManager[Page]]
expect.set_options(timeout=PATIENCE)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByShop:
    """Keep tests that share a shop in one process, where several share the tests."""
    return ByShop(config, log)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the session."""
    found = chromium.prepare()
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(chromium.NODE)
    with sync_playwright() as playwright:
        surroundings: dict[str, str | float | bool] = {**os.environ, **found.environment}
        running = playwright.chromium.launch(executable_path=found.executable, env=surroundings)
        yield running
        running.close()


@pytest.fixture(scope="session")
def tenure_site() -> Iterator[Site]:
    """The demo company, computed and served, for the session; or one already served, named in TENURE_TEST_SITE.

    ``TENURE_TEST_SITE="http://127.0.0.1:8765 owner@hearth-harbor.example.com password"``
    """
    if named := os.environ.get("TENURE_TEST_SITE"):
        yield Site(*named.split())
        return
    with new_home() as home, demo_site(home) as site:
        yield site


@pytest.fixture(scope="session")
def open_page(browser: Browser) -> OpenPage:
    """Open a page in a language and a size; leaving it fails when the page had complained in its console."""

    @contextmanager
    def opened(
        language: str = "en-US",
        viewport: ViewportSize = DESK,
        logged_in: StorageState | None = None,
        base: str | None = None,
    ) -> Iterator[Page]:
        complaints: list[str] = []
        context = browser.new_context(
            locale=language,
            viewport=viewport,
            storage_state=logged_in,
            base_url=base,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.on("console", lambda said: complaints.extend(_complaint(said)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        except BaseException:
            picture(page, "broken")
            raise
        finally:
            context.close()
        assert complaints == [], "the page complained in its console"

    return opened


@pytest.fixture
def browser_page(open_page: OpenPage) -> Iterator[Page]:
    """An empty page, English, at the size of a desk."""
    with open_page() as page:
        yield page


@pytest.fixture(scope="session")
def owner(open_page: OpenPage, tenure_site: Site) -> StorageState:
    """The cookies of the demo's owner, won by typing the password."""
    with open_page(base=tenure_site.url) as page:
        page.goto("/")
        page.get_by_label("E-mail").fill(tenure_site.email)
        page.get_by_label("Password", exact=True).fill(tenure_site.password)
        page.locator("button[type=submit]").click()
        page.locator("nav").first.wait_for()
        return page.context.storage_state()


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A small shop of the file's own, with a few customers and messages."""
    with new_home() as home, messaging_shop(home) as served:
        yield served


@pytest.fixture(scope="module")
def keeper(open_page: OpenPage, shop: Shop) -> StorageState:
    """The cookies of the shop's owner, who is the first to enter."""
    with open_page(base=shop.url) as page:
        enter(page)
        return page.context.storage_state()


def _complaint(said: ConsoleMessage) -> list[str]:
    # Asking who is logged in is answered with 401 when nobody is; Chromium counts that as an error.
    asked_who = said.location["url"].endswith("/api/v1/session") and "401" in said.text
    return [f"{said.text} {said.location['url']}"] if said.type == "error" and not asked_who else []
