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


RIVALS = {"en": "Something new: which way finds it best?", "zh": "新商品：哪种方法找得最准？"}
REPEATS = {"en": "Something again: what do they buy anew?", "zh": "再次购买：会回购什么？"}
EXAMPLE = {"en": "What a customer sees", "zh": "客户看到的名单"}
CHOSEN = {"en": "chosen", "zh": "采用"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_recommendations_tells_the_contest_repeats_apart_and_what_a_customer_sees(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        told = page.request.get("/api/v1/recommendations").json()
        visit(page, "/recommendations", language)
        rows = page.get_by_role("region", name=RIVALS[language]).get_by_role("row")
        expect(rows).to_have_count(len(told["judged"]["trials"]) + 2)  # a heading, and the lists as they are made
        winner = next(trial for trial in told["judged"]["trials"] if trial["method"] == told["method"])
        row = rows.filter(has_text=CHOSEN[language])
        expect(row).to_have_count(1)
        expect(row).to_contain_text(f"{winner['new']['recall']:.1%}")
        expect(row).to_contain_text(f"{winner['new']['ndcg']:.3f}")
        expect(row).to_contain_text(f"{winner['new']['precision']:.1%}")
        again = page.get_by_role("region", name=REPEATS[language]).get_by_role("row")
        expect(again.nth(1)).to_contain_text(f"{told['judged']['again']['recall']:.1%}")
        example = page.get_by_role("region", name=EXAMPLE[language])
        expect(example.get_by_role("listitem")).to_have_count(5)
