"""The simulated company behind HTTP on this machine, with the moods of the contract."""

from datetime import UTC, datetime, timedelta

from tenure.channels.adapters.wecom_api import WeComApi
from tenure.channels.outbound import Outbound
from tenure.channels.simulators.wecom import Rule, WeComCompany
from tenure.channels.wecom.account import Account, CallbackKeys
from tests.channels.provider import Provider, Reply, Request

CORP, SECRET = "ww1436e0e65a779aee", "secret-of-the-customer-contact-app"
KEYS = CallbackKeys(CORP, "QDG6eK", "6qkdMrq68nTKduznJYO1A37W2oEgpkMUvkttRToqhUt")


class Calendar:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.instant = datetime(2026, 11, 25, 2, tzinfo=UTC)

    def now(self) -> datetime:
        return self.instant

    def forward(self, **by: float) -> None:
        self.instant += timedelta(**by)


class WeComServer(Provider):
    """The company's API; a call that is not about a message is answered in every mood."""

    def __init__(self, rule: Rule = "month") -> None:
        self.clock = Calendar()
        self.company = WeComCompany(Account(CORP, SECRET), KEYS, self.clock, rule)
        self.company.hire("lily")
        for contact in ("wm_ann", "wm_bob", "wm_cy"):
            self.company.befriend("lily", contact)
        super().__init__()

    def api(self) -> WeComApi:
        return WeComApi(Account(CORP, SECRET, self.url), Outbound(("127.0.0.0/8",)), self.clock)

    def answer(self, request: Request) -> Reply | None:
        if "add_msg_template" in request.target and self.mood != "willing":
            return super().answer(request)
        told = self.company.answer(request.target, request.body)
        if "msgid" in told:
            self.taken.append(self.whom(request))
        return 200, told

    def judge(self, request: Request) -> Reply | None:
        return None

    def whom(self, request: Request) -> str:
        return str(request.json()["external_userid"])

    def say(self, request: Request) -> Reply:
        if self.mood == "failing":
            return 503, "try later"
        code = {"busy": 45009, "refusing": 41048, "dead": 84061}[self.mood]
        return 200, {"errcode": code, "errmsg": f"no: {code}"}

    def refusal(self, words: str) -> Reply:
        return 200, {"errcode": 40058, "errmsg": words}

    def knows(self) -> str:
        return SECRET
