"""A signal tells how right it was, and one that is not can be turned off."""

import re

import pytest
from playwright.sync_api import Route, StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import LANGUAGES, visit

# What a year of use leaves behind: a demo made a minute ago cannot know what became of its alerts.
BACK_TEST = {
    "as_of": "2026-01-01T00:00:00Z", "instants": 6, "customers": 52_000, "alerts": 700, "precision": 0.31,
    "precision_low": 0.27, "precision_high": 0.35, "base_rate": 0.38, "alike_rate": 0.33, "lift": 0.94, "lift_low": 0.8,
    "lift_high": 1.1, "recall": 0.02, "false_alerts_a_month": 0.004, "lead_days": -12.0, "alerts_a_week": 30.0,
}  # fmt: skip
HAPPENED = {"alerts": 120, "left": 36, "share": 0.3, "low": 0.22, "high": 0.39}
ADVICE = {"verdict": "off", "reason": {"en": "No better than chance.", "zh": "不优于随机。"}}
WORDS = {
    "en": ("Left, of others just as active", "Left, after it was really raised", "36 of 120", "Warned too late by"),
    "zh": ("同等活跃的其他客户的流失比例", "实际预警后的流失比例", "120 位中 36 位", "预警滞后"),
}
OFF = {"en": "Turn it off", "zh": "停用此信号"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_signal_that_was_wrong_says_so_in_figures_and_is_turned_off(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        told = page.request.get("/api/v1/signals").json()[0]

        def judged(route: Route) -> None:
            answer = route.fetch()
            first, *rest = answer.json()
            route.fulfill(
                response=answer, json=[{**first, "back_test": BACK_TEST, "happened": HAPPENED, "advice": ADVICE}, *rest]
            )

        page.route("**/api/v1/signals", judged)
        visit(page, "/signals", language)
        card = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name=told["label"][language])).first
        for word in WORDS[language]:
            expect(card.get_by_text(re.compile(re.escape(word)))).to_be_visible()
        card.get_by_role("button", name=OFF[language]).click()
        expect(card.get_by_role("switch")).not_to_be_checked()
        assert not page.request.get("/api/v1/signals").json()[0]["enabled"]
        card.get_by_role("switch").click()
        expect(card.get_by_role("switch")).to_be_checked()
