"""Takes a file or a query in: keeps it, reads it once, and guesses what it is."""

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO, cast

from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.kit.i18n import Text
from tenure.kit.ids import new_id
from tenure.kit.log import redacted
from tenure.sources import repository, staging
from tenure.sources.intake import ORIGINAL, Intake, Received, receive, safe_name
from tenure.sources.kinds import KEPT, KINDS
from tenure.sources.mapping import Guess, Match, fingerprint, guess
from tenure.sources.plan import Options
from tenure.sources.profile import SAMPLE_ROWS, Profile, profile
from tenure.sources.service.facts import ImportFacts, facts_of, match_stored, options_stored
from tenure.sources.source import Choices, Reading, Unreadable
from tenure.sources.tables import Import

REMEMBERED = Text("As in the last import of a file with these columns.", "与上次导入相同列的文件一致。")


def upload(
    intake: Intake,
    name: str,
    source: BinaryIO,
    *,
    kind: str | None = None,
    choices: Choices | None = None,
    by: str | None = None,
) -> ImportFacts:
    """Keep a file, read it to its end, and guess its kind and what its columns mean."""
    import_id, told = new_id("imp"), choices or Choices()
    folder = intake.folder_of(import_id)
    received = receive(source, folder)
    try:
        reading = intake.readers.read_file(received.path, safe_name(name), told)
        return _admit(intake, import_id, (safe_name(name), received, by), reading, (kind, told))
    except Unreadable:
        shutil.rmtree(folder)  # nothing refers to it: a file we cannot read is no import
        raise


def query_database(
    intake: Intake, url: str, query: str, *, kind: str | None = None, by: str | None = None
) -> ImportFacts:
    """Read a table or a query of a database and guess what it is; the address is forgotten afterwards."""
    import_id = new_id("imp")
    reading = intake.readers.read_database(url, query)
    digest = hashlib.sha256(f"{redacted(url)}\n{query}".encode()).hexdigest()
    received = Received(intake.folder_of(import_id) / ORIGINAL, digest, 0)
    return _admit(intake, import_id, (safe_name(query.replace("/", " ")), received, by), reading, (kind, Choices()))


def read_again(intake: Intake, facts: ImportFacts, choices: Choices) -> ImportFacts:
    """Read a kept file another way: another sheet, encoding or separator."""
    folder = intake.folder_of(facts.id)
    if not (folder / ORIGINAL).exists():
        raise Conflict(
            Text("The file itself is gone: somebody in it was erased.", "原始文件已不在：其中有客户的数据已被删除。"),
            remedy=Text("Upload it again.", "请重新上传。"),
        )
    reading = intake.readers.read_file(folder / ORIGINAL, facts.file_name, choices)
    rows = staging.stage(reading, folder, facts.file_name)
    profiles = _profiles(folder, reading.columns)
    with transaction(intake.engine) as session:
        found = _recalled(session, profiles, None)
        values = _understood(reading, profiles, found) | {"rows": rows}
        repository.change(session, facts.id, values | {"options": options_stored(Options(choices=choices))})
        return facts_of(repository.lock(session, facts.id))


Arrival = tuple[str, Received, str | None]


def _admit(
    intake: Intake, import_id: str, arrival: Arrival, reading: Reading, wishes: tuple[str | None, Choices]
) -> ImportFacts:
    name, received, by = arrival
    kind, choices = wishes
    folder = intake.folder_of(import_id)
    rows = staging.stage(reading, folder, name)
    profiles = _profiles(folder, reading.columns)
    with transaction(intake.engine) as session:
        found = _recalled(session, profiles, kind)
        row = Import(
            id=import_id,
            file_name=name,
            sha256=received.sha256,
            size=received.size,
            rows=rows,
            state="uploaded",
            options=options_stored(Options(choices=choices)),
            notes=[],
            created_by=by,
            created_at=intake.clock.now(),
            **_understood(reading, profiles, found),
        )
        repository.add(session, row)
        return facts_of(row)


def _profiles(folder: Path, columns: list[str]) -> dict[str, Profile]:
    sample = staging.head(folder, SAMPLE_ROWS)
    return {name: profile(sample.column(name)) for name in columns}


def _understood(reading: Reading, profiles: Mapping[str, Profile], found: Guess) -> dict[str, object]:
    return {
        "kind": found.kind,
        "kind_confidence": found.confidence,
        "origin": {
            "form": reading.form,
            "encoding": reading.encoding,
            "delimiter": reading.delimiter,
            "sheet": reading.sheet,
            "sheets": reading.sheets,
        },
        "columns": [{"name": name, "samples": list(seen.samples)} for name, seen in profiles.items()],
        "mapping": [match_stored(match) for match in found.matches],
    }


def _recalled(session: repository.Session, profiles: Mapping[str, Profile], kind: str | None) -> Guess:
    """Guess, unless the same header was imported before: then what was chosen then."""
    earlier = repository.remembered(session, fingerprint(list(profiles)))
    if earlier is None or (kind is not None and kind != earlier.kind):
        return guess(profiles, kind)
    chosen = cast(dict[str, str | None], earlier.mapping)
    matches = tuple(
        Match(column, _still_there(earlier.kind, chosen.get(column)), 1.0, REMEMBERED) for column in profiles
    )
    return Guess(earlier.kind, 1.0, matches)


def _still_there(kind: str, name: str | None) -> str | None:
    return name if name and (name == KEPT or KINDS[kind].field(name)) else None
