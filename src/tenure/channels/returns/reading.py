"""Reads a returned mail. Whatever is in it, the answer is a list of reports, at worst an empty one; nothing is raised."""

import email
import re
from collections.abc import Iterator
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.policy import Compat32

from tenure.channels.returns.report import SEND, Kind, Report, without_addresses
from tenure.channels.returns.verdict import hardness, status_in

LARGEST = 1_000_000  # bytes of a mail that are read
_MOST_REPORTS = 50
_LONGEST = 8_000  # characters of a header that are read: what is longer was made to take time
_PATHS = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "Resent-To")
_ADDRESS = re.compile(r"(?<![^\s<>;,\"'])[^\s<>;,\"']+@[^\s<>;,\"']+")  # each run of letters is looked at once
_DAEMON = re.compile(r"mailer-daemon|postmaster|mail delivery|mdaemon|<>", re.IGNORECASE)
_SUBJECT = re.compile(
    r"undeliver|deliver(y|ed)? (status|fail|problem|incomplete)|returned mail|failure notice|mail delivery|not delivered|bounce|"
    r"退信|无法投递|投递失败|发送失败",
    re.IGNORECASE,
)
_OUR_ID = re.compile(rf"<?({SEND.pattern})@[\w.-]+>?")
_FEEDBACK: dict[str, Kind] = {"abuse": "complaint", "fraud": "complaint", "virus": "complaint", "opt-out": "opt_out"}


class _Short(Compat32):
    """Reads headers as they come, and of each no more than anybody means."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a header's name and as much of its value as is read."""
        name, value = super().header_source_parse(sourcelines)
        return name, value[:_LONGEST]


_READING = _Short()


def read(raw: bytes) -> list[Report]:
    """Return what a mail reports, one entry for each recipient it tells of."""
    try:
        mail = email.message_from_bytes(raw[:LARGEST], policy=_READING)
        return list(_reports(mail))[:_MOST_REPORTS]
    except (ValueError, LookupError, AttributeError, TypeError, MessageError, RecursionError):
        return []  # broken or made to break us: it reports nothing


def identity(raw: bytes) -> str:
    """Return the Message-ID of a mail, by which it is known when it comes twice; empty where there is none."""
    try:
        return str(email.message_from_bytes(raw[:LARGEST], policy=_READING).get("Message-ID") or "").strip()[:300]
    except (ValueError, LookupError, AttributeError, TypeError, MessageError, RecursionError):
        return ""


def _reports(mail: Message) -> Iterator[Report]:
    paths = tuple(address for name in _PATHS for value in mail.get_all(name, []) for address in _addresses(str(value)))
    parts = list(mail.walk())
    kind = str(mail.get_param("report-type") or "").lower()
    states = [part for part in parts if part.get_content_type() == "message/delivery-status"]
    feedback = [part for part in parts if part.get_content_type() == "message/feedback-report"]
    sends = _sends(mail, parts)
    if feedback or kind == "feedback-report":
        for part in feedback:
            yield _complaint(part, sends, paths)
    elif states:
        for part in states:
            yield from _fates(part, sends, paths)
    elif _from_a_server(mail):
        yield _loose(parts, sends, paths)


def _from_a_server(mail: Message) -> bool:
    """Say whether a mail looks like a server's word on one of ours; somebody's holiday notice does not."""
    if str(mail.get("Auto-Submitted", "")).lower().startswith("auto-replied"):
        return False
    sender = _header(mail, "From") + _header(mail, "Return-Path")
    return bool(_DAEMON.search(sender) or _SUBJECT.search(_header(mail, "Subject")))


def _fates(part: Message, sends: tuple[str, ...], paths: tuple[str, ...]) -> Iterator[Report]:
    """Read the blocks of a delivery report: the first is of the whole message, each further one of a recipient."""
    blocks = [block for block in _blocks(part) if block.get("Action") or block.get("Final-Recipient")]
    for block in blocks:
        named = tuple(
            address
            for name in ("Original-Recipient", "Final-Recipient")
            for address in _addresses(str(block.get(name) or "").partition(";")[2])
        )
        words = _header(block, "Diagnostic-Code").partition(";")[2] or _header(block, "Diagnostic-Code")
        found = status_in(str(block.get("Status") or "")) or status_in(words)
        if found in ("5.0.0", "4.0.0") and status_in(words):
            found = status_in(words)
        action = str(block.get("Action") or "").strip().lower()
        kind: Kind = "other"
        if action == "failed":
            kind = hardness(found, words)
        elif action in ("delivered", "relayed"):
            kind = "delivered" if action == "delivered" else "other"
        yield Report(kind, sends, paths, named, found, without_addresses(words))


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    if isinstance(payload, list):
        return [block for block in payload if isinstance(block, Message)]
    text = payload if isinstance(payload, str) else ""
    return [
        email.message_from_string(block, policy=_READING) for block in re.split(r"\r?\n\r?\n", text) if block.strip()
    ]


def _complaint(part: Message, sends: tuple[str, ...], paths: tuple[str, ...]) -> Report:
    told = next(iter(_blocks(part)), part)
    if told.get("Feedback-Type") is None:
        told = email.message_from_string(_text(part), policy=_READING)
    kind = _FEEDBACK.get(str(told.get("Feedback-Type") or "").strip().lower(), "other")
    named = tuple(address for value in told.get_all("Original-Rcpt-To", []) for address in _addresses(str(value)))
    return Report(kind, sends, paths, named, "", without_addresses(str(told.get("User-Agent") or "")))


def _loose(parts: list[Message], sends: tuple[str, ...], paths: tuple[str, ...]) -> Report:
    """Read a report in words: of servers that write none of the standard ones."""
    words = " ".join(_text(part) for part in parts if part.get_content_maintype() == "text")[:20_000]
    plain = re.sub(r"<[^<>@]*>", " ", words)
    status = status_in(plain)
    return Report(hardness(status, plain[:4000]), sends, paths, (), status, without_addresses(plain))


def _sends(mail: Message, parts: list[Message]) -> tuple[str, ...]:
    """Find ids of ours in the message that came back: its Message-ID, or where a server only quotes its headers."""
    inner = [part for part in parts if part is not mail and part.get("Message-ID")]
    found = [match.group(1) for part in inner for match in _OUR_ID.finditer(str(part.get("Message-ID")))]
    if not found:
        for part in parts:
            if part.get_content_type() in ("text/rfc822-headers", "text/plain", "text/html"):
                found += [match.group(1) for match in _OUR_ID.finditer(_text(part))]
    if not found:
        for name in ("References", "In-Reply-To"):
            found += [match.group(1) for match in _OUR_ID.finditer(_header(mail, name))]
    return tuple(dict.fromkeys(found))[:3]


def _text(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        charset = part.get_content_charset() or "utf-8"
        try:
            return payload.decode("gb18030" if charset.lower() in ("gb2312", "gbk") else charset, "replace")
        except LookupError:
            return payload.decode("utf-8", "replace")
    inner = part.get_payload()
    return inner if isinstance(inner, str) else ""


def _header(mail: Message, name: str) -> str:
    value = mail.get(name)
    if value is None:
        return ""
    try:
        return str(make_header(decode_header(str(value))))
    except (LookupError, UnicodeError, MessageError):
        return str(value)


def _addresses(value: str) -> list[str]:
    return [found.group().strip().lower() for found in _ADDRESS.finditer(value)]
