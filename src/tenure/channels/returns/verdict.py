"""What a status says of an address: that it is dead, or that a message was not taken this time.

Only codes that speak of the address itself are hard (RFC 3463, and what large providers use in practice). A full mailbox, a
suspicion of spam or a policy is no death: closing an address for those loses customers.
"""

import re
from typing import Literal

_DEAD = re.compile(r"^5\.1\.(0|1|2|3|6|10)$|^5\.2\.1$")
_VAGUE = re.compile(r"^5\.(0\.0|1\.\d+|4\.1|5\.0|3\.0)$|^$|^550$|^551$|^553$")
_NOBODY = re.compile(
    r"user unknown|unknown user|no such (user|mailbox|recipient|address)|does(n't| not) exist|(mailbox|user|recipient|account) not found|"
    r"(invalid|unknown|nonexistent) (recipient|mailbox|address)|account .{0,40}(disabled|deactivated)|unrouteable|null mx|"
    r"user not exist|mailbox unavailable or not exist|"
    r"用户不存在|收件人(地址)?不存在|帐号不存在|账号不存在|邮箱不存在|地址不存在|域名不存在|用户被锁定|已停用",
    re.IGNORECASE,
)
_NOT_HIM = re.compile(
    r"spam|block|blacklist|dnsbl|policy|reputation|spf|dkim|dmarc|quota|full|too (large|big|many)|greylist|temporar|try again|"
    r"rate limit|content rejected|垃圾|拦截|已满|超过|频率|限制",
    re.IGNORECASE,
)
STATUS = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?![\d.])")
CODE = re.compile(r"(?<!\d)([45][0-5]\d)(?=[ \-:])")


def hardness(status: str, words: str) -> Literal["hard", "soft"]:
    """Say whether an address is dead, by its status and by what the server said beside it."""
    if status.startswith("4"):
        return "soft"
    if _NOT_HIM.search(words) and not _NOBODY.search(words):
        return "soft"
    if _DEAD.match(status):
        return "hard"
    return "hard" if _VAGUE.match(status) and _NOBODY.search(words) else "soft"


def status_in(words: str) -> str:
    """Return the first status in words, or the first code of SMTP where there is none."""
    found = STATUS.search(words) or CODE.search(words)
    return found.group(1) if found else ""
