"""How fast each source may send: a bucket that fills as time passes."""

from dataclasses import dataclass

SECONDS_AT_ONCE = 10  # what an app saved up while it was offline may come in one go
LEAST_AT_ONCE = 5_000  # one batch always fits
MOST_KEPT = 20_000  # buckets; then those nobody took from for a while are forgotten, which changes nothing


@dataclass
class _Bucket:
    room: float
    at: float


class Speed:
    """Counts events of sources against what they may bring."""

    def __init__(self) -> None:
        self._buckets: dict[str, _Bucket] = {}

    def wait(self, key_id: str, events: int, per_second: int, now: float) -> float:
        """Take room for events; returns 0, or the seconds to wait until there is room. ``now`` is in seconds."""
        most = float(max(per_second * SECONDS_AT_ONCE, LEAST_AT_ONCE))
        if len(self._buckets) >= MOST_KEPT:
            self._forget(now - SECONDS_AT_ONCE)
        bucket = self._buckets.setdefault(key_id, _Bucket(most, now))
        bucket.room = min(most, bucket.room + (now - bucket.at) * per_second)
        bucket.at = now
        if bucket.room >= events:
            bucket.room -= events
            return 0.0
        return (events - bucket.room) / per_second

    def _forget(self, before: float) -> None:
        """Forget buckets nobody has taken from since a moment; where everybody comes again at once, all of them."""
        idle = [name for name, bucket in list(self._buckets.items()) if bucket.at < before]
        for name in idle or list(self._buckets):
            self._buckets.pop(name, None)
