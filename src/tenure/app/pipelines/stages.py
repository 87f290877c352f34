"""The stages of a refresh: each is done once, also when the process that did the first of them is gone.

A refresh fixes at its beginning what it looks at: the state of the data, the instant, the clock. Whoever begins one
with the same wish over the same data, soon after one that did not come to its end, takes that one up: same clock, same
instant, and every stage that was done is left as it stands. New data means beginning anew.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import structlog

from tenure.app.wiring import Stores
from tenure.kit.db import transaction
from tenure.kit.ids import content_id
from tenure.kit.stages import repository
from tenure.kit.stages.repository import Inputs
from tenure.warehouse.history import naive

T = TypeVar("T")
BEGUN, DONE = "begun", "done"
TAKEN_UP_WITHIN = timedelta(hours=6)  # work left lying for longer is of yesterday
log = structlog.get_logger()


@dataclass(frozen=True)
class Stages:
    """The stages of a piece of work under way; ``now`` is when it was first begun, ``snapshot`` what it reads."""

    stores: Stores
    work: str
    now: datetime
    inputs: Inputs
    snapshot: int

    @property
    def as_of(self) -> datetime:
        """The instant the work looks from, as histories take it."""
        return naive(self.inputs.as_of)

    @property
    def folder(self) -> Path:
        """Where stages leave what is too large for the database; gone when the work is done."""
        return self.stores.folder / "scratch" / "stages" / self.work

    def once(self, stage: str, definition: str, work: Callable[[], dict[str, object]]) -> dict[str, object]:
        """Do a stage unless it was done with the same inputs; returns what it left behind."""
        inputs = self._with(definition)
        with transaction(self.stores.engine) as session:
            found = repository.left_behind(session, self.work, stage, inputs)
        if found is not None:
            log.info("stage_was_done", work=self.work, stage=stage)
            return found
        artefact = work()
        with transaction(self.stores.engine) as session:
            repository.finish(session, self.work, stage, inputs, artefact, self.stores.clock.now())
        return artefact

    def kept(
        self,
        stage: str,
        definition: str,
        work: Callable[[], T],
        files: tuple[Callable[[T, Path], None], Callable[[Path], T]],
    ) -> T:
        """Do a stage whose outcome is kept in a file, unless the file is there; ``files`` write and read it."""
        write, read = files
        path = self.folder / f"{content_id(stage, definition, self.inputs.definition)}.arrow"
        made: list[T] = []

        def do() -> dict[str, object]:
            made.append(work())
            self.folder.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            write(made[0], part)
            part.replace(path)
            return {"file": path.name}

        if not path.exists():  # on another machine, or swept away
            with transaction(self.stores.engine) as session:
                repository.undo(session, self.work, stage)
        self.once(stage, definition, do)
        return made[0] if made else read(path)

    def end(self) -> None:
        """Say that the work is done, and sweep its files away."""
        with transaction(self.stores.engine) as session:
            repository.finish(session, self.work, DONE, self.inputs, {}, self.stores.clock.now())
        shutil.rmtree(self.folder, ignore_errors=True)

    def _with(self, definition: str) -> Inputs:
        return Inputs(self.inputs.snapshot, self.inputs.as_of, content_id("i", self.inputs.definition, definition))


def begin(stores: Stores, work: str, definition: str, as_of: datetime) -> Stages:
    """Take up work that was left lying, or begin it as of an instant."""
    now, data = stores.clock.now(), stores.lake.data_version()
    with transaction(stores.engine) as session:
        before = repository.every(session, work)
    begun = before.get(BEGUN)
    if (
        begun is not None
        and DONE not in before
        and (begun.snapshot, begun.definition) == (data, definition)
        and timedelta(0) <= now - begun.finished_at <= TAKEN_UP_WITHIN
    ):
        log.info("work_taken_up", work=work, done=sorted(before))
        first = datetime.fromisoformat(str(begun.artefact["now"]))
        inputs = Inputs(data, begun.as_of, definition)
        return Stages(stores, work, first, inputs, int(str(begun.artefact["snapshot"])))
    stages = Stages(stores, work, now, Inputs(data, as_of.replace(tzinfo=UTC), definition), stores.lake.snapshot())
    shutil.rmtree(stages.folder, ignore_errors=True)
    with transaction(stores.engine) as session:
        repository.forget(session, work)
        artefact: dict[str, object] = {"now": now.isoformat(), "snapshot": stages.snapshot}
        repository.finish(session, work, BEGUN, stages.inputs, artefact, now)
    return stages
