"""Consent, rules and the ledger of sends on screen: what a customer said, what it means for messages, and why."""

import re

import pytest
from playwright.sync_api import StorageState, expect

from tests.browser.conftest import DESK, OpenPage
from tests.browser.shop import LEAVERS, READER, SILENT, WAITING, Shop
from tests.browser.test_pages import LANGUAGES, assert_good, visit

WORDS = {
    "en": {
        "ledger": "What they agreed to", "add": "Add a word", "withdrawn": "No", "proof": "Proof", "write": "Write it down",
        "why": "Why?", "said_no": "They said no on", "never": "No moment will do", "csv": "Download as CSV",
        "centre": "Preference centre", "save": "Save", "saved": "Saved. It counts", "stop": "Yes, stop",
        "stopped": "You will not hear about this any more", "by_centre": "preference centre",
        "holidays": "Closed on public holidays", "undo": "Undo", "force": "Put into force", "version": "Version {}, by Lin",
        "pause": "Pause Text message", "resume": "Resume Text message", "paused": "paused",
        "release": "Let it go", "waiting": "Waiting", "trace": "Why “summer-letter”", "held": "Held for approval",
        "address": "Address or number", "look": "Look it up", "is_open": "is open", "close": "Close it",
        "is_closed": "is closed since", "by_hand": "Closed by hand", "open": "Open it again",
    },
    "zh": {
        "ledger": "联系许可记录", "add": "登记许可", "withdrawn": "拒绝", "proof": "凭证", "write": r"登\s?记",
        "why": "为什么？", "said_no": "退订。", "never": "没有合适的发送时刻", "csv": "下载 CSV",
        "centre": "偏好中心", "save": "保存", "saved": "已保存，即刻生效", "stop": "退订“",
        "stopped": "已退订", "by_centre": "偏好中心",
        "holidays": "法定节假日不发送", "undo": r"撤\s?销", "force": r"生\s?效", "version": "版本 {}，由 Lin",
        "pause": "暂停短信", "resume": "恢复短信", "paused": "已暂停",
        "release": r"放\s?行", "waiting": "等待中", "trace": "为什么：summer-letter", "held": "待批准",
        "address": "地址或号码", "look": r"查\s?询", "is_open": "未停发", "close": "停发此地址",
        "is_closed": "起停发", "by_hand": "手动停发", "open": "恢复发送",
    },
}  # fmt: skip
SPOKEN = pytest.mark.parametrize("language", LANGUAGES)


@SPOKEN
def test_a_word_is_written_down_with_its_proof_and_the_page_is_whole(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, f"/customers/{WAITING}", language)
        ledger = page.get_by_role("region", name=says["ledger"])
        ledger.get_by_role("button", name=says["add"]).click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("radio", name=says["withdrawn"], exact=True).check()
        dialog.get_by_role("button", name=re.compile(says["write"])).click()
        proof = dialog.get_by_label(says["proof"])
        expect(proof).to_have_attribute("aria-invalid", "true")  # a word without proof is refused
        proof.fill(f"call of Tuesday, {language}")
        dialog.get_by_role("button", name=re.compile(says["write"])).click()
        expect(ledger.get_by_text(f"call of Tuesday, {language}")).to_be_visible()
        expect(dialog).to_have_count(0)
        assert_good(page, language, chinese_title=False)


@SPOKEN
def test_the_drawer_tells_why_somebody_who_said_no_gets_nothing(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, f"/customers/{SILENT}", language)
        page.get_by_role("button", name=says["why"]).click()
        drawer = page.get_by_role("dialog")
        expect(drawer.get_by_text(says["never"])).to_be_visible()
        expect(drawer.get_by_text(says["said_no"]).first).to_be_visible()
        assert not re.search(r"\d{4}-\d\d-\d\dT", drawer.inner_text()), "an instant as a machine writes it"
        with page.expect_download() as file:
            drawer.get_by_role("button", name=says["csv"]).click()
        assert "consent_withdrawn" in file.value.path().read_text("utf-8-sig")
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)


@SPOKEN
def test_a_customer_chooses_in_the_preference_centre_and_the_ledger_tells_it(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, f"/customers/{READER}", language)
        ledger = page.get_by_role("region", name=says["ledger"])
        path = ledger.get_by_role("link", name=re.compile(says["centre"])).get_attribute("href")
        assert path is not None
        with open_page(LANGUAGES[language], DESK, None, shop.url) as theirs:  # nobody is logged in there
            theirs.goto(path)
            box = theirs.get_by_role("checkbox").first
            box.set_checked(not box.is_checked())
            theirs.get_by_role("button", name=says["save"], exact=True).click()
            expect(theirs.get_by_text(says["saved"])).to_be_visible()
        visit(page, f"/customers/{READER}", language)
        expect(ledger.get_by_role("listitem").first).to_contain_text(says["by_centre"])


@SPOKEN
def test_an_unsubscribe_link_asks_first_and_its_button_unsubscribes(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says, who = WORDS[language], LEAVERS[language]

    def heard() -> list[str]:
        with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
            items = page.request.get(f"/api/v1/consent/ledger?customer_id={who}").json()["items"]
            return [f"{item['state']} by {item['source']}" for item in items]

    with open_page(LANGUAGES[language], DESK, None, shop.url) as theirs:
        theirs.goto(shop.unsubscribe[who])
        assert heard() == []  # mail scanners open every link
        theirs.get_by_role("button", name=re.compile(says["stop"])).click()
        expect(theirs.get_by_text(says["stopped"])).to_be_visible()
    assert heard() == ["withdrawn by unsubscribe"]


@SPOKEN
@pytest.mark.parametrize("path", ["/sends", "/contact-rules", "/lists", "/closed-addresses"])
def test_every_page_of_messages_is_in_the_navigation_whole_and_fits_a_phone(
    path: str, language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/", language)
        page.locator(f"aside nav a[href='{path}']").click()
        page.wait_for_url(f"**{path}")
        visit(page, path, language)
        assert_good(page, language)


@SPOKEN
def test_a_rule_is_changed_taken_back_and_put_into_force_under_a_name(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/contact-rules", language)
        before = page.request.get("/api/v1/contact-policy").json()
        holidays = page.get_by_role("checkbox", name=says["holidays"]).first
        was = holidays.is_checked()
        holidays.click()
        page.get_by_role("button", name=re.compile(f"^{says['undo']}$")).click()
        expect(holidays).to_be_checked(checked=was)
        assert page.request.get("/api/v1/contact-policy").json() == before
        holidays.click()
        page.get_by_role("button", name=re.compile(f"^{says['force']}$")).click()
        version = 1 if before["version"] == "standard" else int(before["version"]) + 1
        expect(page.get_by_text(says["version"].format(version))).to_be_visible()
        after = page.request.get("/api/v1/contact-policy").json()
        assert (after["version"], after["rules"]["hours"]["email"]["holidays"]) == (str(version), not was)


@SPOKEN
def test_a_channel_is_paused_and_resumed(language: str, open_page: OpenPage, keeper: StorageState, shop: Shop) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/sends", language)
        page.get_by_role("button", name=says["pause"]).click()
        expect(page.get_by_role("listitem").filter(has_text=says["paused"])).to_have_count(1)
        page.get_by_role("button", name=says["resume"]).click()
        expect(page.get_by_role("button", name=says["pause"])).to_be_visible()
        taps = page.request.get("/api/v1/sends/taps").json()["items"]
        assert [tap["paused"] for tap in taps if tap["name"] == "channel:sms"] == [False]


@SPOKEN
def test_a_row_of_the_ledger_opens_its_trace_and_a_filter_narrows_it(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/sends?message=summer-letter", language)
        rows = page.locator("tbody tr[data-row-key]")
        expect(rows).to_have_count(1)
        rows.get_by_role("button", name=says["why"]).click()
        drawer = page.get_by_role("dialog")
        expect(drawer.get_by_text(says["trace"])).to_be_visible()
        expect(drawer.get_by_text(says["waiting"]).first).to_be_visible()
        assert_good(page, language)


def test_what_was_held_is_let_go_or_dropped(open_page: OpenPage, keeper: StorageState, shop: Shop) -> None:
    says = WORDS["en"]
    with open_page(LANGUAGES["en"], DESK, keeper, shop.url) as page:
        visit(page, "/sends?state=held", "en")
        page.get_by_role("button", name=says["release"]).first.click()
        expect(page.locator("tbody tr[data-row-key]")).to_have_count(1)
        page.get_by_role("button", name="Drop it").click()
        page.get_by_role("dialog").get_by_role("button", name="Drop it").click()
        expect(page.locator("tbody tr[data-row-key]")).to_have_count(0)
        counts = {item["state"]: item["count"] for item in page.request.get("/api/v1/sends/counts").json()["items"]}
        assert "held" not in counts


@SPOKEN
def test_an_address_is_closed_and_opened_again(
    language: str, open_page: OpenPage, keeper: StorageState, shop: Shop
) -> None:
    says = WORDS[language]
    with open_page(LANGUAGES[language], DESK, keeper, shop.url) as page:
        visit(page, "/closed-addresses", language)
        page.get_by_label(says["address"]).last.fill(f"tired-{language}@shop.test")
        page.get_by_role("button", name=re.compile(f"^{says['look']}$")).click()
        expect(page.get_by_text(says["is_open"]).first).to_be_visible()
        page.get_by_role("button", name=says["close"]).click()
        expect(page.get_by_text(says["is_closed"])).to_be_visible()
        expect(page.get_by_role("cell", name=says["by_hand"])).to_have_count(1)
        page.get_by_role("button", name=says["open"]).click()
        page.get_by_role("dialog").get_by_role("button", name=says["open"]).click()
        expect(page.get_by_text(says["is_open"]).first).to_be_visible()
        expect(page.get_by_role("cell", name=says["by_hand"])).to_have_count(0)
