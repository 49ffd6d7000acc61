"""Control characters are refused at the door, whatever the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from engine.notices import Colour
from http_support import bearing, is_problem, make_app, make_settings, picture, upload
from notice_support import FIELDS

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def server(tmp_path: Path, database_url: str | None) -> Iterator[TestClient]:
    """A server on each database."""
    settings = make_settings(tmp_path / "data").model_copy(update={"database_url": database_url})
    with TestClient(make_app(settings)) as client:
        yield bearing(client)


def fields(response: Any) -> list[str]:
    """The fields that a problem names."""
    assert is_problem(response, 422, "invalid"), response.text
    return [one["field"] for one in response.json()["errors"]]


def test_no_nul_reaches_a_database(server: TestClient) -> None:
    """In a body, at any depth, in a query, a form, the name of a file or a header."""
    person = {"id": "FR-1", "ncb": "FR", "family_name": "a\0b"}
    notice = {"colour": "blue", "fields": {**FIELDS[Colour.BLUE], "aliases": ["a", "b\0"]}}
    keyed = {"colour": "blue", "fields": {**FIELDS[Colour.BLUE], "a\0": 1}}
    assert fields(server.post("/v1/persons", json=person)) == ["family_name"]
    assert fields(server.post("/v1/notices", json=notice)) == ["fields.aliases.1"]
    assert fields(server.post("/v1/notices", json=keyed)) == ["fields.a?"]
    assert fields(server.get("/v1/notices?name=a%00b")) == ["name"]
    sent = server.post("/v1/searches", data={"case_ref": "a\0"}, files=[upload(picture(30))])
    assert fields(sent) == ["case_ref"]
    assert server.get("/v1/persons/%00").status_code == 404
    token = server.post("/v1/token", data={"grant_type": "password", "username": "a\0"})
    assert (token.status_code, token.json()["error"]) == (400, "invalid_request")


@pytest.mark.parametrize("character", ["\0", "\x08", "\x1b", "\x7f", "\x9b", "\ud800"])
def test_every_control_character_is_refused(client: TestClient, character: str) -> None:
    """Escapes of terminals and halves of characters too, written as JSON may write them."""
    for body in (f"a{character}", f"{character}a"):
        content = json.dumps({"id": "FR-1", "ncb": "FR", "forename": body}).encode()
        assert fields(client.post("/v1/persons", content=content, headers=JSON)) == ["forename"]


def test_line_breaks_are_for_free_text(client: TestClient) -> None:
    """A reason may have lines; a query and a header may not."""
    facts = {**FIELDS[Colour.BLUE], "description": "One line.\n\tAnother."}
    assert client.post("/v1/notices", json={"colour": "blue", "fields": facts}).status_code == 201
    assert fields(client.get("/v1/notices?name=a%0Ab")) == ["name"]
    assert fields(client.get("/v1/notices", headers={"Whorl-Case-Ref": "a\nb"})) == [
        "whorl-case-ref"
    ]


def test_other_letters_pass(client: TestClient) -> None:
    """In bodies, queries and headers, whatever bytes they are made of."""
    assert client.get("/v1/notices", params={"name": "\u00c0\u0410\u0627"}).status_code == 200
    headers = {"Whorl-Case-Ref": "\u00c0 1".encode()}
    assert client.get("/v1/notices", headers=headers).status_code == 200
    person = {"ncb": "FR", "family_name": "\\u0000 \u00c0\U0001f600"}
    made = client.post("/v1/persons", json=person)
    assert (made.status_code, made.json()["family_name"]) == (201, person["family_name"])


@pytest.mark.parametrize("body", [b'{"id": "\\u0000"', b"\0"])
def test_what_is_no_json_stays_none(client: TestClient, body: bytes) -> None:
    """The check of its texts leaves it to others."""
    refused = client.post("/v1/persons", content=body, headers=JSON)
    assert is_problem(refused, 400, "unparsable")


@pytest.mark.parametrize("path", ["/v1/persons", "/v1/notices", "/v1/searches"])
def test_a_deep_body_is_refused(client: TestClient, path: str) -> None:
    """Whether it ends or not, and though a control character hides at its bottom."""
    bottom = b'"\\u0000"'
    for depth in (500, 5_000, 80_000):
        for body in (b"[" * depth + bottom, b"[" * depth + bottom + b"]" * depth):
            sent = client.post(path, content=b'{"fields": ' + body + b"}", headers=JSON)
            assert sent.status_code in (400, 422)
            assert "detail" in sent.json()
