"""One message to one customer over WeCom: a colleague is asked to send it; taken means asked, not sent."""

from datetime import datetime

from tenure.channels.adapters.wecom_api import WeComApi
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Refused, Reply
from tenure.channels.wecom.groups import MOST_TEXT, Asked, GroupMessage


class WeCom:
    """Asks the colleague named in ``extra["staff"]``; messages to many go through tasks, which ask each colleague once."""

    name = "wecom"

    def __init__(self, api: WeComApi) -> None:
        self._api = api

    def send(self, message: Outgoing) -> Reply:
        """Ask for one message to be sent."""
        staff = message.extra.get("staff")
        if not message.address.isascii() or not message.address.replace("_", "").replace("-", "").isalnum():
            return Refused("not_an_address", "not the id of a customer in WeCom", dead_address=True)
        if not isinstance(staff, str) or not staff:
            return Refused("no_colleague", "nobody has this customer in their contacts")
        if len(message.text.encode()) > MOST_TEXT:
            return Refused("too_long", f"more than {MOST_TEXT} bytes")
        asked = self._api.ask(GroupMessage(staff, (message.address,), message.text))
        if not isinstance(asked, Asked):
            return asked
        if message.address in asked.left_out:
            return Refused("left_out", "WeCom does not let this customer be reached", dead_address=True)
        return Receipt(asked.msgid)

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """A task carries no id of ours."""
        del message_id, sent_at
        return CannotTell()

    def close(self) -> None:
        """Let go of connections."""
        self._api.close()
