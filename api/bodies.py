"""Bodies of requests that may be JSON or a form: received, then read as one order.

A form is kept in memory however large its files are, so that no probe touches the disk; the
body limit bounds it.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from api.clean_text import faults_of_form, require_none
from api.errors import UnknownMedia, Unparsable
from api.schemas.latent_orders import LatentBody
from api.schemas.orders import MAX_FINGERS, MAX_PRINTS, EncounterOrder, SearchOrder
from engine.errors import BadRequest

MAX_FIELDS = 4 * MAX_PRINTS
"""Text fields of a form: finger, type and resolution of each print, and a few more."""

MAX_FIELD_BYTES = 40_000
"""Of a text field: the minutiae of a print as JSON are the largest."""

_Order = TypeVar("_Order", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of a form: the part that it came in, its name and its bytes."""

    part: str
    name: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Form:
    """A form.

    Attributes:
        fields: names and values, in order; names may repeat.
        files: in order.
    """

    fields: tuple[tuple[str, str], ...]
    files: tuple[Upload, ...]


Received = Form | bytes
"""A form, or the bytes of JSON."""


async def receive(request: Request) -> Received:
    """Receive a body; what it means is read by others, outside the event loop.

    Raises:
        RequestValidationError: a text of a form holds control characters.
        UnknownMedia: neither JSON nor a form.
        Unparsable: a broken form.
        BodyTooLarge: beyond the limit.
    """
    media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media == "application/json":
        return await request.body()
    if media == "multipart/form-data":
        return await _receive_form(request)
    raise UnknownMedia("send multipart/form-data or application/json")


async def _receive_form(request: Request) -> Form:
    """Receive a form."""
    parser = MultiPartParser(
        request.headers,
        request.stream(),
        max_files=MAX_PRINTS,
        max_fields=MAX_FIELDS,
        max_part_size=MAX_FIELD_BYTES,
    )
    parser.spool_max_size = sys.maxsize  # never to a file
    try:
        content = (await parser.parse()).multi_items()
        files = [(name, value) for name, value in content if isinstance(value, UploadFile)]
        fields = [(name, value) for name, value in content if isinstance(value, str)]
        require_none(faults_of_form(fields, [(name, f.filename or "") for name, f in files]))
        return Form(
            tuple(fields),
            tuple([Upload(n, f.filename or "", await f.read()) for n, f in files]),
        )
    except MultiPartException as error:
        raise Unparsable(f"the form cannot be read: {error.message}") from error
    finally:
        for _, value in parser.items:
            if isinstance(value, UploadFile):
                await value.close()


def read_search_order(received: Received) -> SearchOrder:
    """A search from its body.

    Raises:
        RequestValidationError: names each field that is wrong.
        BadRequest: too many images, or a field that does not fit the number of images.
    """
    if isinstance(received, bytes):
        return _parse(SearchOrder, received)
    images = _images(received)
    if len(images) > MAX_FINGERS:
        raise BadRequest(
            f"a search takes up to {MAX_FINGERS} files in the field image, not {len(images)}"
        )
    if not images:
        return _validate(SearchOrder, _single(received.fields))
    repeated = ("finger", "ppi") if len(images) > 1 else ()
    columns = {name: _column(received, name, len(images)) for name in repeated}
    first, *others = [
        {
            "image": image.data,
            "filename": image.name or "probe",
            **{name: values[row] for name, values in columns.items()},
        }
        for row, image in enumerate(images)
    ]
    rest = _single([field for field in received.fields if field[0] not in columns])
    return _validate(SearchOrder, {**first, **rest, "image": first["image"], "others": others})


def read_encounter_order(received: Received) -> EncounterOrder:
    """An enrolment from its body.

    Raises:
        RequestValidationError: names each field that is wrong.
        BadRequest: a repeated field does not fit the number of images.
    """
    if isinstance(received, bytes):
        return _parse(EncounterOrder, received)
    images = _images(received)
    columns = {
        name: _column(received, name, len(images)) for name in ("finger", "impression_type", "ppi")
    }
    prints = [
        {
            "image": image.data,
            "filename": image.name or None,
            **{name: values[row] for name, values in columns.items()},
        }
        for row, image in enumerate(images)
    ]
    rest = _single([field for field in received.fields if field[0] not in columns])
    return _validate(EncounterOrder, {**rest, "prints": prints})


def read_latent_order(received: Received) -> LatentBody:
    """A latent from its body.

    Raises:
        RequestValidationError: names each field that is wrong.
        BadRequest: more than one image.
    """
    if isinstance(received, bytes):
        return _parse(LatentBody, received)
    images = _images(received)
    if len(images) > 1:
        raise BadRequest(f"a latent has one file in the field image, not {len(images)}")
    file = {"image": images[0].data, "filename": images[0].name or "latent"} if images else {}
    return _validate(LatentBody, {**_single(received.fields), **file})


def _images(form: Form) -> list[Upload]:
    """The images of a form.

    Raises:
        BadRequest: a file came in another field.
    """
    strange = sorted({file.part for file in form.files if file.part != "image"})
    if strange:
        raise BadRequest(f"files belong in the field image, not in {', '.join(strange)}")
    return list(form.files)


def _single(fields: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Fields that come once.

    Raises:
        BadRequest: one came again; which value counts would be a guess.
    """
    single: dict[str, str] = {}
    for name, value in fields:
        if name in single:
            raise BadRequest(f"the field {name} came more than once")
        single[name] = value
    return single


def _column(form: Form, name: str, count: int) -> Sequence[str | None]:
    """Values of a field that repeats once an image; None for each if it is left out.

    Raises:
        BadRequest: it came another number of times.
    """
    values = [value for key, value in form.fields if key == name]
    if values and len(values) != count:
        raise BadRequest(f"{count} images, but the field {name} came {len(values)} times")
    return values or [None] * count


def _parse(order: type[_Order], data: bytes) -> _Order:
    """An order from JSON."""
    try:
        return order.model_validate_json(data)
    except ValidationError as error:
        if any(one["type"] == "json_invalid" for one in error.errors(include_url=False)):
            raise Unparsable("the body is no JSON") from error
        raise _invalid(error) from error


def _validate(order: type[_Order], values: dict[str, Any]) -> _Order:
    """An order from values."""
    try:
        return order.model_validate(values)
    except ValidationError as error:
        raise _invalid(error) from error


def _invalid(error: ValidationError) -> RequestValidationError:
    """The framework's form of the error, without what was given."""
    given = error.errors(include_url=False, include_context=False, include_input=False)
    return RequestValidationError([{**one, "loc": ("body", *one["loc"])} for one in given])
