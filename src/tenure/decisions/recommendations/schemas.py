"""Recommendations on the wire."""

from datetime import datetime
from typing import Any, Literal, Self

from pydantic import BaseModel

from tenure.decisions.recommendations.service import Recommendation as RecommendationFacts
from tenure.decisions.recommendations.service import Shown
from tenure.decisions.recommendations.tables import RecommendationRun, RecommendedProduct
from tenure.kit.http import Text


class Product(BaseModel):
    """A product as it is called and priced."""

    id: str
    name: str
    category: str | None
    price: float | None

    @classmethod
    def of(cls, product: RecommendedProduct) -> Self:
        """Put a product on the wire."""
        return cls(id=product.product_id, name=product.name, category=product.category, price=product.price)


class Recommendation(BaseModel):
    """A product for a customer: new to them or bought before, the chance within the horizon, and why."""

    product: Product
    chance: float | None
    kind: Literal["new", "again"]
    reason: Text
    because: Product | None

    @classmethod
    def of(cls, one: RecommendationFacts) -> Self:
        """Put one on the wire."""
        return cls(
            product=Product.of(one.product),
            chance=one.chance,
            kind="again" if one.again else "new",
            reason=Text.of(one.reason),
            because=None if one.because is None else Product.of(one.because),
        )


class CustomerRecommendations(BaseModel):
    """What to show a customer; without ``as_of`` nothing has been computed yet."""

    as_of: datetime | None
    method: str | None
    horizon_days: float | None
    items: list[Recommendation]

    @classmethod
    def of(cls, shown: Shown | None) -> Self:
        """Put a list on the wire."""
        if shown is None:
            return cls(as_of=None, method=None, horizon_days=None, items=[])
        facts = Facts.model_validate(shown.run.facts)
        items = [Recommendation.of(one) for one in shown.items]
        return cls(as_of=shown.run.as_of, method=facts.method, horizon_days=facts.horizon_days, items=items)


class Quality(BaseModel):
    """Recall, precision and NDCG of the first places, with 95 % intervals, averaged over so many customers.

    Precision is empty in what a version before it was kept left.
    """

    recall: float
    recall_low: float
    recall_high: float
    precision: float | None = None
    precision_low: float | None = None
    precision_high: float | None = None
    ndcg: float
    ndcg_low: float
    ndcg_high: float
    customers: int


class Trial(BaseModel):
    """How one way of ranking did on products new to the customer."""

    method: str
    new: Quality


class Gain(BaseModel):
    """NDCG of the lists less that of popularity, over the same customers."""

    value: float
    low: float
    high: float


class Judged(BaseModel):
    """The contest: learned before ``split``, judged by what was bought from then on; new and again apart."""

    split: datetime
    trials: list[Trial]
    new: Quality
    gain: Gain
    again: Quality
    most_often: Quality


class Coverage(BaseModel):
    """How many customers have a list, and how many of the products stand on any."""

    customers: int
    products: int
    recommended: int


class Facts(BaseModel):
    """Which way of ranking won, and how the lists were judged; not judged where too few customers came back."""

    method: str
    horizon_days: float | None
    judged: Judged | None
    coverage: Coverage


class Recommendations(Facts):
    """How the lists were made."""

    as_of: datetime
    computed_at: datetime

    @classmethod
    def made(cls, run: RecommendationRun) -> Self:
        """Put a run on the wire."""
        facts: dict[str, Any] = dict(run.facts)
        return cls(as_of=run.as_of, computed_at=run.computed_at, **facts)
