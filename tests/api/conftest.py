"""A server over a bureau that is opened once a module.

Tests take new persons and grey levels of their own, so that none sees another's prints.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator

import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.settings import Settings
from http_support import bearing, make_app, make_settings, picture, upload


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of the module's server."""
    return make_settings(tmp_path_factory.mktemp("bureau"))


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[TestClient]:
    """A client that bears the token."""
    with TestClient(make_app(settings)) as client:
        yield bearing(client)


@pytest.fixture(scope="module")
def service(client: TestClient) -> Service:
    """The parts of the module's server."""
    return client.app.state.service


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    """Numbers that no other test of the module gets."""
    return itertools.count(1)


@pytest.fixture
def person(client: TestClient, numbers: Iterator[int]) -> str:
    """Id of a new person of a European bureau."""
    person_id = f"FR-{next(numbers)}"
    facts = {"id": person_id, "ncb": "FR", "family_name": "Essai", "forename": "Prob"}
    assert client.post("/v1/persons", json=facts).status_code == 201
    return person_id


@pytest.fixture
def enrol(client: TestClient) -> Callable[[str, int], int]:
    """Enrols a picture of a grey level as a person's right index; returns the print's number."""

    def do(person_id: str, level: int) -> int:
        response = client.post(
            f"/v1/persons/{person_id}/encounters",
            data={"finger": "right_index"},
            files=[upload(picture(level))],
        )
        assert response.status_code == 201, response.text
        return response.json()["prints"][0]["id"]

    return do
