import struct
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from PIL import Image

from engine.errors import BadImage, ImageTooLarge
from engine.images import read_image, read_image_file
from engine.images.parameters import MAX_BYTES


@contextmanager
def at_most(size: int) -> Iterator[None]:
    """Fail if the block allocates more bytes than that at any one time."""
    tracemalloc.start()
    try:
        yield
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < size


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _png(width: int, height: int) -> bytes:
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    pixels = _chunk(b"IDAT", zlib.compress(bytes(1000)))
    return b"\x89PNG\r\n\x1a\n" + header + pixels + _chunk(b"IEND", b"")


def _bmp(width: int, height: int) -> bytes:
    body = struct.pack("<IiiHHIIiiII", 40, width, height, 1, 8, 0, 0, 0, 0, 0, 0)
    return struct.pack("<2sIHHI", b"BM", 54, 0, 0, 54) + body + bytes(100)


def _jpeg(width: int, height: int) -> bytes:
    frame = struct.pack(">HHBHHB", 0xFFC0, 11, 8, height, width, 1) + b"\1\x11\0"
    return b"\xff\xd8" + frame + bytes(100)


def _tiff(width: int, height: int) -> bytes:
    entries = struct.pack("<HHIIHHII", 256, 4, 1, width, 257, 4, 1, height)
    return struct.pack("<2sHIH", b"II", 42, 8, 2) + entries + bytes(100)


def _wsq(width: int, height: int) -> bytes:
    frame = struct.pack(">HHBBHHBHBHBH", 0xFFA2, 17, 0, 255, height, width, 0, 0, 0, 0, 0, 0)
    return b"\xff\xa0" + frame + struct.pack(">HHB", 0xFFA3, 3, 0) + bytes(50) + b"\xff\xa1"


def _jpeg2000(width: int, height: int, tile: int = 0) -> bytes:
    size = struct.pack(
        ">HHHIIIIIIIIH", 0xFF51, 41, 0, width, height, 0, 0, tile or width, tile or height, 0, 0, 1
    )
    part = struct.pack(">HHHIBBH", 0xFF90, 10, 0, 14, 0, 1, 0xFF93)
    return b"\xff\x4f" + size + b"\7\1\1" + part + b"\xff\xd9"


@pytest.mark.parametrize("build", [_png, _bmp, _jpeg, _tiff, _wsq, _jpeg2000])
def test_huge_header(build):
    """A header of 20,000 x 20,000 pixels is refused before anything is allocated."""
    data = build(20_000, 20_000)
    with at_most(1_000_000), pytest.raises(ImageTooLarge, match="20000 x 20000 pixels"):
        read_image(data, "bomb")


@pytest.mark.parametrize("build", [_png, _bmp, _jpeg, _tiff, _wsq])
@pytest.mark.parametrize("size", [(0, 300), (300, 0), (60, 3000)])
def test_impossible_shape(build, size):
    """Empty images and long thin ones are refused."""
    with pytest.raises(BadImage):
        read_image(build(*size), "strip")


def test_many_pixels_within_sides():
    """Ten thousand a side is allowed, a hundred megapixels are not."""
    with pytest.raises(ImageTooLarge):
        read_image(_png(10_000, 10_000), "bomb")


def test_many_bytes(tmp_path):
    """A file beyond the limit is refused, from its length alone if it lies on disk."""
    with pytest.raises(ImageTooLarge, match="bytes"):
        read_image(bytes(MAX_BYTES + 1), "long")
    path = tmp_path / "long.png"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ImageTooLarge, match=r"long\.png"):
        read_image_file(path)


@pytest.mark.parametrize("shape", [(1, 1), (49, 60), (60, 49)])
def test_too_small(write, shape):
    """Less than fifty pixels a side at 500 ppi is no print."""
    with pytest.raises(BadImage, match="too small"):
        read_image(write(np.full(shape, 200, np.uint8), "PNG"), "dot")


def test_small_after_rescaling(write):
    """The smallest size counts at 500 ppi, not as stored."""
    data = write(np.full((80, 80), 200, np.uint8), "PNG")
    with pytest.raises(BadImage, match="40 x 40"):
        read_image(data, "dot", ppi=1000)


def test_large_after_rescaling(write):
    """The largest size counts at 500 ppi as well."""
    data = write(np.full((2500, 2500), 200, np.uint8), "PNG")
    with pytest.raises(ImageTooLarge, match="12500 x 12500"):
        read_image(data, "bomb", ppi=100)


def test_tiff_pages(rings, write):
    """A TIFF of several pages is refused: which one is the print is not ours to guess."""
    page = Image.fromarray(rings)
    data = write(page, "TIFF", save_all=True, append_images=[page])
    with pytest.raises(BadImage, match="more than one page"):
        read_image(data, "pages.tif")


def test_tiff_pieces():
    """A TIFF with more strips than rows or thousands of tiles is refused."""
    for tag, number in ((273, 301), (324, 5000)):
        entries = struct.pack("<HHIIHHIIHHII", 256, 4, 1, 300, 257, 4, 1, 300, tag, 4, number, 8)
        data = struct.pack("<2sHIH", b"II", 42, 8, 3) + entries + bytes(100)
        with pytest.raises(BadImage, match="too many pieces"):
            read_image(data, "tiles.tif")


def test_jpeg2000_tiles():
    """A JPEG 2000 header that asks for a million tiles is refused."""
    with pytest.raises(BadImage, match="tiles"):
        read_image(_jpeg2000(3000, 3000, tile=3), "tiles.jp2")


def test_jpeg2000_layers(rings, write):
    """A JPEG 2000 header that asks for thousands of layers is refused."""
    data = bytearray(write(rings, "JPEG2000", no_jp2=True))
    style = data.index(b"\xff\x52")
    data[style + 6 : style + 8] = b"\x40\x00"
    with pytest.raises(BadImage, match="layers"):
        read_image(bytes(data), "layers.j2k")


def test_jpeg2000_precincts(rings, write):
    """Precincts of two pixels are refused, those that writers use are read."""
    good = write(rings, "JPEG2000", no_jp2=True, precinct_size=(128, 128))
    assert read_image(good, "good.j2k").pixels.shape == rings.shape
    data = bytearray(good)
    style = data.index(b"\xff\x52")
    data[style + 14 + data[style + 9]] = 0x11
    with pytest.raises(BadImage, match="precincts"):
        read_image(bytes(data), "precincts.j2k")


def test_jpeg_scans(rings, write):
    """A JPEG with hundreds of scans is refused."""
    data = write(rings, "JPEG")
    with pytest.raises(BadImage, match="scans"):
        read_image(data[:-2] + b"\xff\xda\0\2" * 200 + b"\xff\xd9", "scans.jpg")


def test_png_text_bomb(rings, write):
    """Compressed text that unpacks to a hundred megabytes is not unpacked."""
    data = write(rings, "PNG")
    bomb = _chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100_000_000)))
    with at_most(10_000_000), pytest.raises(BadImage):
        read_image(data[:33] + bomb + data[33:], "text.png")
