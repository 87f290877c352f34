"""People and machines told apart on a labelled set: ``python3 run.py bench [--small] reading``.

A mailing is drawn with stated assumptions (``ASSUMED``), every open and click is written to a workspace as the public routes
write it, and the job that judges them is run. ``harder`` moves the scanners to where they are hardest to see.
"""

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import text

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.kit.db import Engine, transaction
from tenure.outreach.reading.machine import THRESHOLD
from tenure.outreach.reading.marks import Mark
from tenure.outreach.reading.service import Visitor, judge_due, network_of, without_query

RECALL, LOSS = 0.95, 0.01  # engagement, item 12
BEGUN = datetime(2026, 3, 4, 9, tzinfo=UTC)
LINKS = tuple(f"https://shop.example.com/{name}" for name in ("", "new", "sale", "story", "terms"))
CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36"
)
IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148"
PROXY = "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
NAMED = ("python-requests/2.31", "BarracudaCentral Link Scanner", "Go-http-client/1.1")


@dataclass(frozen=True)
class Assumed:
    """What the set is drawn from; shares are of recipients unless said otherwise."""

    recipients: int = 20_000
    gmail: float = 0.35  # images through Google's proxy when the mail is opened
    apple: float = 0.25  # Mail Privacy Protection fetches the pixel whether or not the mail is read
    company: float = 0.15  # behind a gateway, forty to an address; the rest read directly
    opens: float = 0.3
    clicks: float = 0.16  # of those who open
    median_hours: float = 2.0  # from delivery to opening, log-normal, sigma 2
    hurried: float = 0.01  # open within ten seconds
    scanned: float = 0.9  # of company mail
    kinds: tuple[float, ...] = (0.45, 0.15, 0.25, 0.10, 0.05)  # gateway, header reader, sandbox, at the click, stealth
    trap: float = 0.75  # gateways that follow a link nobody sees; sandboxes half as often
    slower: float = 1.0  # scanners' delays times this
    addresses: int = 8  # a gateway looks from so many
    most_links: int = 5


ASSUMED = Assumed()
HARDER = replace(ASSUMED, trap=0.2, slower=10.0, addresses=200, most_links=3, kinds=(0.3, 0.1, 0.3, 0.1, 0.2))


@dataclass(frozen=True)
class Made:
    """One open or click of the set, and who did it."""

    send: int
    seconds: float
    kind: str
    link: str
    visitor: Visitor
    who: str


class Mailing:
    """Draws what comes of a mailing."""

    def __init__(self, assumed: Assumed, seed: int) -> None:
        self.assumed, self.rng = assumed, np.random.default_rng(seed)
        self.made: list[Made] = []
        self.delivered = np.sort(self.rng.uniform(0, 1800, assumed.recipients))

    def draw(self) -> list[Made]:
        """Draw every recipient."""
        for send in range(self.assumed.recipients):
            place = self.rng.random()
            if place < self.assumed.gmail:
                self._person(send, PROXY, f"66.249.84.{self.rng.integers(1, 60)}", self._home())
            elif place < self.assumed.gmail + self.assumed.apple:
                self._prefetched(send)
                self._person(send, None, "", self._home(), IPHONE)
            elif place < self.assumed.gmail + self.assumed.apple + self.assumed.company:
                office = f"198.51.{send // 40 % 250}.{7 + send // 10_000}"
                clicked = self._person(send, CHROME, office, office)
                self._scanner(send, clicked)
            else:
                home = self._home()
                self._person(send, CHROME if self.rng.random() < 0.5 else IPHONE, home, home)
        return self.made

    def _person(
        self, send: int, agent: str | None, opener: str, clicker: str, own: str = CHROME
    ) -> list[tuple[float, str]]:
        """Let a person open, come back, and click; returns the clicks."""
        rng, assumed = self.rng, self.assumed
        if rng.random() > assumed.opens:
            return []
        hurried = rng.random() < assumed.hurried
        opened = rng.uniform(2, 10) if hurried else max(4.0, 3600 * assumed.median_hours * np.exp(2 * rng.normal()))
        if agent is not None:
            for at in [opened] if rng.random() > 0.3 else [opened, opened + rng.exponential(20_000)]:
                self._add(send, at, "open", "", Visitor("GET", opener, agent), "person")
        if rng.random() > assumed.clicks:
            return []
        at, clicks = opened + rng.uniform(3, 40), []
        number = int(rng.choice([1, 2, 3, 5], p=[0.75, 0.18, 0.06, 0.01]))
        for link in rng.choice(LINKS, number, replace=False):
            clicks.append((at, str(link)))
            self._add(send, at, "click", str(link), Visitor("GET", clicker, own), "person")
            at += rng.uniform(4, 60)
        return clicks

    def _prefetched(self, send: int) -> None:
        at = 60 * 40 * np.exp(1.2 * self.rng.normal())
        self._add(
            send,
            at,
            "open",
            "",
            Visitor("GET", f"17.58.{self.rng.integers(0, 4)}.{self.rng.integers(1, 80)}", "Mozilla/5.0"),
            "prefetch",
        )

    def _scanner(self, send: int, clicked: list[tuple[float, str]]) -> None:
        rng, assumed = self.rng, self.assumed
        if rng.random() > assumed.scanned:
            return
        kind = int(rng.choice(5, p=assumed.kinds))
        if kind == 3:
            self._at_the_click(send, clicked)
        else:
            (self._gateway, self._headers, self._sandbox, self._stealth)[min(kind, 3)](send)

    def _gateway(self, send: int) -> None:
        rng, assumed = self.rng, self.assumed
        agent = str(rng.choice([CHROME, NAMED[rng.integers(3)], ""], p=[0.6, 0.2, 0.2]))
        at = rng.uniform(1, 8) * assumed.slower
        if rng.random() < 0.5:
            self._add(send, at, "open", "", Visitor("GET", self._gate(), agent), "gateway")
        for link in LINKS[: assumed.most_links]:
            self._add(send, at + rng.uniform(0, 3), "click", link, Visitor("GET", self._gate(), agent), "gateway")
        if rng.random() < assumed.trap:
            self._add(send, at + rng.uniform(0, 3), "trap", "", Visitor("GET", self._gate(), agent), "gateway")

    def _headers(self, send: int) -> None:
        at, place = self.rng.uniform(2, 30) * self.assumed.slower, self._gate()
        for link in LINKS[: self.assumed.most_links]:
            self._add(send, at + self.rng.uniform(0, 2), "click", link, Visitor("HEAD", place, CHROME), "header reader")

    def _sandbox(self, send: int) -> None:
        rng = self.rng
        place = (
            f"40.107.{rng.integers(0, 3)}.{rng.integers(1, 9)}"
            if rng.random() < 0.5
            else f"203.0.113.{rng.integers(1, 20)}"
        )
        at = rng.uniform(20, 900) * min(self.assumed.slower, 4)
        self._add(send, at, "open", "", Visitor("GET", place, CHROME), "sandbox")
        for link in rng.choice(LINKS, int(rng.integers(1, self.assumed.most_links + 1)), replace=False):
            self._add(send, at + rng.uniform(1, 8), "click", str(link), Visitor("GET", place, CHROME), "sandbox")
        if rng.random() < self.assumed.trap / 2:
            self._add(send, at + rng.uniform(1, 8), "trap", "", Visitor("GET", place, CHROME), "sandbox")

    def _at_the_click(self, send: int, clicked: list[tuple[float, str]]) -> None:
        for at, link in clicked:
            ours = self.rng.random() < 0.6
            place = (
                f"104.47.{self.rng.integers(0, 9)}.{self.rng.integers(1, 99)}"
                if ours
                else f"192.0.2.{self.rng.integers(1, 99)}"
            )
            method = "HEAD" if self.rng.random() < 0.3 else "GET"
            self._add(send, at + self.rng.uniform(-3, 3), "click", link, Visitor(method, place, CHROME), "at the click")

    def _stealth(self, send: int) -> None:
        at = self.rng.uniform(60, 3600)
        self._add(send, at, "click", str(self.rng.choice(LINKS)), Visitor("GET", self._home(), CHROME), "stealth")

    def _add(self, send: int, at: float, kind: str, link: str, visitor: Visitor, who: str) -> None:
        self.made.append(Made(send, float(self.delivered[send] + at), kind, link, visitor, who))

    def _home(self) -> str:
        return ".".join(str(part) for part in (int(self.rng.integers(80, 95)), *self.rng.integers(1, 250, 3)))

    def _gate(self) -> str:
        number = int(self.rng.integers(self.assumed.addresses))
        return f"203.0.{100 + number // 200}.{1 + number % 200}"


@dataclass(frozen=True)
class Found:
    """What the judge made of the set: by who did it, how many reads, and how many of them counted as a machine's."""

    reads: dict[str, int]
    machines: dict[str, int]
    clicked_by_people: int
    people_lost: int
    clicked_by_machines_alone: int
    taken_for_people: int

    @property
    def recall(self) -> float:
        """Return the share of scanners' reads that were recognised; what merely prefetches is told apart from them."""
        scanners = [who for who in self.reads if who not in ("person", "prefetch")]
        return sum(self.machines.get(who, 0) for who in scanners) / max(sum(self.reads[who] for who in scanners), 1)

    @property
    def loss(self) -> float:
        """Return the share of people's reads that were taken for a machine's."""
        return self.machines.get("person", 0) / max(self.reads.get("person", 0), 1)


def hold(stores: Stores, assumed: Assumed, seed: int) -> Found:
    """Draw a mailing, write it down, judge it by the real job, and compare with who did it."""
    mailing = Mailing(assumed, seed)
    made = mailing.draw()
    name = f"bench-{seed}-{assumed.slower:g}"
    _write(stores.engine, name, mailing, made)
    judge_due(stores.engine, BEGUN + timedelta(days=400))
    with transaction(stores.engine) as session:
        rows = session.execute(
            text("""SELECT r.machine, r.agent, s.id FROM message_reads r JOIN sends s ON s.id = r.send_id
                    WHERE s.message = :name ORDER BY r.id"""),
            {"name": name},
        ).all()
    reads, machines = Counter[str](), Counter[str]()
    judged: dict[int, list[tuple[str, str, float]]] = defaultdict(list)
    for one, row in zip(made, rows, strict=True):
        reads[one.who] += 1
        machines[one.who] += row.machine >= THRESHOLD
        judged[one.send].append((one.who, one.kind, row.machine))
    by_people = [told for told in judged.values() if any(who == "person" and kind == "click" for who, kind, _ in told)]
    alone = [told for told in judged.values() if told not in by_people and any(kind == "click" for _, kind, _ in told)]
    return Found(
        dict(reads), dict(machines), len(by_people), sum(not _clicked(told) for told in by_people),
        len(alone), sum(_clicked(told) for told in alone),
    )  # fmt: skip


def _clicked(told: list[tuple[str, str, float]]) -> bool:
    return any(kind == "click" and machine < THRESHOLD for _, kind, machine in told)


def _write(engine: Engine, name: str, mailing: Mailing, made: list[Made]) -> None:
    with transaction(engine) as session:
        session.execute(
            text("""INSERT INTO sends (id, message, step, customer_id, channel, via, state, purpose, category, priority,
                        transactional, cost, due_at, asked_by, created_at, changed_at, accepted_at)
                    SELECT :name || place, :name, '', 'c' || place, 'email', 'email', 'accepted', 'marketing', '', 0, false, 0,
                        at, 'bench', at, at, at
                    FROM unnest(CAST(:places AS int[]), CAST(:ats AS timestamptz[])) AS one(place, at)"""),
            {
                "name": name,
                "places": list(range(mailing.assumed.recipients)),
                "ats": [BEGUN + timedelta(seconds=float(at)) for at in mailing.delivered],
            },
        )
        rows = [
            {
                "send": f"{name}{one.send}", "at": BEGUN + timedelta(seconds=one.seconds), "kind": one.kind,
                "link": without_query(Mark("", one.link).target), "method": one.visitor.method, "agent": one.visitor.agent,
                "origin": one.visitor.address.encode(), "network": network_of(one.visitor.address),
            }
            for one in made
        ]  # fmt: skip
        session.execute(
            text("""INSERT INTO message_reads (send_id, at, kind, link, method, agent, origin, network)
                    VALUES (:send, :at, :kind, :link, :method, :agent, :origin, :network)"""),
            rows,
        )
        session.execute(text("ANALYZE message_reads"))


def main() -> int:
    """Hold both sets and print the table; returns 1 when the aims are missed on the first."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true")
    small = parser.parse_args().small
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    chosen = replace(environment.read(os.environ), home=home, workspace="reading", database_url=None, lake_url=None)
    with wiring.stores(chosen, wiring.create_workspace(chosen, "reading")) as stores:
        size = 2_000 if small else 20_000
        plain = hold(stores, replace(ASSUMED, recipients=size), 7)
        harder = hold(stores, replace(HARDER, recipients=size), 8)
    for name, found in (("as assumed", plain), ("harder", harder)):
        print(f"\n{name}: recall of scanners {found.recall:.4f}, people lost {found.loss:.4f}")
        for who, number in sorted(found.reads.items()):
            print(f"  {who:14} {number:7,} reads, a machine's: {found.machines.get(who, 0) / number:.4f}")
        print(f"  clicked by a person: {found.clicked_by_people:,} mails, lost {found.people_lost}")
        print(
            f"  clicked by machines alone: {found.clicked_by_machines_alone:,} mails, taken for people {found.taken_for_people}"
        )
    return int(plain.recall < RECALL or plain.loss > LOSS)


if __name__ == "__main__":
    raise SystemExit(main())
