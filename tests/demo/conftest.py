"""Two made-up companies: a small one to look through, and one large enough to show its planted truths."""

from datetime import datetime

import pytest

from tenure import demo

END = datetime(2026, 3, 15, 16)  # midnight in China


@pytest.fixture(scope="session")
def company() -> demo.Company:
    """A company of two thousand customers."""
    return demo.generate(11, end=END, customers=2_000)


@pytest.fixture(scope="session")
def large_company() -> demo.Company:
    """A company of ten thousand customers."""
    return demo.generate(12, end=END, customers=10_000)
