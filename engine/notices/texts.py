"""The texts of a notice in the official languages: the original, its translations, fall-backs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.errors import BadRequest
from engine.identity.organisations import LANGUAGES
from engine.notices.fields import FIELDS, TRANSLATED
from engine.notices.notice import Notice
from engine.notices.signature import Signature

FALL_BACK = "en"
"""What is shown where the language asked for is missing, before the original."""


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """A text in another language than the original, and who translated it."""

    text: str
    by: Signature


@dataclass(frozen=True, slots=True)
class Translation:
    """Texts of one version of a notice in another language than the original.

    Attributes:
        language: code of the language.
        texts: by the name of the field.
    """

    language: str
    texts: Mapping[str, TranslatedText]


@dataclass(frozen=True, slots=True)
class TextOrigin:
    """Where a shown text comes from.

    Attributes:
        language: that it is in.
        fall_back: whether another language was asked for.
        translated: who translated it, and when; None for the original.
    """

    language: str
    fall_back: bool
    translated: Signature | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The fields of a notice as a reader of one language gets them.

    Attributes:
        language: that was asked for.
        fields: with the texts in that language, as far as there are any.
        origins: where each text comes from, by the name of its field.
    """

    language: str
    fields: Mapping[str, Any]
    origins: Mapping[str, TextOrigin]

    @property
    def falls_back(self) -> bool:
        """Whether a text is not in the language asked for."""
        return any(origin.fall_back for origin in self.origins.values())


def parse_language(text: str) -> str:
    """Read the code of an official language.

    Raises:
        BadRequest: names none.
    """
    code = text.strip().lower()
    if code not in LANGUAGES:
        raise BadRequest(f"unknown language {text!r}; known are: {', '.join(LANGUAGES)}")
    return code


def original_texts(notice: Notice) -> dict[str, str]:
    """The texts of a notice as they were written, by the name of the field."""
    return {name: text for name, text in notice.fields.items() if name in TRANSLATED}


def check_translation(notice: Notice, language: str, texts: Mapping[str, str]) -> None:
    """Check that texts can be a translation of those of a notice.

    Raises:
        BadRequest: names each field that is no text of this notice, or malformed.
    """
    known = original_texts(notice)
    if parse_language(language) == notice.language:
        raise BadRequest(f"language: {language} is that of the original")
    if not texts:
        raise BadRequest("texts: none is given")
    faults = [f"{name}: this notice has no such text" for name in texts if name not in known]
    faults += [
        f"{name}: {fault}"
        for name, text in texts.items()
        if name in known and (fault := FIELDS[name](text))
    ]
    if faults:
        raise BadRequest(f"{notice.colour} notice {notice.entity_id}: {'; '.join(faults)}")


def read_in(notice: Notice, language: str, translations: Sequence[Translation]) -> Reading:
    """A notice in a language; where that is missing in English, else in the original."""
    by_language = {one.language: one for one in translations}
    fields, origins = dict(notice.fields), {}
    for name, original in original_texts(notice).items():
        fields[name], origins[name] = (
            original,
            TextOrigin(notice.language, fall_back=language != notice.language),
        )
        for code in dict.fromkeys((language, FALL_BACK)):
            one = by_language.get(code)
            if code == notice.language:
                break
            if one is not None and name in one.texts:
                fields[name] = one.texts[name].text
                origins[name] = TextOrigin(code, code != language, one.texts[name].by)
                break
    return Reading(language, fields, origins)


def kept_texts(old: Notice, new: Notice, translation: Translation) -> Translation | None:
    """What of a translation holds for a new version: texts whose original is unchanged.

    None if nothing does.
    """
    if old.language != new.language or translation.language == new.language:
        return None
    before, after = original_texts(old), original_texts(new)
    kept = {
        name: text
        for name, text in translation.texts.items()
        if name in after and before.get(name) == after[name]
    }
    return Translation(translation.language, kept) if kept else None
