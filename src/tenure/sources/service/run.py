"""Carries an import out: into the lake in one transaction, then into the directory in another.

Killed before the lake's commit, nothing is written and the next run starts over. Killed after it, the next run finds
the batch carried and only completes the directory. Run again after success, it changes nothing.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime

import pyarrow as pa

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.erased import service as erased_people
from tenure.directory.customers.intake import repository as customers
from tenure.directory.workspace import service as workspace
from tenure.kit.db import transaction
from tenure.kit.errors import Conflict, Invalid, TenureError
from tenure.kit.i18n import Text
from tenure.kit.jobs import defer
from tenure.kit.runs import repository as runs
from tenure.sources import repository
from tenure.sources.forgetting import cells_of, drop_rows
from tenure.sources.intake import Intake
from tenure.sources.mapping import fingerprint
from tenure.sources.preparing import let_go
from tenure.sources.service.consents import check_declared, take_consents, told_consents
from tenure.sources.service.facts import ImportFacts, Request, facts_of, text_stored
from tenure.sources.service.forgetting import forget_samples
from tenure.sources.service.preview import settle
from tenure.sources.service.working import Report, Worked, check_request, count, result_file, save_result, work_out
from tenure.sources.source import BATCH_ROWS
from tenure.sources.writing import compare, write
from tenure.warehouse.history import instant

JOB = "sources.run_import"
KIND = "import"
GOING_ON: Mapping[str, object] = {"state": "running", "error": None, "ended_at": None}
READING = Text("Reading the file", "正在读取文件")
COMPARING = Text("Comparing with what is known, and writing", "正在与已有数据比对并写入")
PEOPLE = Text("Updating customers", "正在更新客户")
UNEXPECTED = Text("The import ended unexpectedly; nothing of it is half done.", "导入意外中止；不会留下半成品数据。")


class Refused(Invalid):
    """A strict import has bad rows, so nothing went in."""

    code = "bad_rows"


def begin(
    intake: Intake,
    import_id: str,
    request: Request | None = None,
    *,
    remember: bool = True,
    actor: Principal | None = None,
    in_background: bool = True,
) -> str:
    """Decide to carry an import out, and return its run; an interrupted one goes on under the run it had."""
    facts = _resumable(intake, import_id)
    if facts.goes_on and facts.run_id is not None:
        run_id = facts.run_id
        with transaction(intake.engine) as session:
            runs.requeue(session, run_id)
            repository.change(session, import_id, GOING_ON)
    else:
        chosen = request or facts.request
        check_request(intake.folder_of(import_id), chosen)
        with transaction(intake.engine) as session:
            check_declared(session, chosen.options.consent, intake.clock.now())
        settle(intake, import_id, chosen)
        run_id = _new_run(intake, import_id, chosen, remember, actor)
    if in_background:
        with transaction(intake.engine) as session:
            defer(session, JOB, {"import_id": import_id}, lock=import_id)
    return run_id


def run(intake: Intake, import_id: str, report: Report | None = None) -> ImportFacts:
    """Carry out an import that was begun, or go on with one that was interrupted."""
    with repository.at_work(intake.engine, import_id):
        with transaction(intake.engine) as session:
            facts = facts_of(repository.find(session, import_id))
            if not facts.goes_on or facts.run_id is None:
                return facts  # carried out already; a job may come twice
            repository.change(session, import_id, GOING_ON)
        run_id = facts.run_id

        def told(share: float, step: Text) -> None:
            runs.report(intake.engine, run_id, share, step)
            if report is not None:
                report(share, step)

        with runs.working(intake.engine, run_id), _honest_failure(intake, facts):
            _carry_out(intake, facts, run_id, told)
    with transaction(intake.engine) as session:
        return facts_of(repository.find(session, import_id))


def end_interrupted(session: repository.Session, run_ids: Sequence[str], now: datetime) -> None:
    """Mark the imports of runs that were cut off; running one of them again goes on where it stopped."""
    repository.end_running(session, run_ids, runs.told(runs.INTERRUPTED), now)


def import_now(
    intake: Intake,
    import_id: str,
    request: Request | None = None,
    *,
    remember: bool = True,
    actor: Principal | None = None,
    report: Report | None = None,
) -> ImportFacts:
    """Begin an import and carry it out here, as the command line does."""
    begin(intake, import_id, request, remember=remember, actor=actor, in_background=False)
    return run(intake, import_id, report)


def _resumable(intake: Intake, import_id: str) -> ImportFacts:
    with transaction(intake.engine) as session:
        facts = facts_of(repository.find(session, import_id))
    if facts.state == "running":
        with repository.at_work(intake.engine, import_id):
            return facts  # nobody works on it: it was interrupted
    return facts


def _new_run(intake: Intake, import_id: str, request: Request, remember: bool, actor: Principal | None) -> str:
    now = intake.clock.now()
    with transaction(intake.engine) as session:
        row = repository.lock(session, import_id)
        if row.state == "running":
            raise Conflict(Text("This import is running.", "该导入正在进行。"))
        run_id = runs.create(session, KIND, now)
        repository.change(session, import_id, {**GOING_ON, "run_id": run_id})
        if remember:
            columns = [column.name for column in facts_of(row).columns]
            repository.remember(session, fingerprint(columns), request.kind, request.mapping, now)
        after: dict[str, object] = {"file": row.file_name, "kind": request.kind, "rows": row.rows}
        audit.record(session, actor, audit.Change("import.run", "import", import_id, None, after), now)
    return run_id


def _carry_out(intake: Intake, facts: ImportFacts, run_id: str, report: Report) -> None:
    report(0.05, READING)
    worked = work_out(intake, facts.id, facts.request, report)
    if worked.bad and facts.options.strict:
        raise Refused(
            Text(
                "{bad} of {rows} rows are bad, so nothing was imported.", "{rows} 行中有 {bad} 行有误，未导入任何数据。"
            ).fill(bad=worked.bad, rows=worked.rows),
            remedy=Text(
                "Mend the rows in the file of bad rows, or import without strict.", "请修正错误行，或关闭严格模式。"
            ),
        )
    report(0.6, COMPARING)
    with repository.writing_turn(intake.engine):
        if _erased_since(intake, worked):
            worked = work_out(intake, facts.id, facts.request, report)
        if not intake.lake.carried(f"{facts.id}:{run_id}"):
            _write_lake(intake, facts, run_id, worked)
        report(0.85, PEOPLE)
        counts = json.loads(result_file(intake.folder_of(facts.id), run_id).read_text())
        _write_directory(intake, facts, worked, counts)
    _forget_again(intake, facts, worked)


def _erased_since(intake: Intake, worked: Worked) -> bool:
    """Say whether somebody was erased since the rows were checked; while this import writes, nobody is."""
    with transaction(intake.engine) as session:
        return erased_people.version(session) != worked.erased


def _forget_again(intake: Intake, facts: ImportFacts, worked: Worked) -> None:
    """Keep no copy of rows about people who were erased."""
    numbers = worked.of_the_erased
    if numbers:
        folder = intake.folder_of(facts.id)
        forget_samples(intake, facts.id, sorted(cells_of(folder, numbers)))
        drop_rows(folder, numbers)


def _write_lake(intake: Intake, facts: ImportFacts, run_id: str, worked: Worked) -> None:
    lake, folder = intake.lake, intake.folder_of(facts.id)
    recorded_at = instant(intake.clock.now())

    def work() -> None:
        compared = compare(lake, worked.prepared, facts.kind, facts.id, recorded_at)
        write(lake, compared, folder)
        lake.mark_carried(f"{facts.id}:{run_id}")
        save_result(folder, run_id, {**count(worked, compared), "consents": told_consents(intake, worked)})

    lake.retry(work)


def _write_directory(intake: Intake, facts: ImportFacts, worked: Worked, counts: dict[str, object]) -> None:
    now = intake.clock.now()
    notes = worked.notes
    with transaction(intake.engine) as session:
        if worked.prepared.told is not None:
            customers.take_in(
                session,
                _told_customers(intake, worked),
                import_id=facts.id,
                source=facts.id,
                now=now,
                fill_only=facts.kind != "customers",
            )
            take_consents(intake, session, facts, worked)
        if worked.plan.currency != worked.settings.currency:
            changed = replace(workspace.read(session), currency=worked.plan.currency)
            workspace.change(session, changed, None, now)
        repository.change(
            session,
            facts.id,
            {
                "state": "done",
                "counts": counts,
                "notes": [text_stored(n) for n in notes],
                "error": None,
                "ended_at": now,
            },
        )
        if facts.run_id is not None:
            runs.finish(session, facts.run_id, {"import_id": facts.id, "counts": counts}, now)


def _told_customers(intake: Intake, worked: Worked) -> Iterator[pa.RecordBatch]:
    """Give what the file tells of customers, their first moment taken from the lake, which knows all files."""
    lake, told = intake.lake, worked.prepared.told
    assert told is not None
    rows = told.drop("__row")
    if "joined_at" in rows.columns:
        stored = lake.table("customers").select(__id="customer_id", __joined="joined_at")
        both = rows.left_join(stored, rows.customer_id == stored["__id"])
        rows = both.mutate(joined_at=both["__joined"]).drop("__id", "__joined")
    yield from lake.batches(rows, BATCH_ROWS)


@contextmanager
def _honest_failure(intake: Intake, facts: ImportFacts) -> Iterator[None]:
    """Write down why an import failed; a killed process cannot, and is found by its state."""
    finished = False
    told: TenureError = TenureError(UNEXPECTED)
    try:
        yield
        finished = True
    except TenureError as error:
        told = error
        raise
    finally:
        let_go(intake.lake)
        if not finished:
            _record_failure(intake, facts, told)


def _record_failure(intake: Intake, facts: ImportFacts, error: TenureError) -> None:
    now = intake.clock.now()
    stored: Mapping[str, object] = {
        "code": error.code,
        "message": text_stored(error.message),
        "remedy": None if error.remedy is None else text_stored(error.remedy),
    }
    with transaction(intake.engine) as session:
        repository.change(session, facts.id, {"state": "failed", "error": stored, "ended_at": now})
        if facts.run_id is not None:
            runs.fail(session, facts.run_id, error, now)
