"""Made-up tables of different structure, each with a seed of its own, so that no single family of models is safe."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from bench.churn.table import Table, leaves


def linear() -> Table:
    """Everything adds up: logistic regression cannot be beaten."""
    rng = np.random.default_rng(1)
    n = 8_000
    base = rng.normal(size=(n, 14)) @ (np.eye(14) + 0.3 * rng.normal(size=(14, 14)))
    weights = rng.normal(0, 0.25, 14)
    plan, region = rng.integers(0, 4, n), rng.integers(0, 6, n)
    odds = base @ weights + np.array([0.8, 0.2, -0.3, -0.9])[plan] + np.linspace(-0.4, 0.4, 6)[region]
    table = pd.DataFrame(base, columns=[f"use_{i}" for i in range(14)])
    words = {"plan": np.array(["free", "basic", "plus", "pro"])[plan], "region": np.array(list("ABCDEF"))[region]}
    return Table("linear", table.assign(**words), leaves(rng, odds, 0.3))


def thresholds() -> Table:
    """Steps and pairs that matter only together: trees see them, straight lines do not."""
    rng = np.random.default_rng(2)
    n = 10_000
    x = rng.uniform(0, 1, (n, 10))
    odds = 2.2 * ((x[:, 0] > 0.5) ^ (x[:, 1] > 0.4)) + 1.8 * ((x[:, 2] > 0.3) & (x[:, 3] < 0.6))
    odds = odds + 1.5 * (np.abs(x[:, 4] - 0.5) > 0.3) + 0.8 * x[:, 5]
    return Table("thresholds", pd.DataFrame(x, columns=[f"x{i}" for i in range(10)]), leaves(rng, odds, 0.35))


def bank() -> Table:
    """A retail bank: a hump over age, a dip over products, balances that are often nothing."""
    rng = np.random.default_rng(3)
    n = 10_000
    age = np.clip(rng.gamma(9, 4.4, n), 18, 92).round()
    country = rng.choice(["France", "Spain", "Germany"], n, p=[0.5, 0.25, 0.25])
    german = country == "Germany"
    balance = np.where(rng.random(n) < np.where(german, 0.0, 0.45), 0.0, rng.normal(120_000, 30_000, n)).round(2)
    products = rng.choice([1, 2, 3, 4], n, p=[0.51, 0.455, 0.027, 0.008])
    active, card = rng.random(n) < 0.515, rng.random(n) < 0.7
    odds = 0.085 * (age - 40) - 0.0016 * (age - 40) ** 2 * (age > 55) + 0.75 * german - 0.95 * active
    odds = odds + np.array([0.0, -1.5, 2.4, 4.5])[products - 1] - 0.5 * active * (age > 45)
    gender = rng.choice(["Female", "Male"], n)
    odds = odds + 0.5 * (gender == "Female") + 0.4 * (balance > 0) * (products == 2)
    table = pd.DataFrame({
        "credit_score": np.clip(rng.normal(650, 97, n), 350, 850).round(),
        "country": country, "gender": gender, "age": age, "years": rng.integers(0, 11, n), "balance": balance,
        "products": products, "has_card": card, "is_active": active, "salary": rng.uniform(12, 199_992, n).round(2),
    })  # fmt: skip
    return Table("bank", table, leaves(rng, odds, 0.2))


def saas() -> Table:
    """Weekly use of a service: what counts is the change against one's own level, seats left empty, and the renewal."""
    rng = np.random.default_rng(4)
    n = 20_000
    level, drift = rng.gamma(1.5, 8, n), rng.normal(0, 0.09, n)
    weeks = rng.poisson(level[:, None] * np.exp(drift[:, None] * np.arange(12)))
    seats = 1 + rng.poisson(rng.gamma(1.2, 6, n))
    used = rng.binomial(seats, rng.beta(4, 2, n))
    renewal = rng.integers(1, 366, n)
    contract = rng.choice(["monthly", "yearly", "two years"], n, p=[0.5, 0.4, 0.1])
    fall = np.log1p(weeks[:, 8:].sum(axis=1)) - np.log1p(weeks[:, :8].sum(axis=1) / 2)
    due = np.where(contract == "monthly", 1.0, np.where(renewal < 45, 1.0, 0.15))
    odds = due * (-2.6 * np.clip(fall, -1.5, 0.8) + 2.0 * (1 - used / seats)) + 0.9 * (contract == "monthly")
    tickets = rng.poisson(0.8 + 0.6 * (fall < -0.4))
    odds = odds + 0.35 * np.minimum(tickets, 4)
    signed = np.datetime64("2026-06-30") - rng.integers(30, 1500, n).astype("timedelta64[D]")
    table = pd.DataFrame(weeks, columns=[f"use_week_{12 - i}" for i in range(12)]).assign(
        seats=seats, seats_used=used, days_to_renewal=renewal, contract=contract, tickets_90=tickets, signed_up=signed
    )
    return Table("saas", table.astype({"signed_up": "datetime64[s]"}), leaves(rng, odds, 0.12))


def levels() -> Table:
    """Most of what can be known sits in categories with hundreds of levels."""
    rng = np.random.default_rng(5)
    n = 12_000
    sizes = {"city": 400, "agent": 900, "campaign": 60, "device": 25, "plan": 8}
    table, odds = pd.DataFrame(index=range(n)), np.zeros(n)
    for name, size in sizes.items():
        share = rng.dirichlet(np.full(size, 0.7))
        drawn = rng.choice(size, n, p=share)
        odds = odds + rng.normal(0, 0.6, size)[drawn]
        table[name] = np.char.add(f"{name}-", drawn.astype(str))
    months, spend = rng.integers(1, 72, n), rng.lognormal(3.5, 0.6, n)
    odds = odds - 0.025 * months + 0.3 * np.log(spend)
    return Table("levels", table.assign(months=months, spend=spend.round(2)), leaves(rng, odds, 0.25))


def noisy() -> Table:
    """Three thousand customers, thirty features, six of which say a little."""
    rng = np.random.default_rng(6)
    n = 3_000
    x = rng.normal(size=(n, 30))
    x[:, ::3] = np.exp(x[:, ::3])
    odds = 0.5 * x[:, 1] - 0.4 * x[:, 2] + 0.3 * np.log(x[:, 3]) * (x[:, 4] > 0) + 0.35 * (x[:, 5] > 1) + 0.25 * x[:, 7]
    return Table("noisy", pd.DataFrame(x.round(4), columns=[f"f{i}" for i in range(30)]), leaves(rng, odds, 0.27))


def large() -> Table:
    """Seventy thousand customers of a telephone company: many features, each weak, some in pairs."""
    rng = np.random.default_rng(7)
    n = 70_000
    usual = rng.gamma(2, 200, n)
    minutes = usual[:, None] * np.exp(rng.normal(0, 0.25, (n, 6)))
    dropped, age_of_phone = rng.poisson(usual / 80), rng.gamma(2, 180, n).round()
    months, bill = rng.integers(6, 62, n), (20 + usual * 0.06 + rng.gamma(1, 8, n)).round(2)
    calls = rng.poisson(rng.gamma(0.5, 3, n))
    area = rng.choice(19, n, p=rng.dirichlet(np.full(19, 3.0)))
    credit = rng.choice(list("ABCDEF"), n)
    change = minutes[:, 3:].sum(axis=1) / minutes[:, :3].sum(axis=1) - 1
    odds = (
        0.9 * np.minimum(age_of_phone, 800) / 400
        - 1.2 * np.clip(change, -0.6, 0.4)
        + 0.5 * ((months > 10) & (months < 14))
    )
    odds = odds + 0.15 * np.log1p(calls) * (bill > 60) - 0.3 * np.log1p(usual) / 3 + rng.normal(0, 0.12, 19)[area]
    odds = odds + 0.25 * ((credit == "E") & (age_of_phone > 300)) + 0.06 * np.minimum(dropped, 10)
    table = pd.DataFrame(minutes.round(1), columns=[f"minutes_{i}" for i in range(6)]).assign(
        dropped=dropped, age_of_phone=age_of_phone, months=months, bill=bill, calls_to_care=calls,
        area=np.char.add("area-", area.astype(str)), credit=credit, children=rng.random(n) < 0.3,
        **{f"noise_{i}": rng.normal(size=n).round(3) for i in range(12)},
    )  # fmt: skip
    return Table("large", table, leaves(rng, odds, 0.29))


def gaps() -> Table:
    """A third to two thirds of the values are missing, and that they are missing says something."""
    rng = np.random.default_rng(8)
    n = 9_000
    x = rng.normal(size=(n, 12)) + 0.6 * rng.normal(size=(n, 1))
    odds = x @ np.concatenate([rng.normal(0, 0.5, 6), np.zeros(6)]) + 0.8 * (x[:, 0] > 0.5) * (x[:, 1] > 0)
    share = np.linspace(0.3, 0.7, 12)
    hidden = rng.random(x.shape) < np.where(x > 0.5, np.minimum(share * 1.4, 0.95), share * 0.8)
    odds = odds + 0.5 * hidden[:, 6] - 0.7 * hidden[:, 7]
    table = pd.DataFrame(np.where(hidden, np.nan, x).round(4), columns=[f"answer_{i}" for i in range(12)])
    channel = rng.choice(np.array(["shop", "web", "app", None], dtype=object), n, p=[0.2, 0.3, 0.2, 0.3])
    return Table("gaps", table.assign(channel=channel), leaves(rng, odds + 0.4 * (channel == "web"), 0.3))


def rare() -> Table:
    """Three in a hundred leave."""
    rng = np.random.default_rng(9)
    n = 20_000
    days, orders = rng.gamma(1.2, 30, n).round(), rng.poisson(rng.gamma(1.5, 3, n))
    spend, age = rng.lognormal(4, 0.8, n).round(2), rng.integers(30, 1200, n)
    complaint, discount = rng.random(n) < 0.06, rng.beta(1, 6, n).round(3)
    odds = 1.1 * np.log1p(days / 20) - 0.5 * np.log1p(orders) + 1.3 * complaint * (orders < 4) - 0.2 * np.log(spend)
    odds = odds + 0.8 * (age < 120) + 1.5 * discount * (days > 45)
    table = pd.DataFrame({
        "days_silent": days, "orders": orders, "spend": spend, "age": age, "complaint": complaint,
        "discount_share": discount, "channel": rng.choice(["web", "shop", "app"], n),
        **{f"visits_{k}": rng.poisson(5 / (1 + days / 40)) for k in (30, 60, 90)},
    })  # fmt: skip
    return Table("rare", table, leaves(rng, odds, 0.03))


GENERATED: dict[str, Callable[[], Table]] = {
    make.__name__: make for make in (linear, thresholds, bank, saas, levels, noisy, large, gaps, rare)
}
