"""A page of somebody else's shop, served from an origin of its own, with our stub in it."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

STUB = """
!function(w,d,h){var t=w.tenure=w.tenure||[];if(t.load)return;"load consent identify track page group alias reset on push"
.split(" ").forEach(function(n){var p=[].push;t[n]=function(){p.call(t,[n].concat([].slice.call(arguments)));return t}});
var s=d.createElement("script");s.async=1;s.src=h+"/t.js";d.head.appendChild(s)}(window,document,"%(host)s");
"""
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Corner shop</title>
<link rel="icon" href="data:,"></head>
<body><h1>Corner shop</h1><button id="own">Buy</button><script>%(stub)s</script><script>%(script)s</script></body></html>"""


class Elsewhere:
    """Pages by their path; whatever is written to ``worker`` is served as the shop's own service worker."""

    def __init__(self, host: str) -> None:
        self.host, self.pages, self.worker = host, dict[str, str](), ""
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Return the origin."""
        return f"http://localhost:{self._server.server_port}"

    def page(self, path: str, script: str) -> str:
        """Serve a page with the stub and a script of its own; returns its address."""
        self.pages[path] = PAGE % {"stub": STUB % {"host": self.host}, "script": script}
        return self.url + path

    def close(self) -> None:
        """Stop serving."""
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@contextmanager
def elsewhere(host: str) -> Iterator[Elsewhere]:
    """Serve pages of another origin until the body is left; ``host`` is where Tenure answers."""
    site = Elsewhere(host)
    try:
        yield site
    finally:
        site.close()


def _handler(site: Elsewhere) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            worker = path == "/tenure-push.js"
            text = site.worker if worker else site.pages.get(path)
            body = (text or "").encode()
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/javascript" if worker else "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
