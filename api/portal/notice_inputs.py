"""How each field of a notice is asked for and shown: its name for people, and its kind of input.

Which fields a colour has, and which it needs, is told by `engine.notices.rules` alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from api.portal.marking import N_
from api.portal.words import SEXES


class Entry(StrEnum):
    """Kinds of input."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    COUNTRY = "country"
    COUNTRIES = "countries"
    LIST = "list"
    NUMBER = "number"
    WHOLE = "whole"
    YES_OR_NO = "yes"
    CHOICE = "choice"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Input:
    """A field as people see it.

    Attributes:
        label: its name, to be translated.
        entry: what kind of input it has.
        choices: of a CHOICE, what people read by value.
        parts: of RECORDS, the fields of each.
    """

    label: str
    entry: Entry = Entry.LINE
    choices: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[str, Input] = field(default_factory=dict)


WARRANT: Mapping[str, Input] = {
    "issuing_country_id": Input(N_("Issued by"), Entry.COUNTRY),
    "charge": Input(N_("Charge"), Entry.TEXT),
    "charge_language": Input(N_("Language of the charge")),
    "charge_translation": Input(N_("Charge in English"), Entry.TEXT),
    "number": Input(N_("Number of the warrant")),
    "issued_on": Input(N_("Issued on"), Entry.DAY),
    "court": Input(N_("Court")),
    "wanted_for": Input(
        N_("Wanted for"),
        Entry.CHOICE,
        {"prosecution": N_("Prosecution"), "sentence": N_("Serving a sentence")},
    ),
    "maximum_penalty_months": Input(N_("Maximum penalty, months"), Entry.WHOLE),
    "remaining_sentence_months": Input(N_("Sentence that remains, months"), Entry.WHOLE),
}

ASSET: Mapping[str, Input] = {
    "kind": Input(
        N_("Kind of asset"),
        Entry.CHOICE,
        {
            "property": N_("Property"),
            "vehicle": N_("Vehicle"),
            "account": N_("Account"),
            "business": N_("Business"),
            "other": N_("Other asset"),
        },
    ),
    "description": Input(N_("Description"), Entry.TEXT),
    "country": Input(N_("Country"), Entry.COUNTRY),
    "identifier": Input(N_("Number that names it")),
    "value": Input(N_("Value")),
}

INPUTS: Mapping[str, Input] = {
    "name": Input(N_("Family name")),
    "forename": Input(N_("Forename")),
    "birth_name": Input(N_("Name at birth")),
    "name_in_original_script": Input(N_("Family name in its own script")),
    "forename_in_original_script": Input(N_("Forename in its own script")),
    "aliases": Input(N_("Also known as"), Entry.LIST),
    "date_of_birth": Input(N_("Date of birth"), Entry.DAY),
    "nationalities": Input(N_("Nationalities"), Entry.COUNTRIES),
    "country_of_birth_id": Input(N_("Country of birth"), Entry.COUNTRY),
    "place_of_birth": Input(N_("Place of birth")),
    "languages_spoken_ids": Input(N_("Languages spoken, as codes"), Entry.LIST),
    "identity_documents": Input(N_("Identity documents"), Entry.LIST),
    "profession": Input(N_("Profession")),
    "sex_id": Input(N_("Sex"), Entry.CHOICE, SEXES),
    "height": Input(N_("Height, metres"), Entry.NUMBER),
    "weight": Input(N_("Weight, kilograms"), Entry.NUMBER),
    "hairs_id": Input(N_("Hair, as codes"), Entry.LIST),
    "eyes_colors_id": Input(N_("Eyes, as codes"), Entry.LIST),
    "distinguishing_marks": Input(N_("Distinguishing marks"), Entry.TEXT),
    "father_name": Input(N_("Father's family name")),
    "father_forename": Input(N_("Father's forename")),
    "mother_name": Input(N_("Mother's family name")),
    "mother_forename": Input(N_("Mother's forename")),
    "date_of_event": Input(N_("Date of the event"), Entry.DAY),
    "place": Input(N_("Place")),
    "country": Input(N_("Country"), Entry.COUNTRY),
    "title": Input(N_("Title")),
    "description": Input(N_("Description"), Entry.TEXT),
    "summary": Input(N_("Summary"), Entry.TEXT),
    "action_to_take": Input(N_("What to do"), Entry.TEXT),
    "additional_information": Input(N_("Further information"), Entry.TEXT),
    "arrest_warrants": Input(N_("Arrest warrants"), Entry.RECORDS, parts=WARRANT),
    "facts": Input(N_("Facts of the case"), Entry.TEXT),
    "extradition_sought": Input(N_("Extradition is sought"), Entry.YES_OR_NO),
    "subject": Input(
        N_("Subject of the sanctions"),
        Entry.CHOICE,
        {"person": N_("A person"), "entity": N_("An entity")},
    ),
    "un_reference": Input(N_("UN reference")),
    "un_reference_date": Input(N_("Date of the UN reference"), Entry.DAY),
    "un_resolution": Input(N_("Number of the UN resolution"), Entry.WHOLE),
    "purposes": Input(N_("Sanctions"), Entry.LIST),
    "associates": Input(N_("Associates"), Entry.LIST),
    "adresses": Input(N_("Addresses"), Entry.LIST),
    "main_activity": Input(N_("Main activity")),
    "legal_form": Input(N_("Legal form")),
    "registration_number": Input(N_("Registration number")),
    "administrators": Input(N_("Administrators"), Entry.LIST),
    "formerly_known_as": Input(N_("Formerly known as"), Entry.LIST),
    "from_chamber_of_commerce": Input(N_("Chamber of commerce")),
    "threat": Input(
        N_("What threatens"),
        Entry.CHOICE,
        {
            "event": N_("An event"),
            "person": N_("A person"),
            "object": N_("An object"),
            "process": N_("A process"),
        },
    ),
    "devices": Input(N_("Devices"), Entry.LIST),
    "concealment": Input(N_("Hiding place"), Entry.TEXT),
    "assets": Input(N_("Assets"), Entry.RECORDS, parts=ASSET),
    "case_reference": Input(N_("Case of the bureau")),
    "linked_notices": Input(N_("Linked notices"), Entry.LIST),
}
"""By the name of the public notices interface."""
