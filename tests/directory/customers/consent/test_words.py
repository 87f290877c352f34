"""Which replies mean stop, and links nobody can forge."""

import pytest

from tenure.directory.customers.consent import links
from tenure.directory.customers.consent.links import Link
from tenure.directory.customers.consent.words import means_stop
from tenure.kit.errors import NotFound


@pytest.mark.parametrize(
    "reply", ["STOP", " stop. ", "Ｒ", "r", "T", "TD", "退订", "退订。", "退订R", "Unsubscribe!", "拒收请停"]
)
def test_these_replies_mean_stop(reply: str) -> None:
    assert means_stop(reply)


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "Don't stop, I love it",
        "the bus stop is closed",
        "如何退订会员服务的发票？",
        "Thanks",
        "退订单的事情怎么样了啊",
    ],
)
def test_these_do_not(reply: str) -> None:
    assert not means_stop(reply)


def test_a_link_says_who_and_what_and_cannot_be_changed() -> None:
    token = links.sign("secret", Link("客户/1", "marketing", "email", "snd_1"))
    assert links.read("secret", token) == Link("客户/1", "marketing", "email", "snd_1")
    for broken in (token[:-1], token + "a", "", "abc", links.sign("other", Link("a", "b", "c"))):
        with pytest.raises(NotFound):
            links.read("secret", broken)


def test_both_headers_of_rfc_8058_are_written() -> None:
    assert links.headers("https://shop.test/", "tok") == {
        "List-Unsubscribe": "<https://shop.test/unsubscribe/tok>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
