import numpy as np
import pytest

from engine.images import encode_png, read_image, read_image_file
from engine.images.inversion import is_inverted


def test_negative_is_turned_round(rings):
    """A print of light ridges on a dark ground is read as dark on light."""
    assert is_inverted(255 - rings)
    image = read_image(encode_png(255 - rings), "negative")
    np.testing.assert_array_equal(image.pixels, rings)


def test_positive_stays(rings):
    """A print of dark ridges on a light ground stays as it is."""
    assert not is_inverted(rings)


@pytest.mark.parametrize("level", [0, 255])
def test_padding_stays(rings, level):
    """Black or white padding around a print is not taken for its ground."""
    assert not is_inverted(np.pad(rings, (37, 45), constant_values=level))


@pytest.mark.parametrize("shape", [(50, 50), (60, 300), (200, 200)])
@pytest.mark.parametrize("level", [0, 128, 255])
def test_blank_stays(shape, level):
    """A blank image of any size has no ground to judge by."""
    assert not is_inverted(np.full(shape, level, np.uint8))


def test_ridges_without_ground_stay():
    """Ridges that fill the image say nothing about which of them are the valleys."""
    x = np.arange(200)
    row = (127 + 100 * np.cos(2 * np.pi * x / 9)).astype(np.uint8)
    assert not is_inverted(np.tile(row, (200, 1)))


def test_real_prints(lab_data):
    """None of the 640 FVC prints is called inverted; at least 75 % of their negatives are."""
    paths = sorted(lab_data.glob("fvc200[02]/DB?_B/*.png"))
    prints = [read_image_file(path).pixels for path in paths]
    assert len(prints) == 640
    assert [path for path, one in zip(paths, prints, strict=True) if is_inverted(one)] == []
    assert sum(is_inverted(255 - one) for one in prints) >= 480
