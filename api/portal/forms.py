"""Forms of the portal, received within bounds and only with their token."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from api.bodies import Form, Upload, receive
from api.clean_text import faults_of_form, require_none
from api.errors import BodyTooLarge, Unparsable
from api.portal.cookies import SESSION, VISIT
from api.portal.forgery import FIELD, HEADER, SAFE_METHODS, is_token
from engine.errors import Forbidden

MAX_BYTES = 256 * 1024
"""Of a form without files: a long notice in Arabic takes six bytes a letter."""

MAX_FIELDS = 200


@dataclass(frozen=True, slots=True)
class PortalForm:
    """What a page sends.

    Attributes:
        fields: names and values of a form, in order; names may repeat.
        files: of a form, in order; fields left empty are left out.
        data: a body of JSON, sent by a script.
    """

    fields: tuple[tuple[str, str], ...] = ()
    files: tuple[Upload, ...] = ()
    data: bytes = field(default=b"", repr=False)

    def one(self, name: str) -> str:
        """The last value of a field, trimmed; empty if it is not there."""
        return next((value.strip() for key, value in reversed(self.fields) if key == name), "")

    def secret(self, name: str) -> str:
        """The same as it was typed: spaces belong to passwords."""
        return next((value for key, value in reversed(self.fields) if key == name), "")

    def many(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for key, value in self.fields if key == name]


async def verified_form(request: Request) -> PortalForm:
    """The body of a request that changes something; nothing of one that only reads.

    Raises:
        Forbidden: without the token of the session or visit.
        Unparsable, UnknownMedia, BodyTooLarge, RequestValidationError: as for other bodies.
    """
    if request.method in SAFE_METHODS:
        return PortalForm()
    form = await _received(request)
    given = request.headers.get(HEADER) or form.one(FIELD)
    signed_in = getattr(request.state, "session", None) is not None
    if not is_token(given, (SESSION if signed_in else VISIT).read(request)):
        raise Forbidden("the form is out of date: open the page again and repeat")
    return form


def portal_router(name: str) -> APIRouter:
    """A router for pages: whatever changes something goes through `verified_form`."""
    return APIRouter(
        tags=[name],
        include_in_schema=False,
        default_response_class=HTMLResponse,
        dependencies=[Depends(verified_form)],
    )


async def _received(request: Request) -> PortalForm:
    """The body, whatever its type."""
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media in ("application/x-www-form-urlencoded", ""):
        return await _urlencoded(request)
    received = await receive(request)
    if isinstance(received, Form):
        files = tuple(one for one in received.files if one.name or one.data)
        return PortalForm(received.fields, files)
    return PortalForm(data=received)


async def _urlencoded(request: Request) -> PortalForm:
    """A form without files."""
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BYTES:
            raise BodyTooLarge(f"a form without files may have at most {MAX_BYTES} bytes")
    try:
        pairs = parse_qsl(body.decode("utf-8"), keep_blank_values=True, max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise Unparsable("the form cannot be read") from error
    require_none(faults_of_form(pairs, []))
    return PortalForm(tuple(pairs))


FormDep = Annotated[PortalForm, Depends(verified_form)]
