"""The first quarter of an hour: an empty workspace, its first owner, a file of orders, and whom to call."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.site import fresh_site, new_home
from tests.browser.test_pages import LANGUAGES, assert_good, visit

LONG = 180_000  # milliseconds; the first refresh of forty customers took under 10,000
WORDS = {
    "en": {
        "welcome": "Welcome", "name": "Your name", "email": "E-mail", "password": "Password", "start": "^Start$",
        "empty": "Start with a file of orders", "orders": "Import orders", "preview": "^Preview$", "import": "^Import$",
        "would": "What the import would do", "done": "The file is in", "compute": "Compute, then show whom to call",
        "calls": "Whom to call today",
    },
    "zh": {
        "welcome": "欢迎", "name": "你的姓名", "email": "邮箱", "password": "密码", "start": "^开始使用$",
        "empty": "从一份订单文件开始", "orders": "导入订单", "preview": r"^预\s?览$", "import": r"^导\s?入$",
        "would": "导入后的结果", "done": "导入完成", "compute": "重新计算并查看联系名单", "calls": "今天联系谁",
    },
}  # fmt: skip


@pytest.fixture(scope="module", params=LANGUAGES)
def first_shop(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """The address of a workspace nobody has entered yet, and the language of whoever comes first."""
    with new_home() as home, fresh_site(home) as url:
        yield url, request.param


def test_from_an_empty_workspace_to_whom_to_call_today(first_shop: tuple[str, str], open_page: OpenPage) -> None:
    url, language = first_shop
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, None, url) as page:
        visit(page, "/", language)
        expect(page).to_have_url(re.compile("/setup$"))
        expect(page.get_by_role("heading", name=says["welcome"])).to_be_visible()
        page.get_by_label(says["name"]).fill("Lin")
        page.get_by_label(says["email"]).fill("lin@example.com")
        page.get_by_label(says["password"], exact=True).fill("a long enough one")
        press(page, says["start"])
        expect(page.get_by_text(says["empty"])).to_be_visible()
        page.get_by_role("link", name=says["orders"]).click()
        page.wait_for_url("**/imports")
        page.locator("input[type=file]").set_input_files(orders())
        page.wait_for_url("**/imports/imp_*")
        press(page, says["preview"])
        expect(page.get_by_role("region", name=says["would"])).to_contain_text("361")
        press(page, says["import"])
        expect(page.get_by_role("region", name=says["done"])).to_be_visible(timeout=LONG)
        press(page, says["compute"])
        page.wait_for_url("**/calls", timeout=LONG)
        expect(
            page.get_by_role("listitem").filter(has=page.get_by_role("link", name=re.compile("quiet-"))).first
        ).to_be_visible()
        assert_good(page, language)


def press(page: Page, name: str) -> None:
    """Press the button of a name in the page, not in its navigation."""
    page.locator("main, form").get_by_role("button", name=re.compile(name)).last.click()


def orders() -> FilePayload:
    """Forty customers who buy every ten days; ten of them fell silent a while ago."""
    today = date.today()
    rows = ["order no,customer id,order date,amount"]
    for who in range(40):
        quiet = who < 10
        name = f"{'quiet' if quiet else 'loyal'}-{who:02}"
        for turn in range(9):
            day = today - timedelta(days=10 * turn + who % 9 + (45 if quiet else 1))
            rows.append(f"{name}-{turn},{name},{day.isoformat()},{20 + who}")
    rows.append(f"last,loyal-11,{today.isoformat()},31")
    return {"name": "orders.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
