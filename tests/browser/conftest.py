"""A real Chromium in front of a real server: ``browser_page`` is a page nobody has logged in to yet."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tests.browser import chromium

DESK = ViewportSize(width=1280, height=800)
OpenPage = Callable[..., AbstractContextManager[Page]]


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
def open_page(browser: Browser) -> OpenPage:
    """Open a page of its own in a language and a size; leaving it fails when the page had complained."""

    @contextmanager
    def opened(language: str = "en-US", viewport: ViewportSize = DESK, storage: str | None = None) -> Iterator[Page]:
        complaints: list[str] = []
        context = browser.new_context(locale=language, viewport=viewport, storage_state=storage)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        context.close()
        assert complaints == [], "the page complained in its console"

    return opened


@pytest.fixture
def browser_page(open_page: OpenPage) -> Iterator[Page]:
    """An English page at the size of a desk."""
    with open_page() as page:
        yield page
