"""Erases people in an order that never leaves half, and can be taken up again wherever it was cut off.

1. *Asked*: in one transaction the erasure is written down, its people are marked as erased (by keyed hashes), what
   waits to be sent to them is held back. From then on no import, event or message brings them back.
2. *stream*, *lake*, *rows*, *files*: each place is emptied; doing it again finds nothing more.
3. *purge*: files of the lake that held them are written anew, every earlier snapshot goes.
4. *look*: every file and table is searched; whatever is still found sends us back to 2.
5. *Receipt*: signed; only now the erasure forgets whom it was about.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import cast

from tenure.app import backup
from tenure.app.person import in_lake, in_tables, telling
from tenure.app.person.finding import people_of, wanted_in_files
from tenure.app.person.inventory import NAMES_SOMEBODY
from tenure.app.person.people import People
from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_tracking import ONE_MOVER as TRACKING_MOVER
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.pipelines.refresh import COMPUTING
from tenure.app.progress import Report, quiet
from tenure.app.wiring import Stores, intake_of
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.consent.suppressing import AddressKey
from tenure.directory.customers.erased import service as erased
from tenure.directory.customers.erased.keys import ErasedKeys
from tenure.directory.customers.erased.service import Erasure
from tenure.kit.db import advisory_lock, transaction
from tenure.kit.errors import Conflict, TenureError
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.jobs import defer
from tenure.kit.runs import repository as runs
from tenure.kit.stream import repository as stream
from tenure.sources import service as sources

JOB = KIND = "person.erase"
ROUNDS = 3
STEPS = {
    "stream": Text("Emptying what is on its way", "清理待入湖数据"),
    "lake": Text("Taking rows out of the lake", "从数据湖中删除"),
    "rows": Text("Deleting from the database", "从数据库中删除"),
    "files": Text("Going through the files of imports", "清理导入文件"),
    "purge": Text("Writing the lake's files anew", "重写数据湖文件"),
    "look": Text("Searching everything once more", "全面复查"),
}


@dataclass(frozen=True)
class Choices:
    """What was chosen: orders may stay as sales without a customer, and words of consent as keyed hashes."""

    keep_orders: bool = True
    keep_proof: bool = True


def ask(stores: Stores, ids: Sequence[str], choices: Choices, actor: Principal, *, in_background: bool = True) -> str:
    """Write down that people shall be erased, and let nothing bring them back from now on; returns the erasure's id.

    What was tracked is carried to the lake first: what they did before they were known has to be theirs to be found.
    """
    meet_people(stores)
    move_tracking(stores)
    people = people_of(stores, ids, orders=not choices.keep_orders)
    now, erasure_id = stores.clock.now(), new_id("ers")
    with transaction(stores.engine) as session:
        run_id = runs.create(session, KIND, now)
        row = Erasure(
            id=erasure_id,
            run_id=run_id,
            people=people.stored(),
            choices=dict(vars(choices)),
            done=[],
            found=[],
            asked_by={"id": actor.id, "name": actor.name, "kind": actor.kind},
            asked_at=now,
        )
        erased.add(session, row)
        in_tables.bury(session, people, keys_of(stores), AddressKey.derived(stores.secret), erasure_id, now)
        in_tables.record(session, actor, "person.erase", people, keys_of(stores), erasure_id, now)
        if in_background:
            defer(session, JOB, {"erasure_id": erasure_id}, lock="refresh")
    return erasure_id


def erase(stores: Stores, erasure_id: str, report: Report = quiet) -> dict[str, object]:
    """Carry out an erasure, or what is left of it; returns its receipt."""
    with transaction(stores.engine) as session:
        row = erased.find(session, erasure_id)
    if row.receipt is not None:
        return row.receipt

    def told(share: float, step: Text) -> None:
        runs.report(stores.engine, row.run_id, share, step)
        report(share, step)

    with runs.working(stores.engine, row.run_id), _honest(stores, row.run_id), _alone(stores):
        with transaction(stores.engine) as session:
            row = erased.find(session, erasure_id)
        if row.receipt is not None:
            return row.receipt  # another process was faster
        work = _Work(stores, row, told)
        for _ in range(ROUNDS):
            work.through()
            if work.nothing_left():
                return work.end()
            work.again()
    raise Conflict(
        Text("Something kept writing about the person while they were erased.", "删除过程中仍有数据写入。"),
        remedy=Text(
            "It goes on by itself; see that no other program writes.", "系统会继续；请确认没有其他程序在写入。"
        ),
    )


def resume(stores: Stores) -> int:
    """Carry out every erasure that was left lying; returns how many."""
    with transaction(stores.engine) as session:
        lying = [row.id for row in erased.under_way(session)]
    for erasure_id in lying:
        erase(stores, erasure_id)
    return len(lying)


def found(stores: Stores, erasure_id: str) -> Erasure:
    """Return one erasure as it stands."""
    with transaction(stores.engine) as session:
        return erased.find(session, erasure_id)


def keys_of(stores: Stores) -> ErasedKeys:
    """Return the key the erased are recognised by."""
    return ErasedKeys.derived(stores.secret)


class _Work:
    """One erasure under way: its stages, each of which may be repeated."""

    def __init__(self, stores: Stores, row: Erasure, report: Report) -> None:
        self.stores, self.row, self.report = stores, row, report
        self.people = People.of(cast(dict[str, object], row.people))
        self.choices = Choices(**cast(dict[str, bool], row.choices))
        self.done = [str(stage) for stage in row.done]
        self.found = cast(list[dict[str, object]], list(row.found))
        self.left = in_lake.Left(0, 0)

    def through(self) -> None:
        """Do every stage that is not done."""
        stages: dict[str, Callable[[], list[dict[str, object]]]] = {
            "stream": self._stream,
            "lake": self._lake,
            "rows": self._rows,
            "files": self._files,
            "purge": self._purge,
        }
        for place, (stage, work) in enumerate(stages.items()):
            if stage not in self.done:
                self.report(0.05 + 0.15 * place, STEPS[stage])
                self._finish(stage, work())

    def nothing_left(self) -> bool:
        """Look through everything; files of a process that died are swept away first."""
        self.report(0.85, STEPS["look"])
        self.left = in_lake.look(self.stores.lake, self.people)
        if self.left.rows:
            self.stores.lake.sweep()
            self.left = in_lake.look(self.stores.lake, self.people)
        with transaction(self.stores.engine) as session:
            in_database = in_tables.remaining(session, self.people)
        return self.left.rows == 0 and in_database == 0

    def again(self) -> None:
        """Forget that the stages were done."""
        self.done = []

    def end(self) -> dict[str, object]:
        """Sign the receipt, and forget whom it was about."""
        stores = self.stores
        now = stores.clock.now()
        facts = telling.facts(self.row, self.people, self.found, self.left, keys_of(stores), now)
        signed = telling.signed(stores.secret, stores.name, facts)
        with transaction(stores.engine) as session:
            erased.end(session, self.row.id, signed, self.found, now)
            runs.finish(session, self.row.run_id, {"erasure_id": self.row.id}, now)
        return signed

    def _finish(self, stage: str, lines: list[dict[str, object]]) -> None:
        self.done.append(stage)
        telling.add(self.found, lines)
        with transaction(self.stores.engine) as session:
            erased.change(session, self.row.id, {"done": self.done, "found": self.found})

    def _counted(self, lines: list[dict[str, object]]) -> None:
        """Write down what is about to go, before it goes: after that nobody can count it."""
        with transaction(self.stores.engine) as session:
            row = erased.find(session, self.row.id)
            self.found = cast(list[dict[str, object]], list(row.found))
            telling.add(self.found, lines)
            erased.change(session, self.row.id, {"found": self.found})

    def _stream(self) -> list[dict[str, object]]:
        with transaction(self.stores.engine) as session:
            return telling.of_tables(in_tables.empty_stream(session, self.people))

    def _lake(self) -> list[dict[str, object]]:
        counted = in_lake.count(self.stores.lake, self.people)
        self._counted(telling.of_lake(counted, keep_orders=self.choices.keep_orders))
        in_lake.take_out(self.stores.lake, self.people, keep_orders=self.choices.keep_orders)
        return []

    def _rows(self) -> list[dict[str, object]]:
        with transaction(self.stores.engine) as session:
            counted = in_tables.count_rows(session, self.people)
        self._counted(telling.of_tables(counted))
        with transaction(self.stores.engine) as session:
            keys, now = keys_of(self.stores), self.stores.clock.now()
            proof = self.row.id if self.choices.keep_proof else None
            return telling.of_kept(in_tables.delete_rows(session, self.people, keys, proof, now))

    def _files(self) -> list[dict[str, object]]:
        intake, wanted = intake_of(self.stores), wanted_in_files(self.people)
        emptied = NAMES_SOMEBODY if self.choices.keep_orders else {}
        self._counted(telling.of_files(sources.count_about(intake, wanted)))
        sources.forget(intake, wanted, emptied)
        return telling.of_scratch(in_tables.clear_scratch(self.stores.folder))

    def _purge(self) -> list[dict[str, object]]:
        return telling.of_purge(self.stores.lake.purge())


@contextmanager
def _alone(stores: Stores) -> Iterator[None]:
    """Let no refresh, import, mover or backup work beside the block."""
    with (
        advisory_lock(stores.engine, stream.ONE_MOVER),
        advisory_lock(stores.engine, TRACKING_MOVER),
        advisory_lock(stores.engine, COMPUTING),
        advisory_lock(stores.engine, backup.UPKEEP_LOCK),
        sources.nobody_imports(intake_of(stores)),
    ):
        yield


@contextmanager
def _honest(stores: Stores, run_id: str) -> Iterator[None]:
    """Write down why an erasure stopped; it is taken up again by itself."""
    told: TenureError = TenureError(
        Text("The erasure was cut off; it goes on by itself.", "删除中断，系统会自动继续。")
    )
    finished = False
    try:
        yield
        finished = True
    except TenureError as error:
        told = error
        raise
    finally:
        if not finished:
            with transaction(stores.engine) as session:
                runs.fail(session, run_id, told, stores.clock.now())
