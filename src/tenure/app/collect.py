"""A server that takes events and nothing else: ``python -m tenure.app.collect --port 8766``.

It starts in a moment and may run in any number of processes and machines beside ``tenure serve``, behind one address,
over the same PostgreSQL. Every one of them carries events on when it is its turn.
"""

import argparse
import gc
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import nullcontext
from typing import Any

import uvicorn

from tenure.app import settings as environment
from tenure.app import tracking, wiring
from tenure.kit import log
from tenure.sources.tracking.door import TrackingDoor

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]


async def nothing_else(scope: MutableMapping[str, Any], receive: object, send: Send) -> None:
    """Answer what is no event."""
    del receive
    if scope["type"] == "http":
        await send({"type": "http.response.start", "status": 404, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


def main() -> None:
    """Take events until interrupted."""
    parser = argparse.ArgumentParser(prog="tenure.app.collect", description=__doc__)
    parser.add_argument("--workspace", help="the workspace events belong to; the current one when not named")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=8766, help="port to listen on")
    parser.add_argument("--no-worker", action="store_true", help="leave it to others to carry events on")
    asked = parser.parse_args()
    settings = environment.read()
    log.set_up(settings.log_level)
    gc.freeze()
    gc.set_threshold(50_000, 50, 50)  # events are many and short-lived, and nothing in them refers back
    with wiring.stores(settings, wiring.workspace_folder(settings, asked.workspace)) as stores:
        door = TrackingDoor(nothing_else, stores.engine, stores.clock)
        config = uvicorn.Config(door, host=asked.host, port=asked.port, log_level="warning", lifespan="off")
        with nullcontext() if asked.no_worker else tracking.beside(stores):
            uvicorn.Server(config).run()


if __name__ == "__main__":
    main()
