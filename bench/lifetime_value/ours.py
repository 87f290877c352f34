"""The fits by Tenure, and the likelihood of anybody's fit by one yardstick."""

from bench.lifetime_value.told import Past, tell
from tenure.models import (
    BetaDiscreteWeibull,
    BetaGeoBetaBinomial,
    BetaGeoNBD,
    GammaGamma,
    ModifiedBetaGeoNBD,
    ParetoNBD,
    ShiftedBetaGeometric,
)
from tenure.models.lifetime_value.purchase_count import PurchaseCount
from tenure.models.lifetime_value.renewals import Renewals

ORDERS: dict[str, type[PurchaseCount]] = {
    "BG/NBD": BetaGeoNBD,
    "MBG/NBD": ModifiedBetaGeoNBD,
    "Pareto/NBD": ParetoNBD,
    "BG/BB": BetaGeoBetaBinomial,
}
CONTRACTS: dict[str, type[Renewals]] = {"sBG": ShiftedBetaGeometric, "BdW": BetaDiscreteWeibull}


def fitted(model: str, past: Past, horizon: float) -> tuple[dict[str, float], float]:
    """Fit a model; return its parameters and the sum of what it expects."""
    if model == "Gamma-Gamma":
        spend = GammaGamma().fit(past["frequency"], past["spend"])
        return spend.params_, float(spend.expected_spend(past["frequency"], past["spend"]).sum())
    if model in CONTRACTS:
        contracts = CONTRACTS[model]().fit(past["tenure"], past["lost"])
        return contracts.params_, float(contracts.renewal_probability(past["tenure"]).sum())
    seen = past["frequency"], past["recency"], past["T"]
    orders = ORDERS[model]().fit(*seen)
    return orders.params_, float(orders.expected_purchases(horizon, *seen).sum())


def log_likelihood(model: str, parameters: dict[str, float], past: Past) -> float:
    """Return how likely the data is at anybody's parameters, by one yardstick for all libraries."""
    if model == "Gamma-Gamma":
        spend = GammaGamma()
        spend.params_ = {name: parameters[name] for name in ("p", "q", "v")}
        return spend.log_likelihood(past["frequency"], past["spend"])
    orders = ORDERS[model]()
    orders.params_ = {name: parameters[name] for name in orders.NAMES}
    return orders.log_likelihood(past["frequency"], past["recency"], past["T"])


if __name__ == "__main__":
    tell(fitted)
