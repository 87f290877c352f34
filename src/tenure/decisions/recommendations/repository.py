"""Every query of recommendations."""

from collections.abc import Iterable, Sequence

import pyarrow as pa
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from tenure.decisions.recommendations.tables import RecommendationList, RecommendationRun, RecommendedProduct
from tenure.directory.customers.copying import copy_in

_LISTS = ("customer_id", "items")
_PRODUCTS = ("product_id", "name", "category", "price")


def clear(session: Session) -> None:
    """Remove all lists, their products, and how they were made."""
    for table in (RecommendationList, RecommendedProduct, RecommendationRun):
        session.execute(delete(table))


def add(session: Session, products: pa.RecordBatch, lists: Iterable[pa.RecordBatch]) -> int:
    """Add products and lists; returns how many lists."""
    driver = session.connection().connection.driver_connection
    copy_in(driver, RecommendedProduct.__tablename__, _PRODUCTS, [products])
    return copy_in(driver, RecommendationList.__tablename__, _LISTS, lists)


def add_run(session: Session, run: RecommendationRun) -> None:
    """Keep how the lists were made."""
    session.add(run)
    session.flush()


def run(session: Session) -> RecommendationRun | None:
    """Return how the lists were made; None before there are any."""
    return session.scalars(select(RecommendationRun).limit(1)).first()


def list_of(session: Session, customer_id: str) -> RecommendationList | None:
    """Return the list of one customer."""
    return session.get(RecommendationList, customer_id)


def products(session: Session, ids: Sequence[str]) -> dict[str, RecommendedProduct]:
    """Return the products of some ids."""
    found = session.scalars(select(RecommendedProduct).where(RecommendedProduct.product_id.in_(ids)))
    return {product.product_id: product for product in found}
