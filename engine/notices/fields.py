"""The fields of notices, by the names of the public notices interface, and what each may hold."""

from __future__ import annotations

from collections.abc import Mapping

from engine.notices.values import (
    LONGEST_TEXT,
    Check,
    country,
    date,
    many,
    number,
    one_of,
    record,
    words,
    yes_or_no,
)
from engine.notices.warrants import WARRANT

_CODE = words(8)
_TEXT = words(LONGEST_TEXT)

NAMES: Mapping[str, Check] = {
    "name": words(),
    "forename": words(),
    "birth_name": words(),
    "name_in_original_script": words(),
    "forename_in_original_script": words(),
    "aliases": many(words()),
}

ORIGIN: Mapping[str, Check] = {
    "date_of_birth": date,
    "nationalities": many(country),
    "country_of_birth_id": country,
    "place_of_birth": words(),
    "languages_spoken_ids": many(_CODE),
    "identity_documents": many(words()),
    "profession": words(),
}

LOOKS: Mapping[str, Check] = {
    "sex_id": one_of("M", "F", "U"),
    "height": number(3),
    "weight": number(700),
    "hairs_id": many(_CODE),
    "eyes_colors_id": many(_CODE),
    "distinguishing_marks": _TEXT,
}

FAMILY: Mapping[str, Check] = {
    "father_name": words(),
    "father_forename": words(),
    "mother_name": words(),
    "mother_forename": words(),
}

EVENT: Mapping[str, Check] = {
    "date_of_event": date,
    "place": words(),
    "country": country,
}

TEXTS: Mapping[str, Check] = {
    "title": words(),
    "description": _TEXT,
    "summary": _TEXT,
    "action_to_take": _TEXT,
    "additional_information": _TEXT,
}

WANTED: Mapping[str, Check] = {
    "arrest_warrants": many(WARRANT),
    "facts": _TEXT,
    "extradition_sought": yes_or_no,
}

SANCTION: Mapping[str, Check] = {
    "subject": one_of("person", "entity"),
    "un_reference": words(40),
    "un_reference_date": date,
    "un_resolution": number(99_999, whole=True),
    "purposes": many(words()),
    "associates": many(words()),
    "adresses": many(words()),  # the public interface spells it so
    "main_activity": words(),
}

ENTITY: Mapping[str, Check] = {
    "legal_form": words(),
    "registration_number": words(),
    "administrators": many(words()),
    "formerly_known_as": many(words()),
    "from_chamber_of_commerce": words(),
}

THREAT: Mapping[str, Check] = {"threat": one_of("event", "person", "object", "process")}

METHOD: Mapping[str, Check] = {
    "devices": many(words()),
    "concealment": _TEXT,
}

ASSETS: Mapping[str, Check] = {
    "assets": many(
        record(
            {
                "kind": one_of("property", "vehicle", "account", "business", "other"),
                "description": words(2000),
            },
            {"country": country, "identifier": words(200), "value": words(100)},
        )
    ),
}

CASE: Mapping[str, Check] = {
    "case_reference": words(200),
    "linked_notices": many(words(30)),
}

FIELDS: Mapping[str, Check] = {
    **NAMES, **ORIGIN, **LOOKS, **FAMILY, **EVENT, **TEXTS, **WANTED, **SANCTION, **ENTITY,
    **THREAT, **METHOD, **ASSETS, **CASE,
}  # fmt: skip
"""Every field that there is."""

TRANSLATED = frozenset({*TEXTS, "facts", "distinguishing_marks", "concealment"})
"""Fields that are texts in a language, and can be translated."""
