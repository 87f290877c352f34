"""All benches one after the other, each in a process of its own: ``python3 run.py bench [--small] [--peers] [NAME …]``."""

import argparse
import subprocess
import sys

BENCHES = {
    "models": "fit and predict: BG/NBD, value, churn, next order",
    "lifetime_value": "models of orders, spend and contracts: speed, memory and likelihood of their fits",
    "churn": "who leaves: ours beside logistic regression, HistGradientBoosting, LightGBM and CatBoost, same folds",
    "features": "features of 1 M customers with 50 M events at one and twelve dates, and some in SQL by hand",
    "truth": "the demo's predictions against what was planted there and what then happened",
    "forecast": "purchases to come by rolling origin: ours beside recency, BG/NBD and Pareto/NBD",
    "metrics": "50 M orders of 2 M customers: build, re-cut, and the same in SQL by hand",
    "recommend": "recommendations: 1 M interactions with 20 k items, 10 k customers × top 20",
    "customers": "the first page of a list of 1 M customers",
    "content": "personalised MJML mails written a second on one core",
    "arbiter": "the gate: decisions a second on one core",
    "why": "why somebody got a message or not, for a customer with 10,000 events",
    "reading": "opens and clicks of people and of machines told apart on a labelled set",
    "tracking": "events a second taken durably, in batches of 100, while they are carried to the lake",
    "scoring": "1 M customers scored with reasons and value, stage by stage",
}
TAKES_SMALL = {
    "tracking",
    "forecast",
    "truth",
    "features",
    "scoring",
    "churn",
    "lifetime_value",
    "metrics",
    "customers",
    "recommend",
    "arbiter",
    "content",
    "reading",
    "why",
}
HAS_PEERS: set[str] = {"churn", "features", "lifetime_value"}


def main() -> int:
    """Run the benches asked for; returns how many failed."""
    parser = argparse.ArgumentParser(prog="run.py bench", description=__doc__)
    parser.add_argument("--small", action="store_true", help="a size that takes seconds, to see that the benches run")
    parser.add_argument("--peers", action="store_true", help="also run the libraries that a bench compares with")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", choices=[[], *BENCHES], help="which benches; all when none is named"
    )
    parser.add_argument("--home", help="a demo workspace that is there already, for the bench named truth")
    chosen = parser.parse_args()
    failed = 0
    for name in chosen.names or BENCHES:
        print(f"\n── {name}: {BENCHES[name]}", flush=True)
        small = ["--small"] if chosen.small and name in TAKES_SMALL else []
        peers = ["--peers"] if chosen.peers and name in HAS_PEERS else []
        home = ["--home", chosen.home] if chosen.home and name == "truth" else []
        failed += bool(subprocess.run([sys.executable, "-m", f"bench.{name}", *small, *peers, *home]).returncode)
    return failed


if __name__ == "__main__":
    sys.exit(main())
