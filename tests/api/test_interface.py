"""The description of the interface is complete and true."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter
from starlette.testclient import TestClient

from api.access import ROUTES, Access
from api.problems import Problem
from api.schemas.base import Body
from engine.identity.roles import Scope
from http_support import PROBLEM


@pytest.fixture(scope="module")
def interface(client: TestClient) -> dict[str, Any]:
    """The description."""
    return client.get("/openapi.json").json()


def operations(interface: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """All operations with their paths."""
    return [
        (path, operation)
        for path, methods in interface["paths"].items()
        for operation in methods.values()
    ]


def test_every_operation_is_described(interface: dict[str, Any]) -> None:
    """In a sentence of its own, under a heading."""
    for path, operation in operations(interface):
        assert operation["description"].endswith("."), path
        assert operation["tags"], path


def test_what_is_guarded_says_so(interface: dict[str, Any]) -> None:
    """What is not open names its scope, the 401 and, with a scope, the 403."""
    for path, methods in interface["paths"].items():
        for method, operation in methods.items():
            need = ROUTES[method.upper(), path]
            answers = operation["responses"]
            assert ("security" in operation) == (need is not Access.OPEN), path
            if need is not Access.OPEN:
                assert "401" in answers, path
                assert ("403" in answers) == isinstance(need, Scope), path


def test_errors_are_declared_as_problems(interface: dict[str, Any]) -> None:
    """With an example of the kind; readiness and refused tokens have a form of their own."""
    for path, operation in operations(interface):
        for status, response in operation["responses"].items():
            content = response.get("content", {})
            if int(status) >= 400 and path != "/readyz" and "application/json" not in content:
                example = content[PROBLEM]["example"]
                assert Problem.model_validate(example).status == int(status)
            elif int(status) >= 400:
                assert path in ("/readyz", "/v1/token", "/v1/token/revoke")


def references(node: Any) -> set[str]:
    """Names of all schemas that are referred to."""
    if isinstance(node, dict):
        own = {node["$ref"].rsplit("/", 1)[1]} if "$ref" in node else set()
        return own.union(*map(references, node.values()))
    return set().union(*map(references, node)) if isinstance(node, list) else set()


def test_nothing_is_referred_to_that_is_not_there(interface: dict[str, Any]) -> None:
    """Every reference has its schema."""
    assert references(interface) <= set(interface["components"]["schemas"])


def bodies() -> list[type[Body]]:
    """All bodies that are declared."""
    found = [Body]
    for one in found:
        found += [child for child in one.__subclasses__() if child not in found]
    return found[1:]


@pytest.mark.parametrize("body", bodies(), ids=lambda body: body.__name__)
def test_examples_are_valid(body: type[Body]) -> None:
    """What the docs show would be taken; what is declared is explained."""
    assert body.__doc__
    for name, field in body.model_fields.items():
        for example in field.examples or []:
            TypeAdapter(Annotated[field.annotation, field]).validate_python(example)
            assert name
    example = (body.model_config.get("json_schema_extra") or {}).get("example")
    if example is not None:
        body.model_validate(example)


@pytest.mark.parametrize("form", ["SearchForm", "EncounterForm"])
def test_forms_hold_files(interface: dict[str, Any], form: str) -> None:
    """The image of a form is binary, and wanted unless minutiae or a latent may come instead."""
    schema = interface["components"]["schemas"][form]
    image = schema["properties"]["image"]
    assert image.get("items", image)["contentMediaType"] == "application/octet-stream"
    assert ("image" in schema.get("required", [])) is ("minutiae" not in schema["properties"])


def test_regions_list_every_bureau(client: TestClient) -> None:
    """Namibia is NA, and in Africa."""
    shown = client.get("/v1/regions").json()["regions"]
    assert len(shown) == 5
    africa = next(one for one in shown if one["name"] == "Africa")
    assert {"code": "NA", "name": "Namibia"} in africa["bureaus"]
    assert sum(len(one["bureaus"]) for one in shown) > 190


def test_the_docs_load_nothing_from_elsewhere(client: TestClient) -> None:
    """Page, script and style come from this server, and its policy allows no other."""
    page = client.get("/docs")
    assert page.status_code == 200
    assert "http" not in page.text.replace("http-equiv", "")
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    for asset in ("swagger-ui-bundle.js", "swagger-ui.css"):
        assert f"/docs/assets/{asset}" in page.text
        assert client.get(f"/docs/assets/{asset}").status_code == 200
