"""Pictures as files."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from engine.records import PPI, UInt8Array


def encode_png(pixels: UInt8Array) -> bytes:
    """A PNG of (H, W) grey or (H, W, 3) RGB uint8, marked as 500 ppi."""
    buffer = BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", dpi=(PPI, PPI))
    return buffer.getvalue()
