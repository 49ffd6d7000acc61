"""Marks texts for translation where they stand; they are translated where they are shown."""

from __future__ import annotations


def N_(text: str) -> str:  # noqa: N802 - the name that gettext's tools look for
    """The text itself."""
    return text
