"""What providers say, made fit to be kept: short, on one line, without our secrets."""

import json
from collections.abc import Iterable

MOST_WORDS = 200


def kept(words: str, secrets: Iterable[str] = ()) -> str:
    """Return words without secrets, whitespace folded, at most 200 characters."""
    for secret in secrets:
        if secret:
            words = words.replace(secret, "•••")
    return " ".join(words.split())[:MOST_WORDS]


def fields(body: bytes) -> dict[str, object]:
    """Return the fields of a JSON object, or none when it is anything else."""
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def retry_after(value: str | None, otherwise: float = 60.0) -> float:
    """Return the seconds of a ``Retry-After`` header, between one second and a day."""
    try:
        seconds = float(value) if value is not None else otherwise
    except ValueError:
        return otherwise
    return min(max(seconds, 1.0), 86_400.0) if seconds == seconds else otherwise
