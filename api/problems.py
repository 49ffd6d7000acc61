"""Every error as an RFC 9457 problem, from one table.

Messages about what the caller gave are passed on. Messages about this machine name its files and
parts, so they go to the log and the caller gets a general one.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import Field
from starlette.exceptions import HTTPException

from api.errors import (
    BodyTooLarge,
    BodyTooSlow,
    IssuerUnreachable,
    QueueFull,
    TooManyStreams,
    TooManyTries,
    UnknownMedia,
    Unparsable,
)
from api.schemas.base import Body
from engine import errors

MEDIA_TYPE = "application/problem+json"

RETRY_AFTER = "5"
"""Seconds after which a passing trouble is worth another try."""

log = logging.getLogger("whorl.api")


class FieldProblem(Body):
    """What is wrong with one field of a request."""

    field: str = Field(examples=["top"])
    message: str = Field(examples=["Input should be less than or equal to 100"])


class Problem(Body):
    """An error (RFC 9457)."""

    type: str = Field(description="Tells the kind apart.", examples=["urn:whorl:problem:bad-image"])
    title: str = Field(description="The kind in words.", examples=["The image cannot be used"])
    status: int = Field(examples=[422])
    detail: str = Field(examples=["probe.png: the file is empty"])
    errors: list[FieldProblem] = Field(default=[], description="One for each field that is wrong.")


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of error is shown.

    Attributes:
        status: of HTTP.
        slug: last part of the problem's type.
        title: the kind in words.
        detail: what to say in place of the error's own message, if that is not for callers.
        passing: whether another try may succeed.
    """

    status: int
    slug: str
    title: str
    detail: str | None = None
    passing: bool = False


UNAUTHORISED = Kind(401, "unauthorised", "A valid bearer token is needed")

TABLE: Mapping[type[Exception], Kind] = {
    errors.ImageTooLarge: Kind(413, "image-too-large", "The image is too large"),
    errors.NoFingerprint: Kind(422, "no-fingerprint", "The image shows too little of a finger"),
    errors.BadImage: Kind(422, "bad-image", "The image cannot be used"),
    errors.BadTemplate: Kind(422, "bad-template", "The minutiae record cannot be used"),
    errors.BadInput: Kind(400, "bad-request", "A value of the request is unknown or malformed"),
    errors.NotFound: Kind(404, "not-found", "There is no such record"),
    errors.Conflict: Kind(409, "conflict", "The record exists already or has changed meanwhile"),
    errors.StaleVersion: Kind(412, "stale", "The record has changed since you read it"),
    errors.Forbidden: Kind(403, "forbidden", "You may not do this"),
    errors.BadToken: UNAUTHORISED,
    errors.SignInRefused: Kind(400, "sign-in-refused", "The sign-in is refused"),
    errors.CatalogueBusy: Kind(
        503, "busy", "The catalogue is busy", "Another writer holds the catalogue.", passing=True
    ),
    errors.DiskFull: Kind(
        503, "storage", "The storage failed", "There is no space left; nothing was changed."
    ),
    errors.StorageError: Kind(
        503, "storage", "The storage failed", "The catalogue or the index cannot be used."
    ),
    errors.MissingPart: Kind(
        503, "missing-part", "A part is missing", "This machine lacks a part that is needed."
    ),
    Unparsable: Kind(400, "unparsable", "The body cannot be read"),
    UnknownMedia: Kind(415, "unknown-media", "The body is of an unknown type"),
    BodyTooLarge: Kind(413, "body-too-large", "The body is too large"),
    BodyTooSlow: Kind(408, "body-too-slow", "The body did not arrive in time"),
    QueueFull: Kind(503, "queue-full", "Too much work is waiting", passing=True),
    TooManyTries: Kind(429, "too-many-tries", "Too many tries", passing=True),
    errors.QuotaSpent: Kind(429, "quota-spent", "The quota of today is spent", passing=True),
    TooManyStreams: Kind(429, "too-many-streams", "Too many streams are open", passing=True),
    IssuerUnreachable: Kind(
        503,
        "issuer-unreachable",
        "Tokens cannot be verified",
        "The keys of the issuer of tokens cannot be read.",
        passing=True,
    ),
}
"""Looked up along an error's ancestors, the nearest first."""

INTERNAL = Kind(500, "internal", "Something went wrong here", "The error is in this machine's log.")
INVALID = Kind(422, "invalid", "The request does not fit its description")


def kind_of(error: Exception) -> Kind:
    """How an error is shown."""
    return next((TABLE[kind] for kind in type(error).__mro__ if kind in TABLE), INTERNAL)


def describe(error: Exception) -> Problem:
    """An error as a problem; one that is not for callers is logged."""
    kind = kind_of(error)
    if kind.detail is not None:
        log.error("%s: %s", kind.title, error, exc_info=error if kind is INTERNAL else None)
    return make_problem(kind, kind.detail or str(error))


def make_problem(kind: Kind, detail: str, fields: Sequence[FieldProblem] = ()) -> Problem:
    """A problem of a kind."""
    return Problem(
        type=f"urn:whorl:problem:{kind.slug}",
        title=kind.title,
        status=kind.status,
        detail=detail,
        errors=list(fields),
    )


def respond(problem: Problem, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem as a response."""
    return JSONResponse(
        problem.model_dump(), problem.status, dict(headers or {}), media_type=MEDIA_TYPE
    )


def respond_to(error: Exception) -> JSONResponse:
    """The response to an error."""
    seconds = str(getattr(error, "retry_after", RETRY_AFTER))
    headers = {"Retry-After": seconds} if kind_of(error).passing else {}
    return respond(describe(error), headers)


def add_handlers(app: FastAPI) -> None:
    """Let an application answer every error with a problem."""
    app.add_exception_handler(errors.WhorlError, _on_known)
    for error in TABLE:
        if not issubclass(error, errors.WhorlError):
            app.add_exception_handler(error, _on_known)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(HTTPException, _on_http)


async def _on_known(_: Request, error: Exception) -> JSONResponse:
    """An error of the table."""
    return respond_to(error)


async def _on_invalid(_: Request, error: Exception) -> JSONResponse:
    """A request that does not fit its description; what was given is not repeated."""
    given: Sequence[Any] = getattr(error, "errors", list)()
    if any(one["type"] == "json_invalid" for one in given):
        return respond_to(Unparsable("the body is no JSON"))
    fields = [FieldProblem(field=_field(one["loc"]), message=one["msg"]) for one in given]
    detail = "; ".join(f"{one.field}: {one.message}" for one in fields)
    return respond(make_problem(INVALID, detail, fields))


def _field(place: Sequence[str | int]) -> str:
    """Name of a field, without the part of the request that it is in."""
    inside = place[1:] if place and place[0] in ("body", "query", "path", "header") else place
    return ".".join(str(part) for part in inside) or "body"


async def _on_http(_: Request, error: Exception) -> JSONResponse:
    """What the framework itself refuses: unknown paths and methods."""
    status = getattr(error, "status_code", 500)
    title = HTTPStatus(status).phrase
    slug = title.lower().replace(" ", "-")
    problem = make_problem(Kind(status, slug, title), str(getattr(error, "detail", title)))
    return respond(problem, getattr(error, "headers", None))
