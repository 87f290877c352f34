"""Currencies: which codes there are, how many decimals they have, and how amounts are written in a sentence."""

from babel.numbers import get_currency_precision, get_currency_symbol, list_currencies

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of CN¥ and HK$: whoever reads here knows whose money it is
_CODES = frozenset(code for code in list_currencies() if len(code) == 3)


def is_currency(code: str) -> bool:
    """Say whether a code is one of ISO 4217's, such as CNY."""
    return code in _CODES


def decimals(currency: str) -> int:
    """Return how many decimals a currency is written with: 2 for CNY, 0 for JPY."""
    return get_currency_precision(currency) if is_currency(currency) else 2


WHOLE_FROM = 1000  # amounts from here on are written without decimals, as the web does


def written(amount: float, currency: str) -> str:
    """Return an amount as it stands in a sentence, in either language: ¥3,632, $8.04, CHF 12.50."""
    sign = get_currency_symbol(currency, locale="en").lstrip(_LETTERS) if is_currency(currency) else ""
    places = 0 if abs(amount) >= WHOLE_FROM else decimals(currency)
    minus = "-" if amount < 0 and round(amount, places) else ""
    return f"{minus}{sign or currency + ' '}{abs(amount):,.{places}f}"
