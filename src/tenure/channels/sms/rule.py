"""What a rule for text messages is, and on whose word it stands."""

from dataclasses import dataclass
from datetime import time
from typing import Literal

from tenure.kit.i18n import Text

Provider = Literal["alibaba", "tencent", "huawei", "gateway"]
Kind = Literal["code", "notice", "marketing"]

OPT_OUT = "拒收请回复R"
OPENS, CLOSES = (
    time(8),
    time(21),
)  # Huawei Cloud; Tencent Cloud lets marketing out until 22:00, Alibaba Cloud names no hour
MOST_CHARACTERS = 500
ELSEWHERE = ("wecom", "email", "in_app")
ALL: frozenset[Kind] = frozenset(("code", "notice", "marketing"))
MARKETING: frozenset[Kind] = frozenset(("marketing",))

ALIBABA = "https://help.aliyun.com/document_detail/91975.html"
TENCENT = "https://cloud.tencent.com/document/product/382/39023"
TENCENT_CODES = "https://cloud.tencent.com/document/product/382/3771"
HUAWEI = "https://support.huaweicloud.com/productdesc-msgsms/sms_templates.html"
HUAWEI_NAMES = (
    "https://huaweicloud.com/guide/category-29e56e93fdcb3080162b848cb4985c3901ddc311cdd7c21b1ce0e74522e9c0a8-1"
)
HUAWEI_IOT = "https://support.huaweicloud.com/usermanual-iotcom/iotcom_03_1002.html"


@dataclass(frozen=True, slots=True)
class Source:
    """The sentence of a provider a rule rests on; ``en`` is our translation, ``zh`` are the provider's words."""

    provider: Provider
    quoted: Text
    address: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: for which kinds of message, on whose word, and what to do; ``pattern`` finds the place where there is one."""

    id: str
    kinds: frozenset[Kind]
    sources: tuple[Source, ...]
    remedy: Text
    pattern: str | None = None
    instead: tuple[str, ...] = ()
