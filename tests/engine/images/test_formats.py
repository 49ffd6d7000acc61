from pathlib import Path

import numpy as np
import pytest
import wsq  # noqa: F401 - registers the writer

from engine.errors import BadImage
from engine.images import encode_png, read_image, read_image_file


@pytest.mark.parametrize(
    ("pillow_name", "options", "expected"),
    [
        ("PNG", {}, "PNG"),
        ("BMP", {}, "BMP"),
        ("TIFF", {}, "TIFF"),
        ("TIFF", {"compression": "tiff_lzw"}, "TIFF"),
        ("TIFF", {"compression": "tiff_deflate"}, "TIFF"),
        ("JPEG2000", {}, "JP2"),
        ("JPEG2000", {"no_jp2": True}, "JP2"),
        ("JPEG2000", {"tile_size": (64, 64)}, "JP2"),
    ],
)
def test_lossless_formats(rings, write, pillow_name, options, expected):
    """Every lossless format gives back its pixels, whatever the file is called."""
    image = read_image(write(rings, pillow_name, **options), "print.xyz")
    assert image.format == expected
    np.testing.assert_array_equal(image.pixels, rings)


@pytest.mark.parametrize("options", [{}, {"progressive": True}])
def test_jpeg(rings, write, options):
    """A JPEG comes close to its pixels."""
    image = read_image(write(rings, "JPEG", quality=95, **options), "print.jpg")
    assert image.format == "JPEG"
    assert np.abs(image.pixels.astype(int) - rings).mean() < 2


def test_content_not_name(rings, write):
    """A BMP called .png is read as the BMP that it is."""
    assert read_image(write(rings, "BMP"), "print.png").format == "BMP"


@pytest.mark.parametrize(
    "data",
    [b"", b"Dear Sirs,\n\nplease find", b"\x89PNG", b"\xff\xd8\xff", b"BM", b"GIF89a\1\0\1\0"],
)
def test_not_an_image(data):
    """Text, nothing, a bare magic or a foreign format is refused, naming the file."""
    with pytest.raises(BadImage, match=r"^print\.png: "):
        read_image(data, "print.png")


def test_name_is_harmless(rings):
    """Control characters in a name reach no message."""
    with pytest.raises(BadImage, match=r"^a\?b: the file is empty$"):
        read_image(b"", "a\nb")


def test_file(rings, tmp_path: Path):
    """A file is read by its path, and a missing one is a bad image."""
    path = tmp_path / "print.png"
    path.write_bytes(encode_png(rings))
    image = read_image_file(path)
    np.testing.assert_array_equal(image.pixels, rings)
    assert image.name == str(path)
    with pytest.raises(BadImage, match="cannot be read"):
        read_image_file(tmp_path / "none.png")


def test_encoded_png_keeps_resolution(rings):
    """What encode_png writes is read back with a known 500 ppi."""
    image = read_image(encode_png(rings), "print")
    assert image.ppi_known
    assert image.source_ppi == pytest.approx(500, abs=0.1)


@pytest.mark.parametrize("file_format", ["PNG", "JPEG2000", "WSQ"])
@pytest.mark.parametrize("ppi", [500, 1000])
def test_same_kind_of_array(rings, write, file_format, ppi):
    """Every format gives writable rows of uint8, so that compiled code sees one type."""
    pixels = read_image(write(rings, file_format), "print", ppi).pixels
    assert pixels.dtype == np.uint8
    assert pixels.flags.writeable
    assert pixels.flags.c_contiguous
