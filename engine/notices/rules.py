"""What each colour of notice is for, what it must hold, and what it must not.

Sources: the types of notices and the Rules on the Processing of Data (RPD), articles 82 to 96.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from engine.notices.colour import Colour
from engine.notices.fields import (
    ASSETS,
    CASE,
    ENTITY,
    EVENT,
    FAMILY,
    LOOKS,
    METHOD,
    NAMES,
    ORIGIN,
    SANCTION,
    TEXTS,
    THREAT,
    WANTED,
)
from engine.persons import PersonStatus

PERSON = frozenset({*NAMES, *ORIGIN, *LOOKS})
ANY_NAME = frozenset({"name", "name_in_original_script", "aliases"})
ANY_IDENTITY = frozenset({"date_of_birth", "identity_documents", "distinguishing_marks"})
ALWAYS = frozenset({*TEXTS, *CASE})

_VICTIMS = frozenset(
    {PersonStatus.WITNESS, PersonStatus.VICTIM, PersonStatus.MISSING, PersonStatus.UNKNOWN_BODY}
)


@dataclass(frozen=True, slots=True)
class ColourRules:
    """The rules of one colour.

    Attributes:
        purpose: what such a notice asks for or tells.
        allowed: fields that it may hold; all others are forbidden.
        required: fields that it must hold.
        one_of: groups of fields, of each of which it must hold one.
        person: whether it can be about a person on record.
        not_about: statuses of persons that it cannot be about.
        public_extract: whether an extract must (True) or must not (False) be public; None leaves
            it to the owner.
    """

    purpose: str
    allowed: frozenset[str]
    required: frozenset[str]
    one_of: tuple[frozenset[str], ...] = field(default=())
    person: bool = True
    not_about: frozenset[PersonStatus] = field(default=frozenset())
    public_extract: bool | None = None


RULES: Mapping[Colour, ColourRules] = {
    Colour.RED: ColourRules(
        purpose="locate and provisionally arrest a person, pending extradition",
        allowed=PERSON | ALWAYS | set(WANTED),
        required=frozenset({"arrest_warrants", "facts", "extradition_sought"}),
        one_of=(ANY_NAME, ANY_IDENTITY),
        not_about=_VICTIMS,
    ),
    Colour.BLUE: ColourRules(
        purpose="learn a person's identity, whereabouts or doings in a criminal investigation",
        allowed=PERSON | ALWAYS | {"facts"},
        required=frozenset({"description"}),
        one_of=(ANY_NAME | {"distinguishing_marks"},),
        not_about=frozenset({PersonStatus.UNKNOWN_BODY}),
    ),
    Colour.GREEN: ColourRules(
        purpose="warn of a person's criminal activities that may be repeated elsewhere",
        allowed=PERSON | ALWAYS | {"facts"},
        required=frozenset({"description"}),
        one_of=(ANY_NAME, ANY_IDENTITY),
        not_about=_VICTIMS,
    ),
    Colour.YELLOW: ColourRules(
        purpose="locate a missing person, or identify one who cannot tell who they are",
        allowed=PERSON | ALWAYS | set(FAMILY) | set(EVENT),
        required=frozenset({"date_of_event", "country"}),
        one_of=(ANY_NAME | {"distinguishing_marks"},),
        not_about=frozenset({PersonStatus.UNKNOWN_BODY}),
    ),
    Colour.BLACK: ColourRules(
        purpose="learn whose an unidentified body is",
        allowed=ALWAYS | set(LOOKS) | set(EVENT),  # a body with a name is identified
        required=frozenset({"date_of_event", "country", "sex_id"}),
        one_of=(frozenset({"distinguishing_marks", "description", "height"}),),
        not_about=frozenset(PersonStatus) - {PersonStatus.UNKNOWN_BODY, PersonStatus.OTHER},
    ),
    Colour.ORANGE: ColourRules(
        purpose="warn of an event, person, object or process that is a serious, imminent threat",
        allowed=PERSON | ALWAYS | set(EVENT) | set(THREAT),
        required=frozenset({"title", "description", "threat"}),
    ),
    Colour.PURPLE: ColourRules(
        purpose="tell or ask about a way of working, objects, devices or hiding places",
        allowed=ALWAYS | set(METHOD),
        required=frozenset({"title", "description"}),
        person=False,
    ),
    Colour.UN: ColourRules(
        purpose="tell of a person or entity under sanctions of the UN Security Council",
        allowed=PERSON | ALWAYS | set(SANCTION) | set(ENTITY),
        required=frozenset({"subject", "name", "un_reference", "un_resolution", "summary"}),
        not_about=_VICTIMS,
        public_extract=True,
    ),
    Colour.SILVER: ColourRules(
        purpose="trace and recover criminal assets",
        allowed=ALWAYS | set(NAMES) | set(ASSETS),
        required=frozenset({"title", "assets"}),
        not_about=_VICTIMS,
        public_extract=False,
    ),
}
"""The rules, by colour."""

PERSON_ONLY = frozenset({*ORIGIN, *LOOKS, "forename", "birth_name", "forename_in_original_script"})
"""Fields that an entity under sanctions, or a threat that is no person, cannot have."""

ENTITY_ONLY = frozenset(ENTITY)
"""Fields that a person under sanctions cannot have."""
