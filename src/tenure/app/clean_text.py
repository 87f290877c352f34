"""Refuses text that no store can hold: the NUL character, and halves of characters (lone surrogates).

Neither can be typed or read; PostgreSQL stores neither. Refused here, at the door and with its place, instead of
wherever it would first hurt.
"""

import json
import re
from collections.abc import Iterator
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tenure.kit.errors import FieldProblem, Invalid, TenureError
from tenure.kit.http import answer, problem_of
from tenure.kit.i18n import Text

LARGEST = 16 << 20  # bytes of JSON; files come as forms and have a limit of their own
MOST_PROBLEMS = 20
_ESCAPED = re.compile(rb"\\u(0000|[dD][89a-fA-F])")  # in JSON text such characters can only come escaped
_BAD = re.compile("[\0\ud800-\udfff]")
_UNHOLDABLE = Text(
    "This text holds a NUL character or half of a character; take it out.",
    "文本中含有空字符（NUL）或不完整的字符，请删除。",
)
_TOO_DEEP = Text("The JSON is nested too deeply.", "JSON 嵌套过深。")


class TooMuch(TenureError):
    """The JSON sent is larger than we read."""

    status, code, exit_code = 413, "too_much", 2


class CleanText:
    """Lets requests pass whose path, query and JSON can be stored."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Look at a request and pass it on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            _refuse(_in_address(scope))
            if Headers(scope=scope).get("content-type", "").split(";")[0].strip().lower().endswith("json"):
                body, receive = await _read(receive)
                _refuse(_in_json(body))
        except TenureError as error:
            await answer(problem_of(error))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _refuse(places: Iterator[str]) -> None:
    fields = tuple(FieldProblem(place, _UNHOLDABLE) for place, _ in zip(places, range(MOST_PROBLEMS), strict=False))
    if fields:
        raise Invalid(_UNHOLDABLE, fields=fields)


def _in_address(scope: Scope) -> Iterator[str]:
    if _BAD.search(scope["path"]):
        yield "/path"
    query = scope["query_string"].decode("latin-1")
    for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape"):
        if _BAD.search(name + value):
            yield f"/{_clean(name)}"


def _in_json(body: bytes) -> Iterator[str]:
    if not _ESCAPED.search(body):
        return
    try:
        told = json.loads(body)
        yield from list(_places(told, ""))
    except ValueError:
        return  # said better by whoever reads it
    except RecursionError as error:
        raise Invalid(_TOO_DEEP) from error


def _places(told: object, place: str) -> Iterator[str]:
    if isinstance(told, str) and _BAD.search(told):
        yield place or "/"
    elif isinstance(told, dict):
        for name, value in told.items():
            inside = f"{place}/{_clean(name)}"
            if _BAD.search(name):
                yield inside
            yield from _places(value, inside)
    elif isinstance(told, list):
        for number, value in enumerate(told):
            yield from _places(value, f"{place}/{number}")


def _clean(name: str) -> str:
    return _BAD.sub("�", name).replace("~", "~0").replace("/", "~1")


async def _read(receive: Receive) -> tuple[bytes, Receive]:
    """Read a body and return it with a way to receive it again."""
    messages: list[Message] = []
    body = bytearray()
    while True:
        message = await receive()
        messages.append(message)
        body += message.get("body", b"")
        if len(body) > LARGEST:
            raise TooMuch(Text(f"Send at most {LARGEST >> 20} MB of JSON.", f"JSON 内容不得超过 {LARGEST >> 20} MB。"))
        if message["type"] != "http.request" or not message.get("more_body"):
            break

    async def again() -> Message:
        return messages.pop(0) if messages else await receive()

    return bytes(body), again
