"""Which links of a text are led through us, what stands there instead, and how a code is made."""

import pytest

from tenure.channels.sms.segments import segments
from tenure.outreach.shortlinks.rules import ALPHABET, LENGTH, address, code_in, code_of, led, links_in, shown

BASE = "https://crm.example.com"


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("See https://shop.example.com/a?x=1&y=%E6%98%A5#top.", ["https://shop.example.com/a?x=1&y=%E6%98%A5#top"]),
        ("新品到店，点击https://shop.example.com/new查看，拒收请回复R", ["https://shop.example.com/new"]),
        ("http://a.cn/1 HTTPS://A.CN/2, http://a.cn/1!", ["http://a.cn/1", "HTTPS://A.CN/2"]),
        (f"{BASE}/unsubscribe/x {BASE}/preferences/x {BASE}/l/abc {BASE}/shop", [f"{BASE}/shop"]),
        ("javascript:alert(1) ftp://a.cn/x mailto:a@b.cn www.a.cn a.cn/x https://", []),
        (f"https://shop.example.com/{'x' * 2_000}", []),
    ],
)
def test_which_links_are_led(text: str, links: list[str]) -> None:
    assert list(links_in(text, BASE)) == links


def test_what_stands_around_a_link_stays() -> None:
    codes = {"http://a.cn/1": "AAAAAAAA", "http://a.cn/1b": "BBBBBBBB"}
    told = led("【店】http://a.cn/1b，http://a.cn/1。再看http://a.cn/1!", BASE + "/", codes.get)
    assert told == f"【店】{BASE}/l/BBBBBBBB，{BASE}/l/AAAAAAAA。再看{BASE}/l/AAAAAAAA!"
    assert led("http://a.cn/2", BASE, codes.get) == "http://a.cn/2", "without a code a link leads where it led"


def test_a_code_is_the_links_of_its_send_and_nobody_elses() -> None:
    codes = {
        code_of(key, send, target, attempt)
        for key in (b"one", b"two")
        for send in ("snd_1", "snd_2")
        for target in ("http://a.cn/1", "http://a.cn/2")
        for attempt in (0, 1)
    }
    assert len(codes) == 16
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert code_of(b"one", "snd_1", "http://a.cn/1") == code_of(b"one", "snd_1", "http://a.cn/1")
    letters = "".join(code_of(b"one", f"snd_{number}", "x") for number in range(2_000))
    assert set(letters) == set(ALPHABET)
    assert max(letters.count(one) for one in ALPHABET) < 2 * min(letters.count(one) for one in ALPHABET)


@pytest.mark.parametrize(
    ("token", "code"),
    [
        ("AbCdEfGh", "AbCdEfGh"),
        ("AbCdEfGh查看", "AbCdEfGh"),
        ("AbCdEfGh.", "AbCdEfGh"),
        ("AbCdEfGh/", "AbCdEfGh"),
        ("AbCdEfGhi", None),
        ("AbCdEfG", None),
        ("0bCdEfGh", None),
        ("", None),
        ("\u0000bCdEfGh", None),
    ],
)
def test_a_phone_may_take_the_words_after_an_address_for_a_part_of_it(token: str, code: str | None) -> None:
    assert code_in(token) == code


def test_what_is_shown_is_as_long_as_what_is_sent() -> None:
    text = "Your beans are back: https://shop.example.com/products/coffee/ethiopia-yirgacheffe?utm_source=sms&utm_campaign=back"
    sent = led(text, BASE, lambda link: code_of(b"key", "snd_1", link))
    assert len(sent) == len("Your beans are back: ") + len(address(BASE, "AbCdEfGh"))
    assert segments(shown(text, BASE)) == segments(sent)
    assert segments(shown(text * 2, BASE)).pieces < segments(text * 2).pieces
