"""Finding notices: by facts, by names in any script and spelling, by words in any language."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from engine.errors import BadRequest
from engine.gallery.notice_audience import is_inside, is_visible
from engine.gallery.notice_keys import near_words
from engine.gallery.notice_store import as_file
from engine.gallery.notice_tables import notice, notice_key
from engine.names.name_keys import keys_elsewhere, name_words
from engine.names.scripts import romanise
from engine.names.words import query_words
from engine.notices import Colour, Kind, NoticeStatus
from engine.notices.dates import years_before
from engine.notices.file import NoticeFile
from engine.notices.keys import KeyKind
from engine.notices.status import IN_FORCE, UNDER_DECISION

MOST_WORDS = 10
"""Words of one name or text that count; each is a look into the index."""

_SHORTEST_BEGINNING = 3
"""Letters from which on the beginning of a word of a text stands for the word."""

_LAST = "\U0010ffff"
"""Sorts after everything that may follow the beginning of a word."""


@dataclass(frozen=True, slots=True)
class NoticeFilter:
    """Which notices are wanted; None means any.

    Attributes:
        colour, kind, ncb, person_id: equal to.
        status: equal to; None means those in force.
        name, forename: words of the name, or their beginnings, in any script, with slips of the
            pen unless `exact`.
        nationality: one of the person's.
        sex: M, F or U (unknown).
        age_min, age_max: the person may be of this age, in years.
        warrant: country that issued an arrest warrant.
        words: all of these words stand in the notice, in whatever language.
        un_reference, un_resolution: of the United Nations.
        exact: whether names must be spelt as given.
        waiting: whether only requests, and notices with a correction, that wait for a review of
            the General Secretariat, whatever their status; for it and their owner alone.
    """

    colour: Colour | None = None
    kind: Kind | None = None
    ncb: str | None = None
    person_id: str | None = None
    status: NoticeStatus | None = None
    name: str | None = None
    forename: str | None = None
    nationality: str | None = None
    sex: str | None = None
    age_min: int | None = None
    age_max: int | None = None
    warrant: str | None = None
    words: str | None = None
    un_reference: str | None = None
    un_resolution: int | None = None
    exact: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Which part of a list is wanted.

    Attributes:
        offset: entries before it.
        limit: most entries of it.
        today: day that ages are counted at.
    """

    offset: int
    limit: int
    today: date


def list_files(
    connection: Connection, wanted: NoticeFilter, ncb: str, page: Page
) -> tuple[list[NoticeFile], int]:
    """A page of the notices that an organisation may see, and the number of all that fit.

    Names spelt as given come first, then the newest ids.

    Raises:
        BadRequest: too many words.
    """
    conditions = [
        is_visible(ncb),
        _stands(wanted, ncb),
        *_plain_conditions(wanted),
        *_age_conditions(wanted, page.today),
        *_key_conditions(wanted),
        *_name_conditions(connection, wanted),
    ]
    query = select(notice).where(*conditions)
    counted = select(func.count()).select_from(notice).where(*conditions)
    total = connection.execute(counted).scalar_one()
    order = (_spelt_otherwise(wanted), notice.c.entity_id.desc(), notice.c.colour)
    ordered = query.order_by(*order).offset(page.offset).limit(page.limit)
    return [as_file(row) for row in connection.execute(ordered).mappings()], total


def _plain_conditions(wanted: NoticeFilter) -> list[ColumnElement[bool]]:
    """Conditions on columns of the notice itself."""
    equal = {
        notice.c.colour: wanted.colour and wanted.colour.value,
        notice.c.kind: wanted.kind and wanted.kind.value,
        notice.c.ncb: wanted.ncb,
        notice.c.person_id: wanted.person_id,
    }
    return [column == value for column, value in equal.items() if value is not None]


def _stands(wanted: NoticeFilter, ncb: str) -> ColumnElement[bool]:
    """The condition on where a notice stands in its life."""
    if wanted.waiting:
        asked = notice.c.status.in_(sorted(one.value for one in UNDER_DECISION))
        return and_(is_inside(ncb), or_(asked, notice.c.proposed.is_not(None)))
    states = IN_FORCE if wanted.status is None else {wanted.status}
    return notice.c.status.in_(sorted(one.value for one in states))


def _age_conditions(wanted: NoticeFilter, today: date) -> list[ColumnElement[bool]]:
    """Conditions on the day of birth; where only a year is known, any day of it counts."""
    found: list[ColumnElement[bool]] = []
    if wanted.age_min is not None:
        found.append(notice.c.born_first <= years_before(today, wanted.age_min))
    if wanted.age_max is not None:
        found.append(notice.c.born_last > years_before(today, wanted.age_max + 1))
    return found


def _key_conditions(wanted: NoticeFilter) -> list[ColumnElement[bool]]:
    """Conditions on facts and words."""
    resolution = None if wanted.un_resolution is None else str(wanted.un_resolution)
    reference = None if wanted.un_reference is None else wanted.un_reference.strip().casefold()
    facts = {
        KeyKind.NATIONALITY: wanted.nationality,
        KeyKind.WARRANT: wanted.warrant,
        KeyKind.SEX: wanted.sex,
        KeyKind.UN_REFERENCE: reference,
        KeyKind.UN_RESOLUTION: resolution,
    }
    found = [_has([kind], [value]) for kind, value in facts.items() if value is not None]
    return found if wanted.words is None else [*found, *_word_conditions(wanted.words)]


def _word_conditions(text: str) -> list[ColumnElement[bool]]:
    """One condition for each word of a text; without a word nothing fits."""
    kinds = [KeyKind.WORD]
    return [
        or_(
            _has(kinds, {word, romanise(word)}),
            _begins(kinds, word) if len(word) >= _SHORTEST_BEGINNING else false(),
        )
        for word in _few(query_words(text))
    ] or [false()]


def _name_conditions(connection: Connection, wanted: NoticeFilter) -> list[ColumnElement[bool]]:
    """Conditions on names."""
    found: list[ColumnElement[bool]] = []
    for text, kind, sound in _names(wanted):
        words = name_words(text)
        _few([word.latin for word in words])
        for word in words:
            near = [word.latin] if wanted.exact else near_words(connection, word.latin)
            spelt = or_(_has([kind], near), _begins([kind], word.latin))
            found.append(or_(spelt, _has([sound], keys_elsewhere(word))))
        if not words:
            found.append(false())
    return found


def _spelt_otherwise(wanted: NoticeFilter) -> ColumnElement[int]:
    """0 for notices whose names begin as they were given, 1 for others."""
    given = [
        _begins([kind], word.latin) for text, kind, _ in _names(wanted) for word in name_words(text)
    ]
    return case((and_(*given), 0), else_=1) if given else literal(0)


def _names(wanted: NoticeFilter) -> list[tuple[str, KeyKind, KeyKind]]:
    """The names asked for, with their kinds of keys."""
    asked = (
        (wanted.name, KeyKind.NAME, KeyKind.NAME_SOUND),
        (wanted.forename, KeyKind.FORENAME, KeyKind.FORENAME_SOUND),
    )
    return [(text, kind, sound) for text, kind, sound in asked if text is not None]


def _has(kinds: Sequence[KeyKind], keys: Collection[str]) -> ColumnElement[bool]:
    """Whether a notice has one of these keys."""
    return _key_where(kinds, notice_key.c.key.in_(sorted(keys)))


def _begins(kinds: Sequence[KeyKind], word: str) -> ColumnElement[bool]:
    """Whether a notice has a key that begins like this."""
    return _key_where(kinds, and_(notice_key.c.key >= word, notice_key.c.key < word + _LAST))


def _key_where(kinds: Sequence[KeyKind], condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a notice has a key of these kinds for which a condition holds."""
    found = select(notice_key.c.colour, notice_key.c.entity_id).where(
        notice_key.c.kind.in_([kind.value for kind in kinds]), condition
    )
    return tuple_(notice.c.colour, notice.c.entity_id).in_(found)


def _few(words: list[str]) -> list[str]:
    """The words, if they are not too many.

    Raises:
        BadRequest: they are.
    """
    if len(words) > MOST_WORDS:
        raise BadRequest(f"{len(words)} words are too many to look for, at most {MOST_WORDS}")
    return words
