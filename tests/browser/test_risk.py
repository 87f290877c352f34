"""Where a customer's risk comes from, and whom the business stands to lose, as the pages tell it."""

import json
import re
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, StorageState, expect

from tests.browser.conftest import DESK, PHONE, OpenPage
from tests.browser.site import Site
from tests.browser.test_pages import LANGUAGES, assert_good, visit

STORY = {"en": "Where this risk comes from", "zh": "风险从何而来"}
PARTS = {
    "en": ("What makes up this risk", "Course of the risk", "What would lower it", "Association, not cause"),
    "zh": ("风险的构成", "风险走势", "怎样会更低", "这是关联，不是因果"),
}
ENDS = {"en": ("Average customer here", "This customer"), "zh": ("本店平均客户", "这位客户")}
RISKIEST = {"en": "Whom you stand to lose", "zh": "可能失去的客户"}
EXPORT = {"en": "Export to Excel", "zh": "导出 Excel"}


def dearest(page: Page) -> dict[str, object]:
    """The customer there is most to lose with."""
    found: dict[str, object] = page.request.get("/api/v1/customers?sort=-expected_loss&limit=1").json()["items"][0]
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bars_of_a_risk_lead_from_the_average_to_the_customers_own(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        customer = dearest(page)
        told = page.request.get(f"/api/v1/customers/{customer['id']}/risk").json()
        visit(page, f"/customers/{customer['id']}", language)
        panel = page.get_by_role("region", name=STORY[language])
        for part in PARTS[language]:
            expect(panel.get_by_text(part).first).to_be_visible()
        bars = panel.get_by_role("list", name=PARTS[language][0]).get_by_role("listitem")
        first, last = bars.first.inner_text(), bars.last.inner_text()
        assert ENDS[language][0] in first
        assert ENDS[language][1] in last
        assert f"{told['history'][-1]['risk']:.0%}" in last
        steps = [points_of(bar.inner_text()) for bar in bars.all()[1:-1]]
        average = int(re.findall(r"(\d+)%", first)[0])
        assert average + sum(steps) == pytest.approx(100 * told["history"][-1]["risk"], abs=1.5)
        reason = told["reasons"][0]["text"][language]
        expect(panel.get_by_text(reason).first).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_would_lower_a_risk_stands_beside_it(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        many = page.request.get("/api/v1/customers?sort=-expected_loss&limit=20").json()["items"]
        told = {one["id"]: page.request.get(f"/api/v1/customers/{one['id']}/risk/lowering").json() for one in many}
        someone = next(customer for customer, lines in told.items() if lines)
        visit(page, f"/customers/{someone}", language)
        panel = page.get_by_role("region", name=STORY[language])
        lines = panel.get_by_role("list", name=PARTS[language][2]).get_by_role("listitem")
        expect(lines).to_have_count(len(told[someone]))
        expect(lines.first).to_contain_text(told[someone][0]["label"][language])
        expect(lines.first).to_contain_text(f"{told[someone][0]['risk']:.0%}")


def test_a_risk_names_its_model_which_leads_to_the_models_page(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        customer = dearest(page)
        newest = page.request.get(f"/api/v1/customers/{customer['id']}/risk").json()["history"][-1]
        visit(page, f"/customers/{customer['id']}", "en")
        panel = page.get_by_role("region", name=STORY["en"])
        panel.get_by_role("link", name=newest["version"]).last.click()
        expect(page).to_have_url(re.compile(f"/models/{newest['version']}$"))
        expect(page.get_by_role("region", name="When it says 30%, do 30% leave?")).to_be_visible()
        expect(page.get_by_text(re.compile(r"Calling the riskiest 10% finds \d+%"))).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_those_with_most_to_lose_are_listed_and_each_leads_to_their_page(
    language: str, open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(LANGUAGES[language], DESK, owner, tenure_site.url) as page:
        customer = dearest(page)
        visit(page, "/predictions", language)
        panel = page.get_by_role("region", name=RISKIEST[language])
        first = panel.get_by_role("row").nth(1)
        expect(first).to_contain_text(str(customer["name"]))
        reason = customer["reason"]
        assert isinstance(reason, dict)
        expect(first).to_contain_text(str(reason[language]))
        expect(panel.get_by_role("button", name=EXPORT[language])).to_be_visible()
        first.get_by_role("link").click()
        expect(page.get_by_role("region", name=STORY[language])).to_be_visible()


def test_filters_narrow_the_list_and_stand_in_the_address(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        wanted = [
            {"field": "churn_risk", "op": "gte", "value": 0.6},
            {"field": "tier", "op": "eq", "value": "B"},
            {"field": "country", "op": "eq", "value": "DE"},
        ]
        asked = quote(json.dumps({"all": wanted}))
        total = page.request.get(f"/api/v1/customers?filter={asked}&limit=1").json()["total"]["count"]
        assert total > 0
        visit(page, "/predictions?level=high&tier=B", "en")
        panel = page.get_by_role("region", name=RISKIEST["en"])
        panel.get_by_label("Group", exact=True).last.click()
        page.keyboard.type("Germany")
        page.keyboard.press("Enter")
        expect(panel.get_by_text(re.compile(rf"of {total:,} customers"))).to_be_visible()
        expect(page).to_have_url(re.compile(r"group=country.*is=DE|is=DE.*group=country"))
        panel.get_by_role("link", name="Open in the customer list").click()
        expect(page.get_by_text(re.compile(rf"of {total:,}$"))).to_be_visible()


def test_filters_nobody_fits_say_so_and_can_be_cleared(
    open_page: OpenPage, owner: StorageState, tenure_site: Site
) -> None:
    with open_page(base=tenure_site.url, logged_in=owner) as page:
        visit(page, "/predictions?level=high&tier=A&worth=90000000", "en")
        expect(page.get_by_text("Nobody fits these filters")).to_be_visible()
        page.get_by_role("button", name="Clear the filters").click()
        expect(page.get_by_role("region", name=RISKIEST["en"]).get_by_role("row").nth(1)).to_be_visible()


def test_on_a_phone_the_list_is_of_cards(open_page: OpenPage, owner: StorageState, tenure_site: Site) -> None:
    with open_page(viewport=PHONE, base=tenure_site.url, logged_in=owner) as page:
        customer = dearest(page)
        visit(page, "/predictions", "en")
        panel = page.get_by_role("region", name=RISKIEST["en"])
        expect(panel.get_by_role("listitem").first).to_contain_text(str(customer["name"]))
        assert_good(page, "en")


def points_of(text: str) -> float:
    """The percentage points a bar tells."""
    sign, points = re.findall(r"([+−±])(\d+\.\d)", text)[0]
    return -float(points) if sign == "−" else float(points)
