"""The text of a mail made of its HTML, for those who read no HTML: lines where blocks end, links written out."""

import re
from html.parser import HTMLParser

_BLOCKS = frozenset({"p", "div", "tr", "table", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "section"})
_HIDDEN = frozenset({"head", "style", "script", "title"})
_EMPTY = frozenset({"br", "img", "hr", "meta", "link", "input", "col"})


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.written: list[str] = []
        self._hidden: list[str] = []
        self._links: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        if self._hidden or tag in _HIDDEN or "display:none" in (named.get("style") or "").replace(" ", ""):
            if tag not in _EMPTY:
                self._hidden.append(tag)
            return
        if tag == "a":
            self._links.append((named.get("href") or "", len(self.written)))
        elif tag == "img" and named.get("alt"):
            self.written.append(f" {named['alt']} ")
        elif tag == "br" or tag in _BLOCKS:
            self.written.append("\n")
        elif tag == "td":
            self.written.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if self._hidden:
            if tag == self._hidden[-1]:
                self._hidden.pop()
            return
        if tag == "a" and self._links:
            address, begin = self._links.pop()
            said = "".join(self.written[begin:]).strip()
            if address and address != said:
                self.written.append(f" ({address})" if said else address)
        elif tag in _BLOCKS:
            self.written.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.written.append(re.sub(r"\s+", " ", data))


def plain_text(html: str) -> str:
    """Return what a mail says, without what is hidden in it."""
    reader = _Reader()
    reader.feed(html.replace("<![", "<!-["))  # a section of SGML, which the reader knows no end of
    reader.close()
    lines = [re.sub(r"[ \t\xa0]+", " ", line).strip() for line in "".join(reader.written).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
