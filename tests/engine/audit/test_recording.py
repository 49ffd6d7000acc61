"""What a row says: who, as what, why, and whose records it is about or showed."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from audit_support import ACTOR, row_at
from engine import audit
from engine.asker import Asker
from engine.audit.row_hash import hash_row
from engine.candidates import SearchRequest
from engine.enrol import withdraw_prints
from engine.gallery.audit_store import PersonLink, links_of, read_head
from engine.gallery.gallery import Gallery
from engine.identity.roles import Role
from engine.lookup import look_up_image, look_up_person, look_up_print
from engine.search import Searcher
from support import disturb, make_template

THREADS, ACTS = 20, 5


def last_links(gallery: Gallery) -> tuple[PersonLink, ...]:
    """The persons of the last row."""
    with gallery.catalogue.reading() as connection:
        head = read_head(connection)
        assert head is not None
        return links_of(connection, [head.number]).get(head.number, ())


def test_a_row_names_the_roles(gallery: Gallery) -> None:
    """As they were then; the hash covers them."""
    roles = frozenset({Role.EXAMINER, Role.AUDITOR})
    with gallery.catalogue.recording() as connection:
        audit.record(connection, replace(ACTOR, roles=roles), "test", "", {})
        row = row_at(connection, 1)
    assert row.roles == "auditor examiner"
    assert hash_row(replace(row, roles="examiner")) != row.hash == hash_row(row)


def test_a_search_names_all_that_it_showed(gallery: Gallery, asker: Asker, enrol_template) -> None:
    """With their owners, in one order; an answer without candidates names none."""
    searcher = Searcher(gallery, None, 1)  # type: ignore[arg-type]
    searcher.search(SearchRequest(make_template(1)), asker)
    assert last_links(gallery) == ()
    enrol_template(gallery, "second", disturb(make_template(1), 2), ncb="DE")
    enrol_template(gallery, "first", make_template(1))
    searcher.search(SearchRequest(make_template(1)), asker)
    assert last_links(gallery) == (
        PersonLink("first", "FR", "shown"),
        PersonLink("second", "DE", "shown"),
    )


def test_acts_on_prints_are_about_their_person(
    gallery: Gallery, asker: Asker, enrol_template
) -> None:
    """Enrolment, reading of the person, of a print and its image, and withdrawal."""
    about = (PersonLink("P", "DE", "about"),)
    number = enrol_template(gallery, "P", make_template(1), ncb="DE").prints[0]
    assert last_links(gallery) == about
    for look_up, what in ((look_up_person, "P"), (look_up_print, number), (look_up_image, number)):
        look_up(gallery.catalogue, what, asker)
        assert last_links(gallery) == about
    withdraw_prints(gallery.catalogue, [number], asker)
    assert last_links(gallery) == about


def test_a_caller_can_name_persons(gallery: Gallery, asker: Asker, enrol_template) -> None:
    """For acts whose subject is something else; who is not on record is no access to a record."""
    enrol_template(gallery, "P", make_template(1))
    with gallery.catalogue.recording() as connection:
        audit.record(connection, asker, "test", "P", {}, about=["P", "nobody"])
    assert last_links(gallery) == (PersonLink("P", "FR", "about"),)
    with gallery.catalogue.recording() as connection:
        audit.record(connection, asker, "test", "P", {"shown": ["P"]})
    assert last_links(gallery) == ()


def test_without_its_row_an_act_did_not_happen(
    gallery: Gallery, asker: Asker, enrol_template
) -> None:
    """A transaction that fails after it leaves neither row nor persons."""
    enrol_template(gallery, "P", make_template(1))

    def fail() -> None:
        with gallery.catalogue.recording() as connection:
            audit.record(connection, asker, "read.person", "P", {})
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with gallery.catalogue.reading() as connection:
        assert audit.verify_chain(connection) == audit.ChainState(1, None)
        assert links_of(connection, [2]) == {}


def test_many_writers_do_not_fork_the_chain(gallery: Gallery, enrol_template) -> None:
    """Twenty at once: every act has its row, and each row follows the one before."""
    enrol_template(gallery, "P", make_template(1))
    failed: list[BaseException] = []

    def work(name: int) -> None:
        try:
            for _ in range(ACTS):
                look_up_person(gallery.catalogue, "P", replace(ACTOR, actor=f"t-{name}"))
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=work, args=(name,)) for name in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    with gallery.catalogue.reading() as connection:
        assert audit.verify_chain(connection) == audit.ChainState(1 + THREADS * ACTS, None)
