"""Whatever text is sent, the answer is a fact; characters no store can hold are refused with their place."""

import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from tenure.app.wiring import Stores
from tests.directory.make import Browser, owner

NUL, HALF = "a\0b", "a\ud800b"
HAN = "一"
ODD = st.one_of(
    st.sampled_from(
        [NUL, HALF, "\u202eevil\u202c", "\ufeff", "𝔘𝔫𝔦", "x" * 100_000, "' OR 1=1 --", "%00", "\x1b[31m", "\r\n", ""]
    ),
    st.text(max_size=40),
)
BODIES: dict[str, Callable[[str], tuple[str, str, Any]]] = {
    "setup": lambda odd: ("POST", "/setup", {"name": odd, "email": "a@b.test", "password": odd, "language": "en"}),
    "log-in": lambda odd: ("POST", "/session", {"email": odd, "password": odd}),
    "member": lambda odd: ("POST", "/members", {"name": odd, "email": odd, "password": odd, "role": "viewer"}),
    "key": lambda odd: ("POST", "/keys", {"name": odd, "scopes": ["runs.read"]}),
    "settings": lambda odd: ("PATCH", "/settings", {"workspace_name": odd, "currency": odd, "time_zone": odd}),
    "filter": lambda odd: (
        "POST",
        "/customers/filters",
        {"name": odd, "query": odd, "filter": {"all": [{"field": odd, "op": "eq", "value": odd}]}},
    ),
    "customer": lambda odd: ("PATCH", "/customers/nobody", {"name": odd, "attributes": {odd or "x": odd}}),
}
QUERIES = (
    "/customers?q=",
    "/customers?sort=",
    "/customers?cursor=",
    "/customers/",
    "/metrics/values?name=",
    "/imports/",
    "/audit?cursor=",
)


@pytest.fixture(scope="module")
def boss(stores: Stores) -> Browser:
    """A browser of the owner."""
    return owner(stores)


def _send(boss: Browser, name: str, odd: str) -> Any:
    method, path, body = BODIES[name](odd)
    return boss.request(method, path, content=json.dumps(body), headers={"Content-Type": "application/json"})


@pytest.mark.parametrize("odd", [NUL, HALF], ids=["nul", "half a character"])
@pytest.mark.parametrize("name", BODIES)
def test_what_no_store_can_hold_is_refused_with_its_place_in_both_languages(boss: Browser, name: str, odd: str) -> None:
    refused = _send(boss, name, odd)
    assert refused.status_code == 422
    problem = refused.json()
    assert problem["fields"][0]["path"].startswith("/")
    assert "NUL" in problem["detail"]
    assert problem["fields"][0]["message"]["zh"][0] > HAN


@pytest.mark.parametrize("path", QUERIES)
def test_an_address_with_a_nul_is_refused(boss: Browser, path: str) -> None:
    assert boss.get(path + "a%00b").status_code == 422


def test_the_place_is_a_pointer_into_what_was_sent(boss: Browser) -> None:
    body = {"name": "n", "filter": {"all": [{"field": "name", "op": "in", "value": ["x", NUL]}]}}
    refused = boss.request(
        "POST", "/customers/filters", content=json.dumps(body), headers={"Content-Type": "application/json"}
    )
    assert [field["path"] for field in refused.json()["fields"]] == ["/filter/all/0/value/1"]


def test_more_json_than_anyone_means_is_refused(boss: Browser) -> None:
    sent = boss.request("POST", "/keys", content=b'"' + b"x" * (17 << 20), headers={"Content-Type": "application/json"})
    assert sent.status_code == 413


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=st.sampled_from(sorted(BODIES)), odd=ODD)
@example(name="customer", odd="\x1b")
def test_no_text_in_a_body_breaks_the_server(boss: Browser, name: str, odd: str) -> None:
    assert _send(boss, name, odd).status_code < 500


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(path=st.sampled_from(QUERIES), odd=st.text(max_size=30))
def test_no_text_in_an_address_breaks_the_server(boss: Browser, path: str, odd: str) -> None:
    assert boss.get(path + quote(odd, errors="surrogatepass")).status_code < 500


@pytest.mark.parametrize(
    "file",
    [
        "order no,customer id,order date,amount\n1,A\0,2024-01-01,5\n",
        "order no\0,customer id,order date,amount\n1,A,2024-01-01,5\n",
    ],
    ids=["in a cell", "in a heading"],
)
def test_a_file_with_a_nul_is_imported_or_refused_and_never_breaks(boss: Browser, file: str) -> None:
    taken = boss.post("/imports", files={"file": ("odd\0name.csv", io.BytesIO(file.encode()))})
    assert taken.status_code < 500
    if taken.status_code == 201:
        told = taken.json()
        mapping = [{"column": match["column"], "field": match["field"]} for match in told["mapping"]]
        request = {"kind": told["kind"], "mapping": mapping, "options": {}}
        assert boss.post(f"/imports/{told['id']}/preview", json=request).status_code < 500
