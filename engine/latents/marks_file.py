"""Files of marked minutiae: JSON, or a record of ISO/IEC 19794-2:2005."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from engine.errors import BadInput, BadRequest
from engine.latents.marking import Mark
from engine.records import MAX_MINUTIAE, MinutiaType
from engine.templates.iso19794_2 import read_iso

MAX_BYTES = 200_000
"""Twenty times what 255 minutiae take."""


class _Mark(BaseModel):
    """One minutia of a JSON file, named as in the HTTP interface."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)

    x: float
    y: float
    direction: float
    type: str = "other"
    quality: int = 0


_MARKS = TypeAdapter(Annotated[list[_Mark], Field(max_length=MAX_MINUTIAE)])


def parse_type(name: str) -> MinutiaType:
    """Read a type of a minutia by its name.

    Raises:
        BadRequest: there is none of that name.
    """
    word = name.strip().upper()
    if word not in MinutiaType.__members__:
        known = ", ".join(one.name.lower() for one in MinutiaType)
        raise BadRequest(f"minutia type {name!r}: use one of {known}")
    return MinutiaType[word]


def read_marks(path: Path) -> list[Mark]:
    """The minutiae of a file: a JSON list of x, y, direction, type and quality, or an ISO record.

    Raises:
        BadInput: it cannot be read, or is neither.
    """
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror}") from error
    if len(data) > MAX_BYTES:
        raise BadInput(f"{path}: too large for minutiae of one print")
    return _of_iso(path, data) if data[:4] == b"FMR\0" else _of_json(path, data)


def _of_json(path: Path, data: bytes) -> list[Mark]:
    """The minutiae of a JSON list."""
    try:
        marks = _MARKS.validate_json(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise BadInput(f"{path}: no list of minutiae: {place}: {first['msg']}") from error
    return [Mark(one.x, one.y, one.direction, parse_type(one.type), one.quality) for one in marks]


def _of_iso(path: Path, data: bytes) -> list[Mark]:
    """The minutiae of a record with one view."""
    views = read_iso(data)
    if len(views) != 1:
        raise BadInput(f"{path}: holds {len(views)} views of fingers, a latent is one")
    found = views[0].template.minutiae
    columns = (found.xy.tolist(), found.direction.tolist(), found.type.tolist())
    return [
        Mark(x, y, direction, MinutiaType(kind), quality)
        for (x, y), direction, kind, quality in zip(*columns, found.quality.tolist(), strict=True)
    ]
