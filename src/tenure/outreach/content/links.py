"""Links of a mail, and what is wrong with each: empty, relative, not over https, leading nowhere anybody can go."""

from collections.abc import Callable, Iterable
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import urlsplit

Trouble = Literal["empty", "relative", "not_https", "nowhere", "dead"]
Alive = Callable[[str], bool]
_NO_PAGE = ("mailto", "tel", "sms")
_PRIVATE = ("localhost", ".local", ".internal", ".test", ".invalid", ".example")


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if tag == "a" and "href" in named:
            self.found.append((named["href"] or "").strip())
        if tag == "img" and "src" in named:
            self.found.append((named["src"] or "").strip())


def links_of(html: str) -> list[str]:
    """Return where a mail's links and images lead, each once."""
    reader = _Links()
    reader.feed(html.replace("<![", "<!-["))  # a section of SGML, which the reader knows no end of
    return list(dict.fromkeys(reader.found))


def trouble(link: str) -> Trouble | None:
    """Say what is wrong with a link by looking at it alone."""
    if link in ("", "#"):
        return "empty"
    parts = urlsplit(link)
    if parts.scheme in _NO_PAGE:
        return None
    if not parts.scheme or not parts.netloc:
        return "relative"
    host = (parts.hostname or "").rstrip(".")
    if "." not in host or host.endswith(_PRIVATE):
        return "nowhere"
    return None if parts.scheme == "https" else "not_https"


def dead(links: Iterable[str], alive: Alive) -> list[str]:
    """Return the links whose page does not answer; looks that are wrong already are not asked."""
    pages = [link for link in dict.fromkeys(links) if trouble(link) in (None, "not_https")]
    return [link for link in pages if urlsplit(link).scheme in ("http", "https") and not alive(link)]
