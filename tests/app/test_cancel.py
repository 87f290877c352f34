"""Long work stops when asked to, at a point where everything is whole, and is not tried again by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from tenure.app import worker
from tenure.app.jobs import all_jobs
from tenure.app.pipelines import refresh as refreshing
from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.i18n import Text
from tenure.kit.runs import repository as runs
from tenure.risk.registry import service as registry
from tests.directory.make import Browser, owner
from tests.features import make
from tests.risk import shops


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """The owner of a shop of three customers, computed once."""
    begin = shops.BEGIN
    make.add_orders(
        stores.lake, [(f"c{who}", begin + timedelta(days=9 * turn), 5.0) for who in range(3) for turn in range(9)]
    )
    refreshing.refresh(stores)
    return owner(stores)


def _shown(stores: Stores) -> list[tuple[object, ...]]:
    with transaction(stores.engine) as session:
        rows = session.execute(text("SELECT as_of, snapshot FROM refreshes ORDER BY as_of"))
        return [tuple(row) for row in rows]


def _scores(stores: Stores) -> int:
    rows = stores.lake.table("scores")
    return int(stores.lake.read(rows.aggregate(n=rows.count()))["n"][0].as_py())


def test_work_that_waits_is_cancelled_at_once_and_never_begins(boss: Browser, stores: Stores) -> None:
    before = _shown(stores)
    run = boss.post("/refresh").json()["run_id"]
    assert [one["id"] for one in boss.get("/runs?kind=refresh").json()["items"]] == [run]
    assert boss.get("/runs?kind=train_models").json()["items"] == []
    told = boss.post(f"/runs/{run}/cancel").json()
    assert (told["state"], told["error"]["code"]) == ("failed", "cancelled")
    worker.run(stores, all_jobs(stores), wait=False)
    assert boss.get(f"/runs/{run}").json()["error"]["code"] == "cancelled"
    assert boss.get("/runs").json()["items"] == []
    assert _shown(stores) == before


def test_work_that_was_cancelled_as_a_worker_began_it_does_not_seem_to_go_on(boss: Browser, stores: Stores) -> None:
    run = boss.post("/refresh").json()["run_id"]
    boss.post(f"/runs/{run}/cancel")
    runs.report(stores.engine, run, 0.0, Text("Looking at the data", "查看数据"))  # the worker had looked before
    assert boss.get("/runs").json()["items"] == []
    worker.run(stores, all_jobs(stores), wait=False)
    assert boss.get(f"/runs/{run}").json()["error"]["code"] == "cancelled"


def test_work_that_runs_stops_at_the_next_safe_point_and_the_old_results_stand(
    boss: Browser, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _shown(stores)
    scores = _scores(stores)
    run = boss.post("/refresh").json()["run_id"]
    plain = runs.report

    def asked_in_the_middle(*arguments: object) -> None:
        plain(*arguments)  # type: ignore[arg-type]
        if arguments[2] == 0.5:
            assert boss.post(f"/runs/{run}/cancel").json()["cancelling"]

    monkeypatch.setattr(runs, "report", asked_in_the_middle)
    worker.run(stores, all_jobs(stores), wait=False)
    told = boss.get(f"/runs/{run}").json()
    assert (told["state"], told["error"]["code"], told["progress"]) == ("failed", "cancelled", 0.5)
    assert not told["cancelling"]
    assert _shown(stores) == before
    assert _scores(stores) == scores


@pytest.mark.parametrize(
    ("path", "kind", "fraction"), [("/refresh", "refresh", 0.9), ("/models/train", "train_models", 0.6)]
)
def test_work_that_has_put_its_results_in_place_comes_to_its_end_and_does_not_say_the_old_ones_stand(
    boss: Browser, stores: Stores, monkeypatch: pytest.MonkeyPatch, path: str, kind: str, fraction: float
) -> None:
    run = boss.post(path).json()["run_id"]
    plain = runs.report

    def asked_too_late(*arguments: object) -> None:
        plain(*arguments)  # type: ignore[arg-type]
        if arguments[2] == fraction:
            assert boss.post(f"/runs/{run}/cancel").json()["cancelling"]

    monkeypatch.setattr(runs, "report", asked_too_late)
    worker.run(stores, all_jobs(stores), wait=False)
    told = boss.get(f"/runs/{run}").json()
    assert (told["kind"], told["state"], told["error"], told["cancelling"]) == (kind, "done", None, False)


def test_teaching_stops_before_another_model_is_in_use(
    boss: Browser, stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = boss.post("/models/train").json()["run_id"]
    plain = runs.report

    def asked_while_teaching(*arguments: object) -> None:
        plain(*arguments)  # type: ignore[arg-type]
        if arguments[2] == 0.05:
            boss.post(f"/runs/{run}/cancel")

    def never(*_: object) -> None:
        raise AssertionError("a model was put in use although somebody had asked to stop")

    monkeypatch.setattr(runs, "report", asked_while_teaching)
    monkeypatch.setattr(registry, "settle", never)
    monkeypatch.setattr(registry, "could_not_teach", never)
    worker.run(stores, all_jobs(stores), wait=False)
    told = boss.get(f"/runs/{run}").json()
    assert (told["state"], told["error"]["code"]) == ("failed", "cancelled")
