"""Notices that tests make up, and who acts on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.asker import Asker
from engine.gallery.gallery import Gallery
from engine.identity.organisations import SECRETARIAT
from engine.identity.roles import Role, scopes_of
from engine.noticeboard.acting import Target
from engine.noticeboard.drafting import Draft, write_draft
from engine.noticeboard.reviewing import Finding, review
from engine.noticeboard.steps import StepOrder, take
from engine.notices import EVERYBODY, Colour, Kind, Restriction, RestrictionMode
from engine.notices.file import NoticeFile
from engine.notices.lifecycle import Step
from engine.notices.record import Content
from engine.notices.review import Verdict

WARRANT = {
    "issuing_country_id": "FR",
    "charge": "Vol d'un tableau inexistant",
    "charge_language": "fr",
    "charge_translation": "Theft of a painting that does not exist",
    "number": "W-1",
    "issued_on": "2024/03/01",
    "wanted_for": "prosecution",
    "maximum_penalty_months": 60,
}

FIELDS: Mapping[Colour, dict[str, Any]] = {
    Colour.RED: {
        "name": "TESTOVA",
        "forename": "NEMESTA",
        "date_of_birth": "1980/01/25",
        "sex_id": "F",
        "nationalities": ["MD"],
        "arrest_warrants": [WARRANT],
        "facts": "Invented facts about a painting.",
        "extradition_sought": True,
    },
    Colour.BLUE: {"name": "TAMESHI", "description": "Whereabouts sought (invented)."},
    Colour.GREEN: {
        "name": "PROBESON",
        "date_of_birth": "1970",
        "description": "May repeat invented frauds.",
    },
    Colour.YELLOW: {"name": "MISSING", "date_of_event": "2025/01/02", "country": "FR"},
    Colour.BLACK: {
        "date_of_event": "2025/01",
        "country": "FR",
        "sex_id": "U",
        "distinguishing_marks": "Tattoo of the word SAMPLE.",
    },
    Colour.ORANGE: {"title": "Parcels", "description": "Wooden ducks.", "threat": "object"},
    Colour.PURPLE: {"title": "Tins", "description": "Tins with two lids."},
    Colour.UN: {
        "subject": "entity",
        "name": "Fixture Trading",
        "un_reference": "FXe.001",
        "un_resolution": 9999,
        "summary": "Listed under an invented resolution.",
    },
    Colour.SILVER: {
        "title": "Yacht of a model company",
        "assets": [{"kind": "vehicle", "description": "A yacht named Exempli Gratia."}],
    },
}
"""What a complete request of each colour holds."""


def content(colour: Colour = Colour.BLUE, **fields: Any) -> Content:
    """A complete content of a colour, with other fields; a field of None is left out."""
    said = {**FIELDS[colour], **fields}
    return Content(
        {name: value for name, value in said.items() if value is not None},
        public_extract=colour is Colour.UN,
    )


def officer(ncb: str, name: str = "officer", roles: frozenset[Role] | None = None) -> Asker:
    """An officer of an organisation, or somebody with other roles there."""
    held = frozenset({Role.NCB_OFFICER}) if roles is None else roles
    return Asker(
        f"{name}@{ncb.lower()}",
        ncb,
        "notices",
        "case-1",
        bureau=ncb,
        roles=held,
        scopes=scopes_of(held),
    )


SECRETARY = officer(SECRETARIAT, "reviewer")
OWNER = officer("FR")
READER = officer("JP", roles=frozenset({Role.INVESTIGATOR}))


def only(*ncbs: str) -> Restriction:
    """These bureaus alone."""
    return Restriction(RestrictionMode.ALLOW, frozenset(ncbs))


def all_but(*ncbs: str) -> Restriction:
    """All bureaus but these."""
    return Restriction(RestrictionMode.DENY, frozenset(ncbs))


def draft(
    gallery: Gallery,
    colour: Colour = Colour.BLUE,
    restriction: Restriction = EVERYBODY,
    kind: Kind = Kind.NOTICE,
    owner: Asker = OWNER,
    **fields: Any,
) -> NoticeFile:
    """A draft of the owner."""
    new = Draft(colour, content(colour, **fields), kind, restriction)
    return write_draft(gallery.catalogue, new, owner)


def step(
    gallery: Gallery, file: NoticeFile, what: Step, asker: Asker, reason: str = "A reason."
) -> NoticeFile:
    """The notice after a step."""
    return take(gallery.catalogue, Target(file.key), StepOrder(what, (reason,)), asker)


def find(
    gallery: Gallery, file: NoticeFile, verdict: Verdict = Verdict.APPROVE, asker: Asker = SECRETARY
) -> NoticeFile:
    """The notice after a finding."""
    grave = True if file.notice.colour is Colour.RED else None
    approved = Finding(Verdict.APPROVE, article_2=True, article_3=True, gravity=grave)
    other = Finding(verdict, reasons=("A question.",))
    chosen = approved if verdict is Verdict.APPROVE else other
    return review(gallery.catalogue, Target(file.key), chosen, asker)


def under_review(gallery: Gallery, file: NoticeFile, owner: Asker = OWNER) -> NoticeFile:
    """A draft that was submitted and taken up."""
    step(gallery, file, Step.SUBMIT, owner)
    return step(gallery, file, Step.TAKE_UP, SECRETARY)


def publish(
    gallery: Gallery,
    colour: Colour = Colour.BLUE,
    restriction: Restriction = EVERYBODY,
    owner: Asker = OWNER,
    **fields: Any,
) -> NoticeFile:
    """A notice that went the whole way to its publication."""
    file = draft(gallery, colour, restriction, owner=owner, **fields)
    find(gallery, under_review(gallery, file, owner))
    return step(gallery, file, Step.PUBLISH, SECRETARY)


def circulate(gallery: Gallery, *recipients: str, owner: Asker = OWNER) -> NoticeFile:
    """A diffusion to these bureaus."""
    file = draft(gallery, restriction=only(*recipients), kind=Kind.DIFFUSION, owner=owner)
    return step(gallery, file, Step.CIRCULATE, owner)
