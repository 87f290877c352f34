"""The verbs of reading: keep what came, judge it a little later, tell what came of a message."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from tenure.kit.db import Engine, Session, transaction
from tenure.outreach.reading import repository
from tenure.outreach.reading.machine import Seen, judge
from tenure.outreach.reading.marks import Mark
from tenure.outreach.reading.repository import Arrival

SETTLE = timedelta(seconds=90)  # bursts are known only when they are over; they are looked for within a minute
BATCH = 2_000
MOST_AGENT, MOST_LINK = 300, 500


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who came: by which method, from which address, and what the program calls itself."""

    method: str
    address: str
    agent: str


def note(session: Session, secret: str, mark: Mark, kind: str, visitor: Visitor, now: datetime) -> None:
    """Keep an open or click as it came. The address is kept as a keyed hash and its network, a link without its query."""
    origin = hmac.digest(secret.encode(), f"tenure reading\x1f{visitor.address}".encode(), hashlib.sha256)[:16]
    link, agent = without_query(mark.target)[:MOST_LINK], visitor.agent[:MOST_AGENT]
    network = network_of(visitor.address)
    repository.note(session, Arrival(mark.send, now, kind, link, visitor.method, agent, origin, network))


def judge_due(engine: Engine, now: datetime) -> int:
    """Judge every read whose surroundings are known by now; returns how many."""
    done = 0
    while True:
        with transaction(engine) as session:
            rows = repository.due(session, now - SETTLE, BATCH)
            judged = [
                (
                    int(row["id"]),
                    judge(
                        Seen(
                            row["kind"],
                            row["method"],
                            float(row["seconds"] or 0.0),
                            row["agent"],
                            row["network"],
                            int(row["links"]),
                            int(row["recipients"]),
                            bool(row["trapped"]),
                            bool(row["headed"]),
                            bool(row["read_before"]),
                            bool(row["caught"]),
                            row["via"],
                        )
                    ),
                )
                for row in rows
            ]
            if judged:
                repository.keep(session, judged, now)
        done += len(judged)
        if len(judged) < BATCH:
            return done


def network_of(address: str) -> str:
    """Return the network around an address: 256 addresses of IPv4, a site of IPv6; nothing for what is no address."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def without_query(url: str) -> str:
    """Return a link without what may name a person: its query and its fragment."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else ""
