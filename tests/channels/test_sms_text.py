"""Text messages as text: how many pieces, and what may be said."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tenure.channels.sms import rules
from tenure.channels.sms.linter import Draft, Finding, lint, may_leave
from tenure.channels.sms.rule import Kind, Provider
from tenure.channels.sms.segments import segments

BEIJING = ZoneInfo("Asia/Shanghai")
GOOD = "【留客商店】尊敬的会员，春季新品今日上架，欢迎到店选购。拒收请回复R"


@pytest.mark.parametrize(
    ("text", "encoding", "pieces", "left"),
    [
        ("", "GSM-7", 0, 160),
        ("a" * 160, "GSM-7", 1, 0),
        ("a" * 161, "GSM-7", 2, 145),
        ("a" * 306, "GSM-7", 2, 0),
        ("a" * 307, "GSM-7", 3, 152),
        ("€" * 80, "GSM-7", 1, 0),
        ("a" * 152 + "€" + "a" * 10, "GSM-7", 2, 141),  # the euro sign does not fit into one septet and begins the next
        ("春" * 70, "UCS-2", 1, 0),
        ("春" * 71, "UCS-2", 2, 63),
        ("春" * 134, "UCS-2", 2, 0),
        ("春" * 135, "UCS-2", 3, 66),
        ("春" * 66 + "😀" + "春" * 10, "UCS-2", 2, 55),  # nor is an emoji cut in half
    ],
)
def test_a_text_is_counted_as_phones_carry_it(text: str, encoding: str, pieces: int, left: int) -> None:
    counted = segments(text)
    assert (counted.encoding, counted.pieces, counted.left) == (encoding, pieces, left)


def test_one_curly_quote_is_named_as_what_makes_a_message_dear() -> None:
    assert segments("It’s spring").costly == ("’",)
    assert segments("It's spring").costly == ()


def found(text: str, kind: Kind = "marketing", provider: Provider = "gateway") -> dict[str, Finding]:
    return {one.rule: one for one in lint(Draft(text, kind, provider, signature="留客商店"))}


def test_a_message_by_the_book_has_no_findings() -> None:
    assert found(GOOD) == {}
    assert found(GOOD.removeprefix("【留客商店】"), provider="alibaba") == {}
    assert found("您的验证码为{1}，5分钟内有效。", "code", "tencent") == {}


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("尊敬的会员，好久不见，店里上新了。拒收请回复R", "sms.banned.win_back", "好久不见"),
        ("尊敬的会员，您的积分可兑换好礼。拒收请回复R", "sms.banned.points", "积分可兑换"),
        ("尊敬的会员，20元优惠券已放入账户。拒收请回复R", "sms.banned.coupon", "优惠券"),
        ("尊敬的会员，请填写问卷。拒收请回复R", "sms.banned.survey", "问卷"),
        ("尊敬的会员，请加微信领取。拒收请回复R", "sms.banned.contact", "加微信"),
        ("尊敬的会员，全场★五折。拒收请回复R", "sms.symbols", "★"),
        ("尊敬的会员，见https://shop.cn/{1}。拒收请回复R", "sms.variable_link", "https://shop.cn/{1}"),
        ("尊敬的会员{1}{2}您好，新品上架。拒收请回复R", "sms.adjacent_variables", "{1}{2}"),
    ],
)
@pytest.mark.parametrize("provider", ["tencent", "gateway"])
def test_what_is_forbidden_is_shown_where_it_stands_with_the_providers_words_and_a_remedy(
    text: str, rule: str, words: str, provider: Provider
) -> None:
    finding = found(text, provider=provider)[rule]
    assert text[finding.start : finding.end] == words
    assert finding.quoted.zh
    assert finding.quoted.en
    assert finding.source.startswith("https://")
    assert finding.remedy.zh
    assert finding.remedy.en


def test_win_back_loyalty_and_surveys_are_shown_the_channels_that_may_carry_them() -> None:
    for text in ("想您了，回来看看", "积分即将过期", "满10减2优惠券", "满意度调查"):
        banned = [one for name, one in found(text, provider="alibaba").items() if name.startswith("sms.banned.")]
        assert [one.instead for one in banned] == [("wecom", "email", "in_app")], text


def test_the_way_out_stands_at_the_end_to_the_letter_and_only_in_marketing() -> None:
    for text in (GOOD.removesuffix("拒收请回复R"), GOOD.replace("拒收请回复R", "回T退订"), GOOD + "谢谢"):
        assert "sms.opt_out" in found(text)
    assert "sms.opt_out_in_notice" in found("您的包裹已发出。拒收请回复R", "notice", "alibaba")
    assert "sms.opt_out" not in found("您的包裹已发出。", "notice", "alibaba")


def test_only_who_forbids_variables_in_marketing_complains_of_them() -> None:
    text = "尊敬的会员{1}，春季新品今日上架。拒收请回复R"
    assert "sms.variables" in found(text, provider="huawei")
    assert "sms.variables" not in found(text, provider="tencent")
    assert "sms.variables" not in found("您的包裹{1}已发出。", "notice", "huawei")


def test_the_signature_stands_in_brackets_in_front_over_a_gateway_and_nowhere_at_a_cloud() -> None:
    assert "sms.signature" in found(GOOD.removeprefix("【留客商店】"))
    assert "sms.signature" in found(GOOD.replace("留客商店", "12345"))
    assert "sms.brackets" in found(GOOD, provider="tencent")
    assert "sms.brackets" in found(GOOD.replace("新品", "【新品】"))


def test_marketing_leaves_by_day_in_beijing_wherever_the_machine_stands() -> None:
    at = datetime(2026, 11, 25, 7, 59, tzinfo=BEIJING)
    for hour, minute, may in ((7, 59, False), (8, 0, True), (20, 59, True), (21, 0, False)):
        then = at.replace(hour=hour, minute=minute).astimezone(ZoneInfo("America/New_York"))
        assert may_leave("marketing", then) is may
        assert may_leave("notice", then)
        told = {one.rule for one in lint(Draft(GOOD, "marketing", "gateway", send_at=then))}
        assert ("sms.hours" in told) is not may


def test_every_rule_has_an_id_of_its_own_and_a_source() -> None:
    ids = [rule.id for rule in rules.EVERY]
    assert len(set(ids)) == len(ids)
    assert all(rule.sources for rule in rules.EVERY)
