"""Whether a notice keeps to the rules of its colour: its form at any time, all of it on request."""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import BadRequest
from engine.identity.organisations import LANGUAGES
from engine.notices.colour import Colour
from engine.notices.fields import FIELDS
from engine.notices.notice import Notice
from engine.notices.rules import ENTITY_ONLY, PERSON, PERSON_ONLY, RULES
from engine.notices.warrants import warrant_faults
from engine.persons import PersonStatus


def check_form(notice: Notice) -> None:
    """Check what must hold of a draft already, and of what another system has published.

    Raises:
        BadRequest: names each field that is unknown, forbidden in this colour, or malformed.
    """
    _refuse(notice, form_faults(notice))


def check_request(notice: Notice, about: PersonStatus | None) -> None:
    """Check what must hold before a notice is reviewed, or a diffusion sent.

    Args:
        notice: the request.
        about: status of the person on record that it is about, None if there is none.

    Raises:
        BadRequest: names everything that is wrong.
    """
    _refuse(notice, [*form_faults(notice), *request_faults(notice), *_about_faults(notice, about)])


def form_faults(notice: Notice) -> list[str]:
    """What is wrong with the fields that are there."""
    rules = RULES[notice.colour]
    faults = []
    if notice.language not in LANGUAGES:
        faults.append(f"language: {notice.language!r} is none of {', '.join(LANGUAGES)}")
    for name, value in notice.fields.items():
        if name not in FIELDS:
            faults.append(f"{name}: there is no such field")
        elif name not in rules.allowed or name in _forbidden(notice):
            faults.append(f"{name}: has no place in a {_name(notice)} notice")
        elif fault := FIELDS[name](value):
            faults.append(f"{name}: {fault}")
    if notice.person_id is not None and not rules.person:
        faults.append(f"person: a {_name(notice)} notice is about no person")
    return faults


def request_faults(notice: Notice) -> list[str]:
    """What a well formed notice lacks to be reviewed."""
    rules, have = RULES[notice.colour], set(notice.fields)
    faults = [f"{name}: is missing" for name in sorted(rules.required - have)]
    faults += [
        f"{', '.join(sorted(group))}: one of them is needed"
        for group in rules.one_of
        if not group & have
    ]
    if rules.public_extract not in (None, notice.public_extract):
        must = "must" if rules.public_extract else "must not"
        faults.append(f"public_extract: a {_name(notice)} notice {must} have one")
    if notice.colour is Colour.RED and "arrest_warrants" in have:
        faults += warrant_faults(notice.fields["arrest_warrants"], notice.language)
        if notice.fields.get("extradition_sought") is False:
            faults.append("extradition_sought: a Red notice is a promise to seek extradition")
    return faults


def _forbidden(notice: Notice) -> frozenset[str]:
    """Fields that the colour allows in general, but not in this notice."""
    if notice.colour is Colour.UN:
        return PERSON_ONLY if notice.fields.get("subject") == "entity" else ENTITY_ONLY
    if notice.colour is Colour.ORANGE and notice.fields.get("threat") not in (None, "person"):
        return PERSON
    return frozenset()


def _about_faults(notice: Notice, about: PersonStatus | None) -> list[str]:
    """What is wrong with the person that it is about."""
    if about is None or about not in RULES[notice.colour].not_about:
        return []
    return [f"person: a {_name(notice)} notice cannot be about a person of status {about}"]


def _name(notice: Notice) -> str:
    """The colour as a word."""
    return "UN" if notice.colour is Colour.UN else notice.colour.title()


def _refuse(notice: Notice, faults: Sequence[str]) -> None:
    """Raise if there are faults."""
    if faults:
        raise BadRequest(f"{notice.colour} notice {notice.entity_id}: {'; '.join(faults)}")
