"""A write key, for tests of tracking."""

from tests.directory.make import Browser


def write_key(by: Browser, name: str = "web shop", **more: object) -> str:
    """Make a write key with plenty of room; returns its secret."""
    made = by.post("/tracking/keys", json={"name": name, "per_second": 1_000_000, **more})
    assert made.status_code == 201, made.text
    return str(made.json()["secret"])
