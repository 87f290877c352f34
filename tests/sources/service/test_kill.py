"""An import killed at any moment is whole or absent, and the next run completes it."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection

import pytest

from tenure.app import wiring
from tenure.app.settings import Settings
from tenure.app.wiring import Stores, intake_of
from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.sources import service
from tenure.sources.service import ImportFacts, Intake
from tests.killable import at_work
from tests.sources.make import upload

ANYWHERE, WHILE_WRITING = 3, 6  # kills at any moment, and kills among the statements that write
WRITING, WRITTEN = 0.6, 0.85  # the progress an import reports around them
ROWS = 3_000


def _import(settings: Settings, import_id: str, tell: Connection) -> None:
    with wiring.stores(replace(settings, memory="1GB"), wiring.workspace_folder(settings)) as stores:
        tell.send(0.0)
        service.import_now(intake_of(stores), import_id, report=lambda share, step: tell.send(share))


@pytest.fixture
def workspace(new_settings: Callable[[], Settings]) -> Iterator[tuple[Settings, Stores]]:
    """A workspace that another process may open too."""
    settings = new_settings()
    with wiring.stores(settings, wiring.create_workspace(settings, "shop")) as opened:
        yield settings, opened


@pytest.mark.timeout(900)  # every kill starts a process that opens the stores anew
def test_a_killed_import_is_whole_or_absent_and_the_next_run_completes_it(workspace: tuple[Settings, Stores]) -> None:
    settings, stores = workspace
    intake = intake_of(stores)
    lines = (f"{n},c{n % 700},2024-01-{n % 28 + 1:02d},{n}.5" for n in range(ROWS))
    facts = upload(intake, "\n".join(["order no,customer id,order date,amount", *lines]).encode())
    moments: dict[float, float] = {0: time.monotonic()}

    def note(share: float, step: Text) -> None:
        moments.setdefault(share, time.monotonic())

    whole = service.import_now(intake, facts.id, report=note)
    usual, writing = time.monotonic() - moments[0], moments[WRITTEN] - moments[WRITING]
    service.undo(intake, facts.id)
    chance = random.Random(20240305)
    kills = [(0.0, chance.uniform(0, 1.3 * usual)) for _ in range(ANYWHERE)]
    kills += [(WRITING, chance.uniform(0.2, 1.1) * writing) for _ in range(WHILE_WRITING)]
    kills.append((WRITTEN, 0.0))  # surely between the lake and the directory
    seen = set()
    for share, delay in kills:
        _kill_during(settings, facts.id, share, delay)
        orders = _count(intake, "orders")
        assert orders in (0, ROWS)
        seen.add((orders, service.read(intake, facts.id).state))
        done = _complete(intake, facts.id)
        assert done.state == "done"
        assert done.counts == whole.counts
        assert (_count(intake, "orders"), _count(intake, "customers"), _in_directory(intake)) == (ROWS, 700, 700)
        service.undo(intake, facts.id)
        assert (_count(intake, "orders"), _count(intake, "customers"), _in_directory(intake)) == (0, 0, 0)
    assert len(seen) > 1, f"every kill fell into the same moment: {seen}"


def _kill_during(settings: Settings, import_id: str, share: float, delay: float) -> None:
    with at_work(_import, settings, import_id) as (_, hear):
        while hear.recv() < share:
            pass
        time.sleep(delay)


def _complete(intake: Intake, import_id: str) -> ImportFacts:
    for _ in range(100):  # the server notices a dead client when its statement ends
        try:
            facts = service.read(intake, import_id)
            return facts if facts.state == "done" else service.import_now(intake, import_id)
        except Conflict:
            time.sleep(0.1)
    raise AssertionError("the killed import is still held")


def _count(intake: Intake, table: str) -> int:
    rows = intake.lake.table(table)
    return int(intake.lake.read(rows.aggregate(n=rows.count()))["n"][0].as_py())


def _in_directory(intake: Intake) -> int:
    with transaction(intake.engine) as session:
        return int(session.connection().exec_driver_sql("SELECT count(*) FROM customers").scalar_one())
