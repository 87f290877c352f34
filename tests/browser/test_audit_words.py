"""The page of the audit log has words for whatever the product writes down there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORDS = (ROOT / "web" / "src" / "areas" / "audit" / "use-act-names.ts").read_text()
CHANGE = re.compile(r"""Change\(\s*(?:"([a-z_.]+)"|\w+|f"[^"]+"),\s*"([a-z_]+)\"""")
ALERT_ACT = re.compile(r"""_act\(session, case_id, "([a-z]+)\"""")


def test_every_act_and_subject_of_the_audit_log_has_words() -> None:
    sources = [path.read_text() for path in (ROOT / "src" / "tenure").rglob("*.py")]
    found = [pair for source in sources for pair in CHANGE.findall(source)]
    acts = {act for act, _ in found if act}
    acts |= {f"alerts.{act}" for source in sources for act in ALERT_ACT.findall(source)}
    subjects = {subject for _, subject in found}
    assert {"alerts.resolve", "brand.change"} <= acts
    known = re.search(r"SUBJECTS = \[(.*?)\]", WORDS, re.DOTALL)
    assert known is not None
    assert acts - set(re.findall(r'"([a-z_]+\.[a-z_]+)":', WORDS)) == set()
    assert subjects - set(re.findall(r'"([a-z_]+)"', known[1])) == set()
