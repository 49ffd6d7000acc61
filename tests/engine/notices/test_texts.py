"""Texts in the official languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import BadRequest
from engine.identity.organisations import LANGUAGES
from engine.notices import Colour, Notice
from engine.notices.signature import Signature
from engine.notices.texts import (
    TextOrigin,
    TranslatedText,
    Translation,
    check_translation,
    kept_texts,
    parse_language,
    read_in,
)

BY = Signature("eve@ipsg", "IPSG", datetime(2026, 1, 2, tzinfo=UTC))
NOTICE = Notice(
    Colour.BLUE,
    "2024/1",
    "FR",
    fields={"name": "TESTOVA", "description": "Vu à Exampleton.", "title": "Recherche"},
    language="fr",
)


def translated(language: str, **texts: str) -> Translation:
    """A translation of these texts."""
    return Translation(language, {name: TranslatedText(text, BY) for name, text in texts.items()})


def test_a_translation_is_marked_with_who_made_it() -> None:
    """The text, its language and its translator."""
    reading = read_in(NOTICE, "es", [translated("es", description="Visto.", title="Busca")])
    assert reading.fields["description"] == "Visto."
    assert reading.origins["description"] == TextOrigin("es", False, BY)
    assert not reading.falls_back
    assert reading.fields["name"] == "TESTOVA"


def test_a_missing_text_falls_back_to_english_and_says_so() -> None:
    """English, which is a translation itself; and where that is missing, the original."""
    reading = read_in(NOTICE, "ar", [translated("en", description="Seen in Exampleton.")])
    assert reading.fields["description"] == "Seen in Exampleton."
    assert reading.origins["description"] == TextOrigin("en", True, BY)
    assert reading.fields["title"] == "Recherche"
    assert reading.origins["title"] == TextOrigin("fr", True)
    assert reading.falls_back


def test_the_original_is_no_fall_back() -> None:
    """Nor a translation, even if others are there."""
    reading = read_in(NOTICE, "fr", [translated("en", description="Seen.")])
    assert reading.fields == NOTICE.fields
    assert set(reading.origins.values()) == {TextOrigin("fr", False)}


@given(
    st.sampled_from(LANGUAGES),
    st.sampled_from(LANGUAGES),
    st.sets(st.sampled_from([code for code in LANGUAGES if code != "fr"])),
)
def test_every_text_says_truly_what_it_is(source: str, asked: str, languages: set[str]) -> None:
    """It falls back just if it is in another language than asked for."""
    notice = replace(NOTICE, language=source)
    there = [translated(code, description=f"in {code}") for code in sorted(languages - {source})]
    origin = read_in(notice, asked, there).origins["description"]
    assert origin.fall_back == (origin.language != asked)
    assert (origin.translated is None) == (origin.language == source)
    if asked in languages | {source}:
        assert origin.language == asked


def test_only_texts_of_the_notice_are_translated() -> None:
    """Not its names, not fields that it lacks, not into its own language, not blank."""
    for language, texts in (
        ("en", {"name": "X"}),
        ("en", {"summary": "X"}),
        ("fr", {"title": "X"}),
        ("en", {"title": " "}),
        ("en", {}),
        ("de", {"title": "X"}),
    ):
        with pytest.raises(BadRequest):
            check_translation(NOTICE, language, texts)
    check_translation(NOTICE, "en", {"title": "Search"})


def test_a_translation_holds_while_its_original_does() -> None:
    """A changed text loses its translation; the others keep theirs, with who made it."""
    old = translated("en", description="Seen.", title="Search")
    new = replace(NOTICE, fields={**NOTICE.fields, "description": "Vu ailleurs."})
    assert kept_texts(NOTICE, new, old) == translated("en", title="Search")
    assert kept_texts(NOTICE, replace(new, language="es"), old) is None


def test_four_languages_are_known() -> None:
    """By their codes."""
    assert [parse_language(code.upper()) for code in LANGUAGES] == ["ar", "en", "fr", "es"]
    with pytest.raises(BadRequest, match="unknown language 'de'; known are: ar, en, fr, es"):
        parse_language("de")
