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
from engine.gallery.catalogue import Catalogue
from engine.gallery.user_store import find_user
from engine.identity.accounts import NewUser, create_user
from engine.identity.clearance import Clearance
from engine.identity.issuer import Issuer
from engine.identity.roles import FIRST_ROLES, Role
from engine.identity.users import User
from engine.images import encode_png
from engine.records import PrintImage, Template
from engine.settings import Settings
from engine.terminal import operator
from support import make_template

PASSWORD = "an invented password"

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

    def extract(self, image: PrintImage, *, exact_quality: bool = True) -> Template:
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
    return Settings(
        data_dir=folder,
        database_url=None,
        public_url=None,
        audience="whorl",
        signing_keys=None,
        master_key=None,
        master_key_file=None,
        master_key_command=None,
        oidc_issuer=None,
        max_upload_bytes=LIMIT,
        sign_ins_per_minute=10_000,
        probe_days=30,
        events_seconds=0,
        searches_per_minute=100_000,
        enrolments_per_minute=100_000,
    )


def make_app(settings: Settings, extractor: Any = None) -> FastAPI:
    """An application with the fake extractor, or another one."""
    return create_app(settings, lambda _: extractor or FakeExtractor())


def bearing(
    client: TestClient,
    login: str = "tester",
    ncb: str = "FR",
    roles: frozenset[Role] = FIRST_ROLES,
) -> TestClient:
    """The client with a token of a user on every request, by default of one who may do all."""
    service = client.app.state.service
    user = make_user(service.catalogue, login, ncb, roles)
    client.headers["Authorization"] = f"Bearer {make_token(service.authority, user)}"
    return client


def make_user(
    catalogue: Catalogue, login: str, ncb: str = "FR", roles: frozenset[Role] = FIRST_ROLES
) -> User:
    """A user with the invented password; made once, then found again."""
    with catalogue.reading() as connection:
        known = find_user(connection, f"{login}@{ncb.lower()}")
    new = NewUser(login, ncb, f"Invented {login}", roles, Clearance.CONFIDENTIAL)
    return known or create_user(catalogue, new, operator(), PASSWORD).user


def make_token(issuer: Issuer, user: User) -> str:
    """An access token of a user, without the cost of a password."""
    return issuer.begin(user, None, "test").access_token


def with_token(client: TestClient, token: str | None) -> TestClient:
    """Another client of the same server, with this token or with none."""
    other = TestClient(client.app)
    if token is not None:
        other.headers["Authorization"] = f"Bearer {token}"
    return other


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
