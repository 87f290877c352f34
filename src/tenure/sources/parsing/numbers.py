"""Numbers and money as people write them: 1,234.50 · 1.234,50 · ¥1 234 · (12.30) · 12.30- · 1.2万 · 15%.

Money never passes through a float: its digits are moved as text into units of 1/10,000.
"""

from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from tenure.sources.parsing.parsed import Parsed
from tenure.sources.parsing.text import matches, plain, replaced

Column = npt.NDArray[Any]
Marks = Literal["point", "comma"]  # which mark stands before the decimals
MONEY = pa.decimal128(18, 4)
DECIMALS = 4
WHOLE_DIGITS = 14

_SIGNS = r"(?i)[¥$€£₩₹₽元圆块円]|\b(rmb|cny|usd|eur|gbp|jpy|hkd|twd|aud|cad|sgd|us|hk|nt|au|ca)\b|(rmb|cny|usd|eur|gbp|jpy|hkd)"
_SCALES = (("千", 3), ("万", 4), ("萬", 4), ("亿", 8), ("k", 3), ("K", 3))
_POINT = r"^[+-]?(\d{1,3}([, ']\d{3})+|\d{1,4}(,\d{4})+|\d{1,2}(,\d{2})+,\d{3}|\d*)(\.\d*)?$"
_COMMA = r"^[+-]?(\d{1,3}([. ']\d{3})+|\d*)(,\d*)?$"
_EXPONENT = r"^[+-]?\d+(\.\d*)?[eE][+-]?\d{1,3}$"
CURRENCY_SIGNS = {"€": "EUR", "£": "GBP", "₩": "KRW", "₹": "INR", "₽": "RUB", "$": "$", "¥": "¥", "元": "¥"}


def decide_marks(texts: pa.Array) -> Marks | None:
    """Say which decimal mark a column's texts prove, or None when every one can be read either way."""
    bare = _bare(texts)
    comma = matches(bare, r"\d\.\d{3}(\.\d{3})*,\d|\d,\d{1,2}$|\d\.\d{3}\.\d{3}")
    point = matches(bare, r"\d,\d{3}(,\d{3})*\.\d|\d\.(\d{1,2}|\d{4,})$|\d,\d{3},\d{3}")
    commas, points = int(pc.sum(comma).as_py() or 0), int(pc.sum(point).as_py() or 0)
    if commas == points:
        return None
    return "comma" if commas > points else "point"


def currencies_of(texts: pa.Array) -> set[str]:
    """Return the currencies whose signs or codes stand in a column of amounts."""
    found = pc.extract_regex(plain(texts), pattern=r"(?i)(?P<sign>[€£₩₹₽$¥元]|\b(?:rmb|cny|usd|eur|gbp|jpy|hkd)\b)")
    signs = {str(sign).upper() for sign in pc.unique(pc.struct_field(found, "sign")).to_pylist() if sign}
    return {CURRENCY_SIGNS.get(sign, "CNY" if sign == "RMB" else sign) for sign in signs}


def parse_money(texts: pa.Array, marks: Marks = "point") -> Parsed:
    """Read amounts into DECIMAL(18,4), rounding half away from zero."""
    cleaned = plain(texts)
    whole, rest, negative, readable = _digits(cleaned, marks)
    shift = _shift(cleaned)
    units = np.zeros(len(texts), np.int64)
    valid = np.zeros(len(texts), bool)
    for power in np.unique(shift):
        chosen = np.flatnonzero(readable & (shift == power))
        units[chosen], valid[chosen] = _units(whole.take(pa.array(chosen)), rest.take(pa.array(chosen)), int(power))
    _read_exponents(cleaned, units, valid)
    units = np.where(negative, -units, units)
    return Parsed.of(cleaned, as_money(units, valid))


def parse_number(texts: pa.Array, marks: Marks = "point") -> Parsed:
    """Read numbers into floats; a percentage becomes its share."""
    cleaned = plain(texts)
    whole, rest, negative, readable = _digits(cleaned, marks)
    joined = pc.binary_join_element_wise(pc.if_else(pc.equal(whole, ""), "0", whole), rest, ".")
    spelled = pc.if_else(pa.array(readable), replaced(joined, r"\.$"), pa.scalar(None, pa.string()))
    exponents = matches(cleaned, _EXPONENT)
    spelled = pc.if_else(exponents, cleaned, spelled)
    numbers = pc.multiply(pc.cast(spelled, pa.float64()), np.power(10.0, _shift(cleaned)))
    signed = pc.if_else(pc.and_(pa.array(negative), pc.invert(exponents)), pc.negate(numbers), numbers)
    return Parsed.of(cleaned, signed)


def as_money(units: Column, valid: Column) -> pa.Array:
    """Turn whole units of 1/10,000 into DECIMAL(18,4) without copying digit by digit."""
    wide = np.empty((len(units), 2), np.int64)
    wide[:, 0] = units
    wide[:, 1] = units >> 63
    mask = pa.array(valid).buffers()[1]
    return pa.Array.from_buffers(MONEY, len(units), [mask, pa.py_buffer(wide.tobytes())])


def _bare(texts: pa.Array) -> pa.Array:
    """Take away signs of currency, scale words, percent signs and the marks of a negative."""
    bare = replaced(plain(texts), _SIGNS)
    bare = pc.utf8_trim_whitespace(replaced(bare, r"[千万萬亿kK%]\s*$"))
    bare = replaced(bare, r"^\((.*)\)$", r"-\1")
    bare = replaced(bare, r"^([^-]*)-$", r"-\1")
    return replaced(bare, r"^([+-])\s+", r"\1")


def _digits(cleaned: pa.Array, marks: Marks) -> tuple[pa.Array, pa.Array, Column, Column]:
    """Split texts into whole digits and decimals; say which are negative and which are numbers at all."""
    bare = _bare(cleaned)
    form = matches(bare, _POINT if marks == "point" else _COMMA)
    readable = pc.and_(form, matches(bare, r"\d"))
    kept = pc.if_else(readable, bare, "")
    negative = pc.starts_with(pc.if_else(pc.or_(readable, matches(bare, _EXPONENT)), bare, ""), "-")
    ungrouped = replaced(kept, r"[+, '-]" if marks == "point" else r"[+. '-]")
    parts = pc.extract_regex(ungrouped, pattern=r"^(?P<whole>\d*)[.,]?(?P<rest>\d*)$")
    whole = replaced(pc.fill_null(pc.struct_field(parts, "whole"), ""), r"^0+")
    rest = pc.fill_null(pc.struct_field(parts, "rest"), "")
    return whole, rest, _bools(negative), _bools(readable)


def _shift(cleaned: pa.Array) -> Column:
    """Return the power of ten that a scale word or a percent sign adds."""
    ending = pc.utf8_trim_whitespace(replaced(cleaned, r"(?i)[元圆块円)]|\s*(rmb|cny|usd|eur|gbp|jpy|hkd)$"))
    shift = np.zeros(len(cleaned), np.int64)
    for word, power in _SCALES:
        shift[_bools(pc.ends_with(ending, word))] = power
    shift[_bools(pc.ends_with(ending, "%"))] = -2
    return shift


def _units(whole: pa.Array, rest: pa.Array, power: int) -> tuple[Column, Column]:
    """Join digits into units of 1/10,000, the decimal mark moved by ``power``."""
    if power < 0:
        padded = pc.utf8_lpad(whole, -power + 1, "0")
        rest = pc.binary_join_element_wise(pc.utf8_slice_codeunits(padded, power), rest, "")
        whole = pc.utf8_slice_codeunits(padded, 0, power)
        power = 0
    width = DECIMALS + power + 1
    decimals = pc.utf8_slice_codeunits(pc.utf8_rpad(rest, width, "0"), 0, width)
    kept, next_digit = pc.utf8_slice_codeunits(decimals, 0, width - 1), pc.utf8_slice_codeunits(decimals, width - 1)
    digits = replaced(pc.binary_join_element_wise(whole, kept, ""), r"^0+(\d)", r"\1")
    fits = pc.less_equal(pc.utf8_length(digits), WHOLE_DIGITS + DECIMALS)
    units = pc.cast(pc.if_else(fits, digits, "0"), pa.int64()).to_numpy(zero_copy_only=False)
    return units + _bools(pc.greater_equal(next_digit, "5")), _bools(fits)


def _read_exponents(cleaned: pa.Array, units: Column, valid: Column) -> None:
    """Read 1.2E+05 and its like, which only programs write."""
    rows = np.flatnonzero(_bools(matches(cleaned, _EXPONENT)))
    if len(rows) == 0:
        return
    numbers = np.abs(pc.cast(cleaned.take(pa.array(rows)), pa.float64()).to_numpy(zero_copy_only=False))
    fits = numbers < 10.0**WHOLE_DIGITS
    units[rows] = np.floor(np.where(fits, numbers, 0) * 10**DECIMALS + 0.5).astype(np.int64)
    valid[rows] = fits


def _bools(mask: pa.Array) -> Column:
    array = mask.combine_chunks() if isinstance(mask, pa.ChunkedArray) else mask
    bools: Column = pc.fill_null(array, False).to_numpy(zero_copy_only=False)
    return bools
