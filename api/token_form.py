"""Forms of the token routes (RFC 6749), read within bounds."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated
from urllib.parse import parse_qsl, unquote_plus

from fastapi import Depends, Request

from api.clean_text import IN_LINE
from api.errors import BodyTooLarge
from engine.identity.roles import Scope, known_scopes

MAX_BYTES = 16 * 1024
"""A refresh token or a long password, with room."""

MAX_FIELDS = 20


class OAuthError(Exception):
    """An error of RFC 6749, section 5.2.

    Attributes:
        code: one of the section's codes.
        description: for people.
    """

    def __init__(self, code: str, description: str) -> None:
        super().__init__(description)
        self.code = code
        self.description = description


@dataclass(frozen=True, slots=True)
class TokenForm:
    """The fields of a form, and the client that the header names.

    Attributes:
        fields: by name; empty ones are as good as none.
        client_id, client_secret: from the header, else from the fields; empty if there are none.
    """

    fields: Mapping[str, str] = field(repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)

    def need(self, name: str) -> str:
        """A field that must be there.

        Raises:
            OAuthError: it is not.
        """
        value = self.fields.get(name, "")
        if not value:
            raise OAuthError("invalid_request", f"the field {name} is missing")
        return value

    @property
    def scopes(self) -> frozenset[Scope] | None:
        """The scopes asked for, None for all that the user has."""
        text = self.fields.get("scope", "")
        return known_scopes(text) if text.strip() else None


async def receive_token_form(request: Request) -> TokenForm | OAuthError:
    """Receive a form; what is wrong with it is returned, for the route to answer.

    Raises:
        BodyTooLarge: beyond the limit.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media != "application/x-www-form-urlencoded":
        return OAuthError("invalid_request", "send application/x-www-form-urlencoded")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BYTES:
            raise BodyTooLarge(f"a form may have at most {MAX_BYTES} bytes")
    try:
        return _read(body, request.headers.get("authorization", ""))
    except OAuthError as error:
        return error


def _read(body: bytes, authorization: str) -> TokenForm:
    """The form of a body.

    Raises:
        OAuthError: it is malformed.
    """
    try:
        pairs = parse_qsl(body.decode("utf-8"), max_num_fields=MAX_FIELDS)
    except ValueError as error:
        raise OAuthError("invalid_request", "the form cannot be read") from error
    fields = dict(pairs)
    if len(fields) < len(pairs):
        raise OAuthError("invalid_request", "a field came more than once")
    if any(IN_LINE.search(text) for pair in pairs for text in pair):
        raise OAuthError("invalid_request", "a field holds a control character")
    client = _basic(authorization) or (fields.get("client_id", ""), fields.get("client_secret", ""))
    return TokenForm(fields, *client)


def _basic(header: str) -> tuple[str, str] | None:
    """Id and secret of a client in a header of the Basic scheme; None if it names no client.

    Raises:
        OAuthError: the header cannot be read.
    """
    scheme, _, content = header.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        text = base64.b64decode(content.strip(), validate=True).decode("utf-8")
    except (binascii.Error, ValueError) as error:
        raise OAuthError("invalid_client", "the Authorization header cannot be read") from error
    name, _, secret = text.partition(":")
    if IN_LINE.search(unquote_plus(name)):
        raise OAuthError("invalid_client", "the client's id holds a control character")
    return (unquote_plus(name), unquote_plus(secret)) if name else None


TokenFormDep = Annotated[TokenForm | OAuthError, Depends(receive_token_form)]
