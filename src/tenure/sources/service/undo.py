"""Takes an import out again: exactly the rows it put in, and back come the rows it replaced."""

from dataclasses import dataclass
from pathlib import Path

from tenure.directory.audit import repository as audit
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.intake import repository as customers
from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.sources import repository, writing
from tenure.sources.intake import Intake
from tenure.sources.service.facts import ImportFacts, facts_of


@dataclass(frozen=True)
class UndoReport:
    """What an undo did, row counts by table."""

    facts: ImportFacts
    removed: dict[str, int]
    restored: dict[str, int]
    customers_kept: int


def undo(intake: Intake, import_id: str, actor: Principal | None = None) -> UndoReport:
    """Undo an import that is done. Rows a later import has changed since stay as that import left them."""
    with (
        repository.at_work(intake.engine, import_id),
        repository.writing_turn(intake.engine),
        transaction(intake.engine) as session,
    ):
        facts = facts_of(repository.lock(session, import_id))
        if facts.state != "done":
            raise Conflict(
                Text("Only an import that is done can be undone.", "只有已完成的导入才能撤销。"),
                remedy=Text(f"Its state is: {facts.state}", f"当前状态：{facts.state}"),
            )
        elsewhere = writing.referred_elsewhere(intake.lake, import_id)
        customers.undo_take_in(session, import_id, kept=elsewhere.to_batches())
        undone = repository.undone_ids(session)

        def folder_of_undone(source: str) -> Path | None:
            return intake.folder_of(source) if source in undone else None

        done = intake.lake.retry(
            lambda: writing.undo(
                intake.lake,
                import_id,
                intake.folder_of(import_id),
                folder_of_undone,
                lambda ids: repository.known_customers(session, ids),
            )
        )
        now = intake.clock.now()
        repository.change(session, import_id, {"state": "undone", "ended_at": now})
        removed = {table: n for table, n in done.removed.items() if n}
        restored = {table: n for table, n in done.restored.items() if n}
        after: dict[str, object] = {"removed": removed, "restored": restored}
        audit.record(session, actor, audit.Change("import.undo", "import", import_id, None, after), now)
        row = repository.lock(session, import_id)
        return UndoReport(facts_of(row), removed, restored, done.customers_kept)
