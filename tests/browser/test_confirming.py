"""Double opt-in and vouching on screen: who cannot be asked is told, the secret is shown once; both languages."""

import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.shop import Shop, enter, messaging_shop
from tests.browser.test_pages import LANGUAGES, assert_good, visit

WORDS = {
    "en": {
        "nobody": "Nobody can be asked to confirm", "asked": "Asked to confirm", "keys": "Write keys",
        "vouch": "Vouch for signed-in customers", "make": "Make the secret", "anew": "Make a new secret",
        "stored": "I have stored it", "ends": "ends it at once",
    },
    "zh": {
        "nobody": "无法发送确认消息", "asked": "订阅确认", "keys": "写入密钥", "vouch": "为已登录客户担保", "make": "生成密钥",
        "anew": "重新生成密钥", "stored": "我已保存", "ends": "原密钥立即失效",
    },
}  # fmt: skip
NEWS = {
    "name": "news", "label": {"en": "Moon news", "zh": "月讯"}, "meaning": {"en": "Once a month.", "zh": "每月一次。"},
    "rule": "opt_in", "double_opt_in": True,
}  # fmt: skip


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    """The shop of this file."""
    home = Path(tempfile.mkdtemp(prefix="tenure-shop-"))
    home.chmod(0o755)  # the embedded server's account must reach it when we are root
    try:
        with messaging_shop(home) as opened:
            yield opened
    finally:
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="module")
def keeper(open_page: OpenPage, shop: Shop) -> StorageState:
    """The cookies of the shop's owner, whose shop has a list that wants a yes confirmed."""
    with open_page(base=shop.url) as page:
        enter(page)
        csrf = next(one["value"] for one in page.context.cookies() if "csrf" in one["name"])
        headers = {"X-CSRF-Token": csrf}
        assert page.request.put("/api/v1/consent/purposes", data=NEWS, headers=headers).ok
        assert page.request.post("/api/v1/tracking/keys", data={"name": "Website"}, headers=headers).ok
        return page.context.storage_state()


@pytest.mark.parametrize("language", LANGUAGES)
def test_pages_say_that_nobody_can_be_asked_and_why(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        for where in ("/channels", "/lists"):
            visit(page, where, language)
            expect(page.get_by_text(says["nobody"]).first).to_be_visible()
            assert_good(page, language)
            page.set_viewport_size(DESK)
        expect(page.get_by_role("heading", name=says["asked"])).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_secret_that_vouches_is_made_shown_once_and_made_anew(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/tracking", language)
        page.get_by_role("tab", name=says["keys"]).click()
        page.get_by_role("button", name=says["vouch"]).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("button", name=re.compile(f"{says['make']}|{says['anew']}")).click()
        secret = page.locator("pre").first.inner_text().strip()
        assert re.fullmatch("ids_[0-9a-f]{64}", secret)
        expect(page.locator("pre").nth(1)).to_contain_text(
            "hmac.new(secret.encode(), user_id.encode(), hashlib.sha256)"
        )
        dialog.get_by_role("tab", name="Node.js").click()
        expect(page.locator("pre").filter(has_text='createHmac("sha256", secret)')).to_be_visible()
        page.get_by_role("button", name=says["stored"]).click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.get_by_role("button", name=says["vouch"]).click()
        expect(page.get_by_role("dialog")).to_contain_text(says["ends"])
        assert secret not in page.content()
