"""What must hold before a message is asked for; whoever asks is answered before anything is queued."""

from datetime import datetime

from tenure.directory.customers.consent import repository as consent
from tenure.kit.db import Session
from tenure.kit.errors import Conflict, FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.outreach.content import kept
from tenure.outreach.content import service as messages
from tenure.outreach.content.compose import edition
from tenure.outreach.content.tables import Message
from tenure.outreach.sending.asking import Asking

LEAST_REASON = 5  # characters; a reason nobody can read is none


def ready(session: Session, asking: Asking, now: datetime) -> Message:
    """Return the message asked for, or say what of the asking makes no sense."""
    row = messages.find(session, asking.message)
    if row.published is None:
        raise Conflict(
            Text("“{name}” is not published.", "“{name}”尚未发布。").fill(name=row.name),
            remedy=Text("Publish it first.", "请先发布。"),
        )
    number = asking.version or row.published
    if number > row.published:
        raise wrong("/version", Text(f"There is no version {number}.", f"没有版本 {number}。"))
    edition(session, row.id, number, kept.brand(session).language).wording.language(asking.channel, "")
    known = {one.name for one in consent.purposes(session)}
    if asking.purpose is not None and asking.purpose not in known:
        raise wrong("/purpose", Text("There is no such list.", "没有这种消息类型。"))
    due = max(asking.due_at or now, now)
    if asking.stale_after is not None and asking.stale_after <= due:
        raise wrong("/stale_after", Text("It would be stale before it is due.", "过期时间须晚于应发时间。"))
    transactional(row, asking)
    return row


def transactional(row: Message, asking: Asking) -> bool:
    """Say whether the asking goes past consent, hours and caps; only a message of an order may, and with a reason."""
    wanted = row.transactional if asking.transactional is None else asking.transactional
    if not wanted:
        return False
    if not row.transactional:
        raise wrong(
            "/transactional",
            Text("The message is not written as one of an order.", "此消息未设为订单事务消息。"),
        )
    if len(asking.reason.strip()) < LEAST_REASON:
        raise wrong(
            "/reason",
            Text(
                "Say why it may pass consent, hours and caps; the audit log keeps it.",
                "请说明为何可以不受许可、时段与频次限制；理由将记入审计日志。",
            ),
        )
    return True


def wrong(path: str, message: Text) -> Invalid:
    """Return the refusal of a field."""
    return Invalid(message, fields=(FieldProblem(path, message),))
