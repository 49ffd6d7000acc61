"""From any form of colour to 8-bit grey."""

from __future__ import annotations

import numpy as np
from PIL import Image

from engine.errors import BadImage
from engine.images.tiff import BITS, PHOTOMETRIC
from engine.records import UInt8Array

_PLAIN = frozenset({"1", "L", "P", "RGB", "YCbCr"})
_WITH_ALPHA = frozenset({"LA", "La", "PA", "RGBA", "RGBa"})
_DEEP = frozenset({"I;16", "I;16B", "I;16L", "I;16N"})


def to_grey(image: Image.Image) -> UInt8Array:
    """(H, W) uint8 from a decoded image.

    Colour becomes luma (ITU-R BT.601), transparency shows white paper, 16 bits are scaled
    over their whole range.

    Raises:
        BadImage: CMYK, floating point and other forms that no print is kept in.
    """
    if image.mode in _DEEP:
        return _reduce_depth(image)
    if image.mode in _WITH_ALPHA or (image.mode in _PLAIN and "transparency" in image.info):
        image = _lay_on_white(image)
    elif image.mode not in _PLAIN:
        raise BadImage(f"the colour form {image.mode} is not read; use grey or RGB")
    return np.array(image.convert("L"), dtype=np.uint8)


def _lay_on_white(image: Image.Image) -> Image.Image:
    colours = image.convert("RGBA")
    paper = Image.new("RGBA", colours.size, "white")
    return Image.alpha_composite(paper, colours).convert("RGB")


def _reduce_depth(image: Image.Image) -> UInt8Array:
    tags = getattr(image, "tag_v2", {})
    bits = int(tags.get(BITS, (16,))[0])
    full = (1 << bits) - 1
    levels = np.asarray(image).astype(np.uint32)
    levels = (np.minimum(levels, full) * 255 + full // 2) // full
    # Pillow turns WhiteIsZero round for 8 bits and fewer, but not for 16.
    white_is_zero = tags.get(PHOTOMETRIC) == 0
    return (255 - levels if white_is_zero else levels).astype(np.uint8)
