"""Identifiers: time-ordered for new things, content-derived for things that may arrive twice."""

import hashlib
import os
import time


def new_id(prefix: str) -> str:
    """Return a new unique id such as ``imp_0191f…`` whose text order follows creation time."""
    milliseconds = time.time_ns() // 1_000_000
    return f"{prefix}_{milliseconds:012x}{os.urandom(8).hex()}"


def content_id(prefix: str, *parts: str) -> str:
    """Return the same id for the same parts, so that writing a thing twice writes it once."""
    digest = hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{prefix}_{digest[:24]}"
