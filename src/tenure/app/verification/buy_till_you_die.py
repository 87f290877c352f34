"""Section 2: models of orders to come, fitted to nine months of CDNOW and judged on the nine after; and donors."""

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text
from tenure.models import (
    BetaGeoBetaBinomial,
    BetaGeoNBD,
    CustomerHistory,
    GammaGamma,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    history_from_orders,
)
from tenure.models.base import AtBound, Vector
from tenure.models.evaluation import roc_auc
from tenure.models.lifetime_value.purchase_count import PurchaseCount

CALIBRATION_DAYS = 272  # from 1997-01-01 to 1997-09-30
AHEAD = 39.0  # weeks of holdout
MOST = 7  # orders shown one by one; more count as this many

# frequency, recency, donors at six occasions: Fader, Hardie and Shang (2010), table 2
DONORS = (
    (0, 0, 3464), (1, 1, 1091), (1, 2, 277), (1, 3, 129), (1, 4, 78), (1, 5, 119), (1, 6, 129), (2, 2, 613),
    (2, 3, 255), (2, 4, 155), (2, 5, 173), (2, 6, 234), (3, 3, 322), (3, 4, 181), (3, 5, 225), (3, 6, 357),
    (4, 4, 240), (4, 5, 284), (4, 6, 512), (5, 5, 335), (5, 6, 728), (6, 6, 1203),
)  # fmt: skip

SAMPLE: tuple[tuple[type[PurchaseCount], tuple[float, ...], float], ...] = (
    (BetaGeoNBD, (0.242593, 4.413532, 0.792886, 2.425754), -9582.4256),
    (ParetoNBD, (0.553276, 10.577613, 0.606213, 11.667907), -9594.9739),
    (ModifiedBetaGeoNBD, (0.524838, 6.182992, 0.891356, 1.614000), -9582.1327),
)
MASTER: tuple[tuple[type[PurchaseCount], tuple[float, ...], float], ...] = (
    (BetaGeoNBD, (0.251624, 4.788943, 0.723434, 2.161088), -95368.444),
    (ParetoNBD, (0.59742, 11.58566, 0.52219, 8.82776), -95415.119),
    (ModifiedBetaGeoNBD, (0.63714, 7.31029, 0.80747, 1.22839), -95336.958),
)


@dataclass(frozen=True)
class Holdout:
    """What was expected of the sample after calibration: sums, curves, means by calibration frequency, rankings."""

    correlation: float
    cumulative: tuple[float, float, float]
    error: float
    mape: float
    total: float
    by_frequency: tuple[float, ...]
    auc: float
    auc_alive: float


HOLDOUTS: dict[type[PurchaseCount], Holdout] = {
    BetaGeoNBD: Holdout(
        0.6256, (2501.5, 3134.1, 4165.7), -3.99, 2.52, 1653.4,
        (0.225, 0.523, 1.044, 1.520, 2.164, 2.654, 3.504, 6.157), 0.7725, 0.3158,
    ),
    ParetoNBD: Holdout(
        0.6302, (2532.8, 3191.2, 4275.4), -1.47, 1.33, 1665.5,
        (0.138, 0.599, 1.196, 1.714, 2.398, 2.907, 3.819, 6.403), 0.7787, 0.7262,
    ),
}  # fmt: skip
HISTOGRAM = (1411, 439, 214, 100, 62, 38, 29, 64)
MEANS_AFTER = (0.237, 0.697, 1.393, 1.560, 2.532, 2.947, 3.862, 6.359)
NEWCOMERS = ((1 / 7, 0.0078), (1.0, 0.0532), (3.0, 0.1506), (223 / 7, 1.0405), (32.0, 1.0437), (78.0, 1.8576))


@dataclass(frozen=True)
class Shop:
    """Orders of CDNOW customers to the end of calibration, and after it."""

    history: CustomerHistory
    after: Vector
    repeat_days: Vector  # day of every repeat order, in all

    @property
    def starts(self) -> Vector:
        """Return the weeks from the first day of all to each customer's first order."""
        return CALIBRATION_DAYS / 7 - self.history.T

    @classmethod
    def read(cls, data: Path, name: str) -> "Shop":
        """Read ``sample`` or ``master``; several rows of a customer on a day are one order."""
        rows = pd.read_csv(data / "cdnow" / f"cdnow_{name}.csv.gz", parse_dates=["date"])
        rows["day"] = (rows["date"] - pd.Timestamp("1997-01-01")).dt.days
        history = history_from_orders(rows["customer_id"], rows["day"] / 7, rows["amount"], CALIBRATION_DAYS / 7)
        days = rows.drop_duplicates(["customer_id", "day"]).sort_values(["customer_id", "day"])
        later = days[days["day"] > CALIBRATION_DAYS].groupby("customer_id").size()
        after = later.reindex(np.unique(rows["customer_id"]).tolist(), fill_value=0)
        repeats = days["day"][days["customer_id"].duplicated()]
        return cls(history, np.asarray(after, dtype=np.float64), np.asarray(repeats, dtype=np.float64))


def cdnow(data: Path) -> Iterator[Check]:
    """Make every number of the two CDNOW cohorts anew."""
    shop = Shop.read(data, "sample")
    yield from _rebuilt(shop)
    seen = shop.history.orders()
    for make, parameters, likelihood in SAMPLE:
        model = make().fit(*seen)
        yield from _fit(f"{make.__name__}, sample", model, parameters, likelihood)
        if make in HOLDOUTS:
            yield from _holdout(make.__name__, model, shop, HOLDOUTS[make])
        if make is BetaGeoNBD:
            yield from _bg_nbd(model, shop)
        if make is ParetoNBD:
            yield Check("ParetoNBD: 26 orders, 52 weeks", 25.455, _of_one(model, 52, 26, 30.86, 31), 2e-3)
            alive = float(model.probability_alive(26, 30.86, 31)[0])
            yield Check("ParetoNBD: 26 orders, P(alive)", 0.9979, alive, 5e-5)
    yield from _nbd(seen)
    yield from _spend("sample", shop.history, (6.248802, 3.744589, 15.447748), -4055.9232, 946)
    cohort = Shop.read(data, "master")
    for make, parameters, likelihood in MASTER:
        yield from _fit(f"{make.__name__}, full cohort", make().fit(*cohort.history.orders()), parameters, likelihood)
    triples = np.unique(np.column_stack(cohort.history.orders()), axis=0)
    yield Check("full cohort: distinct histories", 8685, len(triples))
    yield from _spend("full cohort", cohort.history, (6.27536, 3.62445, 14.98368), -40763.476, 9450)


def donors(_: Path) -> Iterator[Check]:
    """Make the numbers of the donors anew, from their published counts."""
    x, recency, weights = np.array(DONORS, dtype=np.float64).T
    model = BetaGeoBetaBinomial().fit(x, recency, np.full(len(x), 6.0), weights=weights)
    yield Check("donors", 11_104, float(weights.sum()))
    yield from _fit("BetaGeoBetaBinomial", model, (1.203522, 0.749716, 0.656718, 2.783442), -33225.5813)


def _rebuilt(shop: Shop) -> Iterator[Check]:
    """The summary must be the published one: its counts, and its histogram cell by cell."""
    x = shop.history.frequency
    yield Check("sample: customers", 2357, len(x))
    yield Check("sample: repeat orders in calibration", 2457, float(x.sum()))
    yield Check("sample: repeat orders in holdout", 1882, float(shop.after.sum()))
    for orders, (expected, found) in enumerate(zip(HISTOGRAM, _grouped(x, np.ones(len(x))), strict=True)):
        yield Check(f"sample: customers with {_shown(orders)} repeat orders", expected, found)
    # sums of the published table, recency and T to two decimals
    yield Check("sample: Σ recency, weeks", 16135.52, float(shop.history.recency.round(2).sum()), 0.005)
    yield Check("sample: Σ T, weeks", 77111.21, float(shop.history.T.round(2).sum()), 0.005)


def _fit(name: str, model: PurchaseCount, parameters: Sequence[float], likelihood: float) -> Iterator[Check]:
    for parameter, expected in zip(model.NAMES, parameters, strict=True):
        yield Check(f"{name}: {parameter}", expected, model.params_[parameter], 1e-3, relative=True)
    yield Check(f"{name}: log-likelihood", likelihood, model.log_likelihood_, 0.01)


def _holdout(name: str, model: PurchaseCount, shop: Shop, published: Holdout) -> Iterator[Check]:
    seen, x = shop.history.orders(), shop.history.frequency
    expected = model.expected_purchases(AHEAD, *seen)
    found = float(np.corrcoef(expected, shop.after)[0, 1])
    yield Check(f"{name}: correlation with the next 39 weeks", published.correlation, found, 5e-5)
    weeks = np.arange(39, 79)
    curve = np.array([model.expected_purchases_of_new(np.maximum(week - shop.starts, 0)).sum() for week in weeks])
    came = np.array([np.sum(shop.repeat_days < 7 * week) for week in weeks])
    for week, total, actual in zip((39, 52, 78), published.cumulative, (2457, 3183, 4339), strict=True):
        yield Check(f"{name}: cumulative repeat orders, week {week}", total, float(curve[week - 39]), 0.1)
        yield Check(f"actual repeat orders, week {week}", actual, float(came[week - 39]))
    missed = (curve / came - 1) * 100
    yield Check(f"{name}: error at week 78, %", published.error, float(missed[-1]), 6e-3)
    yield Check(f"{name}: mean absolute error, weeks 40-78, %", published.mape, float(np.abs(missed[1:]).mean()), 6e-3)
    yield Check(f"{name}: sum of expectations", published.total, float(expected.sum()), 0.06)
    size = _grouped(x, np.ones(len(x)))
    for orders, (told, mean) in enumerate(zip(published.by_frequency, MEANS_AFTER, strict=True)):
        after, sums = _grouped(x, shop.after)[orders] / size[orders], _grouped(x, expected)[orders] / size[orders]
        yield Check(f"{name}: mean after {_shown(orders)} orders", told, sums, 6e-4)
        yield Check(f"actual mean after {_shown(orders)} orders", mean, after, 6e-4)
    again = shop.after > 0
    yield Check(f"{name}: AUC of expected purchases", published.auc, roc_auc(again, expected).value, 6e-5)
    alive = model.probability_alive(*seen)
    yield Check(f"{name}: AUC of P(alive)", published.auc_alive, roc_auc(again, alive).value, 6e-5)


def _bg_nbd(model: PurchaseCount, shop: Shop) -> Iterator[Check]:
    x, recency, age = shop.history.orders()
    again = shop.after > 0
    yield Check("active in holdout, share", 0.290, float(again.mean()), 5e-4)
    yield Check("AUC of recency alone", 0.7714, roc_auc(again, np.round(recency - age, 6)).value, 6e-5)
    yield Check("AUC of frequency alone", 0.7576, roc_auc(again, x).value, 6e-5)
    yield Check("BetaGeoNBD: 2 orders, 39 weeks", 1.2259, _of_one(model, 39, 2, 30.43, 38.86), 6e-5)
    for weeks, expected in NEWCOMERS:
        found = float(model.expected_purchases_of_new(weeks)[0])
        yield Check(
            f"BetaGeoNBD: newcomer after {weeks:.4g} weeks", expected, found, 5e-4
        )  # printed from parameters of three digits
    new = np.zeros(len(age))
    tails = model.purchase_tails((new, new, new), age, 1e-9)
    most = np.zeros((MOST + 2, tails.rows))
    most[0] = 1
    for n, active, tail in tails.steps:
        if n <= MOST:
            most[n, active] = tail
    expected_counts = -np.diff(most[:, tails.where].sum(axis=1))
    chi_square = float(np.sum((np.array(HISTOGRAM) - expected_counts) ** 2 / expected_counts))
    yield Check("BetaGeoNBD: χ² of the histogram", 4.82, chi_square, 6e-3)


def _nbd(seen: tuple[Vector, Vector, Vector]) -> Iterator[Check]:
    """Without drop-out: where nobody ever falls silent, BG/NBD is the NBD, and its drop-out goes to zero."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", AtBound)
        model = BetaGeoNBD().fit(seen[0], np.where(seen[0] > 0, seen[2], 0.0), seen[2])
    yield Check("NBD: r", 0.384768, model.params_["r"], 1e-3, relative=True)
    yield Check("NBD: alpha", 12.072085, model.params_["alpha"], 1e-3, relative=True)
    yield Check("NBD: log-likelihood", -9763.6602, model.log_likelihood_, 0.01)


def _spend(
    name: str, history: CustomerHistory, parameters: tuple[float, ...], likelihood: float, customers: int
) -> Iterator[Check]:
    model = GammaGamma().fit(history.frequency, history.monetary_value)
    for parameter, expected in zip(("p", "q", "v"), parameters, strict=True):
        yield Check(f"GammaGamma, {name}: {parameter}", expected, model.params_[parameter], 1e-3, relative=True)
    yield Check(f"GammaGamma, {name}: log-likelihood", likelihood, model.log_likelihood_, 0.01)
    yield Check(f"GammaGamma, {name}: customers", customers, model.n_customers_)
    if name == "sample":
        yield Check("GammaGamma, sample: mean spend", 35.171, float(model.expected_spend(0, 0)[0]), 1e-3)


def _of_one(model: PurchaseCount, weeks: float, x: float, recency: float, age: float) -> float:
    return float(model.expected_purchases(weeks, x, recency, age)[0])


def _grouped(x: Vector, values: Vector) -> list[float]:
    groups = np.minimum(x, MOST).astype(np.int64)
    return [float(total) for total in np.bincount(groups, values, MOST + 1)]


def _shown(orders: int) -> str:
    return f"{orders}+" if orders == MOST else str(orders)


CDNOW = Section(
    "2",
    Text("Buy-till-you-die models on CDNOW", "CDNOW 上的购买流失模型"),
    Text(
        "Fader, Hardie and Lee (2005), Marketing Science 24(2), 275-284; Fader and Hardie, notes 009, 021, 025",
        "Fader、Hardie、Lee（2005），Marketing Science 24(2)，275–284；Fader 与 Hardie 技术笔记 009、021、025",
    ),
    ("cdnow/cdnow_sample.csv.gz", "cdnow/cdnow_master.csv.gz"),
    cdnow,
)
DONATIONS = Section(
    "2b",
    Text("BG/BB on the donors of a public radio station", "公共电台捐赠者上的 BG/BB 模型"),
    Text(
        "Fader, Hardie and Shang (2010), Marketing Science 29(6), 1086-1108",
        "Fader、Hardie、Shang（2010），Marketing Science 29(6)，1086–1108",
    ),
    (),
    donors,
)
