from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import numpy as np
import pytest
import wsq  # noqa: F401 - registers the writer
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.errors import BadImage, MissingPart
from engine.images import read_image, read_image_file, wsq_file
from engine.images.wsq_file import decode_wsq, read_wsq_frame

# What stands before the pixels in the raw file that the laboratory's 101_*.wsq were made from.
PGM_HEADER = len(b"P5\n300 300\n255\n")


def _with_comment(data: bytes, text: bytes) -> bytes:
    return data[:2] + b"\xff\xa8" + (len(text) + 2).to_bytes(2, "big") + text + data[2:]


@pytest.fixture(scope="module")
def data(rings, write) -> bytes:
    """A WSQ file without a comment."""
    return read_wsq_frame(write(rings, "WSQ")).bare


def test_round_trip(rings, data):
    """A WSQ file comes close to its pixels."""
    image = read_image(data, "print.wsq")
    assert (image.format, image.ppi_known) == ("WSQ", False)
    assert np.corrcoef(image.pixels.ravel(), rings.ravel())[0, 1] > 0.9


@pytest.mark.parametrize(
    ("line", "ppi", "known"),
    [
        (b"PPI 500", 500, True),
        (b"PPI 1000", 1000, True),
        (b"PPI -1", 500, False),
        (b"", 500, False),
    ],
)
def test_comment(rings, data, line, ppi, known):
    """The PPI line of a NIST comment gives the resolution; -1 and none mean unknown."""
    text = b"NIST_COM 3\nPIX_WIDTH 180\n" + line + b"\nLOSSY 1\n"
    image = read_image(_with_comment(data, text), "print.wsq")
    assert (image.source_ppi, image.ppi_known) == (ppi, known)


def test_free_comment(data):
    """A comment of another kind is passed over."""
    assert not read_image(_with_comment(data, b"PPI 1000"), "print.wsq").ppi_known


def test_many_at_once(data):
    """Threads decode side by side: each decoder is a process of its own."""
    frame = read_wsq_frame(data)
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(decode_wsq, [frame] * 8))
    assert all(np.array_equal(results[0], one) for one in results)


@pytest.mark.parametrize(
    ("program", "error", "reason"),
    [
        ("import os; os.abort()", BadImage, "the decoder crashed"),
        ("import os; os.write(1, b'short')", BadImage, "the decoder crashed"),
        ("import time; time.sleep(9)", BadImage, "takes too long"),
        ("import no_such_module", MissingPart, "no_such_module"),
    ],
)
def test_failing_decoder(data, tmp_path, monkeypatch, program, error, reason):
    """A decoder that crashes, stops early or hangs is a bad image; one not installed is not."""
    child = tmp_path / "child.py"
    child.write_text(program)
    monkeypatch.setattr(wsq_file, "_CHILD", child)
    monkeypatch.setattr(wsq_file, "WSQ_SECONDS", 1)
    with pytest.raises(error, match=reason):
        read_image(data, "print.wsq")


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.999])
def test_truncated(data, part):
    """A WSQ file that lacks its end is refused."""
    with pytest.raises(BadImage):
        read_image(data[: int(len(data) * part)], "print.wsq")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.floats(0, 1, exclude_max=True), byte=st.integers(0, 255))
def test_flipped(data, place, byte):
    """A WSQ file with any byte changed is read or refused, and nothing else."""
    damaged = bytearray(data)
    # Half of the places fall into the tables, which are what crashes decoders.
    at = int(place * 2 * 600) if place < 0.5 else int(place * len(data))
    damaged[at] = byte
    with suppress(BadImage):
        read_image(bytes(damaged), "print.wsq")


def test_laboratory_files(lab_data):
    """All WSQ files of the laboratory are read."""
    paths = sorted((lab_data / "formats" / "wsq").glob("*.wsq"))
    images = {path.stem: read_image_file(path) for path in paths}
    assert len(images) == 12
    assert images["libbiomeval_img"].ppi_known
    assert images["jnbis_sample"].pixels.shape == (622, 545)


@pytest.mark.parametrize("number", range(1, 9))
def test_laboratory_pairs(lab_data, number):
    """FVC2000 101_* differ by about one grey level between WSQ and PNG.

    Those WSQ files were made from PGM files taken for raw pixels: their first 15 pixels are
    the text of the PGM header, and all others come 15 places late.
    """
    coded = read_image_file(lab_data / "formats" / "wsq" / f"101_{number}.wsq").pixels
    plain = read_image_file(lab_data / "fvc2000" / "DB1_B" / f"101_{number}.png").pixels
    shifted = coded.ravel()[PGM_HEADER:].astype(int)
    assert np.abs(shifted - plain.ravel()[:-PGM_HEADER]).mean() < 1.5
