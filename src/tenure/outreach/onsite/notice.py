"""What a short message on a page or a screen says: a title, words, and perhaps one button, taken from a written message."""

import re
from dataclasses import dataclass

from tenure.channels.channel import Outgoing

MOST_TITLE, MOST_BODY = 120, 2_000
_LONG = 240  # a text longer than this does not fit a banner
_BUTTON = re.compile(r"\n*\[([^\]\n]{1,60})\]\((https?://[^\s)]{1,2000}|/[^\s)]{0,2000})\)\s*\Z")


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message; without a button ``button`` and ``url`` are empty."""

    title: str
    body: str
    button: str
    url: str
    style: str


def notice_of(message: Outgoing) -> Notice:
    """Read a written message: its subject is the title, a last line like ``[See it](https://…)`` the button."""
    found = _BUTTON.search(message.text)
    body = message.text[: found.start()] if found else message.text
    wished = message.extra.get("style")
    style = str(wished) if wished in ("banner", "modal") else "modal" if len(body) > _LONG else "banner"
    button, url = (found[1], found[2]) if found else ("", "")
    return Notice(message.subject[:MOST_TITLE], body.strip()[:MOST_BODY], button, url, style)
