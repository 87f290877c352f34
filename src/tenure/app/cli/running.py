"""Commands that run: the web server, a worker, the demo company."""

from contextlib import nullcontext
from datetime import UTC
from pathlib import Path
from typing import Annotated

import typer
import uvicorn

from tenure.app import delivery, demo_company, tracking, wiring
from tenure.app import settings as environment
from tenure.app import worker as background
from tenure.app.cli.terminal import language, progress, say, workspace
from tenure.app.cli.workspaces import Name
from tenure.app.http import build_app
from tenure.app.jobs import all_jobs
from tenure.app.wiring import Stores
from tenure.directory.workspace import service as settings_of
from tenure.directory.workspace.rules import Demo
from tenure.kit.clock import SystemClock
from tenure.kit.db import transaction
from tenure.kit.i18n import Text

Host = Annotated[str, typer.Option(help="Address to listen on.")]
Port = Annotated[int, typer.Option(help="Port to listen on.")]


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
    public_url = environment.read().public_url
    with background.beside(stores, all_jobs(stores)), delivery.beside(stores, public_url), tracking.beside(stores):
        server.run()


def worker(
    name: Name = None,
    once: Annotated[bool, typer.Option("--once", help="Do what waits, then stop.")] = False,
) -> None:
    """Do background work for a workspace, on this or another machine. 启动后台进程"""
    public_url = environment.read().public_url
    with (
        workspace(name) as stores,
        nullcontext() if once else delivery.beside(stores, public_url),
        nullcontext() if once else tracking.beside(stores),
    ):
        background.run(stores, all_jobs(stores), wait=not once)


def demo(
    name: Annotated[str, typer.Option("--workspace", "-w", help="Name of the demo workspace.")] = "demo",
    customers: Annotated[int, typer.Option(help="How many customers the company has.")] = demo_company.CUSTOMERS,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Open the web interface afterwards.")] = True,
    truth: Annotated[
        Path | None, typer.Option(help="Only write the company and its hidden truth there, as Parquet.")
    ] = None,
    host: Host = "127.0.0.1",
    port: Port = 8765,
) -> None:
    """Make a shop of made-up customers, compute everything, and open it. 演示"""
    if truth is not None:
        end = SystemClock().now().astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
        files = demo_company.export_truth(truth, end, customers=customers)
        say(Text(f"Wrote {len(files)} tables to {truth}.", f"已将 {len(files)} 张表写入 {truth}。"))
        return
    settings = environment.read()
    folder = wiring.create_workspace(settings, name)
    with wiring.stores(settings, folder) as stores:
        with transaction(stores.engine) as session:
            login = settings_of.read(session).demo
        if login is None:
            with progress() as report:
                login = demo_company.furnish(stores, report, language(), customers=customers)
        _welcome(login, host, port)
        if serving:
            listen(stores, host, port, work=True)


def _welcome(login: Demo, host: str, port: int) -> None:
    say(Text("The demo shop is ready.", "演示商店已就绪。"), "bold green")
    say(
        Text(
            f"  Open      http://{host}:{port}\n  Log in    {login.email}  /  {login.password}\n"
            "  Look at   Overview: what changed, and whom to call today\n"
            "            Cohorts: who came back, month by month\n"
            "            Customers: open one, and read why they may leave",
            f"  打开  http://{host}:{port}\n  登录  {login.email}  /  {login.password}\n"
            "  看看  总览：有什么变化，今天该联系谁\n"
            "        同期群：逐月看谁回来了\n"
            "        客户：打开一位，看看为什么可能流失",
        )
    )
