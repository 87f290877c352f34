"""``Idempotency-Key``: a POST that is sent again with the same key is answered again and done once.

The key is taken before the request is carried out and the answer is kept after it. That the work was done is
committed in the work's own transaction. So when a process dies in between, either the work is done and its answer
lost, which is said, or nothing was done, and the same key may try again a minute later.
"""

import asyncio
import hashlib
from contextlib import suppress

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tenure.directory.access import identify
from tenure.directory.credentials.principal import Principal
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.errors import Conflict, FieldProblem, Invalid, TenureError
from tenure.kit.http import WITNESS, answer, current_clock, current_engine, problem_of
from tenure.kit.i18n import Text
from tenure.kit.idempotency import repository
from tenure.kit.idempotency.repository import LEASE, Held, Kept
from tenure.kit.ids import new_id

HEADER = "Idempotency-Key"
REPLAYED = "Idempotency-Replayed"
LONGEST_KEY = 200
LARGEST = 1_000_000  # bytes of a request that are compared, and of an answer that is kept
ANSWERS_WITH_SECRETS = ("/setup", "/session", "/keys", "/tracking/keys", "/webhooks")  # never kept: shown once
SHOWS_SECRETS = ("/onsite/identity/",)

RENEWED = LEASE.total_seconds() / 3  # seconds between two signs of life of a request under way

_UNDER_WAY = Text("A request with this key is being carried out.", "使用该键的请求正在处理。")
_IN_A_MINUTE = Text("Send it again in a minute, with the same key.", "请一分钟后用相同的键重试。")
_DONE = Text(
    "This was done, but its answer was lost when the server stopped.", "该请求已完成，但服务器中断时回答丢失。"
)
_LOOK = Text("Look at what it made; there is nothing to send again.", "请直接查看结果，无需再次提交。")
_OTHER = Text("This key was used for another request.", "该键已用于另一个请求。")
_BAD = Text("A key has 1 to 200 characters.", "键的长度须为 1 至 200 个字符。")


class OnceOnly:
    """Answers POST requests that carry a key they carried before."""

    def __init__(self, app: ASGIApp, api: str) -> None:
        self.app = app
        self.api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Carry a request out, or answer it from what is kept."""
        key = Headers(scope=scope).get(HEADER) if scope["type"] == "http" and scope["method"] == "POST" else None
        path = scope.get("path", "").removeprefix(self.api)
        if key is None or path == scope.get("path") or _tells_a_secret(path):
            await self.app(scope, receive, send)
            return
        request = Request(scope)
        try:
            if not 1 <= len(key) <= LONGEST_KEY:
                raise Invalid(_BAD, fields=(FieldProblem(f"/{HEADER}", _BAD),))
            principal = await run_in_threadpool(identify, request)
        except TenureError as error:
            await answer(problem_of(error))(scope, receive, send)
            return
        if principal is None:
            await self.app(scope, receive, send)
            return
        body, receive = await _look_into(scope, receive)
        await self._once(_Caller(request, principal, key), _hash(scope, body), scope, receive, send)

    async def _once(self, caller: "_Caller", request_hash: str, scope: Scope, receive: Receive, send: Send) -> None:
        kept = await run_in_threadpool(caller.reserve, request_hash)
        if kept is not None:
            await _again(kept, request_hash)(scope, receive, send)
            return
        recorded = _Recorded(send)
        living = asyncio.create_task(caller.live())
        try:
            await self.app({**scope, WITNESS: caller}, receive, recorded.send)
        finally:
            living.cancel()
            with suppress(asyncio.CancelledError):
                await living
            await run_in_threadpool(caller.conclude, recorded.answer(request_hash))


class _Caller:
    """Who sent a key, and the store it is kept in; witness of the request's transaction."""

    def __init__(self, request: Request, principal: Principal, key: str) -> None:
        self.engine: Engine = current_engine(request)
        self.clock: Clock = current_clock(request)
        self.held = Held(f"{principal.kind}:{principal.id}:{principal.role}", key, new_id("hold"))

    def reserve(self, request_hash: str) -> Kept | None:
        with transaction(self.engine) as session:
            return repository.reserve(session, self.held, request_hash, self.clock.now())

    async def live(self) -> None:
        """Give signs of life until cancelled."""
        while True:
            await asyncio.sleep(RENEWED)
            await run_in_threadpool(self._renew)

    def _renew(self) -> None:
        with transaction(self.engine) as session:
            repository.renew(session, self.held, self.clock.now())

    def begins(self, session: Session) -> None:
        repository.begin_work(session, self.held)

    def ends(self, session: Session) -> None:
        repository.end_work(session, self.held)

    def conclude(self, answer: Kept | None) -> None:
        with transaction(self.engine) as session:
            if answer is None:
                repository.release(session, self.held)
            else:
                repository.keep(session, self.held, answer)


class _Recorded:
    """Passes an answer on and remembers it."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.status = 0
        self.content_type: str | None = None
        self.body = bytearray()

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.content_type = Headers(raw=message["headers"]).get("content-type")
        elif message["type"] == "http.response.body" and len(self.body) <= LARGEST:
            self.body += message.get("body", b"")
        await self._send(message)

    def answer(self, request_hash: str) -> Kept | None:
        """Return what is kept: only what was done, for nothing else changes anything."""
        if not 200 <= self.status < 300:
            return None
        return Kept(request_hash, self.status, self.content_type, bytes(self.body[: LARGEST + 1]))


def _again(kept: Kept, request_hash: str) -> Response:
    if kept.request_hash != request_hash:
        return answer(problem_of(Invalid(_OTHER, fields=(FieldProblem(f"/{HEADER}", _OTHER),))))
    if kept.status is None:
        known = Conflict(_DONE, remedy=_LOOK) if kept.done else Conflict(_UNDER_WAY, remedy=_IN_A_MINUTE)
        return answer(problem_of(known))
    return Response(kept.body, kept.status, {REPLAYED: "true"}, kept.content_type)


async def _look_into(scope: Scope, receive: Receive) -> tuple[bytes, Receive]:
    """Read a JSON body and hand it on; a file's body is not read, its boundary differs every time anyway."""
    headers = Headers(scope=scope)
    size = headers.get("content-length", "")
    form = headers.get("content-type", "").lower().startswith("multipart/")
    if form or not size.isdecimal() or int(size) > LARGEST:
        return b"", receive
    messages: list[Message] = []
    body = bytearray()
    while True:
        message = await receive()
        messages.append(message)
        body += message.get("body", b"")
        if message["type"] != "http.request" or not message.get("more_body") or len(body) > LARGEST:
            break

    async def replay() -> Message:
        return messages.pop(0) if messages else await receive()

    return bytes(body[:LARGEST]), replay


def _hash(scope: Scope, body: bytes) -> str:
    parts = (scope["path"].encode(), scope["query_string"], body)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _tells_a_secret(path: str) -> bool:
    return path in ANSWERS_WITH_SECRETS or path.startswith(SHOWS_SECRETS) or path.endswith("/secret")
