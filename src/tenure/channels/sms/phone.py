"""Telephone numbers as providers want them."""

import phonenumbers

_MAINLAND = "+86"


def e164(address: str) -> str | None:
    """Return a number in E.164 form (``+8613800138000``), or nothing when it cannot be a number."""
    if not address.isascii():
        return None
    try:
        number = phonenumbers.parse(address, None)
    except phonenumbers.NumberParseException:
        return None
    if number.extension or not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def mainland(number: str) -> bool:
    """Tell whether a number in E.164 form is one of mainland China."""
    return number.startswith(_MAINLAND)
