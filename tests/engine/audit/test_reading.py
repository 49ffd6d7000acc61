"""Who sees what of the chain, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete

from audit_support import ACTOR, rewrite
from engine import audit
from engine.asker import Asker
from engine.audit.reading import list_accesses, list_rows
from engine.audit.view import ShownRow
from engine.candidates import SearchRequest
from engine.errors import Forbidden, NotFound
from engine.gallery import tables
from engine.gallery.audit_query import AuditFilter
from engine.gallery.gallery import Gallery
from engine.handling import HandlingChange, change_person_handling
from engine.identity.clearance import Clearance
from engine.lookup import look_up_person
from engine.policy import parse_recipients
from engine.search import Searcher
from engine.terminal import operator
from support import disturb, make_template

FRENCH = replace(ACTOR, actor="auditor@fr")
GERMAN = replace(ACTOR, actor="auditor@de", ncb="DE", clearance=Clearance.RESTRICTED)
SECRETARIAT = replace(ACTOR, actor="auditor@ipsg", ncb="IPSG")
DENY_FR = HandlingChange(restriction=parse_recipients("DENY", ["FR"]))
ALL = AuditFilter()


@pytest.fixture
def acts(gallery: Gallery, enrol_template) -> Gallery:
    """A French and a German person; a French search finds both, a French read opens both."""
    enrol_template(gallery, "french", make_template(1))
    enrol_template(gallery, "german", disturb(make_template(1), 2), ncb="DE")
    Searcher(gallery, None, 1).search(SearchRequest(make_template(1)), ACTOR)  # type: ignore[arg-type]
    look_up_person(gallery.catalogue, "french", ACTOR)
    look_up_person(gallery.catalogue, "german", ACTOR)
    return gallery


def rows(gallery: Gallery, asker: Asker, wanted: AuditFilter = ALL) -> list[ShownRow]:
    """What an asker is shown, oldest first."""
    return list(reversed(list_rows(gallery.catalogue, wanted, asker).rows))


def told(gallery: Gallery, asker: Asker, wanted: AuditFilter = ALL) -> list[tuple[str, str, str]]:
    """Action, subject and persons of what an asker is shown."""
    return [
        (one.row.action, one.row.subject, " ".join(link.person_id for link in one.persons))
        for one in rows(gallery, asker, wanted)
    ]


def test_the_secretariat_sees_all(acts: Gallery) -> None:
    """Rows as they stand, with their hashes."""
    shown = rows(acts, SECRETARIAT)
    assert [one.row.number for one in shown] == [1, 2, 3, 4, 5]
    assert all(one.whole for one in shown)
    assert "result_sha256" in shown[2].detail


def test_a_bureau_sees_its_acts_and_accesses_to_its_records(acts: Gallery) -> None:
    """Of another bureau's act it learns who and why, and its own persons alone."""
    assert told(acts, GERMAN) == [
        ("enrol", "german", "german"),
        ("search", "", "german"),
        ("read.person", "german", "german"),
    ]
    search = rows(acts, GERMAN)[1]
    assert (search.row.actor, search.row.case_ref, search.detail) == ("tester@fr", "case-1", {})
    assert told(acts, FRENCH)[2] == ("search", "", "french german")


def test_what_is_hidden_is_not_in_the_chain(acts: Gallery) -> None:
    """Neither the read, nor the candidate, nor by a filter, nor a digest that could tell it."""
    change_person_handling(acts.catalogue, "german", DENY_FR, 1, operator("DE"))
    assert told(acts, FRENCH) == [
        ("enrol", "french", "french"),
        ("search", "", "french"),
        ("read.person", "french", "french"),
    ]
    search = rows(acts, FRENCH)[1]
    assert search.detail["shown"] == ["french"]
    assert not [name for name in search.detail if "sha256" in name]
    for wanted in (AuditFilter(person="german"), AuditFilter(subject="german")):
        assert told(acts, FRENCH, wanted) == []
    assert len(told(acts, GERMAN, AuditFilter(person="german"))) == 4


def test_a_list_stays_without_what_is_hidden(acts: Gallery) -> None:
    """It would have been asked for all the same; what goes with the persons is not told."""
    with acts.catalogue.recording() as connection:
        detail = {"cases": ["c-1", "c-2"], "status": "open"}
        audit.record(connection, ACTOR, "list.cases", "", detail, about=["french", "german"])
        audit.record(connection, ACTOR, "read.case", "c-2", {}, about=["german"])
    change_person_handling(acts.catalogue, "german", DENY_FR, 1, operator("DE"))
    last = rows(acts, FRENCH)[-1]
    assert (last.row.action, [one.person_id for one in last.persons]) == ("list.cases", ["french"])
    assert last.detail == {"status": "open"}


def test_rows_from_before_hide_as_much(acts: Gallery) -> None:
    """They do not say which persons they are about; it is told from what else they say."""
    with acts.catalogue.recording() as connection:
        for number in (3, 5):
            rewrite(connection, number, form=1, persons="")
            links = tables.audit_person
            connection.execute(delete(links).where(links.c.number == number))
    assert told(acts, FRENCH)[-1] == ("read.person", "german", "german")
    change_person_handling(acts.catalogue, "german", DENY_FR, 1, operator("DE"))
    assert "german" not in str(rows(acts, FRENCH))


def test_a_record_above_ones_clearance_is_hidden_from_its_owner_too(acts: Gallery) -> None:
    """An auditor without clearance does not learn of it by its accesses."""
    secret = HandlingChange(classification=Clearance.CONFIDENTIAL)
    change_person_handling(acts.catalogue, "german", secret, 1, operator("DE"))
    assert told(acts, GERMAN) == []
    cleared = replace(GERMAN, clearance=Clearance.CONFIDENTIAL)
    assert len(told(acts, cleared)) == 5


def test_an_owner_sees_accesses_to_an_erased_person(acts: Gallery) -> None:
    """The chain outlives the record; for others there never was one."""
    with acts.catalogue.recording() as connection:
        for table in (tables.print_image, tables.print_, tables.encounter):
            connection.execute(delete(table))
        connection.execute(delete(tables.person).where(tables.person.c.id == "german"))
        assert audit.verify_chain(connection).broken is None
    assert told(acts, GERMAN)[-1] == ("read.person", "german", "german")
    assert "german" not in str(told(acts, FRENCH))


def test_filters_and_pages(acts: Gallery) -> None:
    """By all that a row says; a page ends where the next begins."""
    now = datetime.now(UTC)
    for wanted, count in (
        (AuditFilter(actor="tester@fr"), 5 - 2),
        (AuditFilter(ncb="FR", action="read.person"), 2),
        (AuditFilter(subject="german"), 2),
        (AuditFilter(person="german"), 3),
        (AuditFilter(since=now - timedelta(hours=1), until=now), 5),
        (AuditFilter(until=now - timedelta(hours=1)), 0),
        (AuditFilter(before=3), 2),
    ):
        assert len(rows(acts, SECRETARIAT, replace(wanted, before=wanted.before or 6))) == count
    first = list_rows(acts.catalogue, AuditFilter(limit=2, before=6), SECRETARIAT)
    assert ([one.row.number for one in first.rows], first.more) == ([5, 4], True)
    last = list_rows(acts.catalogue, AuditFilter(limit=3, before=4), SECRETARIAT)
    assert ([one.row.number for one in last.rows], last.more) == ([3, 2, 1], False)


def test_long_lists_are_read_in_portions(acts: Gallery) -> None:
    """More rows than a statement takes at once, in order and without holes."""
    with acts.catalogue.recording() as connection:
        for _ in range(450):
            audit.record(connection, ACTOR, "test", "", {})
    for asker in (SECRETARIAT, FRENCH):
        listing = list_rows(acts.catalogue, AuditFilter(action="test", limit=430), asker)
        assert [one.row.number for one in listing.rows] == list(range(455, 25, -1))
        assert listing.more


def test_an_owner_lists_all_accesses(acts: Gallery) -> None:
    """To one of its persons: enrolled, found, opened; others who see it may not."""
    listing = list_accesses(acts.catalogue, "german", ALL, GERMAN)
    assert [one.row.action for one in listing.rows] == ["read.person", "search", "enrol"]
    with pytest.raises(Forbidden):
        list_accesses(acts.catalogue, "german", ALL, FRENCH)
    change_person_handling(acts.catalogue, "german", DENY_FR, 1, operator("DE"))
    with pytest.raises(NotFound):
        list_accesses(acts.catalogue, "german", ALL, FRENCH)


def test_reading_the_chain_is_recorded(acts: Gallery) -> None:
    """What was asked and which rows were shown; refused readings leave nothing."""
    rows(acts, GERMAN, AuditFilter(action="search"))
    list_accesses(acts.catalogue, "german", ALL, GERMAN)
    last, before = list_rows(acts.catalogue, AuditFilter(limit=2), SECRETARIAT).rows
    assert (before.row.action, before.row.actor) == ("list.audit", "auditor@de")
    assert before.detail == {"asked": {"action": "search"}, "rows": 1, "newest": 3, "oldest": 3}
    assert (last.row.action, last.row.subject) == ("list.accesses", "german")
