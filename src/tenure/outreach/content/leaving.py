"""What a message gains on its way out, so that what is looked at before is as long as what is sent.

Links of a mail lead through us, a pixel stands at its end, its way out is signed for one customer; links of a text message become
short addresses.
"""

from dataclasses import dataclass, field, replace

from tenure.directory.customers.consent import links as consent
from tenure.directory.customers.consent.links import Link
from tenure.outreach.content.wording import MAIL, SMS, Written
from tenure.outreach.reading.marks import Marks
from tenure.outreach.shortlinks import rules

_SEND = "snd_5f0c81c2d3e4b7a9016e7283"  # as long as the id of a send


@dataclass(frozen=True)
class World:
    """Where the world reaches us, if anybody said it, and what we sign with."""

    base: str | None
    secret: str = field(repr=False)


@dataclass(frozen=True)
class Leaving:
    """How a message leaves: with which marks, for which list."""

    world: World
    purpose: str
    tracked: bool
    short_links: bool

    def way_out(self, customer_id: str) -> str | None:
        """Return a way out as long as the customer's own; it is never shown, for it would be good."""
        if self.world.base is None:
            return None
        link = Link(customer_id, self.purpose, MAIL, _SEND)
        return f"{self.world.base.rstrip('/')}/unsubscribe/{consent.sign(self.world.secret, link)}"

    def as_sent(self, written: Written, way_out: str | None = None) -> Written:
        """Return a message with what it gains."""
        base = self.world.base
        if base is None:
            return written
        if written.channel == SMS and self.short_links:
            return replace(written, text=rules.shown(written.text, base))
        if written.channel == MAIL and self.tracked:
            marks, kept = Marks(self.world.secret, base), {way_out or ""}
            if written.html is None:
                return replace(written, text=marks.text(written.text, _SEND, kept))
            return replace(written, html=marks.html(written.html, _SEND, kept))
        return written


def size_of(written: Written) -> int:
    """Return how many bytes of HTML a mail is."""
    return len((written.html or "").encode())
