"""Texts and the approved templates that say them: found by their words, with what stands in the places."""

import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tenure.channels.adapters.sms_alibaba import SmsAlibaba
from tenure.channels.adapters.sms_tencent import SmsTencent
from tenure.channels.channel import Outgoing, Receipt, Refused
from tenure.channels.outbound import Outbound
from tenure.channels.sms.accounts import Alibaba, Tencent
from tenure.channels.sms.template import Template, approved, saying
from tenure.kit.clock import SystemClock
from tests.channels.sms_providers import AlibabaCloud, TencentCloud

HERE = ("127.0.0.0/8",)
TOLD = """
SMS_1 ${name}，春天来了
SMS_2 【留客商店】您的订单${order}已于${day}发出。
SMS_3 全场八折，拒收请回复R
"""
TEMPLATES, _ = approved(TOLD)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("安，春天来了", Template("SMS_1", {"name": "安"})),
        ("【留客商店】安，春天来了", Template("SMS_1", {"name": "安"})),
        ("您的订单O-1已于11月26日发出。", Template("SMS_2", {"order": "O-1", "day": "11月26日"})),
        ("全场八折，拒收请回复R", Template("SMS_3", {})),
        ("，春天来了", None),  # a place is never empty
        ("安，春天来了！", None),
        ("您的订单O-1已发出。", None),
        ("全场八折，拒收请回复R。", None),
        ("", None),
    ],
)
def test_a_text_finds_its_template(text: str, found: Template | None) -> None:
    assert saying(text, TEMPLATES) == found


def test_numbered_places_are_given_in_the_order_of_their_numbers() -> None:
    templates, _ = approved("1400 {2}于{1}到店")
    assert saying("安于周五到店", templates) == Template("1400", {"1": "周五", "2": "安"})


@pytest.mark.parametrize("told", ["SMS_1", "SMS_1 ${a}${b}", "SMS_1 ${a} and ${a}"])
def test_a_template_nobody_could_read_is_told_by_its_line(told: str) -> None:
    assert approved(f"SMS_0 fine\n{told}")[0] == ()
    wrong = approved(f"SMS_0 fine\n{told}")[1]
    assert wrong is not None
    assert "ine 2" in wrong.en


@given(
    st.lists(st.text("ab，。", min_size=1, max_size=4), min_size=2, max_size=5),
    st.lists(st.text("abc，1", min_size=1, max_size=6), min_size=4, max_size=4),
)
def test_what_was_found_says_the_same_text_again(words: list[str], values: list[str]) -> None:
    line = words[0] + "".join(f"${{p{n}}}{word}" for n, word in enumerate(words[1:]))
    text = words[0] + "".join(f"{value}{word}" for value, word in zip(values, words[1:], strict=False))
    found = saying(text, approved(f"SMS_9 {line}")[0])
    assume(found is not None)  # an earlier end of a place may leave no way to the end of the text
    assert found is not None
    parameters = found.parameters
    assert re.sub(r"\$\{(p\d)\}", lambda place: parameters[place[1]], line) == text


@given(st.lists(st.text("甲乙丙", min_size=1, max_size=4), min_size=4, max_size=4))
def test_values_that_hold_none_of_the_words_are_always_found(values: list[str]) -> None:
    templates, _ = approved("SMS_9 a${p0}b${p1}c${p2}d${p3}")
    found = saying("a{}b{}c{}d{}".format(*values), templates)
    assert found == Template("SMS_9", {f"p{n}": value for n, value in enumerate(values)})


def test_alibaba_cloud_is_handed_the_template_that_says_the_text() -> None:
    cloud = AlibabaCloud()
    account = Alibaba(AlibabaCloud.key_id, AlibabaCloud.key_secret, "留客商店", cloud.url, TEMPLATES)
    channel = SmsAlibaba(account, Outbound(HERE), SystemClock())
    assert isinstance(channel.send(Outgoing("snd_1", "+8613800138000", text="安，春天来了")), Receipt)
    refused = channel.send(Outgoing("snd_2", "+8613800138000", text="夏天来了"))
    assert isinstance(refused, Refused)
    assert (refused.code, refused.dead_address) == ("no_template", False)
    channel.close()
    cloud.close()


def test_tencent_cloud_is_handed_the_template_that_says_the_text() -> None:
    cloud = TencentCloud()
    account = Tencent(
        TencentCloud.secret_id, TencentCloud.secret_key, "1400006666", "留客商店", endpoint=cloud.url,
        templates=approved("SMS_1 {1}，春天来了")[0],
    )  # fmt: skip
    channel = SmsTencent(account, Outbound(HERE), SystemClock())
    assert isinstance(channel.send(Outgoing("snd_1", "+8613800138000", text="安，春天来了")), Receipt)
    channel.close()
    cloud.close()
