"""Text messages over each provider: the contract, and signatures checked by the book."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from tenure.channels.adapters.sms_alibaba import SmsAlibaba
from tenure.channels.adapters.sms_gateway import SmsGateway
from tenure.channels.adapters.sms_tencent import SmsTencent
from tenure.channels.channel import CannotTell, NotFound, Outgoing, Receipt, Refused, TryLater
from tenure.channels.outbound import Outbound
from tenure.channels.sms import signatures
from tenure.channels.sms.accounts import Alibaba, Gateway, Tencent
from tenure.kit.clock import Clock, FixedClock, SystemClock
from tests.channels.contract import ChannelContract, Side
from tests.channels.provider import Provider
from tests.channels.sms_providers import AlibabaCloud, HouseGateway, TencentCloud

HERE = ("127.0.0.0/8",)
MESSAGE = Outgoing(
    "snd_1", "+8613800138000", text="春天来了", extra={"template": "SMS_1", "parameters": {"name": "安"}}
)
LONG_AGO = FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


def alibaba(cloud: Provider, secret: str = AlibabaCloud.key_secret, clock: Clock | None = None) -> SmsAlibaba:
    account = Alibaba(AlibabaCloud.key_id, secret, "留客商店", cloud.url)
    return SmsAlibaba(account, Outbound(HERE), clock or SystemClock())


def tencent(cloud: Provider, secret: str = TencentCloud.secret_key, clock: Clock | None = None) -> SmsTencent:
    account = Tencent(TencentCloud.secret_id, secret, "1400006666", "留客商店", endpoint=cloud.url)
    return SmsTencent(account, Outbound(HERE), clock or SystemClock())


def gateway(house: Provider, secret: str = HouseGateway.secret, clock: Clock | None = None) -> SmsGateway:
    return SmsGateway(Gateway(f"{house.url}/messages", secret), Outbound(HERE), clock or SystemClock())


class Sms(ChannelContract):
    address, bad_address = "+8613800138000", "13800138000"
    extra = MESSAGE.extra  # type: ignore[assignment]


class TestAlibaba(Sms):
    secrets = (AlibabaCloud.key_secret,)

    @contextmanager
    def opened(self) -> Iterator[Side]:
        cloud = AlibabaCloud()
        yield Side(alibaba(cloud), cloud)


class TestTencent(Sms):
    secrets = (TencentCloud.secret_key,)

    @contextmanager
    def opened(self) -> Iterator[Side]:
        cloud = TencentCloud()
        yield Side(tencent(cloud), cloud)


class TestGateway(Sms):
    secrets = (HouseGateway.secret, HouseGateway.secret.removeprefix("whsec_"))

    @contextmanager
    def opened(self) -> Iterator[Side]:
        house = HouseGateway()
        yield Side(gateway(house), house)


def test_both_clouds_published_examples_come_out_to_the_letter() -> None:
    headers = {
        "host": "ecs.cn-shanghai.aliyuncs.com",
        "x-acs-action": "RunInstances",
        "x-acs-content-sha256": signatures.sha256(b""),
        "x-acs-date": "2023-10-26T10:22:32Z",
        "x-acs-signature-nonce": "3156853299f313e23d1673dc12e1703d",
        "x-acs-version": "2014-05-26",
    }
    image = {"ImageId": "win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd", "RegionId": "cn-shanghai"}
    headers = dict(reversed(headers.items()))  # the order in which they are given does not matter
    told = signatures.alibaba("YourAccessKeyId", "YourAccessKeySecret", signatures.query_string(image), headers)
    assert told.endswith("Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0")
    body = rb'{"Limit": 1, "Filters": [{"Values": ["\u672a\u547d\u540d"], "Name": "instance-name"}]}'
    signed = {"content-type": "application/json; charset=utf-8", "host": "cvm.tencentcloudapi.com"}
    key = "Gu5t9xGARNpq86cd98joQYCN3EXAMPLE"
    told = signatures.tencent("AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE", key, "cvm", 1551113065, body, signed)
    assert told.endswith("Signature=72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168")


@pytest.mark.parametrize(
    ("cloud", "channel", "code"),
    [
        (AlibabaCloud, lambda c: alibaba(c, secret="wrong"), "SignatureDoesNotMatch"),
        (AlibabaCloud, lambda c: alibaba(c, clock=LONG_AGO), "InvalidTimeStamp.Expired"),
        (TencentCloud, lambda c: tencent(c, secret="wrong"), "AuthFailure.SignatureFailure"),
        (TencentCloud, lambda c: tencent(c, clock=LONG_AGO), "AuthFailure.SignatureExpire"),
        (HouseGateway, lambda c: gateway(c, secret="whsec_" + "A" * 32), "signature"),
        (HouseGateway, lambda c: gateway(c, clock=LONG_AGO), "timestamp"),
    ],
)
def test_a_wrong_key_or_clock_of_ours_sends_nothing_and_is_not_held_against_the_customer(
    cloud: type[Provider], channel: object, code: str
) -> None:
    provider = cloud()
    opened = channel(provider)  # type: ignore[operator]
    reply = opened.send(MESSAGE)
    assert isinstance(reply, TryLater)
    assert reply.code == code
    assert provider.taken == []
    opened.close()
    provider.close()


@pytest.mark.parametrize(("cloud", "open_"), [(AlibabaCloud, alibaba), (HouseGateway, gateway)])
def test_a_request_heard_twice_is_taken_once(cloud: type[Provider], open_: object) -> None:
    provider = cloud()
    channel = open_(provider)  # type: ignore[operator]
    assert isinstance(channel.send(MESSAGE), Receipt)
    heard = provider.seen[0]
    again = httpx.post(provider.url + heard.target, content=heard.body, headers=dict(heard.headers), trust_env=False)
    assert again.status_code in (400, 409)
    assert len(provider.taken) == 1
    channel.close()
    provider.close()


@pytest.mark.parametrize(("cloud", "open_"), [(AlibabaCloud, alibaba), (TencentCloud, tencent)])
def test_a_cloud_gets_no_message_that_names_no_template(cloud: type[Provider], open_: object) -> None:
    provider = cloud()
    channel = open_(provider)  # type: ignore[operator]
    reply = channel.send(Outgoing("snd_1", "+8613800138000", text="春天来了"))
    assert isinstance(reply, Refused)
    assert (reply.code, reply.dead_address) == ("no_template", False)
    assert provider.seen == []
    channel.close()
    provider.close()


def test_numbers_of_the_mainland_and_of_abroad_go_as_each_cloud_writes_them() -> None:
    cloud, other = AlibabaCloud(), TencentCloud()
    first, second = alibaba(cloud), tencent(other)
    for number in ("+8613800138000", "+447400123456"):
        for channel in (first, second):
            assert isinstance(channel.send(Outgoing("snd_1", number, extra=MESSAGE.extra)), Receipt)
    assert cloud.taken == ["13800138000", "447400123456"]
    assert other.taken == ["+8613800138000", "+447400123456"]
    for opened in (first, second, cloud, other):
        opened.close()


def test_a_gateway_of_the_house_can_be_asked_what_it_took() -> None:
    house = HouseGateway()
    channel, now = gateway(house), datetime.now(UTC) - timedelta(minutes=1)
    assert isinstance(channel.send(MESSAGE), Receipt)
    assert channel.look_up("snd_1", now) == Receipt("gw-1")
    assert channel.look_up("snd_2", now) == NotFound()
    channel.close()
    house.close()


def test_alibaba_is_asked_by_number_and_day_and_only_a_whole_list_says_no() -> None:
    cloud = AlibabaCloud()
    channel, noon = alibaba(cloud), datetime(2026, 3, 4, 4, tzinfo=UTC)
    cloud.knew = ["snd_1", "snd_7"]
    assert channel.look_up_at("snd_1", "+8613800138000", noon) == Receipt()
    assert channel.look_up_at("snd_2", "+8613800138000", noon) == NotFound()
    assert channel.look_up_at("snd_2", "+8613800138000", datetime(2026, 3, 4, 15, 55, tzinfo=UTC)) == CannotTell()
    assert "SendDate=20260305" in channel_asked(cloud, channel, datetime(2026, 3, 4, 16, 30, tzinfo=UTC))
    cloud.hidden = 2  # says how many there are and shows fewer
    assert channel.look_up_at("snd_2", "+8613800138000", noon) == CannotTell()
    cloud.mood = "mumbling"
    assert channel.look_up_at("snd_1", "+8613800138000", noon) == CannotTell()
    assert channel.look_up_at("snd_1", "not a number", noon) == CannotTell()
    channel.close()
    cloud.close()


def channel_asked(cloud: AlibabaCloud, channel: SmsAlibaba, at: datetime) -> str:
    channel.look_up_at("snd_1", "+8613800138000", at)
    return cloud.seen[-1].query


def test_tencent_is_asked_by_number_and_what_is_not_reported_may_still_come() -> None:
    cloud = TencentCloud()
    channel, noon = tencent(cloud), datetime(2026, 3, 4, 4, tzinfo=UTC)
    assert channel.look_up_at("snd_1", "+8613800138000", noon) == Receipt("14:1932")
    assert channel.look_up_at("snd_2", "+8613800138000", noon) == CannotTell()
    assert cloud.seen[-1].json()["BeginTime"] == int(noon.timestamp()) - 60
    cloud.mood = "cutting"
    assert channel.look_up_at("snd_1", "+8613800138000", noon) == CannotTell()
    channel.close()
    cloud.close()
