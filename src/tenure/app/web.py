"""The built web interface as static files, and the headers that keep every answer safe."""

from pathlib import Path

from fastapi import Depends, FastAPI
from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tenure.directory.access import anyone

NOT_BUILT = "The web interface is not built; the API answers under /api/v1.\n"
FOREVER = "public, max-age=31536000, immutable"  # file names under /assets carry a hash of their content
# antd writes its styles into the page while it runs: inline styles must pass, inline scripts must not
CONTENT_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SAFETY = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


class SafeHeaders:
    """Adds the safety headers to every answer, and keeps answers of the API out of caches."""

    def __init__(self, app: ASGIApp, api: str) -> None:
        self.app = app
        self.api = api

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and mind the headers of its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        of_api = scope["path"].startswith(self.api)

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFETY.items():
                    headers.setdefault(name, value)
                if of_api:
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, send_safely)


def mount(app: FastAPI, built: Path, api: str) -> None:
    """Serve the built interface: its files as they are, its first page for every other address outside the API."""
    app.add_middleware(SafeHeaders, api=api)
    root = built.resolve()

    @app.api_route("/{path:path}", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[Depends(anyone)])
    def web_interface(path: str) -> Response:
        if f"/{path}/".startswith(f"{api}/") or "\0" in path:
            raise HTTPException(404)
        wanted = _file(root, path)
        if wanted is not None:
            lasting = FOREVER if path.startswith("assets/") else "no-cache"
            return FileResponse(wanted, headers={"Cache-Control": lasting})
        first_page = root / "index.html"
        if path.startswith("assets/") or not first_page.is_file():
            return PlainTextResponse(NOT_BUILT, status_code=404)
        return FileResponse(first_page, headers={"Cache-Control": "no-cache"})


def _file(root: Path, path: str) -> Path | None:
    """Return the file of a path below a folder, if there is one; no file has a name too long for the disk."""
    try:
        wanted = (root / path).resolve()
        return wanted if path and wanted.is_file() and wanted.is_relative_to(root) else None
    except (OSError, ValueError):
        return None
