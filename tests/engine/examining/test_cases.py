"""Cases from opening to closing, on both databases."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from sqlalchemy import select

from engine.errors import BadRequest, Conflict, Forbidden, NotFound
from engine.examination import CaseStatus
from engine.examination.file import FoundCandidate
from engine.examining.deciding import VerdictOrder, give_verdict
from engine.examining.opening import CaseOrder, open_case
from engine.examining.reading import list_files, open_file
from engine.gallery.examination_store import CaseFilter
from engine.gallery.examination_tables import examination, examination_decision
from engine.gallery.gallery import Gallery
from engine.gallery.tables import audit as audit_table
from engine.gallery.tables import audit_person
from engine.handling import HandlingChange, change_person_handling, change_print_handling
from engine.identity.clearance import Clearance
from engine.identity.roles import Role
from engine.persons import PersonStatus
from engine.policy import parse_recipients
from engine.terminal import operator
from examination_support import (
    ASKING_FIRST,
    ASKING_OFFICER,
    ASKING_SECOND,
    CENTRAL,
    EXCLUSION,
    IDENTIFICATION,
    INCONCLUSIVE,
    OWNING_OFFICER,
    SECRETARY,
    STRANGER,
    candidate,
    confirmed,
    give,
    opened,
    person_of,
    verdict,
)

WAITING = CaseFilter(0, 50, waiting=True)
DENY_FR = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))


def waiting(gallery: Gallery, asker) -> list[str]:
    """The cases that wait for somebody."""
    return [one.file.id for one in list_files(gallery.catalogue, WAITING, asker)[0]]


def test_a_case_keeps_what_the_search_has_shown(gallery: Gallery) -> None:
    """The candidate, why it was searched, who owns it; of the probe the hash alone."""
    about = candidate(gallery)
    case_id = opened(gallery, about)
    file = open_file(gallery.catalogue, case_id, ASKING_FIRST).file
    assert file.candidate == about
    assert (file.ncb, file.owner) == ("FR", "DE")
    assert (file.purpose, file.case_ref) == ("identification", "case-1")
    assert file.case.status is CaseStatus.AWAITING_FIRST


def test_an_identification_goes_through_two_hands(gallery: Gallery) -> None:
    """It waits for the first, then for another, then for nobody."""
    case_id = opened(gallery)
    assert waiting(gallery, ASKING_FIRST) == waiting(gallery, ASKING_SECOND) == [case_id]
    give(gallery, case_id, ASKING_FIRST)
    assert waiting(gallery, ASKING_FIRST) == []
    assert waiting(gallery, ASKING_SECOND) == waiting(gallery, ASKING_OFFICER) == [case_id]
    with pytest.raises(Forbidden, match="nobody decides twice"):
        give(gallery, case_id, ASKING_FIRST)
    done = give(gallery, case_id, ASKING_SECOND)
    assert done.file.case.status is CaseStatus.CONFIRMED
    assert done.hit_id is not None
    assert waiting(gallery, ASKING_OFFICER) == []


def test_a_conflict_waits_for_a_third_who_supervises(gallery: Gallery) -> None:
    """Not for the two, not for other examiners."""
    case_id = opened(gallery)
    give(gallery, case_id, ASKING_OFFICER)
    give(gallery, case_id, ASKING_SECOND, EXCLUSION)
    other = person_of("other", "FR", Role.NCB_OFFICER)
    for asker in (ASKING_OFFICER, ASKING_SECOND, ASKING_FIRST):
        assert waiting(gallery, asker) == []
        with pytest.raises(Forbidden):
            give(gallery, case_id, asker)
    assert waiting(gallery, other) == [case_id]
    assert give(gallery, case_id, other).file.case.status is CaseStatus.CONFIRMED


@pytest.mark.parametrize("verify_all", [False, True])
def test_the_second_reads_the_same_whatever_the_first_said(
    gallery: Gallery, verify_all: bool
) -> None:
    """Conclusion, reason, marks and the person behind them leave no trace, nor in the list."""
    read = []
    conclusions = [IDENTIFICATION, EXCLUSION, INCONCLUSIVE] if verify_all else [IDENTIFICATION] * 2
    firsts = [ASKING_FIRST, person_of("else", "FR", Role.EXAMINER), ASKING_OFFICER]
    about = candidate(gallery)
    for number, (first, conclusion) in enumerate(zip(firsts, conclusions, strict=False)):
        searched = replace(about, search=f"transaction:S{number}")
        case_id = opened(gallery, searched, first, verify_all=verify_all)
        order = VerdictOrder(f"V{number}", case_id, verdict(conclusion, f"Because {number}."))
        give_verdict(gallery.catalogue, order, first)
        alone = open_file(gallery.catalogue, case_id, ASKING_SECOND)
        (listed,) = [
            one
            for one in list_files(gallery.catalogue, WAITING, ASKING_SECOND)[0]
            if one.file.id == case_id
        ]
        assert listed == alone
        when = repr(alone.file.opened.at)
        plain = repr(alone).replace(case_id, "ID").replace(searched.search, "SEARCH")
        read.append(plain.replace(when, "WHEN"))
    assert len(set(read)) == 1
    assert not any("Because" in text or "@fr" in text for text in read)


def test_a_verdict_is_given_once(gallery: Gallery) -> None:
    """The same transaction again changes nothing; with another content it is refused."""
    case_id = opened(gallery)
    order = VerdictOrder("V-1", case_id, verdict())
    first = give_verdict(gallery.catalogue, order, ASKING_FIRST)
    assert give_verdict(gallery.catalogue, order, ASKING_FIRST) == first
    for other, asker in (
        (replace(order, verdict=verdict(EXCLUSION)), ASKING_FIRST),
        (order, ASKING_SECOND),
    ):
        with pytest.raises(Conflict, match="another content"):
            give_verdict(gallery.catalogue, other, asker)
    with gallery.catalogue.reading() as connection:
        assert len(connection.execute(select(examination_decision)).all()) == 1


def test_a_case_is_opened_once(gallery: Gallery) -> None:
    """By transaction, and by candidate of a search; another search is another case."""
    order = CaseOrder("T", candidate(gallery))
    first = open_case(gallery.catalogue, order, ASKING_FIRST)
    assert open_case(gallery.catalogue, order, ASKING_FIRST) == first
    with pytest.raises(Conflict, match="another content"):
        open_case(gallery.catalogue, replace(order, verify_all=True), ASKING_FIRST)
    with pytest.raises(Conflict, match="has a case already"):
        open_case(gallery.catalogue, replace(order, transaction_id="T2"), ASKING_FIRST)
    theirs = open_case(gallery.catalogue, order, STRANGER)  # another bureau's ids are its own
    assert theirs.file.id != first.file.id
    searched = replace(order.candidate, search="transaction:S-2")
    open_case(gallery.catalogue, CaseOrder("T3", searched), ASKING_FIRST)
    with gallery.catalogue.reading() as connection:
        assert len(connection.execute(select(examination)).all()) == 3


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"search": "S-1"}, "name it as job:ID"),
        ({"search": "job:"}, "use 1 to 64"),
        ({"score": 1.5}, "from 0 to 1"),
        ({"score": float("nan")}, "from 0 to 1"),
        ({"probe_sha256": "AB" * 32}, "64 hexadecimal digits"),
    ],
)
def test_a_malformed_candidate_is_refused(gallery: Gallery, change: dict, fault: str) -> None:
    """With the field and the reason."""
    about = FoundCandidate("transaction:S", "P", 1, 0.5, "ab" * 32)
    with pytest.raises(BadRequest, match=fault):
        opened(gallery, replace(about, **change))


@pytest.mark.parametrize(
    ("asker", "error", "fault"),
    [
        (replace(ASKING_FIRST, purpose="curiosity"), BadRequest, "purpose 'curiosity'"),
        (replace(ASKING_FIRST, purpose=""), BadRequest, "purpose ''"),
        (replace(ASKING_FIRST, case_ref=" "), BadRequest, "case_ref"),
        (replace(ASKING_FIRST, ncb=""), Forbidden, "of an organisation"),
    ],
)
def test_a_case_states_its_reason(gallery: Gallery, asker, error, fault: str) -> None:
    """A purpose of the list, a case reference, and an organisation."""
    with pytest.raises(error, match=fault):
        opened(gallery, FoundCandidate("transaction:S", "P", 1, 0.5, "ab" * 32), asker)


def test_only_what_a_search_could_find_is_a_candidate(gallery: Gallery) -> None:
    """Not what is hidden, another person's print, or a witness in an offender search."""
    about = candidate(gallery)
    with pytest.raises(NotFound) as missing:
        opened(gallery, replace(about, print_id=999))
    with pytest.raises(NotFound):
        opened(gallery, replace(about, person_id="Q"))
    german, revision = operator("DE"), 1
    for change in (HandlingChange(status=PersonStatus.WITNESS), DENY_FR):
        revision = change_person_handling(gallery.catalogue, "P", change, revision, german).revision
        with pytest.raises(NotFound) as hidden:
            opened(gallery, about)
        assert str(hidden.value).replace(str(about.print_id), "999") == str(missing.value)
    again = HandlingChange(restriction=parse_recipients("ALL", []))
    change_person_handling(gallery.catalogue, "P", again, revision, german)
    asked = replace(ASKING_FIRST, purpose="elimination")
    assert opened(gallery, about, asked)


def test_another_bureaus_case_is_none(gallery: Gallery) -> None:
    """For the owner of the record, others, the secretariat and the CCC alike; lists are empty."""
    case_id = opened(gallery)
    with pytest.raises(NotFound) as missing:
        open_file(gallery.catalogue, "0" * 32, STRANGER)
    for asker in (OWNING_OFFICER, STRANGER, CENTRAL, SECRETARY, operator()):
        for act in (
            lambda asker=asker: open_file(gallery.catalogue, case_id, asker),
            lambda asker=asker: give(gallery, case_id, asker),
        ):
            with pytest.raises(NotFound) as refusal:
                act()
            assert str(refusal.value).replace(case_id, "0" * 32) == str(missing.value)
        assert list_files(gallery.catalogue, CaseFilter(0, 9), asker) == ([], 0)


def test_a_case_goes_with_the_candidates_visibility(gallery: Gallery) -> None:
    """Person hidden, print hidden, or class above the clearance: no case, and none is counted."""
    about = candidate(gallery)
    case_id = opened(gallery, about)
    german = operator("DE")
    change_print_handling(gallery.catalogue, about.print_id, DENY_FR, 1, german)
    every = CaseFilter(0, 9)
    for asker in (ASKING_FIRST, ASKING_SECOND):
        with pytest.raises(NotFound):
            open_file(gallery.catalogue, case_id, asker)
        with pytest.raises(NotFound):
            give(gallery, case_id, asker)
        assert list_files(gallery.catalogue, every, asker) == ([], 0)
    lifted = HandlingChange(
        restriction=parse_recipients("ALL", []), classification=Clearance.RESTRICTED
    )
    change_print_handling(gallery.catalogue, about.print_id, lifted, 2, german)
    cleared = replace(ASKING_SECOND, clearance=Clearance.RESTRICTED)
    assert list_files(gallery.catalogue, every, ASKING_SECOND) == ([], 0)
    assert open_file(gallery.catalogue, case_id, cleared).file.id == case_id


def test_lists_are_filtered_and_read_part_by_part(gallery: Gallery) -> None:
    """The oldest first, with the number of all."""
    about = candidate(gallery)
    ids = [opened(gallery, replace(about, search=f"transaction:{n}")) for n in range(3)]
    give(gallery, ids[1], ASKING_FIRST, EXCLUSION)
    parts = [list_files(gallery.catalogue, CaseFilter(n, 2), ASKING_FIRST) for n in (0, 2)]
    assert [one.file.id for found, _ in parts for one in found] == ids
    assert {total for _, total in parts} == {3}
    closed = CaseFilter(0, 9, status=CaseStatus.NOT_CONFIRMED)
    assert [one.file.id for one in list_files(gallery.catalogue, closed, ASKING_FIRST)[0]] == [
        ids[1]
    ]
    nobody = CaseFilter(0, 9, person_id="Q")
    assert list_files(gallery.catalogue, nobody, ASKING_FIRST) == ([], 0)


def test_who_may_not_decide_is_waited_for_by_no_case(gallery: Gallery) -> None:
    """An investigator reads the cases of the bureau and gives no verdict."""
    investigator = person_of("investigator", "FR", Role.INVESTIGATOR)
    case_id = opened(gallery, asker=investigator)
    assert waiting(gallery, investigator) == []
    assert list_files(gallery.catalogue, CaseFilter(0, 9), investigator)[1] == 1
    with pytest.raises(Forbidden, match="examiners of an organisation"):
        give(gallery, case_id, investigator)


def test_corrections_are_kept_beside_what_they_correct(gallery: Gallery) -> None:
    """Both stand in the case; whoever reads it sees which holds."""
    done = confirmed(gallery)
    give(gallery, done.file.id, ASKING_SECOND, EXCLUSION, corrects=2)
    again = give(gallery, done.file.id, ASKING_OFFICER, EXCLUSION)
    assert again.file.case.status is CaseStatus.NOT_CONFIRMED
    assert again.hit_id is None
    assert [one.corrects for one in again.file.case.decisions] == [None, None, 2, None]


def test_two_verdicts_at_once_are_one_after_the_other(gallery: Gallery) -> None:
    """One of the two examiners is the first, the other the second; there is one hit."""
    case_id = opened(gallery)
    with ThreadPoolExecutor(2) as pool:
        both = list(
            pool.map(lambda one: give(gallery, case_id, one), [ASKING_FIRST, ASKING_SECOND])
        )
    ended = {one.file.case.status for one in both}
    assert ended == {CaseStatus.AWAITING_SECOND, CaseStatus.CONFIRMED}
    assert len({one.hit_id for one in both} - {None}) == 1


def test_every_act_is_in_the_chain_and_no_verdict(gallery: Gallery) -> None:
    """With the case's own reason; owners find that their record was used, not who decides."""
    done = confirmed(gallery)
    with gallery.catalogue.reading() as connection:
        rows = (
            connection.execute(select(audit_table).order_by(audit_table.c.number)).mappings().all()
        )
        links = set(connection.execute(select(audit_person.c.number)).scalars())
    acts = [row for row in rows if row["action"].startswith(("examination", "hit"))]
    assert [row["action"] for row in acts] == [
        "examination.open",
        "examination.decide",
        "examination.decide",
        "hit.open",
    ]
    assert {row["case_ref"] for row in acts} == {"case-1"}
    assert {row["subject"] for row in acts[:3]} == {done.file.id}
    assert not any("identification" in row["detail"] for row in acts)
    assert [row["number"] in links for row in acts] == [True, False, False, True]
