"""Text messages over Tencent Cloud SMS: ``SendSms`` of 2021-01-11, signed with TC3-HMAC-SHA256."""

import json
from datetime import datetime
from urllib.parse import urlsplit

from tenure.channels.adapters.answers import broken, by_status, later
from tenure.channels.channel import CannotTell, Found, Outgoing, Receipt, Refused, Reply, TryLater, Uncertain
from tenure.channels.outbound import Answer, Outbound, Outcome
from tenure.channels.sms import signatures
from tenure.channels.sms.accounts import Tencent
from tenure.channels.sms.phone import e164
from tenure.channels.sms.template import template_of
from tenure.channels.words import fields, kept
from tenure.kit.clock import Clock

_DEAD = frozenset({"InvalidParameterValue.IncorrectPhoneNumber", "FailedOperation.PhoneNumberInBlacklist"})
_REPORTED = 7 * 86_400  # seconds a report may come after its message
_UNKNOWN = "InternalError.Timeout"  # handed on, and nothing heard since
_LATER = (  # limits, hours, an empty purse, and everything that is wrong with our account: not the customer's doing
    "LimitExceeded",
    "RequestLimitExceeded",
    "AuthFailure",
    "UnauthorizedOperation",
    "InternalError",
    "FailedOperation.InsufficientBalanceInSmsPackage",
    "FailedOperation.MarketingSendTimeConstraint",
    "InvalidParameterValue.MarketingSendTimeConstraint",
    "InvalidParameterValue.SdkAppIdNotExist",
    "ResourceUnavailable",
    "ResourceInsufficient",
    "IpNotInWhitelist",
    "IpInBlacklist",
)
_LIMITED = 3600.0


class SmsTencent:
    """Sends an approved template under an approved signature; ``SessionContext`` carries our id into the reports.

    Places of a template are numbered, so the order in which parameters are given is the order in which they are filled in.
    """

    name = "sms"

    def __init__(self, account: Tencent, outbound: Outbound, clock: Clock) -> None:
        self._account, self._outbound, self._clock = account, outbound, clock

    def send(self, message: Outgoing) -> Reply:
        """Hand over one message."""
        number = e164(message.address)
        if number is None:
            return Refused("not_an_address", "not a telephone number", dead_address=True)
        template = template_of(message, self._account.templates)
        if template is None:
            return Refused("no_template", "no approved template says this text")
        asked: dict[str, object] = {
            "PhoneNumberSet": [number],
            "SmsSdkAppId": self._account.app_id,
            "SignName": self._account.signature,
            "TemplateId": template.code,
            "TemplateParamSet": list(template.parameters.values()),
            "SessionContext": message.id,
        }
        outcome = self._asked("SendSms", asked)
        if not isinstance(outcome, Answer):
            return broken(outcome, address_is_theirs=False)
        return self._answered(outcome)

    def look_up(self, message_id: str, sent_at: datetime) -> Found:
        """The provider is asked by number: see ``look_up_at``."""
        del message_id, sent_at
        return CannotTell()

    def look_up_at(self, message_id: str, address: str, sent_at: datetime) -> Found:
        """Ask for the reports of a number since the message left; one that is not there yet may still come."""
        number, since = e164(address), int(sent_at.timestamp())
        if number is None:
            return CannotTell()
        span = {"BeginTime": since - 60, "EndTime": since + _REPORTED, "Offset": 0, "Limit": 100}
        asked: dict[str, object] = {"PhoneNumber": number, "SmsSdkAppId": self._account.app_id, **span}
        outcome = self._asked("PullSmsSendStatusByPhoneNumber", asked)
        told = fields(outcome.body).get("Response") if isinstance(outcome, Answer) else None
        reports = told.get("PullSmsSendStatusSet") if isinstance(told, dict) else None
        for one in reports if isinstance(reports, list) else ():
            if isinstance(one, dict) and one.get("SessionContext") == message_id:
                return Receipt(kept(str(one.get("SerialNo", "")), (self._account.secret_key,)) or None)
        return CannotTell()

    def close(self) -> None:
        """Let go of connections."""
        self._outbound.close()

    def _asked(self, action: str, asked: dict[str, object]) -> Outcome:
        body = json.dumps(asked, ensure_ascii=False).encode()
        return self._outbound.post(f"{self._account.endpoint.rstrip('/')}/", body, self._headers(action, body))

    def _headers(self, action: str, body: bytes) -> dict[str, str]:
        account, at = self._account, int(self._clock.now().timestamp())
        signed = {
            "content-type": "application/json; charset=utf-8",
            "host": urlsplit(account.endpoint).netloc,
            "x-tc-action": action.lower(),
        }
        return {
            **signed,
            "authorization": signatures.tencent(account.secret_id, account.secret_key, "sms", at, body, signed),
            "x-tc-action": action,
            "x-tc-timestamp": str(at),
            "x-tc-version": "2021-01-11",
            "x-tc-region": account.region,
        }

    def _answered(self, answer: Answer) -> Reply:
        told = fields(answer.body).get("Response")
        status = _status(told) if isinstance(told, dict) else None
        if status is None:
            return by_status(answer, (self._account.secret_key,)) or Uncertain(
                f"{answer.status}: the answer cannot be read"
            )
        hidden = (self._account.secret_key,)
        code, words = kept(str(status.get("Code", "")), hidden), kept(str(status.get("Message", "")), hidden)
        if code == "Ok":
            return Receipt(kept(str(status.get("SerialNo", "")), hidden) or None)
        if code == _UNKNOWN:
            return Uncertain(f"{code}: {words}")
        if code.startswith(_LATER):
            limited = code.startswith("LimitExceeded") or "TimeConstraint" in code
            return TryLater(code, words, _LIMITED) if limited else later(answer, hidden, words, code)
        return Refused(code, words, dead_address=code in _DEAD)


def _status(response: dict[str, object]) -> dict[str, object] | None:
    """Return what is said of the one number asked for, or the error of the whole request."""
    error, statuses = response.get("Error"), response.get("SendStatusSet")
    if isinstance(error, dict):
        return error
    return statuses[0] if isinstance(statuses, list) and statuses and isinstance(statuses[0], dict) else None
