"""Section 4: Cox's model on convicts after release and on kidney transplants, against R and the textbook."""

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from tenure.app.verification.check import Check, Section
from tenure.kit.i18n import Text
from tenure.models import CoxRegression

ROSSI = {
    "fin": -0.3794222, "age": -0.0574377, "race": 0.3138998, "wexp": -0.1497957,
    "mar": -0.4337039, "paro": -0.0848711, "prio": 0.0914971,
}  # fmt: skip
BY_RACE = {"fin": -0.3788, "age": -0.0576, "wexp": -0.1427, "mar": -0.4388, "paro": -0.0858, "prio": 0.0922}
KIDNEY = {"black_male": 0.1596, "white_male": 0.2484, "black_female": 0.6567}
ROSSI_FILE, KIDNEY_FILE = "rossi/rossi.csv", "kidney-transplant/kidney_transplant.csv"


def rossi(data: Path) -> Iterator[Check]:
    """Make the coefficients of 432 released convicts anew, with and without strata."""
    rows = pd.read_csv(data / ROSSI_FILE)
    yield Check("Rossi: rows", 432, len(rows))
    plain = CoxRegression().fit(rows[list(ROSSI)], rows["week"], rows["arrest"])
    for name, expected in ROSSI.items():
        yield Check(f"Rossi: {name}", expected, plain.coefficients_[name], 1e-6)
    strata = CoxRegression().fit(rows[list(BY_RACE)], rows["week"], rows["arrest"], strata=rows["race"])
    for name, expected in BY_RACE.items():
        yield Check(f"Rossi by race: {name}", expected, strata.coefficients_[name], 1e-4)


def kidney(data: Path) -> Iterator[Check]:
    """Make the coefficients of the textbook's kidney transplants anew."""
    rows = pd.read_csv(data / KIDNEY_FILE)
    model = CoxRegression().fit(rows[list(KIDNEY)], rows["time"], rows["death"])
    for name, expected in KIDNEY.items():
        yield Check(f"kidney transplants: {name}", expected, model.coefficients_[name], 1e-3)


RELEASED = Section(
    "4",
    Text("Cox regression on released convicts", "获释人员数据上的 Cox 回归"),
    Text("Rossi et al. (1980); coefficients of R's survival package", "Rossi 等（1980）；R survival 包的系数"),
    (ROSSI_FILE,),
    rossi,
)
TRANSPLANTS = Section(
    "4b",
    Text("Cox regression on kidney transplants", "肾移植数据上的 Cox 回归"),
    Text(
        "Klein and Moeschberger, Survival Analysis (2nd ed.), example 8.3",
        "Klein 与 Moeschberger《生存分析》第 2 版，例 8.3",
    ),
    (KIDNEY_FILE,),
    kidney,
)
