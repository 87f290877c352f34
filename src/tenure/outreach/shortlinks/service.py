"""The verbs of short addresses: lead the links of a batch of texts through us, and find out where a code leads."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tenure.kit.db import Session
from tenure.outreach.shortlinks import repository, rules

LASTS = timedelta(days=365)  # that a code leads on after its message was prepared
_TRIES = 5  # codes tried for a link; that even two are taken happens once in thousands of millions of messages


@dataclass(frozen=True)
class Shortener:
    """Leads links through us; ``base`` is where the world reaches us."""

    base: str
    key: bytes = field(repr=False)

    @classmethod
    def derived(cls, secret: str, base: str) -> "Shortener":
        """Derive the key of codes from the workspace's secret."""
        return cls(base, hmac.digest(secret.encode(), b"tenure short links", hashlib.sha256))

    def shorten(self, session: Session, texts: Mapping[str, str], now: datetime) -> Mapping[str, str]:
        """Return the texts of sends with short addresses; the same send gets the same ones whenever it is asked."""
        wanted = {(send, link) for send, text in texts.items() for link in rules.links_in(text, self.base)}
        codes: dict[repository.Link, str] = {}
        for attempt in range(_TRIES):
            missing = sorted(wanted - codes.keys())
            if not missing:
                break
            codes |= repository.known(session, {send for send, _ in missing})
            coded = [(rules.code_of(self.key, *link, attempt), link) for link in missing if link not in codes]
            codes |= repository.lay(session, coded, now) if coded else {}
        return {
            send: rules.led(text, self.base, lambda link, send=send: codes.get((send, link)))  # type: ignore[misc]
            for send, text in texts.items()
        }


@dataclass(frozen=True, slots=True)
class Found:
    """Where a code leads; ``over`` when its time is past."""

    send: str
    target: str
    over: bool


def follow(session: Session, token: str, now: datetime) -> Found | None:
    """Return where an address leads, or nothing for one we never gave out or have forgotten."""
    code = rules.code_in(token)
    row = None if code is None else repository.find(session, code)
    return None if row is None else Found(row.send_id, row.target, over=row.made_at < now - LASTS)


def forget_old(session: Session, now: datetime) -> int:
    """Forget codes a month after their time was over; returns how many."""
    return repository.forget(session, now - LASTS - timedelta(days=30))
