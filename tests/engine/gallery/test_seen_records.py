"""The database says who may see a record as the policy does, on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

from sqlalchemy import select, update

from engine.asker import Asker
from engine.enrol import enrol
from engine.gallery.gallery import Gallery
from engine.gallery.handling_store import (
    find_person_facts,
    find_print_facts,
    write_person_handling,
    write_print_handling,
)
from engine.gallery.seen_records import is_seen_person, is_seen_print
from engine.gallery.tables import person, print_
from engine.identity.clearance import Clearance
from engine.notices import EVERYBODY
from engine.persons import Person, PersonStatus
from engine.policy import Handling, RecordFacts, may_see
from notice_support import all_but, only
from support import as_print, make_template

RESTRICTIONS = [EVERYBODY, only("JP"), all_but("JP", "CCC")]
CLASSES = [Clearance.OFFICIAL, Clearance.RESTRICTED]
TODAY = date(2027, 1, 1)


def handlings() -> list[Handling]:
    """Every restriction with every class."""
    return [Handling(one, level) for one, level in product(RESTRICTIONS, CLASSES)]


def askers() -> list[Asker]:
    """Owner, admitted, denied, none, one like a pattern, and the CCC, of each clearance."""
    codes = ["FR", "JP", "DE", "", "%", "CCC"]
    return [Asker("x", ncb, clearance=level) for ncb, level in product(codes, CLASSES)]


def record_all(gallery: Gallery) -> None:
    """Persons of every handling, one with an end past, and a print of every handling on top."""
    template = as_print(make_template(1))
    for number, (whole, part) in enumerate(product(handlings(), [None, *handlings()[1:4]])):
        who = f"P{number}"
        until = TODAY - timedelta(days=number % 3 - 1)
        prints = enrol(gallery.catalogue, Person(who, "FR"), [template], Asker("x", "FR")).prints
        facts = RecordFacts("FR", PersonStatus.SUSPECT, until, (whole,))
        with gallery.catalogue.changing() as change:
            write_person_handling(change, who, facts)
            if part is not None:
                write_print_handling(change, prints[0], part, 2)


def test_the_database_says_what_the_rule_says(gallery: Gallery) -> None:
    """Of persons and of prints; a removed print is seen by nobody."""
    record_all(gallery)
    with gallery.catalogue.recording() as connection:
        connection.execute(update(print_).where(print_.c.person_id == "P0").values(removed=9))
        people = find_person_facts(connection, [f"P{n}" for n in range(99)])
        prints = find_print_facts(connection, list(range(99)))
        for asker in askers():
            seen = select(person.c.id).where(is_seen_person(person.c.id, asker, TODAY))
            expected = {key for key, facts in people.items() if may_see(asker, facts, TODAY)}
            assert set(connection.execute(seen).scalars()) == expected
            shown = select(print_.c.id).where(is_seen_print(print_.c.id, asker, TODAY))
            wanted = {key for key, facts in prints.items() if may_see(asker, facts, TODAY)}
            assert set(connection.execute(shown).scalars()) == wanted
