"""A message to many on screen: how far its queueing is, kept by a reload, stopped midway, and how it ended."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import StorageState, ViewportSize, expect
from sqlalchemy import text

from tenure.app import settings
from tenure.app.wiring import Stores, stores
from tenure.directory.customers.finding.service import Asked
from tenure.directory.members.service import operator
from tenure.kit.db import transaction
from tenure.outreach.sending import repository, service
from tenure.outreach.sending.asking import Asking
from tenure.outreach.sending.audience import Meant
from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.pictures import picture
from tests.browser.site import fresh_site, new_home
from tests.browser.test_pages import LANGUAGES, assert_good, visit
from tests.directory.make import OWNER_EMAIL, PASSWORD, owner
from tests.outreach.content.make import message
from tests.outreach.make import people

WORDS = {
    "en": {
        "half": "250,000 of 1,000,000 queued", "stop": "Stop and take back", "over": "Taken back after 250,000 of 1,000,000",
        "trouble": "It is tried again by itself", "done": "2 asked for", "waiting": "Waiting", "send": "Send…",
        "all": "Everybody", "go": "Send to 2", "publish": "Publish",
    },
    "zh": {
        "half": "已排队 250,000 / 1,000,000", "stop": "停止并撤回", "over": "处理 250,000 / 1,000,000 后撤回",
        "trouble": "系统会自动重试", "done": "已登记 2 条", "waiting": "等待中", "send": "发送…",
        "all": "全部客户", "go": "发送给 2 位", "publish": "发布",
    },
}  # fmt: skip
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)
HALF = text("""
    UPDATE dispatches SET state = 'queueing', customers = 1000000, handled = 250000, queued = 249000, failures = 1, error =
    '{"code": "error", "message": {"en": "The database was away.", "zh": "数据库暂不可用。"}, "remedy": null}' WHERE id = :id""")


@dataclass(frozen=True)
class Shop:
    """Where the shop is served, and its stores."""

    url: str
    stores: Stores


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """A shop with two customers who agreed, and a message in each language of the reader."""
    with (
        new_home() as home,
        fresh_site(home) as url,
        stores(settings.read({"TENURE_HOME": str(home)}), home / "corner-shop") as opened,
    ):
        people(opened, "willing-1", "willing-2")
        with transaction(opened.engine) as session:
            session.execute(
                text("""INSERT INTO customer_summaries (customer_id, orders, revenue, tier, as_of)
                        SELECT id, 1, 5, 'B', now() FROM customers""")
            )
        yield Shop(url, opened)


@pytest.fixture(scope="module")
def keeper(open_page: OpenPage, shop: Shop) -> StorageState:
    """The cookies of the shop's owner."""
    owner(shop.stores)
    with open_page(base=shop.url) as page:
        answer = page.request.post("/api/v1/session", data={"email": OWNER_EMAIL, "password": PASSWORD})
        assert answer.ok, answer.text()
        return page.context.storage_state()


@contextmanager
def a_quarter_queued(shop: Shop, name: str) -> Iterator[str]:
    """A dispatch held in the middle of its work, as if a worker were busy with a part of it; gives its message."""
    written = message(owner(shop.stores), name=name, channels={"sms": {"en": {"text": "Hello"}}})
    engine, now = shop.stores.engine, shop.stores.clock.now()
    with transaction(engine) as asking:
        wanted = Asking(written, "sms", Meant(found_by=Asked("", None, "name")))
        dispatch = service.ask(asking, wanted, operator(asking), now).id
        hold = repository.holding(engine, dispatch)
        assert hold.__enter__()
    try:
        with transaction(engine) as session:
            session.execute(HALF, {"id": dispatch})
        yield written
    finally:
        hold.__exit__(None, None, None)


@SPOKEN
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_how_far_it_is_is_told_on_both_pages_and_a_stop_ends_it(
    size: ViewportSize, language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says, name = WORDS[language], f"Great {language} {size['width']}"
    with (
        open_page(LANGUAGES[language], size, keeper, shop.url) as page,
        a_quarter_queued(shop, name) as written,
    ):
        visit(page, f"/messages/{written}?tab=results", language)
        for _ in range(2):  # a reload keeps it
            expect(page.get_by_text(says["half"])).to_be_visible()
            expect(page.get_by_text(says["trouble"])).to_be_visible()
            page.reload()
        expect(page.get_by_text(says["half"])).to_be_visible()
        picture(page, "going", whole=True)
        visit(page, "/sends", language)
        expect(page.get_by_text(says["half"])).to_be_visible()
        picture(page, "sends", whole=True)
        assert_good(page, language)
        page.set_viewport_size(size)
        page.get_by_role("link", name=name).first.click()
        page.get_by_role("button", name=says["stop"]).click()
        page.get_by_role("dialog").get_by_role("button", name=says["stop"]).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(page.get_by_text(says["over"])).to_be_visible()
        picture(page, "over", whole=True)
        assert_good(page, language, chinese_title=False)


@SPOKEN
def test_a_small_one_is_queued_by_the_worker_while_one_looks(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    written = message(owner(shop.stores), name=f"Small {language}", channels={"sms": {"en": {"text": "Hello"}}})
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, f"/messages/{written}", language)
        page.get_by_role("button", name=says["send"]).click()
        drawer = page.get_by_role("dialog")
        drawer.get_by_role("radio", name=says["all"]).check()
        drawer.get_by_role("button", name=re.compile(says["go"])).click()
        expect(page.get_by_text(says["done"])).to_be_visible(timeout=10_000)
        expect(page.get_by_text(says["waiting"]).first).to_be_visible()
        picture(page, "done", whole=True)
        assert_good(page, language, chinese_title=False)
