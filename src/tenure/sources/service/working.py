"""What a preview and a run share: the plan of a file, its checked rows, and the counts."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from tenure.directory.customers.erased import service as erased_people
from tenure.directory.workspace import service as workspace
from tenure.directory.workspace.service import WorkspaceSettings
from tenure.kit.db import transaction
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.sources import staging
from tenure.sources.bad_rows import write_bad_rows
from tenure.sources.declared import Declared
from tenure.sources.declaring import note
from tenure.sources.erased import Erased
from tenure.sources.intake import Intake
from tenure.sources.kinds import KEPT, KINDS
from tenure.sources.plan import Place, Plan, make_plan
from tenure.sources.preparing import Prepared, prepare
from tenure.sources.service.facts import Request
from tenure.sources.source import ROW
from tenure.sources.validation import Findings
from tenure.sources.writing import Comparison
from tenure.warehouse.lake import Lake

Report = Callable[[float, Text], None]
CHECKING = Text("Checking the rows", "正在校验数据")
MONEY_TABLES = ("orders", "payments", "subscriptions")


@dataclass(frozen=True)
class Worked:
    """A file made ready: what would go where, and every problem found."""

    plan: Plan
    prepared: Prepared
    problems: pa.Table
    bad: int
    rows: int
    settings: WorkspaceSettings
    declared: Declared | None
    erased: object  # who was erased when this was worked out

    @property
    def notes(self) -> list[Text]:
        """Return what to tell of the file."""
        return [*self.plan.notes, *self.prepared.notes, *note(self.plan, self.declared)]

    @property
    def of_the_erased(self) -> list[int]:
        """Return the numbers of the rows that are about somebody who was erased."""
        return list(self.problems.filter(pc.equal(self.problems["code"], "erased"))[ROW].to_pylist())


def work_out(intake: Intake, import_id: str, request: Request, report: Report) -> Worked:
    """Plan, check and shape a kept file; the shaped rows wait in temporary tables of this thread."""
    folder = intake.folder_of(import_id)
    check_request(folder, request)
    with transaction(intake.engine) as session:
        settings = workspace.read(session)
        known, version = erased_people.known(session), erased_people.version(session)
    place = Place(settings.currency, settings.time_zone, _has_money(intake.lake))
    used = [column for column, name in request.mapping.items() if name and name != KEPT]
    plan = make_plan(request.kind, request.mapping, staging.staged_rows(folder, used), request.options, place)
    findings = Findings()
    total = staging.row_count(folder)
    prepared = prepare(
        intake.lake,
        plan,
        _counted(folder, [*used, *plan.kept], total, report),
        findings,
        Erased(intake.erased, known) if known else None,
    )
    broken = staging.broken_rows(folder)
    problems = pa.concat_tables([staging.broken_as_problems(broken), findings.table()]).sort_by(ROW)
    write_bad_rows(problems, {item.row: item.reason for item in broken}, folder)
    refused = problems.filter(pc.invert(problems["kept"]))
    return Worked(
        plan,
        prepared,
        problems,
        len(pc.unique(refused[ROW])),
        total + len(broken),
        settings,
        request.options.consent,
        version,
    )


def check_request(folder: Path, request: Request) -> None:
    """Raise when a request speaks of a kind or of columns that are not there."""
    if request.kind not in KINDS:
        known = ", ".join(KINDS)
        raise Invalid(
            Text(f"There is no kind {request.kind}.", f"没有类型 {request.kind}。"),
            remedy=Text(f"Choose one of: {known}", f"请从中选择：{known}"),
            fields=(FieldProblem("/kind", Text(f"One of: {known}", f"可选：{known}")),),
        )
    present = set(staging.head(folder, 1).schema.names)
    absent = [(place, column) for place, column in enumerate(request.mapping) if column not in present]
    if absent:
        raise Invalid(
            Text("The mapping names columns that the file does not have.", "对应关系中有文件里不存在的列。"),
            fields=tuple(
                FieldProblem(f"/mapping/{place}/column", Text(f"There is no column {column}.", f"没有列 {column}。"))
                for place, column in absent
            ),
        )


def count(worked: Worked, compared: Sequence[Comparison]) -> dict[str, object]:
    """Return the numbers of an import: rows read, refused, and what became of the good ones."""
    tables = {c.table: c.counts for c in compared}
    main = tables[worked.plan.kind.table]
    facts = worked.prepared.facts
    return {
        "rows": worked.rows,
        "good": worked.rows - worked.bad,
        "bad": worked.bad,
        "inserted": main.inserted,
        "updated": main.updated,
        "unchanged": main.unchanged,
        "erased": len(worked.of_the_erased),
        "anonymous": facts.get("rows_without_customer", 0),
        "returns": facts.get("returns", 0),
        "tables": {
            name: {"inserted": c.inserted, "updated": c.updated, "unchanged": c.unchanged} for name, c in tables.items()
        },
        "facts": facts,
    }


def result_file(folder: Path, run_id: str) -> Path:
    """Return where a run's numbers are kept between the lake's commit and the directory's."""
    return folder / f"result-{run_id}.json"


def save_result(folder: Path, run_id: str, counts: Mapping[str, object]) -> None:
    """Keep a run's numbers, so that a run interrupted after the lake's commit still knows them."""
    path = result_file(folder, run_id)
    unfinished = path.with_suffix(".part")
    unfinished.write_text(json.dumps(counts))
    unfinished.replace(path)


def _has_money(lake: Lake) -> bool:
    return any(lake.read(lake.table(name).select("source").limit(1)).num_rows for name in MONEY_TABLES)


def _counted(folder: Path, columns: Sequence[str], total: int, report: Report) -> Iterator[pa.RecordBatch]:
    done = 0
    for batch in staging.staged_rows(folder, columns):
        yield batch
        done += batch.num_rows
        report(0.1 + 0.4 * done / total, CHECKING)
