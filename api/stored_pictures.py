"""Stored images as callers get them."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import Response

from engine.errors import BadImage, CorruptFile
from engine.images import encode_png, read_image
from engine.records import UInt8Array


def picture(
    data: bytes,
    name: str,
    ppi: float | None,
    view: Callable[[UInt8Array], UInt8Array] | None = None,
) -> Response:
    """A stored image as PNG at 500 ppi: what its minutiae are placed on.

    Args:
        data: of the file.
        name: of what is pictured, for messages.
        ppi: that was stored with it.
        view: what is made of its grey levels first, if anything.

    Raises:
        CorruptFile: it cannot be read any more.
    """
    try:
        pixels = read_image(data, name, ppi).pixels
    except BadImage as error:
        raise CorruptFile(f"the stored image of {error}") from error
    return Response(encode_png(view(pixels) if view else pixels), media_type="image/png")
