"""What every route shares: resources by name, a transaction per request, and errors as problem+json."""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Annotated, Protocol, cast

import structlog
from fastapi import Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from tenure.kit import i18n
from tenure.kit.clock import Clock
from tenure.kit.db import Engine, Session, transaction
from tenure.kit.errors import FieldProblem, Invalid, TenureError
from tenure.kit.validation_words import in_words

log = structlog.get_logger()


class Text(BaseModel):
    """A sentence in both languages, on the wire."""

    en: str
    zh: str

    @classmethod
    def of(cls, text: i18n.Text) -> "Text":
        """Put a sentence on the wire."""
        return cls(en=text.en, zh=text.zh)


class FieldError(BaseModel):
    """One thing wrong with one field; ``path`` is a JSON pointer."""

    path: str
    message: Text


class Problem(BaseModel):
    """An error as RFC 9457 tells it, with both languages and a remedy."""

    type: str
    title: str
    title_zh: str
    status: int
    code: str
    detail: str
    detail_zh: str
    remedy: Text | None = None
    fields: list[FieldError] = []


WITNESS = "tenure.witness"


class Witness(Protocol):
    """Who wants a word in a request's transaction, at its beginning and before it is committed.

    A middleware puts one into the request's scope under ``WITNESS``.
    """

    def begins(self, session: Session) -> None:
        """Speak before anything else does."""

    def ends(self, session: Session) -> None:
        """Speak last."""


def resource(name: str) -> Callable[[Request], object]:
    """Return a dependency that hands out what the wiring registered under a name."""

    def find(request: Request) -> object:
        return request.app.state.resources[name]

    return find


def body_within(most: int) -> Callable[[Request], Awaitable[bytes]]:
    """Return a dependency that reads a body no further than shows that it is longer than it may be."""

    async def read(request: Request) -> bytes:
        body = bytearray()
        async for piece in request.stream():
            body += piece
            if len(body) > most:
                break
        return bytes(body)

    return read


def current_clock(request: Request) -> Clock:
    """Return the application's clock."""
    return cast(Clock, request.app.state.resources["clock"])


def current_engine(request: Request) -> Engine:
    """Return the application's pool of database connections."""
    return cast(Engine, request.app.state.resources["engine"])


def request_session(request: Request, engine: Annotated[Engine, Depends(current_engine)]) -> Iterator[Session]:
    """Give the request one transaction, committed before the answer is sent."""
    witness: Witness | None = request.scope.get(WITNESS)
    with transaction(engine) as session:
        if witness is not None:
            witness.begins(session)
        yield session
        if witness is not None:
            witness.ends(session)


ClockDep = Annotated[Clock, Depends(current_clock)]
EngineDep = Annotated[Engine, Depends(current_engine)]
SessionDep = Annotated[Session, Depends(request_session, scope="function")]
CursorQuery = Annotated[str | None, Query(description="Where the page begins: `next_cursor` of the page before.")]
LimitQuery = Annotated[int, Query(ge=1, le=200, description="How many items a page holds at most.")]

_TITLES = {
    400: i18n.Text("Bad request", "请求有误"),
    401: i18n.Text("Please sign in", "请先登录"),
    403: i18n.Text("Not allowed", "没有权限"),
    404: i18n.Text("Not found", "未找到"),
    405: i18n.Text("Method not allowed", "不支持该方法"),
    409: i18n.Text("Not possible now", "当前状态不允许"),
    413: i18n.Text("Too large", "内容过大"),
    422: i18n.Text("Please check what you sent", "请检查提交内容"),
    429: i18n.Text("Too many attempts", "尝试过于频繁"),
    503: i18n.Text("Not available", "暂不可用"),
}
_BROKEN = i18n.Text("Something went wrong on our side", "服务器内部出错")


def problem_of(error: TenureError) -> Problem:
    """Tell an error as problem+json."""
    title = _TITLES.get(error.status, _BROKEN)
    return Problem(
        type=f"urn:tenure:problem:{error.code}",
        title=title.en,
        title_zh=title.zh,
        status=error.status,
        code=error.code,
        detail=error.message.en,
        detail_zh=error.message.zh,
        remedy=None if error.remedy is None else Text.of(error.remedy),
        fields=[FieldError(path=field.path, message=Text.of(field.message)) for field in error.fields],
    )


def install_error_handlers(app: FastAPI) -> None:
    """Make every error of an application answer as problem+json."""

    @app.exception_handler(TenureError)
    def known(_: Request, error: TenureError) -> Response:
        return answer(problem_of(error))

    @app.exception_handler(RequestValidationError)
    def malformed(_: Request, error: RequestValidationError) -> Response:
        fields = tuple(
            FieldProblem(_pointer(found["loc"][1:]), in_words(found["type"], found.get("ctx") or {}))
            for found in error.errors()
        )
        message = i18n.Text("Some fields are missing or have the wrong form.", "部分字段缺失或格式不正确。")
        return answer(problem_of(Invalid(message, fields=fields)))

    @app.exception_handler(HTTPException)
    def plain(_: Request, error: HTTPException) -> Response:
        title = _TITLES.get(error.status_code, _BROKEN)
        return answer(_plain_problem(title, error.status_code))

    @app.exception_handler(Exception)
    def unexpected(request: Request, error: Exception) -> Response:
        log.error("unexpected_error", path=request.url.path, method=request.method, exc_info=error)
        return answer(_plain_problem(_BROKEN, 500))


def _plain_problem(title: i18n.Text, status: int) -> Problem:
    return Problem(
        type="about:blank",
        title=title.en,
        title_zh=title.zh,
        status=status,
        code=f"http_{status}",
        detail=title.en,
        detail_zh=title.zh,
    )


def _pointer(place: Sequence[str | int]) -> str:
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in place)


def answer(problem: Problem) -> Response:
    """Return a problem as a response; told in ASCII, because what was sent may hold half characters."""
    told = json.dumps(problem.model_dump())
    return Response(told, status_code=problem.status, media_type="application/problem+json")
