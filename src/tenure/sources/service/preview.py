"""Shows what an import would do, by the same path as the import itself."""

from collections.abc import Mapping, Sequence

import pyarrow as pa

from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.sources import repository, staging
from tenure.sources.intake import Intake
from tenure.sources.mapping import Match
from tenure.sources.preparing import CHECKED, kept, let_go
from tenure.sources.reasons import REASONS
from tenure.sources.service.consents import told_consents
from tenure.sources.service.facts import (
    FIRST_PROBLEMS,
    ImportFacts,
    Preview,
    ProblemFacts,
    Request,
    facts_of,
    match_stored,
    options_stored,
    text_stored,
)
from tenure.sources.service.upload import read_again
from tenure.sources.service.working import count, work_out
from tenure.sources.source import ROW
from tenure.sources.validation import BAD
from tenure.sources.writing import compare
from tenure.warehouse.history import instant

SHOWN_ROWS = 50
CHOSEN = Text("Chosen by you.", "由您选择。")


def preview(intake: Intake, import_id: str, request: Request) -> Preview:
    """Check a whole file and compare it with what is stored, without writing anything."""
    facts = settle(intake, import_id, request)
    worked = work_out(intake, import_id, request, lambda share, step: None)
    recorded_at = instant(intake.clock.now())
    compared = compare(intake.lake, worked.prepared, request.kind, import_id, recorded_at)
    counts = {**count(worked, compared), "consents": told_consents(intake, worked)}
    notes = worked.notes
    with transaction(intake.engine) as session:
        values: dict[str, object] = {"counts": counts, "notes": [text_stored(note) for note in notes]}
        if facts.state in ("uploaded", "failed"):
            values["state"] = "previewed"
        repository.change(session, import_id, values)
    rows = _first_rows(intake)
    let_go(intake.lake)
    return Preview(rows, counts, problems_of(intake, import_id, worked.problems), notes)


def settle(intake: Intake, import_id: str, request: Request) -> ImportFacts:
    """Store what somebody chose for an import, reading the file again when a choice changes how it is read."""
    with transaction(intake.engine) as session:
        facts = facts_of(repository.find(session, import_id))
    if facts.state == "running":
        raise Conflict(
            Text("This import is running.", "该导入正在进行。"),
            remedy=Text("Wait until it has ended.", "请等待其结束。"),
        )
    if request.options.choices != facts.options.choices and _reads_differently(facts, request):
        read_again(intake, facts, request.options.choices)
    with transaction(intake.engine) as session:
        known = {match.column: match for match in facts.mapping}
        matches = [_chosen(known.get(column), column, name) for column, name in request.mapping.items()]
        values: dict[str, object] = {
            "kind": request.kind,
            "mapping": [match_stored(match) for match in matches],
            "options": options_stored(request.options),
        }
        repository.change(session, import_id, values)
    return facts


def problems_of(intake: Intake, import_id: str, problems: pa.Table) -> list[ProblemFacts]:
    """Return the first problems of a file in words; all of them are in its file of bad rows."""
    first = problems.slice(0, FIRST_PROBLEMS).to_pylist()
    broken = {item.row: item.reason for item in staging.broken_rows(intake.folder_of(import_id))} if first else {}
    return [
        ProblemFacts(
            row=found[ROW],
            column=found["column"],
            value=found["value"],
            reason=broken.get(found[ROW], REASONS["broken_row"])
            if found["code"] == "broken_row"
            else REASONS[found["code"]],
            kept=found["kept"],
        )
        for found in first
    ]


def _reads_differently(facts: ImportFacts, request: Request) -> bool:
    chosen, origin = request.options.choices, facts.origin
    wishes = (("sheet", chosen.sheet), ("encoding", chosen.encoding), ("delimiter", chosen.delimiter))
    return any(wish is not None and wish != origin.get(name) for name, wish in wishes)


def _chosen(known: Match | None, column: str, name: str | None) -> Match:
    return known if known is not None and known.field == name else Match(column, name, 1.0, CHOSEN)


def _first_rows(intake: Intake) -> Sequence[Mapping[str, object]]:
    rows = kept(intake.lake, CHECKED)
    first = intake.lake.read(rows.order_by(ROW).limit(SHOWN_ROWS)).to_pylist()
    return [
        {
            "row": row[ROW],
            "bad": row[BAD],
            "values": {name: _told(value) for name, value in row.items() if name not in (ROW, BAD)},
        }
        for row in first
    ]


def _told(value: object) -> object:
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, list):
        return dict(value)
    return str(value)
