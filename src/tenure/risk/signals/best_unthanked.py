"""One of the best customers, whom nobody has thanked or visited for long."""

import numpy as np

from tenure.kit.i18n import Text
from tenure.risk.phrases import Phrase
from tenure.risk.signals.sight import Sight
from tenure.risk.signals.signal import Found, Signal, Threshold


def find(sight: Sight, days: float) -> Found:
    """Find customers of tier A who still buy and whom no message or answer has reached for the days given."""
    contact = np.fmin(sight.number("last_contact"), sight.number("last_answer"))
    since_first = np.fmax(sight.number("first_purchase"), sight.number("first_visit"))
    quiet = np.where(np.isfinite(contact), contact, since_first)
    here = np.fmin(sight.number("last_purchase"), sight.number("last_visit")) < sight.silence_limit
    best = sight.standing.tier == "A"
    lasting = best & here & (quiet >= days)
    numbers = {"quiet": quiet, "value": sight.standing.value}
    return Found(lasting, quiet - days, sight.day(quiet), numbers)


SIGNAL = Signal(
    "best_unthanked",
    Text("Best customer unthanked", "优质客户久未问候"),
    Text(
        "A customer of tier A whom we have neither written to nor answered for long.",
        "A 级客户，我们长时间未联系或答复。",
    ),
    Text("A state, once per silence of ours; no test.", "状态，每段未联系期间一次；不作检验。"),
    (
        Phrase(
            Text(
                "worth {value:money} in the next year, and not contacted by us for {quiet:days}",
                "未来一年价值 {value:money}，我们已 {quiet:days}未联系",
            )
        ),
        Phrase(
            Text("among the best, and not contacted by us for {quiet:days}", "属于优质客户，我们已 {quiet:days}未联系")
        ),
    ),
    Text("Thank them in person, without selling anything.", "亲自致谢，不推销。"),
    "event",
    Threshold(90, 14, 365, "days", Text("Days without contact", "未联系天数")),
    ("orders",),
    find,
    passes=True,
)
