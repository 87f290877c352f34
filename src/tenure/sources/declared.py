"""Where the consent of a file's people comes from: declared by whoever imports, and never guessed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text

NONE = "none"
ADDRESSED_BY = {"email": "email", "sms": "phone", "phone": "phone", "wecom": "wecom_id"}
_LONGEST = 2000


@dataclass(frozen=True)
class Declared:
    """What was declared: for which list and channels, on what legal basis, where and when people agreed, to which words.

    ``basis`` is ``none`` where nobody of the file may be written to on its account. With ``confirm`` each of them is
    asked, and counts once they confirm.
    """

    basis: str
    purpose: str = "marketing"
    channels: tuple[str, ...] = ("email",)
    source: str = ""
    wording: str = ""
    at: datetime | None = None
    confirm: bool = False

    def stored(self) -> dict[str, object]:
        """Return the declaration as it is stored."""
        return {
            **vars(self),
            "channels": list(self.channels),
            "at": None if self.at is None else self.at.isoformat(),
        }

    @classmethod
    def of(cls, stored: Mapping[str, object]) -> "Declared":
        """Return a stored declaration."""
        at = cast(str | None, stored.get("at"))
        return cls(
            basis=str(stored["basis"]),
            purpose=str(stored["purpose"]),
            channels=tuple(cast(list[str], stored["channels"])),
            source=str(stored["source"]),
            wording=str(stored["wording"]),
            at=None if at is None else datetime.fromisoformat(at),
            confirm=bool(stored.get("confirm", False)),
        )


def check(declared: Declared, purposes: Sequence[str], bases: Sequence[str], now: datetime) -> None:
    """Raise unless a declaration can be vouched for: known list, channels and basis, and where and when people agreed."""
    if declared.basis == NONE:
        return
    wrong = [
        FieldProblem(f"/options/consent/{name}", message)
        for name, bad, message in (
            ("basis", declared.basis not in bases, _one_of([*bases, NONE])),
            ("purpose", declared.purpose not in purposes, _one_of(purposes)),
            (
                "channels",
                not declared.channels or not set(declared.channels) <= set(ADDRESSED_BY),
                _one_of(list(ADDRESSED_BY)),
            ),
            ("source", not 0 < len(declared.source.strip()) <= _LONGEST, _WHERE),
            ("at", declared.at is None or declared.at > now, _WHEN),
            ("confirm", declared.confirm and declared.basis != "consent", _ONLY_CONSENT),
        )
        if bad
    ]
    if wrong:
        raise Invalid(
            Text("Where their consent comes from is not said yet.", "尚未说明许可的来源。"),
            remedy=Text(
                "Say list, channels, basis, where and when they agreed; or declare that there is none.",
                "请说明类别、渠道、法律依据、同意的来源与日期；若没有，请选择“无许可”。",
            ),
            fields=tuple(wrong),
        )


def _one_of(names: Sequence[str]) -> Text:
    listed = ", ".join(names)
    return Text(f"One of: {listed}", f"可选：{listed}")


_WHERE = Text("Say where they agreed, such as a form or a contract.", "请说明在何处同意，例如表单或合同。")
_WHEN = Text("Say when they agreed; not in the future.", "请说明同意日期，且不得晚于今天。")
_ONLY_CONSENT = Text("Only consent is confirmed; other grounds need no yes.", "仅“同意”需要确认，其他依据无需同意。")
