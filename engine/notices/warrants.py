"""Arrest warrants behind a Red notice, and whether the offence is grave enough."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from engine.notices.values import country, date, number, one_of, record, words

PROSECUTION_MONTHS = 24
"""Wanted for prosecution: the maximum penalty is at least two years (RPD article 83)."""

SENTENCE_MONTHS = 6
"""Wanted to serve a sentence: at least six months of it remain (RPD article 83)."""

LIFE_MONTHS = 1200
"""How a penalty for life is written."""

WARRANT = record(
    {"issuing_country_id": country, "charge": words(5000)},
    {
        "charge_translation": words(5000),
        "charge_language": words(3),
        "number": words(100),
        "issued_on": date,
        "court": words(),
        "wanted_for": one_of("prosecution", "sentence"),
        "maximum_penalty_months": number(LIFE_MONTHS, whole=True),
        "remaining_sentence_months": number(LIFE_MONTHS, whole=True),
    },
)
"""Form of a warrant; public extracts lack most of its parts."""

_NEEDED = ("number", "issued_on", "wanted_for")


def warrant_faults(warrants: Sequence[Mapping[str, Any]], language: str) -> list[str]:
    """What the warrants lack for a request to be reviewed.

    Args:
        warrants: well formed.
        language: of the notice; a warrant may name another one for its charge.
    """
    faults = [
        f"arrest_warrants.{place}.{name}: is missing"
        for place, one in enumerate(warrants)
        for name in _needed_of(one, language)
        if not one.get(name)
    ]
    if not any(is_grave(one) for one in warrants):
        faults.append(
            "arrest_warrants: no offence is grave enough (a maximum penalty of at least "
            f"{PROSECUTION_MONTHS} months, or {SENTENCE_MONTHS} months left to serve)"
        )
    return faults


def _needed_of(warrant: Mapping[str, Any], language: str) -> tuple[str, ...]:
    """What this warrant must tell; a charge in another language than English is translated."""
    foreign = (warrant.get("charge_language") or language) != "en"
    return (*_NEEDED, "charge_translation") if foreign else _NEEDED


def is_grave(warrant: Mapping[str, Any]) -> bool:
    """Whether the offence, or what is left of the sentence, reaches its threshold."""
    if warrant.get("wanted_for") == "sentence":
        return (warrant.get("remaining_sentence_months") or 0) >= SENTENCE_MONTHS
    return (warrant.get("maximum_penalty_months") or 0) >= PROSECUTION_MONTHS
