"""One notice as `notices.json` holds it: the fields of the public notices service."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Warrant:
    """An arrest warrant behind a Red Notice."""

    issuing_country_id: str
    charge: str
    charge_language: str
    charge_translation: str | None
    number: str
    issued_on: str
    wanted_for: str
    maximum_penalty_months: int


@dataclass(frozen=True, slots=True)
class Asset:
    """Something that a Silver Notice traces."""

    kind: str
    description: str


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice; fields that a colour does not have, or that are unknown, are None.

    Attributes:
        entity_id: YYYY/NNNNN.
        person: identifier of an invented person; None for things, events and entities.
        height: metres.
        weight: kilograms.
    """

    colour: str
    entity_id: str
    ncb: str
    person: str | None = None
    status: str = "PUBLISHED"
    name: str | None = None
    forename: str | None = None
    date_of_birth: str | None = None
    sex_id: str | None = None
    nationalities: tuple[str, ...] | None = None
    place_of_birth: str | None = None
    country_of_birth_id: str | None = None
    languages_spoken_ids: tuple[str, ...] | None = None
    height: float | None = None
    weight: int | None = None
    hairs_id: tuple[str, ...] | None = None
    eyes_colors_id: tuple[str, ...] | None = None
    distinguishing_marks: str | None = None
    arrest_warrants: tuple[Warrant, ...] | None = None
    date_of_event: str | None = None
    place: str | None = None
    country: str | None = None
    facts: str | None = None
    extradition_sought: bool | None = None
    threat: str | None = None
    assets: tuple[Asset, ...] | None = None
    subject: str | None = None
    un_reference: str | None = None
    un_resolution: int | None = None
    title: str | None = None
    description: str | None = None
    summary: str | None = None
    public_extract: bool | None = None
