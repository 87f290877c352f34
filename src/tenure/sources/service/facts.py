"""Imports as others may know them: frozen facts, never rows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import cast

from tenure.kit.i18n import Text
from tenure.kit.runs.repository import Interrupted
from tenure.sources.declared import Declared
from tenure.sources.kinds import KEPT, KINDS
from tenure.sources.mapping import Match
from tenure.sources.parsing.dates import Order
from tenure.sources.plan import Options
from tenure.sources.source import Choices
from tenure.sources.tables import Import

FIRST_PROBLEMS = 200


@dataclass(frozen=True)
class Request:
    """What to do with an uploaded file: the kind, what each column means, and the options."""

    kind: str
    mapping: Mapping[str, str | None]
    options: Options = field(default_factory=Options)


@dataclass(frozen=True)
class Column:
    """A column of a file with some of its values."""

    name: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class ImportFacts:
    """One import as it stands."""

    id: str
    file_name: str
    sha256: str
    state: str
    rows: int
    kind: str
    kind_confidence: float
    origin: Mapping[str, object]
    columns: tuple[Column, ...]
    mapping: tuple[Match, ...]
    options: Options
    counts: Mapping[str, object] | None
    notes: tuple[Text, ...]
    error: Mapping[str, object] | None
    run_id: str | None
    created_at: datetime
    ended_at: datetime | None

    @property
    def goes_on(self) -> bool:
        """Say whether its run goes on when it is run again: it is under way, or was cut off."""
        cut_off = self.state == "failed" and self.error is not None and self.error.get("code") == Interrupted.code
        return self.run_id is not None and (self.state == "running" or cut_off)

    @property
    def request(self) -> Request:
        """Return what would be done if nobody changed the guesses."""
        return Request(self.kind, {match.column: match.field for match in self.mapping}, self.options)


@dataclass(frozen=True)
class ProblemFacts:
    """One thing wrong with one cell; ``kept`` when the row goes in without it."""

    row: int
    column: str | None
    value: str | None
    reason: Text
    kept: bool


@dataclass(frozen=True)
class Preview:
    """What an import would do, found by doing everything but the writing."""

    rows: Sequence[Mapping[str, object]]
    counts: Mapping[str, object]
    problems: Sequence[ProblemFacts]
    notes: Sequence[Text]


def facts_of(row: Import) -> ImportFacts:
    """Tell a stored import."""
    columns = tuple(
        Column(str(c["name"]), tuple(cast(list[str], c["samples"]))) for c in cast(list[dict[str, object]], row.columns)
    )
    return ImportFacts(
        id=row.id,
        file_name=row.file_name,
        sha256=row.sha256,
        state=row.state,
        rows=row.rows,
        kind=row.kind,
        kind_confidence=row.kind_confidence,
        origin=row.origin,
        columns=columns,
        mapping=tuple(_match_from(m) for m in cast(list[dict[str, object]], row.mapping)),
        options=options_from(row.options),
        counts=row.counts,
        notes=tuple(Text(**note) for note in cast(list[dict[str, str]], row.notes)),
        error=row.error,
        run_id=row.run_id,
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


def match_stored(match: Match) -> dict[str, object]:
    """Return a match as it is stored."""
    return {
        "column": match.column,
        "field": match.field,
        "confidence": match.confidence,
        "why": text_stored(match.why),
    }


def text_stored(text: Text) -> dict[str, str]:
    """Return a sentence as it is stored."""
    return {"en": text.en, "zh": text.zh}


def options_stored(options: Options) -> dict[str, object]:
    """Return options as they are stored."""
    return {
        "consent": None if options.consent is None else options.consent.stored(),
        "strict": options.strict,
        "date_order": options.date_order,
        "currency": options.currency,
        "rates": {code: str(rate) for code, rate in options.rates.items()},
        "sheet": options.choices.sheet,
        "encoding": options.choices.encoding,
        "delimiter": options.choices.delimiter,
    }


def options_from(stored: Mapping[str, object]) -> Options:
    """Return stored options."""
    text = cast(Mapping[str, str | None], stored)
    return Options(
        strict=bool(stored.get("strict")),
        date_order=cast(Order | None, stored.get("date_order")),
        currency=text.get("currency"),
        rates={code: Decimal(str(rate)) for code, rate in cast(Mapping[str, str], stored.get("rates") or {}).items()},
        consent=Declared.of(cast(Mapping[str, object], stored["consent"])) if stored.get("consent") else None,
        choices=Choices(text.get("encoding"), text.get("delimiter"), text.get("sheet")),
    )


def fields_of(kind: str) -> list[dict[str, object]]:
    """Return the fields a column of a kind may be, the ones kept under their own names included."""
    chosen = KINDS[kind]
    listed: list[dict[str, object]] = [
        {"name": f.name, "label": f.label, "required": f.required, "type": f.type} for f in chosen.fields
    ]
    if chosen.keeps:
        kept = Text("Keep under its own name", "按原列名保留")
        listed.append({"name": KEPT, "label": kept, "required": False, "type": "text"})
    return listed


def _match_from(stored: Mapping[str, object]) -> Match:
    return Match(
        str(stored["column"]),
        cast(str | None, stored["field"]),
        float(cast(float, stored["confidence"])),
        Text(**cast(dict[str, str], stored["why"])),
    )
