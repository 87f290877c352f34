"""Logs as lines of JSON, with secrets and personal data taken out before they are written."""

import logging
import re
import sys
from collections.abc import MutableMapping

import structlog

HIDDEN = "…"
_SECRET_NAMES = re.compile(r"pass(word|wd)?|secret|token|cookie|authorization|api_?key|csrf|session_id", re.IGNORECASE)
_PERSONAL_NAMES = re.compile(r"^(email|phone|name|address|birthday|text|body)$", re.IGNORECASE)
_IN_TEXT = (
    re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+"),  # e-mail addresses, each run of letters looked at once
    re.compile(r"(?<!\d)\+?\d[\d -]{9,16}\d(?!\d)"),  # telephone numbers
    re.compile(r"\btk_[A-Za-z0-9_-]{8,}"),  # API keys
    re.compile(r"(?<=://)[^/@\s:]+:[^/@\s]+(?=@)"),  # credentials in addresses
)


def redact(_: object, __: str, event: MutableMapping[str, object]) -> MutableMapping[str, object]:
    """Hide values whose names speak of secrets or persons, and what looks like them inside sentences."""
    for name, value in event.items():
        if name in ("event", "level", "timestamp"):
            continue
        if _SECRET_NAMES.search(name) or _PERSONAL_NAMES.match(name):
            event[name] = HIDDEN
        elif isinstance(value, str):
            event[name] = redacted(value)
    return event


def redacted(sentence: str) -> str:
    """Return a sentence without e-mail addresses, telephone numbers, keys and passwords."""
    for pattern in _IN_TEXT:
        sentence = pattern.sub(HIDDEN, sentence)
    return sentence


def set_up(level: str = "INFO") -> None:
    """Send structured lines to standard error."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            redact,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
