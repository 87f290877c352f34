"""The door for events, in the manner of Segment's API: plain ASGI, because every event passes here.

Every call is answered with 202 and a verdict for each event, once the events taken are on the disk. What is wrong
with a whole request is answered as problem+json. Nothing of what was sent, and no key, is ever logged.
"""

import base64
import binascii
import json
import math
import time
from collections.abc import Awaitable, Callable, MutableMapping
from datetime import UTC
from typing import Any
from urllib.parse import parse_qs, unquote

from tenure.kit.clock import Clock
from tenure.kit.db import Engine
from tenure.sources.tracking.calls import CALLS
from tenure.sources.tracking.committing import Committer
from tenure.sources.tracking.keys.service import LONGEST_KEY, Source
from tenure.sources.tracking.parcels import Parcel, parcel_of
from tenure.sources.tracking.reading import Fault, parsed, unpacked
from tenure.sources.tracking.remembering import Remembered
from tenure.sources.tracking.speed import Speed
from tenure.sources.tracking.words import FAULTS, LARGEST_BODY, REFUSALS

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = dict[bytes, bytes]
PREFIX = "/v1/"
ALLOWED = b"Authorization, Content-Type, Content-Encoding, X-Retry-Count"


class TrackingDoor:
    """Takes calls under ``/v1/`` and passes every other request on."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], engine: Engine, clock: Clock) -> None:
        self.app, self._clock = app, clock
        self._committer = Committer(engine, clock)
        self._remembered = Remembered(engine)
        self._speed = Speed()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a call, or pass a request on."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIX):
            await self.app(scope, receive, send)
            return
        headers: Headers = dict(scope["headers"])
        origin = headers.get(b"origin")
        try:
            if scope["method"] == "OPTIONS":
                await _send(send, 204, b"", [*_cors(origin), (b"access-control-max-age", b"86400")])
                return
            answer = await self._taken(scope, headers, receive)
            await _send(send, 202 if scope["method"] == "POST" else 200, answer, _cors(origin))
        except Fault as fault:
            more = _cors(None if fault.code == "bad_origin" else origin)
            if fault.wait is not None:
                more.append((b"retry-after", str(fault.wait).encode()))
            await _send(send, fault.status, _problem(fault), more, b"application/problem+json")

    async def _taken(self, scope: Scope, headers: Headers, receive: Receive) -> bytes:
        name = scope["path"][len(PREFIX) :].strip("/")
        if name.startswith("projects/") and name.endswith("/settings"):
            return await self._settings(name.split("/")[1], scope, headers)
        kind = CALLS.get(name)
        if kind is None:
            raise Fault("unknown_call")
        if scope["method"] != "POST":
            raise Fault("wrong_method")
        body = await _body(headers, receive)
        told_first = _key_in_headers(headers)
        source = await self._source(told_first, headers) if told_first else None  # nothing is read for a stranger
        told = parsed(unpacked(body, headers.get(b"content-encoding", b"").decode("latin-1").lower()))
        if source is None:
            source = await self._source(_key_in(told, scope), headers)
        items = told.get("batch") if kind == "batch" else None
        wait = self._speed.wait(
            source.key_id, len(items) if isinstance(items, list) else 1, source.per_second, time.monotonic()
        )
        if wait:
            raise Fault("too_fast", math.ceil(wait))
        received = self._clock.now().astimezone(UTC).replace(tzinfo=None)
        expected = await self._remembered.expected() if source.strict else {}
        parcel = parcel_of(told, kind, source, received, expected)
        if not (parcel.pieces or parcel.refused):
            return _verdicts(parcel, set())
        try:
            stale = await self._committer.put(parcel)
        except Exception as error:  # logged where it happened; the sender sends again
            raise Fault("not_now", 1) from error
        return _verdicts(parcel, stale)

    async def _source(self, key: str, headers: Headers) -> Source:
        if not key:
            raise Fault("no_key")
        if len(key) > LONGEST_KEY:
            raise Fault("bad_key")
        try:
            source = await self._remembered.source(key)
        except Exception as error:  # the database may be away for a moment; the sender sends again
            raise Fault("not_now", 1) from error
        if source is None:
            raise Fault("bad_key")
        origin = headers.get(b"origin")
        if source.trusted and origin is not None:
            raise Fault("server_key")
        if not source.allows(None if origin is None else origin.decode("latin-1")):
            raise Fault("bad_origin")
        return source

    async def _settings(self, key: str, scope: Scope, headers: Headers) -> bytes:
        """Answer what analytics.js asks first: where to send to, and that nothing else is to be loaded."""
        await self._source(key, headers)
        host = headers.get(b"host", b"").decode("latin-1")
        told = {"apiKey": key, "apiHost": f"{host}/v1", "protocol": scope.get("scheme", "https")}
        return json.dumps({"integrations": {"Segment.io": told}, "plan": {}, "edgeFunction": {}}).encode()


async def _body(headers: Headers, receive: Receive) -> bytes:
    length = headers.get(b"content-length", b"")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise Fault("body_too_large")
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Fault("not_json")  # the sender is gone, and will not read this
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > LARGEST_BODY:
            raise Fault("body_too_large")
        if not message.get("more_body"):
            return b"".join(parts)


def _key_in_headers(headers: Headers) -> str:
    """Return the key that stands before the body, as Segment's libraries send it; empty where it is sent otherwise."""
    scheme, _, value = headers.get(b"authorization", b"").partition(b" ")
    if scheme.lower() == b"basic":
        try:
            named = base64.b64decode(value, validate=True).decode("utf-8").partition(":")[0]
        except (binascii.Error, UnicodeDecodeError) as error:
            raise Fault("bad_key") from error
        if named:
            return unquote(named)
    if scheme.lower() == b"bearer" and value:
        return value.decode("latin-1").strip()
    return ""


def _key_in(told: dict[str, object], scope: Scope) -> str:
    """Return the key a body carries, as beacons send it, or the address."""
    key = told.get("writeKey")
    if isinstance(key, str):
        return key
    asked = parse_qs(scope.get("query_string", b"").decode("latin-1")).get("writeKey")
    return asked[0] if asked else ""


def _verdicts(parcel: Parcel, stale: set[int]) -> bytes:
    for place in stale:
        parcel.verdicts[place]["verdict"] = "duplicate"
    counts = {"accepted": len(parcel.pieces) - len(stale), "duplicate": len(stale), "refused": len(parcel.refused)}
    for verdict in parcel.verdicts:
        if verdict["verdict"] == "refused":
            reason = REFUSALS[str(verdict["code"])]
            verdict["reason"] = {"en": reason.en, "zh": reason.zh}
    return json.dumps({"success": not parcel.refused, **counts, "items": parcel.verdicts}).encode()


def _problem(fault: Fault) -> bytes:
    said = FAULTS[fault.code]
    told = {
        "type": f"urn:tenure:problem:{fault.code}",
        "title": said.en,
        "title_zh": said.zh,
        "status": fault.status,
        "code": fault.code,
        "detail": said.en,
        "detail_zh": said.zh,
        "message": said.en,  # where Segment's SDKs look
    }
    return json.dumps(told).encode()


def _cors(origin: bytes | None) -> list[tuple[bytes, bytes]]:
    if origin is None:
        return []
    return [
        (b"access-control-allow-origin", origin),
        (b"access-control-allow-methods", b"POST, GET, OPTIONS"),
        (b"access-control-allow-headers", ALLOWED),
        (b"vary", b"Origin"),
    ]


async def _send(
    send: Send, status: int, body: bytes, more: list[tuple[bytes, bytes]], form: bytes = b"application/json"
) -> None:
    headers = [(b"content-length", str(len(body)).encode()), (b"cache-control", b"no-store"), *more]
    if body:
        headers.append((b"content-type", form))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
