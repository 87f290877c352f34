"""Messages on a page of another origin, in a real Chromium: shown to whom the shop vouches for, accessible, and told back."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import StorageState, expect
from sqlalchemy import text

from tenure.app.wiring import Stores
from tenure.channels.channel import Outgoing, Receipt
from tenure.kit.db import transaction
from tenure.outreach.ledger import service as ledger
from tenure.outreach.ledger.asks import NewSend
from tenure.outreach.onsite.inbox import Inbox
from tenure.outreach.onsite.presses import Presses
from tenure.sources.tracking.keys.vouching import identity_secret
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.elsewhere import Elsewhere, elsewhere
from tests.browser.settled import until
from tests.browser.shop import READER, WAITING, Shop, of_this_site
from tests.browser.test_pages import serious_problems

WORDS = {
    "en": ("Your coffee is back", "The beans you liked are in stock again.", "See them", "Close"),
    "zh": ("您喜欢的咖啡到货了", "您常买的豆子已重新上架。", "去看看", "关闭"),
}


@dataclass(frozen=True)
class Pages:
    """The shop's pages elsewhere, their write key, and the shop's stores opened beside its server."""

    stores: Stores
    site: Elsewhere
    key: str
    key_id: str

    def lay(self, send: str, who: str, language: str, style: str = "banner") -> None:
        title, body, button, _ = WORDS[language]
        message = Outgoing(send, who, title, f"{body}\n[{button}](/bought)", language=language, extra={"style": style})
        assert isinstance(Inbox(self.stores.engine, self.stores.clock).send(message), Receipt)

    def proof(self, who: str) -> str:
        secret = identity_secret(self.stores.secret, self.key_id)
        return hmac.digest(secret.encode(), who.encode(), hashlib.sha256).hex()

    def open(self, path: str, who: str) -> str:
        told = json.dumps({"hash": self.proof(who)})
        return self.site.page(path, f'tenure.load("{self.key}"); tenure.identify("{who}", {{}}, {told})')

    def became(self, send: str) -> list[bool]:
        with transaction(self.stores.engine) as session:
            asked = text("SELECT shown_at, clicked_at, dismissed_at FROM inbox_messages WHERE send_id = :send")
            return [moment is not None for moment in session.execute(asked, {"send": send}).one()]


@pytest.fixture(scope="module")
def pages(open_page: OpenPage, keeper: StorageState, shop: Shop) -> Iterator[Pages]:
    """The pages of this file."""
    with open_page(base=shop.url, logged_in=keeper) as page:
        asked = page.request.post("/api/v1/tracking/keys", data={"name": "site"}, headers=of_this_site(page))
        made = asked.json()
    with elsewhere(shop.url) as site, shop.beside() as beside:
        yield Pages(beside, site, made["secret"], made["id"])


@pytest.mark.parametrize("language", WORDS)
def test_a_banner_is_shown_while_the_page_is_open_and_its_button_is_told_back(
    language: str, open_page: OpenPage, pages: Pages
) -> None:
    title, body, button, close = WORDS[language]
    send = f"snd_banner_{language}"
    with open_page(viewport=DESK) as page:
        page.goto(pages.open("/", READER))
        page.wait_for_function("!Array.isArray(window.tenure)")
        pages.site.page("/bought", "")
        pages.lay(send, READER, language)
        banner = page.get_by_role("region", name=title)
        expect(banner.get_by_text(body)).to_be_visible()
        expect(page.locator("#own")).to_be_visible()
        assert banner.get_attribute("lang") == language
        expect(banner.get_by_role("button", name=close)).to_be_visible()
        assert serious_problems(page) == []
        until(page, lambda: pages.became(send) == [True, False, False])
        page.set_viewport_size(PHONE)
        expect(banner).to_be_in_viewport()
        banner.get_by_role("link", name=button).click()
        page.wait_for_url("**/bought")
        until(page, lambda: pages.became(send) == [True, True, False])
        page.go_back()
        page.wait_for_timeout(2_000)
        expect(page.locator("tenure-message")).to_have_count(0)  # shown once


@pytest.mark.parametrize("language", WORDS)
def test_a_modal_takes_the_focus_keeps_it_and_gives_it_back(language: str, open_page: OpenPage, pages: Pages) -> None:
    title, _, button, close = WORDS[language]
    send = f"snd_modal_{language}"
    with open_page(viewport=DESK) as page:
        page.goto(pages.open("/modal", READER))
        page.wait_for_function("!Array.isArray(window.tenure)")
        page.locator("#own").focus()
        pages.lay(send, READER, language, "modal")
        dialog = page.get_by_role("dialog", name=title)
        expect(dialog).to_be_visible()
        assert serious_problems(page) == []
        inside = "document.activeElement.shadowRoot?.activeElement?.textContent"
        seen = set()
        for _ in range(4):
            page.keyboard.press("Tab")
            seen.add(page.evaluate(inside))
        assert {button, "×"} <= seen
        expect(dialog.get_by_role("button", name=close)).to_be_visible()
        page.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        until(page, lambda: page.evaluate("document.activeElement.id") == "own", "the focus is not given back")
        until(page, lambda: pages.became(send) == [True, False, True])


def test_nobody_sees_a_message_by_knowing_a_users_id_and_nothing_without_consent(
    open_page: OpenPage, pages: Pages
) -> None:
    pages.lay("snd_secret", WAITING, "en")
    with open_page() as page:
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        told = json.dumps({"hash": pages.proof(WAITING)})
        load = f'tenure.load("{pages.key}", {{consent: false}}); tenure.identify("{WAITING}", {{}}, {told})'
        page.goto(pages.site.page("/silent", load))
        page.wait_for_function("!Array.isArray(window.tenure)")
        page.wait_for_timeout(1_500)
        assert not [url for url in asked if "/onsite/" in url or "/v1/" in url]
        page.evaluate("void tenure.consent(true)")
        expect(page.get_by_role("region")).to_be_visible()
        page.get_by_role("button", name="Close").click()
        until(page, lambda: pages.became("snd_secret") == [True, False, True])


def test_the_words_of_a_message_are_never_markup(open_page: OpenPage, pages: Pages) -> None:
    with open_page() as page:
        page.goto(pages.open("/markup", READER))
        words = "<img src=x onerror='window.broken=1'><b>bold</b>"
        assert isinstance(
            Inbox(pages.stores.engine, pages.stores.clock).send(Outgoing("snd_markup", READER, "<i>Hi</i>", words)),
            Receipt,
        )
        expect(page.get_by_text("<b>bold</b>")).to_be_visible()
        assert page.evaluate("window.broken") is None
        page.get_by_role("button", name="Close").click()


def pushed(stores: Stores) -> str:
    """Write down a send that left as a push; returns its id."""
    with transaction(stores.engine) as session:
        now = stores.clock.now()
        ledger.ask(session, NewSend("pressed", "push", [READER], "marketing", now, "test"), now)
        left = text("UPDATE sends SET accepted_at = :now, due_at = :later WHERE message = 'pressed' RETURNING id")
        return str(session.execute(left, {"now": now, "later": now + timedelta(days=9)}).scalar_one())


def pressed_on(stores: Stores, send: str) -> list[dict[str, str]]:
    with transaction(stores.engine) as session:
        asked = text("SELECT details FROM send_events WHERE send_id = :send AND what = 'clicked'")
        return list(session.scalars(asked, {"send": send}))


def test_pushes_reach_a_browser_through_the_shops_own_worker(open_page: OpenPage, pages: Pages) -> None:
    pages.site.worker = f'importScripts("{pages.site.host}/t-push.js");'
    with open_page() as page:
        page.context.grant_permissions(["notifications"], origin=pages.site.url)
        page.goto(pages.open("/push", READER))
        page.wait_for_function("!Array.isArray(window.tenure)")
        ready = page.evaluate(
            """async () => {
                const worker = await navigator.serviceWorker.register("/tenure-push.js");
                await navigator.serviceWorker.ready;
                return worker.active.state;
            }"""
        )
        assert ready in ("activating", "activated")
        (worker,) = page.context.service_workers
        send = pushed(pages.stores)
        press = Presses(pages.site.host, pages.stores.secret).told_in(send)
        told = {"title": "Back in stock", "body": "Your beans", "url": "/bought", "language": "en"}
        words = {**told, "id": send, "press": press}
        shown = worker.evaluate(
            """(words) => new Promise((done) => {
                self.registration.showNotification = (title, options) => (done([title, options.body, options.data]), Promise.resolve());
                self.dispatchEvent(new PushEvent("push", {data: JSON.stringify(words)}));
            })""",
            words,
        )  # a Chromium without a screen shows no notifications: what would be shown is what is looked at
        assert shown == ["Back in stock", "Your beans", {"url": "/bought", "press": press}]
        opened = worker.evaluate(
            """(told) => new Promise((done) => {
                self.clients.openWindow = (url) => (done(url), Promise.resolve());
                const pressed = new Event("notificationclick");
                Object.assign(pressed, {notification: {close: () => {}, data: told}, waitUntil: () => {}});
                self.dispatchEvent(pressed);
            })""",
            shown[2],
        )
        assert opened.endswith("/bought")
        until(page, lambda: pressed_on(pages.stores, send) == [{"on": "push"}])
