"""Currencies: which codes there are and how many decimals they have."""

from babel.numbers import get_currency_precision, list_currencies

_CODES = frozenset(code for code in list_currencies() if len(code) == 3)


def is_currency(code: str) -> bool:
    """Say whether a code is one of ISO 4217's, such as CNY."""
    return code in _CODES


def decimals(currency: str) -> int:
    """Return how many decimals a currency is written with: 2 for CNY, 0 for JPY."""
    return get_currency_precision(currency) if is_currency(currency) else 2
