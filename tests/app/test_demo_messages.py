"""The demo's messages hold for everybody there, named or not, who bought or never did."""

from tenure.app import demo_messages
from tenure.app.wiring import Stores
from tenure.directory.credentials.principal import Principal
from tenure.directory.roles import permissions_of
from tenure.kit.db import transaction
from tenure.outreach.content import repository, service
from tenure.outreach.content.leaving import World
from tenure.outreach.content.service import Proving
from tests.outreach.make import NOON, people

WRITER = Principal("member", "mem_1", "Olga", "owner", permissions_of("owner"), "mem_1")


def test_every_message_is_published_and_holds_for_the_customers(fresh_stores: Stores) -> None:
    people(fresh_stores, "ann", "bob")
    with transaction(fresh_stores.engine) as session:
        demo_messages.write(session, WRITER, NOON)
        for wanted in demo_messages.MESSAGES:
            row = repository.named(session, wanted.name)
            assert row is not None
            assert row.published == 1
            proofs = service.proof(session, fresh_stores.lake, row.id, Proving(), NOON, World(None, ""))
            assert [proof.problems for proof in proofs] == [[]]
            assert proofs[0].whole == 2
