"""E-mail addresses and telephone numbers in one spelling each, so that a person is recognised."""

import numpy as np
import phonenumbers
import pyarrow as pa
import pyarrow.compute as pc

from tenure.sources.parsing.parsed import Parsed
from tenure.sources.parsing.text import matches, plain, replaced

EMAIL = r"^[^@\s,;<>()\"]+@[a-z0-9\x{0080}-\x{10FFFF}-]+(\.[a-z0-9\x{0080}-\x{10FFFF}-]+)*\.[a-z\x{0080}-\x{10FFFF}][a-z0-9\x{0080}-\x{10FFFF}-]+$"
CHINESE_MOBILE = r"^(?:\+?86|0086)?(?P<number>1[3-9]\d{9})$"
REGIONS = {
    "CNY": "CN",
    "USD": "US",
    "GBP": "GB",
    "JPY": "JP",
    "HKD": "HK",
    "TWD": "TW",
    "SGD": "SG",
    "AUD": "AU",
    "CAD": "CA",
}


def parse_emails(texts: pa.Array) -> Parsed:
    """Read e-mail addresses, in lower case and without a ``mailto:`` or a name around them."""
    lowered = pc.utf8_lower(plain(texts))
    bare = replaced(replaced(lowered, r"^mailto:"), r"^.*<([^>]+)>$", r"\1")
    return Parsed.of(lowered, pc.if_else(matches(bare, EMAIL), bare, pa.scalar(None, pa.string())))


def parse_phones(texts: pa.Array, region: str | None) -> Parsed:
    """Read telephone numbers into E.164; one without a country is a Chinese mobile number or one of ``region``."""
    cleaned = replaced(plain(texts), r"\.0$")
    compact = replaced(cleaned, r"[\s().·/-]")
    mobile = pc.struct_field(pc.extract_regex(compact, pattern=CHINESE_MOBILE), "number")
    numbers = pc.if_else(
        pc.is_valid(mobile), pc.binary_join_element_wise("+86", mobile, ""), pa.scalar(None, pa.string())
    )
    left = np.flatnonzero(pc.and_(pc.is_valid(cleaned), pc.is_null(numbers)).to_numpy(zero_copy_only=False))
    if len(left) == 0:
        return Parsed.of(cleaned, numbers)
    spelled = numbers.to_pylist()
    for place in left:  # distinct texts only; the library reads one number at a time
        spelled[place] = _e164(cleaned[int(place)].as_py(), region)
    return Parsed.of(cleaned, pa.array(spelled, pa.string()))


def _e164(text: str, region: str | None) -> str | None:
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
