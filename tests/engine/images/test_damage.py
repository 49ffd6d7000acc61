from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import BadImage
from engine.images import read_image

FORMS = [
    ("PNG", {}),
    ("BMP", {}),
    ("TIFF", {}),
    ("TIFF", {"compression": "tiff_lzw"}),
    ("TIFF", {"compression": "tiff_deflate"}),
    ("JPEG", {}),
    ("JPEG", {"progressive": True}),
    ("JPEG2000", {}),
]
DAMAGE = settings(max_examples=60, deadline=None)


@pytest.fixture(scope="session", params=FORMS, ids=str)
def whole(request, rings, write) -> bytes:
    """A whole file of one format."""
    name, options = request.param
    return write(rings, name, **options)


@pytest.mark.parametrize("part", [0.2, 0.5, 0.8, 0.95, 0.999])
def test_truncated(whole, part):
    """A file that lacks its end is refused, never filled with grey."""
    with pytest.raises(BadImage, match=r"^print: "):
        read_image(whole[: int(len(whole) * part)], "print")


@DAMAGE
@given(place=st.floats(0, 1, exclude_max=True))
def test_truncated_anywhere(whole, place):
    """Wherever a file is cut, nothing but a bad image comes of it."""
    with pytest.raises(BadImage):
        read_image(whole[: int(place * (len(whole) - 1))], "print")


@DAMAGE
@given(
    changes=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), min_size=1, max_size=5
    ),
    head=st.booleans(),
)
def test_changed_bytes(whole, changes, head):
    """Whatever bytes are changed, the file is read or refused, and nothing else."""
    damaged = bytearray(whole)
    span = min(200, len(whole)) if head else len(whole)
    for place, byte in changes:
        damaged[int(place * span)] = byte
    with suppress(BadImage):
        read_image(bytes(damaged), "print")


@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=100, deadline=None)
def test_png_flip(rings, write, place, bit):
    """A PNG with one bit flipped anywhere is refused: every chunk has a checksum."""
    damaged = bytearray(write(rings, "PNG"))
    damaged[int(place * len(damaged))] ^= 1 << bit
    with pytest.raises(BadImage):
        read_image(bytes(damaged), "print")


@given(
    data=st.binary(max_size=300),
    magic=st.sampled_from(
        [
            b"",
            b"\x89PNG\r\n\x1a\n",
            b"\xff\xd8\xff",
            b"\xff\xa0\xff",
            b"\xff\x4f\xff\x51",
            b"II*\0",
            b"BM",
        ]
    ),
)
@settings(max_examples=200, deadline=None)
def test_noise(data, magic):
    """Noise behind the magic of any format is refused."""
    with pytest.raises(BadImage):
        read_image(magic + data, "noise")
