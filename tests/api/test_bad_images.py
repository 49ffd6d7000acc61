"""Images that cannot be used, and trouble on the way."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import pytest
from starlette.testclient import TestClient

from api.service import Service
from engine.images import encode_png
from http_support import BUSY, CRASH, NO_DISK, is_problem, picture, upload


def huge_header() -> bytes:
    """A PNG that announces 20,000 x 20,000 pixels and has none."""
    head = b"IHDR" + struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    chunks = struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))
    end = struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    return b"\x89PNG\r\n\x1a\n" + chunks + end


@pytest.mark.parametrize(
    ("data", "status", "slug", "words"),
    [
        (b"", 422, "bad-image", "is empty"),
        (b"plain text", 422, "bad-image", "not an image"),
        (picture(40)[:-30], 422, "bad-image", "print.png: "),
        (encode_png(np.zeros((1, 1), np.uint8)), 422, "bad-image", "too small"),
        (huge_header(), 413, "image-too-large", "20000 x 20000"),
        (picture(255), 422, "no-fingerprint", "blank"),
    ],
    ids=["empty", "text named .png", "truncated", "1 x 1", "20000 x 20000", "blank"],
)
def test_the_reason_and_the_file_are_named(
    client: TestClient, data: bytes, status: int, slug: str, words: str
) -> None:
    """Each is a problem whose detail begins with the file's name."""
    response = client.post("/v1/searches", files=[upload(data)])
    assert is_problem(response, status, slug)
    assert response.json()["detail"].startswith("print.png")
    assert words in response.json()["detail"]


def test_an_absurd_resolution_is_refused(client: TestClient) -> None:
    """A stated resolution is checked like one of the file."""
    response = client.post("/v1/searches", data={"ppi": "3"}, files=[upload(picture(40))])
    assert is_problem(response, 422, "bad-image")


def test_a_name_cannot_forge_lines(client: TestClient) -> None:
    """Control characters of a file's name do not reach the message."""
    order = {"image": "", "filename": "a\nERROR: forged"}
    response = client.post("/v1/searches", json=order)
    assert is_problem(response, 422, "bad-image")
    assert "\n" not in response.json()["detail"]


@pytest.mark.parametrize(
    ("level", "status", "slug"),
    [(CRASH, 500, "internal"), (NO_DISK, 503, "storage"), (BUSY, 503, "busy")],
)
def test_the_machine_keeps_its_secrets(
    client: TestClient, level: int, status: int, slug: str
) -> None:
    """Errors of the machine tell neither its paths nor its traces."""
    response = client.post("/v1/searches", files=[upload(picture(level))])
    assert is_problem(response, status, slug)
    assert "secret" not in response.text
    assert "Traceback" not in response.text
    assert ("retry-after" in response.headers) == (slug == "busy")


def test_a_refused_print_stores_nothing(client: TestClient, service: Service, person: str) -> None:
    """One bad image of an encounter keeps the good ones out too."""
    before = service.catalogue.now()
    response = client.post(
        f"/v1/persons/{person}/encounters", files=[upload(picture(41)), upload(b"", "second.png")]
    )
    assert is_problem(response, 422, "bad-image")
    assert "second.png" in response.json()["detail"]
    assert service.catalogue.now() == before
    assert client.get(f"/v1/persons/{person}").json()["prints"] == []
