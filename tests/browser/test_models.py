"""A version of the churn model tells whether it may be trusted, and a customer's page tells their health."""

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import LANGUAGES, assert_good, visit


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_one_model_is_whole_accessible_and_fits_a_phone(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        version = page.request.get("/api/v1/models").json()["in_use"]
        visit(page, f"/models/{version}", language)
        assert_good(page, language)


def test_the_list_leads_to_the_model_in_use_and_its_gates(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        visit(page, "/models", "en")
        page.get_by_role("row").filter(has=page.get_by_text("in use", exact=True)).get_by_role("link").click()
        for gate in ("Better than silence alone", "Says what comes true", "Knew nothing of the future"):
            expect(page.get_by_text(gate)).to_be_visible()


def test_a_customers_health_is_a_hundred_less_their_risk(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        best = page.request.get("/api/v1/customers?sort=-value_365&limit=1").json()["items"][0]
        health = page.request.get(f"/api/v1/customers/{best['id']}/health").json()["current"]["health"]
        assert health == pytest.approx(100 * (1 - best["churn_risk"]), abs=1e-6)
        visit(page, f"/customers/{best['id']}", "en")
        panel = page.get_by_role("region", name="Health")
        expect(panel.get_by_text(f"{health:.0f}", exact=True)).to_be_visible()
