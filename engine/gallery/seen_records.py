"""Who may see a person or a print, said to the database: the same as `engine.policy.may_see`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Column, ColumnElement, FromClause, and_, exists, false, or_

from engine.asker import Asker
from engine.gallery.tables import person, print_, print_handling
from engine.notices.restriction import RestrictionMode

_whose = person.alias("seen_person")
_which = print_.alias("seen_print")
"""Under names of their own, so that a query about persons or prints can ask as well."""


def is_seen_person(person_id: Column[Any], asker: Asker, today: date) -> ColumnElement[bool]:
    """Whether a row names a person on record that an asker may see."""
    return exists().where(_whose.c.id == person_id, _is_seen(asker, today))


def is_seen_print(print_id: Column[Any], asker: Asker, today: date) -> ColumnElement[bool]:
    """Whether a row names a print that is not removed and that an asker may see."""
    stricter = exists().where(
        print_handling.c.print_id == _which.c.id, ~_lets_pass(print_handling, asker)
    )
    return exists().where(
        _which.c.id == print_id,
        _which.c.removed.is_(None),
        _whose.c.id == _which.c.person_id,
        _is_seen(asker, today),
        ~stricter,
    )


def _is_seen(asker: Asker, today: date) -> ColumnElement[bool]:
    """The rules for a person."""
    kept = _whose.c.retention_until >= datetime.combine(today, time.min, UTC)
    return and_(kept, _lets_pass(_whose, asker))


def _lets_pass(handled: FromClause, asker: Asker) -> ColumnElement[bool]:
    """Whether class and restriction of a row let an asker pass; owners are never restricted."""
    cleared = handled.c.classification <= int(asker.clearance)
    owns = _whose.c.ncb == asker.ncb if asker.ncb else false()
    return and_(cleared, or_(owns, is_admitted(handled, asker.ncb)))


def is_admitted(handled: FromClause, ncb: str) -> ColumnElement[bool]:
    """Whether the restriction of a row admits a bureau."""
    every = handled.c.restriction == RestrictionMode.ALL.value
    if not ncb:
        return every
    listed = handled.c.ncbs.contains(f"|{ncb}|", autoescape=True)
    allow = handled.c.restriction == RestrictionMode.ALLOW.value
    deny = handled.c.restriction == RestrictionMode.DENY.value
    return or_(every, and_(allow, listed), and_(deny, ~listed))
