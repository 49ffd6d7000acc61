"""Minutiae and how two prints lie on each other."""

from __future__ import annotations

from pydantic import Field

from api.schemas.base import Body
from engine.candidates import PairedMinutia
from engine.matcher.alignment import Transform
from engine.records import Minutiae, MinutiaType


class Place(Body):
    """Where a minutia is, in pixels at 500 ppi from the top left corner, y down."""

    x: float = Field(examples=[143.0])
    y: float = Field(examples=[201.0])
    direction: float = Field(
        description="Radians from 0 to 2 pi, counter-clockwise from the right as seen.",
        examples=[1.571],
    )


class MinutiaView(Place):
    """One minutia of a print."""

    type: str = Field(description="ending, bifurcation or other.", examples=["ending"])
    quality: int = Field(description="1 (worst) to 100; 0 is not reported.", examples=[87])


class PairView(Body):
    """Two minutiae that coincide when the probe is laid on the candidate's best print."""

    probe: Place
    candidate: Place


class TransformView(Body):
    """How to lay the probe on the candidate's best print.

    x' = cos(rotation) x - sin(rotation) y + dx and y' = sin(rotation) x + cos(rotation) y + dy,
    in pixels at 500 ppi with y down.
    """

    rotation: float = Field(description="Radians, clockwise as seen.", examples=[0.21])
    dx: float = Field(examples=[-14.2])
    dy: float = Field(examples=[31.7])


def show_minutiae(minutiae: Minutiae) -> list[MinutiaView]:
    """All minutiae of a print, in their order."""
    return [
        MinutiaView(
            **_place(x, y, direction).model_dump(),
            type=MinutiaType(kind).name.lower(),
            quality=quality,
        )
        for (x, y), direction, kind, quality in zip(
            minutiae.xy.tolist(),
            minutiae.direction.tolist(),
            minutiae.type.tolist(),
            minutiae.quality.tolist(),
            strict=True,
        )
    ]


def show_pair(pair: PairedMinutia) -> PairView:
    """A pair."""
    return PairView(probe=_place(*pair.probe), candidate=_place(*pair.candidate))


def show_transform(transform: Transform | None) -> TransformView | None:
    """A motion, if there is one."""
    if transform is None:
        return None
    return TransformView(
        rotation=round(transform.rotation, 5), dx=round(transform.dx, 2), dy=round(transform.dy, 2)
    )


def _place(x: float, y: float, direction: float) -> Place:
    """A place; templates hold half pixels and 256 directions, further digits are noise."""
    return Place(x=round(x, 2), y=round(y, 2), direction=round(direction, 4))
