"""Things with ``fit``: arrays and tables in, numbers out; they know no storage and need no workspace."""

import tenure.kit.openmp  # noqa: F401  # before LightGBM or implicit are loaded by anything below
from tenure.models.churn.classifier import ChurnBoosted, ChurnClassifier, ChurnNeural, ChurnTree
from tenure.models.churn.logistic import ChurnLogistic
from tenure.models.churn.recency import RecencyChurn
from tenure.models.lifetime_value.back_test import back_test
from tenure.models.lifetime_value.bdw import BetaDiscreteWeibull
from tenure.models.lifetime_value.bg_bb import BetaGeoBetaBinomial
from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.contract_value import ContractValue, contract_value
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.history import CustomerHistory, history_from_orders
from tenure.models.lifetime_value.mbg_nbd import ModifiedBetaGeoNBD
from tenure.models.lifetime_value.next_order import NextOrder
from tenure.models.lifetime_value.pareto_nbd import ParetoNBD
from tenure.models.lifetime_value.sbg import ShiftedBetaGeometric
from tenure.models.lifetime_value.value import ModelError, ValueForecast, forecast_value
from tenure.models.purchase_forecast.forecast import Expectation, PurchaseForecast
from tenure.models.purchase_forecast.purchase_log import purchase_log
from tenure.models.purchase_forecast.rolling import RollingOrigin, rolling_origin
from tenure.models.recommend.als import ImplicitALS
from tenure.models.recommend.ease import EASE
from tenure.models.recommend.item_knn import ItemKNN
from tenure.models.recommend.popularity import Popularity
from tenure.models.recommend.recommender import Recommender
from tenure.models.recommend.shelf import ItemFilter
from tenure.models.survival.cox import CoxRegression
from tenure.models.survival.discrete import DiscreteHazard
from tenure.models.survival.kaplan_meier import SurvivalCurve, kaplan_meier
from tenure.models.survival.nelson_aalen import HazardCurve, nelson_aalen

__all__ = [
    "EASE",
    "BetaDiscreteWeibull",
    "BetaGeoBetaBinomial",
    "BetaGeoNBD",
    "ChurnBoosted",
    "ChurnClassifier",
    "ChurnLogistic",
    "ChurnNeural",
    "ChurnTree",
    "ContractValue",
    "CoxRegression",
    "CustomerHistory",
    "DiscreteHazard",
    "Expectation",
    "GammaGamma",
    "HazardCurve",
    "ImplicitALS",
    "ItemFilter",
    "ItemKNN",
    "ModelError",
    "ModifiedBetaGeoNBD",
    "NextOrder",
    "ParetoNBD",
    "Popularity",
    "PurchaseForecast",
    "RecencyChurn",
    "Recommender",
    "RollingOrigin",
    "ShiftedBetaGeometric",
    "SurvivalCurve",
    "ValueForecast",
    "back_test",
    "contract_value",
    "forecast_value",
    "history_from_orders",
    "kaplan_meier",
    "nelson_aalen",
    "purchase_log",
    "rolling_origin",
]
