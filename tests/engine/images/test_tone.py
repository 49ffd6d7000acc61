import numpy as np
import pytest
from PIL import Image, TiffImagePlugin

from engine.errors import BadImage
from engine.images import read_image

PAPER = (64, 64)


def _flat(mode: str, colour: object) -> Image.Image:
    return Image.new(mode, PAPER, colour)


@pytest.mark.parametrize(
    ("image", "grey"),
    [
        (_flat("L", 77), 77),
        (_flat("RGB", (255, 0, 0)), 76),
        (_flat("1", 1), 255),
        (_flat("1", 0), 0),
        (_flat("LA", (0, 255)), 0),
        (_flat("LA", (0, 0)), 255),
        (_flat("RGBA", (0, 0, 0, 51)), 204),
        (_flat("RGB", (10, 200, 10)).quantize(4), 122),
    ],
)
def test_png_forms(write, image, grey):
    """Every colour form of PNG becomes grey; what is transparent shows white paper."""
    pixels = read_image(write(image, "PNG"), "flat").pixels
    assert pixels.dtype == np.uint8
    assert pixels.shape == PAPER
    assert set(np.unique(pixels)) == {grey}


def test_transparent_palette(write):
    """A palette colour that is declared transparent is white."""
    image = _flat("P", 1)
    image.putpalette([0, 0, 0, 10, 10, 10])
    assert read_image(write(image, "PNG"), "p").pixels.max() == 10
    assert read_image(write(image, "PNG", transparency=1), "p").pixels.min() == 255


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "JPEG2000"])
def test_sixteen_bits(write, file_format):
    """16 bits are scaled over their whole range, to the nearest level."""
    levels = np.full(PAPER, 65535, np.uint16)
    levels[0, :5] = (0, 128, 129, 257, 32896)
    pixels = read_image(write(levels, file_format), "deep").pixels
    assert pixels[0, :6].tolist() == [0, 0, 1, 1, 128, 255]


@pytest.mark.parametrize(("dtype", "white"), [(np.uint8, 255), (np.uint16, 65535)])
def test_white_is_zero(write, dtype, white):
    """A TIFF that stores white as zero comes out like one that stores it as the maximum."""
    levels = np.full(PAPER, white, dtype)
    levels[10:20] = 0
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[262] = 0
    # Pillow stores 8 bits turned round under this tag, but 16 bits as they are.
    stored = levels if dtype == np.uint8 else white - levels
    pixels = read_image(write(stored, "TIFF", tiffinfo=tags), "turned.tif").pixels
    assert (pixels[0, 0], pixels[15, 0]) == (255, 0)


def test_fax(rings, write):
    """A 1-bit fax TIFF of a print is read."""
    image = Image.fromarray(rings).convert("1", dither=Image.Dither.NONE)
    pixels = read_image(write(image, "TIFF", compression="group4"), "fax.tif").pixels
    np.testing.assert_array_equal(pixels > 0, rings > 127)


@pytest.mark.parametrize(("mode", "file_format"), [("CMYK", "JPEG"), ("F", "TIFF"), ("I", "TIFF")])
def test_refused_forms(write, mode, file_format):
    """Ink separations, floating point and 32 bits are refused by name."""
    with pytest.raises(BadImage, match=f"colour form {mode} is not read"):
        read_image(write(_flat(mode, 0), file_format), "odd")
