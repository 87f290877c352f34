"""Claimed addresses on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel


class AddressClaim(BaseModel):
    """An address that was claimed of a customer and not proven.

    ``current`` is what the customer has, ``belongs_to`` another customer who has the claimed one.
    """

    id: str
    customer_id: str
    customer_name: str | None
    kind: Literal["email", "phone", "wecom"]
    value: str
    current: str | None
    belongs_to: str | None
    source: str
    first_at: datetime
    last_at: datetime
    times: int


class AddressClaims(BaseModel):
    """Claims nobody decided about, the latest first."""

    items: list[AddressClaim]
    next_cursor: str | None
