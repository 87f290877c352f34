"""Seen and expected events, violations and the newest events on the wire."""

from datetime import UTC, datetime
from typing import Literal

from pydantic import BaseModel

from tenure.kit.http import Text
from tenure.sources.tracking.tables import ExpectedEvent as ExpectedRow
from tenure.sources.tracking.tables import TrackingViolation
from tenure.sources.tracking.words import REFUSALS

PropertyType = Literal["text", "number", "boolean", "time", "list", "object"]


class ExpectedProperty(BaseModel):
    """What a property must be."""

    name: str
    type: PropertyType
    required: bool = True


class ExpectedEvent(BaseModel):
    """An event somebody declared."""

    name: str
    properties: list[ExpectedProperty] = []
    note: str = ""

    @classmethod
    def of(cls, row: ExpectedRow) -> "ExpectedEvent":
        """Put a stored event on the wire."""
        return cls.model_validate({"name": row.name, "properties": row.properties, "note": row.note})


class SeenType(BaseModel):
    """How often a property came with values of a type."""

    type: str
    count: int


class SeenProperty(BaseModel):
    """A property that an event came with."""

    name: str
    types: list[SeenType]


class SeenEvent(BaseModel):
    """An event that arrived, or is expected to; ``expected`` is what was declared of it."""

    kind: str
    name: str
    count: int
    first_at: datetime | None
    last_at: datetime | None
    properties: list[SeenProperty]
    expected: ExpectedEvent | None


class SeenEvents(BaseModel):
    """Events, the latest first; expected ones that never came stand at the end."""

    items: list[SeenEvent]


class Violation(BaseModel):
    """A way in which events were not as expected; ``refused`` ones were not taken."""

    source: str
    event: str
    code: str
    reason: Text
    property: str
    refused: bool
    count: int
    first_at: datetime
    last_at: datetime
    samples: list[dict[str, object]]

    @classmethod
    def of(cls, row: TrackingViolation, source: str | None) -> "Violation":
        """Put a stored violation on the wire."""
        return cls(
            source=source or row.key_id,
            event=row.event,
            code=row.code,
            reason=Text.of(REFUSALS[row.code]),
            property=row.property,
            refused=row.refused,
            count=row.count,
            first_at=row.first_at,
            last_at=row.last_at,
            samples=[sample for sample in row.samples if isinstance(sample, dict)],
        )


class Violations(BaseModel):
    """Violations, the latest first."""

    items: list[Violation]


class TrackedEvent(BaseModel):
    """One of the newest events; ``problems`` are codes of violations."""

    id: str
    at: datetime
    received_at: datetime
    kind: str
    name: str
    user_id: str | None
    anonymous_id: str | None
    source: str
    problems: list[Text]
    properties: dict[str, object]

    @classmethod
    def of(cls, told: dict[str, object]) -> "TrackedEvent":
        """Put an event on the wire."""
        codes = told["problems"]
        problems = [Text.of(REFUSALS[str(code)]) for code in codes] if isinstance(codes, list) else []
        at = datetime.fromisoformat(str(told["at"])).replace(tzinfo=UTC)
        return cls.model_validate({**told, "at": at, "problems": problems})


class TrackedEvents(BaseModel):
    """The newest events, newest first."""

    items: list[TrackedEvent]
