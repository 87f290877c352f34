"""A browser and its members, for tests that go through the door."""

import warnings
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from threading import Lock
from typing import Any

from fastapi import FastAPI

from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.directory.access import CSRF_COOKIE, CSRF_HEADER

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # starlette would rather have httpx2, which does the same
    from starlette.testclient import TestClient

PASSWORD = "correct horse battery"
OWNER_EMAIL = "olga@shop.test"


class Browser(TestClient):
    """A client that sends the CSRF token back, as our pages do."""

    def request(self, method: str, url: str, **arguments: Any) -> Any:
        """Send a request with the token of the cookie."""
        given = arguments.pop("headers", None)
        headers = dict(given) if isinstance(given, Mapping) else {}
        token = self.cookies.get(CSRF_COOKIE)
        if token is not None:
            headers.setdefault(CSRF_HEADER, token)
        return super().request(method, "/api/v1" + url if url.startswith("/") else url, headers=headers, **arguments)


class TickingClock:
    """A clock a test moves by hand."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 3, 1, 9, tzinfo=UTC)

    def now(self) -> datetime:
        """Return the present instant."""
        return self.instant

    def pass_time(self, **duration: float) -> None:
        """Let time pass."""
        self.instant += timedelta(**duration)


def stranger(stores: Stores, clock: TickingClock | None = None) -> Browser:
    """Return a browser nobody is signed in to."""
    return Browser(_app(stores, clock), raise_server_exceptions=False)


_newest: list[tuple[Stores, TickingClock | None, FastAPI]] = []
_one_at_a_time = Lock()


def _app(stores: Stores, clock: TickingClock | None) -> FastAPI:
    """Return one application for all browsers of a workspace, as there is one in life.

    FastAPI describes a route when it is first asked for and mutes a warning meanwhile; several applications doing so
    in several threads give each other their muting, and the warning becomes an error.
    """
    with _one_at_a_time:
        for known_stores, known_clock, app in _newest:
            if known_stores is stores and known_clock is clock:
                return app
        app = build_app(stores, {} if clock is None else {"clock": clock})
        _newest.insert(0, (stores, clock, app))
        del _newest[4:]
        return app


def owner(stores: Stores, clock: TickingClock | None = None) -> Browser:
    """Return a browser of the first owner, made when there is none yet."""
    browser = stranger(stores, clock)
    made = browser.post("/setup", json={"name": "Olga", "email": OWNER_EMAIL, "password": PASSWORD, "language": "en"})
    if made.status_code == 409:
        sign_in(browser, OWNER_EMAIL)
    return browser


def sign_in(browser: Browser, email: str, password: str = PASSWORD) -> int:
    """Sign in; returns the status."""
    return int(browser.post("/session", json={"email": email, "password": password}).status_code)


def add_member(by: Browser, role: str, email: str | None = None) -> str:
    """Add a member of a role; returns the id."""
    particulars = {"name": role.title(), "email": email or f"{role}@shop.test", "password": PASSWORD, "role": role}
    made = by.post("/members", json=particulars)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


def member(stores: Stores, by: Browser, role: str, clock: TickingClock | None = None) -> Browser:
    """Return a browser signed in as a new member of a role."""
    add_member(by, role)
    browser = stranger(stores, clock)
    assert sign_in(browser, f"{role}@shop.test") == 200
    return browser
