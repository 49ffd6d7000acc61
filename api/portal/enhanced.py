"""Pictures that are at hand as files, with their ridges enhanced."""

from __future__ import annotations

from engine.extractor.classical.enhanced_view import enhance_view
from engine.images import encode_png, read_image
from engine.records import PPI


def enhance_png(png: bytes) -> bytes:
    """The enhanced view of a print that is at 500 ppi already."""
    return encode_png(enhance_view(read_image(png, "picture", PPI).pixels))
