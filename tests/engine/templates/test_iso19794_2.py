import dataclasses
import json
import struct

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from engine.errors import BadTemplate
from engine.fingers import Finger, Impression
from engine.images import read_image_file
from engine.records import MinutiaType, Template
from engine.templates import FingerView, encode, read_iso, write_iso

MINUTIA = struct.Struct(">HHBB")
# Ending at (100, 14), 112.5 degrees, quality 90: the first minutia of the standard's example.
ENDING = MINUTIA.pack(0x4064, 14, 0x50, 90)
BIFURCATION = MINUTIA.pack(0x8037, 18, 0x10, 95)


def record(views: bytes, number: int = 1, size: int = 512, density: int = 197) -> bytes:
    """A record around views, with a right length."""
    tail = struct.pack(">HHHHHBB", 0xB5, size, size, density, density, number, 0)
    return struct.pack(">4s4sI", b"FMR\0", b" 20\0", 24 + len(views)) + tail + views


def view(minutiae: bytes = ENDING, head: bytes = b"\7\0\x5a", extension: bytes = b"") -> bytes:
    """One view: left index, plain live, quality 90."""
    count = bytes([len(minutiae) // 6])
    return head + count + minutiae + struct.pack(">H", len(extension)) + extension


def test_example():
    """The example of the standard's layout is read field by field."""
    (found,) = read_iso(record(view(ENDING + BIFURCATION)))
    template = found.template
    assert (found.finger, found.impression) == (Finger.LEFT_INDEX, Impression.LIVE_PLAIN)
    assert (found.view, template.quality, template.width, template.height) == (0, 90, 512, 512)
    assert template.minutiae.xy.tolist() == [[55, 18], [100, 14]]  # best first
    np.testing.assert_allclose(np.degrees(template.minutiae.direction), [22.5, 112.5], rtol=1e-6)
    assert template.minutiae.type.tolist() == [MinutiaType.BIFURCATION, MinutiaType.ENDING]
    assert template.minutiae.quality.tolist() == [95, 90]


def test_written_bytes(template):
    """A template is written to the bytes of the standard's layout."""
    one = FingerView(Finger.RIGHT_THUMB, Impression.LIVE_ROLLED, 0, template)
    expected = b"FMR\0 20\0" + struct.pack(">IHHHHHBB", 48, 0, 400, 500, 197, 197, 1, 0)
    expected += b"\1\1\x49\3" + MINUTIA.pack(0x4064, 14, 0, 90)
    expected += MINUTIA.pack(0x8000 | 399, 0, 80, 40) + MINUTIA.pack(55, 499, 0, 0) + b"\0\0"
    assert write_iso([one]) == expected


def test_round_trip(template):
    """Several views come back with their fingers, and positions to half a pixel."""
    views = [
        FingerView(Finger.RIGHT_INDEX, Impression.LIVE_PLAIN, 0, template),
        FingerView(Finger.RIGHT_INDEX, Impression.LIVE_SWIPE, 1, template),
        FingerView(Finger.UNKNOWN, Impression.NONLIVE_ROLLED, 0, template),
    ]
    back = read_iso(write_iso(views))
    for one, other in zip(views, back, strict=True):
        assert (one.finger, one.impression, one.view) == (
            other.finger,
            other.impression,
            other.view,
        )
        assert np.abs(one.template.minutiae.xy - other.template.minutiae.xy).max() <= 1
    assert write_iso(back) == write_iso(views)


def test_thousand_ppi():
    """Pixels of a record at 394 per cm are halved."""
    (found,) = read_iso(record(view(), density=394))
    np.testing.assert_allclose(found.template.minutiae.xy, [[50, 7]], atol=0.06)
    assert found.template.width in {256, 257}


def test_reserved_bits_of_y():
    """The two bits above y are ignored."""
    (found,) = read_iso(record(view(MINUTIA.pack(0x4064, 0xC00E, 0, 0))))
    assert found.template.minutiae.xy.tolist() == [[100, 14]]


@pytest.mark.parametrize(
    "extension",
    [
        struct.pack(">HH6s", 0x0221, 6, b"abcdef"),  # length of the data only
        struct.pack(">HH6s", 0x0221, 10, b"abcdef"),  # length of the whole block
        struct.pack(">HH1sHH2s", 1, 1, b"a", 2, 2, b"bc"),
        struct.pack(">HH1sHH2s", 1, 5, b"a", 2, 6, b"bc"),
        struct.pack(">HH", 2, 0),
    ],
)
def test_extensions_are_skipped(extension):
    """Extended data are passed over, whichever way their lengths count."""
    data = record(view(extension=extension) + view(head=b"\2\0\x32"), number=2)
    assert [found.finger for found in read_iso(data)] == [Finger.LEFT_INDEX, Finger.RIGHT_INDEX]


@pytest.mark.parametrize("extension", [b"a", b"abc", struct.pack(">HH2s", 1, 9, b"ab"), bytes(7)])
def test_broken_extensions(extension):
    """Extended data that do not divide into blocks are refused."""
    with pytest.raises(BadTemplate, match="extended data"):
        read_iso(record(view(extension=extension)))


def test_zero_padding():
    """Zero bytes behind a record are the rest of a buffer; anything else is refused."""
    data = record(view())
    assert len(read_iso(data + bytes(100))) == 1
    with pytest.raises(BadTemplate, match="the record says"):
        read_iso(data + bytes(100) + b"\1")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not a finger minutiae record"),
        (b"FMR\0 20\0", "not a finger minutiae record"),
        (b"FMR\0 99\0" + bytes(20), "version"),
        (b"FMR\0 20\0" + struct.pack(">I", 24), "cut short"),
        (b"FMR\0 20\0\1\x54" + bytes(20), "INCITS 378-2004"),
        (b"FMR\0 20\0\0\0\0\0\1\x54" + bytes(20), "INCITS 378-2004"),
        (b"FMR\x00020\0" + bytes(20), "INCITS 378-2004"),
        (b"FMR\x00030\0" + bytes(20), "19794-2:2011 or INCITS 378-2009"),
        (record(view())[:-1], "the record says"),
        (record(view() + b"\0"), "left behind"),
        (record(view(), number=2), "cut short"),
        (record(view(), number=0), "left behind"),
        (record(view(), size=0), "no image size"),
        (record(view(), size=50), "outside of the image"),
        (record(view(), density=98), "too low"),
        (record(view(head=b"\x0b\0\0")), "unknown finger"),
        (record(view(head=b"\1\4\0")), "unknown finger or impression"),
        (record(view(head=b"\1\0\x65")), "quality above 100"),
        (record(view(head=b"\1\x10\0")), "view 1 of right_thumb where number 0 is due"),
        (record(view() + view(), number=2), "view 0 of left_index where number 1 is due"),
        (record(view(MINUTIA.pack(0xC064, 14, 0, 0))), "unknown type"),
        (record(view(MINUTIA.pack(0x4064, 14, 0, 101))), "quality above 100"),
        (record(view()[:3] + b"\2" + view()[4:]), "cut short"),
    ],
)
def test_refused(data, reason):
    """A record that breaks the standard is refused, and the reason is named."""
    with pytest.raises(BadTemplate, match=reason):
        read_iso(data)


def test_oblong_pixels():
    """A record with pixels that are not square is refused."""
    data = bytearray(record(view()))
    data[20:22] = struct.pack(">H", 394)
    with pytest.raises(BadTemplate, match="not square"):
        read_iso(bytes(data))


def test_latent_has_no_place(template):
    """An impression that the format has no code for is not written as another."""
    with pytest.raises(BadTemplate, match="latent_lift"):
        write_iso([FingerView(Finger.UNKNOWN, Impression.LATENT_LIFT, 0, template)])


def test_no_views():
    """A record of nothing is not written."""
    with pytest.raises(BadTemplate, match="0 views"):
        write_iso([])


def test_one_size_for_all(template):
    """Views of different sizes are written with the largest."""
    small = dataclasses.replace(template, width=900)
    views = [
        FingerView(Finger.LEFT_THUMB, Impression.LIVE_PLAIN, 0, template),
        FingerView(Finger.LEFT_INDEX, Impression.LIVE_PLAIN, 0, small),
    ]
    assert {found.template.width for found in read_iso(write_iso(views))} == {900}


@given(
    st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 255)), max_size=4),
    st.integers(0, 1000),
)
@example(changes=[(166, 16), (806, 17)], end=66)  # a minutia beyond the largest print kept
def test_damage(changes, end):
    """Changed bytes and cuts give a record or a bad template, and nothing else."""
    data = bytearray(record(view(ENDING * 3, extension=b"\2\x21\0\2ab") + view(head=b"\2\0\1"), 2))
    for place, byte in changes:
        data[place % len(data)] = byte
    try:
        views = read_iso(bytes(data[:end]))
    except BadTemplate:
        return
    for found in views:
        encode(found.template)


def _from_json(minutia: dict[str, object]) -> tuple[object, ...]:
    names = ("positionX", "positionY", "angle", "type", "quality")
    return tuple(minutia[name] for name in names)


def _as_json(template: Template) -> set[tuple[object, ...]]:
    minutiae = template.minutiae
    angles = np.rint(minutiae.direction * 128 / np.pi).astype(int)
    types = [MinutiaType(code).name for code in minutiae.type]
    columns = (
        *minutiae.xy.astype(int).T.tolist(),
        angles.tolist(),
        types,
        minutiae.quality.tolist(),
    )
    return set(zip(*columns, strict=True))


def test_laboratory_sample(lab_data):
    """FingerprintIO's sample is read as its JSON dump says."""
    folder = lab_data / "formats" / "minutiae_records"
    dump = json.loads((folder / "iso19794p2v2005-sample.json").read_text())
    views = read_iso((folder / "iso19794p2v2005-sample.dat").read_bytes())
    for found, expected in zip(views, dump["fingerprints"], strict=True):
        assert found.finger.name == expected["position"]
        assert found.template.quality == expected["quality"]
        assert _as_json(found.template) == set(map(_from_json, expected["minutiae"]))


@pytest.mark.parametrize(("name", "count"), [("probe", 38), ("matching", 38), ("nonmatching", 39)])
def test_laboratory_trio(lab_data, name, count):
    """The three records that are padded to a whole buffer are read."""
    data = (lab_data / "formats" / "minutiae_records" / f"iso-{name}.dat").read_bytes()
    (found,) = read_iso(data)
    assert len(found.template.minutiae) == count


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("ansi378v2004-sample.dat", "INCITS 378-2004"),
        ("fmr.ansi2004", "INCITS 378-2004"),
        ("ansi378v2009-sample.dat", "INCITS 378-2009"),
        ("ansi378v2009am1-sample.dat", "INCITS 378-2009"),
        ("fmr.ansi2007", "INCITS 378-2009"),
        ("iso19794p2v2011-sample.dat", "19794-2:2011"),
        # Its extended data announce 42 bytes and have 41.
        ("fmr.iso2005", "beyond the record"),
    ],
)
def test_laboratory_others(lab_data, name, reason):
    """Records of other formats, and a defective one, are refused by name."""
    data = (lab_data / "formats" / "minutiae_records" / name).read_bytes()
    with pytest.raises(BadTemplate, match=reason):
        read_iso(data)


def test_same_minutiae_as_nbis(lab_data):
    """A record around the minutiae bytes of nbis-py reads as nbis-py lists them.

    Its export has a 26-byte head without resolution and view count, so only those bytes count.
    """
    nbis = pytest.importorskip("nbis", reason="nbis-py is not installed")
    path = lab_data / "fvc2002" / "DB1_B" / "101_1.png"
    options = nbis.NbisExtractorSettings(
        min_quality=0.0, get_center=False, check_fingerprint=False, compute_nfiq2=False, ppi=500.0
    )
    found = nbis.new_nbis_extractor(options).extract_minutiae(path.read_bytes())
    (ours,) = read_iso(record(view(found.to_iso_19794_2_2005()[26:])))
    listed = {(one.x(), one.y(), round(one.angle() / 1.40625) % 256) for one in found.get()}
    assert {one[:3] for one in _as_json(ours.template)} == listed
    assert max(read_image_file(path).pixels.shape) <= ours.template.width
