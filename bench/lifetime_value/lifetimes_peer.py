"""The same fits by Lifetimes, with its defaults."""

import lifetimes  # type: ignore[import-not-found]
import numpy as np

from bench.lifetime_value.told import Past, tell

FITTERS = {
    "BG/NBD": lifetimes.BetaGeoFitter,
    "MBG/NBD": lifetimes.ModifiedBetaGeoFitter,
    "Pareto/NBD": lifetimes.ParetoNBDFitter,
    "BG/BB": lifetimes.BetaGeoBetaBinomFitter,
}


def fitted(model: str, past: Past, horizon: float) -> tuple[dict[str, float], float]:
    """Fit a model; return its parameters and the sum of what it expects."""
    if model == "Gamma-Gamma":
        spend = lifetimes.GammaGammaFitter()
        spend.fit(past["frequency"], past["spend"])
        expected = spend.conditional_expected_average_profit(past["frequency"], past["spend"])
        return {name: float(value) for name, value in spend.params_.items()}, float(np.sum(expected))
    orders, seen = FITTERS[model](), (past["frequency"], past["recency"], past["T"])
    orders.fit(*seen)
    expected = orders.conditional_expected_number_of_purchases_up_to_time(horizon, *seen)
    return {name: float(value) for name, value in orders.params_.items()}, float(np.sum(expected))


if __name__ == "__main__":
    tell(fitted)
