"""What a customer's particulars may be, and how identities are spelled so that the same one is the same text."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import phonenumbers
from email_validator import EmailNotValidError, validate_email

from tenure.directory.customers.finding.fields import Field
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

LONGEST = 500
MOST_ATTRIBUTES = 200


def normal_email(address: str) -> str:
    """Return an e-mail address as imports spell it, or raise ``Invalid``."""
    try:
        return validate_email(address.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as error:
        raise refused("/email", Text("This is not an e-mail address.", "邮箱地址无效。")) from error


def normal_phone(number: str, region: str | None) -> str:
    """Return a telephone number in E.164; ``region`` (such as CN) is where numbers without a country code belong."""
    known = region if region in phonenumbers.SUPPORTED_REGIONS else None
    try:
        parsed = phonenumbers.parse(number, known or "CN")
    except phonenumbers.NumberParseException as error:
        raise _bad_phone() from error
    if not phonenumbers.is_possible_number(parsed):
        raise _bad_phone()
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def checked_text(name: str, value: str) -> str | None:
    """Return a text without blanks around it, or None when nothing is left."""
    trimmed = value.replace("\0", "").strip()
    if len(trimmed) > LONGEST:
        raise refused(f"/{name}", Text("At most {n} characters.", "最多 {n} 个字符。").fill(n=LONGEST))
    return trimmed or None


def checked_attributes(wanted: Mapping[str, object], fields: Mapping[str, Field]) -> dict[str, object]:
    """Return attribute values fitting their types; a None takes the attribute away."""
    if len(wanted) > MOST_ATTRIBUTES:
        raise refused("/attributes", Text("At most {n} attributes.", "最多 {n} 个属性。").fill(n=MOST_ATTRIBUTES))
    return {name.strip(): _checked_value(name, value, fields) for name, value in wanted.items() if name.strip()}


def type_of(value: object) -> str:
    """Return the type of a new attribute, from its first value."""
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return "number"
    return "date" if isinstance(value, str) and _is_day(value) else "text"


def refused(path: str, message: Text) -> Invalid:
    """Return the error that names one field."""
    return Invalid(message, fields=(FieldProblem(path, message),))


def _checked_value(name: str, value: object, fields: Mapping[str, Field]) -> object:
    path = f"/attributes/{name}"
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    known = fields.get(f"attributes.{name.strip()}")
    kind = type_of(value) if known is None else known.type
    if kind == "number":
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise refused(path, Text("Give a number.", "请填写数字。"))
        return value
    if not isinstance(value, str) or len(value) > LONGEST:
        raise refused(path, Text("Give a text of up to {n} characters.", "请填写不超过 {n} 字的文本。").fill(n=LONGEST))
    if kind == "date" and not _is_day(value):
        raise refused(path, Text("Give a date such as 2026-01-31.", "请填写日期，如 2026-01-31。"))
    return value.replace("\0", "").strip()


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and date.fromisoformat(value) is not None
    except ValueError:
        return False


def _bad_phone() -> Invalid:
    return refused("/phone", Text("This is not a telephone number.", "电话号码无效。"))
