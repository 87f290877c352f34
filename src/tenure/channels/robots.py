"""Robots that speak in a group of colleagues, and how each wants its messages signed and written."""

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from urllib.parse import urlencode


@dataclass(frozen=True, slots=True)
class Robot:
    """A robot in one group: its address, which is a secret of its own, and the secret it signs with where it has one."""

    url: str = field(repr=False)
    secret: str = field(default="", repr=False)


def feishu_sign(secret: str, at: int) -> str:
    """Sign as open.feishu.cn/document/client-docs/bot-v3/add-custom-bot says: the time in seconds and the secret are the key."""
    return base64.b64encode(hmac.new(f"{at}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode("ascii")


def dingtalk_query(secret: str, at: int) -> str:
    """Sign as open.dingtalk.com/document/orgapp/customize-robot-security-settings says: milliseconds, signed into the address."""
    signed = hmac.new(secret.encode(), f"{at}\n{secret}".encode(), hashlib.sha256).digest()
    return urlencode({"timestamp": str(at), "sign": base64.b64encode(signed).decode("ascii")})


def feishu_text(words: str) -> str:
    """Return words in which nobody is called: ``<at user_id="all">`` in a customer's own text would ring for everyone."""
    return words.replace("<at", "＜at")


def slack_text(words: str) -> str:
    """Return words with the three characters escaped that make links and calls, as docs.slack.dev asks."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
