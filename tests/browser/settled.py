"""Waiting: for a page that has asked for all it needs, for one that stands still, for anything else to come true."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Request

QUIET = 0.5  # seconds without a request under way
PATIENCE = 60  # seconds; the slowest page of the demo takes under 3 on two cores
NOTICES = """if (window === top && !window.noticed) {
    window.noticed = new Set();
    const look = () => document.querySelectorAll(".ant-message-notice").forEach((one) => noticed.add(one.textContent));
    new MutationObserver(look).observe(document, {childList: true, subtree: true, characterData: true});
}"""
STILL = """() => document.getAnimations().every((one) =>
    one.playState !== "running" || one.effect.getComputedTiming().endTime === Infinity)"""


@contextmanager
def settled(page: Page) -> Iterator[None]:
    """Wait, after the body, until no request of the page has been under way for half a second.

    Playwright's own "networkidle" also waits for frames, and never ends when a frame is given new content as it loads.
    """
    waiting: set[Request] = set()

    def begun(request: Request) -> None:
        if request.is_navigation_request() or request.resource_type == "eventsource":
            return  # `goto` waits for the one, and the other stays open
        if request.frame == page.main_frame:
            waiting.add(request)

    def ended(request: Request) -> None:
        waiting.discard(request)

    page.on("request", begun)
    page.on("requestfinished", ended)
    page.on("requestfailed", ended)
    try:
        yield
        _wait(page, waiting)
    finally:
        page.remove_listener("request", begun)
        page.remove_listener("requestfinished", ended)
        page.remove_listener("requestfailed", ended)


def until(
    page: Page, happened: Callable[[], bool], what: str = "it did not happen", patience: float = PATIENCE
) -> None:
    """Wait for something the page cannot be asked to wait for; the page lives on meanwhile."""
    deadline = time.monotonic() + patience
    while not happened():
        assert time.monotonic() < deadline, what
        page.wait_for_timeout(100)


def noticed(page: Page, words: str, patience: float = PATIENCE) -> None:
    """Wait until a page that was visited has said something in a notice, which may have gone again since."""
    until(page, lambda: words in page.evaluate("[...noticed].join()"), f"never said: {words}", patience)


def stand_still(page: Page) -> None:
    """Wait until nothing on the page fades or slides any more; what turns for ever may."""
    page.wait_for_function(STILL)


def _wait(page: Page, waiting: set[Request]) -> None:
    now = time.monotonic()
    deadline, busy = now + PATIENCE, now
    while (now := time.monotonic()) - busy < QUIET:
        if waiting:
            busy = now
        if now > deadline:
            raise TimeoutError(f"still under way: {sorted(request.url for request in waiting)}")
        page.wait_for_timeout(25)
