"""Alibaba Cloud, Tencent Cloud and a gateway of the house, as far as text messages go, checking signatures by the book."""

import base64
import hashlib
import hmac
import json
import re
import time
from datetime import UTC, datetime
from urllib.parse import parse_qsl, quote

from tests.channels.provider import Provider, Reply, Request


class AlibabaCloud(Provider):
    """``SendSms`` behind the V3 signature: 15 minutes of tolerance, and a nonce is good once."""

    key_id, key_secret = "LTAI-test", "alibaba-secret-0123456789"

    def __init__(self) -> None:
        super().__init__()
        self.nonces: set[str] = set()
        self.knew: list[str] = []
        self.hidden = 0

    def judge(self, request: Request) -> Reply | None:
        found = re.fullmatch(
            r"ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})",
            request.headers.get("authorization", ""),
        )
        if found is None or found[1] != self.key_id:
            return self._error(404, "InvalidAccessKeyId.NotFound")
        names = found[2].split(";")
        needed = {
            "host",
            "x-acs-action",
            "x-acs-content-sha256",
            "x-acs-date",
            "x-acs-signature-nonce",
            "x-acs-version",
        }
        if names != sorted(names) or not needed <= set(names):
            return self._error(400, "IncompleteSignature")
        at = datetime.strptime(request.headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(time.time() - at.timestamp()) > 900:
            return self._error(400, "InvalidTimeStamp.Expired")
        if request.headers["x-acs-content-sha256"] != hashlib.sha256(request.body).hexdigest():
            return self._error(400, "InvalidContentSha256")
        pairs = sorted(parse_qsl(request.query, keep_blank_values=True))
        query = "&".join(f"{quote(k, safe='-_.~')}={quote(v, safe='-_.~')}" for k, v in pairs)
        canonical = [request.method, request.target.partition("?")[0], query]
        canonical += [f"{name}:{request.headers[name].strip()}" for name in names]
        canonical += ["", ";".join(names), request.headers["x-acs-content-sha256"]]
        words = "ACS3-HMAC-SHA256\n" + hashlib.sha256("\n".join(canonical).encode()).hexdigest()
        if hmac.new(self.key_secret.encode(), words.encode(), "sha256").hexdigest() != found[3]:
            return self._error(400, "SignatureDoesNotMatch")
        if request.headers["x-acs-signature-nonce"] in self.nonces:
            return self._error(400, "SignatureNonceUsed")
        self.nonces.add(request.headers["x-acs-signature-nonce"])
        return None

    def whom(self, request: Request) -> str:
        asked = dict(parse_qsl(request.query))
        return asked["PhoneNumbers"] if "PhoneNumbers" in asked else "?" + asked["PhoneNumber"]

    def details(self, asked: dict[str, str]) -> Reply:
        """Answer QuerySendDetails as help.aliyun.com/document_detail/419277.html says."""
        assert set(asked) == {"PhoneNumber", "SendDate", "PageSize", "CurrentPage"}
        assert re.fullmatch(r"20\d{6}", asked["SendDate"])
        known = [{"OutId": one, "SendStatus": 3, "PhoneNum": asked["PhoneNumber"]} for one in self.knew]
        told = {"TotalCount": len(known) + self.hidden, "SmsSendDetailDTOs": {"SmsSendDetailDTO": known}}
        return 200, {"Code": "OK", "Message": "OK", **told}

    def say(self, request: Request) -> Reply:
        asked = dict(parse_qsl(request.query))
        if request.headers["x-acs-action"] == "QuerySendDetails":
            return self.details(asked)
        assert (request.headers["x-acs-action"], request.headers["x-acs-version"]) == ("SendSms", "2017-05-25")
        assert json.loads(asked["TemplateParam"]) == {"name": "安"}
        assert asked["OutId"] == "snd_1"
        if self.mood == "busy":
            return 429, {"Code": "Throttling.User", "Message": "Request was denied due to user flow control."}
        if self.mood == "failing":
            return 503, {"Code": "ServiceUnavailable", "Message": "Try again later."}
        code = {"refusing": "isv.SMS_TEMPLATE_ILLEGAL", "dead": "isv.MOBILE_NUMBER_ILLEGAL"}.get(self.mood, "OK")
        return 200, {"Code": code, "Message": f"{code}!", "BizId": "9006197469364984400", "RequestId": "F655A8D5"}

    def refusal(self, words: str) -> Reply:
        return 200, {"Code": "isv.SMS_CONTENT_ILLEGAL", "Message": words}

    def knows(self) -> str:
        return self.key_secret

    def _error(self, status: int, code: str) -> Reply:
        return status, {"Code": code, "Message": f"{code}!", "RequestId": "F655A8D5"}


class TencentCloud(Provider):
    """``SendSms`` behind TC3-HMAC-SHA256: five minutes of tolerance."""

    secret_id, secret_key = "AKID-test", "tencent-secret-0123456789"

    def judge(self, request: Request) -> Reply | None:
        found = re.fullmatch(
            r"TC3-HMAC-SHA256 Credential=([^/]+)/(\d{4}-\d\d-\d\d)/(\w+)/tc3_request, "
            r"SignedHeaders=([^,]+), Signature=([0-9a-f]{64})",
            request.headers.get("authorization", ""),
        )
        if found is None:
            return self._error("AuthFailure.InvalidAuthorization")
        if found[1] != self.secret_id:
            return self._error("AuthFailure.SecretIdNotFound")
        at, names = int(request.headers["x-tc-timestamp"]), found[4].split(";")
        if abs(time.time() - at) > 300:
            return self._error("AuthFailure.SignatureExpire")
        if not {"content-type", "host"} <= set(names) or found[3] != "sms":
            return self._error("AuthFailure.SignatureFailure")
        lines = "".join(f"{name}:{request.headers[name].strip().lower()}\n" for name in names)
        hashed = hashlib.sha256(request.body).hexdigest()
        canonical = f"{request.method}\n/\n\n{lines}\n{found[4]}\n{hashed}"
        scope = f"{found[2]}/sms/tc3_request"
        words = f"TC3-HMAC-SHA256\n{at}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        key = b"TC3" + self.secret_key.encode()
        for part in (datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%d"), "sms", "tc3_request"):
            key = hmac.digest(key, part.encode(), "sha256")
        if hmac.new(key, words.encode(), "sha256").hexdigest() != found[5]:
            return self._error("AuthFailure.SignatureFailure")
        return None

    def whom(self, request: Request) -> str:
        numbers = request.json().get("PhoneNumberSet") or ["?"]
        assert isinstance(numbers, list)
        return str(numbers[0])

    def say(self, request: Request) -> Reply:
        told = request.json()
        if request.headers["x-tc-action"] == "PullSmsSendStatusByPhoneNumber":
            assert {"PhoneNumber", "SmsSdkAppId", "BeginTime", "EndTime", "Offset", "Limit"} == set(told)
            reports = [{"SessionContext": "snd_1", "SerialNo": "14:1932", "ReportStatus": "SUCCESS"}]
            return 200, {"Response": {"PullSmsSendStatusSet": reports, "RequestId": "8979fc1e"}}
        assert (request.headers["x-tc-action"], request.headers["x-tc-version"]) == ("SendSms", "2021-01-11")
        assert (told["TemplateParamSet"], told["SessionContext"]) == (["安"], "snd_1")
        if self.mood == "failing":
            return 503, "upstream unavailable"
        code = {
            "busy": "LimitExceeded.PhoneNumberThirtySecondLimit",
            "refusing": "FailedOperation.TemplateIncorrectOrUnapproved",
            "dead": "InvalidParameterValue.IncorrectPhoneNumber",
        }.get(self.mood, "Ok")
        return 200, {"Response": {"SendStatusSet": [self._status(code, f"{code}!")], "RequestId": "a0aabda6"}}

    def refusal(self, words: str) -> Reply:
        return 200, {"Response": {"SendStatusSet": [self._status("FailedOperation.ContainSensitiveWord", words)]}}

    def knows(self) -> str:
        return self.secret_key

    def _status(self, code: str, words: str) -> dict[str, object]:
        return {"SerialNo": "5000:1045710669157053657849499619", "Fee": 1, "Code": code, "Message": words}

    def _error(self, code: str) -> Reply:
        return 200, {"Response": {"Error": {"Code": code, "Message": f"{code}!"}, "RequestId": "ed93f3cb"}}


class HouseGateway(Provider):
    """A gateway behind Standard Webhooks signatures; it takes an id once and can be asked for it."""

    secret = "whsec_" + base64.b64encode(b"a gateway secret of 32 bytes....").decode()

    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()

    def judge(self, request: Request) -> Reply | None:
        told = request.headers
        at = int(told.get("webhook-timestamp", "0"))
        key = base64.b64decode(self.secret.removeprefix("whsec_"))
        signed = f"{told.get('webhook-id', '')}.{at}.".encode() + request.body
        expected = "v1," + base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
        if expected not in told.get("webhook-signature", "").split(" "):
            return 401, {"code": "signature", "message": "the signature does not fit"}
        if abs(time.time() - at) > 300:
            return 401, {"code": "timestamp", "message": "too old"}
        if request.method == "GET":
            return (200, {"id": "gw-1"}) if told["webhook-id"] in self.ids else (404, {"code": "unknown"})
        if told["webhook-id"] in self.ids:
            return 409, {"code": "replayed", "message": "this id was taken"}
        return None

    def whom(self, request: Request) -> str:
        self.ids.add(request.headers["webhook-id"])
        return str(request.json()["to"])

    def say(self, request: Request) -> Reply:
        match self.mood:
            case "busy":
                return 429, {"code": "busy", "message": "slower, please"}
            case "failing":
                return 500, {"code": "failing", "message": "a moment"}
            case "dead":
                return 422, {"code": "number", "message": "no such number", "dead_address": True}
            case "refusing":
                return 422, {"code": "content", "message": "not this text"}
        return 202, {"id": "gw-1"}

    def refusal(self, words: str) -> Reply:
        return 422, {"code": words, "message": words}

    def knows(self) -> str:
        return self.secret
