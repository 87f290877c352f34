"""The snippet on a page of another origin, in a real Chromium: what it tells, when it stores, what it never does."""

import gzip
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Request, StorageState

from tests.browser.conftest import DESK, OpenPage
from tests.browser.elsewhere import Elsewhere, elsewhere
from tests.browser.settled import until
from tests.browser.shop import Shop, of_this_site

MOST = 15_000  # bytes, compressed
WEB = Path(__file__).resolve().parents[2] / "web"
SEGMENT = WEB / "node_modules" / "@segment" / "analytics-next" / "dist" / "umd" / "index.js"


@pytest.fixture(scope="module")
def key(open_page: OpenPage, keeper: StorageState, shop: Shop) -> str:
    """A write key."""
    with open_page(base=shop.url, logged_in=keeper) as page:
        made = page.request.post("/api/v1/tracking/keys", data={"name": "site"}, headers=of_this_site(page))
        assert made.ok, made.text()
        return str(made.json()["secret"])


@pytest.fixture(scope="module")
def site(shop: Shop) -> Iterator[Elsewhere]:
    """A site of another origin."""
    with elsewhere(shop.url) as pages:
        yield pages


def timeline(open_page: OpenPage, keeper: StorageState, shop: Shop, who: str) -> list[dict[str, Any]]:
    with open_page(base=shop.url, logged_in=keeper) as page:
        found = page.request.get(f"/api/v1/customers/{who}/timeline")
        return list(found.json()["items"]) if found.ok else []


def sent(page: Page) -> list[dict[str, Any]]:
    """Return the list that fills with every call the page sends from now on."""
    calls: list[dict[str, Any]] = []

    def heard(request: Request) -> None:
        if request.url.endswith("/v1/batch") and request.method == "POST":
            calls.extend(json.loads(request.post_data or "{}")["batch"])

    page.on("request", heard)
    return calls


def stored(page: Page) -> list[str]:
    names: list[str] = page.evaluate("[...Object.keys(localStorage), ...document.cookie.split('; ').filter(Boolean)]")
    return sorted(name.split("=")[0].split(".queue")[0] for name in names)


def test_what_a_visitor_does_is_on_the_timeline_of_whom_they_turn_out_to_be(
    open_page: OpenPage, keeper: StorageState, shop: Shop, site: Elsewhere, key: str
) -> None:
    script = f"""tenure.load("{key}"); tenure.page("Home");
        tenure.track("Product Viewed", {{product_id: "p-1"}}); tenure.identify("nell", {{email: "nell@shop.test", name: "Nell"}});
        tenure.track("Cart Viewed")"""
    with open_page(viewport=DESK) as page:
        calls = sent(page)
        page.goto(site.page("/", script) + "?utm_source=letter")
        until(page, lambda: len(calls) == 4)
        assert [call["type"] for call in calls] == ["page", "track", "identify", "track"]
        assert calls[0]["context"]["campaign"] == {"source": "letter"}
        assert len({call["anonymousId"] for call in calls}) == 1
        assert [call.get("userId") for call in calls] == [None, None, "nell", "nell"]
        until(page, lambda: "tenure.id" in stored(page))
        until(page, lambda: len(timeline(open_page, keeper, shop, "nell")) >= 1)
        assert stored(page) == ["tenure.id", "tenure.user", "tenure_id"]
        page.reload()  # the same visitor
        until(page, lambda: len(calls) == 8)
        assert len({call["anonymousId"] for call in calls}) == 1
        assert len({call["messageId"] for call in calls}) == 8


def test_nothing_is_stored_or_sent_without_consent_and_everything_goes_after_it(
    open_page: OpenPage, site: Elsewhere, key: str
) -> None:
    script = f'tenure.load("{key}", {{consent: false}}); tenure.page(); tenure.track("Signed Up")'
    with open_page() as page:
        asked: list[str] = []
        page.goto(site.page("/asks", script))
        page.wait_for_function("!Array.isArray(window.tenure)")
        page.on("request", lambda request: asked.append(request.url))
        page.wait_for_timeout(1_500)
        assert (asked, stored(page)) == ([], [])
        calls = sent(page)
        page.evaluate("void tenure.consent(true)")
        until(page, lambda: len(calls) == 2)
        assert [call["type"] for call in calls] == ["page", "track"]
        page.reload()  # the word is remembered
        until(page, lambda: len(calls) == 4)
        page.evaluate("void tenure.consent(false)")
        page.evaluate("void tenure.track('Left')")
        page.wait_for_timeout(1_000)
        assert (len(calls), stored(page)) == (4, [])


@pytest.mark.parametrize("honours", [True, False])
def test_a_browser_that_asks_for_privacy_is_heard_unless_the_shop_decides_otherwise(
    open_page: OpenPage, site: Elsewhere, key: str, honours: bool
) -> None:
    setting = "" if honours else ", {honourSignals: false}"
    with open_page() as page:
        page.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})")
        calls = sent(page)
        page.goto(site.page(f"/private-{honours}", f'tenure.load("{key}"{setting}); tenure.page()'))
        if honours:
            page.wait_for_timeout(1_500)
            assert (calls, stored(page)) == ([], [])
        else:
            until(page, lambda: len(calls) == 1 and len(stored(page)) == 2)


def test_what_could_not_be_sent_is_sent_later_once_also_by_another_page(
    browser: Browser, open_page: OpenPage, keeper: StorageState, shop: Shop, site: Elsewhere, key: str
) -> None:
    with browser.new_context() as context:  # refused requests complain in the console, which is what is wanted here
        page = context.new_page()
        page.route(
            "**/v1/batch",
            lambda route: route.fulfill(status=503, headers={"Retry-After": "1", "Access-Control-Allow-Origin": "*"}),
        )
        calls = sent(page)
        page.goto(site.page("/line", f'tenure.load("{key}"); tenure.identify("olli"); tenure.track("Kept", {{n: 1}})'))
        until(page, lambda: len(calls) >= 4)  # tried twice
        assert "tenure" in stored(page)  # a queue
        page.unroute("**/v1/batch")
        until(page, lambda: "tenure" not in stored(page))
        assert len({call["messageId"] for call in calls}) == 2
        page.evaluate(
            "localStorage.setItem('tenure.queue.gone', JSON.stringify({at: 0, calls: [{type: 'track', event: 'Adopted', messageId: 'm-1', userId: 'olli'}]}))"
        )
        before = len(calls)
        page.reload()
        until(page, lambda: any(call.get("event") == "Adopted" for call in calls[before:]))
        until(page, lambda: "Kept" in str(timeline(open_page, keeper, shop, "olli")))


def test_what_waits_when_the_page_goes_is_handed_to_the_browser(
    open_page: OpenPage, keeper: StorageState, shop: Shop, site: Elsewhere, key: str
) -> None:
    with open_page() as page:
        page.goto(site.page("/leaving", f'tenure.load("{key}")'))
        page.wait_for_function("!Array.isArray(window.tenure)")
        page.evaluate("tenure.identify('pat'); tenure.track('Last Word'); location.href = '/asks'")
        until(page, lambda: "Last Word" in str(timeline(open_page, keeper, shop, "pat")))


def test_another_person_at_the_same_browser_is_another_visitor(open_page: OpenPage, site: Elsewhere, key: str) -> None:
    with open_page() as page:
        calls = sent(page)
        page.goto(
            site.page(
                "/shared",
                f'tenure.load("{key}"); tenure.identify("ann"); tenure.identify("bob"); tenure.reset(); tenure.page()',
            )
        )
        until(page, lambda: len(calls) == 3)
        assert len({call["anonymousId"] for call in calls}) == 3
        assert [call.get("userId") for call in calls] == ["ann", "bob", None]


def test_the_script_is_small_cached_marked_and_for_everybody(shop: Shop) -> None:
    asked = urllib.request.Request(f"{shop.url}/t.js", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        packed, headers = answer.read(), dict(answer.headers)
    assert len(packed) < MOST, f"the snippet has {len(packed)} bytes"
    assert b"tenure" in gzip.decompress(packed)
    assert "max-age=86400" in headers["cache-control"]
    assert headers["access-control-allow-origin"] == "*"
    again = urllib.request.Request(f"{shop.url}/t.js", headers={"If-None-Match": headers["etag"]})
    with pytest.raises(urllib.error.HTTPError) as same:
        urllib.request.urlopen(again, timeout=10)
    with same.value as answer:  # it holds a socket
        assert answer.code == 304


def test_segments_own_library_for_browsers_tells_its_events_here_by_changing_the_host(
    open_page: OpenPage, keeper: StorageState, shop: Shop, site: Elsewhere, key: str
) -> None:
    script = """async ([writeKey, cdnURL]) => {
        const [analytics] = await AnalyticsNext.AnalyticsBrowser.load({ writeKey, cdnURL });
        await analytics.identify("ajay", { email: "ajay@shop.test", name: "Ajay" });
        await analytics.page("Home");
        await analytics.track("Product Viewed", { product_id: "p-1" });
    }"""
    with open_page() as page:
        page.goto(site.page("/segment", ""))
        page.add_script_tag(path=SEGMENT)
        page.evaluate(script, [key, shop.url])
        until(page, lambda: len(timeline(open_page, keeper, shop, "ajay")) >= 1)
        until(page, lambda: "looked at a product" in json.dumps(timeline(open_page, keeper, shop, "ajay")))
