"""Calibrated scores in words.

The words for likelihood ratios are those of the ENFSI guideline for evaluative reporting (2015),
table of verbal equivalents.
"""

from __future__ import annotations

from collections.abc import Mapping

from babel.numbers import format_compact_decimal

from api.portal.marking import N_

SUPPORT: Mapping[float, str] = {
    6.0: N_("Extremely strong support for one finger"),
    4.0: N_("Very strong support for one finger"),
    3.0: N_("Strong support for one finger"),
    2.0: N_("Moderately strong support for one finger"),
    1.0: N_("Moderate support for one finger"),
    0.3: N_("Weak support for one finger"),
    -0.3: N_("Supports neither"),
}
"""From which log10 of the likelihood ratio on."""

AGAINST = N_("Speaks for two fingers")


def support(log10_lr: float) -> str:
    """What a likelihood ratio says, to be translated."""
    return next((words for least, words in SUPPORT.items() if log10_lr >= least), AGAINST)


def one_in(decibels: float, language: str) -> str:
    """How many comparisons with other fingers bring one chance match: `20 million`."""
    count = 10 ** (decibels / 10)
    digits = max(0, len(str(int(count))) - 2)
    rounded = round(count / 10**digits) * 10**digits
    return format_compact_decimal(max(rounded, 1), format_type="long", locale=language)
