"""What to show whom: a recommender learns the order lines as of an instant, and everybody's list goes to the pages."""

import warnings
from collections.abc import Iterator
from datetime import datetime, timedelta

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from tenure.app.wiring import Stores
from tenure.decisions.recommendations import service
from tenure.decisions.recommendations.service import Made
from tenure.kit.db import transaction
from tenure.models import ItemFilter, Recommender
from tenure.models.base import ModelWarning
from tenure.models.evaluation import Estimate
from tenure.models.recommend.contest import Evaluation
from tenure.models.recommend.quality import Quality
from tenure.models.recommend.reasons import WORDS
from tenure.warehouse import glossary
from tenure.warehouse.history import History, instant

PLACES = 20  # kept for each customer, so that filters leave some
EXPLORE = 10  # of them at least, for products new to the customer: repeat and explore are shown apart
NEW_PRODUCTS = 1  # of them, when something fresh is in the category a customer buys most
ON_SALE = timedelta(days=180)  # a product nobody bought or listed for as long is taken to be gone
CUSTOMERS_AT_ONCE = 20_000
ATTRIBUTES = ("country", "region", "city", "gender", "channel", "language")
EPOCH = datetime(1970, 1, 1)


def recommend_products(stores: Stores, history: History) -> int:
    """Learn from the order lines, list products for everybody and keep the lists; returns how many there are."""
    lines = _lines(history)
    if not len(lines):
        with transaction(stores.engine) as session:
            service.forget(session)
        return 0
    goods = _goods(history)
    people = _people(history)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ModelWarning)  # too little to judge by: the page says so
        model = Recommender().fit(lines, people, goods, now=history.as_of)
    on_sale = ItemFilter(only=goods["item"][goods["latest"] >= history.as_of - ON_SALE])
    recommended: set[str] = set()
    with transaction(stores.engine) as session:
        customers = service.keep_lists(session, _products(goods), _batches(model, on_sale, recommended))
        facts = _facts(model, goods, len(recommended), customers)
        service.keep_run(session, Made(history.as_of, stores.clock.now(), facts, WORDS))
    return customers


def _lines(history: History) -> pd.DataFrame:
    """Read who bought what and when; lines of orders that were not paid, and anonymous ones, are left out."""
    lines, orders = history.table("order_items"), history.table("orders")
    unpaid = orders.filter(orders.status != "paid")
    bought = lines.filter(lines.kind == "sale", lines.customer_id.notnull()).anti_join(unpaid, "order_id")
    named = bought.select(customer="customer_id", item=_product(bought), time="ordered_at")
    found: pd.DataFrame = history.lake.read(named.filter(named["item"].notnull()).distinct()).to_pandas()
    return found


def _goods(history: History) -> pd.DataFrame:
    """Read every product that is listed or was sold, as it was last called and priced."""
    lines, products = history.table("order_items"), history.table("products")
    sold = lines.filter(lines.kind == "sale").mutate(item=_product(lines))
    sold = sold.filter(sold["item"].notnull())
    last = {name: sold[name].argmax(sold.ordered_at) for name in ("product_name", "category", "unit_price")}
    sold = sold.group_by("item").aggregate(**last, sold_at=sold.ordered_at.max())
    both = sold.outer_join(products, sold["item"] == products.product_id, rname="{name}_listed")
    item = ibis.coalesce(both["item"], both.product_id)
    found = both.select(
        item=item,
        name=ibis.coalesce(both.name, both.product_name, item),
        category=ibis.coalesce(both.category_listed, both.category),
        price=ibis.coalesce(both.price, both.unit_price).cast("float64"),
        listed=both.listed_at,
        latest=ibis.greatest(
            ibis.coalesce(both.sold_at, instant(EPOCH)), ibis.coalesce(both.listed_at, instant(EPOCH))
        ),
    )
    goods: pd.DataFrame = history.lake.read(found.order_by("item")).to_pandas()
    return goods


def _people(history: History) -> pd.DataFrame:
    profiles = glossary.profiles(history)
    people: pd.DataFrame = history.lake.read(profiles.select(*ATTRIBUTES, customer="customer_id")).to_pandas()
    return people


def _product(lines: ibis.Table) -> ibis.Value:
    return ibis.coalesce(lines.product_id, lines.product_name)


def _batches(model: Recommender, on_sale: ItemFilter, recommended: set[str]) -> Iterator[pa.RecordBatch]:
    """Yield everybody's lists in batches, as JSON text; notes which products stand on any."""
    everybody = model.learned_.customers
    for start in range(0, len(everybody), CUSTOMERS_AT_ONCE):
        some = everybody[start : start + CUSTOMERS_AT_ONCE]
        lists = model.recommend(
            some, PLACES, exclude_seen=False, items=on_sale, new_items=NEW_PRODUCTS, explore=EXPLORE
        )
        recommended.update(lists["item"].unique())
        rows = pd.DataFrame({
            "product": lists["item"],
            "chance": lists["score"] if model.horizon_days else np.nan,
            "again": lists["again"],
            **{name: lists[name] for name in ("reason", "because", "attribute", "value", "times")},
            "gap": lists["gap_days"],
            "date": lists["last_on"],
        })  # fmt: skip
        told = rows.to_json(orient="records", lines=True, double_precision=4, force_ascii=False)
        sizes = lists.groupby("customer", sort=False).size()
        starts = pa.array(np.concatenate([[0], np.cumsum(sizes)]), pa.int32())
        joined = pa.compute.binary_join(pa.ListArray.from_arrays(starts, pa.array(told.splitlines())), ",")
        items = pa.compute.binary_join_element_wise("[", joined, "]", "")
        yield pa.record_batch({"customer_id": pa.array(sizes.index.astype(str), pa.string()), "items": items})


def _products(goods: pd.DataFrame) -> pa.RecordBatch:
    columns = goods[["item", "name", "category", "price"]].rename(columns={"item": "product_id"})
    return pa.RecordBatch.from_pandas(columns, preserve_index=False)


def _facts(model: Recommender, goods: pd.DataFrame, recommended: int, customers: int) -> dict[str, object]:
    """Lay out the outcome of the contest as the page of facts reads it."""
    return {
        "method": model.method_,
        "horizon_days": model.horizon_days,
        "judged": None if model.evaluation_ is None else _judged(model.evaluation_),
        "coverage": {"customers": customers, "products": len(goods), "recommended": recommended},
    }


def _judged(found: Evaluation) -> dict[str, object]:
    low, high = Estimate(found.gain, found.gain_error).interval()
    return {
        "split": (EPOCH + timedelta(days=found.split)).isoformat(timespec="seconds") + "Z",
        "trials": [{"method": trial.method, "new": _quality(trial.new)} for trial in found.trials],
        "new": _quality(found.new),
        "gain": {"value": found.gain, "low": low, "high": high},
        "again": _quality(found.again),
        "most_often": _quality(found.most_often),
    }


def _quality(found: Quality) -> dict[str, object]:
    told: dict[str, object] = {"customers": found.customers}
    for name in ("recall", "precision", "ndcg"):
        value = getattr(found, name)
        low, high = Estimate(value, getattr(found, f"{name}_error")).interval()
        told |= {name: value, f"{name}_low": max(low, 0.0), f"{name}_high": min(high, 1.0)}
    return told
