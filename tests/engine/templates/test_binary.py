import dataclasses
import struct
import zlib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadTemplate
from engine.records import Minutiae, Template
from engine.templates import decode, encode, quantise


@st.composite
def templates(draw: st.DrawFn) -> Template:
    """Any template that makes sense."""
    width, height = draw(st.integers(1, 4095)), draw(st.integers(1, 4095))
    count = draw(st.integers(0, 12))
    seed = np.random.default_rng(draw(st.integers(0, 2**32)))
    minutiae = Minutiae(
        (seed.random((count, 2)) * (width, height)).astype(np.float32),
        (seed.random(count) * 2 * np.pi).astype(np.float32),
        seed.integers(0, 3, count).astype(np.uint8),
        seed.integers(0, 101, count).astype(np.uint8),
    )
    names = st.text(max_size=20)
    return Template(minutiae, width, height, draw(st.integers(0, 100)), draw(names), draw(names))


def assert_equal(one: Template, other: Template) -> None:
    """Bit for bit, types included."""
    for field in dataclasses.fields(Minutiae):
        left, right = getattr(one.minutiae, field.name), getattr(other.minutiae, field.name)
        assert left.dtype == right.dtype
        np.testing.assert_array_equal(left, right)
    same = [field.name for field in dataclasses.fields(Template) if field.name != "minutiae"]
    assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]


def _sealed(body: bytes) -> bytes:
    return body + struct.pack("<I", zlib.crc32(body))


@given(templates())
def test_bytes_survive(template):
    """What is decoded encodes to the same bytes."""
    data = encode(template)
    assert encode(decode(data)) == data


@given(templates())
def test_probe_equals_stored(template):
    """A quantised probe equals what is read back of it, and quantising again changes nothing."""
    probe = quantise(template)
    assert_equal(probe, decode(encode(template)))
    assert_equal(probe, quantise(probe))


@given(templates())
def test_little_is_lost(template):
    """Positions move by less than 1/31 pixel and directions by less than 1/10000 turn."""
    stored = quantise(template).minutiae
    assert (np.abs(stored.xy - template.minutiae.xy) <= 1 / 31).all()
    turn = np.abs(stored.direction - template.minutiae.direction)
    assert (np.minimum(turn, 2 * np.pi - turn) < 2 * np.pi / 10000).all()
    assert ((stored.direction >= 0) & (stored.direction < 2 * np.pi)).all()


def test_size(template):
    """13 bytes of header, the names, 8 bytes a minutia and a checksum: 350 for forty minutiae."""
    assert len(encode(template)) == 13 + len("leader-1") + len("NFIQ2") + 3 * 8 + 4


def test_no_minutiae(template):
    """A print without minutiae has a template."""
    empty = dataclasses.replace(template, minutiae=Minutiae.empty())
    assert_equal(decode(encode(empty)), empty)


def test_direction_wraps(template):
    """A direction of nearly a full turn is stored as zero, a negative one from above."""
    minutiae = dataclasses.replace(
        template.minutiae, direction=np.array([6.28318, -1.0, 7.0], np.float32)
    )
    stored = quantise(dataclasses.replace(template, minutiae=minutiae)).minutiae.direction
    np.testing.assert_allclose(stored, [0, 2 * np.pi - 1, 7 - 2 * np.pi], atol=1e-4)


@given(st.data())
def test_flipped_bits(template, data):
    """A flipped bit anywhere is noticed."""
    damaged = bytearray(encode(template))
    bit = data.draw(st.integers(0, 8 * len(damaged) - 1))
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises(BadTemplate):
        decode(bytes(damaged))


@given(st.binary(max_size=100))
def test_noise(data):
    """Noise is refused, with and without the magic."""
    for noise in (data, b"WHRT\1" + data, _sealed(b"WHRT\1" + data)):
        with pytest.raises(BadTemplate):
            decode(noise)


def test_truncated_and_trailing(template):
    """Every shorter and longer form is refused."""
    data = encode(template)
    for wrong in [data[:end] for end in range(len(data))] + [data + b"\0", data + data]:
        with pytest.raises(BadTemplate):
            decode(wrong)


@pytest.mark.parametrize(
    ("offset", "byte", "reason"),
    [
        (0, b"X", "not a template of this program"),
        (4, b"\2", "version 2 is not known"),
        (5, b"\x65", "quality of 101"),
        (6, b"\0\0", "no size of an image"),
        (6, b"\1\0", "outside of the image"),
        (10, b"\4", "its counts ask for"),
        (13, b"\xff", "not UTF-8"),
        (13 + 13 + 6, b"\3", "unknown type"),
        (13 + 13 + 7, b"\x65", "quality above 100"),
    ],
)
def test_wrong_but_sealed(template, offset, byte, reason):
    """A wrong value under a right checksum is refused, and named."""
    body = bytearray(encode(template)[:-4])
    body[offset : offset + len(byte)] = byte
    with pytest.raises(BadTemplate, match=reason):
        decode(_sealed(bytes(body)))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"xy": np.full((3, 2), -1, np.float32)}, "cannot reach"),
        ({"xy": np.full((3, 2), 5000, np.float32)}, "cannot reach"),
        ({"xy": np.full((3, 2), 450, np.float32)}, "outside of the image"),
        ({"xy": np.full((3, 2), np.nan, np.float32)}, "finite"),
        ({"direction": np.full(3, np.inf, np.float32)}, "finite"),
        ({"direction": np.zeros(2, np.float32)}, "differ in length"),
        ({"type": np.full(3, 3, np.uint8)}, "unknown type"),
        ({"quality": np.full(3, 101, np.uint8)}, "quality above 100"),
    ],
)
def test_impossible_minutiae(template, change, reason):
    """Minutiae that make no sense are not stored."""
    wrong = dataclasses.replace(template, minutiae=dataclasses.replace(template.minutiae, **change))
    with pytest.raises(BadTemplate, match=reason):
        encode(wrong)


def test_too_many(template):
    """More than 255 minutiae are not stored."""
    many = Minutiae(
        np.ones((256, 2), np.float32),
        np.zeros(256, np.float32),
        np.ones(256, np.uint8),
        np.ones(256, np.uint8),
    )
    with pytest.raises(BadTemplate, match="256 minutiae"):
        encode(dataclasses.replace(template, minutiae=many))
    assert (
        len(decode(encode(dataclasses.replace(template, minutiae=many.best(255)))).minutiae) == 255
    )
