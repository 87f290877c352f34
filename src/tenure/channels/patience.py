"""The end of all waiting for one answer: the wire itself knows it, so that who sends a letter now and then holds nobody up.

An HTTP client gives up on each piece alone; a head sent letter by letter, each in time, would last for days.
"""

import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import httpcore

_ENDS: ContextVar[float | None] = ContextVar("ends", default=None)


@contextmanager
def until(ends: float) -> Iterator[None]:
    """Wait no longer than to a moment of ``time.monotonic`` for whatever is read or written in the block."""
    before = _ENDS.set(ends)
    try:
        yield
    finally:
        _ENDS.reset(before)


class Patient(httpcore.NetworkBackend):
    """Opens lines that know when all waiting ends."""

    def __init__(self) -> None:
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Open a line."""
        wait = _left(timeout, httpcore.ConnectTimeout)
        return _Line(self._plain.connect_tcp(host, port, wait, local_address, socket_options))


class _Line(httpcore.NetworkStream):
    def __init__(self, line: httpcore.NetworkStream) -> None:
        self._line = line

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._line.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._line.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._line.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        return _Line(self._line.start_tls(ssl_context, server_hostname, _left(timeout, httpcore.ConnectTimeout)))

    def get_extra_info(self, info: str) -> Any:
        return self._line.get_extra_info(info)


def _left(timeout: float | None, over: type[Exception]) -> float | None:
    ends = _ENDS.get()
    if ends is None:
        return timeout
    left = ends - time.monotonic()
    if left <= 0:
        raise over("all waiting is over")
    return left if timeout is None else min(timeout, left)
