"""Keeping lists of products and reading one through the filters of a business."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from tenure.decisions.recommendations import repository
from tenure.decisions.recommendations.tables import RecommendationRun, RecommendedProduct
from tenure.directory.customers import repository as customers
from tenure.kit.db import Session
from tenure.kit.errors import NotFound
from tenure.kit.i18n import Text


@dataclass(frozen=True)
class Made:
    """How lists were made: as of when, when that was, the outcome of the contest, and the words of the reasons."""

    as_of: datetime
    at: datetime
    facts: dict[str, object]
    words: Mapping[str, Text]


@dataclass(frozen=True)
class Recommendation:
    """One product for one customer; the chance is empty where it could not be learned."""

    product: RecommendedProduct
    chance: float | None
    again: bool
    reason: Text
    because: RecommendedProduct | None


@dataclass(frozen=True)
class Wanted:
    """Which products to show: of a category, up to a price, and not those bought before."""

    category: str | None = None
    max_price: float | None = None
    exclude_owned: bool = False
    limit: int = 10


@dataclass(frozen=True)
class Shown:
    """The products for one customer and how they were made."""

    run: RecommendationRun
    items: list[Recommendation]


def forget(session: Session) -> None:
    """Remove all lists: nothing tells any more what anybody bought."""
    repository.clear(session)


def keep_lists(session: Session, products: pa.RecordBatch, lists: Iterable[pa.RecordBatch]) -> int:
    """Put new lists in place of all there are, ``items`` as JSON text; returns how many."""
    repository.clear(session)
    return repository.add(session, products, lists)


def keep_run(session: Session, made: Made) -> None:
    """Keep how the lists were made."""
    words: dict[str, object] = {kind: vars(sentence) for kind, sentence in made.words.items()}
    as_of = made.as_of.replace(tzinfo=UTC)
    repository.add_run(session, RecommendationRun(as_of=as_of, computed_at=made.at, facts=made.facts, words=words))


def of_customer(session: Session, customer_id: str, wanted: Wanted) -> Shown | None:
    """Return what to show a customer, best first; None where nothing has been computed."""
    customer = customers.find(session, customer_id)
    run = repository.run(session)
    if run is None:
        return None
    kept = repository.list_of(session, customer.id)
    rows = [row for row in (kept.items if kept is not None else []) if isinstance(row, dict)]
    named = {str(row[key]) for row in rows for key in ("product", "because") if row.get(key) is not None}
    products = repository.products(session, sorted(named))
    found = [_told(row, products, run.words) for row in rows if row["product"] in products]
    return Shown(run, _both_kinds([one for one in found if _wanted(one, wanted)], wanted.limit))


def made(session: Session) -> RecommendationRun:
    """Return how the lists were made, or raise ``NotFound`` before there are any."""
    run = repository.run(session)
    if run is None:
        raise NotFound(_NONE_YET, remedy=_IMPORT_LINES)
    return run


def _wanted(one: Recommendation, wanted: Wanted) -> bool:
    product = one.product
    return (
        (wanted.category is None or product.category == wanted.category)
        and (wanted.max_price is None or (product.price is not None and product.price <= wanted.max_price))
        and not (wanted.exclude_owned and one.again)
    )


def _both_kinds(found: list[Recommendation], limit: int) -> list[Recommendation]:
    """Return the first few, half of them bought before and half new as far as there are so many of each."""
    of_kind = {again: [place for place, one in enumerate(found) if one.again == again] for again in (True, False)}
    sure = {place for places in of_kind.values() for place in places[: limit // 2]}
    others = [place for place in range(len(found)) if place not in sure]
    return [found[place] for place in sorted([*sure, *others[: limit - len(sure)]])]


def _told(
    row: dict[str, object], products: Mapping[str, RecommendedProduct], words: dict[str, object]
) -> Recommendation:
    product, because = products[str(row["product"])], products.get(str(row.get("because")))
    sentence = words[str(row["reason"])]
    assert isinstance(sentence, dict)
    facts = {**row, "item": because.name if because is not None else "", "category": product.category or ""}
    chance = row.get("chance")
    return Recommendation(
        product=product,
        chance=float(chance) if isinstance(chance, int | float) else None,
        again=bool(row.get("again")),
        reason=Text(**sentence).fill(**facts),
        because=because,
    )


_NONE_YET = Text("There are no recommendations yet.", "尚无推荐。")
_IMPORT_LINES = Text("Import orders with their products, then refresh.", "请导入含商品明细的订单，然后刷新。")
