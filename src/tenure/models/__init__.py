"""Things with ``fit``: arrays and tables in, numbers out; they know no storage and need no workspace."""

import tenure.kit.openmp  # noqa: F401  # before LightGBM or implicit are loaded by anything below
from tenure.models.churn.classifier import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.churn.recency import RecencyChurn
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.history import CustomerHistory, history_from_orders
from tenure.models.lifetime_value.next_order import NextOrder
from tenure.models.lifetime_value.value import ValueForecast, forecast_value

__all__ = [
    "BetaGeoNBD",
    "ChurnBoosted",
    "ChurnClassifier",
    "ChurnLogistic",
    "ChurnNeural",
    "ChurnTree",
    "CustomerHistory",
    "GammaGamma",
    "NextOrder",
    "RecencyChurn",
    "ValueForecast",
    "forecast_value",
    "history_from_orders",
]
