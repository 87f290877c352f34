"""Reads ``channels.toml``: every mistake is named with its place; a channel with a mistake is left out."""

import stat
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

from tenure.channels.mail import Sender, Server
from tenure.channels.robots import Robot
from tenure.channels.sms.accounts import ALIBABA, REGION, TENCENT, Alibaba, Gateway, Tencent
from tenure.channels.webhooks import signing
from tenure.channels.wecom.account import ENDPOINT, Account, CallbackKeys
from tenure.channels.wecom.callback import Callbacks
from tenure.kit.i18n import Text

FILE = "channels.toml"
ROBOTS = ("feishu", "dingtalk", "slack")
Table = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Mistake:
    """Something in the file that cannot be right: where, what is so, and what to do."""

    place: str
    fact: Text
    remedy: Text


@dataclass
class Configured:
    """The channels of a workspace."""

    mail: tuple[Server, Sender] | None = None
    sms: Alibaba | Tencent | Gateway | None = None
    wecom: Account | None = None
    callbacks: CallbackKeys | None = None
    robots: dict[str, dict[str, Robot]] = field(default_factory=dict)
    private_networks: tuple[str, ...] = ()
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Tell whether nothing is configured."""
        return not (self.mail or self.sms or self.wecom or self.robots or self.mistakes)


def read(folder: Path) -> Configured:
    """Read the file of a workspace's folder; without a file there are no channels."""
    path, found = folder / FILE, Configured()
    if not path.exists():
        return found
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        fact = Text("Others on this machine can read it.", "本机其他用户可以读取该文件。")
        found.mistakes.append(Mistake(FILE, fact, Text(f"Run: chmod 600 {path}", f"请运行：chmod 600 {path}")))
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        fact = Text(f"It is not TOML: {error}", f"不是有效的 TOML：{error}")
        found.mistakes.append(Mistake(FILE, fact, Text("Mend the line named.", "请修正所指的行。")))
        return found
    _networks(told, found)
    parts: dict[str, Callable[[_Fields, Configured], None]] = {"email": _mail, "sms": _sms, "wecom": _wecom}
    for name, value in told.items():
        if name == "robots":
            _robots(value, found)
        elif name in parts and isinstance(value, dict):
            parts[name](_Fields(name, value, found), found)
        elif name != "private_networks":
            _unknown(found, name, ["email", "private_networks", "robots", "sms", "wecom"])
    return found


class _Fields:
    """The fields of one table; whatever is missing or strange is noted, and then ``good`` is false."""

    def __init__(self, place: str, table: Table, found: Configured) -> None:
        self._place, self._table, self._found, self._read = place, table, found, set[str]()
        self.good = True

    def text(self, name: str, otherwise: str | None = None) -> str:
        """Return a text; one without an alternative has to be there."""
        value = self._table.get(name, otherwise)
        self._read.add(name)
        if isinstance(value, str) and value:
            return value
        if otherwise is None or value != otherwise:
            self.mistake(
                name, Text("It is missing, or not a text.", "缺失，或不是文本。"), Text("Write it.", "请填写。")
            )
        return ""

    def number(self, name: str, otherwise: int) -> int:
        """Return a whole number."""
        value = self._table.get(name, otherwise)
        self._read.add(name)
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        self.mistake(name, Text("It is not a number.", "不是数字。"), Text("Write a number.", "请填写数字。"))
        return otherwise

    def choice(self, name: str, options: tuple[str, ...], otherwise: str | None = None) -> str:
        """Return one of some words."""
        value = self.text(name, otherwise)
        if value and value not in options:
            told = ", ".join(options)
            self.mistake(
                name, Text("It is not known here.", "不在可选范围内。"), Text(f"One of: {told}", f"可选：{told}")
            )
        return value

    def address(self, name: str, otherwise: str | None = None) -> str:
        """Return an address of the web."""
        value = self.text(name, otherwise)
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            fact = Text("It is not an address of the web.", "不是网址。")
            self.mistake(name, fact, Text("Begin it with https://", "请以 https:// 开头。"))
        return value

    def mistake(self, name: str, fact: Text, remedy: Text) -> None:
        """Note what cannot be right."""
        self.good = False
        self._found.mistakes.append(Mistake(f"{self._place}.{name}", fact, remedy))

    def finish(self) -> bool:
        """Note fields nobody asked for; returns whether everything is right."""
        for name in self._table.keys() - self._read:
            self.good = False
            _unknown(self._found, f"{self._place}.{name}", sorted(self._read))
        return self.good


def _mail(fields: _Fields, found: Configured) -> None:
    tls = fields.choice("tls", ("starttls", "implicit", "none"), "starttls")
    server = Server(
        fields.text("host"),
        fields.number("port", 465 if tls == "implicit" else 587),
        fields.text("user", "") or None,
        fields.text("password", "") or None,
        "implicit" if tls == "implicit" else "none" if tls == "none" else "starttls",
    )
    sender = Sender(fields.text("name", ""), fields.text("from"))
    if sender.address and "@" not in sender.address:
        fact = Text("It is not a mail address.", "不是邮件地址。")
        fields.mistake("from", fact, Text("Write name@domain.", "请写成 name@domain。"))
    if fields.finish():
        found.mail = (server, sender)


def _sms(fields: _Fields, found: Configured) -> None:
    provider = fields.choice("provider", ("alibaba", "tencent", "gateway"))
    account: Alibaba | Tencent | Gateway
    if provider == "alibaba":
        account = Alibaba(
            fields.text("key_id"),
            fields.text("key_secret"),
            fields.text("signature"),
            fields.address("endpoint", ALIBABA),
        )
    elif provider == "tencent":
        account = Tencent(
            fields.text("secret_id"),
            fields.text("secret_key"),
            fields.text("app_id"),
            fields.text("signature"),
            fields.text("region", REGION),
            fields.address("endpoint", TENCENT),
        )
    else:
        account = Gateway(fields.address("url"), fields.text("secret"))
        try:
            signing.key_of(account.secret)
        except ValueError:
            fact = Text("It is not whsec_ and 24 to 64 bytes in base64.", "不是 whsec_ 加 24 至 64 字节的 base64。")
            fields.mistake("secret", fact, Text("Make a new one.", "请重新生成。"))
    if fields.finish():
        found.sms = account


def _wecom(fields: _Fields, found: Configured) -> None:
    account = Account(fields.text("corp_id"), fields.text("secret"), fields.address("endpoint", ENDPOINT))
    fields.choice("quota", ("month", "week", "day"), "month")
    token, key = fields.text("callback_token", ""), fields.text("callback_key", "")
    keys = CallbackKeys(account.corp_id, token, key)
    if token or key:
        try:
            Callbacks(keys)
        except ValueError:
            fact = Text("It is not an EncodingAESKey of 43 characters.", "不是 43 位的 EncodingAESKey。")
            fields.mistake("callback_key", fact, Text("Copy it from the callback page.", "请从回调配置页复制。"))
    if fields.finish():
        found.wecom, found.callbacks = account, keys if token else None


def _robots(value: object, found: Configured) -> None:
    for kind, robots in value.items() if isinstance(value, dict) else ():
        if kind not in ROBOTS or not isinstance(robots, dict):
            _unknown(found, f"robots.{kind}", list(ROBOTS))
            continue
        for name, table in robots.items():
            fields = _Fields(f"robots.{kind}.{name}", table if isinstance(table, dict) else {}, found)
            robot = Robot(fields.address("url"), fields.text("secret", ""))
            if fields.finish():
                found.robots.setdefault(kind, {})[name] = robot


def _networks(told: Table, found: Configured) -> None:
    value = told.get("private_networks", [])
    try:
        found.private_networks = tuple(str(ip_network(one)) for one in value) if isinstance(value, list) else ()
    except ValueError:
        fact = Text("One of them is not a network.", "其中有一项不是网段。")
        found.mistakes.append(Mistake("private_networks", fact, Text('Like: ["10.0.0.0/8"]', '例如：["10.0.0.0/8"]')))


def _unknown(found: Configured, place: str, options: list[str]) -> None:
    told = ", ".join(options)
    fact = Text("It is not known here.", "此处没有这一项。")
    found.mistakes.append(Mistake(place, fact, Text(f"One of: {told}", f"可选：{told}")))
