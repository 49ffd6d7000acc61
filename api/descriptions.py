"""The description of the interface (OpenAPI), where the framework cannot tell it by itself."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.access import ROUTES, Access
from api.problems import (
    INVALID,
    MEDIA_TYPE,
    RETRY_AFTER,
    TABLE,
    Kind,
    Problem,
    make_problem,
)
from api.schemas.latent_orders import LatentBody
from api.schemas.orders import MAX_FINGERS, EncounterOrder, SearchOrder
from engine.identity.roles import SCOPE_MEANING, Scope

REFERENCE = "#/components/schemas/{model}"

DESCRIPTION = """\
Search a fingerprint among the persons on record and get a ranked list of candidates, each with
links to the person and the notices about the person. **A candidate is a lead, not an
identification.**

Sign in at `/v1/token`; what follows needs the header `Authorization: Bearer TOKEN`, and each route
a scope that the token must carry. A token lasts ten minutes. Errors are problems (RFC 9457).
Coordinates are pixels at 500 ppi from the top left corner with y down, directions are radians
counter-clockwise from the right, as seen.
"""

_BINARY = {"type": "string", "contentMediaType": "application/octet-stream"}
_IMAGE = {**_BINARY, "description": "PNG, BMP, TIFF, JPEG, JPEG 2000 or WSQ."}


def problems(*codes: int) -> dict[int | str, dict[str, Any]]:
    """Declares the problems that a route may answer with."""
    return {code: _problem_response(code) for code in codes}


def _problem_response(code: int) -> dict[str, Any]:
    """A problem with an example of its status."""
    kinds = [*TABLE.values(), INVALID]
    kind = next(kind for kind in kinds if kind.status == code)
    content = {
        "schema": {"$ref": REFERENCE.format(model="Problem")},
        "example": _example(kind).model_dump(),
    }
    response: dict[str, Any] = {
        "description": HTTPStatus(code).phrase,
        "content": {MEDIA_TYPE: content},
    }
    if kind.passing:
        response["headers"] = {
            "Retry-After": {"schema": {"type": "integer"}, "example": int(RETRY_AFTER)}
        }
    return response


def _example(kind: Kind) -> Problem:
    """An invented problem of a kind."""
    return make_problem(kind, kind.detail or f"{kind.title}: here stands what exactly.")


def body_of(json_model: str, form_model: str) -> dict[str, Any]:
    """Declares a body that may be JSON or a form."""
    content = {
        "multipart/form-data": {"schema": {"$ref": REFERENCE.format(model=form_model)}},
        "application/json": {"schema": {"$ref": REFERENCE.format(model=json_model)}},
    }
    return {"requestBody": {"required": True, "content": content}}


def describe_interface(app: FastAPI) -> dict[str, Any]:
    """The whole description."""
    schema = get_openapi(
        title=app.title,
        version=app.version,
        description=DESCRIPTION,
        routes=app.routes,
        tags=app.openapi_tags,
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )
    components = schema["components"]
    components["schemas"].update(_orders())
    components["securitySchemes"] = _security_schemes()
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            _finish(operation, ROUTES.get((method.upper(), path), Scope.ADMIN))
    return schema


def _security_schemes() -> dict[str, Any]:
    """How callers get a token, and how they show one that they have."""
    scopes = {scope.value: meaning for scope, meaning in SCOPE_MEANING.items()}
    flow = {"tokenUrl": "/v1/token", "scopes": scopes}
    flows = {"password": {**flow, "refreshUrl": "/v1/token"}, "clientCredentials": flow}
    return {
        "sign_in": {"type": "oauth2", "flows": flows},
        "token": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    }


def _finish(operation: dict[str, Any], need: Access | Scope) -> None:
    """Declare what is needed, and replace the framework's own form of a 422."""
    responses = operation["responses"]
    responses["422"] = _problem_response(422)  # also of what takes nothing: a control character
    if need is Access.OPEN:
        return
    scopes = [need.value] if isinstance(need, Scope) else []
    operation["security"] = [{"sign_in": scopes}, {"token": []}]
    responses["401"] = _problem_response(401)
    if scopes:
        responses["403"] = _problem_response(403)


def _orders() -> dict[str, Any]:
    """Schemas of the bodies that are read by `api.bodies`, and of problems."""
    schemas: dict[str, Any] = {}
    for model in (SearchOrder, EncounterOrder, LatentBody, Problem):
        schema = model.model_json_schema(ref_template=REFERENCE)
        schemas.update(schema.pop("$defs", {}))
        schemas[model.__name__] = schema
    schemas["SearchForm"] = _search_form(schemas["SearchOrder"])
    schemas["LatentForm"] = _latent_form(schemas["LatentBody"])
    schemas["EncounterForm"] = _encounter_form(schemas["EncounterOrder"], schemas["PrintOrder"])
    return schemas


def _search_form(order: dict[str, Any]) -> dict[str, Any]:
    """The form of a search: the same fields, the images as files, each with its finger."""
    several = {
        name: {"type": "array", "items": order["properties"][name]} for name in ("finger", "ppi")
    }
    images = {"type": "array", "items": _IMAGE, "minItems": 1, "maxItems": MAX_FINGERS}
    fields = {**order["properties"], "image": images, **several}
    del fields["filename"], fields["others"]  # they come with the files
    fields["minutiae"] = _as_json(fields["minutiae"])
    return {"type": "object", "title": "SearchForm", "properties": fields}


def _latent_form(order: dict[str, Any]) -> dict[str, Any]:
    """The form of a latent: the same fields, the image as a file."""
    fields = {**order["properties"], "image": _IMAGE}
    fields["minutiae"] = _as_json(fields["minutiae"])
    del fields["filename"]
    return {"type": "object", "title": "LatentForm", "properties": fields}


def _as_json(field: dict[str, Any]) -> dict[str, Any]:
    """A list that a form holds as text."""
    text = {"type": "string", "contentMediaType": "application/json"}
    return {**text, "description": f"JSON. {field.get('description', '')}"}


def _encounter_form(order: dict[str, Any], one: dict[str, Any]) -> dict[str, Any]:
    """The form of an enrolment: fields that repeat, once an image."""
    repeated = {
        name: {"type": "array", "items": {**one["properties"][name]}}
        for name in ("finger", "impression_type", "ppi")
    }
    fields = {
        "image": {"type": "array", "items": _IMAGE},
        **repeated,
        **{name: order["properties"][name] for name in ("transaction_id", "purpose", "case_ref")},
    }
    return {"type": "object", "title": "EncounterForm", "required": ["image"], "properties": fields}
