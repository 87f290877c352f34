"""Commands that run: the web server, a worker, the demo company."""

from typing import Annotated

import typer
import uvicorn

from tenure.app import worker as background
from tenure.app.cli.terminal import say, workspace
from tenure.app.cli.workspaces import Name
from tenure.app.http import build_app
from tenure.app.jobs import all_jobs
from tenure.app.wiring import Stores
from tenure.kit.i18n import Text

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(serve)
    app.command()(worker)


def serve(
    name: Name = None,
    host: Host = "127.0.0.1",
    port: Port = 8765,
    work: Annotated[bool, typer.Option("--worker/--no-worker", help="Run a worker beside the server.")] = True,
) -> None:
    """Serve the API and the web interface, with one worker beside them. 启动网页服务"""
    with workspace(name) as stores:
        listen(stores, host, port, work)


def listen(stores: Stores, host: str, port: int, work: bool) -> None:
    """Serve a workspace until interrupted."""
    server = uvicorn.Server(
        uvicorn.Config(build_app(stores), host=host, port=port, log_level="warning", timeout_graceful_shutdown=10)
    )
    say(
        Text(
            f"Tenure serves {stores.name} at http://{host}:{port}", f"Tenure 已启动：{stores.name} http://{host}:{port}"
        ),
        "bold",
    )
    if not work:
        server.run()
        return
    with background.beside(stores, all_jobs(stores)):
        server.run()


def worker(
    name: Name = None,
    once: Annotated[bool, typer.Option("--once", help="Do what waits, then stop.")] = False,
) -> None:
    """Do background work for a workspace, on this or another machine. 启动后台进程"""
    with workspace(name) as stores:
        background.run(stores, all_jobs(stores), wait=not once)
