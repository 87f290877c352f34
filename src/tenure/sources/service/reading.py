"""Tells of imports: one, all of them, and the file of rows that were refused."""

from pathlib import Path

from tenure.kit.db import transaction
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text
from tenure.kit.pages import Page
from tenure.sources import repository
from tenure.sources.bad_rows import FILE
from tenure.sources.intake import Intake
from tenure.sources.service.facts import ImportFacts, facts_of


def read(intake: Intake, import_id: str) -> ImportFacts:
    """Return one import."""
    with transaction(intake.engine) as session:
        return facts_of(repository.find(session, import_id))


def listed(intake: Intake, cursor: str | None = None, limit: int = 50) -> Page[ImportFacts]:
    """Return imports, newest first."""
    with transaction(intake.engine) as session:
        found = repository.page(session, cursor, limit)
        return Page([facts_of(row) for row in found.items], found.next_cursor)


def bad_rows(intake: Intake, import_id: str) -> Path:
    """Return the file of an import's refused rows."""
    facts = read(intake, import_id)
    path = intake.folder_of(facts.id) / FILE
    if not path.exists():
        raise NotFound(
            Text("The rows of this import have not been checked yet.", "该导入的数据尚未校验。"),
            remedy=Text("Look at its preview first.", "请先查看预览。"),
        )
    return path
