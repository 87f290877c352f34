"""What the settings are, what they are before anybody chose, and what they may be."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo, available_timezones

from tenure.directory.workspace.churn import ChurnDefinition, ChurnInForce, FoundChurn
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.kit.money import is_currency

SHORTEST_KEEPING, LONGEST_KEEPING = 4, 240  # months; caps and budgets look back two


@dataclass(frozen=True)
class TierCutoffs:
    """Which share of customers, by predicted value, are tier A and B; the rest are C."""

    a_share: float = 0.2
    b_share: float = 0.3


@dataclass(frozen=True)
class Demo:
    """The log-in of a demo workspace, shown on its first page."""

    email: str
    password: str


@dataclass(frozen=True)
class WorkspaceSettings:
    """What holds for the whole workspace.

    ``chosen_churn`` is what a member set, ``found_churn`` what the last refresh read from the data, ``scored_churn``
    what the scores on show were computed with. What became of messages goes after ``keep_messages_months``; None keeps it.
    """

    name: str = "Tenure"
    currency: str = "USD"
    time_zone: str = "UTC"
    chosen_churn: ChurnDefinition | None = None
    found_churn: FoundChurn | None = None
    scored_churn: ChurnDefinition | None = None
    tiers: TierCutoffs = field(default_factory=TierCutoffs)
    keep_messages_months: int | None = 25
    demo: Demo | None = None

    @property
    def zone(self) -> ZoneInfo:
        """Return the time zone in which days and months begin."""
        return ZoneInfo(self.time_zone)

    @property
    def churn(self) -> ChurnInForce:
        """Return the one definition of leaving: a member's word, else what the data says, else a starting point."""
        if self.chosen_churn is not None:
            return ChurnInForce(self.chosen_churn, "member")
        if self.found_churn is not None:
            return ChurnInForce(self.found_churn.definition, "data", self.found_churn.why)
        return ChurnInForce(ChurnDefinition(), "default")


def check(settings: WorkspaceSettings) -> None:
    """Raise ``Invalid`` with every field that may not be as it is."""
    problems = []
    if not settings.name.strip() or len(settings.name) > 200:
        problems.append(
            _problem(
                "/workspace_name",
                "Give the workspace a name of up to 200 characters.",
                "请填写工作区名称（200 字以内）。",
            )
        )
    if not is_currency(settings.currency):
        problems.append(
            _problem(
                "/currency",
                "Not an ISO 4217 currency code such as CNY or EUR.",
                "不是 ISO 4217 币种代码（如 CNY、EUR）。",
            )
        )
    if settings.time_zone not in available_timezones():
        problems.append(
            _problem("/time_zone", "Not a time zone such as Asia/Shanghai.", "不是有效时区（如 Asia/Shanghai）。")
        )
    churn = settings.churn.definition
    if not 1 <= churn.window_days <= 3650:
        problems.append(_problem("/churn/window_days", "Choose between 1 and 3650 days.", "请选择 1 至 3650 天。"))
    if not 0 <= churn.grace_days <= 365:
        problems.append(_problem("/churn/grace_days", "Choose between 0 and 365 days.", "请选择 0 至 365 天。"))
    tiers = settings.tiers
    if not (0 < tiers.a_share < 1 and 0 < tiers.b_share < 1 and tiers.a_share + tiers.b_share < 1):
        problems.append(
            _problem("/tiers", "Shares must be above 0 and together below 1.", "比例须大于 0，且合计小于 1。")
        )
    months = settings.keep_messages_months
    if months is not None and not SHORTEST_KEEPING <= months <= LONGEST_KEEPING:
        problems.append(
            _problem(
                "/keep_messages_months",
                f"Choose between {SHORTEST_KEEPING} and {LONGEST_KEEPING} months.",
                f"请选择 {SHORTEST_KEEPING} 至 {LONGEST_KEEPING} 个月。",
            )
        )
    if problems:
        message = Text("Some settings are not possible.", "部分设置不可用。")
        raise Invalid(message, fields=tuple(problems))


def _problem(path: str, en: str, zh: str) -> FieldProblem:
    return FieldProblem(path, Text(en, zh))
