"""What is asked before and after an erasure: what it would do, whether it was confirmed, whose a receipt is."""

from collections.abc import Mapping

from tenure.app.person import in_lake, in_tables, telling
from tenure.app.person.erase import Choices, keys_of
from tenure.app.person.finding import people_of, wanted_in_files
from tenure.app.person.people import People
from tenure.app.wiring import Stores, intake_of
from tenure.directory.credentials.principal import Principal
from tenure.directory.customers.erased import service as erased
from tenure.kit.db import transaction
from tenure.kit.errors import FieldProblem, Invalid
from tenure.kit.i18n import Text
from tenure.sources import service as sources


def preview(stores: Stores, people: People, choices: Choices) -> list[telling.Line]:
    """Return what an erasure would do, without doing it."""
    with transaction(stores.engine) as session:
        lines = telling.of_tables(in_tables.count_rows(session, people))
    lines += telling.of_lake(in_lake.count(stores.lake, people), keep_orders=choices.keep_orders)
    return lines + telling.of_files(sources.count_about(intake_of(stores), wanted_in_files(people)))


def confirm_with(people: People) -> str:
    """Return what somebody has to type to show that they mean it: the name, or how many people."""
    if people.persons != 1:
        return str(people.persons)
    return people.names[0] if people.names else people.ids[0]


def check_confirmed(stores: Stores, ids: list[str], typed: str) -> None:
    """Raise unless what was typed is what had to be."""
    people = people_of(stores, ids)
    accepted = {str(people.persons)} if people.persons != 1 else {*people.names, *people.ids}
    if typed.strip() not in accepted:
        message = Text("That is not what stands there.", "输入内容与要求不一致。")
        raise Invalid(
            Text("The erasure was not confirmed.", "删除未得到确认。"),
            remedy=Text("Type exactly the name that is shown.", "请准确输入所显示的姓名。"),
            fields=(FieldProblem("/confirm", message),),
        )


def readmit(stores: Stores, kind: str, value: str, actor: Principal) -> int:
    """Let somebody who was erased be taken in again; returns how many marks were lifted."""
    key = keys_of(stores).of(kind, value)
    with transaction(stores.engine) as session:
        lifted = erased.lift(session, [(kind, key)])
        if lifted:
            in_tables.record_readmission(session, actor, f"{in_tables.STAND_IN}:{key[:24]}", stores.clock.now())
    return lifted


def is_about(stores: Stores, receipt: Mapping[str, object], customer_id: str) -> bool:
    """Say whether a receipt is about somebody whose id one knows."""
    subjects = receipt.get("subjects")
    return isinstance(subjects, list) and in_tables.stand_in(keys_of(stores), customer_id) in subjects
