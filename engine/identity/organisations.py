"""Organisations that people belong to: bureaus, sub-bureaus, the General Secretariat, the CCC."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from engine.errors import BadRequest

SECRETARIAT = "IPSG"
"""Code of the General Secretariat. Member countries have two letters, so none is like it."""

CENTRE = "CCC"
"""Code of the Command and Coordination Centre, with its three rooms."""

LANGUAGES = ("ar", "en", "fr", "es")
"""The official languages."""

_CODE = re.compile(r"[A-Z0-9-]{2,16}")
_SUFFIX = re.compile(r"[A-Z0-9]{1,12}")


class OrganisationKind(StrEnum):
    """What an organisation is."""

    NCB = "ncb"
    SUB_BUREAU = "sub_bureau"
    SECRETARIAT = "general_secretariat"
    CENTRE = "ccc"


@dataclass(frozen=True, slots=True)
class Organisation:
    """An organisation that has people.

    Attributes:
        code: two letters for an NCB; for a sub-bureau that of the NCB, a dash and a suffix.
        name: of the country, territory or organisation, in English.
        kind: what it is.
        parent: NCB of a sub-bureau, None for all others.
        region: that it is in, None for those of the whole network.
        city: seat; empty if not known.
        languages: official languages that it works in.
    """

    code: str
    name: str
    kind: OrganisationKind
    parent: str | None = None
    region: str | None = None
    city: str = ""
    languages: tuple[str, ...] = ()

    @property
    def ncb(self) -> str:
        """Whose rights its people have: a sub-bureau acts for its NCB."""
        return self.parent or self.code


def is_code(text: str) -> bool:
    """Whether a text could be the code of an organisation; callers send anything."""
    return _CODE.fullmatch(text.strip().upper()) is not None


def make_sub_bureau(parent: Organisation, suffix: str, name: str, city: str = "") -> Organisation:
    """A new sub-bureau of an NCB, such as `CN-HK`.

    Raises:
        BadRequest: the parent is no NCB, or code or name are malformed.
    """
    if parent.kind is not OrganisationKind.NCB:
        raise BadRequest(f"{parent.code} is no NCB: only NCBs have sub-bureaus")
    ending = suffix.strip().upper().removeprefix(f"{parent.code}-")
    if not _SUFFIX.fullmatch(ending):
        raise BadRequest(f"sub-bureau {suffix!r}: use 1 to 12 letters and digits, such as HK")
    name, city = check_text("name", name), city and check_text("city", city)
    return replace(
        parent,
        code=f"{parent.code}-{ending}",
        name=name,
        kind=OrganisationKind.SUB_BUREAU,
        parent=parent.code,
        city=city,
    )


def check_text(field: str, text: str) -> str:
    """A short text without control characters, trimmed.

    Raises:
        BadRequest: it is empty, too long, or holds other signs.
    """
    text = text.strip()
    if not text or len(text) > 200 or not text.isprintable():
        raise BadRequest(f"{field}: give 1 to 200 printable characters")
    return text


def parse_languages(codes: tuple[str, ...] | list[str]) -> tuple[str, ...]:
    """Read codes of the official languages; the order is kept.

    Raises:
        BadRequest: one is not official.
    """
    chosen = tuple(dict.fromkeys(code.strip().lower() for code in codes))
    wrong = [code for code in chosen if code not in LANGUAGES]
    if wrong:
        raise BadRequest(f"unknown language {wrong[0]!r}; known are: {', '.join(LANGUAGES)}")
    return chosen
