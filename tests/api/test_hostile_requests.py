"""Requests that mean harm: fields that are nobody's to send, addresses, bombs, forged lines."""

from __future__ import annotations

import ast
import base64
import gzip
import json
import logging
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from starlette.testclient import TestClient

from api.service import Service
from engine.gallery.tables import print_
from http_support import LIMIT, is_problem, picture, upload, with_token

JSON = {"Content-Type": "application/json"}
IMAGE = base64.b64encode(picture(110)).decode()


@pytest.fixture(scope="module")
def interface(client: TestClient) -> dict[str, Any]:
    """The description."""
    return client.get("/openapi.json").json()


def taken(interface: dict[str, Any]) -> set[str]:
    """Names of all schemas that a JSON body is made of, however deep."""
    schemas = interface["components"]["schemas"]
    waiting = [
        operation["requestBody"]["content"]["application/json"]["schema"]
        for methods in interface["paths"].values()
        for operation in methods.values()
        if "application/json" in operation.get("requestBody", {}).get("content", {})
    ]
    found: set[str] = set()
    while waiting:
        node = waiting.pop()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            name = str(node.get("$ref", "")).rpartition("/")[2]
            if name and name not in found:
                found.add(name)
                waiting.append(schemas[name])
            waiting += [value for key, value in node.items() if key != "$ref"]
    return found


def test_no_body_takes_what_is_not_declared(interface: dict[str, Any]) -> None:
    """So that no owner, class or score is set on the way (mass assignment)."""
    schemas = interface["components"]["schemas"]
    objects = {name for name in taken(interface) if schemas[name].get("type") == "object"}
    assert len(objects) > 15
    open_ones = {name for name in objects if schemas[name].get("additionalProperties") is not False}
    assert open_ones == set()


@pytest.mark.parametrize("field", ["owner_ncb", "classification", "score", "revision", "_links"])
@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/persons", {"ncb": "FR"}),
        ("/v1/searches", {"image": IMAGE}),
        ("/v1/notices", {"colour": "blue", "fields": {"name": "TAMESHI"}}),
    ],
)
def test_no_field_is_assigned_on_the_way(
    client: TestClient, path: str, body: dict[str, Any], field: str
) -> None:
    """Whatever is sent beside what is declared is named and refused."""
    refused = client.post(path, json={**body, field: 3})
    assert is_problem(refused, 422, "invalid")
    assert field in [one["field"] for one in refused.json()["errors"]]


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest", "file:///etc/passwd", "//localhost/x", "/etc/passwd"],
)
def test_no_address_is_followed(client: TestClient, address: str) -> None:
    """An image is bytes; there is no field for a place to fetch it from, or to call back."""
    refused = client.post("/v1/searches", json={"image": address})
    assert refused.status_code == 422
    for field in ("imageRef", "image_url", "callback", "webhook"):
        refused = client.post("/v1/searches", json={"image": IMAGE, field: address})
        assert is_problem(refused, 422, "invalid")


def test_a_packed_body_is_not_unpacked(client: TestClient) -> None:
    """What it says of its packing does not count: it is no JSON."""
    packed = gzip.compress(b'{"ncb": "FR", "family_name": "' + b"a" * 50_000_000 + b'"}')
    assert len(packed) < LIMIT
    for packing in ("gzip", "deflate", "br"):
        sent = client.post(
            "/v1/persons", content=packed, headers={**JSON, "Content-Encoding": packing}
        )
        assert sent.status_code in (400, 415, 422)


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "C:\\x\\y.png", "=cmd|' /C calc'!A0", "a.exe"]
)
def test_a_name_is_only_for_messages(
    client: TestClient, service: Service, person: str, name: str
) -> None:
    """Kind and place of what is stored come from its content and number, not from its name."""
    files = [("image", (name, picture(111), "text/html"))]
    made = client.post(f"/v1/persons/{person}/encounters", files=files)
    assert made.status_code == 201
    number = made.json()["prints"][0]["id"]
    image = client.get(f"/v1/prints/{number}/image")
    assert (image.headers["content-type"], image.content[1:4]) == ("image/png", b"PNG")
    assert "content-disposition" not in image.headers
    with service.catalogue.reading() as connection:
        kept = connection.execute(select(print_.c.source).where(print_.c.id == number)).scalar()
    assert kept in (name, re.split(r"[/\\]", name)[-1])


def test_no_line_of_the_log_is_forged(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    """Neither by a token, a path, a file's name nor a header."""
    caplog.set_level(logging.DEBUG, "whorl")
    forged = "x\r\nERROR:root:forged"
    stranger = with_token(client, None)
    stranger.get("/v1/me", headers={"Authorization": f"Bearer {forged}"})
    stranger.get("/v1/me", headers={"Authorization": "Bearer " + "a" * 100_000})
    client.get("/v1/persons/x%0d%0aERROR:root:forged")
    client.get("/v1/%0d%0aERROR:root:forged")
    client.get("/v1/notices", headers={"Whorl-Case-Ref": forged})
    client.post("/v1/searches", json={"image": "", "filename": forged})
    for record in caplog.records:
        assert "\n" not in record.getMessage()
        assert "\r" not in record.getMessage()
        assert len(record.getMessage()) < 2_000


@pytest.mark.parametrize(
    ("headers", "query"),
    [
        ({"Whorl-Case-Ref": "x" * 201}, ""),
        ({"If-Match": "1" * 100_000}, ""),
        ({}, "name=" + "x" * 50_000),
        ({}, "&".join(f"f{n}=1" for n in range(5_000))),
        ({}, "resultPerPage=" + "9" * 5_000),
    ],
)
def test_long_headers_and_queries_are_bounded(
    client: TestClient, headers: dict[str, str], query: str
) -> None:
    """Refused, or of no effect; nothing fails here, and the answer is short."""
    answer = client.get(f"/v1/notices?{query}", headers=headers)
    assert answer.status_code in (200, 400, 422)
    assert len(answer.content) < 2_000_000


def test_all_refusals_of_a_token_are_the_same_bytes(client: TestClient) -> None:
    """None, malformed, of another algorithm, or of nobody."""
    none = base64.urlsafe_b64encode(json.dumps({"alg": "none"}).encode()).decode().rstrip("=")
    hs256 = base64.urlsafe_b64encode(json.dumps({"alg": "HS256"}).encode()).decode().rstrip("=")
    tokens = [None, "x", f"{none}.e30.", f"{hs256}.e30.AAAA", "a.b.c", "\u00e9"]
    answers = [
        TestClient(client.app).get(
            "/v1/me", headers={} if token is None else {"Authorization": f"Bearer {token}".encode()}
        )
        for token in tokens
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1


def test_a_candidate_is_never_called_an_identification(client: TestClient) -> None:
    """Every answer says that it is a lead."""
    answer = client.post("/v1/searches", files=[upload(picture(112))]).json()
    assert "not an identification" in answer["note"]


@pytest.mark.parametrize("signs", ["[]", "{}"])
def test_a_deep_body_is_refused(client: TestClient, signs: str) -> None:
    """Before it fills the stack."""
    depth = LIMIT // 4
    body = '{"ncb": ' + signs[0] * depth if signs == "[]" else '{"a":' * (depth // 5)
    answer = client.post("/v1/persons", content=body, headers=JSON)
    assert answer.status_code in (400, 413, 422)
    assert len(answer.content) < 10_000


def test_a_form_of_many_parts_is_refused(client: TestClient) -> None:
    """Long before the body is as large as it may be."""
    part = '--x\r\nContent-Disposition: form-data; name="f"\r\n\r\n\r\n'
    answer = client.post(
        "/v1/searches",
        content=part * (LIMIT // len(part) - 1) + "--x--\r\n",
        headers={"Content-Type": "multipart/form-data; boundary=x"},
    )
    assert answer.status_code in (400, 422)


def test_no_answer_is_a_table_for_a_spreadsheet(interface: dict[str, Any]) -> None:
    """So nothing that somebody wrote becomes a formula there; batches are Parquet."""
    types = {
        name
        for methods in interface["paths"].values()
        for operation in methods.values()
        for response in operation["responses"].values()
        for name in response.get("content", {})
    }
    assert not {name for name in types if "csv" in name or "excel" in name or "sheet" in name}


FORBIDDEN = {"pickle", "marshal", "shelve", "dill", "joblib", "yaml", "cloudpickle"}


def test_no_bytes_from_outside_become_code() -> None:
    """No module loads objects from bytes, and none runs text."""
    root = Path(__file__).parents[2]
    for room in ("api", "engine", "indexer"):
        for path in (root / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for node in ast.walk(tree):
                if isinstance(node, ast.Import):
                    assert not {one.name.partition(".")[0] for one in node.names} & FORBIDDEN, path
                elif isinstance(node, ast.ImportFrom):
                    assert (node.module or "").partition(".")[0] not in FORBIDDEN, path
                elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                    assert node.func.id not in ("eval", "exec"), path
