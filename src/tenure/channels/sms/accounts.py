"""What has to be known of an account with a provider of text messages."""

from dataclasses import dataclass, field

from tenure.channels.sms.template import Approved

ALIBABA, TENCENT = "https://dysmsapi.aliyuncs.com", "https://sms.tencentcloudapi.com"
REGION = "ap-guangzhou"


@dataclass(frozen=True, slots=True)
class Gateway:
    """A gateway of the house that speaks the signed form of this project; ``secret`` begins with ``whsec_``."""

    url: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Alibaba:
    """An account with Alibaba Cloud SMS."""

    key_id: str
    key_secret: str = field(repr=False)
    signature: str
    endpoint: str = ALIBABA
    templates: tuple[Approved, ...] = ()


@dataclass(frozen=True, slots=True)
class Tencent:
    """An account with Tencent Cloud SMS."""

    secret_id: str
    secret_key: str = field(repr=False)
    app_id: str
    signature: str
    region: str = REGION
    endpoint: str = TENCENT
    templates: tuple[Approved, ...] = ()
