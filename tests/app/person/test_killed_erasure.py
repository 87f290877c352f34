"""An erasure that is killed at any moment is finished by whoever takes it up, and its receipt tells the whole."""

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from tenure.app import wiring
from tenure.app.person import erase, receipt
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tests.app.person.erase_until_killed import work
from tests.app.person.make import TRACES, bring, customers, fill, in_database, in_files
from tests.app.person.test_erase import ask
from tests.directory.make import owner
from tests.killable import at_work

pytestmark = pytest.mark.filterwarnings("ignore:fetch_:DeprecationWarning")
STREAM, LAKE, ROWS, FILES, PURGE, LOOK = 0.05, 0.20, 0.35, 0.50, 0.65, 0.85


@pytest.mark.timeout(600)
def test_what_a_killed_erasure_left_is_finished_by_the_next(new_settings: Callable[[], Settings]) -> None:
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as stores:
        owner(stores)
        fill(stores)
        erasure_id = ask(stores)
        for moment, later in (
            (STREAM, 0.0),
            (LAKE, 0.02),
            (LAKE, 0.3),
            (ROWS, 0.05),
            (FILES, 0.02),
            (PURGE, 0.1),
            (LOOK, 0.0),
        ):
            _killed_at(settings, erasure_id, moment, later)
            _nobody_comes_back_meanwhile(stores)
        assert erase.resume(stores) <= 1
        signed = erase.erase(stores, erasure_id)
        assert in_files(stores.folder, TRACES) == []
        assert in_database(stores, TRACES) == []
        assert receipt.verify(signed, stores.secret)
        told = {line["place"]: line["rows"] for line in signed["lines"]}  # type: ignore[attr-defined]
        assert (told["customers"], told["lake.orders"], told["imports"], told["sends"]) == (1, 14, 16, 1)


def _killed_at(settings: Settings, erasure_id: str, moment: float, later: float) -> None:
    with at_work(work, settings, erasure_id) as (_, hear), suppress(EOFError):
        while hear.recv() < moment:
            pass
        time.sleep(later)


def _nobody_comes_back_meanwhile(stores: Stores) -> None:
    again = bring(stores, "again.csv", customers(3), "customers")
    assert again.counts is not None
    assert again.counts["erased"] == 1
