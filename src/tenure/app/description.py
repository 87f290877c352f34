"""What the application says of itself: OpenAPI 3.1, with the permission every route declares."""

from collections.abc import Iterator

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute, iter_route_contexts

from tenure.directory.access import ANYONE, MEMBER, permission_of
from tenure.kit.http import Problem

HTTP_METHODS = ("get", "post", "put", "patch", "delete")
SUMMARY = "The open-source customer-retention desk. Everything the web interface does, it does through this API."
_WHO = {ANYONE: "Needs no log-in.", MEMBER: "Needs a signed-in member."}


def permissions(app: FastAPI) -> dict[tuple[str, str], frozenset[str]]:
    """Return what every route declares it needs, by method and path; an empty set is a route that forgot to."""
    found = {}
    for context in iter_route_contexts(app.routes):
        if not isinstance(context.original_route, APIRoute) or context.path is None:
            continue
        declared = frozenset(_declared(context.dependant))
        for method in context.methods or ():
            found[method, context.path] = declared
    return found


def describe(app: FastAPI) -> dict[str, object]:
    """Return the OpenAPI 3.1 description: permissions on every route, and errors as problem+json."""
    described = get_openapi(title=app.title, version=app.version, summary=SUMMARY, routes=app.routes)
    schemas = described.setdefault("components", {}).setdefault("schemas", {})
    problem = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    needed = permissions(app)
    for path, operations in described["paths"].items():
        for method in HTTP_METHODS:
            if method in operations:
                _complete(operations[method], needed.get((method.upper(), path), frozenset()))
    described["components"]["securitySchemes"] = {
        "session": {"type": "apiKey", "in": "cookie", "name": "tenure_session"},
        "key": {"type": "http", "scheme": "bearer", "description": "An API key, `tk_…`."},
    }
    return described


def _complete(operation: dict[str, object], needed: frozenset[str]) -> None:
    permission = ", ".join(sorted(needed)) or ANYONE
    who = _WHO.get(permission, f"Needs the permission `{permission}`.")
    operation["x-permission"] = permission
    operation["description"] = f"{operation.get('description', '')}\n\n{who}".strip()
    if permission == MEMBER:
        operation["security"] = [{"session": []}]
    elif permission != ANYONE:
        operation["security"] = [{"session": []}, {"key": []}]
    responses = operation["responses"]
    assert isinstance(responses, dict)
    responses.pop("422", None)
    schema = {"$ref": "#/components/schemas/Problem"}
    responses["default"] = {
        "description": "What prevented it, in both languages",
        "content": {"application/problem+json": {"schema": schema}},
    }


def _declared(dependant: Dependant) -> Iterator[str]:
    for inner in dependant.dependencies:
        permission = permission_of(inner.call)
        if permission is not None:
            yield permission
        yield from _declared(inner)
