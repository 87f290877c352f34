"""The scripts other people's pages load: small, compressed once, kept by browsers for a day and asked after by their mark."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from fastapi import Depends, FastAPI, Header
from starlette.responses import PlainTextResponse, Response

from tenure.directory.access import anyone

SCRIPTS = ("t.js", "t-push.js")
A_DAY = "public, max-age=86400, stale-while-revalidate=604800"
ANYWHERE = {
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Timing-Allow-Origin": "*",
}


@dataclass(frozen=True, slots=True)
class Script:
    """A script as it is sent: plain and compressed, with its mark."""

    plain: bytes
    packed: bytes
    mark: str


def mount(app: FastAPI, built: Path) -> None:
    """Serve the scripts of a build."""
    for name in SCRIPTS:
        _serve(app, built / name)


def _serve(app: FastAPI, path: Path) -> None:
    @app.api_route(f"/{path.name}", methods=["GET", "HEAD"], include_in_schema=False, dependencies=[Depends(anyone)])
    def script(
        if_none_match: Annotated[str, Header()] = "", accept_encoding: Annotated[str, Header()] = ""
    ) -> Response:
        if not path.is_file():
            return PlainTextResponse("The scripts are not built.\n", status_code=404)
        found = _read(path, path.stat().st_mtime_ns)
        headers = {**ANYWHERE, "Cache-Control": A_DAY, "ETag": found.mark, "Vary": "Accept-Encoding"}
        if found.mark in if_none_match:
            return Response(status_code=304, headers=headers)
        if "gzip" in accept_encoding:
            return Response(found.packed, media_type="text/javascript", headers={**headers, "Content-Encoding": "gzip"})
        return Response(found.plain, media_type="text/javascript", headers=headers)


@lru_cache
def _read(path: Path, changed: int) -> Script:
    del changed  # a script that was built again is read again
    plain = path.read_bytes()
    mark = hashlib.sha256(plain).hexdigest()[:16]
    return Script(plain, gzip.compress(plain, 9, mtime=0), f'W/"{mark}"')
