"""Merging and un-merging, in any order, against a model that computes what should be shown."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, text

from tenure.app.wiring import Stores
from tenure.directory.customers.folding import FIELDS
from tenure.directory.customers.intake.repository import undo_take_in
from tenure.directory.customers.merging import repository, service
from tenure.directory.customers.tables import Customer
from tenure.kit.db import transaction
from tenure.kit.errors import Conflict, NotFound
from tests.directory.customers.make import NOW, Rows, bring

IDS = ("a", "b", "c", "d", "e")
KNOWN = ("name", "email", "city")
PEOPLE: Rows = [
    {"customer_id": "a", "name": "Ann", "email": None, "city": None, "attributes": [("plan", "gold")]},
    {
        "customer_id": "b",
        "name": "Bob",
        "email": "bob@shop.test",
        "city": None,
        "attributes": [("plan", "tin"), ("size", "3")],
    },
    {"customer_id": "c", "name": None, "email": "cy@shop.test", "city": "Lyon", "attributes": None},
    {"customer_id": "d", "name": None, "email": None, "city": "Leeds", "attributes": [("size", "9")]},
    {"customer_id": "e", "name": None, "email": None, "city": None, "attributes": [("note", "x")]},
]


class Model:
    """What should be shown, worked out from what each record knows itself and the merges that stand."""

    def __init__(self) -> None:
        self.own = {str(p["customer_id"]): {name: p[name] for name in KNOWN} for p in PEOPLE}
        self.tags = {str(p["customer_id"]): dict(p["attributes"] or []) for p in PEOPLE}  # type: ignore[call-overload]
        self.tags["b"]["size"], self.tags["d"]["size"] = 3, 9
        self.parent: dict[str, tuple[str, int, str]] = {}
        self.turn = 0

    def root(self, customer: str) -> str:
        """Return the record shown in place of one."""
        while customer in self.parent:
            customer = self.parent[customer][0]
        return customer

    def shown(self, root: str) -> dict[str, object]:
        """Return what a visible record shows: what it knows, then what its merged records know, oldest merge first."""
        under = sorted((self.parent[c][1], c) for c in IDS if c != root and self.root(c) == root)
        seen = [self.own[root], *(self.own[c] for _, c in under)]
        told = {name: next((one[name] for one in seen if one[name] is not None), None) for name in KNOWN}
        tags: dict[str, object] = {}
        for one in (self.tags[root], *(self.tags[c] for _, c in under)):
            tags = {**one, **tags}
        return {**told, "attributes": tags}


class Merging(RuleBasedStateMachine):
    """Any sequence of merges, un-merges, imports and undone imports."""

    stores: Stores

    @initialize()
    def start(self) -> None:
        """Begin with five records."""
        with transaction(self.stores.engine) as session:
            session.execute(text("TRUNCATE customers, customer_imports, attribute_definitions CASCADE"))
        bring(self.stores, PEOPLE)
        self.model = Model()
        self.imports = 1
        self.before_import: dict[str, dict[str, object]] | None = None

    @rule(kept=st.sampled_from(IDS), other=st.sampled_from(IDS))
    def merge(self, kept: str, other: str) -> None:
        """Merge two visible records, or be refused."""
        possible = kept != other and not {kept, other} & set(self.model.parent)
        refused = contextlib.nullcontext() if possible else pytest.raises(Conflict)
        with refused, transaction(self.stores.engine) as session:
            moment = NOW + timedelta(minutes=self.model.turn)
            merge_id = service.merge(session, kept, other, None, moment)
        if possible:
            self.model.parent[other] = (kept, self.model.turn, merge_id)
        self.model.turn += 1

    @precondition(lambda self: self.model.parent)
    @rule(data=st.data())
    def unmerge(self, data: st.DataObject) -> None:
        """Undo any merge that stands."""
        merged = data.draw(st.sampled_from(sorted(self.model.parent)))
        root, merge_id = self.model.root(merged), self.model.parent[merged][2]
        with transaction(self.stores.engine) as session:
            assert service.unmerge(session, root, merge_id, None, NOW) == merged
        del self.model.parent[merged]

    @precondition(lambda self: self.before_import is None)
    @rule(who=st.sampled_from(IDS), city=st.sampled_from(("Rome", "Oslo")))
    def bring_again(self, who: str, city: str) -> None:
        """Let an import change a record, visible or not."""
        self.imports += 1
        self.before_import = {who: dict(self.model.own[who])}
        bring(self.stores, [{"customer_id": who, "city": city}], f"imp_{self.imports}")
        self.model.own[who]["city"] = city

    @precondition(lambda self: self.before_import is not None)
    @rule()
    def undo_import(self) -> None:
        """Undo that import, whatever was merged since."""
        with transaction(self.stores.engine) as session:
            undo_take_in(session, f"imp_{self.imports}")
        self.model.own.update(self.before_import or {})
        self.before_import = None

    @invariant()
    def what_is_shown_is_what_should_be(self) -> None:
        """Compare every record with the model."""
        if not hasattr(self, "model"):
            return
        with transaction(self.stores.engine) as session:
            rows = session.scalars(select(Customer)).all()
            links = {hidden: shown for hidden, shown, _ in repository.links(session)}
        assert links == {c: self.model.root(c) for c in self.model.parent}
        for row in rows:
            if row.merged_into is None:
                found = {**{name: getattr(row, name) for name in KNOWN}, "attributes": row.attributes}
                assert found == self.model.shown(row.id), row.id
            else:
                assert {name: getattr(row, name) for name in KNOWN} == self.model.own[row.id]
            assert (row.own is not None) == (row.id in links.values())


def test_any_sequence_of_merges_shows_what_it_should_and_can_be_undone(stores: Stores) -> None:
    class OnTheseStores(Merging):
        """The machine over this file's stores."""

    OnTheseStores.stores = stores
    quiet = [HealthCheck.too_slow, HealthCheck.filter_too_much]
    case = OnTheseStores.TestCase
    case.settings = settings(max_examples=25, stateful_step_count=12, deadline=None, suppress_health_check=quiet)
    case().runTest()


def test_a_merge_undone_leaves_every_column_as_it_was(fresh_stores: Stores) -> None:
    bring(fresh_stores, [{**PEOPLE[0], "joined_at": NOW.replace(tzinfo=None)}, {**PEOPLE[1], "joined_at": None}])

    def everything() -> list[tuple[object, ...]]:
        columns = ", ".join([*FIELDS, "id", "attributes", "aliases", "own", "merged_into", "merged_at", "search"])
        with transaction(fresh_stores.engine) as session:
            return [tuple(row) for row in session.execute(text(f"SELECT {columns} FROM customers ORDER BY id"))]

    before = everything()
    with transaction(fresh_stores.engine) as session:
        merge_id = service.merge(session, "a", "b", None, NOW)
    assert everything() != before
    with transaction(fresh_stores.engine) as session:
        service.unmerge(session, "a", merge_id, None, NOW)
    assert everything() == before


def test_a_merge_is_undone_once_and_from_where_it_is_shown(fresh_stores: Stores) -> None:
    bring(fresh_stores, PEOPLE)
    with transaction(fresh_stores.engine) as session:
        merge_id = service.merge(session, "a", "b", None, NOW)
    with pytest.raises(NotFound), transaction(fresh_stores.engine) as session:
        service.unmerge(session, "c", merge_id, None, NOW)
    with transaction(fresh_stores.engine) as session:
        service.unmerge(session, "a", merge_id, None, NOW)
    with pytest.raises(NotFound), transaction(fresh_stores.engine) as session:
        service.unmerge(session, "a", merge_id, None, NOW)
    with pytest.raises(NotFound), transaction(fresh_stores.engine) as session:
        service.merge(session, "a", "nobody", None, NOW)
