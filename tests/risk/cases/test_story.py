"""Whatever people, looks and time do to cases in whatever order: one open case each, no signal lost, outcomes once."""

from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenure.kit.db import transaction
from tenure.kit.errors import Conflict
from tenure.risk.cases.service import act, watch
from tests.risk.cases import make
from tests.risk.cases.conftest import Desk

WHO = st.sampled_from("abc")
SIGN = st.tuples(WHO, st.sampled_from(["complaint", "overdue"]), st.sampled_from(["1", "2", "3"]))
STEP = st.one_of(
    st.tuples(st.just("look"), st.lists(SIGN, max_size=4)),
    st.tuples(st.sampled_from(["snooze", "escalate", "note", "reopen"]), WHO),
    st.tuples(st.just("resolve"), WHO, st.sampled_from(["saved", "false_alarm", "left"])),
    st.tuples(st.just("wait"), st.integers(1, 40)),
)


class Story:
    """Does steps to cases and keeps count of what must be true."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.day = 0.0
        self.told: set[tuple[str, str, str]] = set()

    @property
    def now(self) -> datetime:
        """Return the present instant of the story."""
        return make.DAY + timedelta(days=self.day)

    def do(self, step: tuple[object, ...]) -> None:
        """Do one step."""
        self.day += 0.01
        match step:
            case ("look", list(signs)):
                unique = list(dict.fromkeys(signs))
                make.look(self.desk.stores, unique, self.day)
                self.told |= set(unique)
            case ("wait", int(days)):
                self.day += days
                with transaction(self.desk.stores.engine) as session:
                    watch.attend(session, self.now)
            case (str(verb), str(who), *rest):
                self._work(verb, who, str(rest[0]) if rest else "")

    def _work(self, verb: str, who: str, outcome: str) -> None:
        mine = make.cases(self.desk.stores, f"customer_id = '{who}'")
        if not mine:
            return
        case, boss = str(mine[-1]["id"]), self.desk.boss
        try:
            with transaction(self.desk.stores.engine) as session:
                if verb == "snooze":
                    act.snooze(session, case, self.now + timedelta(days=5), boss, self.now)
                elif verb == "escalate":
                    act.escalate(session, case, "", boss, self.now)
                elif verb == "note":
                    act.note(session, case, "spoke", boss, self.now)
                elif verb == "reopen":
                    act.reopen(session, case, "", boss, self.now)
                else:
                    act.resolve(session, case, outcome, None, boss, self.now)
        except Conflict:
            assert verb != "note"  # everything but a note may meet a case in a state that forbids it

    def check(self) -> None:
        """Look whether what must be true is true."""
        every = make.cases(self.desk.stores)
        unresolved = [case["customer_id"] for case in every if case["state"] != "resolved"]
        assert len(unresolved) == len(set(unresolved))
        assert all((case["outcome"] is not None) == (case["state"] == "resolved") for case in every)
        raised = make.raised(self.desk.stores)
        assert {(who, name, evidence) for who, name, evidence, _ in raised} == self.told
        of = {case["id"]: case["customer_id"] for case in every}
        assert all(of[case] == who for who, _, _, case in raised)
        asleep = [case["snoozed_until"] for case in every if case["state"] == "snoozed"]
        assert all(isinstance(until, datetime) and until > self.now - timedelta(days=5.1) for until in asleep)
        resolves = sum(name == "resolve" for _, name in self.desk.entries())
        reopens = sum(name == "reopen" for _, name in self.desk.entries())
        assert resolves - reopens == sum(case["state"] == "resolved" for case in every)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(STEP, min_size=3, max_size=10))
def test_every_story_keeps_the_promises(desk: Desk, steps: list[tuple[object, ...]]) -> None:
    make.clear(desk.stores)
    story = Story(desk)
    for step in steps:
        story.do(step)
        story.check()
    story.do(("wait", 6))
    assert make.cases(desk.stores, "state = 'snoozed'") == []
