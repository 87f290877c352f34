"""Section 3: contracts renewed year after year, fitted to years 1 to 7 and judged on years 8 to 12."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text
from tenure.models import BetaDiscreteWeibull, ShiftedBetaGeometric, contract_value
from tenure.models.lifetime_value.renewals import Renewals

CUSTOMERS = 1000
LAST_FITTED = 7
DISCOUNT = 0.1

# per cent still customers after years 0 to 12: Fader and Hardie (2007), table 1
SURVIVAL = {
    "High End": (100, 86.9, 74.3, 65.3, 59.3, 55.1, 51.7, 49.1, 46.8, 44.5, 42.7, 40.9, 39.4),
    "Regular": (100, 63.1, 46.8, 38.2, 32.6, 28.9, 26.2, 24.1, 22.3, 20.7, 19.4, 18.3, 17.3),
}


@dataclass(frozen=True)
class Fit:
    """What a model must find: parameters, log-likelihood, mean absolute error of years 8 to 12 in per cent."""

    parameters: tuple[float, ...]
    likelihood: float
    mape: float


FITS: dict[tuple[type[Renewals], str], Fit] = {
    (ShiftedBetaGeometric, "High End"): Fit((0.668088, 3.806095), -1611.158, 2.83),
    (ShiftedBetaGeometric, "Regular"): Fit((0.704077, 1.182043), -1680.265, 1.49),
    (BetaDiscreteWeibull, "High End"): Fit((0.214253, 1.426575, 1.723565), -1605.314, 1.27),
    (BetaDiscreteWeibull, "Regular"): Fit((0.455614, 0.779326, 1.283451), -1679.603, 1.38),
}
LIFETIMES = {"High End": 5.9223, "Regular": 3.6949}
LAST_YEAR = {"High End": 37.8, "Regular": 17.0}


def checks(_: Path) -> Iterator[Check]:
    """Make every number of both groups of customers anew."""
    for (make, group), published in FITS.items():
        model = _fitted(make, group)
        name = f"{make.__name__}, {group}"
        for parameter, expected in zip(model.NAMES, published.parameters, strict=True):
            yield Check(f"{name}: {parameter}", expected, model.params_[parameter], 1e-3, relative=True)
        yield Check(f"{name}: log-likelihood", published.likelihood, model.log_likelihood_, 0.01)
        years = np.arange(LAST_FITTED + 1, 13)
        missed = np.abs(model.survival(years) * 100 / np.array(SURVIVAL[group])[years] - 1) * 100
        yield Check(f"{name}: mean absolute error, years 8-12, %", published.mape, float(missed.mean()), 6e-3)
        if make is ShiftedBetaGeometric:
            yield Check(f"{name}: share left in year 12, %", LAST_YEAR[group], float(model.survival(12)[0]) * 100, 0.05)
            lifetime = contract_value(model, [0], DISCOUNT).lifetime
            yield Check(f"{name}: discounted expected lifetime", LIFETIMES[group], lifetime, 6e-5)


def _fitted(make: type[Renewals], group: str) -> Renewals:
    kept = np.array(SURVIVAL[group][: LAST_FITTED + 1]) / 100 * CUSTOMERS
    tenure = np.append(np.arange(1, LAST_FITTED + 1), LAST_FITTED)
    lost = np.append(np.ones(LAST_FITTED), 0)
    return make().fit(tenure, lost, weights=np.append(-np.diff(kept), kept[-1]))


CONTRACTS = Section(
    "3",
    Text("Contracts: sBG and Beta-discrete-Weibull", "合同：sBG 与 Beta-离散-Weibull"),
    Text(
        "Fader and Hardie (2007), Journal of Interactive Marketing 21(1), 76-90; Fader, Hardie et al. (2018)",
        "Fader 与 Hardie（2007），Journal of Interactive Marketing 21(1)，76–90；Fader、Hardie 等（2018）",
    ),
    (),
    checks,
)
