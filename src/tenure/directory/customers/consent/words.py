"""What a word of consent is, where it may come from, and which replies mean "stop"."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, get_args

from tenure.kit.i18n import Text

State = Literal["granted", "withdrawn", "pending"]
Basis = Literal["consent", "contract", "legitimate_interest", "legal_obligation"]
STATES: tuple[str, ...] = get_args(State)
BASES: dict[str, Text] = {
    "consent": Text("They agreed", "本人同意"),
    "contract": Text("Needed for their order or contract", "履行订单或合同所需"),
    "legitimate_interest": Text("A legitimate interest, weighed against theirs", "经权衡的正当利益"),
    "legal_obligation": Text("The law asks for it", "法律要求"),
}
ANY = "any"
CHANNELS: dict[str, Text] = {
    "email": Text("E-mail", "电子邮件"),
    "sms": Text("Text message", "短信"),
    "phone": Text("Telephone", "电话"),
    "wecom": Text("WeCom", "企业微信"),
    "in_app": Text("In the app or on the site", "应用或网站内"),
    "push": Text("Push", "推送"),
}

# What people answer when they want no more: the words carriers ask senders to honour, and the Chinese ones.
_STOP = frozenset(
    {"stop", "stopall", "unsubscribe", "unsub", "cancel", "end", "quit", "optout", "r", "t", "td", "n"}
    | {"退订", "取消", "取消订阅", "停止", "拒收", "不要再发", "别再发了", "退"}
)
_NOISE = re.compile(r"[\s\W_]+")


@dataclass(frozen=True, slots=True)
class Word:
    """One word of consent, with everything that proves it."""

    customer_id: str
    purpose: str
    channel: str
    state: State
    at: datetime
    source: str
    basis: Basis = "consent"
    wording: str | None = None
    address: str | None = None
    agent: str | None = None
    actor: str | None = None
    proof: Mapping[str, object] = field(default_factory=dict)


def means_stop(reply: str) -> bool:
    """Say whether a reply asks for no more messages; case, width, blanks and punctuation do not matter."""
    plain = _NOISE.sub("", unicodedata.normalize("NFKC", reply).casefold())
    return plain in _STOP or (plain.startswith(("退订", "拒收")) and len(plain) <= len("退订") + 4)
