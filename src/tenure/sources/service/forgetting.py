"""The verbs of imports for one person: what the kept files say of them, and making the files forget."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import cast

from tenure.kit.db import transaction
from tenure.sources import forgetting, repository
from tenure.sources.forgetting import Forgotten, Wanted
from tenure.sources.intake import Intake
from tenure.sources.tables import Import


def nobody_imports(intake: Intake) -> AbstractContextManager[None]:
    """Wait until no import writes, and keep it so for as long as the block runs."""
    return repository.writing_turn(intake.engine)


def rows_about(intake: Intake, wanted: Wanted) -> Iterator[tuple[str, str, dict[str, object]]]:
    """Give every kept row that is about somebody: the import, the name of its file, and the row as it stood there."""
    for row in _imports(intake):
        for found in forgetting.rows_about(intake.folder_of(row.id), _fields(row), wanted):
            yield row.id, row.file_name, found


def count_about(intake: Intake, wanted: Wanted) -> Forgotten:
    """Return how many imports keep rows about somebody, and how many rows."""
    counts = [forgetting.count_about(intake.folder_of(row.id), _fields(row), wanted) for row in _imports(intake)]
    return Forgotten(sum(1 for n in counts if n), sum(counts))


def forget(intake: Intake, wanted: Wanted, emptied: Mapping[str, Sequence[str]]) -> Forgotten:
    """Take somebody out of every import's files; running it again finds nothing more."""
    files = rows = 0
    for row in _imports(intake):
        folder = intake.folder_of(row.id)
        if not folder.exists():
            continue
        numbers, cells = forgetting.take_out(folder, _fields(row), wanted)
        earlier = forgetting.take_out_of_earlier(folder, wanted, emptied)
        forget_samples(intake, row.id, cells)
        rows += len(numbers) + earlier
        files += bool(numbers) + bool(earlier)
    return Forgotten(files, rows)


def forget_samples(intake: Intake, import_id: str, cells: Sequence[str]) -> None:
    """Take values out of the examples that are shown for an import's columns."""
    if not cells:
        return
    gone = set(cells)
    with transaction(intake.engine) as session:
        row = repository.lock(session, import_id)
        columns = [
            {**column, "samples": [one for one in cast(list[str], column["samples"]) if one not in gone]}
            for column in cast(list[dict[str, object]], row.columns)
        ]
        repository.change(session, import_id, {"columns": columns})


def _imports(intake: Intake) -> Sequence[Import]:
    with transaction(intake.engine) as session:
        return repository.every(session)


def _fields(row: Import) -> dict[str, str | None]:
    return {str(m["column"]): cast(str | None, m["field"]) for m in cast(list[dict[str, object]], row.mapping)}
