"""What came back, on screen: figures by channel that say what nobody measures."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import text

from tenure.app import settings
from tenure.app.wiring import Stores, stores
from tenure.kit.db import transaction
from tenure.outreach.shortlinks.service import Shortener
from tests.browser.conftest import DESK, OpenPage
from tests.browser.shop import enter
from tests.browser.site import fresh_site
from tests.browser.test_pages import LANGUAGES, assert_good, visit
from tests.outreach.make import ask, people

PUBLIC = "https://crm.example.com"
WORDS = {
    "en": ("not measured", "every customer of a task", "Results"),
    "zh": ("未统计", "每位客户收到的内容相同", "结果"),
}
LONG = f"https://shop.example.com/products/{'coffee-' * 18}beans"
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)


@dataclass(frozen=True)
class Shop:
    """Where the shop is served, and its message."""

    url: str
    message: str


@pytest.fixture(scope="module")
def shop(open_page: OpenPage) -> Iterator[tuple[Shop, object]]:
    """A shop the world reaches, whose message went over four channels and was pressed in a text."""
    home = Path(tempfile.mkdtemp(prefix="tenure-reading-"))
    home.chmod(0o755)  # the embedded server's account must reach it when we are root
    with pytest.MonkeyPatch.context() as environment:
        environment.setitem(os.environ, "TENURE_PUBLIC_URL", PUBLIC)
        try:
            with fresh_site(home) as url, open_page(base=url) as page:
                enter(page)
                token = next(str(one["value"]) for one in page.context.cookies() if one["name"] == "tenure_csrf")
                headers = {"X-CSRF-Token": token}
                mail = {"subject": "News", "mjml": "<mjml><mj-body></mj-body></mjml>"}
                said = {"text": f"Your beans are back: {LONG} Reply STOP"}
                channels = {"sms": {"en": said, "zh": said}, "email": {"en": mail}}
                made = page.request.post(
                    "/api/v1/messages", data={"name": "News", "channels": channels}, headers=headers
                )
                message = str(made.json()["id"])
                assert page.request.post(f"/api/v1/messages/{message}/publish", headers=headers).ok
                with stores(settings.read({"TENURE_HOME": str(home)}), home / "corner-shop") as beside:
                    _fill(beside, message)
                yield Shop(url, message), page.context.storage_state()
        finally:
            shutil.rmtree(home, ignore_errors=True)


def _fill(beside: Stores, message: str) -> None:
    now, everybody = beside.clock.now(), [f"c{number}" for number in range(8)]
    people(beside, *everybody)
    for channel in ("sms", "email", "wecom", "push"):
        ask(beside, everybody, message, channel)
    with transaction(beside.engine) as session:
        session.execute(text("UPDATE sends SET accepted_at = :now, due_at = :now + interval '9 days'"), {"now": now})
        pressed = list(session.scalars(text("SELECT id FROM sends WHERE via = 'sms' ORDER BY id LIMIT 3")))
        Shortener.derived(beside.secret, PUBLIC).shorten(session, dict.fromkeys(pressed, LONG), now)
        session.execute(
            text(
                "INSERT INTO send_events (send_id, at, what, details) SELECT unnest(CAST(:ids AS text[])), :now, 'clicked', '{}'"
            ),
            {"ids": pressed, "now": now},
        )


def _shot(page: Page, name: str) -> None:
    folder = os.environ.get("TENURE_SHOTS")
    if folder:
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


@SPOKEN
def test_results_tell_each_channel_and_what_nobody_measures(
    language: str, open_page: OpenPage, shop: tuple[Shop, object]
) -> None:
    (told, cookies), (unmeasured, why, results) = shop, WORDS[language]
    with open_page(LANGUAGES[language], DESK, cookies, told.url) as page:
        visit(page, f"/messages/{told.message}?tab=results", language)
        page.get_by_role("tab", name=results).click()
        expect(page.get_by_text("3 · 37.5").first).to_be_visible()
        expect(page.get_by_text(unmeasured, exact=True)).to_have_count(4)  # of texts and pushes one, of WeCom both
        expect(page.get_by_text(why)).to_be_visible()
        _shot(page, f"reading-{language}")
        assert_good(page, language, chinese_title=False)
