"""The products a customer is likely to buy next, on their page, in the reader's language."""

import re

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import LANGUAGES, visit

TITLES = {"en": "Likely to buy next", "zh": "可能购买的商品"}
REASON = {"en": re.compile("Because they bought|Bought|Popular with"), "zh": re.compile("因为买过|购买|欢迎")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_customer_says_what_they_are_likely_to_buy_and_why(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        best = page.request.get("/api/v1/customers?sort=-orders&limit=1").json()["items"][0]
        told = page.request.get(f"/api/v1/customers/{best['id']}/recommendations").json()
        visit(page, f"/customers/{best['id']}", language)
        lines = page.get_by_role("region", name=TITLES[language]).get_by_role("listitem")
        expect(lines).to_have_count(len(told["items"]))
        assert len(told["items"]) == 10
        expect(lines.first).to_contain_text(told["items"][0]["product"]["name"])
        for line in lines.all():
            expect(line).to_contain_text(REASON[language])
            expect(line).to_contain_text(re.compile(r"\d%"))
        assert {one["kind"] for one in told["items"]} == {"new", "again"}
