"""The kinds of service that can carry a channel, and what has to be known of each."""

from dataclasses import dataclass

from tenure.channels.wecom.account import ENDPOINT as WECOM
from tenure.kit.i18n import Text

QUOTAS = ("month", "week", "day")


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
    network: bool = False
    templates: bool = False


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of service."""

    name: str
    channel: str
    label: Text
    facts: tuple[Fact, ...]
    inward: bool = False  # speaks to colleagues, not to customers


_SECRET = Text("Secret", "密钥")
_SIGNATURE = Text("Signature (without brackets)", "短信签名（不含括号）")
_TEMPLATES = Fact(
    "templates",
    Text(
        "Approved templates, one a line: code, blank, words (SMS_154950909 Hello ${name}, your order left.)",
        "已审核模板，每行一个：模板 CODE、空格、内容（SMS_154950909 ${name}您好，您的订单已发出。）",
    ),
    required=False,
    templates=True,
)
_NETWORK = Fact(
    "network",
    Text("Private network it stands in, if any (10.0.0.0/8)", "所在的私有网段（如有，例如 10.0.0.0/8）"),
    required=False,
    network=True,
)


def _robot(name: str, label: Text, *, signs: bool) -> Kind:
    """Make the kind of a robot in one group of colleagues; its address is a secret too."""
    facts = (Fact("url", Text("Webhook address", "Webhook 地址"), secret=True), _NETWORK)
    secret = (Fact("secret", Text("Signing secret", "签名密钥"), secret=True, required=False),) if signs else ()
    return Kind(name, name, label, (*facts, *secret), inward=True)


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
                Fact("bounce_address", Text("Where bounces come back to", "退信接收地址"), required=False),
                Fact("imap_host", Text("IMAP server of that box", "退信邮箱的 IMAP 服务器"), required=False),
                Fact("imap_port", Text("IMAP port", "IMAP 端口"), default="993", number=True),
                Fact(
                    "imap_tls",
                    Text("IMAP encryption", "IMAP 加密"),
                    default="implicit",
                    choices=("implicit", "starttls", "none"),
                ),
                Fact("imap_user", Text("IMAP user", "IMAP 用户名"), required=False),
                Fact("imap_password", Text("IMAP password", "IMAP 密码"), secret=True, required=False),
                Fact("imap_folder", Text("Folder", "文件夹"), default="INBOX"),
                Fact(
                    "returns_secret",
                    Text("Secret of the webhook for bounces (whsec_…)", "退信 Webhook 密钥（whsec_…）"),
                    secret=True,
                    required=False,
                ),
            ),
        ),
        Kind(
            "sms_gateway",
            "sms",
            Text("Text messages over a gateway of your own", "自有短信网关"),
            (Fact("url", Text("Address", "地址")), Fact("secret", _SECRET, secret=True), _NETWORK),
        ),
        Kind(
            "sms_alibaba",
            "sms",
            Text("Text messages over Alibaba Cloud", "阿里云短信"),
            (
                Fact("key_id", Text("AccessKey ID", "AccessKey ID")),
                Fact("key_secret", Text("AccessKey secret", "AccessKey Secret"), secret=True),
                Fact("signature", _SIGNATURE),
                _TEMPLATES,
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
                _TEMPLATES,
            ),
        ),
        Kind(
            "wecom",
            "wecom",
            Text("WeCom, confirmed by colleagues", "企业微信（由成员确认发送）"),
            (
                Fact("corp_id", Text("Company id", "企业 ID（CorpID）")),
                Fact("secret", Text("Secret of the application", "应用 Secret"), secret=True),
                Fact("quota", Text("Messages a customer may get", "客户接收上限"), default="month", choices=QUOTAS),
                Fact("callback_token", Text("Callback token", "回调 Token"), secret=True, required=False),
                Fact("callback_key", Text("EncodingAESKey", "EncodingAESKey"), secret=True, required=False),
                Fact("welcome", Text("Greeting of new customers", "新客户欢迎语"), required=False),
                Fact("endpoint", Text("Address of the API", "接口地址"), default=WECOM),
                _NETWORK,
            ),
        ),
        Kind("in_app", "in_app", Text("Messages on your site", "网站消息"), ()),
        Kind(
            "web_push",
            "push",
            Text("Web push", "网页推送"),
            (
                Fact("contact", Text("Contact for push services (mailto:…)", "推送服务联系方式（mailto:…）")),
                Fact(
                    "key",
                    Text("Private key (made when left out)", "私钥（留空则自动生成）"),
                    secret=True,
                    required=False,
                ),
                _NETWORK,
            ),
        ),
        _robot("feishu", Text("Robot in Feishu", "飞书机器人"), signs=True),
        _robot("dingtalk", Text("Robot in DingTalk", "钉钉机器人"), signs=True),
        _robot("slack", Text("Robot in Slack", "Slack 机器人"), signs=False),
    )
}
