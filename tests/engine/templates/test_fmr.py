import struct

import pytest

from engine.templates.fmr import RecordFormat, tell_format


@pytest.mark.parametrize(
    ("high", "low", "expected"),
    [
        (0, 24, RecordFormat.ISO_2005),
        (0, 340, RecordFormat.ISO_2005),
        (1, 0, RecordFormat.ISO_2005),
        (25, 65535, RecordFormat.ISO_2005),
        (26, 0, RecordFormat.INCITS_2004),
        (340, 66, RecordFormat.INCITS_2004),
        (0, 23, RecordFormat.INCITS_2004),
        (0, 0, RecordFormat.INCITS_2004),
    ],
)
def test_shared_version(high, low, expected):
    """Under version " 20" the two words behind it tell ISO and INCITS apart."""
    assert tell_format(b"FMR\0 20\0" + struct.pack(">HH", high, low)) is expected
