"""Every route with every role: what it declares is what it does."""

import re

import pytest
from fastapi import FastAPI

from tenure.app.description import permissions
from tenure.app.http import build_app
from tenure.app.wiring import Stores
from tenure.directory.access import ANYONE, MEMBER
from tenure.directory.roles import PERMISSIONS, ROLES
from tests.directory.make import Browser, member, owner, stranger

ROUTES = {where: needed for where, needed in permissions(build_app(None)).items() if where[0] != "HEAD"}
REFUSED = (401, 403)
# What a browser may send to sign itself out would end the walk; these two have tests of their own.
ENDS_THE_WALK = {("DELETE", "/api/v1/session"), ("POST", "/api/v1/session")}


def address(path: str) -> str:
    """Fill the places of a path with an id nothing has."""
    return re.sub(r"{[^}]*}", "nothing-has-this-id", path).removeprefix("/api/v1")


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    return owner(stores)


@pytest.fixture(scope="module")
def browsers(stores: Stores, boss: Browser) -> dict[str, Browser]:
    """One signed-in browser for every role."""
    return {role: member(stores, boss, role) if role != "owner" else boss for role in ROLES}


def test_every_route_declares_exactly_one_permission() -> None:
    undeclared = {where: needed for where, needed in ROUTES.items() if len(needed) != 1}
    assert undeclared == {}


def test_every_declared_permission_is_one_we_know() -> None:
    declared = frozenset[str]().union(*ROUTES.values())
    assert declared <= set(PERMISSIONS) | {ANYONE, MEMBER}


def test_a_route_that_forgot_its_permission_is_noticed() -> None:
    app: FastAPI = build_app(None)

    @app.get("/api/v1/forgotten")
    def forgotten() -> None:
        """Return nothing."""

    assert permissions(app)["GET", "/api/v1/forgotten"] == frozenset()


@pytest.mark.parametrize("where", sorted(set(ROUTES) - ENDS_THE_WALK), ids=" ".join)
def test_a_route_lets_in_whom_it_declares(
    stores: Stores, boss: Browser, browsers: dict[str, Browser], where: tuple[str, str]
) -> None:
    method, path = where
    (needed,) = ROUTES[where]
    found = {role: browser.request(method, address(path), json={}).status_code for role, browser in browsers.items()}
    expected = {role: needed in role_of.permissions | {ANYONE, MEMBER} for role, role_of in ROLES.items()}
    assert {role: status not in REFUSED for role, status in found.items()} == expected, found
    anonymous = stranger(stores).request(method, address(path), json={}).status_code
    assert (anonymous != 401) == (needed == ANYONE), anonymous


@pytest.fixture(scope="module")
def keys(boss: Browser) -> dict[str, str]:
    """For every permission, a key that has it, and one that has all others."""
    made = {}
    for permission in PERMISSIONS:
        others = [other for other in PERMISSIONS if other != permission]
        for kind, scopes in (("with", [permission]), ("without", others)):
            answer = boss.post("/keys", json={"name": f"{kind} {permission}", "scopes": scopes})
            made[f"{kind} {permission}"] = answer.json()["secret"]
    return made


@pytest.mark.parametrize("where", sorted(set(ROUTES) - ENDS_THE_WALK), ids=" ".join)
def test_a_key_opens_a_route_by_its_scope_alone(stores: Stores, keys: dict[str, str], where: tuple[str, str]) -> None:
    method, path = where
    (needed,) = ROUTES[where]
    if needed == ANYONE:
        pytest.skip("open to anyone")
    statuses = [
        stranger(stores)
        .request(method, address(path), json={}, headers={"Authorization": f"Bearer {keys[name]}"})
        .status_code
        for name in (["with metrics.read"] if needed == MEMBER else [f"with {needed}", f"without {needed}"])
    ]
    assert [status in REFUSED for status in statuses] == ([True] if needed == MEMBER else [False, True]), statuses
