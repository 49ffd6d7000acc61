"""A server for tests, with an extractor that needs no network and no fingers."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import numpy as np
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from engine.errors import CatalogueBusy, NoFingerprint, StorageError
from engine.images import encode_png
from engine.records import PrintImage, Template
from engine.settings import Settings
from support import make_template

TOKEN = "an-invented-token"

LIMIT = 200_000
"""Bytes that a body may have."""

BLANK = 250
"""Grey level from which the fake extractor sees no finger."""

CRASH, NO_DISK, BUSY = 241, 242, 243
FAILURES = {
    CRASH: RuntimeError("secret internals"),
    NO_DISK: StorageError("/secret/place: cannot be read"),
    BUSY: CatalogueBusy("/secret/place: held by another writer"),
}
"""Grey levels that make the fake extractor fail in other ways."""

PROBLEM = "application/problem+json"


class FakeExtractor:
    """Takes a picture's grey level for a finger: pictures of one level are of one finger."""

    name = "fake-1"

    def extract(self, image: PrintImage) -> Template:
        """A template that depends on the grey level alone."""
        level = round(float(image.pixels.mean()))
        if level in FAILURES:
            raise FAILURES[level]
        if level >= BLANK:
            raise NoFingerprint(f"{image.name} is blank: it has no contrast")
        return make_template(level)


def picture(level: int, side: int = 120) -> bytes:
    """A PNG of one grey level."""
    return encode_png(np.full((side, side), level, np.uint8))


def upload(data: bytes, name: str = "print.png") -> tuple[str, tuple[str, bytes]]:
    """A file in the field `image` of a form."""
    return ("image", (name, data))


def make_settings(folder: Path) -> Settings:
    """Settings of a small server, whatever the environment says."""
    return Settings(data_dir=folder, database_url=None, token=TOKEN, max_upload_bytes=LIMIT)


def make_app(settings: Settings, extractor: Any = None) -> FastAPI:
    """An application with the fake extractor, or another one."""
    return create_app(settings, lambda _: extractor or FakeExtractor())


def bearing(client: TestClient, token: str = TOKEN) -> TestClient:
    """The client with a token on every request."""
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def is_problem(response: Any, status: int, slug: str) -> bool:
    """Whether an answer is a problem of the one shape, of this status and kind."""
    problem = response.json()
    return (
        response.status_code == problem["status"] == status
        and response.headers["content-type"] == PROBLEM
        and set(problem) == {"type", "title", "status", "detail", "errors"}
        and problem["type"] == f"urn:whorl:problem:{slug}"
    )


def await_end(client: TestClient, path: str) -> dict[str, Any]:
    """A job when it has ended."""
    for _ in range(500):
        job: dict[str, Any] = client.get(path).json()
        if job["state"] in ("done", "failed"):
            return job
        time.sleep(0.02)
    raise AssertionError(f"{path} does not end")
