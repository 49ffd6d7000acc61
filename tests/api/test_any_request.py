"""Requests made up from the description: none fails here, and every answer is as described."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from starlette.testclient import TestClient

from api.access import API_ROUTES
from http_support import picture, upload
from world_support import ASYNC, OWNER, make_world

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

WAYS = {
    "fitting": (GenerationMode.POSITIVE, 5),
    "broken": (GenerationMode.NEGATIVE, 5),
    "about records": (GenerationMode.POSITIVE, 3),
}
"""What the description allows, what it forbids, and the former about what is on record; with the
number of requests of each route."""


def is_possible(path: str, way: str) -> bool:
    """Whether a route takes such requests: what takes nothing can get nothing wrong."""
    bare = path.startswith("/.well-known") or path in ("/healthz", "/readyz")
    return not bare if way == "broken" else way == "fitting" or "{" in path


CALLS = [
    (method, path, way) for method, path in API_ROUTES for way in WAYS if is_possible(path, way)
]


@pytest.fixture(scope="module")
def schema(client: TestClient) -> Any:
    """The description of a running server."""
    return schemathesis.openapi.from_asgi("/openapi.json", client.app)


@pytest.fixture(scope="module")
def there(client: TestClient) -> dict[str, Any]:
    """Parameters of paths to what is on record, by their names."""
    world = make_world(client, "there", 100)
    job = client.post("/v1/searches", files=[upload(picture(100))], headers=ASYNC).json()["id"]
    known = {**asdict(world), "case_id": world.case, "hit_id": world.hit, "code": OWNER}
    return {
        **known, "person_id": world.person, "thread_id": world.thread, "user_id": world.user,
        "latent_id": world.latent, "probe_id": world.probe,
        "job_id": job, "colour": "blue", "place": 1, "entry": 1,
    }  # fmt: skip


@pytest.mark.parametrize(("method", "path", "way"), CALLS)
def test_any_request_is_answered_as_described(
    client: TestClient, schema: Any, there: dict[str, Any], method: str, path: str, way: str
) -> None:
    """With a status, a type, headers and a body that the description knows, and never a 5xx."""
    mode, count = WAYS[way]
    number = there["notice"].rpartition("/")[2] if "notices" in path else 1

    @given(case=schema[path][method].as_strategy(generation_mode=mode))
    @settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any) -> None:
        if way == "about records":
            named = {**there, "number": number}
            given = case.path_parameters
            case.path_parameters = {name: named.get(name, given[name]) for name in given}
        response = case.call(headers={"Authorization": client.headers["Authorization"]})
        case.validate_response(response, checks=CHECKS)

    send()
