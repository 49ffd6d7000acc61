"""Cases that tests make up, and who decides in them."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

from engine.asker import Asker
from engine.enrol import enrol
from engine.examination import (
    Case,
    Conclusion,
    Examiner,
    MarkedMinutia,
    MarkedPair,
    Verdict,
    decide,
)
from engine.examination.file import FoundCandidate
from engine.examining.deciding import VerdictOrder, give_verdict
from engine.examining.opening import CaseOrder, open_case
from engine.examining.reading import ShownCase
from engine.gallery.gallery import Gallery
from engine.identity.organisations import CENTRE, SECRETARIAT
from engine.identity.roles import Role, scopes_of
from engine.notices.signature import Signature
from engine.persons import Person
from support import as_print, make_template

AT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)

FIRST = Examiner("first@fr", "FR", decides=True, supervises=False)
SECOND = Examiner("second@fr", "FR", decides=True, supervises=False)
SUPERVISOR = Examiner("supervisor@fr", "FR", decides=True, supervises=True)
OTHER_SUPERVISOR = Examiner("other@fr", "FR", decides=True, supervises=True)
INVESTIGATOR = Examiner("investigator@fr", "FR", decides=False, supervises=False)
PEOPLE = (FIRST, SECOND, SUPERVISOR, OTHER_SUPERVISOR, INVESTIGATOR)

PAIR = MarkedPair(MarkedMinutia(10, 20, 0.5), MarkedMinutia(12, 22, 0.6))

IDENTIFICATION = Conclusion.IDENTIFICATION
EXCLUSION = Conclusion.EXCLUSION
INCONCLUSIVE = Conclusion.INCONCLUSIVE


def verdict(conclusion: Conclusion = IDENTIFICATION, reason: str = "Invented.") -> Verdict:
    """A verdict that says what it rests on."""
    return Verdict(conclusion, reason, (PAIR,))


def signed(examiner: Examiner) -> Signature:
    """The signature of somebody."""
    return Signature(examiner.actor, examiner.ncb, AT)


def after(*given: tuple[Examiner, Conclusion], verify_all: bool = False) -> Case:
    """A case after some verdicts."""
    case = Case(verify_all=verify_all)
    for examiner, conclusion in given:
        case = decide(case, verdict(conclusion), examiner, signed(examiner))
    return case


def person_of(name: str, ncb: str, *roles: Role) -> Asker:
    """Somebody of a bureau who works on a case."""
    held = frozenset(roles)
    return Asker(
        f"{name}@{ncb.lower()}",
        ncb,
        "identification",
        "case-1",
        bureau=ncb,
        roles=held,
        scopes=scopes_of(held),
    )


ASKING_FIRST = person_of("first", "FR", Role.EXAMINER)
ASKING_SECOND = person_of("second", "FR", Role.EXAMINER)
ASKING_OFFICER = person_of("officer", "FR", Role.NCB_OFFICER)
OWNING_OFFICER = person_of("officer", "DE", Role.NCB_OFFICER)
STRANGER = person_of("officer", "JP", Role.NCB_OFFICER)
CENTRAL = person_of("operator", CENTRE, Role.CCC_OPERATOR)
SECRETARY = person_of("officer", SECRETARIAT, Role.NCB_OFFICER)

_numbers = itertools.count(1)


def candidate(
    gallery: Gallery, person: str = "P", ncb: str = "DE", search: str = "transaction:S-1"
) -> FoundCandidate:
    """A candidate whose print is on record."""
    enrolled = enrol(
        gallery.catalogue, Person(person, ncb), [as_print(make_template(1))], person_of("e", ncb)
    )
    return FoundCandidate(search, person, enrolled.prints[0], 0.75, "ab" * 32)


def opened(
    gallery: Gallery,
    about: FoundCandidate | None = None,
    asker: Asker = ASKING_FIRST,
    *,
    verify_all: bool = False,
) -> str:
    """Id of a new case; by default of France about a record of Germany."""
    order = CaseOrder(f"T-{next(_numbers)}", about or candidate(gallery), verify_all)
    return open_case(gallery.catalogue, order, asker).file.id


def give(
    gallery: Gallery,
    case_id: str,
    asker: Asker,
    conclusion: Conclusion = IDENTIFICATION,
    corrects: int | None = None,
) -> ShownCase:
    """A case after somebody's verdict, as the giver may know it."""
    order = VerdictOrder(f"T-{next(_numbers)}", case_id, verdict(conclusion), corrects)
    return give_verdict(gallery.catalogue, order, asker)


def confirmed(gallery: Gallery, about: FoundCandidate | None = None) -> ShownCase:
    """A case that two examiners have confirmed."""
    case_id = opened(gallery, about)
    give(gallery, case_id, ASKING_FIRST)
    return give(gallery, case_id, ASKING_SECOND)
