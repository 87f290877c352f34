"""A server that is killed at any moment loses no event it said yes to, and its lake holds none twice."""

import random
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tenure.app import wiring
from tenure.app.pipelines.move_tracking import move_tracking
from tenure.app.settings import Settings
from tests.app.tracking.serving import new_key, served

KILLS = 20
CLIENTS = 3
EACH = 20  # events of one request


class _Client(threading.Thread):
    """Sends batches one after the other, each again and again until it is answered."""

    def __init__(self, url: str, key: str, name: str, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.url, self.key, self.stop = url, key, stop
        self.sent, self.answered_twice, self.accepted = 0, 0, 0

    def run(self) -> None:
        """Send until told to stop."""
        with httpx.Client(base_url=self.url, auth=(self.key, ""), timeout=10, verify=False) as browser:
            number = 0
            while not self.stop.is_set():
                events = [
                    {"type": "track", "event": "Seen", "userId": f"u{number % 9}", "messageId": f"{self.name}/{n}"}
                    for n in range(number, number + EACH)
                ]
                answer = self._until_answered(browser, events)
                self.accepted += answer["accepted"]
                self.answered_twice += answer["duplicate"]
                number += EACH
                self.sent = number
                time.sleep(0.02)

    def _until_answered(self, browser: httpx.Client, events: list[dict[str, str]]) -> dict[str, int]:
        while True:
            try:
                answer = browser.post("/v1/batch", json={"batch": events})
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 202:
                told: dict[str, int] = answer.json()
                return told
            assert answer.status_code == 503, answer.text


@pytest.mark.timeout(900)
def test_killed_at_random_moments_no_event_is_lost_and_none_comes_twice(
    new_settings: Callable[[], Settings], tmp_path: Path
) -> None:
    settings = new_settings()
    folder = wiring.create_workspace(settings, "shop")
    with wiring.stores(settings, folder) as stores:
        key, stop, chance = new_key(stores), threading.Event(), random.Random(20260301)
        with served(settings, tmp_path / "server.log") as server:
            clients = [_Client(server.url, key, f"c{number}", stop) for number in range(CLIENTS)]
            for client in clients:
                client.start()
            for _ in range(KILLS):
                time.sleep(chance.uniform(0.1, 1.5))
                server.kill()
                server.start()
                server.wait()
            time.sleep(1.0)
            stop.set()
            for client in clients:
                client.join(timeout=30)
                assert not client.is_alive()
            landed_before, patience = 0, time.monotonic() + 90
            while not landed_before and time.monotonic() < patience:  # it may wait half a minute for more to carry
                time.sleep(0.5)
                events = stores.lake.table("events")
                landed_before = stores.lake.read(events.aggregate(n=events.count()))["n"][0].as_py()
        move_tracking(stores)
        found = stores.lake.read(events.aggregate(rows=events.count(), ids=events.event_id.nunique())).to_pylist()[0]
    sent = sum(client.sent for client in clients)
    assert found == {"rows": sent, "ids": sent}
    assert sum(client.accepted + client.answered_twice for client in clients) == sent
    assert landed_before > 0
    print(f"{sent} events, {landed_before} landed while being killed")
