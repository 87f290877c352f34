"""A workspace whose receiver listens on this machine and takes only what is signed with a secret it knows."""

from collections.abc import Sequence
from random import Random

from tenure.app.wiring import Stores
from tenure.channels.adapters.webhook import Webhook
from tenure.channels.channel import Channel
from tenure.channels.outbound import Outbound
from tenure.channels.webhooks import signing
from tenure.directory.credentials.principal import Principal
from tenure.kit.db import transaction
from tenure.kit.sealing import Seal
from tenure.outreach.hooks import service as hooks
from tenure.outreach.hooks import telling
from tenure.outreach.hooks.service import Receiver as Wanted
from tenure.outreach.hooks.telling import Teller
from tests.channels.provider import Provider, Reply, Request
from tests.outreach.make import Clock

ACTOR = Principal("member", "mem_1", "Olga", "owner", frozenset(), "mem_1")
HERE = "127.0.0.0/8"


class Receiver(Provider):
    """Keeps what it was told, if the signature is good by the secret it knows."""

    def __init__(self) -> None:
        self.secret = ""
        super().__init__()

    def judge(self, request: Request) -> Reply | None:
        try:
            at = int(request.headers["webhook-timestamp"])
            signing.verify([signing.key_of(self.secret)], request.headers, request.body, at)
        except (signing.BadSignature, KeyError):
            return 401, "no"
        return None

    def whom(self, request: Request) -> str:
        return request.headers["webhook-id"]

    def say(self, request: Request) -> Reply:
        return {"dead": 410, "failing": 500, "busy": 429}.get(self.mood, 200), "told"

    def refusal(self, words: str) -> Reply:
        return 400, words

    @property
    def topics(self) -> list[str]:
        """Return the topics of what was taken, in the order it came."""
        return [str(one.json()["type"]) for one in self.seen]


class House:
    """A workspace, a clock moved by hand, and one receiver."""

    def __init__(self, stores: Stores, receiver: Receiver, topics: Sequence[str] = ()) -> None:
        self.stores, self.receiver, self.clock = stores, receiver, Clock()
        self.engine = stores.engine
        self.seal = Seal.derived(stores.secret, hooks.SEAL)
        self.id, receiver.secret = self.listen(receiver, *topics)

    def listen(self, receiver: Receiver, *topics: str) -> tuple[str, str]:
        """Let a receiver listen."""
        wanted = Wanted(f"{receiver.url}/hook", topics, HERE)
        with transaction(self.engine) as session:
            return hooks.listen(session, self.seal, wanted, ACTOR, self.clock.now())

    def ping(self) -> str:
        """Plan a test event; returns its id."""
        with transaction(self.engine) as session:
            return hooks.ping(session, self.id, self.clock.now()).event_id

    def gather(self) -> int:
        """Read the ledgers."""
        return telling.gather(self.engine, self.clock)

    def deliver(self) -> dict[str, int]:
        """Tell what is due."""
        return Teller(self.engine, self.open, self.seal, self.clock, Random(1)).deliver()

    def open(self, secrets: Sequence[str], network: str) -> Channel:
        """Open the way to a receiver."""
        return Webhook(secrets, Outbound((network,)), self.clock)

    def wait(self, **by: float) -> None:
        """Let time pass."""
        self.clock.pass_time(**by)
