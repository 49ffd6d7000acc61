import struct

import numpy as np
import pytest
from PIL import Image

from engine.errors import BadImage
from engine.images import read_image
from engine.images.resolution import choose_resolution, rescale

GREY = np.full((100, 120), 200, np.uint8)


@pytest.mark.parametrize("file_format", ["PNG", "TIFF", "JPEG", "BMP"])
def test_metadata(write, file_format):
    """The resolution of a file is used: at 1000 ppi an image halves."""
    image = read_image(write(np.tile(GREY, (2, 2)), file_format, dpi=(1000, 1000)), "print")
    assert image.ppi_known
    assert image.source_ppi == pytest.approx(1000, rel=1e-3)
    assert image.pixels.shape == GREY.shape


def test_tiff_centimetres(write):
    """A TIFF may count pixels per centimetre."""
    data = write(GREY, "TIFF", resolution_unit=3, x_resolution=197, y_resolution=197)
    image = read_image(data, "print.tif")
    assert image.ppi_known
    assert image.source_ppi == pytest.approx(500.4, abs=0.1)


def test_jpeg2000_box(write):
    """A JPEG 2000 file may carry its capture resolution in a box, in pixels per metre."""
    data = write(np.tile(GREY, (2, 2)), "JPEG2000")
    at = data.index(b"jp2h") - 4
    (length,) = struct.unpack_from(">I", data, at)
    density = struct.pack(">I4sHHHHBB", 18, b"resc", 3937, 1, 3937, 1, 1, 1)
    box = struct.pack(">I4s", 26, b"res ") + density
    grown = struct.pack(">I", length + 26) + data[at + 4 : at + length] + box
    image = read_image(data[:at] + grown + data[at + length :], "print.jp2")
    assert image.source_ppi == pytest.approx(1000, rel=1e-3)
    assert image.pixels.shape == GREY.shape


@pytest.mark.parametrize(
    "density", [None, (72.0, 72.0), (96.0, 96.0), (0.0, 0.0), (5000.0, 5000.0)]
)
def test_implausible_density(density):
    """Without a plausible density 500 ppi is assumed, and said to be assumed."""
    resolution = choose_resolution(None, density)
    assert (resolution.ppi, resolution.known) == (500.0, False)


def test_given_wins():
    """The caller's word counts more than the file's, even where the file's is plausible."""
    assert choose_resolution(400.0, (1000.0, 1000.0)).ppi == 400.0


@pytest.mark.parametrize("given", [0.0, -500.0, 1.0, 1e9, float("nan"), float("inf")])
def test_absurd_given(given):
    """A given resolution that no scanner has is refused."""
    with pytest.raises(BadImage, match="ppi"):
        choose_resolution(given, None)


def test_oblong_pixels():
    """Pixels that are not square are refused; a rounding of one unit is not."""
    with pytest.raises(BadImage, match="not square"):
        choose_resolution(None, (500.0, 250.0))
    assert choose_resolution(None, (500.0, 501.0)).ppi == 500.5


@pytest.mark.parametrize("ppi", [495.1, 499.999, 500.4, 504.9])
def test_one_percent(ppi):
    """Within one percent of 500 ppi the pixels stay what they are."""
    assert rescale(GREY, ppi) is GREY


@pytest.mark.parametrize(("ppi", "shape"), [(250, (200, 240)), (569, (88, 105)), (1000, (50, 60))])
def test_rescale(ppi, shape):
    """The image is scaled to 500 ppi, and flat grey stays flat."""
    scaled = rescale(GREY, ppi)
    assert scaled.shape == shape
    assert set(np.unique(scaled)) == {200}


def test_ridge_period_follows(write):
    """Ridges 18 pixels apart at 1000 ppi are 9 apart afterwards."""
    x = np.arange(400)
    row = (127 + 100 * np.cos(2 * np.pi * x / 18)).astype(np.uint8)
    image = read_image(write(np.tile(row, (400, 1)), "PNG"), "print", ppi=1000)
    spectrum = np.abs(np.fft.rfft(image.pixels[50].astype(float) - 127))
    assert 200 / spectrum.argmax() == pytest.approx(9, abs=0.2)


def test_real_569_ppi(lab_data):
    """FVC2002 DB2 carries 569 ppi and is shrunk by it."""
    path = lab_data / "fvc2002" / "DB2_B" / "101_1.png"
    image = read_image(path.read_bytes(), "101_1")
    with Image.open(path) as stored:
        assert image.pixels.shape[0] == round(stored.height * 500 / image.source_ppi)
    assert image.source_ppi == pytest.approx(569, abs=0.1)
