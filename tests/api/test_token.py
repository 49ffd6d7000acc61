"""The token that guards the interface."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.token import load_token, token_path
from engine.errors import StorageError
from engine.settings import Settings
from http_support import LIMIT, TOKEN, is_problem


def nobody(client: TestClient) -> TestClient:
    """A client of the same server without a token."""
    return TestClient(client.app)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/persons/x",
        "/v1/prints/1/image",
        "/v1/notices",
        "/v1/regions",
        "/v1/searches/x",
        "/metrics",
        "/v1/no/such/route",
    ],
)
def test_a_guarded_path_wants_the_token(client: TestClient, path: str) -> None:
    """Without it the answer is a 401 problem that names the scheme."""
    response = nobody(client).get(path)
    assert is_problem(response, 401, "unauthorised")
    assert response.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/openapi.json", "/docs"])
def test_health_and_description_are_open(client: TestClient, path: str) -> None:
    """They need no token."""
    assert nobody(client).get(path).status_code == 200


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", f"Bearer {TOKEN}x", f"Basic {TOKEN}", TOKEN, f"Bearer {TOKEN[:-1]}", "Bearer é"],
)
def test_another_token_is_as_good_as_none(client: TestClient, header: str) -> None:
    """The answer to a wrong token is the answer to no token."""
    wrong = nobody(client).get("/v1/regions", headers={"Authorization": header.encode()})
    assert is_problem(wrong, 401, "unauthorised")
    assert wrong.json() == nobody(client).get("/v1/regions").json()


def test_the_scheme_may_be_written_in_any_case(client: TestClient) -> None:
    """RFC 9110 compares schemes without regard to case."""
    response = nobody(client).get("/v1/regions", headers={"Authorization": f"bearer {TOKEN}"})
    assert response.status_code == 200


def test_strangers_cannot_make_the_server_read(client: TestClient) -> None:
    """401 comes before the body is looked at, even before its size is."""
    response = nobody(client).post("/v1/searches", content=b"x" * (LIMIT + 1))
    assert is_problem(response, 401, "unauthorised")


def test_a_token_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    """The first start writes it, later starts read it; only the owner may read the file."""
    settings = Settings(data_dir=tmp_path / "data", token=None)
    token = load_token(settings)
    assert len(token) >= 32
    assert load_token(settings) == token
    assert stat.S_IMODE(token_path(settings).stat().st_mode) == 0o600


def test_an_empty_token_file_lets_nobody_in(tmp_path: Path) -> None:
    """It is an error that names the file, not a token of no letters."""
    token_path(Settings(data_dir=tmp_path)).write_text("\n")
    with pytest.raises(StorageError, match="token: is empty"):
        load_token(Settings(data_dir=tmp_path, token=None))
