"""How many events a second are taken durably: ``python3 run.py bench [--small] tracking``.

A collector (``python -m tenure.app.collect``) takes batches of 100 events from clients on the same machine, over an
embedded PostgreSQL; a second one carries them to the lake meanwhile. Requests are written in advance; every
event has a messageId of its own. At the end the lake is counted: nothing lost, nothing twice. CPU seconds are given
for each of them, PostgreSQL and the clients.
"""

import argparse
import base64
import json
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime
from http.client import HTTPConnection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import numpy as np

from tenure.app import settings as environment
from tenure.app import wiring
from tenure.app.pipelines.meet_people import meet_people
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.settings import Settings
from tenure.app.wiring import Stores
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import transaction
from tenure.kit.stream import repository as stream
from tenure.sources.tracking import committing, people
from tenure.sources.tracking.keys import service as keys

AIM_RATE, AIM_P99 = 10_000, 0.2
BATCH = 100
CLIENTS = 4
USERS = 20_000
TICKS = os.sysconf("SC_CLK_TCK")
NOBODY = Principal("member", "bench", "Bench", "owner", frozenset(), "bench")


def event(number: int, users: int) -> dict[str, object]:
    """Return an event as analytics.js sends them: about 600 bytes."""
    return {
        "type": "track",
        "event": ("Product Viewed", "Product Added", "Article Read", "Search Done")[number % 4],
        "userId": f"user-{number * 7919 % users}",
        "anonymousId": f"2f1e7c30-6a7b-4d6e-9d53-{number * 7919 % users:012x}",
        "messageId": f"ajs-next-{number:012d}-9b1c2d3e4f",
        "timestamp": datetime.now(UTC).isoformat(),
        "properties": {"product_id": f"p{number % 977}", "price": number % 89 + 0.5, "currency": "USD", "position": 3},
        "context": {
            "library": {"name": "analytics.js", "version": "next-1.70.0"},
            "page": {"path": f"/products/{number % 977}", "title": "A product", "url": "https://shop.example.com/p"},
            "locale": "en-GB",
            "userAgent": "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0",
        },
    }


def client(port: int, key: str, bodies: list[bytes], ready: Barrier, told: "multiprocessing.Queue[object]") -> None:
    """Send bodies one after the other over one connection; tells how long each took."""
    headers = {"Authorization": "Basic " + base64.b64encode(f"{key}:".encode()).decode()}
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/v1/batch", b'{"batch": []}', headers)
    connection.getresponse().read()
    waits, accepted, used = [], 0, time.process_time()
    ready.wait()
    for body in bodies:
        begun = time.perf_counter()
        connection.request("POST", "/v1/batch", body, headers)
        answer = connection.getresponse()
        text = answer.read()
        waits.append(time.perf_counter() - begun)
        accepted += json.loads(text)["accepted"] if answer.status == 202 else 0
    told.put((waits, accepted, time.process_time() - used))


def cpu(pid: int) -> float:
    """Return the CPU seconds a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def cpu_of_postgres(home: Path) -> float:
    """Return the CPU seconds of a PostgreSQL and of all it has started, ended ones included."""
    master = int((home / "data" / "postmaster.pid").read_text().split()[0])
    fields = Path(f"/proc/{master}/stat").read_text().rsplit(")", 1)[1].split()
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    return sum(int(one) for one in fields[11:15]) / TICKS + sum(cpu(int(child)) for child in children)


def waiting(stores: Stores) -> int:
    """Return how many requests are still to be carried on."""
    with transaction(stores.engine) as session:
        return sum(stream.pressure(session, topic)[0] for topic in (committing.TOPIC, people.TOPIC))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true", help="a size that takes seconds")
    small = parser.parse_args().small
    events = 20_000 if small else 300_000
    home = Path(tempfile.mkdtemp(prefix="tenure-bench-"))
    home.chmod(0o755)
    settings = replace(environment.read(), home=home, workspace="bench", database_url=None, lake_url=None)
    try:
        with wiring.stores(settings, wiring.create_workspace(settings, "bench")) as stores:
            measure(settings, stores, events)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def measure(settings: Settings, stores: Stores, events: int) -> None:
    """Send events to a collector, count the lake, and print what it took."""
    with transaction(stores.engine) as session:
        wish = keys.Wish("bench", per_second=keys.MOST_PER_SECOND)
        key = keys.make(session, wish, NOBODY, stores.clock.now())[1]
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    told_where = {**os.environ, "TENURE_HOME": str(settings.home), "TENURE_WORKSPACE": "bench", "TENURE_LOG": "WARNING"}
    command = [sys.executable, "-m", "tenure.app.collect", "--port", str(port)]
    server = subprocess.Popen([*command, "--no-worker"], env=told_where)
    carrier = subprocess.Popen([*command[:-1], "0"], env=told_where)
    try:
        rate, waits, accepted, used = _sent(stores, (server.pid, carrier.pid), port, key, events)
        lag = time.perf_counter()
        while waiting(stores):
            meet_people(stores)
            move_tracking(stores)
            time.sleep(0.1)
        lag = time.perf_counter() - lag
    finally:
        for process in (server, carrier):
            process.terminate()
            process.wait()
    table = stores.lake.table("events")
    found = stores.lake.read(table.aggregate(rows=table.count(), ids=table.event_id.nunique())).to_pylist()[0]
    p50, p99 = (float(np.quantile(waits, share)) for share in (0.5, 0.99))
    print(f"{events:,} events in batches of {BATCH}, {CLIENTS} clients, load {os.getloadavg()[0]:.1f}")
    print(f"{'events a second':<44}{rate:>12,.0f}   aim {AIM_RATE:,}")
    print(f"{'answer, median':<44}{p50 * 1000:>9.1f} ms")
    print(f"{'answer, 99th percentile':<44}{p99 * 1000:>9.1f} ms   aim {AIM_P99 * 1000:.0f}")
    for name, seconds in used.items():
        print(f"{'CPU, ' + name:<44}{seconds:>10.1f} s")
    print(f"{'last event in the lake after':<44}{lag:>10.1f} s")
    print(f"accepted {accepted:,}; in the lake {found['rows']:,}, different ones {found['ids']:,}")
    assert found == {"rows": events, "ids": events}, found
    assert accepted == events


def _sent(
    stores: Stores, processes: tuple[int, int], port: int, key: str, events: int
) -> tuple[float, list[float], int, dict[str, float]]:
    bodies = [
        json.dumps({"batch": [event(n, USERS) for n in range(first, first + BATCH)]}).encode()
        for first in range(0, events, BATCH)
    ]
    for _ in range(300):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    forked = multiprocessing.get_context("fork")
    ready, told = forked.Barrier(CLIENTS + 1), forked.Queue()
    senders = [
        forked.Process(target=client, args=(port, key, bodies[place::CLIENTS], ready, told), daemon=True)
        for place in range(CLIENTS)
    ]
    for sender in senders:
        sender.start()
    time.sleep(3)  # the carrier is still starting
    before, postgres = [cpu(one) for one in processes], cpu_of_postgres(stores.folder / "postgres")
    ready.wait()
    begun = time.perf_counter()
    answers = [told.get() for _ in senders]
    seconds = time.perf_counter() - begun
    used = {
        "collector": cpu(processes[0]) - before[0],
        "carrier": cpu(processes[1]) - before[1],
        "PostgreSQL": cpu_of_postgres(stores.folder / "postgres") - postgres,
        "clients": sum(one[2] for one in answers),
    }
    return events / seconds, [wait for one in answers for wait in one[0]], sum(one[1] for one in answers), used


if __name__ == "__main__":
    main()
