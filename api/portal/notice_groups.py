"""The fields of a notice in the order and the groups in which people write and read them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from api.portal.marking import N_
from engine.notices import fields

GROUPS: Sequence[tuple[str, Sequence[str]]] = (
    (N_("What threatens, and how"), (*fields.THREAT, *fields.METHOD)),
    (N_("Listing by the United Nations"), tuple(fields.SANCTION)),
    (N_("Names"), tuple(fields.NAMES)),
    (N_("Origin"), tuple(fields.ORIGIN)),
    (N_("Looks"), tuple(fields.LOOKS)),
    (N_("Family"), tuple(fields.FAMILY)),
    (N_("Entity"), tuple(fields.ENTITY)),
    (N_("Event"), tuple(fields.EVENT)),
    (N_("Wanted for"), tuple(fields.WANTED)),
    (N_("Assets"), tuple(fields.ASSETS)),
    (N_("Texts"), tuple(fields.TEXTS)),
    (N_("Case"), tuple(fields.CASE)),
)
"""Titles, to be translated, and names of fields."""


def groups_of(names: Collection[str]) -> list[tuple[str, list[str]]]:
    """The groups of some fields; those that have none of them are left out."""
    found = [(title, [one for one in group if one in names]) for title, group in GROUPS]
    return [(title, group) for title, group in found if group]
