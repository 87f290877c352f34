"""Mail keeps the promises of every channel."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tenure.channels.adapters.smtp import Smtp
from tenure.channels.mail import Sender, Server
from tests.channels.contract import ChannelContract, Side
from tests.channels.provider import Mood
from tests.channels.test_smtp import Answer, Post, open_post

PASSWORD = "a-password-of-the-shop"


class PostOffice:
    """A mail server with the moods of the contract; it asks for the password and may repeat it."""

    def __init__(self) -> None:
        self._stack, self._post = ExitStack(), Post()
        self.port = self._stack.enter_context(open_post(self._post, password=PASSWORD))
        self.mood = "willing"

    @property
    def taken(self) -> list[str]:
        return [mail["To"] for mail in self._post.taken]

    @property
    def mood(self) -> Mood:
        return self._mood

    @mood.setter
    def mood(self, mood: Mood) -> None:
        self._mood: Mood = mood
        at_recipient: dict[Mood, Answer] = {
            "dead": lambda *_: "550 5.1.1 no such user",
            "busy": lambda *_: "451 4.7.1 slower, please",
            "failing": lambda *_: "421 4.3.2 going down",
        }
        at_data: dict[Mood, Answer] = {
            "refusing": lambda *_: "554 5.7.1 looks like spam",
            "reflecting": lambda *_: f"554 5.7.1 you said {PASSWORD}",
        }
        self._post.at_recipient, self._post.at_data = at_recipient.get(mood), at_data.get(mood)
        self._post.cut_at_data = mood == "cutting"

    def close(self) -> None:
        self._stack.close()


class TestMail(ChannelContract):
    address, bad_address = "ann@shop.test", "not an address"
    secrets = (PASSWORD,)
    cannot_mumble = True

    @contextmanager
    def opened(self) -> Iterator[Side]:
        office = PostOffice()
        server = Server("127.0.0.1", office.port, user="shop", password=PASSWORD, tls="none", timeout=5)
        yield Side(Smtp(server, Sender("S", "s@tenure.example")), office)
