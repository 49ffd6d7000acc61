"""The keys under which a notice is found: its names, its words in all languages, its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from engine.names.name_keys import foreign_keys, name_words
from engine.names.words import word_keys
from engine.notices.dates import read_date
from engine.notices.notice import Notice
from engine.notices.texts import Translation


class KeyKind(StrEnum):
    """What a key is of."""

    NAME = "name"
    FORENAME = "forename"
    NAME_SOUND = "name-sound"
    FORENAME_SOUND = "forename-sound"
    WORD = "word"
    NATIONALITY = "nationality"
    WARRANT = "warrant"
    SEX = "sex"
    UN_REFERENCE = "un-reference"
    UN_RESOLUTION = "un-resolution"


@dataclass(frozen=True, slots=True, order=True)
class Key:
    """One key."""

    kind: KeyKind
    key: str


_FAMILY_NAMES = ("name", "birth_name", "name_in_original_script", "aliases", "formerly_known_as")
_FORENAMES = ("forename", "forename_in_original_script", "aliases")

_CODES = frozenset(
    {
        "sex_id", "nationalities", "country_of_birth_id", "languages_spoken_ids", "hairs_id",
        "eyes_colors_id", "country", "subject", "threat", "date_of_birth", "date_of_event",
        "un_reference_date", "issuing_country_id", "charge_language", "issued_on", "wanted_for",
        "kind",
    }
)  # fmt: skip
"""Fields of codes, which nobody looks for among words."""

UNKNOWN_SEX = "U"


def keys_of(notice: Notice, translations: Sequence[Translation] = ()) -> set[Key]:
    """All keys of a notice as it is read."""
    fields = notice.fields
    texts = [*_texts(fields), *(text.text for one in translations for text in one.texts.values())]
    warrants = fields.get("arrest_warrants") or ()
    return {
        *_name_keys(fields, _FAMILY_NAMES, KeyKind.NAME, KeyKind.NAME_SOUND),
        *_name_keys(fields, _FORENAMES, KeyKind.FORENAME, KeyKind.FORENAME_SOUND),
        *(Key(KeyKind.WORD, word) for text in texts for word in word_keys(text)),
        *(Key(KeyKind.NATIONALITY, str(code)) for code in fields.get("nationalities") or ()),
        *(Key(KeyKind.WARRANT, str(one.get("issuing_country_id"))) for one in warrants),
        Key(KeyKind.SEX, str(fields.get("sex_id") or UNKNOWN_SEX)),
        *_facts(fields, "un_reference", KeyKind.UN_REFERENCE),
        *_facts(fields, "un_resolution", KeyKind.UN_RESOLUTION),
    }


def born_between(notice: Notice) -> tuple[date, date] | None:
    """First and last day on which the person may have been born; None if nothing is known."""
    return read_date(str(notice.fields.get("date_of_birth") or ""))


def _name_keys(fields: Any, names: Iterable[str], kind: KeyKind, sound: KeyKind) -> Iterator[Key]:
    """Keys of the words of some fields."""
    for name in names:
        for text in _strings(fields.get(name)):
            words = name_words(text)
            yield from (Key(kind, word.latin) for word in words)
            yield from (Key(sound, key) for key in foreign_keys(words))


def _facts(fields: Any, name: str, kind: KeyKind) -> Iterator[Key]:
    """The key of a fact that is asked for as a whole."""
    if fields.get(name) is not None:
        yield Key(kind, str(fields[name]).casefold()[:64])


def _texts(fields: Any) -> Iterator[str]:
    """All texts that hold words."""
    for name, value in fields.items():
        if name not in _CODES:
            yield from _strings(value)


def _strings(value: Any) -> Iterator[str]:
    """The strings in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from _texts(value)
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from _strings(one)
