"""Tells the systems of the house what happened: the job that reads the ledgers and delivers webhooks."""

from collections.abc import Sequence

from tenure.app import wiring
from tenure.app.wiring import Stores
from tenure.channels.channel import Channel
from tenure.kit.jobs import Job
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import telling
from tenure.outreach.hooks.service import SEAL, TELL


def jobs(stores: Stores) -> tuple[Job, ...]:
    """Return the jobs of webhooks: telling, four times a minute and when somebody asks, and forgetting."""

    def tell() -> None:
        round_of(stores)

    def forget() -> None:
        telling.forget(stores.engine, stores.clock)

    return (
        Job(TELL, tell, cron="* * * * * */15", lock=TELL),
        Job("webhooks.forget", forget, cron="27 4 * * *", lock=TELL),
    )


def round_of(stores: Stores) -> dict[str, int]:
    """Read the ledgers and tell what is due; returns how many were delivered, wait, and were given up."""

    def opened(secrets: Sequence[str], network: str) -> Channel:
        return wiring.webhook_channel(secrets, (network,) if network else (), stores.clock)

    telling.gather(stores.engine, stores.clock)
    seal = Seal.derived(stores.secret, SEAL)
    return telling.Teller(stores.engine, opened, seal, stores.clock).deliver()
