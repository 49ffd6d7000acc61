"""The keys of notices in the catalogue, and the words that are near a word."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from engine.gallery.notice_tables import name_group, notice_key
from engine.names.likeness import groups_shared, is_near, letter_groups, slips_allowed
from engine.notices import Notice, NoticeKey
from engine.notices.keys import KeyKind, keys_of
from engine.notices.texts import Translation

_NAMES = (KeyKind.NAME, KeyKind.FORENAME)


def write_keys(connection: Connection, shown: Notice, texts: Sequence[Translation]) -> None:
    """Make a notice found by what it says now, in all its languages, and by nothing else."""
    keys = keys_of(shown, texts)
    where = {"colour": shown.colour.value, "entity_id": shown.entity_id}
    connection.execute(delete(notice_key).where(*_of(shown.key)))
    rows = [{**where, "kind": one.kind.value, "key": one.key} for one in sorted(keys)]
    connection.execute(insert(notice_key), rows)
    _learn(connection, {one.key for one in keys if one.kind in _NAMES})


def _of(key: NoticeKey) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Conditions of the keys of a notice."""
    return notice_key.c.colour == key.colour.value, notice_key.c.entity_id == key.entity_id


def _learn(connection: Connection, words: Collection[str]) -> None:
    """Note the letter groups of words that no name has had yet."""
    known = select(name_group.c.word).where(name_group.c.word.in_(words)).distinct()
    new = sorted(set(words) - set(connection.execute(known).scalars()))
    rows = [{"letters": g, "word": word} for word in new for g in sorted(letter_groups(word))]
    if rows:
        connection.execute(insert(name_group), rows)


def near_words(connection: Connection, word: str) -> list[str]:
    """All words of names that differ from a word by the slips that it allows, and itself."""
    if not slips_allowed(word):
        return [word]
    query = (
        select(name_group.c.word)
        .where(name_group.c.letters.in_(letter_groups(word)))
        .group_by(name_group.c.word)
        .having(func.count() >= groups_shared(word))
    )
    found = connection.execute(query).scalars()
    return sorted({word, *(other for other in found if is_near(word, other))})
