"""Small files and imports for the tests of this room."""

import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import ibis.expr.types as ir

from tenure.sources import service
from tenure.sources.service import ImportFacts, Intake, Options, Request


def csv_of(header: str, *rows: str, encoding: str = "utf-8") -> bytes:
    """A small CSV file."""
    return "\n".join([header, *rows, ""]).encode(encoding)


def upload(intake: Intake, content: bytes, name: str = "file.csv", kind: str | None = None) -> ImportFacts:
    """Upload some bytes."""
    return service.upload(intake, name, io.BytesIO(content), kind=kind)


def upload_file(intake: Intake, path: Path) -> ImportFacts:
    """Upload a file from disk."""
    with path.open("rb") as source:
        return service.upload(intake, path.name, source)


def bring(intake: Intake, content: bytes, kind: str | None = None, options: Options | None = None) -> ImportFacts:
    """Upload and import some bytes as they were understood."""
    facts = upload(intake, content, kind=kind)
    return service.import_now(intake, facts.id, request_of(facts, options))


def request_of(
    facts: ImportFacts, options: Options | None = None, meaning: Mapping[str, str | None] | None = None
) -> Request:
    """The request that follows the guesses, with other options or another meaning of some columns."""
    return Request(facts.kind, {**facts.request.mapping, **(meaning or {})}, options or Options())


def rows_in(intake: Intake, table: str, *columns: str) -> Sequence[Mapping[str, Any]]:
    """What a lake table holds, ordered by its first wanted column."""
    found: ir.Table = intake.lake.table(table).select(*columns).order_by(*columns)
    return list(intake.lake.read(found).to_pylist())


def holdings(intake: Intake) -> dict[str, list[Mapping[str, object]]]:
    """Everything imports may write in the lake, without the times it was written and changed."""
    tables = (
        "customers",
        "orders",
        "order_items",
        "events",
        "payments",
        "subscriptions",
        "tickets",
        "feedback",
        "products",
    )
    held = {}
    for name in tables:
        table = intake.lake.table(name).drop("recorded_at", "changed_at")
        rows = intake.lake.read(table).to_pylist()
        held[name] = sorted(rows, key=str)
    return held
