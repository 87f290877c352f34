"""The same fits by PyMC-Marketing: maximum a posteriori under its default priors."""

import numpy as np
import pandas as pd
from pymc_marketing import clv  # type: ignore[import-not-found]

from bench.lifetime_value.told import Past, tell

FITTERS = {
    "BG/NBD": (clv.BetaGeoModel, ("r", "alpha", "a", "b")),
    "MBG/NBD": (clv.ModifiedBetaGeoModel, ("r", "alpha", "a", "b")),
    "Pareto/NBD": (clv.ParetoNBDModel, ("r", "alpha", "s", "beta")),
    "BG/BB": (clv.BetaGeoBetaBinomModel, ("alpha", "beta", "gamma", "delta")),
    "Gamma-Gamma": (clv.GammaGammaModel, ("p", "q", "v")),
}


def fitted(model: str, past: Past, horizon: float) -> tuple[dict[str, float], float]:
    """Fit a model; return its parameters and the sum of what it expects."""
    data = pd.DataFrame({"customer_id": np.arange(len(past["frequency"])), **past})
    data = data.rename(columns={"spend": "monetary_value"})
    make, names = FITTERS[model]
    one = make()
    one.fit(data=data, method="map", progressbar=False)
    parameters = {name: float(one.idata.posterior[name].mean()) for name in names}
    spend = model == "Gamma-Gamma"
    expected = one.expected_customer_spend(data) if spend else one.expected_purchases(data=data, future_t=int(horizon))
    return parameters, float(expected.mean(("chain", "draw")).sum())


if __name__ == "__main__":
    tell(fitted)
