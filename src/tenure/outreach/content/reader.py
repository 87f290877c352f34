"""For whom a template is written out: their language, money and clock, and the filters that speak them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from babel import Locale, UnknownLocaleError, dates, numbers

from tenure.kit.money import is_currency

STYLES = ("short", "medium", "long", "full")


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads: how dates and numbers are written for them, in which currency, and on whose clock."""

    language: str = "en"
    currency: str = "CNY"
    zone: tzinfo = UTC


def money(value: object, reader: Reader, currency: object = None) -> str:
    """Write an amount in the reader's language: ¥1,200.00, 1.200,00 €."""
    amount, code = number_of(value), str(currency or reader.currency).upper()
    return _money(amount, code if is_currency(code) else reader.currency, reader.language)


def number(value: object, reader: Reader, decimals: object = None) -> str:
    """Write a number in the reader's language, with as many decimals as wanted."""
    amount = number_of(value)
    if decimals is not None:
        amount = round(amount, max(0, min(int(number_of(decimals)), 8)))
    return numbers.format_decimal(amount, locale=locale_of(reader.language))


def percent(value: object, reader: Reader) -> str:
    """Write a share as per cent: 0.25 is 25%."""
    return numbers.format_percent(number_of(value), locale=locale_of(reader.language))


def day(value: object, reader: Reader, form: object = "medium") -> str:
    """Write a date on the reader's clock: in a style (short, medium, long, full), or as ``%Y-%m-%d`` tells.

    ``time`` is the time of day, ``datetime`` both.
    """
    moment, told = moment_of(value), str(form)
    if isinstance(moment, datetime):
        moment = moment.astimezone(reader.zone)
    if "%" in told:
        return moment.strftime(told[:100])
    locale = locale_of(reader.language)
    if told == "time" and isinstance(moment, datetime):
        return dates.format_time(moment, "short", tzinfo=reader.zone, locale=locale)
    if told == "datetime" and isinstance(moment, datetime):
        return dates.format_datetime(moment, "medium", tzinfo=reader.zone, locale=locale)
    if told not in STYLES:
        raise ValueError(f"{told} is no style of dates ({', '.join(STYLES)}, time, datetime, %Y-%m-%d)")
    return _day(moment.date() if isinstance(moment, datetime) else moment, told, reader.language)


def number_of(value: object) -> Decimal:
    """Return a value as a number, or raise ``ValueError``."""
    try:
        found = Decimal(str(value))
    except InvalidOperation as error:
        raise ValueError(f"{value} is not a number") from error
    if not found.is_finite() or abs(found) > Decimal(10) ** 18:
        raise ValueError(f"{value} is not a number")
    return found


def moment_of(value: object) -> date:
    """Return a value as an instant or a day, or raise ``ValueError``; a time without a zone is UTC's."""
    if isinstance(value, str):
        text = value.strip()
        value = date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
    if isinstance(value, datetime):
        return value if value.tzinfo is not None else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return value
    raise ValueError(f"{value} is not a date")


@lru_cache(maxsize=200)
def locale_of(language: str) -> Locale:
    """Return how a language writes dates and numbers; of one that nobody knows, as English does."""
    parts = language.replace("_", "-").split("-")
    for tag in ("_".join(parts), parts[0]):
        try:
            return Locale.parse(tag)
        except (ValueError, UnknownLocaleError):
            continue
    return Locale("en")


@lru_cache(maxsize=20_000)
def _money(amount: Decimal, currency: str, language: str) -> str:
    return numbers.format_currency(amount, currency, locale=locale_of(language))


@lru_cache(maxsize=20_000)
def _day(moment: date, style: str, language: str) -> str:
    return dates.format_date(moment, style, locale=locale_of(language))
