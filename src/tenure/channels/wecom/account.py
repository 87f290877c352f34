"""What has to be known of a company in WeCom."""

from dataclasses import dataclass, field

ENDPOINT = "https://qyapi.weixin.qq.com"


@dataclass(frozen=True, slots=True)
class Account:
    """A company and the secret of the application that may use customer contact."""

    corp_id: str
    secret: str = field(repr=False)
    endpoint: str = ENDPOINT


@dataclass(frozen=True, slots=True)
class CallbackKeys:
    """Token and EncodingAESKey as they stand on the application's callback page."""

    corp_id: str
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
