"""The kinds of service that can carry a channel, and what has to be known of each."""

from dataclasses import dataclass

from tenure.kit.i18n import Text


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that has to be known of an account; a secret is never shown again."""

    name: str
    label: Text
    secret: bool = False
    required: bool = True
    default: str = ""
    choices: tuple[str, ...] = ()
    number: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service."""

    name: str
    channel: str
    label: Text
    facts: tuple[Fact, ...]


_SECRET = Text("Secret", "密钥")
_SIGNATURE = Text("Signature (without brackets)", "短信签名（不含括号）")
KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            "smtp",
            "email",
            Text("E-mail over SMTP", "SMTP 邮件"),
            (
                Fact("host", Text("Server", "服务器")),
                Fact("port", Text("Port", "端口"), default="587", number=True),
                Fact("tls", Text("Encryption", "加密"), default="starttls", choices=("starttls", "implicit", "none")),
                Fact("user", Text("User", "用户名"), required=False),
                Fact("password", Text("Password", "密码"), secret=True, required=False),
                Fact("sender_name", Text("Sender's name", "发件人名称")),
                Fact("sender_address", Text("Sender's address", "发件人地址")),
                Fact("dkim_selector", Text("DKIM selector", "DKIM 选择器"), required=False),
                Fact("dkim_key", Text("DKIM private key (PEM)", "DKIM 私钥（PEM）"), secret=True, required=False),
            ),
        ),
        Kind(
            "sms_gateway",
            "sms",
            Text("Text messages over a gateway of your own", "自有短信网关"),
            (Fact("url", Text("Address", "地址")), Fact("secret", _SECRET, secret=True)),
        ),
        Kind(
            "sms_alibaba",
            "sms",
            Text("Text messages over Alibaba Cloud", "阿里云短信"),
            (
                Fact("key_id", Text("AccessKey ID", "AccessKey ID")),
                Fact("key_secret", Text("AccessKey secret", "AccessKey Secret"), secret=True),
                Fact("signature", _SIGNATURE),
            ),
        ),
        Kind(
            "sms_tencent",
            "sms",
            Text("Text messages over Tencent Cloud", "腾讯云短信"),
            (
                Fact("secret_id", Text("Secret ID", "SecretId")),
                Fact("secret_key", Text("Secret key", "SecretKey"), secret=True),
                Fact("app_id", Text("SDK AppID", "SDK AppID")),
                Fact("signature", _SIGNATURE),
            ),
        ),
    )
}
