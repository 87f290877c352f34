"""Text messages over Alibaba Cloud SMS: ``SendSms`` of 2017-05-25, signed with ACS3-HMAC-SHA256."""

import json
import secrets
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import urlsplit

from tenure.channels.adapters.answers import broken, by_status, later
from tenure.channels.channel import CannotTell, Found, NotFound, Outgoing, Receipt, Refused, Reply, Uncertain
from tenure.channels.outbound import Answer, Outbound, Outcome
from tenure.channels.sms import signatures
from tenure.channels.sms.accounts import Alibaba
from tenure.channels.sms.phone import e164, mainland
from tenure.channels.sms.template import template_of
from tenure.channels.words import fields, kept
from tenure.kit.clock import Clock

_DEAD = frozenset({"isv.MOBILE_NUMBER_ILLEGAL"})
_LATER = (  # limits, an empty purse, and everything that is wrong with our account: not the customer's doing
    "isv.BUSINESS_LIMIT_CONTROL",
    "isv.DAY_LIMIT_CONTROL",
    "isv.MONTH_LIMIT_CONTROL",
    "isv.AMOUNT_NOT_ENOUGH",
    "isv.OUT_OF_SERVICE",
    "isv.ACCOUNT_",
    "isv.PRODUCT_UN",
    "isv.DENY_IP_RANGE",
    "isp.",
    "Throttling",
    "ServiceUnavailable",
    "InternalError",
    "Signature",
    "InvalidAccessKeyId",
    "InvalidTimeStamp",
    "Forbidden",
    "NoPermission",
)
_BEIJING = timezone(timedelta(hours=8))  # the provider's days
_DAWDLE = timedelta(minutes=10)
_LIMITED = 3600.0  # a limit of the account counts by the hour or the day


class SmsAlibaba:
    """Sends an approved template under an approved signature; ``OutId`` carries our id into the delivery reports."""

    name = "sms"

    def __init__(self, account: Alibaba, outbound: Outbound, clock: Clock) -> None:
        self._account, self._outbound, self._clock = account, outbound, clock

    def send(self, message: Outgoing) -> Reply:
        """Hand over one message; a number of the mainland goes without its country code, others without the plus."""
        number = e164(message.address)
        if number is None:
            return Refused("not_an_address", "not a telephone number", dead_address=True)
        template = template_of(message, self._account.templates)
        if template is None:
            return Refused("no_template", "no approved template says this text")
        query = signatures.query_string(
            {
                "PhoneNumbers": number.removeprefix("+86") if mainland(number) else number.removeprefix("+"),
                "SignName": self._account.signature,
                "TemplateCode": template.code,
                "TemplateParam": json.dumps(template.parameters, ensure_ascii=False),
                "OutId": message.id,
            }
        )
        outcome = self._asked("SendSms", query)
        if not isinstance(outcome, Answer):
            return broken(outcome, address_is_theirs=False)
        return self._answered(outcome)

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """The provider is asked by number: see ``look_up_at``."""
        del message_id, sent_at
        return CannotTell()

    def look_up_at(self, message_id: str, address: str, sent_at: datetime) -> Found:
        """Ask ``QuerySendDetails`` for the messages of a number on a day (kept for 30), and look for ours among them."""
        number = e164(address)
        if number is None:
            return CannotTell()
        day = f"{sent_at.astimezone(_BEIJING):%Y%m%d}"
        phone = number.removeprefix("+86") if mainland(number) else number.removeprefix("+")
        query = signatures.query_string({"PhoneNumber": phone, "SendDate": day, "PageSize": "50", "CurrentPage": "1"})
        outcome = self._asked("QuerySendDetails", query)
        if not isinstance(outcome, Answer) or outcome.status != 200:
            return CannotTell()
        found = _found(fields(outcome.body), message_id)
        around = {f"{(sent_at + shift).astimezone(_BEIJING):%Y%m%d}" for shift in (-_DAWDLE, _DAWDLE)}
        return (
            CannotTell() if isinstance(found, NotFound) and len(around) > 1 else found
        )  # it may stand in the other day

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()

    def _asked(self, action: str, query: str) -> Outcome:
        url = f"{self._account.endpoint.rstrip('/')}/?{query}"
        return self._outbound.post(url, b"", self._headers(action, query))

    def _headers(self, action: str, query: str) -> dict[str, str]:
        signed = {
            "host": urlsplit(self._account.endpoint).netloc,
            "x-acs-action": action,
            "x-acs-content-sha256": signatures.sha256(b""),
            "x-acs-date": self._clock.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "x-acs-signature-nonce": secrets.token_hex(16),
            "x-acs-version": "2017-05-25",
        }
        account = self._account
        return {**signed, "authorization": signatures.alibaba(account.key_id, account.key_secret, query, signed)}

    def _answered(self, answer: Answer) -> Reply:
        told, hidden = fields(answer.body), (self._account.key_secret,)
        code, words = str(told.get("Code", "")), str(told.get("Message", ""))
        if code == "OK":
            return Receipt(kept(str(told.get("BizId", "")), hidden) or None)
        if code.startswith(_LATER):
            reply = later(answer, hidden, words, code)
            return reply if "LIMIT" not in code else type(reply)(reply.code, reply.message, _LIMITED)
        if code:
            return Refused(kept(code, hidden), kept(words, hidden), dead_address=code in _DEAD)
        return by_status(answer, hidden) or Uncertain(f"{answer.status}: the answer cannot be read")


def _found(told: dict[str, object], message_id: str) -> Found:
    """Look for our id; only a list that is whole can say that it is not there."""
    listed, total = told.get("SmsSendDetailDTOs"), told.get("TotalCount")
    details = listed.get("SmsSendDetailDTO") if isinstance(listed, dict) else None
    if told.get("Code") != "OK" or not isinstance(details, list):
        return CannotTell()
    if any(isinstance(one, dict) and one.get("OutId") == message_id for one in details):
        return Receipt()
    return NotFound() if str(total) == str(len(details)) else CannotTell()
