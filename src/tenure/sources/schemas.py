"""Imports on the wire."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, Field, JsonValue

from tenure.kit.http import Text
from tenure.sources import plan
from tenure.sources.declared import Declared
from tenure.sources.kinds import KINDS
from tenure.sources.service import facts
from tenure.sources.source import Choices

State = Literal["uploaded", "previewed", "running", "done", "failed", "undone"]


class ImportColumn(BaseModel):
    """A column of a file with some of its values."""

    name: str
    samples: list[str]


class ColumnMatch(BaseModel):
    """What a column is taken to mean, how sure that is, and why."""

    column: str
    field: str | None
    confidence: float
    why: Text


class ImportField(BaseModel):
    """Something a column may mean."""

    name: str
    label: Text
    required: bool
    type: str


class ImportKind(BaseModel):
    """One kind of file that can be imported."""

    name: str
    label: Text


class ImportConsent(BaseModel):
    """Where the consent of a file's people comes from; ``none`` says that nobody may be written to on its account.

    With ``confirm`` each of them gets a message, and counts once they press its button (double opt-in).
    """

    basis: Literal["none", "consent", "contract", "legitimate_interest", "legal_obligation"]
    purpose: str = Field("marketing", max_length=40)
    channels: list[Literal["email", "sms", "phone", "wecom"]] = ["email"]
    source: str = Field("", max_length=2000)
    wording: str = Field("", max_length=2000)
    at: datetime | None = None
    confirm: bool = False

    def declared(self) -> Declared:
        """Return the declaration as the service takes it."""
        at = None if self.at is None else self.at if self.at.tzinfo else self.at.replace(tzinfo=UTC)
        return Declared(self.basis, self.purpose, tuple(self.channels), self.source, self.wording, at, self.confirm)


class ImportOptions(BaseModel):
    """What somebody chose where we would have decided from the file."""

    strict: bool = False
    date_order: Literal["dmy", "mdy"] | None = None
    currency: str | None = Field(default=None, pattern="^[A-Za-z]{3}$")
    rates: dict[str, Decimal] = {}
    sheet: str | None = None
    encoding: Literal["utf-8", "gb18030", "cp1252", "latin-1", "utf-16"] | None = None
    delimiter: str | None = Field(default=None, min_length=1, max_length=1)
    consent: ImportConsent | None = None

    def chosen(self) -> plan.Options:
        """Return the options as the service takes them."""
        choices = Choices(self.encoding, self.delimiter, self.sheet)
        currency = self.currency.upper() if self.currency else None
        return plan.Options(
            self.strict,
            self.date_order,
            currency,
            self.rates,
            choices,
            None if self.consent is None else self.consent.declared(),
        )


class ColumnChoice(BaseModel):
    """What a column shall mean; no field means that it is not used."""

    column: str
    field: str | None = None


class ImportRequest(BaseModel):
    """What to do with an uploaded file."""

    kind: str
    mapping: list[ColumnChoice]
    options: ImportOptions = ImportOptions()

    def request(self) -> facts.Request:
        """Return the request as the service takes it."""
        return facts.Request(self.kind, {c.column: c.field for c in self.mapping}, self.options.chosen())


class RunRequest(ImportRequest):
    """A request that is carried out; ``remember`` keeps the mapping for the next file with this header."""

    remember: bool = True


class TableCounts(BaseModel):
    """What becomes of one table's rows."""

    inserted: int
    updated: int
    unchanged: int


class ImportCounts(BaseModel):
    """The numbers of an import; ``facts`` are distinct values found in the file."""

    rows: int
    good: int
    bad: int
    inserted: int
    updated: int
    unchanged: int
    erased: int = 0
    anonymous: int
    returns: int
    tables: dict[str, TableCounts]
    facts: dict[str, int]
    consents: dict[str, int] = {}


class ImportFailure(BaseModel):
    """Why an import failed."""

    code: str
    message: Text
    remedy: Text | None


class Import(BaseModel):
    """One import as it stands."""

    id: str
    file_name: str
    state: State
    rows: int
    kind: str
    kind_confidence: float
    kinds: list[ImportKind]
    form: str | None
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: list[str]
    columns: list[ImportColumn]
    mapping: list[ColumnMatch]
    fields: list[ImportField]
    options: ImportOptions
    counts: ImportCounts | None
    notes: list[Text]
    error: ImportFailure | None
    run_id: str | None
    created_at: datetime
    ended_at: datetime | None

    @classmethod
    def of(cls, found: facts.ImportFacts) -> "Import":
        """Put an import on the wire."""
        return cls.model_validate(
            {
                **{name: getattr(found, name) for name in _SAME},
                **found.origin,
                "kinds": [{"name": kind.name, "label": _said(kind.label)} for kind in KINDS.values()],
                "columns": [{"name": c.name, "samples": list(c.samples)} for c in found.columns],
                "mapping": [facts.match_stored(match) for match in found.mapping],
                "fields": [{**f, "label": _said(f["label"])} for f in facts.fields_of(found.kind)],
                "options": facts.options_stored(found.options),
                "notes": [facts.text_stored(note) for note in found.notes],
            }
        )


class ImportProblem(BaseModel):
    """One thing wrong with one cell; ``kept`` when the row goes in without it."""

    row: int
    column: str | None
    value: str | None
    reason: Text
    kept: bool


class PreviewRow(BaseModel):
    """One row as it was understood, its values by field."""

    row: int
    bad: bool
    values: dict[str, JsonValue]


class ImportPreview(BaseModel):
    """What an import would do."""

    rows: list[PreviewRow]
    counts: ImportCounts
    problems: list[ImportProblem]
    notes: list[Text]

    @classmethod
    def of(cls, found: facts.Preview) -> "ImportPreview":
        """Put a preview on the wire."""
        problems = [
            ImportProblem(row=p.row, column=p.column, value=p.value, reason=Text.of(p.reason), kept=p.kept)
            for p in found.problems
        ]
        return cls.model_validate(
            {
                "rows": found.rows,
                "counts": found.counts,
                "problems": problems,
                "notes": [Text.of(n) for n in found.notes],
            }
        )


class ImportRun(BaseModel):
    """The run that carries an import out; ask for it at ``/runs/{run_id}``."""

    run_id: str


class ImportUndone(BaseModel):
    """What an undo did, row counts by table."""

    removed: dict[str, int]
    restored: dict[str, int]
    customers_kept: int


class ImportPage(BaseModel):
    """Imports, newest first."""

    items: list[Import]
    next_cursor: str | None


_SAME = (
    "id",
    "file_name",
    "state",
    "rows",
    "kind",
    "kind_confidence",
    "counts",
    "error",
    "run_id",
    "created_at",
    "ended_at",
)


def _said(label: object) -> Text:
    return Text.model_validate(label, from_attributes=True)
