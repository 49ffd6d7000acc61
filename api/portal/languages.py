"""The languages of the portal, and which of them somebody wants."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A language.

    Attributes:
        code: of ISO 639-1.
        name: in the language itself.
        direction: ltr or rtl, as HTML says it.
    """

    code: str
    name: str
    direction: str = "ltr"


LANGUAGES: Mapping[str, Language] = {
    one.code: one
    for one in (
        Language("ar", "العربية", "rtl"),
        Language("en", "English"),
        Language("fr", "Français"),
        Language("es", "Español"),
    )
}

DEFAULT = "en"


def first_known(*wanted: str | None) -> str | None:
    """The first of some codes that is one of ours; None if none is."""
    return next((code for code in wanted if code in LANGUAGES), None)


def accepted(header: str) -> str | None:
    """The language of ours that a browser likes best, by its header Accept-Language (RFC 9110)."""
    weighed = [_weighed(part) for part in header.split(",")[:20]]
    ranked = sorted((one for one in weighed if one[1] > 0), key=lambda one: -one[1])
    return first_known(*(code for code, _ in ranked))


def _weighed(part: str) -> tuple[str, float]:
    """Code and weight of one range of the header; what cannot be read weighs nothing."""
    name, _, weight = part.partition(";")
    code = name.strip().lower().partition("-")[0]
    try:
        return code, float(weight.strip().removeprefix("q=") or 1)
    except ValueError:
        return code, 0.0
