"""A small shop with a few customers and messages, served: what the pages of messages need, in seconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Page
from sqlalchemy import text

from tenure.app import settings
from tenure.app.wiring import Stores, stores
from tenure.directory.customers.consent import links
from tenure.directory.customers.consent.links import Link
from tenure.kit.db import transaction
from tests.browser.site import fresh_site
from tests.outreach.make import Clock, Pigeon, ask, people, run

OWNER = {"name": "Lin", "email": "lin@example.com", "password": "a long enough one", "language": "en"}
READER, SILENT, WAITING = "reader-1", "silent-2", "waiting-3"
LEAVERS = {"en": "leaver-4", "zh": "leaver-5"}


@dataclass(frozen=True)
class Shop:
    """Where the shop is served and kept, and the links under the messages of those who will unsubscribe."""

    url: str
    home: Path
    unsubscribe: dict[str, str] = field(default_factory=dict)

    @contextmanager
    def beside(self) -> Iterator[Stores]:
        """Open the shop's stores beside its server."""
        with stores(settings.read({"TENURE_HOME": str(self.home)}), self.home / "corner-shop") as opened:
            yield opened


@contextmanager
def messaging_shop(home: Path) -> Iterator[Shop]:
    """Serve a shop where one customer got a message, one said no, one waits and two sends are held."""
    with fresh_site(home) as url:
        shop = Shop(url, home)
        with shop.beside() as opened:
            _fill(opened)
            tokens = {who: links.sign(opened.secret, Link(who, "marketing", "email")) for who in LEAVERS.values()}
        yield replace(shop, unsubscribe={who: f"/unsubscribe/{token}" for who, token in tokens.items()})


def enter(page: Page) -> None:
    """Become the owner of a shop nobody has entered yet."""
    answer = page.request.post("/api/v1/setup", data=OWNER)
    assert answer.ok, answer.text()


def of_this_site(page: Page) -> dict[str, str]:
    """Return what a request of a page's member carries to change something: the token of the session."""
    return {"X-CSRF-Token": next(str(one["value"]) for one in page.context.cookies() if one["name"] == "tenure_csrf")}


def _fill(opened: Stores) -> None:
    now = opened.clock.now()
    people(opened, READER, WAITING, *LEAVERS.values())
    people(opened, SILENT, consent="withdrawn")
    ask(opened, [READER, SILENT], "spring-letter", due_at=now - timedelta(minutes=5))
    run(opened, Pigeon(), clock=Clock(now))
    ask(opened, [WAITING], "summer-letter", due_at=now + timedelta(days=1))
    ask(opened, [READER, WAITING], "late-letter", due_at=now)
    with transaction(opened.engine) as session:
        session.execute(text("UPDATE sends SET state = 'held' WHERE message = 'late-letter'"))
