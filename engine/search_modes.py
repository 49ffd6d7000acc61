"""Modes of a search: what kind the probe is of, and which gallery it is searched in.

The names are those of ANSI/NIST practice; the transactions of its exchange are CPS and NPS (TP-TP),
MPS (LT-TP), PMS (TP-UL) and MMS (LT-LT).
"""

from __future__ import annotations

from enum import StrEnum

from engine.errors import BadRequest
from engine.persons import GalleryKind


class SearchMode(StrEnum):
    """What is searched against what."""

    PRINTS = "TP-TP"
    LATENT_TO_PRINTS = "LT-TP"
    PRINT_TO_LATENTS = "TP-UL"
    LATENTS = "LT-LT"

    @property
    def gallery(self) -> GalleryKind:
        """Where it is searched."""
        finds_latents = self in (SearchMode.PRINT_TO_LATENTS, SearchMode.LATENTS)
        return GalleryKind.UNSOLVED_LATENT if finds_latents else GalleryKind.TENPRINT

    @property
    def is_of_latent(self) -> bool:
        """Whether the probe is a latent."""
        return self in (SearchMode.LATENT_TO_PRINTS, SearchMode.LATENTS)


def parse_mode(text: str) -> SearchMode:
    """Read a mode by its name.

    Raises:
        BadRequest: there is none of that name.
    """
    try:
        return SearchMode(text.strip().upper())
    except ValueError:
        raise BadRequest(f"mode {text!r}: use one of {', '.join(SearchMode)}") from None
