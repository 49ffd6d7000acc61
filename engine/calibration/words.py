"""Calibrated figures as people read them."""

from __future__ import annotations

import math

EXTRAPOLATED = (
    "The false match rate lies beyond what was measured: it follows a fitted tail and may be wrong "
    "by a power of ten or more."
)


def chance(fmr: float) -> str:
    """`1 in 5,000` for 0.0002; from a million on as a power, `1 in 10^7.3`."""
    if fmr >= 0.5:
        return "1 in 2 or more"
    one_in = 1 / fmr
    if one_in < 1e6:
        digits = max(0, int(math.log10(one_in)) - 1)
        return f"1 in {round(one_in / 10**digits) * 10**digits:,}"
    power = f"{math.log10(one_in):.1f}".removesuffix(".0")
    return f"1 in 10^{power}"
