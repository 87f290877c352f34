"""What is kept of recommendations between refreshes: a list for each customer, the products, and how they were made."""

from datetime import datetime

from sqlalchemy import Float
from sqlalchemy.orm import Mapped, mapped_column

from tenure.kit.db import Base


class RecommendationRun(Base):
    """How the lists were made as of an instant: the contest's outcome, and the words of every kind of reason."""

    __tablename__ = "recommendation_runs"

    as_of: Mapped[datetime] = mapped_column(primary_key=True)
    computed_at: Mapped[datetime]
    facts: Mapped[dict[str, object]]
    words: Mapped[dict[str, object]]


class RecommendedProduct(Base):
    """A product that stands on a list or is the reason for one, as it is called and priced."""

    __tablename__ = "recommended_products"

    product_id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    category: Mapped[str | None]
    price: Mapped[float | None] = mapped_column(Float)


class RecommendationList(Base):
    """The products for one customer, best first, each with its chance and the facts of its reason."""

    __tablename__ = "recommendations"

    customer_id: Mapped[str] = mapped_column(primary_key=True)
    items: Mapped[list[object]]
