"""The customer list on the wire."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from tenure.directory.customers.finding.fields import Field as KnownField
from tenure.directory.customers.finding.fields import FieldType
from tenure.directory.customers.finding.repository import Found
from tenure.directory.customers.tables import SavedFilter as SavedFilterRow
from tenure.kit.http import Text


class CustomerRow(BaseModel):
    """One customer in the list; ``reason`` is the strongest that speaks for leaving."""

    model_config = ConfigDict(from_attributes=True)

    id: str
    name: str | None
    email: str | None
    phone: str | None
    company: str | None
    country: str | None
    region: str | None
    city: str | None
    attributes: dict[str, object]
    tier: str | None
    churn_risk: float | None
    value_365: float | None
    value_365_low: float | None
    value_365_high: float | None
    expected_loss: float | None
    reason: Text | None
    orders: int | None
    revenue: float | None
    first_order_at: datetime | None
    last_order_at: datetime | None
    next_order_at: date | None

    @classmethod
    def from_row(cls, row: Found) -> "CustomerRow":
        """Put a found row on the wire."""
        values = {**row._mapping}
        if isinstance(values["revenue"], Decimal):
            values["revenue"] = float(values["revenue"])
        return cls.model_validate(values)


class CustomerTotal(BaseModel):
    """How many customers meet the question; an estimate when not exact."""

    count: int
    exact: bool


class CustomerList(BaseModel):
    """A page of customers."""

    items: list[CustomerRow]
    next_cursor: str | None
    total: CustomerTotal


class CustomerField(BaseModel):
    """Something customers can be filtered and sorted by."""

    name: str
    label: Text
    type: FieldType
    ops: list[str]
    choices: list[str] | None

    @classmethod
    def of(cls, field: KnownField) -> "CustomerField":
        """Put a field on the wire."""
        choices = list(field.choices) if field.type == "choice" else None
        return cls(name=field.name, label=Text.of(field.label), type=field.type, ops=list(field.ops), choices=choices)


class FilterCondition(BaseModel):
    """One comparison of a field with a value, or a list of values for ``in``."""

    model_config = ConfigDict(extra="forbid")

    field: str
    op: Literal["eq", "ne", "in", "lt", "lte", "gt", "gte", "contains", "empty", "not_empty"]
    value: str | float | list[str | float] | None = None


class CustomerFilter(BaseModel):
    """Conditions that all hold."""

    model_config = ConfigDict(extra="forbid")

    all: list[FilterCondition] = Field(default_factory=list)


class SavedFilterRequest(BaseModel):
    """A list somebody wants to see again."""

    name: str = Field(min_length=1, max_length=200)
    filter: CustomerFilter = Field(default_factory=CustomerFilter)
    sort: str = "-churn_risk"
    q: str = ""
    shared: bool = False


class SavedFilter(BaseModel):
    """A list somebody wants to see again; ``mine`` says who may delete it."""

    id: str
    name: str
    filter: CustomerFilter
    sort: str
    q: str
    shared: bool
    mine: bool

    @classmethod
    def from_row(cls, row: SavedFilterRow, member_id: str) -> "SavedFilter":
        """Put a saved filter on the wire."""
        return cls(
            id=row.id,
            name=row.name,
            filter=CustomerFilter.model_validate(row.filter),
            sort=row.sort,
            q=row.query,
            shared=row.shared,
            mine=row.member_id == member_id,
        )


class SavedFilters(BaseModel):
    """The saved filters one may use: one's own and the shared ones."""

    items: list[SavedFilter]
    next_cursor: str | None
