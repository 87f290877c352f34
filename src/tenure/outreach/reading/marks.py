"""Marks a mail: links lead through us, a pixel tells of opening, a link nobody sees tells of machines.

The target stands inside the signature, so that nobody can make our address lead elsewhere. Links by which a customer says
no, or changes what they receive, are never touched.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape

from itsdangerous import BadData, URLSafeSerializer

from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text

_SALT = "tenure.reading.mark"
_OURS = ("unsubscribe", "preferences", "confirm")
_LINK = re.compile(r"""(<(?:a|area)\b[^<>]*?\shref\s*=\s*)("[^"]*"|'[^']*')""", re.IGNORECASE)
_IN_TEXT = re.compile(r"https?://[^\s<>\"'\])，。；：！？、（）《》「」]+", re.IGNORECASE)
_LONGEST = 2000  # characters of a target; longer ones stay as they are
_TRAP = (
    '<div style="display:none;max-height:0;overflow:hidden" aria-hidden="true"><a href="{url}" tabindex="-1"></a></div>'
)
_PIXEL = '<img src="{url}" width="1" height="1" alt="" style="border:0;width:1px;height:1px"/>'


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mark says: which send it stood in, and where it leads; ``trap`` leads nowhere."""

    send: str
    target: str = ""


class Marks:
    """Marks mails of a workspace; ``base`` is where the world reaches us."""

    def __init__(self, secret: str, base: str) -> None:
        self._signer, self._base = _signer(secret), base.rstrip("/")

    def html(self, written: str, send: str, kept: Collection[str] = ()) -> str:
        """Return a mail's HTML with its links led through us, a trap, and a pixel at its end."""

        def led(found: re.Match[str]) -> str:
            target = unescape(found.group(2)[1:-1]).strip()
            if not self._may_lead(target, kept):
                return found.group()
            return f'{found.group(1)}"{self._through(send, target)}"'

        marked = _LINK.sub(led, written)
        trap = _TRAP.format(url=self._through(send, ""))
        pixel = _PIXEL.format(url=f"{self._base}/o/{self._signer.dumps([send])}")
        place = marked.lower().rfind("</body>")
        place = len(marked) if place < 0 else place
        return f"{marked[:place]}{trap}{pixel}{marked[place:]}"

    def text(self, written: str, send: str, kept: Collection[str] = ()) -> str:
        """Return a text with its links led through us."""

        def led(found: re.Match[str]) -> str:
            target = found.group().rstrip(".,;:!?")
            if not self._may_lead(target, kept):
                return found.group()
            return self._through(send, target) + found.group()[len(target) :]

        return _IN_TEXT.sub(led, written)

    def _through(self, send: str, target: str) -> str:
        return f"{self._base}/r/{self._signer.dumps([send, target])}"

    def _may_lead(self, target: str, kept: Collection[str]) -> bool:
        if not target.lower().startswith(("http://", "https://")) or len(target) > _LONGEST or target in kept:
            return False
        return not target.startswith(tuple(f"{self._base}/{place}/" for place in (*_OURS, "r", "o")))


def read(secret: str, token: str) -> Mark:
    """Return what a mark says; raises ``NotFound`` for one we did not sign."""
    try:
        return Mark(*(str(part) for part in _signer(secret).loads(token)))
    except (BadData, TypeError) as error:
        raise NotFound(
            Text("This link is not complete or not ours.", "此链接不完整，或并非由我们发出。"),
            remedy=Text("Open it from the message again.", "请从消息中重新打开。"),
        ) from error


def _signer(secret: str) -> URLSafeSerializer:
    return URLSafeSerializer(secret, salt=_SALT)
