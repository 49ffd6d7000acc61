"""The bearer token that guards the interface until there are real identities."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.problems import UNAUTHORISED, make_problem, respond
from engine.errors import StorageError
from engine.gallery.catalogue import make_folder
from engine.settings import Settings

FILE_NAME = "token"

GUARDED = ("/v1", "/metrics")
"""Paths that need the token. Health and the description of the interface are open."""


def token_path(settings: Settings) -> Path:
    """Where a token is kept that no setting gives."""
    return settings.data_dir / FILE_NAME


def load_token(settings: Settings) -> str:
    """The token of the settings, or else the one in the data folder, made at the first start.

    Raises:
        StorageError: it cannot be read or written, or is empty.
    """
    if settings.token is not None:
        return settings.token
    path = token_path(settings)
    make_folder(settings)
    try:
        token = _create(path) if not path.exists() else path.read_text(encoding="ascii").strip()
    except FileExistsError:
        token = path.read_text(encoding="ascii").strip()  # another process was first
    except OSError as error:
        raise StorageError(f"{path}: {error.strerror}") from error
    if not token:
        raise StorageError(f"{path}: is empty; delete it and a new token is made")
    return token


def _create(path: Path) -> str:
    """Write a new token that only the owner can read."""
    token = secrets.token_urlsafe(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(token + "\n")
    return token


class Guard:
    """Lets only bearers of the token to the guarded paths, before any of the body is read."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application whose state holds the service with the token."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 401."""
        if scope["type"] == "http" and _is_guarded(scope["path"]):
            expected = scope["app"].state.service.token
            if not _matches(Headers(scope=scope).get("authorization", ""), expected):
                await _refuse(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _is_guarded(path: str) -> bool:
    """Whether a path is one of the guarded or below one."""
    return any(path == one or path.startswith(f"{one}/") for one in GUARDED)


def _matches(header: str, expected: str) -> bool:
    """Whether an Authorization header bears the token, in constant time."""
    scheme, _, given = header.partition(" ")
    same = secrets.compare_digest(given.strip().encode(), expected.encode())
    return same and scheme.lower() == "bearer"


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer that the token is missing or wrong; which of the two is not told."""
    problem = make_problem(UNAUTHORISED, "Send the header `Authorization: Bearer TOKEN`.")
    await respond(problem, {"WWW-Authenticate": 'Bearer realm="whorl"'})(scope, receive, send)
