"""A provider that listens on this machine, checks what it is told, and behaves as it is asked to."""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Literal

Mood = Literal["willing", "refusing", "dead", "busy", "failing", "cutting", "mumbling", "reflecting"]


@dataclass(frozen=True)
class Request:
    """A request as it came over the line; ``headers`` are in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]

    def json(self) -> dict[str, object]:
        told = json.loads(self.body)
        assert isinstance(told, dict)
        return told


Reply = tuple[int, object]


class Provider:
    """Answers every request by its mood; what is not genuine is refused in every mood."""

    def __init__(self) -> None:
        self.mood: Mood = "willing"
        self.taken: list[str] = []
        self.seen: list[Request] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()
        self._open = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        """Stop listening."""
        if self._open:
            self._open = False
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()

    def answer(self, request: Request) -> Reply | None:
        """Say what to answer, or nothing when the line is to be cut."""
        self.seen.append(request)
        wrong = self.judge(request)
        if wrong is not None:
            return wrong
        if self.mood == "cutting":
            return None
        if self.mood == "mumbling":
            return 200, "<html>welcome</html>"
        if self.mood == "reflecting":
            return self.refusal(f"{self.knows()} {request.target} {dict(request.headers)} {request.body.decode()}")
        if self.mood == "willing":
            self.taken.append(self.whom(request))
        return self.say(request)

    def judge(self, request: Request) -> Reply | None:
        """Check the signature as the provider's documentation says; the answer to what is not genuine."""
        raise NotImplementedError

    def whom(self, request: Request) -> str:
        """Return the address of a request."""
        raise NotImplementedError

    def say(self, request: Request) -> Reply:
        """Return the provider's answer in a mood."""
        raise NotImplementedError

    def refusal(self, words: str) -> Reply:
        """Return a final refusal with these words."""
        raise NotImplementedError

    def knows(self) -> str:
        """Return the secrets the provider knows, which a careless one may repeat."""
        return ""


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            headers = {name.lower(): value for name, value in self.headers.items()}
            reply = provider.answer(Request(self.command, self.path, headers, self.rfile.read(length)))
            if reply is None:
                self.close_connection = True
                return
            status, told = reply
            body = told.encode() if isinstance(told, str) else json.dumps(told).encode()
            self.send_response(status)
            if status == 429:
                self.send_header("Retry-After", "7")
            if 300 <= status < 400:
                self.send_header("Location", str(told))
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
