"""A key whose holder died is either known to be done or may be used again a minute later; never both."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import text

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.kit.idempotency import repository
from tenure.kit.idempotency.repository import LEASE, Held, Kept
from tests.directory.make import Browser, TickingClock, owner

DYING = """
import os, signal, sys
from pathlib import Path
from tenure.app import once, settings, wiring
from tests.directory.make import OWNER_EMAIL, TickingClock, sign_in, stranger
def die(*_):
    print("dying", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
found = settings.read(os.environ)
with wiring.stores(found, Path(sys.argv[1])) as stores:
    browser = stranger(stores, TickingClock())
    sign_in(browser, OWNER_EMAIL)
    setattr(once._Caller, sys.argv[2], die)
    browser.post("/customers/filters", json={"name": "Mine", "filter": {"all": []}}, headers={"Idempotency-Key": "k"})
"""
WANTED = {"name": "Mine", "filter": {"all": []}}
HEADERS = {"Idempotency-Key": "k"}


@pytest.fixture
def shop(new_settings: Callable[[], Settings]) -> Iterator[tuple[Settings, Stores]]:
    """A workspace that another process may open too."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        yield settings, opened


def _post(browser: Browser) -> tuple[int, str]:
    answer = browser.post("/customers/filters", json=WANTED, headers=HEADERS)
    return answer.status_code, answer.json().get("detail", "")


def _filters(stores: Stores) -> int:
    with transaction(stores.engine) as session:
        return int(session.execute(text("SELECT count(*) FROM saved_filters")).scalar_one())


@pytest.mark.timeout(120)
@pytest.mark.parametrize(("moment", "kept"), [("ends", 0), ("conclude", 1)])
def test_a_server_killed_at_work_leaves_a_key_that_tells_what_became_of_it(
    shop: tuple[Settings, Stores], moment: str, kept: int
) -> None:
    settings, stores = shop
    clock = TickingClock()
    boss = owner(stores, clock)
    _die(settings, stores, moment)
    assert _filters(stores) == kept
    clock.pass_time(seconds=30)
    status, told = _post(boss)
    assert status == 409
    assert ("being carried out" in told) == (kept == 0)
    clock.pass_time(seconds=31)
    status, told = _post(boss)
    assert status == (409 if kept else 201)
    assert ("answer was lost" in told) == (kept == 1)
    assert _filters(stores) == 1


def test_a_request_whose_work_is_still_under_way_is_not_taken_over_however_long_it_takes(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = owner(fresh_stores, clock)
    first = _reserved(fresh_stores, boss, clock)
    clock.pass_time(hours=2)
    with transaction(fresh_stores.engine) as working:
        repository.begin_work(working, first)
        assert _post(boss)[0] == 409
        repository.end_work(working, first)
    assert _post(boss)[0] == 409
    assert _filters(fresh_stores) == 0


def test_who_lost_a_key_does_no_work_under_it(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = owner(fresh_stores, clock)
    first = _reserved(fresh_stores, boss, clock)
    clock.pass_time(seconds=61)
    assert _post(boss)[0] == 201
    with pytest.raises(Conflict), transaction(fresh_stores.engine) as session:
        repository.begin_work(session, first)
    with transaction(fresh_stores.engine) as session:
        repository.release(session, first)
        repository.keep(session, first, Kept("", 500, None, b""))
    assert _post(boss)[0] == 201
    assert _filters(fresh_stores) == 1


def test_a_sign_of_life_holds_a_key_beyond_its_minute(fresh_stores: Stores) -> None:
    clock = TickingClock()
    boss = owner(fresh_stores, clock)
    first = _reserved(fresh_stores, boss, clock)
    for _ in range(4):
        clock.pass_time(seconds=40)
        with transaction(fresh_stores.engine) as session:
            repository.renew(session, first, clock.now())
        assert _post(boss)[0] == 409
    clock.pass_time(seconds=LEASE / timedelta(seconds=1) + 1)
    assert _post(boss)[0] == 201


def _reserved(stores: Stores, boss: Browser, clock: TickingClock) -> Held:
    """Take the key as a request does that is about to be carried out elsewhere."""
    _post(boss)
    with transaction(stores.engine) as session:
        row = session.execute(text("SELECT caller, request_hash FROM idempotency_keys")).one()
        session.execute(text("DELETE FROM idempotency_keys"))
        session.execute(text("DELETE FROM saved_filters"))
        held = Held(row.caller, HEADERS["Idempotency-Key"], "hold_elsewhere")
        assert repository.reserve(session, held, row.request_hash, clock.now()) is None
    return held


def _die(settings: Settings, stores: Stores, moment: str) -> None:
    environment = {**os.environ, "TENURE_HOME": str(settings.home), "TENURE_DATABASE_URL": settings.database_url or ""}
    command = [sys.executable, "-c", DYING, str(stores.folder), moment]
    ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (ended.stdout, ended.returncode) == ("dying\n", -signal.SIGKILL), ended.stderr
