"""Things with ``fit``: arrays and tables in, numbers out; they know no storage and need no workspace."""

from tenure.models.lifetime_value.bg_nbd import BetaGeoNBD
from tenure.models.lifetime_value.gamma_gamma import GammaGamma
from tenure.models.lifetime_value.history import CustomerHistory, history_from_orders

__all__ = ["BetaGeoNBD", "CustomerHistory", "GammaGamma", "history_from_orders"]
