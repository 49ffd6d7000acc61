"""The catalogue on both databases."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import text, update

from engine import audit
from engine.asker import Asker
from engine.enrol import enrol, register_person
from engine.errors import (
    BadRequest,
    CatalogueBusy,
    Conflict,
    NotFound,
    SchemaMismatch,
    StorageError,
)
from engine.gallery import schema, tables
from engine.gallery.catalogue import open_catalogue
from engine.gallery.gallery import Gallery
from engine.gallery.print_store import added_since, read_template
from engine.lookup import look_up_person
from engine.persons import Person, PersonStatus
from engine.settings import Settings
from support import as_print, make_template

PERSON = Person("P-1", "FR", PersonStatus.SUSPECT, "Exemple", "Anne", "F", "1980/02", ("FR", "914"))


def test_a_person_comes_back_as_recorded(gallery: Gallery, asker: Asker) -> None:
    """All facts of a person survive, on each database."""
    register_person(gallery.catalogue, PERSON, asker)
    assert look_up_person(gallery.catalogue, "P-1", asker).person == PERSON


def test_a_duplicate_person_is_refused(gallery: Gallery, asker: Asker) -> None:
    """An id can be taken once; the message names the owner."""
    register_person(gallery.catalogue, PERSON, asker)
    with pytest.raises(Conflict, match="the id P-1 was given before$"):
        register_person(gallery.catalogue, PERSON, asker)


def test_prints_of_a_person_with_other_facts_are_refused(gallery: Gallery, asker: Asker) -> None:
    """Nothing of an enrolment is stored if its person contradicts the record."""
    register_person(gallery.catalogue, PERSON, asker)
    before = gallery.catalogue.now()
    with pytest.raises(Conflict, match="with other facts"):
        enrol(gallery.catalogue, Person("P-1", "DE"), [as_print(make_template(1))], asker)
    assert gallery.catalogue.now() == before
    assert look_up_person(gallery.catalogue, "P-1", asker).prints == ()


def test_a_template_comes_back_to_the_bit(gallery: Gallery, asker: Asker) -> None:
    """What is compared later is what was extracted."""
    template = make_template(3)
    done = enrol(gallery.catalogue, PERSON, [as_print(template)], asker)
    with gallery.catalogue.reading() as connection:
        stored = read_template(connection, done.prints[0])
    assert (stored.minutiae.xy == template.minutiae.xy).all()
    assert (stored.minutiae.direction == template.minutiae.direction).all()


def test_following_in_portions_misses_nothing(gallery: Gallery, asker: Asker) -> None:
    """Portions end with a change, so that the next one can start after it."""
    for number in range(4):
        prints = [as_print(make_template(number)) for _ in range(2)]
        enrol(gallery.catalogue, Person(f"P{number}", "FR"), prints, asker)
    seen: list[int] = []
    tick = 0
    with gallery.catalogue.reading() as connection:
        while portion := added_since(connection, tick, 3):
            assert len(portion) in (2, 4)
            seen += [stored.id for stored in portion]
            tick = portion[-1].added
    assert len(set(seen)) == len(seen) == 8


def test_many_writers_leave_one_unbroken_chain(gallery: Gallery, asker: Asker) -> None:
    """Concurrent enrolments all succeed; numbers and audit rows stay in one order."""

    def work(name: str) -> None:
        for number in range(5):
            person = Person(f"{name}{number}", "FR")
            enrol(gallery.catalogue, person, [as_print(make_template(number))], asker)

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with gallery.catalogue.reading() as connection:
        assert audit.verify_chain(connection) == audit.ChainState(15, None)
        ticks = [stored.added for stored in added_since(connection, 0)]
    assert ticks == list(range(1, 16))


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (update(tables.audit).where(tables.audit.c.number == 2).values(actor="x"), "2 was changed"),
        (tables.audit.delete().where(tables.audit.c.number == 2), "row 2 is missing"),
    ],
)
def test_tampering_with_the_audit_chain_shows(
    gallery: Gallery, asker: Asker, statement, fault: str
) -> None:
    """An edited or deleted row breaks the chain at its place."""
    for number in range(3):
        register_person(gallery.catalogue, Person(f"P{number}", "FR"), asker)
    with gallery.catalogue.recording() as connection:
        connection.execute(statement)
    with gallery.catalogue.reading() as connection:
        state = audit.verify_chain(connection)
    assert state.rows == 1
    assert state.broken is not None
    assert fault in state.broken


def test_reading_is_recorded(gallery: Gallery, asker: Asker) -> None:
    """A read leaves its row: who, for which case, what was shown."""
    register_person(gallery.catalogue, PERSON, asker)
    look_up_person(gallery.catalogue, "P-1", asker)
    with gallery.catalogue.reading() as connection:
        rows = connection.execute(tables.audit.select()).mappings().all()
    assert [row["action"] for row in rows] == ["person.add", "read.person"]
    assert (rows[1]["actor"], rows[1]["case_ref"], rows[1]["subject"]) == (
        "tester",
        "case-1",
        "P-1",
    )


def test_an_unknown_bureau_is_refused(gallery: Gallery, asker: Asker) -> None:
    """A record must have an owner that exists."""
    with pytest.raises(BadRequest, match="unknown NCB 'XX'"):
        register_person(gallery.catalogue, Person("P", "XX"), asker)


def test_a_locked_database_is_named(settings: Settings, asker: Asker) -> None:
    """A writer that waits too long is told so and nothing is lost."""
    catalogue = open_catalogue(settings, busy_seconds=0.2)
    other = sqlite3.connect(settings.data_dir / "catalogue.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(CatalogueBusy, match=r"catalogue.sqlite: held by another writer"):
        register_person(catalogue, PERSON, asker)
    other.execute("ROLLBACK")
    register_person(catalogue, PERSON, asker)
    other.close()
    catalogue.close()


def test_a_full_database_is_named(settings: Settings, asker: Asker) -> None:
    """A catalogue that cannot grow refuses the enrolment as a whole."""
    catalogue = open_catalogue(settings)
    with catalogue.reading() as connection:
        pages = connection.execute(text("PRAGMA page_count")).scalar_one()
        connection.execute(text(f"PRAGMA max_page_count={pages + 2}"))
        # the limit belongs to the connection, which goes back to the pool and is used next
    with pytest.raises(StorageError, match="no space left; nothing was changed"):
        enrol(catalogue, PERSON, [as_print(make_template(1), image=b"x" * 10**6)], asker)
    with pytest.raises(NotFound):
        look_up_person(catalogue, "P-1", asker)
    catalogue.close()


def test_no_database_at_all_is_named(tmp_path: Path) -> None:
    """A file that is no database is told by its name."""
    (tmp_path / "catalogue.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(StorageError, match=r"catalogue.sqlite: file is not a database"):
        open_catalogue(Settings(data_dir=tmp_path))


@pytest.mark.parametrize("version", ["0000", "9999"])
def test_another_schema_version_is_refused(settings: Settings, version: str) -> None:
    """An older or newer catalogue is not touched; the message says what to do."""
    catalogue = open_catalogue(settings)
    with catalogue.recording() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :v"), {"v": version})
    catalogue.close()
    with pytest.raises(SchemaMismatch, match=f"of version '{version}'.*whorl upgrade"):
        open_catalogue(settings)


def test_the_tables_are_those_that_the_migrations_make(gallery: Gallery) -> None:
    """Migrations and table definitions agree, and the newest migration is the known one."""
    from alembic.autogenerate import compare_metadata  # noqa: PLC0415 - needed here alone
    from alembic.migration import MigrationContext  # noqa: PLC0415

    with gallery.catalogue.reading() as connection:
        context = MigrationContext.configure(connection)
        assert compare_metadata(context, tables.metadata) == []
        assert schema.schema_version(connection) == schema.HEAD
