"""Errors that no route makes itself."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from api.problems import TABLE, describe, kind_of
from engine import errors
from http_support import is_problem


def test_an_unknown_path_is_a_problem(client: TestClient) -> None:
    """It is a 404 of the common shape."""
    assert is_problem(client.get("/v1/nothing"), 404, "not-found")
    assert is_problem(client.get("/nothing"), 404, "not-found")


def test_a_wrong_method_is_a_problem(client: TestClient) -> None:
    """It is a 405 that names the right ones."""
    response = client.delete("/v1/persons")
    assert is_problem(response, 405, "method-not-allowed")
    assert response.headers["allow"] == "POST"


def whole_tree(root: type[Exception]) -> list[type[Exception]]:
    """An error with all its descendants."""
    return [root, *(one for child in root.__subclasses__() for one in whole_tree(child))]


@pytest.mark.parametrize("kind", whole_tree(errors.WhorlError)[1:])
def test_every_error_of_the_engine_has_a_place(kind: type[Exception]) -> None:
    """None of them ends as an unexpected one."""
    assert kind_of(kind("x")).slug != "internal"


def test_errors_of_the_machine_are_not_for_callers() -> None:
    """What may name files and parts is replaced by a general message."""
    for kind in [*whole_tree(errors.StorageError), errors.MissingPart]:
        assert "secret" not in describe(kind("/secret/file")).detail


def test_the_table_is_the_only_place_of_status_codes() -> None:
    """Each kind is an error status with words for it."""
    assert all(400 <= kind.status < 600 and kind.title for kind in TABLE.values())


@pytest.mark.parametrize("path", ["/healthz", "/v1/nothing", "/v1/regions"])
def test_every_answer_carries_the_security_headers(client: TestClient, path: str) -> None:
    """Good answers and problems alike."""
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
