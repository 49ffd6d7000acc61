"""Tokens of the built-in issuer (RFC 6749, RFC 7009)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.descriptions import REFERENCE, problems
from api.schemas.tokens import OAuthProblem, TokenView, show_grant
from api.service import Service, ServiceDep
from api.signing_in import built_in_issuer, counted_try
from api.token_form import OAuthError, TokenForm, TokenFormDep
from engine.errors import Forbidden, SignInRefused
from engine.identity.issuer import Grant

router = APIRouter(prefix="/v1/token", tags=["identity"])

_TEXT = {"type": "string"}


def _form(required: list[str], *optional: str) -> dict[str, Any]:
    """Declares a form."""
    fields = dict.fromkeys((*required, *optional), _TEXT)
    schema = {"type": "object", "required": required, "properties": fields}
    content = {"application/x-www-form-urlencoded": {"schema": schema}}
    return {"requestBody": {"required": True, "content": content}}


def _refusals(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Declares the refusals of RFC 6749."""
    schema = {"$ref": REFERENCE.format(model="OAuthProblem")}
    content = {"application/json": {"schema": schema}}
    return {code: {"description": "Refused.", "content": content, "model": OAuthProblem}
            for code in codes}  # fmt: skip


@router.post(
    "",
    response_model_exclude_none=True,
    responses={**_refusals(400, 401), **problems(404, 413, 429, 503)},
    openapi_extra=_form(
        ["grant_type"], "username", "password", "refresh_token", "client_id", "client_secret",
        "scope",
    ),
)  # fmt: skip
def post_token(request: Request, form: TokenFormDep, service: ServiceDep) -> TokenView:
    """Sign in with a password, go on with a refresh token, or admit a service.

    `grant_type` is `password` (with `username` and `password`), `refresh_token` or
    `client_credentials` (with id and secret in the header or the form). Without `scope` a token
    allows all that the user's roles do. A refresh token is good for one use; one that comes again
    ends the sign-in.
    """
    try:
        with counted_try(request, service):
            if isinstance(form, OAuthError):
                raise form
            return show_grant(_grant(service, form))
    except SignInRefused as error:
        raise OAuthError(_code_of(form), str(error)) from error
    except Forbidden as error:
        raise OAuthError("invalid_scope", str(error)) from error


@router.post(
    "/revoke",
    status_code=200,
    response_class=Response,
    responses={**_refusals(400), **problems(404, 413, 429, 503)},
    openapi_extra=_form(["token"], "token_type_hint"),
)
def post_revocation(request: Request, form: TokenFormDep, service: ServiceDep) -> Response:
    """Sign out: ends the sign-in of an access or refresh token. Unknown tokens are no error."""
    with counted_try(request, service):
        if isinstance(form, OAuthError):
            raise form
        built_in_issuer(service).revoke(form.need("token"))
    return Response()


def _code_of(form: TokenForm | OAuthError) -> str:
    """The code of a wrong proof: of a client's, or of any other."""
    fields = {} if isinstance(form, OAuthError) else form.fields
    service_asks = fields.get("grant_type") == "client_credentials"
    return "invalid_client" if service_asks else "invalid_grant"


def _grant(service: Service, form: TokenForm) -> Grant:
    """What a form asks for.

    Raises:
        OAuthError: it asks for nothing that there is.
        SignInRefused: the proof is wrong.
        Forbidden: none of the scopes is the user's.
    """
    issuer = built_in_issuer(service)
    match form.need("grant_type"):
        case "password":
            return issuer.sign_in(form.need("username"), form.need("password"), form.scopes)
        case "refresh_token":
            return issuer.refresh(form.need("refresh_token"), form.scopes)
        case "client_credentials":
            return issuer.admit_service(form.client_id, form.client_secret, form.scopes)
        case _:
            known = "password, refresh_token and client_credentials"
            raise OAuthError("unsupported_grant_type", f"grant types are {known}")


async def answer_oauth_error(_: Request, error: Exception) -> JSONResponse:
    """The answer of RFC 6749, section 5.2."""
    assert isinstance(error, OAuthError)  # noqa: S101 - the handler is registered for it alone
    content = OAuthProblem(error=error.code, error_description=error.description)
    if error.code == "invalid_client":
        challenge = {"WWW-Authenticate": 'Basic realm="whorl"'}
        return JSONResponse(content.model_dump(), 401, challenge)
    return JSONResponse(content.model_dump(), 400)
